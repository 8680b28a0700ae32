"""How each part of a record stands in one cell of a sheet, and how it is read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from tinhgon.domain.legalref import DocumentRef, Provision, find_documents
from tinhgon.domain.vntext import DateError, fold, format_date, nfc, parse_date

from ._celltext import (
    NotACell,
    escape,
    join_parts,
    labelled,
    read_duration,
    read_label,
    split_lines,
    split_parts,
    unescape,
)
from ._enums import Kind, Manner, Part, RuleOwner
from ._record import Basis, Body, Form, Paper, Step
from ._words import (
    COPY_WORDS,
    KIND_WORDS,
    MANNER_WORDS,
    PART_WORDS,
    RULE_OWNER_WORDS,
    TIER_WORDS,
    duration_words,
)

E = TypeVar("E", bound=StrEnum)

_STEP = re.compile(r"(?:bước\s+)?(\d{1,4})\s*[.:)]\s*", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,6})(?:\s*bộ)?", re.IGNORECASE)


def text_of(value: object) -> str:
    """
    Return what a cell says as text, in one form of each letter.

    :raises NotACell: for a number with decimals: "1.0010" that a sheet took for one lost its zeros.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float):
        if not value.is_integer():
            raise NotACell("Ô này đang là số. Đổi định dạng ô thành văn bản (Text) rồi gõ lại.")
        return str(int(value))
    if isinstance(value, datetime | date):
        return format_date(value)
    return nfc(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


# Writing


def write_step(step: Step) -> str:
    parts = [f"{step.number}. {escape(step.what)}".strip()]
    if step.actor:
        parts.append(labelled("Người thực hiện", step.actor))
    if step.duration:
        parts.append(f"Thời gian: {duration_words(step.duration)}")
    if step.product:
        parts.append(labelled("Sản phẩm", step.product))
    if step.after:
        parts.append(f"Sau bước: {', '.join(str(n) for n in step.after)}")
    return join_parts(parts)


def write_paper(paper: Paper) -> str:
    parts = [escape(paper.name), COPY_WORDS[paper.copy], f"Số lượng: {paper.quantity}"]
    if paper.form:
        parts.append(labelled("Mẫu", paper.form))
    if not paper.compulsory:
        parts.append("Nếu có")
    return join_parts(parts)


def write_body(body: Body) -> str:
    return labelled(PART_WORDS[body.part], body.name)


def write_basis(basis: Basis) -> str:
    """The code always stands there, even empty: so a basis that was written so is read so."""
    parts = [escape(basis.document), labelled("Số", basis.code)]
    if basis.issued_on:
        parts.append(f"Ngày: {format_date(basis.issued_on)}")
    for label, value in (("Điều", basis.article), ("Khoản", basis.clause), ("Điểm", basis.point)):
        if value:
            parts.append(labelled(label, value))
    if basis.ended_on:
        parts.append(f"Hết hiệu lực từ: {format_date(basis.ended_on)}")
    return join_parts(parts)


# Reading


def read_steps(cell: str) -> tuple[Step, ...]:
    return tuple(_step(line, at) for at, line in enumerate(split_lines(cell), start=1))


def _step(line: str, at: int) -> Step:
    first, *rest = split_parts(line)
    if found := _STEP.match(first):
        if int(found[1]) != at:
            raise NotACell(f"Bước thứ {at} lại ghi số {found[1]}. Đánh số 1, 2, 3 theo thứ tự.")
        first = first[found.end() :]
    values: dict[str, Any] = {}
    for part in rest:
        label, value = read_label(part)
        if label == "thoi gian":
            values["duration"] = read_duration(value)
        elif label == "sau buoc":
            values["after"] = _numbers(value)
        elif label in _STEP_TEXTS:
            values[_STEP_TEXTS[label]] = value
        else:
            raise _unknown(part, "Người thực hiện, Thời gian, Sản phẩm, Sau bước")
    return Step(at, unescape(first.strip()), **values)


_STEP_TEXTS = {"nguoi thuc hien": "actor", "don vi thuc hien": "actor", "san pham": "product"}


def read_paper(line: str) -> Paper:
    name, *rest = split_parts(line)
    values: dict[str, Any] = {}
    for part in rest:
        label, value = read_label(part)
        if not label and fold(value) in _COPIES:
            values["copy"] = _COPIES[fold(value)]
        elif not label and fold(value) in _IF_ANY:
            values["compulsory"] = False
        elif label == "so luong":
            values["quantity"] = read_whole(value)
        elif label == "mau":
            values["form"] = value
        else:
            raise _unknown(part, "Bản chính, Số lượng: 1, Mẫu: …, Nếu có")
    return Paper(unescape(name), **values)


_COPIES = {fold(words): copy for copy, words in COPY_WORDS.items()}
_IF_ANY = frozenset({"neu co", "khong bat buoc"})


def read_body(line: str) -> Body:
    """A line that names no part is about the agency that carries the procedure out."""
    label, value = read_label(line)
    if label in _PARTS:
        return Body(_PARTS[label], value)
    return Body(Part.EXECUTING, unescape(line))


_PARTS = {fold(words): part for part, words in PART_WORDS.items()} | {
    "quyet dinh": Part.DECIDING,
    "uy quyen": Part.DELEGATED,
    "thuc hien": Part.EXECUTING,
    "phoi hop": Part.COOPERATING,
}


def read_basis(line: str) -> tuple[Basis, ...]:
    """Read one line; running text as in decisions gives a basis for each place that it names."""
    document, *rest = split_parts(line)
    if not rest:
        return _cited(unescape(document))
    values: dict[str, Any] = {}
    for part in rest:
        label, value = read_label(part)
        if label not in _BASIS:
            raise _unknown(part, "Số, Ngày, Điều, Khoản, Điểm, Hết hiệu lực từ")
        name = _BASIS[label]
        values[name] = read_day(value) if name.endswith("_on") else value
    return (Basis(unescape(document), **values),)


_BASIS = {
    "so": "code",
    "ngay": "issued_on",
    "dieu": "article",
    "khoan": "clause",
    "diem": "point",
    "het hieu luc tu": "ended_on",
}


def _cited(text: str) -> tuple[Basis, ...]:
    found = find_documents(text)
    if len(found) != 1:
        return (Basis(text),)
    (ref,) = found
    places = ref.provisions or (Provision(),)
    return tuple(_basis(text, ref, place) for place in places)


def _basis(text: str, ref: DocumentRef, place: Provision) -> Basis:
    return Basis(
        document=text[ref.start :].strip().rstrip(".;,"),
        code=ref.code,
        issued_on=ref.on,
        article=place.article,
        clause=place.clause,
        point=place.point,
    )


def read_manner(line: str) -> Manner:
    return choose(line, _MANNERS, MANNER_WORDS)


_MANNERS = {fold(words): manner for manner, words in MANNER_WORDS.items()} | {
    "he thong quan ly van ban": Manner.E_OFFICE,
    "qua he thong quan ly van ban": Manner.E_OFFICE,
    "buu chinh": Manner.POST,
    "khac": Manner.OTHER,
}
KINDS = {fold(words): kind for kind, words in KIND_WORDS.items()} | {
    "a": Kind.BETWEEN,
    "giua cac co quan": Kind.BETWEEN,
    "b": Kind.INSIDE,
    "noi bo co quan": Kind.INSIDE,
    "trong noi bo co quan": Kind.INSIDE,
}
TIERS = {fold(words): tier for tier, words in TIER_WORDS.items()} | {
    fold(words).removeprefix("cap "): tier for tier, words in TIER_WORDS.items()
}
RULE_OWNERS = {fold(words): owner for owner, words in RULE_OWNER_WORDS.items()} | {
    "co quan": RuleOwner.AGENCY,
    "don vi": RuleOwner.AGENCY,
}
YES_NO = {"co": True, "x": True, "khong": False, "": False}


def choose(text: str, known: Mapping[str, E], words: Mapping[E, str]) -> E:
    """
    Return the member that the text names.

    :raises NotACell: if it names none; the message lists what may stand there.
    """
    try:
        return known[fold(text)]
    except KeyError:
        choices = "; ".join(words.values())
        raise NotACell(f"Không hiểu “{text}”. Chọn một trong: {choices}.") from None


def read_yes_no(text: str) -> bool:
    try:
        return YES_NO[fold(text)]
    except KeyError:
        raise NotACell(f"Không hiểu “{text}”. Ghi “Có” hoặc “Không”.") from None


def read_whole(text: str) -> int:
    if found := _WHOLE.fullmatch(text.strip()):
        return int(found[1])
    raise NotACell(f"“{text}” không phải là số nguyên.")


def read_day(text: str) -> date:
    try:
        return parse_date(text)
    except DateError as e:
        raise NotACell(str(e)) from None


def write_rows(rows: tuple[Any, ...], write: Callable[[Any], str]) -> str:
    return "\n".join(write(row) for row in rows)


def read_texts(cell: str) -> tuple[str, ...]:
    return tuple(unescape(line) for line in split_lines(cell))


def read_forms(cell: str) -> tuple[Form, ...]:
    """A sheet never says which stored file a form has: see `keep_files`."""
    return tuple(Form(name) for name in read_texts(cell))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(read_whole(each) for each in text.split(",") if each.strip())


def _unknown(part: str, known: str) -> NotACell:
    return NotACell(f"Không hiểu “{unescape(part)}”. Giữa các dấu | chỉ ghi: {known}.")
