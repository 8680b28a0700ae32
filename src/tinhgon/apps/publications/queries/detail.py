"""The page of one decision: its lines by section, what stands in its way, what it ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.enums import DecisionMove, DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.domain.procedures import Fault, Severity, standing
from tinhgon.domain.publishing import Cause, Days, Heading, Problem, new_headings

from .acts import Acts, acts_on
from .checking import label, load_lines, problems_of
from .sections import Section, printed_sections, sections_of

LINES_A_PAGE = 100
PROBLEMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Related:
    """Another decision, with how many procedures bind it to this one."""

    pk: int
    words: str
    lines: tuple[DecisionLine, ...]

    @property
    def count(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Group:
    """Headings of the annex with the lines of one page below them."""

    headings: tuple[str, ...]
    lines: list[tuple[str, DecisionLine]]


class DecisionPage(TypedDict):
    decision: Decision
    groups: list[Group]
    page: Page[Any]
    counts: list[tuple[str, int]]
    blocking: list[Problem[int]]
    warnings: list[Problem[int]]
    ended: list[Related]
    changed_by: list[Related]
    has_papers: bool
    can: dict[str, bool]
    history: list[Event]


def decision_page(*, user: User, decision: Decision, number: str, today: date) -> DecisionPage:
    lines = load_lines(decision, with_content=False)
    signed = DecisionStatus(decision.status) is DecisionStatus.SIGNED
    fixed = signed or decision.status == DecisionStatus.SUBMITTED
    sections = printed_sections(lines) if fixed else sections_of(decision, lines)
    page = Paginator([row for s in sections for row in s.lines], LINES_A_PAGE).get_page(number)
    problems: Sequence[Problem[int]] = ()
    ended: list[Related] = []
    changed_by: list[Related] = []
    if signed:
        acts = acts_on(_touched(lines))
        problems = _conflicts(lines, acts)
        ended, changed_by = _related(lines, acts)
    elif decision.status != DecisionStatus.DISCARDED:
        problems = _problems(decision, lines, today)
    return {
        "decision": decision,
        "groups": _groups(sections, {line.pk for _, line in page.object_list}),
        "page": page,
        "counts": _counts(lines),
        "blocking": [p for p in problems if p.severity is Severity.BLOCKS],
        "warnings": [p for p in problems if p.severity is not Severity.BLOCKS],
        "ended": ended,
        "changed_by": changed_by,
        "has_papers": policies.has_papers(decision),
        "can": {move.value: policies.can(user, move, decision) for move in DecisionMove},
        "history": audit.history_of(decision),
    }


def _problems(
    decision: Decision, lines: Sequence[DecisionLine], today: date
) -> Sequence[Problem[int]]:
    submitted = decision.status == DecisionStatus.SUBMITTED
    letter = decision.submission
    days = Days(
        today,
        effective_on=decision.effective_on,
        submitted_on=letter.issued_on if letter and submitted else None,
    )
    needed = Status.SUBMITTED if submitted else Status.CHECKED
    return problems_of(decision, lines, days=days, needed=needed) if lines else ()


def _groups(sections: Sequence[Section], shown: set[int]) -> list[Group]:
    """Return the sections of which lines are shown; a heading above several stands once."""
    groups = []
    before: tuple[Heading, ...] = ()
    for section in sections:
        rows = [row for row in section.lines if row[1].pk in shown]
        if not rows:
            continue
        added = new_headings(before, section.headings)
        before = section.headings
        texts = (f"{h.marker}. {h.text}" if h.marker else h.text for h in added)
        groups.append(Group(tuple(texts), rows))
    return groups


def _counts(lines: Sequence[DecisionLine]) -> list[tuple[str, int]]:
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        counts[line.get_action_display().lower()] += 1
    return list(counts.items())


def _touched(lines: Sequence[DecisionLine]) -> set[int]:
    own = {line.procedure_id for line in lines}
    return own | {ending.procedure_id for line in lines for ending in line.endings.all()}


def _related(lines: Sequence[DecisionLine], acts: Acts) -> tuple[list[Related], list[Related]]:
    """Return the decisions whose lines this one ended, and those that ended lines of this one."""
    mine = {line.pk: line for line in lines}
    ended: dict[int, list[tuple[int, DecisionLine]]] = defaultdict(list)
    later: dict[int, list[tuple[int, DecisionLine]]] = defaultdict(list)
    for found in acts.by_procedure.values():
        for period in standing(found).periods:
            begun, over = period.begun_by, period.ended_by
            if over is None or acts.decision_of[begun] == acts.decision_of[over]:
                continue
            if over in mine:
                ended[acts.decision_of[begun]].append((begun, mine[over]))
            if begun in mine:
                later[acts.decision_of[over]].append((over, mine[begun]))
    return _told(ended, acts), _told(later, acts)


def _told(found: dict[int, list[tuple[int, DecisionLine]]], acts: Acts) -> list[Related]:
    return [
        Related(pk, acts.decisions[rows[0][0]], tuple(line for _, line in rows))
        for pk, rows in found.items()
    ]


_CAUSES = {
    Fault.SAME_DAY: Cause.SAME_DAY,
    Fault.NEW_THOUGH_IN_FORCE: Cause.ALREADY_IN_FORCE,
    Fault.AMENDS_NOTHING: Cause.NOT_IN_FORCE,
    Fault.ENDS_NOTHING: Cause.NOT_IN_FORCE,
}
_CONFLICT_WORDS = {
    Fault.SAME_DAY: "có hiệu lực cùng ngày với {other} đối với thủ tục này",
    Fault.NEW_THOUGH_IN_FORCE: "ghi ban hành mới khi thủ tục đang có hiệu lực theo {other}",
    Fault.AMENDS_NOTHING: "sửa đổi hoặc chuẩn hóa thủ tục chưa có quyết định nào công bố",
    Fault.ENDS_NOTHING: "bãi bỏ hoặc thay thế thủ tục không có hiệu lực vào ngày đó",
}


def _conflicts(lines: Sequence[DecisionLine], acts: Acts) -> list[Problem[int]]:
    """Return where lines of a signed decision do not fit to others; nothing can be refused now."""
    mine = {line.pk: line for line in lines}
    found = []
    for each in acts.by_procedure.values():
        for conflict in standing(each).conflicts:
            line = mine.get(conflict.line)
            if line is None:
                continue
            other = acts.decisions.get(conflict.other or 0, "một quyết định khác")
            text = f"{label(line)}: {_CONFLICT_WORDS[conflict.fault].format(other=other)}."
            found.append(Problem(_CAUSES[conflict.fault], Severity.WARNS, text, line.pk))
    return found
