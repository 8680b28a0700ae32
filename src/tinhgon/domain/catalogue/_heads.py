"""The head of a list: one row of headings or two, and a row that counts the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tinhgon.domain.vntext import fold

from ._columns import Column, Columns, read_header
from ._marks import is_number
from ._stream import Unit


def columns_of(row: Unit) -> Columns | None:
    """Return the columns when the row is the head of a list, None when it is not."""
    headings: list[str] = []
    for place in row.cells:
        headings.append(" ".join(place.text.split()))
        headings += [""] * (place.columns - 1)
    return read_header(headings)


def second_head(rows: Sequence[Unit], begin: int, columns: Columns) -> tuple[int, Columns]:
    """
    Return where the procedures begin, and the columns, when the head has a second row; a row of
    column numbers "(1) | (2) | (3)" is stepped over.
    """
    at = begin + 1
    if at < len(rows) and _is_below(rows[at], columns):
        columns = _with_second(rows[begin], rows[at], columns)
        at += 1
    if at < len(rows) and _counts_columns(rows[at]):
        at += 1
    return at, columns


def _is_below(row: Unit, columns: Columns) -> bool:
    """A second row of headings: it has no number and no name of its own, and short texts."""
    cells = [place for place in row.cells if place.text and not place.above]
    if not cells or any(
        is_number(place.text) or len(place.text) > _LONGEST_LABEL for place in cells
    ):
        return False
    if any(place.above for place in row.cells):
        return True
    own = {columns.at(Column.NUMBER), columns.at(Column.NAME)}
    if sum(place.columns for place in row.cells) == len(columns):
        at = 0
        for place in row.cells:
            if place.text and at in own:
                return False
            at += place.columns
        return len(cells) > 1
    return len(cells) > 1 and all(_WAYS.search(fold(place.text)) for place in cells)


_LONGEST_LABEL = 60
_WAYS = re.compile(r"truc tiep|truc tuyen|buu chinh|bcci|toan trinh|mot phan|qua mang")


def _with_second(head: Unit, below: Unit, columns: Columns) -> Columns:
    """Return the columns with the words of the second row of headings."""
    if sum(place.columns for place in below.cells) == len(columns):
        headings = list(columns.headings)
        at = 0
        for place in below.cells:
            if place.text and not place.above:
                above = _heading_over(head, at)
                headings[at] = f"{above}: {place.text}" if above else place.text
            at += place.columns
        return Columns(columns.kinds, tuple(headings))
    split = next((at for at, text in enumerate(columns.headings) if _of_manner(text)), None)
    if split is None:
        return columns
    names = [f"{columns.headings[split]}: {place.text}" for place in below.cells]
    kinds = [*columns.kinds[:split], *[Column.OTHER] * len(names), *columns.kinds[split + 1 :]]
    headings = [*columns.headings[:split], *names, *columns.headings[split + 1 :]]
    return Columns(tuple(kinds), tuple(headings))


def _of_manner(heading: str) -> bool:
    return bool(re.search(r"cach thuc|hinh thuc|muc do|dich vu", fold(heading)))


def _heading_over(head: Unit, column: int) -> str:
    at = 0
    for place in head.cells:
        if at <= column < at + place.columns:
            return " ".join(place.text.split())
        at += place.columns
    return ""


def _counts_columns(row: Unit) -> bool:
    texts = [place.text.strip("() ") for place in row.cells if place.text]
    return len(texts) > 2 and texts == [str(n) for n in range(1, len(texts) + 1)]
