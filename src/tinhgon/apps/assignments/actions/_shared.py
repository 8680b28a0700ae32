"""What every move of an assignment does: ask the policy, write guarded, tell people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.notices import actions as notices
from tinhgon.domain.assigning import Move, Status, transition_for
from tinhgon.domain.vntext import format_date


class Refused(Exception):
    """What was entered cannot be taken; `field` names the input that it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came from outside."""

    name: str
    content_type: str
    data: bytes


def store(upload: Upload | None, *, at: datetime) -> StoredFile | None:
    """
    Keep the file, where there is one.

    :raises Refused: with what is wrong with it.
    """
    if upload is None:
        return None
    try:
        return files.store_file(
            data=upload.data, name=upload.name, content_type=upload.content_type, at=at
        )
    except files.FileRefused as e:
        raise Refused(str(e), "file") from e


def make_move(
    assignment: Assignment, move: Move, *, by: User, version: int, **values: Any
) -> list[Change]:
    """
    Move the assignment along the table of states; return the change of state in words.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `version` was seen.
    """
    policies.check(by, move, assignment)
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
