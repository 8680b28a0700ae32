from __future__ import annotations

from itertools import groupby
from typing import TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User

from .models import Notice

_PAGE_SIZE = 50


class NoticePage(TypedDict):
    page: Page[Notice]
    only_unread: bool
    show_all: bool
    unread: int
    unread_url: str


def unread_count(*, user: User) -> int:
    """Return how many notices the person has not read, for the bell."""
    return Notice.objects.filter(user=user, read_at=None).count()


def get_visible_notice(*, user: User, pk: int) -> Notice:
    """
    Return a notice of the person's own.

    :raises Notice.DoesNotExist: if it is somebody else's or is none.
    """
    return Notice.objects.get(user=user, pk=pk)


def notice_page(*, user: User, page: str, only_unread: bool) -> NoticePage:
    """Return one page of the person's notices, newest first."""
    notices = Notice.objects.filter(user=user)
    unread = notices.filter(read_at=None)
    return NoticePage(
        page=Paginator(unread if only_unread else notices, _PAGE_SIZE).get_page(page),
        only_unread=only_unread,
        show_all=not only_unread,
        unread=unread.count(),
        unread_url="?show=unread",
    )


def unmailed() -> list[tuple[User, list[Notice]]]:
    """
    Return what waits for a digest, by person, oldest first: whoever has an address and is still
    here.

    One query; what was read in the application meanwhile needs no mail.
    """
    waiting = (
        Notice.objects.filter(mailed_at=None, read_at=None, user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
        .order_by("user__username", "created_at", "pk")
    )
    return [
        (user, list(notices)) for user, notices in groupby(waiting, key=lambda notice: notice.user)
    ]
