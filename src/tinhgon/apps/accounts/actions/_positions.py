"""Which positions a person holds: given, ended, moved."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts import policies
from tinhgon.apps.accounts.models import Position, Role, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.domain.vntext import format_date


class LastAdministrator(Exception):
    """It would leave nobody who may manage people on the whole tree."""


class AlreadyHeld(Exception):
    """The person holds that very role at that agency already."""


class WrongDay(Exception):
    """The day lies before the start, or the agency does not exist on it; the message says which."""


@transaction.atomic
def give_position(
    *,
    person: User,
    agency: Agency,
    scope: Agency | None,
    role: Role,
    title: str,
    started_on: date,
    by: User,
    at: datetime,
) -> None:
    """
    Give a person one more position.

    :raises PermissionDenied: if `by` does not manage people at the agency or the scope.
    :raises AlreadyHeld: if the person holds it already.
    :raises WrongDay: if the agency does not exist on `started_on`.
    """
    policies.check_manage(by, *reached(agency, scope))
    entry = given(person, agency=agency, scope=scope, role=role, title=title, started_on=started_on)
    audit.record_all([entry], by=by, at=at)


@transaction.atomic
def end_position(
    *, position: Position, on: date, reason: str, by: User, at: datetime, version: int
) -> None:
    """
    End a position; `on` is the first day on which it is held no more.

    :raises PermissionDenied: if it reaches beyond what `by` manages.
    :raises LastAdministrator: if nobody would be left to manage people on the whole tree.
    :raises WrongDay: if `on` lies before its start.
    :raises StaleObject: if it changed since `version`.
    """
    policies.check_manage(by, position.reach)
    _check_not_last(position)
    entry = _ended(position, on=on, reason=reason, version=version)
    audit.record_all([entry], by=by, at=at)


@transaction.atomic
def move_position(
    *,
    position: Position,
    agency: Agency,
    scope: Agency | None,
    role: Role,
    title: str,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    version: int,
) -> None:
    """
    Move a person: the position ends and another starts on the same day.

    :raises PermissionDenied: if either reaches beyond what `by` manages.
    :raises LastAdministrator: if nobody would be left to manage people on the whole tree.
    :raises AlreadyHeld: if the person holds the new one already.
    :raises WrongDay: if `on` lies before the start, or the new agency does not exist on it.
    :raises StaleObject: if the position changed since `version`.
    """
    policies.check_manage(by, position.reach, *reached(agency, scope))
    ended = _ended(position, on=on, reason=reason, version=version)
    begun = given(position.user, agency=agency, scope=scope, role=role, title=title, started_on=on)
    if policies.is_top_administrator(position):
        check_some_administrator()
    audit.record_all([ended, begun], by=by, at=at)


def reached(agency: Agency, scope: Agency | None) -> list[str]:
    return [place.path or "/" for place in (agency, scope) if place is not None]


def given(
    person: User,
    *,
    agency: Agency,
    scope: Agency | None,
    role: Role,
    title: str,
    started_on: date,
) -> audit.Entry:
    if not agency.exists_on(started_on):
        raise WrongDay(f"Ngày {format_date(started_on)} không có cơ quan {agency}.")
    held = person.positions.held_on(started_on)
    if held.filter(agency=agency, role=role, scope=scope).exists():
        raise AlreadyHeld
    Position.objects.create(
        user=person,
        agency=agency,
        scope=scope if scope != agency else None,
        role=role,
        title=title.strip(),
        started_on=started_on,
    )
    changes = [
        audit.Change("Vai trò", "", str(role)),
        audit.Change("Cơ quan", "", str(agency)),
        audit.Change("Từ ngày", "", format_date(started_on)),
    ]
    if scope is not None and scope != agency:
        changes.append(audit.Change("Phạm vi", "", str(scope)))
    return audit.Entry("accounts.position_given", person, tuple(changes))


def _ended(position: Position, *, on: date, reason: str, version: int) -> audit.Entry:
    if on < position.started_on:
        raise WrongDay(
            f"Ngày kết thúc phải từ ngày bắt đầu {format_date(position.started_on)} trở đi."
        )
    position.change(seen_version=version, ended_on=on)
    changes = (
        audit.Change("Vai trò", "", str(position.role)),
        audit.Change("Cơ quan", "", str(position.agency)),
        audit.Change("Kết thúc từ ngày", "", format_date(on)),
    )
    return audit.Entry("accounts.position_ended", position.user, changes, reason)


def _check_not_last(position: Position) -> None:
    if policies.is_top_administrator(position):
        check_some_administrator(without=position)


def check_some_administrator(*, without: Position | None = None) -> None:
    """
    Check that somebody active holds the administration of a whole tree without an end.

    :raises LastAdministrator: if nobody does.
    """
    lasting = Position.objects.filter(ended_on=None, user__is_active=True)
    if without is not None:
        lasting = lasting.exclude(pk=without.pk)
    if not any(
        policies.is_top_administrator(position)
        for position in lasting.select_related("role", "agency", "scope")
    ):
        raise LastAdministrator
