"""The door: a document in, an approved plan out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tinhgon.domain.catalogue._articles import articles_of, effects_of
from tinhgon.domain.catalogue._listed import listed
from tinhgon.domain.catalogue._lists import ListTable, part
from tinhgon.domain.catalogue._marks import Heading
from tinhgon.domain.catalogue._model import Decision, Unread
from tinhgon.domain.catalogue._origin import decision_behind
from tinhgon.domain.catalogue._refusals import Ruling, ruling_in, withholds
from tinhgon.domain.catalogue._rows import Defaults, defaults_of, rows_of
from tinhgon.domain.catalogue._stated import decision_of, first_article, stated_counts
from tinhgon.domain.catalogue._stream import Kind, Unit, stream
from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, Source

from ._block import ReadBlock, read_block
from ._blocks import Block, Blocks, blocks_of, named_blocks
from ._checks import problems_of
from ._costs import costs_of
from ._headings import Path
from ._lines import Line, is_section, lines_of
from ._measures import lone_reason, measures_of
from ._model import (
    ApprovedPlan,
    NotApproved,
    PlannedMeasure,
    PlannedProcedure,
    PlanProblem,
    PrintedCosts,
)
from ._refused import not_approved, refused_runs, split_reason, with_own_positions
from ._tables import as_plan, is_plan, is_sum, sums_of
from ._together import with_rows

_SHOWN = 300
_WHY_NOT = "Lý do không phê duyệt"
_BESIDE = "Đoạn không thuộc phương án nào: giữ nguyên"
_IN_BLOCK = "Đoạn trong phương án không rõ là phần nào: giữ nguyên"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found in the body and the annexes, before it is put together."""

    procedures: tuple[PlannedProcedure, ...]
    headings: tuple[Heading, ...]
    totals: PrintedCosts
    problems: tuple[PlanProblem, ...]
    unread: tuple[Unread, ...]


def read_plan(doc: OfficialDoc) -> ApprovedPlan:
    """Read the simplification plans which a decision approves."""
    units = stream(doc)
    decision = decision_of(doc)
    first = first_article(units)
    said = [first]
    if decision == Decision():
        decision, sentence = decision_behind(units)
        said += [sentence] if decision.subject else []
    titles = [unit.text for unit in units if unit.kind is Kind.ANNEX and unit.text]
    defaults = defaults_of([text for text in (*said, decision.subject or "", *titles) if text])
    found = _found(units, defaults, decision.code)
    articles = articles_of(units)
    counts = tuple(stated_counts(units, found.headings, first))
    totals = found.totals if not found.totals.is_empty else costs_of(first.partition("\n")[0])
    return ApprovedPlan(
        decision=decision,
        articles=articles,
        effects=effects_of(articles, decision.date),
        stated_counts=counts,
        procedures=found.procedures,
        totals=totals,
        problems=(*problems_of(found.procedures, counts, totals), *found.problems),
        unread=(*(Unread(p.text, p.reason, p.source) for p in doc.unread), *found.unread),
    )


def _found(units: Sequence[Unit], defaults: Defaults, own: str) -> _Parts:
    refusing = list(_refusing_articles(units))
    below = [unit for unit in units if unit.kind is not Kind.ARTICLE]
    found = _read([*below, *refusing], defaults, own)
    if any(each.not_approved is None for each in found.procedures):
        return found
    inside = [replace(unit, kind=Kind.TEXT) for unit in _first_article_units(units)]
    other = _read([*inside, *refusing], defaults, own)
    return other if len(other.procedures) > len(found.procedures) else found


def _refusing_articles(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the articles behind the first that list what is not approved, as sections."""
    seen, refuses = 0, False
    for unit in units:
        if unit.kind is not Kind.ARTICLE:
            continue
        if unit.marker.lower().startswith("điều"):
            seen += 1
            refuses = seen > 1 and withholds(unit.text)
            if refuses:
                yield replace(unit, kind=Kind.TEXT, marker="", block=BlockKind.SECTION)
        elif refuses:
            yield replace(unit, kind=Kind.TEXT)


def _first_article_units(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield what stands below the first article: short plans are printed there."""
    begun = False
    for unit in units:
        if unit.kind is Kind.ARTICLE and unit.marker.lower().startswith("điều"):
            if begun:
                return
            begun = True
        elif begun:
            yield unit


def _read(units: Sequence[Unit], defaults: Defaults, own: str) -> _Parts:
    parted = part(units, whole=True)
    lists = [listing for listing in map(as_plan, parted.lists) if listing.items]
    taken = {id(unit) for listing in lists for unit in listing.units}
    heads = {listing.units[0].table for listing in lists if listing.units}
    texts = [unit for unit in units if id(unit) not in taken and not _is_head(unit, heads)]
    lines = lines_of(texts)
    runs = refused_runs(lines)
    blocks = blocks_of(lines, runs)
    if not blocks.has_plans and not any(map(is_plan, lists)):
        blocks = named_blocks(lines, runs)
    lists = _without_inner(lists, blocks)
    rows, strange = rows_of(lists, defaults, own)
    rows = [row for row in rows if not is_sum(row)]
    if not blocks.has_plans and not rows:
        rows, strange = rows_of(listed(units), defaults, own)
    procedures, headings, left = _of_blocks(blocks, defaults)
    procedures, problems = with_rows(
        procedures, rows, has_plans=blocks.has_plans, has_columns=any(map(is_plan, lists))
    )
    headings += [item for each in lists for item in (*each.outer, *_inner(each))]
    totals = _totals(lists, blocks)
    procedures = with_own_positions(procedures)
    return _Parts(tuple(procedures), tuple(headings), totals, tuple(problems), (*strange, *left))


def _is_head(unit: Unit, tables: set[int]) -> bool:
    return unit.kind is Kind.ROW and unit.table in tables


def _inner(listing: ListTable) -> Iterator[Heading]:
    yield from (item for item in listing.items if isinstance(item, Heading))


def _without_inner(lists: Sequence[ListTable], blocks: Blocks) -> list[ListTable]:
    """A table inside a block is a part of it, not a list of procedures."""
    spans = [
        (block.lines[0].source.line, block.lines[-1].source.end_line) for block in blocks.blocks
    ]
    return [
        listing
        for listing in lists
        if not any(
            begin < unit.source.line < end for begin, end in spans for unit in listing.units[:1]
        )
    ]


# -- blocks


def _of_blocks(
    blocks: Blocks, defaults: Defaults
) -> tuple[list[PlannedProcedure], list[Heading], list[Unread]]:
    path = Path([block.sections for block in blocks.blocks])
    out: list[PlannedProcedure] = []
    unread: list[Unread] = []
    for block in blocks.blocks:
        path.enter(block.sections)
        read = read_block(block)
        out += _procedures(read, block, path, defaults)
        unread += [
            Unread(text[:_SHOWN], _IN_BLOCK, read.head.source)
            for label, text in read.other
            if not label
        ]
    unread += [Unread(line.printed[:_SHOWN], _BESIDE, line.source) for line in _kept(blocks)]
    return out, path.seen, unread


def _kept(blocks: Blocks) -> Iterator[Line]:
    """Yield the lines of no block, where there are blocks; sums are read apart."""
    if blocks.has_plans:
        yield from (
            line
            for line in blocks.aside
            if costs_of(line.printed).is_empty and not _heads_refused(line)
        )


def _heads_refused(line: Line) -> bool:
    """A heading above a table of what is not approved is read with the table."""
    return is_section(line) and ruling_in(line.text) in (Ruling.REFUSED, Ruling.RETURNED)


def _procedures(
    read: ReadBlock, block: Block, path: Path, defaults: Defaults
) -> Iterator[PlannedProcedure]:
    position = path.position(read.number)
    shared = len(read.names) > 1
    measures = measures_of(read.content) if block.labels else ()
    refused = not_approved(path.texts, read.refusal, _beside(read, block, measures))
    if refused is None and read.refusal:
        refused = NotApproved(_WHY_NOT, read.refusal)
    costs = costs_of(read.benefit or "")
    source = Source(
        block.lines[0].source.line, block.lines[-1].source.end_line, block.lines[0].source.page
    )
    for n, (printed, code) in enumerate(read.names, 1):
        name, why = split_reason(printed) if refused else (printed, None)
        yield PlannedProcedure(
            position=f"{position}-{n}" if shared else position,
            name=name,
            source=source,
            code=code,
            agency=read.agency,
            field=read.field or path.field or defaults.field,
            section=path.section,
            measures=measures,
            implementation=read.implementation,
            benefit=read.benefit,
            costs=costs,
            group=position if shared else None,
            other=() if refused and not measures else tuple(_other(read, measures)),
            not_approved=_with_reason(refused, why),
        )


def _with_reason(refused: NotApproved | None, why: str | None) -> NotApproved | None:
    """Add the reason that stands in the line of the name."""
    if refused is None:
        return None
    reasons = [text for text in (why, refused.reason) if text]
    return replace(refused, reason="\n".join(reasons) or None)


def _beside(read: ReadBlock, block: Block, measures: Sequence[PlannedMeasure]) -> str | None:
    """Return what is said of a procedure that has no plan: why it is not approved."""
    if measures:
        return None
    if block.labels:
        return lone_reason(read.content)
    said = [line.label.rest if line.label else line.printed for line in read.content]
    return "\n".join(said).strip() or None


def _other(read: ReadBlock, measures: Sequence[PlannedMeasure]) -> Iterator[tuple[str, str]]:
    yield from ((label, text) for label, text in read.other if label)
    reason = None if measures else lone_reason(read.content)
    if reason:
        yield "Lý do", reason


# -- sums


def _totals(lists: Sequence[ListTable], blocks: Blocks) -> PrintedCosts:
    """Return the sums which the annex states: a row "Tổng cộng", or lines below the blocks."""
    for listing in lists:
        for _, costs in sums_of(listing):
            if not costs.is_empty:
                return costs
    if not blocks.blocks:
        return PrintedCosts()
    return costs_of("\n".join(line.printed for line in blocks.aside))
