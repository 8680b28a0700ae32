"""A table of a report (biểu) before it is written to Word, PDF or Excel: columns, heads, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from itertools import pairwise

from tinhgon.domain.officialdoc import Cell, Table
from tinhgon.domain.vntext import format_date, format_number, format_share

Value = str | Decimal | date | None
"""None in a column of shares: there is nothing to divide by; elsewhere: nothing to say."""


class Kind(StrEnum):
    """How the values of a column are written."""

    TEXT = auto()
    NUMBER = auto()
    SHARE = auto()
    """A share up to 1, written in per cent."""
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column: its own head, the heads above it from the top, its width in characters.

    Neighbours with the same heads above stand under one head.
    """

    label: str
    above: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of the heads: its text, where it begins, and how many rows and columns it spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """
    A table with its name and title; every row has a value for each column.

    `has_total`: the first row is the total of the others. `notes` stand under it. `breaks` are the
    columns at which papers, which are no wider than a page, go on in a table of its own, which
    repeats the first `stub` columns.
    """

    key: str
    label: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    has_total: bool = False
    notes: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()
    stub: int = 2

    def printed(self) -> Iterator[Form]:
        """Yield the tables that papers print: "Biểu 1a", "Biểu 1b" where it is too wide for one."""
        if not self.breaks:
            yield self
            return
        edges = (self.stub, *self.breaks, len(self.columns))
        last = len(edges) - 2
        for place, (start, end) in enumerate(pairwise(edges)):
            yield replace(
                self,
                label=f"{self.label}{'abcdef'[place]}",
                columns=self.columns[: self.stub] + self.columns[start:end],
                rows=tuple(row[: self.stub] + row[start:end] for row in self.rows),
                notes=self.notes if place == last else (),
                breaks=(),
            )

    def without_rows(self, note: str) -> Form:
        """Return only its name and a note that says where the rows are."""
        return replace(self, rows=(), notes=(note,), breaks=())

    @property
    def head_rows(self) -> int:
        return 1 + max(len(column.above) for column in self.columns)

    def heads(self) -> Iterator[Head]:
        """Yield the cells of the heads, from the top, each row from the left."""
        for level in range(self.head_rows):
            yield from self._heads_of(level)

    def _heads_of(self, level: int) -> Iterator[Head]:
        place = 0
        while place < len(self.columns):
            column = self.columns[place]
            if level < len(column.above):
                same = _alike(self.columns, place, level)
                yield Head(column.above[level], level, place, columns=same)
                place += same
                continue
            if level == len(column.above):
                yield Head(column.label, level, place, rows=self.head_rows - level)
            place += 1

    def as_table(self) -> Table:
        """Return the table as official documents print it."""
        heads: list[list[Cell]] = [[] for _ in range(self.head_rows)]
        for head in self.heads():
            heads[head.row].append(Cell(head.text, columns=head.columns, rows=head.rows))
        rows = [
            tuple(Cell(written(value, column.kind)) for value, column in pairs)
            for pairs in (zip(row, self.columns, strict=True) for row in self.rows)
        ]
        return Table((*(tuple(row) for row in heads), *rows), header_rows=self.head_rows)


def _alike(columns: Sequence[Column], place: int, level: int) -> int:
    """Return how many columns from `place` on have the same heads down to a level."""
    wanted = columns[place].above[: level + 1]
    number = 0
    for column in columns[place:]:
        if column.above[: level + 1] != wanted:
            break
        number += 1
    return number


def written(value: Value, kind: Kind) -> str:
    """Return a value as a cell of a paper has it."""
    match value:
        case None:
            return "-" if kind is Kind.SHARE else ""
        case Decimal():
            return format_share(value) if kind is Kind.SHARE else format_number(value)
        case date():
            return format_date(value)
    return value
