"""What the forms of a decision offer, and what is told before a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from tinhgon.apps.agencies.documents import titles
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency, paths_above
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.publications.models import Decision
from tinhgon.domain.procedures import Severity
from tinhgon.domain.publishing import Days, Problem

from .checking import load_lines, problems_of


def issuers_above(drafters: Sequence[Agency]) -> list[Agency]:
    """Return the committees that may sign what the agencies draft, the highest first."""
    paths = {path for each in drafters for path in (*paths_above(each.path or ""), each.path)}
    committees = Agency.objects.filter(path__in=paths, kind=Kind.COMMITTEE)
    found = sorted(committees, key=lambda agency: (agency.path or "").count("/"))
    return found or list(drafters)


class SubmitPage(TypedDict):
    blocking: list[Problem[int]]
    warnings: list[Problem[int]]


def submit_page(decision: Decision, *, today: date) -> SubmitPage:
    """Return what stands in the way of sending the draft for signing, contents included."""
    problems = problems_of(
        decision,
        load_lines(decision),
        days=Days(today, effective_on=decision.effective_on),
        needed=Status.CHECKED,
        with_quality=True,
    )
    return {
        "blocking": [p for p in problems if p.severity is Severity.BLOCKS],
        "warnings": [p for p in problems if p.severity is not Severity.BLOCKS],
    }


def signer_titles(decision: Decision) -> tuple[str, str]:
    """Return the titles of the issuer's head and deputy as printed above a signature."""
    head, deputy = titles(decision.issuer)
    return head.upper(), deputy.upper()
