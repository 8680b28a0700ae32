"""Whoever sees a programme sees how far the agencies of his branch are."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.access import Page, Permission

_SEE, _MANAGE = Permission.SEE, Permission.MANAGE_PROGRAMMES
PAGES = [
    Page("monitoring:page", "Theo dõi chương trình: hoàn thành, đúng hạn, xếp hạng"),
    Page("monitoring:file", "Tải bảng theo dõi chương trình"),
    Page("monitoring:rows", "Các việc của một con số trong bảng theo dõi"),
    Page("monitoring:setting", "Cách chấm điểm, công khai tiến độ", _MANAGE, seen_with=_SEE),
]


def may_set(user: User, programme: Programme) -> bool:
    """Return whether the person says how a programme is ranked and what of it is public."""
    return user.access.allows(_MANAGE, programme.agency.path or "/")


def check_set(user: User, programme: Programme) -> None:
    """
    Check that `user` may say so.

    :raises PermissionDenied: if he may not.
    """
    if not may_set(user, programme):
        raise PermissionDenied
