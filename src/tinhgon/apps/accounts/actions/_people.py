from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date, datetime
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from tinhgon.apps.accounts import policies
from tinhgon.apps.accounts.models import Position, Role, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.domain.vntext import fold, format_date

from ._sign_in import mail_invitation


class InvalidPerson(Exception):
    """The username or e-mail is not usable; `errors` says which field and why."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(str(errors))
        self.errors = errors


class LastAdministrator(Exception):
    """It would leave nobody who may manage people on the whole tree."""


class AlreadyHeld(Exception):
    """The person holds that very role at that agency already."""


class WrongDay(Exception):
    """The day lies before the start, or the agency does not exist on it; the message says which."""


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
    policies.check_manage(by, *_reached(agency, scope))
    person = _new_person(
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
        _given(
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


@transaction.atomic
def create_administrator(
    *,
    username: str,
    email: str,
    full_name: str,
    password: str,
    agency: Agency,
    by: audit.Actor,
    at: datetime,
) -> User:
    """
    Make an administrator of the whole tree below `agency`, for whoever installs the software.

    :raises InvalidPerson: if the username or e-mail is malformed or taken.
    """
    person = _new_person(username=username, email=email, full_name=full_name, phone="")
    person.set_password(password)
    person.save(update_fields=["password"])
    role = Role.objects.get(code="administrator")
    given = _given(person, agency=agency, scope=None, role=role, title="", started_on=at.date())
    created = audit.Entry(
        "accounts.created", person, (audit.Change("Tên đăng nhập", "", person.username),)
    )
    audit.record_all([created, given], by=by, at=at)
    return person


@transaction.atomic
def change_person(
    *,
    person: User,
    full_name: str,
    email: str,
    phone: str,
    by: User,
    at: datetime,
    version: int,
) -> None:
    """
    Change the name, e-mail and telephone of a person.

    :raises PermissionDenied: if the person reaches beyond what `by` manages.
    :raises InvalidPerson: if the e-mail is malformed or taken.
    :raises StaleObject: if the account changed since `version`.
    """
    policies.check_manage_person(by, person)
    email = email.strip().lower()
    values = {"full_name": full_name.strip(), "email": email, "phone": phone.strip()}
    labels = {"full_name": "Họ và tên", "email": "Địa chỉ thư", "phone": "Điện thoại"}
    changes = [
        audit.Change(labels[name], getattr(person, name), value)
        for name, value in values.items()
        if getattr(person, name) != value
    ]
    wanted = copy.copy(person)
    for name, value in values.items():
        setattr(wanted, name, value)
    _check(wanted)
    person.change(
        seen_version=version,
        **values,
        folded_name=_folded(values["full_name"], person.username, email),
    )
    audit.record("accounts.person_changed", person, by=by, at=at, changes=changes)


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
    policies.check_manage(by, *_reached(agency, scope))
    entry = _given(
        person, agency=agency, scope=scope, role=role, title=title, started_on=started_on
    )
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
    policies.check_manage(by, position.reach, *_reached(agency, scope))
    ended = _ended(position, on=on, reason=reason, version=version)
    given = _given(position.user, agency=agency, scope=scope, role=role, title=title, started_on=on)
    if policies.is_top_administrator(position):
        _check_some_administrator()
    audit.record_all([ended, given], by=by, at=at)


@transaction.atomic
def deactivate_person(*, person: User, reason: str, by: User, at: datetime, version: int) -> None:
    """
    Close an account; what the person did stays, and where he is signed in ends at once.

    :raises PermissionDenied: if the person reaches beyond what `by` manages.
    :raises LastAdministrator: if nobody would be left to manage people on the whole tree.
    :raises StaleObject: if the account changed since `version`.
    """
    policies.check_manage_person(by, person)
    person.change(seen_version=version, is_active=False)
    if any(policies.is_top_administrator(p) for p in person.current_positions):
        _check_some_administrator()
    change = audit.Change("Trạng thái", "Đang dùng", "Ngừng sử dụng")
    audit.record("accounts.deactivated", person, by=by, at=at, changes=[change], reason=reason)


@transaction.atomic
def reactivate_person(*, person: User, by: User, at: datetime, version: int) -> None:
    """
    Open a closed account again.

    :raises PermissionDenied: if the person reaches beyond what `by` manages.
    :raises StaleObject: if the account changed since `version`.
    """
    policies.check_manage_person(by, person)
    person.change(seen_version=version, is_active=True)
    change = audit.Change("Trạng thái", "Ngừng sử dụng", "Đang dùng")
    audit.record("accounts.reactivated", person, by=by, at=at, changes=[change])


def _new_person(*, username: str, email: str, full_name: str, phone: str) -> User:
    username, email = username.strip().lower(), email.strip().lower()
    full_name = full_name.strip()
    person = User(
        username=username,
        email=email,
        full_name=full_name,
        phone=phone.strip(),
        folded_name=_folded(full_name, username, email),
    )
    person.set_unusable_password()
    _check(person)
    person.save()
    return person


def _folded(full_name: str, username: str, email: str) -> str:
    return fold(f"{full_name} {username} {email}")[:600]


def _check(person: User) -> None:
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as e:
        errors = {
            "email" if name == "__all__" else name: [str(message) for message in messages]
            for name, messages in e.message_dict.items()
        }
        raise InvalidPerson(errors) from e


def _reached(agency: Agency, scope: Agency | None) -> list[str]:
    return [place.path or "/" for place in (agency, scope) if place is not None]


def _given(
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
        _check_some_administrator(without=position)


def _check_some_administrator(*, without: Position | None = None) -> None:
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
