"""Plans set as a table: one row, one task."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tinhgon.domain.legalref import find_documents
from tinhgon.domain.officialdoc import Table

from ._model import How, Origin, Origins, Place, ProposedTask
from ._outline import Node
from ._plan import bodies, partners, time_of
from ._targets import targets
from ._task import Above
from ._words import fold

_HEADING_ROWS = 4  # a heading of two rows, a row of column numbers
_COLUMNS = (
    ("number", re.compile(r"^(?:stt|tt|số tt|số thứ tự)$")),
    ("with", re.compile(r"phối hợp")),
    ("lead", re.compile(r"chủ trì|(?:cơ quan|đơn vị) thực hiện|trách nhiệm|phân công|đầu mối")),
    ("time", re.compile(r"thời gian|thời hạn|tiến độ|hạn |hoàn thành|lộ trình")),
    ("content", re.compile(r"nội dung|nhiệm vụ|công việc|hoạt động|giải pháp")),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of the grid with the cell it belongs to: `table.rows[row][column]`."""

    text: str
    row: int
    column: int


def read_table(node: Node, above: Above) -> list[ProposedTask]:
    """
    Return the tasks of a table that has a column for the work and one for who or when, else
    nothing.
    """
    table = node.block.table
    if table is None:
        return []
    grid = spread(table)
    columns, header = _columns(grid)
    if "content" not in columns or not columns.keys() & {"lead", "time"}:
        return []
    rows = (_Row(node, grid[r], r, columns) for r in range(header + 1, len(grid)))
    return [row.task(above) for row in rows if row.gives_work()]


def spread(table: Table) -> list[list[Slot]]:
    """Return the full grid: a cell over several rows or columns stands in each of them."""
    grid: list[dict[int, Slot]] = [{} for _ in table.rows]
    for r, row in enumerate(table.rows):
        at = 0
        for c, cell in enumerate(row):
            while at in grid[r]:
                at += 1
            for line in grid[r : r + cell.rows]:
                line.update({at + k: Slot(cell.text, r, c) for k in range(cell.columns)})
            at += cell.columns
    return [[line[k] for k in sorted(line)] for line in grid]


def _columns(grid: list[list[Slot]]) -> tuple[dict[str, int], int]:
    """Find the heading row among the first ones and what its columns hold."""
    for r, row in enumerate(grid[:_HEADING_ROWS]):
        found: dict[str, int] = {}
        for c, slot in enumerate(row):
            folded = fold(slot.text).strip()
            kind = next((name for name, pattern in _COLUMNS if pattern.search(folded)), None)
            if kind:
                found.setdefault(kind, c)
        if "content" in found and len(found) > 1:
            return found, r
    return {}, 0


@dataclass(frozen=True, slots=True)
class _Row:
    node: Node
    slots: list[Slot]
    number: int
    columns: dict[str, int]

    def slot(self, kind: str) -> Slot | None:
        c = self.columns.get(kind)
        return self.slots[c] if c is not None and c < len(self.slots) else None

    def text(self, kind: str) -> str:
        slot = self.slot(kind)
        return slot.text.strip() if slot else ""

    def gives_work(self) -> bool:
        """Say whether this is a row of work: no section heading, no row of column numbers."""
        content = self.slot("content")
        if (
            content is None
            or content.row != self.number
            or not re.search(r"[^\W\d_]", content.text)
        ):
            return False
        section = len({slot.text.strip() for slot in self.slots if slot.text.strip()}) == 1
        return not section and bool(self.text("lead") or self.text("time"))

    def task(self, above: Above) -> ProposedTask:
        text = self.text("content")
        deadline, recurrence = time_of(self.text("time"), above.issued)
        number = self.text("number").rstrip(".") or str(self.number)
        place = self._place("content")
        return ProposedTask(
            item=f"{self.node.item}.{number}",
            text=text,
            places=(place,) if place else (),
            lines=(self.node.block.source.line, self.node.block.source.end_line),
            assignees=bodies(self.text("lead")) if self.text("lead") else above.doers,
            coordinating=partners(self.text("with")) if self.text("with") else (),
            deadline=deadline,
            recurrence=recurrence,
            targets=targets(text),
            cited=tuple(find_documents(text)),
            origins=Origins(self._origin("lead"), self._origin("with"), self._origin("time")),
        )

    def _place(self, kind: str) -> Place | None:
        slot = self.slot(kind)
        if slot is None:
            return None
        return Place(self.node.path, 0, len(slot.text), slot.row, slot.column)

    def _origin(self, kind: str) -> Origin | None:
        text = self.text(kind)
        return Origin(How.CELL, text, self._place(kind)) if text else None
