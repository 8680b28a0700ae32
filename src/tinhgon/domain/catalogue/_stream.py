"""A document as one stream of paragraphs and table rows, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from tinhgon.domain.officialdoc import (
    Annex,
    Block,
    BlockKind,
    OfficialDoc,
    PlacedCell,
    Source,
    Table,
    place_cells,
)


class Kind(StrEnum):
    """What a unit is."""

    ARTICLE = auto()  # Điều 1., and what stands below it
    ANNEX = auto()  # the head of an annex: label and title
    TEXT = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a row; `above` is True where a cell from a row above reaches down to here."""

    text: str
    columns: int = 1
    above: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """
    A paragraph, or a row of a table.

    `block` is the kind of the paragraph, `table` tells the rows of one table from another's,
    `even` is False for a table whose rows need not have a cell for each column, as in plain text.
    """

    kind: Kind
    text: str
    source: Source
    marker: str = ""
    block: BlockKind = BlockKind.PARAGRAPH
    cells: tuple[Place, ...] = ()
    table: int = -1
    even: bool = True

    @property
    def printed(self) -> str:
        """The paragraph as it stands, marker and text."""
        return f"{self.marker} {self.text}".strip()


def stream(doc: OfficialDoc) -> tuple[Unit, ...]:
    """Return the body and the annexes as one stream; legal bases are left out."""
    maker = _Maker()
    units = list(maker.blocks(doc.body))
    for annex in doc.annexes:
        units += maker.annex(annex)
    return tuple(units)


class _Maker:
    def __init__(self) -> None:
        self.tables = 0
        self.article = False

    def annex(self, annex: Annex) -> Iterator[Unit]:
        self.article = False
        yield Unit(Kind.ANNEX, annex.title, annex.source, marker=annex.label)
        yield from self.blocks(annex.body)

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Unit]:
        for block in blocks:
            if block.table is not None:
                yield from self.rows(block.table, block.source)
            else:
                yield self._text(block)
            yield from self.blocks(block.children)

    def _text(self, block: Block) -> Unit:
        if block.kind is BlockKind.ARTICLE:
            self.article = True
        elif block.kind is BlockKind.PART or _LIST_HEAD.match(block.text):
            self.article = False
        kind = Kind.ARTICLE if self.article else Kind.TEXT
        return Unit(kind, block.text, block.source, block.marker, block.kind)

    def rows(self, table: Table, source: Source) -> Iterator[Unit]:
        self.tables += 1
        number = self.tables
        rows = list(_grid(table))
        widths = {sum(cell.columns for cell in row) for row in rows}
        sources = table.row_sources or (source,) * len(rows)
        for cells, where in zip(rows, sources, strict=True):
            text = " | ".join(cell.text for cell in cells if not cell.above)
            even = len(widths) == 1
            yield Unit(Kind.ROW, text, where, cells=cells, table=number, even=even)


_LIST_HEAD = re.compile(r"^(?:PHỤ LỤC|DANH MỤC)\b")


def _grid(table: Table) -> Iterator[tuple[Place, ...]]:
    """Yield the cells of each row with those that reach down from above."""
    by_row: dict[int, list[tuple[int, Place]]] = {}
    for placed in place_cells(replace(table, header_rows=0)):
        for row, place in _reach(placed):
            by_row.setdefault(row, []).append((placed.column, place))
    for row in range(len(table.rows)):
        cells = sorted(by_row.get(row, []), key=lambda each: each[0])
        yield tuple(place for _, place in cells)


def _reach(placed: PlacedCell) -> Iterator[tuple[int, Place]]:
    for row in range(placed.row, placed.row + placed.rows):
        yield row, Place(placed.text, placed.columns, above=row > placed.row)
