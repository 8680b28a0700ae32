"""What a person is asked to look at again before a calculation is relied upon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ._cost import compare
from ._enums import Term
from ._limits import limits
from ._model import Row, Sheet, Sides
from ._norms import activities
from ._words import TERM_WORDS, term_words


@dataclass(frozen=True, slots=True)
class Doubt:
    """
    One thing to look at. `key` is that of the row, "" for the sheet; `must`: it stands in the way
    of a confirmation, since the method or our own rule asks for it; `after`: the row is one of the
    after side.
    """

    key: str
    term: Term | None
    text: str
    must: bool = False
    after: bool = False


def doubts(sides: Sides) -> tuple[Doubt, ...]:
    """Return what is doubtful, the rows of now first."""
    return (*_of_sheet(sides), *_of_rows(sides.now), *_of_rows(sides.after, after=True))


def _of_sheet(sides: Sides) -> Iterator[Doubt]:
    now = sides.now
    if not now.rows:
        yield Doubt("", None, "Bảng chưa có dòng công việc nào.", must=True)
    for term in _OF_SHEET:
        if not now.default(term):
            yield Doubt(
                "",
                term,
                f"{TERM_WORDS[term]} bằng 0: chi phí một năm của các dòng theo số chung bằng 0. "
                "Nếu thủ tục không phát sinh trong năm, ghi rõ nguồn số liệu.",
            )
    yield from _of_defaults(now)
    for term in _OF_SHEET:
        if sides.after.default(term) != now.default(term):
            yield from _of_default(sides.after, term, "Sau đơn giản hóa: ")
    if not now.hourly.is_standard:
        yield Doubt(
            "", Term.HOURLY, "Mức thu nhập đang dùng không theo phương pháp chuẩn (theo GDP)."
        )
    both = compare(now, sides.after)
    if both.after > both.now:
        yield Doubt("", None, "Chi phí sau đơn giản hóa cao hơn chi phí hiện tại.")


_OF_SHEET = (Term.SUBJECTS, Term.TIMES)


def _of_defaults(sheet: Sheet) -> Iterator[Doubt]:
    for term in _OF_SHEET:
        yield from _of_default(sheet, term, "")


def _of_default(sheet: Sheet, term: Term, where: str) -> Iterator[Doubt]:
    """What holds for all rows is to be looked at as their own figures are."""
    value, limit = sheet.default(term), limits()[term]
    if not value:
        return
    if value > limit.doubtful:
        text = f"{where}{term_words(term, value)} cho cả bảng: {limit.doubt}. Kiểm tra lại số liệu."
        yield Doubt("", term, text)
    is_used = any(sheet.counts(row) and row.value(term) is None for row in sheet.rows)
    if is_used and not sheet.note(None, term).source:
        text = f"{where}Số chung của bảng: chưa ghi nguồn của {limit.name}."
        yield Doubt("", term, text, must=True)


def _of_rows(sheet: Sheet, *, after: bool = False) -> Iterator[Doubt]:
    for row in sheet.rows:
        if not row.gone:
            where = "Sau đơn giản hóa: " if after else ""
            yield from (replace(doubt, after=after) for doubt in _of_row(row, where))


def _of_row(row: Row, where: str) -> Iterator[Doubt]:
    for term in Term:
        value, note, limit = row.value(term), row.note(term), limits()[term]
        if value is None or not value:
            continue
        if value > limit.doubtful:
            yield Doubt(
                row.key,
                term,
                f"{where}{term_words(term, value)} cho “{row.what}”: {limit.doubt}. "
                "Kiểm tra lại số liệu.",
            )
        if term is Term.HOURS and _departs(row) and not note.reason:
            yield Doubt(
                row.key,
                term,
                f"{where}“{row.what}”: số giờ khác giá trị khởi đầu. Ghi lý do.",
                must=True,
            )
        elif not note.source and not row.source:
            yield Doubt(
                row.key, term, f"{where}“{row.what}”: chưa ghi nguồn của {limit.name}.", must=True
            )


def _departs(row: Row) -> bool:
    """Return whether the hours are others than the starting ones of the activity."""
    activity = activities().get(row.activity)
    if activity is None or row.complexity is None or row.note(Term.HOURS).follows:
        return False
    starting = activity.hours(row.complexity)
    return row.hours != starting and (not row.per_set or bool(row.hours % starting))
