"""Small letters for the tests: own words, in the shape of real ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tinhgon.domain.directives import ProposedTask, Reading, read_tasks
from tinhgon.domain.officialdoc import Block, BlockKind, OfficialDoc, Source, read_text

LEAD = "UBND tỉnh yêu cầu các sở, ban, ngành thực hiện các nội dung sau:"


def block(kind: BlockKind, text: str, *children: Block, marker: str = "", line: int = 1) -> Block:
    return Block(kind, text, Source(line, line), marker, tuple(children))


def paragraph(text: str, *children: Block) -> Block:
    return block(BlockKind.PARAGRAPH, text, *children)


def clause(number: int, text: str, *children: Block) -> Block:
    return block(BlockKind.CLAUSE, text, *children, marker=f"{number}.")


def dash(text: str, *children: Block) -> Block:
    return block(BlockKind.DASH, text, *children, marker="-")


def letter(*blocks: Block, to: Sequence[str] = (), on: date | None = None) -> OfficialDoc:
    return OfficialDoc(
        agency="Ủy ban nhân dân tỉnh Lạng Sơn",
        symbol="UBND-KSTT",
        date=on or date(2025, 3, 10),
        addressees=tuple(to),
        body=tuple(blocks),
    )


def read_items(*items: str) -> tuple[ProposedTask, ...]:
    """Read a letter whose leading clause gives these items to all departments."""
    clauses = [clause(number, text) for number, text in enumerate(items, 1)]
    return read_tasks(letter(paragraph(LEAD), *clauses)).tasks


def read_item(item: str) -> ProposedTask:
    """Read one item that must be one task."""
    (task,) = read_items(item)
    return task


def read_letter(text: str) -> Reading:
    return read_tasks(read_text(text))
