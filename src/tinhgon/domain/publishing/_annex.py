"""Phần I of the annex: the lists of procedures, one for each thing that the decision does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tinhgon.domain.officialdoc import Annex, Block, BlockKind, Cell
from tinhgon.domain.procedures import Action, Part, Record

from ._content import NOWHERE, basis_line, content_block, table_block
from ._sections import Heading, new_headings

_NAME = "Tên thủ tục hành chính nội bộ"


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """
    One line as its decision prints it.

    `headings` and `number` are its place (see `arrange`). `record` is the content that it brings,
    None where it abolishes: then `field` and `agency` are those it had. `from_decision` says by
    what it was published before; `replaces` names those whose place it takes.
    """

    headings: tuple[Heading, ...]
    number: int
    action: Action
    name: str
    record: Record | None = None
    field: str = ""
    agency: str = ""
    code: str = ""
    from_decision: str = ""
    replaces: tuple[str, ...] = ()
    note: str = ""


def annex(lines: Sequence[AnnexLine], *, title: str, reference: str) -> Annex:
    """Return the annex of a decision: Phần I with the lists, Phần II with the full contents."""
    body = [_part("Phần I", "DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ"), *_lists(lines)]
    bringing = [line for line in lines if line.record is not None]
    if bringing:
        body.append(_part("Phần II", "NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH NỘI BỘ"))
        body += [
            content_block(line.record, f"{number}.")
            for number, line in enumerate(bringing, start=1)
            if line.record is not None
        ]
    return Annex("Phụ lục", title, reference, tuple(body), NOWHERE)


def _part(marker: str, text: str) -> Block:
    return Block(BlockKind.PART, text, NOWHERE, marker)


def _lists(lines: Sequence[AnnexLine]) -> Iterable[Block]:
    for heading, found in groupby(lines, key=lambda line: line.headings[0]):
        listed = list(found)
        block = table_block(_rows(listed))
        if not heading.marker:
            yield block
            continue
        marker = f"{heading.marker}."
        yield Block(BlockKind.CLAUSE, heading.text, NOWHERE, marker, (block,))


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    cells: tuple[str, ...]

    @property
    def is_filled(self) -> bool:
        return any(self.cells)


def _rows(lines: Sequence[AnnexLine]) -> list[list[Cell]]:
    columns = _columns(lines)
    rows = [[Cell("STT"), *(Cell(column.head) for column in columns)]]
    shown: tuple[Heading, ...] = ()
    for number, line in enumerate(lines):
        rows += [
            [Cell(heading.marker), Cell(heading.text, columns=len(columns))]
            for heading in new_headings(shown, line.headings[1:])
        ]
        shown = line.headings[1:]
        rows.append([Cell(str(line.number)), *(Cell(c.cells[number]) for c in columns)])
    return rows


def _columns(lines: Sequence[AnnexLine]) -> list[_Column]:
    """Return the columns of one list; those that no line fills are left out."""
    action = lines[0].action
    name = _Column(_name_of(action), tuple(line.name for line in lines))
    others = [
        _Column("Mã số", tuple(line.code for line in lines)),
        _Column("Thủ tục bị thay thế", tuple("; ".join(line.replaces) for line in lines)),
        _Column("Lĩnh vực", tuple(line.field for line in lines)),
        _Column("Cơ quan thực hiện", tuple(_agencies(line) for line in lines)),
        _Column("Căn cứ pháp lý", tuple(_bases(line) for line in lines)),
        _Column("Quyết định đã công bố", tuple(_before(line) for line in lines)),
        _Column("Ghi chú", tuple(line.note for line in lines)),
    ]
    return [name, *(column for column in others if column.is_filled)]


def _name_of(action: Action) -> str:
    return f"{_NAME} bị bãi bỏ" if action is Action.ABOLISHED else _NAME


def _before(line: AnnexLine) -> str:
    return line.from_decision if line.record is None else ""


def _agencies(line: AnnexLine) -> str:
    if line.record is None:
        return line.agency
    executing = [body.name for body in line.record.bodies if body.part is Part.EXECUTING]
    return "; ".join(executing or [line.record.lead or line.agency])


def _bases(line: AnnexLine) -> str:
    if line.record is None:
        return ""
    return "; ".join(basis_line(basis) for basis in line.record.bases)
