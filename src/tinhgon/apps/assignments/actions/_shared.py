"""What every move of an assignment does: ask the policy, write guarded, tell people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import STATUS_LABELS
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries import people
from tinhgon.apps.audit.actions import Change
from tinhgon.apps.notices import actions as notices
from tinhgon.domain.assigning import Move, Status, transition_for
from tinhgon.domain.vntext import format_date


def make_move(
    assignment: Assignment,
    move: Move,
    *,
    by: User,
    version: int,
    receiver: Agency | None = None,
    **values: Any,
) -> list[Change]:
    """
    Move the assignment along the table of states; return the change of state in words.
    `receiver`: as `policies.check`.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `version` was seen.
    """
    policies.check(by, move, assignment, receiver=receiver)
    old = Status(assignment.status)
    new = transition_for(old, move).to
    assignment.change(seen_version=version, status=new.value, **values)
    return changed("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])


def changed(field: str, old: str, new: str) -> list[Change]:
    """Return the change in words, or nothing where there is none."""
    return [] if old == new else [Change(field, old, new)]


def day(value: date | None) -> str:
    return format_date(value) if value else "không nêu ngày"


def tell_holders(
    agencies: Iterable[Agency], *, kind: str, text: str, about: Model, by: User, at: datetime
) -> None:
    """Tell the people who answer for the agencies, except the one who did it."""
    users = people.answering_for(agencies, on=at.date())
    _tell(users, kind=kind, text=text, about=about, by=by, at=at)


def tell_deciders(
    duty: Duty, *, kind: str, text: str, about: Model, by: User, at: datetime
) -> None:
    """Tell the people who check the answers to the duty, except the one who did it."""
    users = people.deciding_for(duty.issuer, policies.deciding_permissions(duty), on=at.date())
    _tell(users, kind=kind, text=text, about=about, by=by, at=at)


def _tell(
    users: Iterable[User], *, kind: str, text: str, about: Model, by: User, at: datetime
) -> None:
    others = [user for user in users if user.pk != by.pk]
    url = about.get_absolute_url()  # type: ignore[attr-defined]
    notices.notify(users=others, kind=kind, text=text, url=url, at=at)
