"""What issuing a letter will do, before a person confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypedDict

from django.db.models import Count, Prefetch, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive, Proposal, ProposalAgency
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.vntext import format_date, format_number
from tinhgon.domain.workdays import WorkCalendar

from . import people
from .numbering import number_problems

NAMES_SHOWN = 20


class Given(TypedDict):
    proposal: Proposal
    due: str
    lead: list[Agency]
    cooperating: list[Agency]


class IssuePage(TypedDict):
    directive: Directive
    given: list[Given]
    agency_count: int
    assignment_count: int
    problems: list[str]


class Issued(NamedTuple):
    """What a letter gave, told to who has just issued it."""

    duties: int
    assignments: int
    agencies: int
    unattended: list[Agency]

    @property
    def words(self) -> str:
        return (
            f"Đã giao {format_number(self.duties)} nhiệm vụ, tổng cộng "
            f"{format_number(self.assignments)} việc, cho {format_number(self.agencies)} cơ quan"
        )


def issued(directive: Directive, *, duties: int, on: date) -> Issued:
    """Return how much an issued letter gave to how many, and who of them has nobody to answer."""
    given = Q(assignments__duty__directive=directive, assignments__duty__parent=None)
    addressed = Agency.objects.filter(given).annotate(given=Count("assignments"))
    agencies: list[Any] = list(addressed.order_by("-level", "order", "name"))
    return Issued(
        duties=duties,
        assignments=sum(each.given for each in agencies),
        agencies=len(agencies),
        unattended=people.unattended(agencies, on=on),
    )


def get_visible_directive(*, user: User, pk: int) -> Directive:
    """
    Return the letter, if the person may see it.

    :raises Directive.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Directive.objects.visible_to(user)
        .select_related("document", "issuer", "programme")
        .get(pk=pk)
    )


def issue_page(*, directive: Directive, on: date, calendar: WorkCalendar) -> IssuePage:
    """Return the work as it will be given, and what has to be put right before."""
    proposals = included(directive)
    given = [
        Given(
            proposal=proposal,
            due=last_day_words(proposal.due_on or proposal.report_due_on, calendar),
            lead=_agencies(proposal, Part.LEAD),
            cooperating=_agencies(proposal, Part.COOPERATING),
        )
        for proposal in proposals
    ]
    each = [agency.pk for one in given for agency in one["lead"] + one["cooperating"]]
    return {
        "directive": directive,
        "given": given,
        "agency_count": len(set(each)),
        "assignment_count": len(each),
        "problems": [*problems_of(proposals, on=on), *number_problems(directive)],
    }


def included(directive: Directive) -> list[Proposal]:
    """
    Return the proposals to be issued with their agencies, in two queries whatever their
    number.
    """
    rows = ProposalAgency.objects.select_related("agency").order_by(
        "-agency__level", "agency__order", "agency_id"
    )
    return list(
        directive.proposals.filter(included=True).prefetch_related(
            Prefetch("agencies", queryset=rows)
        )
    )


def problems_of(proposals: Sequence[Proposal], *, on: date) -> list[str]:
    """Return what has to be put right before the proposals can be issued."""
    if not proposals:
        return ["Chưa chọn nhiệm vụ nào để giao."]
    return [
        f"Nhiệm vụ {number}: {problem}"
        for number, proposal in enumerate(proposals, start=1)
        for problem in _problems(proposal, on=on)
    ]


def _problems(proposal: Proposal, *, on: date) -> list[str]:
    found = []
    rows = list(proposal.agencies.all())
    if not proposal.text.strip():
        found.append("chưa có nội dung.")
    if not any(row.part == Part.LEAD for row in rows):
        found.append("chưa có cơ quan chủ trì.")
    gone = [row.agency for row in rows if not row.agency.exists_on(on)]
    if gone:
        found.append(
            f"không còn cơ quan này vào ngày {format_date(on)}: {named(gone)}. "
            "Chọn cơ quan kế thừa."
        )
    return found


def named(agencies: Sequence[Agency]) -> str:
    """Return names, at most so many as one reads."""
    names = [agency.label for agency in agencies]
    rest = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" và {rest} cơ quan khác" if rest > 0 else "")


def _agencies(proposal: Proposal, part: Part) -> list[Agency]:
    return [row.agency for row in proposal.agencies.all() if row.part == part]
