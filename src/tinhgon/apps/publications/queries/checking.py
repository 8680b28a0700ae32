"""What stands in the way of a decision, asked of the domain with all that it needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.procedures import queries as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import PUBLISHED, Finding, Severity
from tinhgon.domain.publishing import (
    Cause,
    Days,
    Ended,
    Known,
    Line,
    Problem,
    check_days,
    check_lines,
)

from .acts import acts_on, decision_words, replacements

_QUALITY_SHOWN = 3  # faults of one procedure that are told; its own page has all


def load_lines(decision: Decision, *, with_content: bool = True) -> list[DecisionLine]:
    """
    Return the lines with all that pages, checks and documents need of them.

    Without content, which is long, neither documents nor the quality check can be made.
    """
    lines = decision.lines.select_related(
        "procedure__agency", "version__procedure__agency", "version__field", "version__agency"
    )
    if not with_content:
        lines = lines.defer("version__content", "version__folded")
    return list(lines.prefetch_related("endings"))


def problems_of(
    decision: Decision,
    lines: Sequence[DecisionLine],
    *,
    days: Days,
    needed: Status,
    with_quality: bool = False,
) -> tuple[Problem[int], ...]:
    """
    Return what is wrong with a decision that is not signed yet, the gravest first.

    `lines` come from `load_lines`. `with_quality`: ask the quality check of each version, too.
    """
    asked = _asked(lines)
    touched = {line.procedure for line in asked}
    touched |= {ended.procedure for line in asked for ended in line.ends}
    acts = acts_on(touched, without=decision.pk)
    replaces = replacements() if any(line.ends for line in asked) else {}
    known = Known(acts.by_procedure, acts.decisions, replaces)
    found = [
        *check_lines(asked, days=days, known=known, needed=needed),
        *(quality(lines, on=days.effective) if with_quality else ()),
        *check_days(days, calendars.calendar()),
    ]
    return tuple(sorted(found, key=lambda p: p.severity is not Severity.BLOCKS))


def quality(lines: Sequence[DecisionLine], *, on: date) -> list[Problem[int]]:
    """Return what the quality check says of the versions that the lines bring."""
    versions = [line.version for line in lines if line.version is not None]
    findings = procedures.findings_of(versions, on=on)
    return [
        Problem(
            Cause.QUALITY,
            Severity.BLOCKS,
            f"{label(line)}: {finding.label.lower()}. {finding.text}",
            line.pk,
        )
        for line in lines
        if line.version_id is not None
        for finding in _grave(findings[line.version_id])[:_QUALITY_SHOWN]
    ]


def number_taken(code_key: str, *, but: Decision | None = None) -> Decision | None:
    """Return another signed decision of the same issuer, number and day."""
    found = Decision.objects.filter(code_key=code_key).select_related("document").first()
    return None if found is None or (but and found.pk == but.pk) else found


def label(line: DecisionLine) -> str:
    """Return how messages name a line: its position, where it has one, and its procedure."""
    return f"{line.position} {line.printed_name}".strip()


def _grave(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.BLOCKS]


def _asked(lines: Sequence[DecisionLine]) -> list[Line[int]]:
    newer = _newest_published({line.procedure_id for line in lines})
    return [_line(line, newer) for line in lines]


def _line(line: DecisionLine, newest: dict[int, tuple[int, str]]) -> Line[int]:
    version = line.version
    number, decision = newest.get(line.procedure_id, (0, ""))
    return Line(
        key=line.pk,
        label=label(line),
        action=Action(line.action),
        procedure=line.procedure_id,
        version=line.version_id,
        ends=tuple(Ended(each.procedure_id, each.printed_name) for each in line.endings.all()),
        status=Status(version.status) if version else None,
        proposed_on=timezone.localtime(version.created_at).date() if version else None,
        superseded_by=decision if version and version.number < number else "",
        order=line.order,
    )


def _newest_published(touched: set[int]) -> dict[int, tuple[int, str]]:
    """Return procedure → the greatest number of a published version, and its decision in words."""
    found: dict[int, tuple[int, str]] = {}
    about = "decision_line__decision__document__"
    for batch in batches(sorted(touched)):
        rows = ProcedureVersion.objects.filter(procedure__in=batch, status__in=PUBLISHED)
        for procedure, number, *document in rows.order_by("number").values_list(
            "procedure", "number", *(f"{about}{name}" for name in ("number", "symbol", "issued_on"))
        ):
            found[procedure] = (number, decision_words(*document))
    return found
