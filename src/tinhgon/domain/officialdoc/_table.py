"""Where the cells of a table stand on its grid, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ._layout import STYLES, TABLE_INSET_MM, Style, bold_width_mm
from ._model import Cell, Table

_NARROWEST_MM = 8.0
_WIDEST_MM = 90.0
_SIZE_PT = STYLES[Style.TABLE_HEAD].size_pt
_SAFETY = 1.06


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell's text, the row and column (from 0) of its upper left corner and what it spans."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def place_cells(table: Table) -> Iterator[PlacedCell]:
    """
    Yield each cell with its place; places covered by a span from above are stepped over.

    A span that would leave the table or its headings, or cover another cell, is cut short.
    """
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            end = table.header_rows if row < table.header_rows else len(table.rows)
            placed = _fit(cell, row, column, min(end, len(table.rows)), taken)
            yield placed
            taken |= {
                (row + down, column + right)
                for down in range(placed.rows)
                for right in range(placed.columns)
            }
            column += placed.columns


def _fit(cell: Cell, row: int, column: int, height: int, taken: set[tuple[int, int]]) -> PlacedCell:
    columns = 1
    while columns < cell.columns and (row, column + columns) not in taken:
        columns += 1
    rows = max(1, min(cell.rows, height - row))
    return PlacedCell(row, column, rows, columns, cell.text)


def column_count(table: Table) -> int:
    """Return how many columns the grid has."""
    return max((p.column + p.columns for p in place_cells(table)), default=0)


def column_widths_mm(table: Table, width_mm: float) -> tuple[float, ...]:
    """Return the columns' widths: each holds its longest word, the rest goes by length of text."""
    narrow = [0.0] * column_count(table)
    wide = [0.0] * column_count(table)
    for placed in place_cells(table):
        if placed.columns == 1:
            words = max((_width_mm(word) for word in placed.text.split()), default=0.0)
            narrow[placed.column] = max(narrow[placed.column], words)
            text = min(_width_mm(placed.text), _WIDEST_MM)
            wide[placed.column] = max(wide[placed.column], text)
    narrow = [max(width, _NARROWEST_MM) for width in narrow]
    wide = [max(*pair) for pair in zip(narrow, wide, strict=True)]
    if sum(wide) <= width_mm:
        return tuple(width * width_mm / sum(wide) for width in wide)
    if sum(narrow) >= width_mm:
        return tuple(width * width_mm / sum(narrow) for width in narrow)
    share = (width_mm - sum(narrow)) / (sum(wide) - sum(narrow))
    return tuple(low + (high - low) * share for low, high in zip(narrow, wide, strict=True))


def _width_mm(text: str) -> float:
    """Return the room a text takes in a cell, a little more than measured, with the insets."""
    return bold_width_mm(text, _SIZE_PT) * _SAFETY + 2 * TABLE_INSET_MM


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure or a short mark, which stands in the middle."""
    return len(text) <= 8 and not any(c.islower() for c in text)
