from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from tinhgon.apps.accounts import policies
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit


@transaction.atomic
def record_sign_in(*, user: User, method: str, at: datetime) -> None:
    """Note in the trail that somebody came in, and how."""
    change = audit.Change("Cách đăng nhập", "", method)
    audit.record("accounts.signed_in", user, by=user, at=at, changes=[change])


@transaction.atomic
def record_lockout(*, login: str, at: datetime) -> None:
    """Note in the trail that an account was closed for a while, after too many failures."""
    user = User.objects.filter(username__iexact=login).first()
    user = user or User.objects.filter(email__iexact=login).exclude(email="").first()
    if user is not None:
        audit.record("accounts.locked_out", user, by=audit.System(), at=at)


@transaction.atomic
def record_second_factor(*, user: User, kind: str, at: datetime) -> None:
    """Note in the trail what the person did to the second factor of the account."""
    audit.record(kind, user, by=user, at=at)


@transaction.atomic
def set_password(*, user: User, password: str, by: User, at: datetime) -> None:
    """Set a password that was checked before; everywhere else the person is signed out by it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("accounts.password_set", user, by=by, at=at)


@transaction.atomic
def end_sessions(*, sessions: Iterable[UserSession], by: User, at: datetime) -> int:
    """Sign the person out there, and return how many sessions ended."""
    rows = list(sessions)
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if rows:
        change = audit.Change("Số phiên kết thúc", "", str(len(rows)))
        audit.record("accounts.sessions_ended", by, by=by, at=at, changes=[change])
    return len(rows)


@transaction.atomic
def send_invitation(*, person: User, by: User, at: datetime) -> None:
    """
    Send a person the link under which he sets his password; it works once and for three days.

    :raises PermissionDenied: if `by` may not change the account.
    """
    policies.check_manage_person(by, person)
    audit.record("accounts.invited", person, by=by, at=at)
    transaction.on_commit(lambda: mail_invitation(person))


def mail_invitation(person: User) -> None:
    """Send the letter itself; after commit, so that nobody is invited to what was rolled back."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    context = {
        "person": person,
        "url": settings.SITE_URL + path,
        "site_url": settings.SITE_URL,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    message = EmailMultiAlternatives(
        subject="Mời sử dụng hệ thống Tinh Gọn",
        body=render_to_string("accounts/mail/invitation.txt", context),
        to=[person.email],
    )
    message.attach_alternative(
        render_to_string("accounts/mail/invitation.html", context), "text/html"
    )
    message.send()
