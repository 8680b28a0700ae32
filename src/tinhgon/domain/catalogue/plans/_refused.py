"""What a decision does not approve: in sections of its own, often without a plan, only by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tinhgon.domain.catalogue._names import one_line
from tinhgon.domain.catalogue._refusals import Ruling, nearest_ruling, ruling_in
from tinhgon.domain.catalogue._stream import Kind
from tinhgon.domain.officialdoc import BlockKind

from ._lines import Line, is_section
from ._model import NotApproved, PlannedProcedure, PlanPart

_REASON = re.compile(
    r"[\s.;,:(–-]*\b(?:với )?lý do\b(?P<words>[^:]{0,80}):\s*(?P<reason>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = frozenset({PlanPart.CONTENT, PlanPart.IMPLEMENTATION, PlanPart.BENEFIT})
_ITEMS = frozenset(
    {BlockKind.CLAUSE, BlockKind.SUBCLAUSE, BlockKind.POINT, BlockKind.DASH, BlockKind.PLUS}
)


def not_approved(
    headings: Iterable[str], why: str | None, beside: str | None = None
) -> NotApproved | None:
    """
    Return that a procedure below these headings, outermost first, is not approved; None if it is.

    `why` is said to be the reason; `beside` is what else is said of it, where it has no plan.
    """
    found = nearest_ruling(headings)
    if found is None or found[0] is Ruling.APPROVED:
        return None
    ruling, heading = found
    return NotApproved(
        one_line(heading).rstrip(" :"), why or beside, returned=ruling is Ruling.RETURNED
    )


def refused_runs(lines: Sequence[Line]) -> list[range]:
    """
    Return, in order, where procedures that are not approved are listed by their names, each with
    at most a reason; where their plans are printed they are blocks like the others.
    """
    runs: list[range] = []
    at = 0
    while at < len(lines):
        heading, at = lines[at], at + 1
        if is_section(heading) and ruling_in(heading.text) in _REFUSING:
            end = _end(lines, heading, at)
            runs += [range(at, end)] if end > at else []
            at = end
    return runs


def _end(lines: Sequence[Line], heading: Line, at: int) -> int:
    """Return where the names below a heading end: at the next section, or at one with plans."""
    while True:
        end = next((n for n in range(at, len(lines)) if is_section(lines[n])), len(lines))
        if any(line.section in _PARTS or line.kind is Kind.ROW for line in lines[at:end]):
            return at if lines[at - 1] is heading else at - 1
        if end == len(lines) or _ends(heading, lines[end]):
            return end
        at = end + 1


_REFUSING = (Ruling.REFUSED, Ruling.RETURNED)


def _ends(heading: Line, line: Line) -> bool:
    if line.kind is Kind.ANNEX or ruling_in(line.text) is not None:
        return True
    return heading.kind is not Kind.ANNEX and bool(heading.marker) and line.depth <= heading.depth


def heads_in(lines: Sequence[Line], run: range) -> list[int]:
    """Return which lines of a run name procedures: those with a marker like the first one."""
    marked = [n for n in run if lines[n].block in _ITEMS and not is_section(lines[n])]
    kinds = {lines[n].block for n in marked[:1]}
    return [n for n in marked if lines[n].block in kinds and lines[n].section is None]


def with_own_positions(procedures: Sequence[PlannedProcedure]) -> list[PlannedProcedure]:
    """
    Give "I.1(2)" to what is not approved and begins to count anew without a heading that has a
    number; two others of one position are a fault of the document.
    """
    seen: Counter[str] = Counter()
    out = []
    for each in procedures:
        seen[each.position] += 1
        times = seen[each.position]
        doubled = each.not_approved is not None and each.group is None and times > 1
        out.append(replace(each, position=f"{each.position}({times})") if doubled else each)
    return out


def split_reason(text: str) -> tuple[str, str | None]:
    """Part "Thủ tục A, lý do: B" into the name and the reason."""
    found = _REASON.search(text)
    if found is None or not text[: found.start()].strip():
        return text, None
    reason = found["reason"].strip()
    if text[found.start() : found.end()].count("(") > reason.count("("):
        reason = reason.removesuffix(")")
    return text[: found.start()].strip(), reason
