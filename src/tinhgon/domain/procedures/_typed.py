"""What people type or paste, understood: a time, a legal basis in one line, a table of steps."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tinhgon.domain.legalref import DocumentRef, Provision, find_documents
from tinhgon.domain.vntext import fold, format_date, nfc

from ._enums import Unit
from ._record import Basis, Duration


class NotADuration(ValueError):
    """The text says no amount of a unit; the message says so to a person."""


_DURATION = re.compile(
    r"(?:(?:trong|khong qua|toi da|chua qua)\s+(?:thoi (?:han|gian)\s+)?)*"
    r"(?P<amount>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?|\d+\s*[/⁄]\s*\d+)"
    r"\s*(?:\([^)]*\)\s*)?"
    r"(?P<unit>phut|gio|tieng|ngay|thang|nlv)"
    r"\s*(?P<working>\(?(?:lam viec|lv)\)?)?[.;]?"
)
_MINUTES_AN_HOUR = 60


def read_duration(text: str) -> Duration:
    """
    Return "05 ngày làm việc", "4 giờ", "1/2 ngày", "30 phút" as a duration.

    Hours are working hours, and a part of a day is one of a working day only where it says so.

    :raises NotADuration: if anything else stands there.
    """
    found = _DURATION.fullmatch(fold(text).strip())
    if found is None:
        raise NotADuration(f"Không hiểu thời gian “{text.strip()[:60]}”.")
    amount, unit = _amount(found["amount"]), _unit(found["unit"], working=bool(found["working"]))
    if found["unit"] == "phut":
        amount = _rounded(amount / _MINUTES_AN_HOUR)
    try:
        return Duration(amount, unit)
    except ValueError as e:
        raise NotADuration(f"Thời gian “{text.strip()}” phải lớn hơn 0 và hợp lý.") from e


def _amount(text: str) -> Decimal:
    if re.match(r"\d{1,3}\.\d{3}(?:\D|$)", text):
        text = text.replace(".", "")
    over, *under = re.split("[/⁄]", text.replace(",", "."))
    if not under:
        return Decimal(over)
    if not Decimal(under[0]):
        return Decimal(0)
    return _rounded(Decimal(over) / Decimal(under[0]))


def _rounded(value: Decimal) -> Decimal:
    """Return a part of a unit with as many decimals as a duration may have."""
    return value if value == (short := round(value, 4)) else short


def _unit(word: str, *, working: bool) -> Unit:
    match word:
        case "phut" | "gio" | "tieng":
            return Unit.HOUR
        case "thang":
            return Unit.MONTH
        case _:
            return Unit.WORKING_DAY if working or word == "nlv" else Unit.DAY


_LEAD_IN = re.compile(
    r"^(?:[-–+•*]\s*|\d{1,2}[.)]\s+|căn cứ\s+(?:vào\s+)?|theo\s+)+", re.IGNORECASE
)


def read_bases(line: str) -> tuple[Basis, ...]:
    """
    Return the legal bases of one typed line, one for each document and place in it.

    "điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020". Several documents stand apart
    by semicolons. Where no document is found the whole line is kept as the name of one.
    """
    text = " ".join(nfc(line).split())
    return tuple(basis for piece in _pieces(text) for basis in _bases(piece))


def _pieces(text: str) -> list[str]:
    """Part the line at semicolons behind which another document is named."""
    pieces: list[str] = []
    for part in text.split(";"):
        if pieces and not (find_documents(pieces[-1]) and find_documents(part)):
            pieces[-1] += f";{part}"
        else:
            pieces.append(part)
    return [piece.strip(" ;") for piece in pieces if piece.strip(" ;.,")]


def _bases(piece: str) -> list[Basis]:
    piece = _LEAD_IN.sub("", piece).rstrip(" .,;")
    found = next(iter(find_documents(piece)), None)
    if found is None or not _only_provisions(piece[: found.start], found.provisions):
        return [Basis(piece)]
    basis = Basis(_document(piece, found), code=found.code, issued_on=found.on)
    return [
        replace(basis, article=place.article, clause=place.clause, point=place.point)
        for place in found.provisions or (Provision(),)
    ]


def _document(piece: str, found: DocumentRef) -> str:
    """Return the document as it is named, with its date in the usual form."""
    text = piece[found.start :]
    if found.on and found.date_text:
        text = text.replace(found.date_text, f"ngày {format_date(found.on)}", 1)
    return text


_BETWEEN = {"cua", "va", "cac", "tai", "diem", "khoan", "dieu"}


def _only_provisions(text: str, provisions: Sequence[Provision]) -> bool:
    """Return whether everything in front of a document is its provisions."""
    named = {part for each in provisions for part in (each.point, each.clause, each.article)}
    words = {word.strip("),;") for word in text.lower().split()}
    return all(fold(word) in _BETWEEN or word in named for word in words if word)


@dataclass(frozen=True, slots=True)
class PastedStep:
    """A row of a pasted table of steps, as it stands there."""

    what: str = ""
    actor: str = ""
    time: str = ""
    product: str = ""


_HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("tt", "stt", "so tt", "buoc", "thu tu"),
    "actor": ("nguoi", "don vi", "trach nhiem", "co quan", "bo phan", "chu the", "ai thuc hien"),
    "time": ("thoi gian", "thoi han"),
    "product": ("san pham", "ket qua", "bieu mau", "ho so"),
    "what": ("noi dung", "trinh tu", "cong viec", "cac buoc", "buoc thuc hien", "mo ta"),
}
_MOST_ROWS = 200


def read_steps(text: str) -> list[PastedStep]:
    """
    Return the steps of a table copied out of Word or Excel, or of plain lines.

    Columns are told by the words of the head where there is one, else by what stands in them.
    """
    rows = [row for row in _cells(text) if any(row)][:_MOST_ROWS]
    if not rows:
        return []
    columns = _named(rows[0])
    if columns:
        rows = rows[1:]
    else:
        columns = _guessed(rows)
    steps = [
        PastedStep(**{name: row[at] for name, at in columns.items() if at < len(row)})
        for row in rows
    ]
    return [step for step in steps if step.what or step.actor or step.product]


def _cells(text: str) -> list[list[str]]:
    """Return the cells; Excel puts quotes around those of several lines, Word breaks them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.count('"') % 2:
        raw = [line.split("\t") for line in lines.split("\n")]
    else:
        raw = [row or [""] for row in csv.reader(lines.splitlines(keepends=True), delimiter="\t")]
    width = max((len(row) for row in raw), default=0)
    rows: list[list[str]] = []
    for row in raw:
        if rows and width > 1 and len(rows[-1]) + len(row) - 1 <= width and not _begins(row):
            rows[-1][-1] += "\n" + (row[0] if row else "")
            rows[-1] += row[1:]
        else:
            rows.append(row)
    return [[_one_cell(cell) for cell in row] for row in rows]


def _begins(row: Sequence[str]) -> bool:
    """Return whether a row starts with a number of its own, or holds several cells."""
    return len(row) > 1 and bool(re.match(r"\s*(?:bước\s*)?\d+\s*[.)]?\s*$", row[0], re.IGNORECASE))


def _one_cell(cell: str) -> str:
    return "\n".join(line for each in cell.split("\n") if (line := " ".join(each.split())))


def _named(head: Sequence[str]) -> dict[str, int]:
    """Return the columns that the head names; none where it is no head."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        folded = fold(cell)
        name = next((n for n, words in _HEADS.items() if _means(folded, n, words)), None)
        if name and name not in found:
            found[name] = at
    found.pop("number", None)
    return found if "what" in found and len(found) > 1 else {}


def _means(folded: str, name: str, words: Sequence[str]) -> bool:
    if name == "number":
        return folded in words
    return len(folded) < 60 and any(word in folded for word in words)


def _guessed(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    width = max(len(row) for row in rows)
    free = list(range(width))
    if width > 1 and all(re.fullmatch(r"(?:bước )?\d*[.)]?", r[0], re.IGNORECASE) for r in rows):
        free.pop(0)
    found: dict[str, int] = {}
    timed = [at for at in free if any(_is_time(row[at]) for row in rows if at < len(row))]
    if timed:
        found["time"] = timed[0]
        free.remove(timed[0])
    names = ("what", "actor", "product") if timed else ("what", "actor", "time", "product")
    return found | dict(zip(names, free, strict=False))


def _is_time(text: str) -> bool:
    try:
        read_duration(text)
    except NotADuration:
        return False
    return True
