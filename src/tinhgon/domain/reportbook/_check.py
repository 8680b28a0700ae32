"""Whether what was filled in can be taken: each cell that cannot is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_uppercase

from tinhgon.domain.vntext import NoSuchDate, NotADate, fold, format_date, is_plausible, parse_date

from ._layout import LAYOUTS, PERCENT, Part
from ._model import Place, Row
from ._nil import nil_faults
from ._read import Filled, Returned

_PERCENT = re.compile(r"(\d{1,3})(?:[.,]0+)?")
_CODE = re.compile(r"\d.*/.*[^\W\d_]")
_MOST_PERCENT = 100
_CODE_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How many letters the records take of each thing, and today."""

    text: int
    note: int
    title: int
    difficulty: int
    opinion: int
    today: date


@dataclass(frozen=True, slots=True)
class NewDifficulty:
    """A difficulty that was added; `due_on` is None where the usual day is meant."""

    row: Filled
    kind: str
    decider: str
    due_on: date | None

    def __getitem__(self, name: str) -> str:
        return self.row.values[name]


def check_returned(
    returned: Returned,
    limits: Limits,
    *,
    kinds: Mapping[str, str],
    deciders: Mapping[str, str],
    sections: Sequence[Row],
) -> list[NewDifficulty]:
    """
    Add to the faults of a workbook what cannot be taken, all of them then in the order of sheets
    and lines, as they are mended; return the difficulties that are new.

    `kinds` and `deciders` go from the words of the lists to their codes; `sections` are those of
    the report with the words that it has by now.
    """
    for row in returned.rows:
        if row.is_changed:
            returned.faults += _CHECKS[row.part](row, limits)
    found = []
    for row in returned.of(Part.DIFFICULTIES):
        if not row.key:
            faults, new = _difficulty(row, limits, _folded(kinds), _folded(deciders))
            returned.faults += faults
            if new:
                found.append(new)
    returned.faults += nil_faults(returned, sections)
    returned.faults.sort(key=_where)
    return found


def _where(fault: Place) -> tuple[int, int]:
    line = fault.cell.lstrip(ascii_uppercase)
    return _SHEETS.index(fault.sheet), int(line or 0)


_SHEETS = [layout.sheet for layout in LAYOUTS.values()]


def percent_of(text: str) -> int | None:
    """Return a per cent as it is written in a cell, without its sign; None for what is none."""
    found = _PERCENT.fullmatch(text)
    value = int(found[1]) if found else None
    return value if value is not None and value <= _MOST_PERCENT else None


def day_of(text: str) -> date | None:
    """Return a day as it is written in a cell, as text or as a date; None for what is none."""
    try:
        day = parse_date(text)
    except (NotADate, NoSuchDate):
        return None
    return day if is_plausible(day) else None


def _task(row: Filled, limits: Limits) -> Iterator[Place]:
    values = row.values
    yield from _percent(row)
    if not values["result"] and not values["code"]:
        words = "ghi kết quả thực hiện khi thay đổi tiến độ hoặc ghi ngày văn bản."
        yield row.place("result", words)
    yield from _long(row, "result", limits.note)
    code, day = values["code"], day_of(values["signed_on"])
    if code and (len(code) > _CODE_LETTERS or not _CODE.search(code)):
        yield row.place("code", f"“{code[:_CODE_LETTERS]}” chưa đúng dạng, ví dụ 12/BC-SNV.")
    if values["signed_on"] and day is None:
        words = f"“{values['signed_on'][:40]}” không phải là ngày. Ghi theo dạng 30/6/2024."
        yield row.place("signed_on", words)
    elif day and day > limits.today:
        words = f"ngày {format_date(day)} chưa đến. Ghi ngày trên văn bản đã ký."
        yield row.place("signed_on", words)
    elif code and day is None:
        yield row.place("signed_on", "ghi ngày của văn bản.")


def _percent(row: Filled) -> Iterator[Place]:
    text = row.values[PERCENT]
    if PERCENT in row.doubtful & row.changed:
        share = Decimal(text)
        whole = f"{share * _MOST_PERCENT:.0f}"
        way = "Xong thì ghi 100, mới làm thì ghi 1%" if share == 1 else f"Ghi {whole} hoặc {whole}%"
        shown = text.replace(".", ",")
        yield row.place(PERCENT, f"“{shown}” có thể là {shown}% hoặc {whole}%. {way}.")
    elif text and percent_of(text) is None:
        words = f"“{text[:40]}” không phải số nguyên từ 0 đến 100. Ghi ví dụ 40 hoặc 40%."
        yield row.place(PERCENT, words)


def _words(row: Filled, limits: Limits) -> Iterator[Place]:
    yield from _long(row, "text", limits.text)


def _figure(row: Filled, limits: Limits) -> Iterator[Place]:
    yield from _long(row, "opinion", limits.opinion)


def _nothing(_row: Filled, _limits: Limits) -> Iterator[Place]:
    return iter(())


_CHECKS = {
    Part.TASKS: _task,
    Part.WORDS: _words,
    Part.FIGURES: _figure,
    Part.DIFFICULTIES: _nothing,
    Part.NIL: _nothing,
}


def _difficulty(
    row: Filled, limits: Limits, kinds: Mapping[str, str], deciders: Mapping[str, str]
) -> tuple[list[Place], NewDifficulty | None]:
    values = row.values
    faults = [
        row.place(name, f"ghi “{LAYOUTS[row.part].column(name).heading.lower()}” của vướng mắc.")
        for name in ("title", "description")
        if not values[name]
    ]
    for name, most in (("title", limits.title), *((n, limits.difficulty) for n in _LONG)):
        faults += _long(row, name, most)
    kind, decider = kinds.get(fold(values["kind"]), ""), deciders.get(fold(values["decider"]), "")
    for name, code in (("kind", kind), ("decider", decider)):
        if not code:
            said = f"“{values[name][:60]}” không có trong danh sách. " if values[name] else ""
            faults.append(row.place(name, f"{said}Chọn một giá trị trong danh sách của ô."))
    due_on = day_of(values["due_on"])
    if values["due_on"] and due_on is None:
        words = f"“{values['due_on'][:40]}” không phải là ngày. Ghi theo dạng 30/6/2024."
        faults.append(row.place("due_on", words))
    elif due_on and due_on < limits.today:
        words = (
            f"ngày {format_date(due_on)} đã qua. Ghi ngày khác, hoặc để trống để lấy mười ngày "
            "làm việc kể từ hôm nay."
        )
        faults.append(row.place("due_on", words))
    return faults, None if faults else NewDifficulty(row, kind, decider, due_on)


_LONG = ("description", "own_part", "proposal")


def _long(row: Filled, name: str, most: int) -> Iterator[Place]:
    length = len(row.values[name])
    if length > most:
        yield row.place(name, f"dài {length} ký tự, tối đa {most}. Ghi gọn lại.")


def _folded(words: Mapping[str, str]) -> dict[str, str]:
    return {fold(label): code for label, code in words.items()}
