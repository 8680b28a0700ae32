"""Accounts of people: made, changed, closed and opened again."""

from __future__ import annotations

import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tinhgon.apps.accounts import policies
from tinhgon.apps.accounts.models import Role, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.domain.vntext import fold

from ._positions import check_some_administrator, given


class InvalidPerson(Exception):
    """The username or e-mail is not usable; `errors` says which field and why."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(str(errors))
        self.errors = errors


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
    person = new_person(username=username, email=email, full_name=full_name, phone="")
    person.set_password(password)
    person.save(update_fields=["password"])
    role = Role.objects.get(code="administrator")
    first = given(person, agency=agency, scope=None, role=role, title="", started_on=at.date())
    created = audit.Entry(
        "accounts.created", person, (audit.Change("Tên đăng nhập", "", person.username),)
    )
    audit.record_all([created, first], by=by, at=at)
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
        check_some_administrator()
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


def new_person(*, username: str, email: str, full_name: str, phone: str) -> User:
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
