"""Tables drawn with lines on a page: the lines make the cells, the text is put into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ._columns import belongs_to_layout
from ._join import glue
from ._model import Cell, Table
from ._rows import Page, Piece, Row, Rule, group_pieces

_CODE = re.compile(r"^\d\.\d{6}\b")  # of a procedure in the national database
_LAYOUT_COLUMNS = 3
_LAYOUT_ROWS = 6
_NEAR = 3.0  # points: lines closer than this meet


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lines of one table: where columns and rows begin and end, and which lines are drawn."""

    xs: list[float]
    ys: list[float]
    rules: list[Rule]

    def parted_right(self, row: int, column: int) -> bool:
        """True when a line is drawn at the right side of the place."""
        x, y = self.xs[column + 1], (self.ys[row] + self.ys[row + 1]) / 2
        return any(
            rule.upright and abs(rule.x0 - x) < _NEAR and rule.y0 - 1 < y < rule.y1 + 1
            for rule in self.rules
        )

    def parted_below(self, row: int, column: int) -> bool:
        """True when a line is drawn below the place."""
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, self.ys[row + 1]
        return any(
            not rule.upright and abs(rule.y0 - y) < _NEAR and rule.x0 - 1 < x < rule.x1 + 1
            for rule in self.rules
        )


def rows_with_tables(page: Page, rows: list[Row]) -> list[Row]:
    """Return the rows of a page with each drawn table as one row."""
    grids: list[_Grid] = []
    made: list[Row] = []
    for grid in map(_grid, _touching(page.rules)):
        row = _table_row(grid, rows, page.number) if grid is not None else None
        if grid is not None and row is not None and not _is_layout(row.table):
            grids.append(grid)
            made.append(row)
    if not made:
        return rows
    kept: list[Row] = []
    for row in rows:
        outside = tuple(p for p in row.pieces if not any(_inside(p, grid) for grid in grids))
        if outside:
            kept.append(replace(row, pieces=outside))
    return sorted([*kept, *made], key=lambda row: row.y)


def _is_layout(table: Table | None) -> bool:
    """True for a table that only puts a letterhead, recipients or a signature side by side."""
    if table is None or _width(table) > _LAYOUT_COLUMNS or len(table.rows) > _LAYOUT_ROWS:
        return False
    texts = (line for row in table.rows for cell in row for line in cell.text.split("\n"))
    return any(map(belongs_to_layout, texts))


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines in groups that touch one another."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touched = [group for group in groups if any(_meet(rule, other) for other in group)]
        joined = [rule, *(other for group in touched for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append(joined)
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - _NEAR < other.x1
        and other.x0 - _NEAR < one.x1
        and one.y0 - _NEAR < other.y1
        and other.y0 - _NEAR < one.y1
    )


def _places(values: list[float]) -> list[float]:
    """Return the values with those that are nearly the same taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _grid(rules: list[Rule]) -> _Grid | None:
    xs = _places([rule.x0 for rule in rules if rule.upright])
    ys = _places([rule.y0 for rule in rules if not rule.upright])
    if len(xs) < 3 or len(ys) < 2:
        return None
    return _Grid(xs, ys, rules)


def _inside(piece: Piece, grid: _Grid) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, piece.y - 0.3 * piece.size
    return grid.xs[0] < x < grid.xs[-1] and grid.ys[0] < y < grid.ys[-1]


def _table_row(grid: _Grid, rows: list[Row], page: int) -> Row | None:
    pieces = [piece for row in rows for piece in row.pieces if _inside(piece, grid)]
    if not pieces:
        return None
    table = Table(tuple(_cells(grid, pieces)))
    mark = Piece("", grid.xs[0], grid.xs[-1], grid.ys[0], pieces[0].size)
    return Row((mark,), page, table)


def _cells(grid: _Grid, pieces: list[Piece]) -> list[tuple[Cell, ...]]:
    taken: set[tuple[int, int]] = set()
    out: list[tuple[Cell, ...]] = []
    for row in range(len(grid.ys) - 1):
        cells: list[Cell] = []
        for column in range(len(grid.xs) - 1):
            if (row, column) in taken:
                continue
            width, height = _span(grid, row, column)
            taken |= {(row + i, column + j) for i in range(height) for j in range(width)}
            cells.append(Cell(_text(grid, row, column, width, height, pieces), width, height))
        if cells:
            out.append(tuple(cells))
    return out


def _span(grid: _Grid, row: int, column: int) -> tuple[int, int]:
    width = height = 1
    while column + width < len(grid.xs) - 1 and not grid.parted_right(row, column + width - 1):
        width += 1
    while row + height < len(grid.ys) - 1 and not grid.parted_below(row + height - 1, column):
        height += 1
    return width, height


def _text(grid: _Grid, row: int, column: int, width: int, height: int, pieces: list[Piece]) -> str:
    left, right = grid.xs[column], grid.xs[column + width]
    top, bottom = grid.ys[row], grid.ys[row + height]
    inside = [
        piece
        for piece in pieces
        if left <= (piece.x0 + piece.x1) / 2 < right and top <= piece.y - 0.3 * piece.size < bottom
    ]
    lines = [Row(tuple(line), 0) for line in group_pieces(inside)]
    if not lines:
        return ""
    text = lines[0].text
    for before, line in pairwise(lines):
        word = line.text.split(" ", 1)[0]
        room = (line.x1 - line.x0) * len(word) / max(1, len(line.text))
        full = before.x1 + room > right - 0.9 * line.size
        text = glue(text, line.text) if full or word[:1].islower() else f"{text}\n{line.text}"
    return text


def join_tables(first: Table, second: Table) -> Table | None:
    """Return a table that goes on over the page as one, None when the second is another table."""
    if _width(first) != _width(second):
        return None
    rows, sources = list(second.rows), list(second.row_sources)
    if rows and [c.text for c in rows[0]] == [c.text for c in first.rows[0]]:
        rows, sources = rows[1:], sources[1:]
    kept = list(first.rows)
    if rows and kept and _goes_on(kept[-1], rows[0]):
        kept[-1] = tuple(
            replace(above, text=f"{above.text} {below.text}".strip())
            for above, below in zip(kept[-1], rows[0], strict=True)
        )
        rows, sources = rows[1:], sources[1:]
    return replace(first, rows=(*kept, *rows), row_sources=(*first.row_sources, *sources))


def _width(table: Table) -> int:
    return max(sum(cell.columns for cell in row) for row in table.rows)


def _goes_on(above: tuple[Cell, ...], below: tuple[Cell, ...]) -> bool:
    """
    A row torn by the page has nothing in its first cell, where the number stood; a code in it is
    the sign of a row of its own.
    """
    same = len(above) == len(below) > 1
    torn = same and not below[0].text and any(cell.text for cell in below)
    return torn and not any(_CODE.match(cell.text) for cell in below)
