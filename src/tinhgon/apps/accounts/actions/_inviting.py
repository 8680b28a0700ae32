"""People who get an account by invitation: one, or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TypedDict, Unpack

from django.db import transaction

from tinhgon.apps.accounts import policies
from tinhgon.apps.accounts.models import Role, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit

from ._people import InvalidPerson, new_person
from ._positions import WrongDay, given, reached
from ._sign_in import mail_invitation


class InvalidLine(Exception):
    """One of many people cannot be invited: `place` says which from 0, the message why."""

    def __init__(self, place: int, words: str) -> None:
        super().__init__(words)
        self.place = place


class Invitation(TypedDict):
    """Who is invited, and to which first position."""

    username: str
    email: str
    full_name: str
    phone: str
    agency: Agency
    scope: Agency | None
    role: Role
    title: str
    started_on: date


@transaction.atomic
def invite_person(*, by: User, at: datetime, **invitation: Unpack[Invitation]) -> User:
    """
    Make an account with its first position, and mail the link to set a password.

    :raises PermissionDenied: if `by` does not manage people at the agency or the scope.
    :raises InvalidPerson: if the username or e-mail is malformed or taken.
    :raises WrongDay: if the agency does not exist on `started_on`.
    """
    person = _invite(invitation, by=by, at=at)
    transaction.on_commit(lambda: mail_invitation(person))
    return person


def invite_people(*, invitations: Sequence[Invitation], by: User, at: datetime) -> list[User]:
    """
    Make accounts for many people, all or none, and mail each his link.

    :return: those whom the server of mail did not take; their invitation can be sent again.
    :raises PermissionDenied: as `invite_person`.
    :raises InvalidLine: if one of them is refused.
    """
    with transaction.atomic():
        people = []
        for place, invitation in enumerate(invitations):
            try:
                people.append(_invite(invitation, by=by, at=at))
            except InvalidPerson as e:
                words = " ".join(text for texts in e.errors.values() for text in texts)
                raise InvalidLine(place, words) from e
            except WrongDay as e:
                raise InvalidLine(place, str(e)) from e
    return _mail(people)


def _mail(people: Sequence[User]) -> list[User]:
    """Mail each his link; return those it did not go to: one whom the server refused, or all after
    the server itself failed, which may take its time over each."""
    missed = []
    for place, person in enumerate(people):
        try:
            mail_invitation(person)
        except SMTPRecipientsRefused:
            missed.append(person)
        except (SMTPException, OSError):
            return [*missed, *people[place:]]
    return missed


def _invite(invitation: Invitation, *, by: User, at: datetime) -> User:
    agency, scope = invitation["agency"], invitation["scope"]
    policies.check_manage(by, *reached(agency, scope))
    person = new_person(
        username=invitation["username"],
        email=invitation["email"],
        full_name=invitation["full_name"],
        phone=invitation["phone"],
    )
    changes = [
        audit.Change("Tên đăng nhập", "", person.username),
        audit.Change("Địa chỉ thư", "", person.email),
    ]
    entries = [audit.Entry("accounts.invited", person, tuple(changes))]
    entries.append(
        given(
            person,
            agency=agency,
            scope=scope,
            role=invitation["role"],
            title=invitation["title"],
            started_on=invitation["started_on"],
        )
    )
    audit.record_all(entries, by=by, at=at)
    return person
