"""
What can leave: every paper that is drafted here, and every signed one, as a message.

One row of PAPERS a kind: a new kind of paper needs a row, and on its page a link to
`exchange:paper` with the key of the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import documents as assignments_documents
from tinhgon.apps.assignments.models import Urging
from tinhgon.apps.assignments.queries import late
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.directives.queries import get_visible_directive
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans import documents as plans_documents
from tinhgon.apps.plans.models import Plan, PlanDecision
from tinhgon.apps.plans.queries import loading as plans
from tinhgon.apps.publications import documents as publications_documents
from tinhgon.apps.publications import policies as publications_policies
from tinhgon.apps.publications import queries as publications
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries.loading import get_visible_report
from tinhgon.domain.access import Permission
from tinhgon.domain.officialdoc import OfficialDoc


class NoPaper(Exception):
    """There is no such paper, or the person may not see it, or its state has none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A document as it may leave: registered already, or drafted here and still without a number.

    `make` drafts it, where it is drafted here. `registers` is the page on which it gets its number,
    where that is a step of its own; "" where the exchange registers it.
    """

    key: str  # "don-doc:12", as in Dispatch.paper
    title: str
    owner: Agency
    back: str
    document: Document | None = None
    letter: Directive | None = None  # that gives work; all that cites it follows its number
    make: Callable[[], OfficialDoc] | None = None
    receivers: tuple[Agency, ...] = ()
    registers: str = ""

    @property
    def is_drafted(self) -> bool:
        """Whether it is drafted here; pages ask this, for a template would call `make`."""
        return self.make is not None

    @property
    def is_numbered(self) -> bool:
        return bool(self.document and self.document.number and self.document.issued_on)


def find_paper(*, user: User, kind: str, pk: int, today: date) -> Paper:
    """
    Return the paper of a kind of PAPERS.

    :raises NoPaper: also when it exists but is hidden from the person.
    """
    find = PAPERS.get(kind)
    paper = find(user, pk, today) if find else None
    if paper is None or not user.access.allows(Permission.SEE, paper.owner.path or "/"):
        raise NoPaper
    return replace(paper, key=f"{kind}:{pk}")


def _letter(user: User, pk: int, today: date) -> Paper | None:
    try:
        directive = get_visible_directive(user=user, pk=pk)
    except Directive.DoesNotExist:
        return None
    if directive.issued_at is None:
        return None
    addressed = directive.addressed.select_related("agency").order_by(
        F("agency__level").desc(), "agency__order", "agency__name"
    )
    return Paper(
        key="",
        title=directive.document.title,
        owner=directive.issuer,
        back=directive.get_absolute_url(),
        document=directive.document,
        letter=directive,
        receivers=tuple(each.agency for each in addressed),
    )


def _urging(user: User, pk: int, today: date) -> Paper | None:
    try:
        urging = late.get_visible_urging(user=user, pk=pk)
    except Urging.DoesNotExist:
        return None
    agencies = late.urged(urging)
    return Paper(
        key="",
        title=str(urging),
        owner=urging.issuer,
        back=urging.get_absolute_url(),
        make=lambda: assignments_documents.urging_letter(urging, agencies),
        receivers=tuple(each.agency for each in agencies),
    )


def _decision(user: User, pk: int, today: date) -> Paper | None:
    try:
        decision = publications.get_visible_decision(user=user, pk=pk)
    except Decision.DoesNotExist:
        return None
    if decision.status == DecisionStatus.DISCARDED:
        return None
    is_signed = decision.status == DecisionStatus.SIGNED
    has_papers = publications_policies.has_papers(decision)
    return Paper(
        key="",
        title=str(decision),
        owner=decision.document.owner,
        back=decision.get_absolute_url(),
        document=decision.document,
        make=(lambda: publications_documents.draft_decision(decision, today=today))
        if has_papers
        else None,
        receivers=(decision.drafter,),
        registers="" if is_signed else reverse("publications:record", args=[pk]),
    )


def _submission(user: User, pk: int, today: date) -> Paper | None:
    try:
        decision = publications.get_visible_decision(user=user, pk=pk)
    except Decision.DoesNotExist:
        return None
    if not publications_policies.has_papers(decision):
        return None
    return Paper(
        key="",
        title=f"Tờ trình: {decision.document.subject}",
        owner=decision.drafter,
        back=decision.get_absolute_url(),
        document=decision.submission,
        make=lambda: publications_documents.submission(decision, today=today),
        receivers=(decision.issuer,),
        registers=reverse("publications:submit", args=[pk]),
    )


def _plan_paper(name: str) -> Callable[[User, int, date], Paper | None]:
    def find(user: User, pk: int, today: date) -> Paper | None:
        try:
            plan = plans.get_visible_plan(user=user, pk=pk)
        except Plan.DoesNotExist:
            return None
        assessments = list(plan.assessments.all()[:1]) if name == "danh-gia" else []
        titles = dict(plans_documents.papers_of(plan, assessments))
        if name not in titles:
            return None
        is_own = name == "to-trinh"
        return Paper(
            key="",
            title=f"{titles[name]}: {plan}",
            owner=plan.agency if is_own else plan.round.agency,
            back=plan.get_absolute_url(),
            document=plan.submission if is_own else None,
            make=lambda: plans_documents.make_paper(plan, name, today=today) or OfficialDoc(),
            receivers=(plan.round.agency if is_own else plan.agency,),
            registers=plan.get_absolute_url(),
        )

    return find


def _plan_decision(user: User, pk: int, today: date) -> Paper | None:
    try:
        decision = plans.get_visible_decision(user=user, pk=pk)
    except PlanDecision.DoesNotExist:
        return None
    agencies = Agency.objects.filter(plans__items__decision_lines__decision=decision)
    return Paper(
        key="",
        title=str(decision),
        owner=decision.document.owner,
        back=decision.get_absolute_url(),
        document=decision.document,
        receivers=tuple(agencies.distinct().order_by("order", "name")),
    )


def _report(user: User, pk: int, today: date) -> Paper | None:
    try:
        report = get_visible_report(user=user, pk=pk)
    except Report.DoesNotExist:
        return None
    return Paper(
        key="",
        title=str(report),
        owner=report.agency,
        back=report.get_absolute_url(),
        document=report.signed,
        receivers=(report.receiver,) if report.receiver else (),
        registers=report.get_absolute_url(),
    )


PAPERS: Mapping[str, Callable[[User, int, date], Paper | None]] = {
    "giao-viec": _letter,
    "don-doc": _urging,
    "quyet-dinh": _decision,
    "to-trinh": _submission,
    "phuong-an-to-trinh": _plan_paper("to-trinh"),
    "phuong-an-danh-gia": _plan_paper("danh-gia"),
    "phuong-an-quyet-dinh": _plan_paper("quyet-dinh"),
    "quyet-dinh-phuong-an": _plan_decision,
    "bao-cao": _report,
}
"""The kinds of papers that can leave, by their name in the address."""
