"""A later letter changes, withdraws or replaces what an earlier one gave; the trail stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.entries import DUTY
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries.duty import later_letters
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change, Entry
from tinhgon.apps.directives.entries import DIRECTIVE as LETTER
from tinhgon.apps.directives.enums import DIRECTIVE_STATUS_CHOICES, DirectiveStatus, DueKind
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused
from tinhgon.domain.assigning import DIRECTIVE, OPEN, DirectiveMove

from ._shared import changed, day, tell_holders
from .issuing import found_by

_OPEN = [status.value for status in OPEN]


@dataclass(frozen=True, slots=True)
class NewDue:
    """The deadline as the later letter words it."""

    kind: DueKind
    named_on: date
    text: str
    due_on: date


@transaction.atomic
def amend_duty(
    *,
    duty: Duty,
    letter: Directive | None,
    text: str,
    due: NewDue | None,
    reason: str,
    by: User,
    at: datetime,
    version: int,
) -> Duty:
    """
    Change the words or the day of a duty, as a later letter says; `due` None leaves the day.

    Open assignments follow, except those already extended beyond the new day; what was passed on
    moves forward where it
    would end after its parent.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if it was withdrawn, nothing changes, or the letter is not a later one of the
        same issuer.
    :raises StaleObject: if it changed since `version` was seen.
    """
    policies.check_give(by, duty)
    _check_letter(duty, letter)
    changes = changed("Nội dung", duty.text, text)
    if due:
        _check_day(duty, due)
        changes += changed("Thời hạn", day(duty.due_on), day(due.due_on))
    if not changes:
        raise Refused("Chưa thay đổi nội dung hoặc thời hạn.")
    values: dict[str, Any] = {"changed_by": letter or duty.changed_by}
    if text != duty.text:
        values |= {
            "text": text,
            "summary": text[:200],
            "folded": found_by(duty.item, text, duty.directive.document),
        }
    if due:
        values |= {
            "due_kind": due.kind.value,
            "named_on": due.named_on,
            "due_text": due.text,
            "due_on": due.due_on,
        }
    duty.change(seen_version=version, **values)
    if due:
        _move_due(duty, due.due_on)
    entries = [Entry("assignments.duty_amended", duty, (*changes, *_by_letter(letter)), reason)]
    entries += _amended(duty.directive, DirectiveMove.AMEND, letter)
    _tell(duty, "Điều chỉnh nhiệm vụ", letter, kind="assignments.duty_amended", by=by, at=at)
    search.index(DUTY, [duty.pk])
    audit.record_all(entries, by=by, at=at)
    return duty


@transaction.atomic
def withdraw_duty(
    *, duty: Duty, letter: Directive | None, reason: str, by: User, at: datetime, version: int
) -> Duty:
    """
    Withdraw a duty from every agency that has not yet had its answer accepted, and what they passed
    on of it.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if it was withdrawn, or the letter is not a later one of the same issuer.
    :raises StaleObject: if it changed since `version` was seen.
    """
    policies.check_give(by, duty)
    _check_letter(duty, letter)
    duty.change(seen_version=version, withdrawn_at=at, changed_by=letter or duty.changed_by)
    # Before the states change: whose work it was until now.
    _tell(duty, "Thu hồi nhiệm vụ", letter, kind="assignments.duty_withdrawn", by=by, at=at)
    entries = _withdraw([duty], letter, reason, at=at)
    move = DirectiveMove.AMEND if _has_more(duty.directive) else DirectiveMove.WITHDRAW
    audit.record_all([*entries, *_amended(duty.directive, move, letter)], by=by, at=at)
    return duty


@transaction.atomic
def replace_directive(
    *, directive: Directive, letter: Directive, reason: str, by: User, at: datetime, version: int
) -> Directive:
    """
    Replace a letter as a whole: what is open of its duties is withdrawn in favour of the later
    letter.

    :raises PermissionDenied: if `by` may not.
    :raises IllegalMove: if the letter is not in force.
    :raises Refused: if the other is not a later letter of the same issuer.
    :raises StaleObject: if it changed since `version` was seen.
    """
    policies.check_issue(by, directive.issuer)
    old = DirectiveStatus(directive.status)
    new = DIRECTIVE.transition_for(old, DirectiveMove.REPLACE).to
    _check_later(directive, letter)
    directive.change(seen_version=version, status=new.value)
    duties = list(directive.duties.filter(parent=None, withdrawn_at=None).order_by("order", "pk"))
    for duty in duties:
        duty.change(seen_version=duty.version, withdrawn_at=at, changed_by=letter)
        _tell(duty, "Thay thế nhiệm vụ", letter, kind="assignments.duty_withdrawn", by=by, at=at)
    entries = _withdraw(duties, letter, reason, at=at)
    labels = dict(DIRECTIVE_STATUS_CHOICES)
    status = Change("Trạng thái", labels[old], labels[new])
    search.index(LETTER, [directive.pk])
    entries.append(Entry("directives.replaced", directive, (status, *_by_letter(letter)), reason))
    audit.record_all(entries, by=by, at=at)
    return directive


def _check_letter(duty: Duty, letter: Directive | None) -> None:
    if duty.withdrawn_at:
        raise Refused("Nhiệm vụ này đã thu hồi.")
    if letter is not None:
        _check_later(duty.directive, letter)
    elif duty.parent is None:
        raise Refused("Chọn văn bản làm căn cứ điều chỉnh, thu hồi.", "letter")


def _check_later(directive: Directive, letter: Directive) -> None:
    if not later_letters(directive).filter(pk=letter.pk).exists():
        raise Refused("Chọn văn bản ban hành sau của cùng cơ quan giao nhiệm vụ.", "letter")


def _check_day(duty: Duty, due: NewDue) -> None:
    parent = duty.parent
    if parent is not None and parent.due_on is not None and due.due_on > parent.due_on:
        raise Refused(f"Hạn mới muộn hơn hạn cấp trên giao ({day(parent.due_on)}).", "named_on")


def _move_due(duty: Duty, due_on: date) -> None:
    """Move the open assignments of the duty, then what they passed on and would end too late."""
    follow = Q(extensions_granted=0) | Q(due_on=None) | Q(due_on__lt=due_on)
    duty.assignments.filter(follow, status__in=_OPEN).update(
        due_on=due_on, version=F("version") + 1
    )
    parents = list(duty.assignments.filter(status__in=_OPEN, passed_on__isnull=False).distinct())
    while parents:
        for parent in parents:
            later = Q(due_on__gt=parent.due_on) | Q(due_on=None)
            below = Duty.objects.filter(later, parent=parent, withdrawn_at=None)
            below.update(due_on=parent.due_on, version=F("version") + 1)
            Assignment.objects.filter(later, duty__parent=parent, status__in=_OPEN).update(
                due_on=parent.due_on, version=F("version") + 1
            )
        parents = list(
            Assignment.objects.filter(
                duty__parent__in=parents, status__in=_OPEN, passed_on__isnull=False
            ).distinct()
        )


def _withdraw(
    duties: Iterable[Duty], letter: Directive | None, reason: str, *, at: datetime
) -> list[Entry]:
    """
    Withdraw open assignments level by level; the duties below of the first are marked on
    the way.
    """
    level, entries = list(duties), list[Entry]()
    while level:
        assignments = Assignment.objects.filter(duty__in=level)
        assignments.filter(status__in=_OPEN).update(
            status=Status.WITHDRAWN.value, decided_at=at, version=F("version") + 1
        )
        status = Change("Trạng thái", "Đang giao", "Đã thu hồi")
        entries += [
            Entry("assignments.duty_withdrawn", duty, (status, *_by_letter(letter)), reason)
            for duty in level
        ]
        search.index(DUTY, [duty.pk for duty in level])
        below = Duty.objects.filter(parent__duty__in=level, withdrawn_at=None)
        level = list(below)
        below.update(withdrawn_at=at, version=F("version") + 1)
    return entries


def _has_more(directive: Directive) -> bool:
    return directive.duties.filter(parent=None, withdrawn_at=None).exists()


def _amended(directive: Directive, move: DirectiveMove, letter: Directive | None) -> list[Entry]:
    """Mark the earlier letter, where a later one changed what it gave."""
    if letter is None:
        return []
    old = DirectiveStatus(directive.status)
    new = DIRECTIVE.transition_for(old, move).to
    directive.change(seen_version=directive.version, status=new.value)
    search.index(LETTER, [directive.pk])
    labels = dict(DIRECTIVE_STATUS_CHOICES)
    changes = changed("Trạng thái", labels[old], labels[new])
    return [Entry("directives.amended", directive, (*changes, *_by_letter(letter)))]


def _by_letter(letter: Directive | None) -> list[Change]:
    return [Change("Theo văn bản", "", letter.document.title)] if letter else []


def _tell(
    duty: Duty, what: str, letter: Directive | None, *, kind: str, by: User, at: datetime
) -> None:
    agencies = Agency.objects.filter(
        Q(assignments__duty=duty) | Q(assignments__duty__parent__duty=duty),
        assignments__status__in=_OPEN,
    )
    by_letter = f" theo {letter.document.title}" if letter else ""
    tell_holders(
        Agency.objects.filter(pk__in=agencies.values("pk")),
        kind=kind,
        text=f"{what}{by_letter}: {duty.summary}",
        about=duty,
        by=by,
        at=at,
    )
