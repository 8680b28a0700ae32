"""A confirmed letter becomes work: one duty for each proposal, one assignment for each agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.entries import DUTY
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries import people
from tinhgon.apps.assignments.queries.issuing import included, named, problems_of
from tinhgon.apps.assignments.queries.numbering import key_of, number_problems
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change, Entry
from tinhgon.apps.directives.entries import DIRECTIVE as LETTER
from tinhgon.apps.directives.enums import DIRECTIVE_STATUS_CHOICES, DirectiveStatus, Part
from tinhgon.apps.directives.models import Directive, Proposal, Recipient
from tinhgon.apps.documents.models import Document
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.search import actions as search
from tinhgon.domain.assigning import DIRECTIVE, DirectiveMove
from tinhgon.domain.vntext import fold, format_date
from tinhgon.domain.workdays import WorkCalendar

BATCH = 1_000
SUMMARY_LENGTH = 200
DIRECTIVE_STATUS_LABELS = dict(DIRECTIVE_STATUS_CHOICES)

# What a duty takes over from its proposal as it is.
_SAME = (
    "order",
    "item",
    "block",
    "text",
    "due_kind",
    "named_on",
    "due_text",
    "due_on",
    "recurrence",
    "wants_report",
    "report_to",
    "report_due_text",
    "report_due_on",
    "targets",
    "cited",
)


class NotReady(Exception):
    """The letter cannot be issued yet; `problems` says why, for the person."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@transaction.atomic
def issue_directive(
    *, directive: Directive, by: User, at: datetime, version: int, calendar: WorkCalendar
) -> list[Duty]:
    """
    Give the confirmed work of a letter to its agencies, all of it or nothing, once.

    :param calendar: by which the last working day is told.
    :raises PermissionDenied: if `by` may not give work in the issuer's name.
    :raises IllegalMove: if it was issued or put aside already.
    :raises NotReady: if a proposal lacks its text or who leads, or an agency is no more.
    :raises StaleObject: if it changed since `version` was seen.
    """
    old, new = check(directive, by=by)
    proposals = included(directive)
    if problems := [*problems_of(proposals, on=at.date()), *number_problems(directive)]:
        raise NotReady(problems)
    _take(directive, version=version, status=new.value, issued_at=at, issued_by=by)
    duties = Duty.objects.bulk_create(
        [_duty(directive, proposal, by=by, at=at) for proposal in proposals], batch_size=BATCH
    )
    _fan_out(duties, proposals)
    agencies = _addressed(proposals)
    Recipient.objects.bulk_create(
        [Recipient(directive=directive, agency=agency) for agency in agencies],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    _tell(directive, duties, by=by, at=at, calendar=calendar)
    search.index(LETTER, [directive.pk])
    search.index(DUTY, [duty.pk for duty in duties])
    audit.record_all(_entries(directive, old, new, duties, proposals, agencies), by=by, at=at)
    return duties


def check(directive: Directive, *, by: User) -> tuple[DirectiveStatus, DirectiveStatus]:
    """
    Check that `by` may issue the letter now; return its status before and after.

    :raises PermissionDenied: if he may not.
    :raises IllegalMove: if nobody may, because of its state.
    """
    old = DirectiveStatus(directive.status)
    new = DIRECTIVE.transition_for(old, DirectiveMove.ISSUE).to
    policies.check_issue(by, directive.issuer)
    return old, new


def _take(directive: Directive, *, version: int, **values: Any) -> None:
    """
    Take the letter out of the drafts under its number, before anybody else does.

    :raises NotReady: if another letter took the number meanwhile.
    :raises StaleObject: if this one changed since `version` was seen.
    """
    try:
        with transaction.atomic():
            directive.change(seen_version=version, code_key=key_of(directive), **values)
    except IntegrityError as e:
        if problems := number_problems(directive):
            raise NotReady(problems) from e
        raise


def found_by(item: str, text: str, document: Document) -> str:
    """Return the words by which a list finds a duty of the letter."""
    return fold(f"{item} {text} {document.code}")


def _duty(directive: Directive, proposal: Proposal, *, by: User, at: datetime) -> Duty:
    return Duty(
        directive=directive,
        proposal=proposal,
        programme=directive.programme,
        issuer=directive.issuer,
        summary=(proposal.summary or proposal.text)[:SUMMARY_LENGTH],
        folded=found_by(proposal.item, proposal.text, directive.document),
        issued_at=at,
        issued_by=by,
        **{name: getattr(proposal, name) for name in _SAME},
    )


def _fan_out(duties: Sequence[Duty], proposals: Sequence[Proposal]) -> None:
    Assignment.objects.bulk_create(
        [
            Assignment(
                duty=duty,
                agency=row.agency,
                part=row.part,
                status=Status.ISSUED.value,
                # Work without a day of its own is due with its report.
                due_on=duty.due_on or duty.report_due_on,
            )
            for duty, proposal in zip(duties, proposals, strict=True)
            for row in proposal.agencies.all()
        ],
        batch_size=BATCH,
    )


def _addressed(proposals: Sequence[Proposal]) -> list[Agency]:
    found = {row.agency.pk: row.agency for each in proposals for row in each.agencies.all()}
    return list(found.values())


def _tell(
    directive: Directive, duties: Sequence[Duty], *, by: User, at: datetime, calendar: WorkCalendar
) -> None:
    """One line for each person, however many duties his agency has of the letter."""
    addressed = Agency.objects.filter(
        pk__in=Recipient.objects.filter(directive=directive).values("agency")
    )
    users = people.answering_for(addressed, on=at.date())
    days = sorted({day for duty in duties if (day := duty.due_on or duty.report_due_on)})
    first = calendar.last_working_day_on_or_before(days[0]) if days else None
    soonest = f"; hạn gần nhất: ngày làm việc {format_date(first)}" if first else ""
    notices.notify(
        users=[user for user in users if user.pk != by.pk],
        kind="assignments.issued",
        text=f"{directive.issuer.label} giao nhiệm vụ tại {directive.document.title}{soonest}.",
        url=f"{reverse('assignments:list')}?van-ban={directive.pk}",
        at=at,
    )


def _entries(
    directive: Directive,
    old: DirectiveStatus,
    new: DirectiveStatus,
    duties: Sequence[Duty],
    proposals: Sequence[Proposal],
    agencies: Sequence[Agency],
) -> list[Entry]:
    """
    One row for the letter and one for each duty: the agencies are named there, not a row
    for each.
    """
    status = Change("Trạng thái", DIRECTIVE_STATUS_LABELS[old], DIRECTIVE_STATUS_LABELS[new])
    counts = Change("Số nhiệm vụ, cơ quan", "", f"{len(duties)} nhiệm vụ, {len(agencies)} cơ quan")
    entries = [Entry("directives.issued", directive, (status, counts))]
    for duty, proposal in zip(duties, proposals, strict=True):
        changes = [
            Change(
                part.label, "", named([r.agency for r in proposal.agencies.all() if r.part == part])
            )
            for part in Part
            if any(r.part == part for r in proposal.agencies.all())
        ]
        if duty.due_on:
            changes.append(Change("Thời hạn", "", format_date(duty.due_on)))
        entries.append(Entry("assignments.duty_issued", duty, tuple(changes)))
    return entries
