"""The annex of a decision on a plan: the block of each procedure, as every such decision has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from tinhgon.domain.officialdoc import Annex, Block, BlockKind
from tinhgon.domain.vntext import POINT_LETTERS

from ._paper import NOWHERE, MeasureText, PlanBlock, cost_lines, dashes, item, one_line, paragraph


def annex(blocks: Sequence[PlanBlock], *, title: str, reference: str) -> Annex:
    """Return the annex; what it prints reads back by `catalogue.read_plan`."""
    body = tuple(_block(number, block) for number, block in enumerate(blocks, 1))
    return Annex("Phụ lục", title, reference, body, NOWHERE)


def _block(number: int, block: PlanBlock) -> Block:
    code = f" (mã số: {block.code})" if block.code else ""
    places = count(1)
    facts = [("Cơ quan thực hiện", block.agency), ("Lĩnh vực", block.field)]
    below = [paragraph(f"{label}: {value}") for label, value in facts if value]
    parts = [
        ("Nội dung đơn giản hóa", _measures(block.measures)),
        ("Kiến nghị thực thi", dashes(block.implementation)),
        ("Lợi ích phương án đơn giản hóa", dashes(cost_lines(block.printed))),
    ]
    below += [
        item(BlockKind.SUBCLAUSE, f"{number}.{next(places)}.", label, inside)
        for label, inside in parts
        if inside
    ]
    name = f"Thủ tục: {one_line(block.name)}{code}"
    return item(BlockKind.CLAUSE, f"{number}.", name, below)


def _measures(measures: Sequence[MeasureText]) -> tuple[Block, ...]:
    return tuple(
        item(BlockKind.POINT, f"{_letter(n)})", f"{one_line(each.content)}.", _reason(each))
        for n, each in enumerate(measures)
    )


def _letter(place: int) -> str:
    """Return a, b, … y, then a1, b1, …: a plan of so many measures is rare, but may be."""
    turn, letter = divmod(place, len(POINT_LETTERS))
    return f"{POINT_LETTERS[letter]}{turn or ''}"


def _reason(measure: MeasureText) -> Iterable[Block]:
    return (paragraph(f"Lý do: {one_line(measure.reason)}."),) if measure.reason.strip() else ()
