from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.mail import EmailMessage

from tinhgon.apps.accounts.models import User

from .models import Notice

_BATCH = 1_000


class UnsafeLink(Exception):
    """A notice may only point into the application."""


def notify(*, users: Iterable[User], kind: str, text: str, url: str, at: datetime) -> int:
    """
    Tell each of `users` once; call it within the transaction of what is told. Return how many were
    told.

    :raises UnsafeLink: if `url` is not a path of the application.
    """
    if url and (not url.startswith("/") or url.startswith("//")):
        raise UnsafeLink(url)
    told = {user.pk: user for user in users if user.is_active}
    Notice.objects.bulk_create(
        [
            Notice(user=user, kind=kind, text=text[:500], url=url, created_at=at)
            for user in told.values()
        ],
        batch_size=_BATCH,
    )
    return len(told)


def mail_outside(*, address: str, subject: str, body: str) -> None:
    """
    Send one letter to somebody who has no account here; call it when all is committed.

    :raises OSError: if the server of mail does not take it, or is not there.
    """
    EmailMessage(subject=subject, body=body, to=[address]).send()


def mark_read(*, notice: Notice, at: datetime) -> None:
    """Mark one notice read; when it was first read stays."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def mark_all_read(*, by: User, at: datetime) -> int:
    """Mark everything the person has read, and return how much it was."""
    return Notice.objects.filter(user=by, read_at=None, created_at__lte=at).update(read_at=at)


def mark_mailed(*, notices: Iterable[Notice], at: datetime) -> int:
    """Note that the notices went out in a digest; those already noted keep their time."""
    pks = [notice.pk for notice in notices]
    return sum(
        Notice.objects.filter(pk__in=pks[i : i + _BATCH], mailed_at=None).update(mailed_at=at)
        for i in range(0, len(pks), _BATCH)
    )
