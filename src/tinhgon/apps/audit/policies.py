from __future__ import annotations

from typing import Protocol

from django.core.exceptions import PermissionDenied

from tinhgon.domain.access import Access, Page, Permission

PAGES = [
    Page("audit:list", "Nhật ký", Permission.SEE_AUDIT, at_top=True),
    Page("audit:export", "Xuất nhật ký", Permission.SEE_AUDIT, at_top=True),
]


class Reader(Protocol):
    """A person, of whom this app knows only what he may do."""

    @property
    def access(self) -> Access: ...


def check_read(user: Reader) -> None:
    """
    Check that `user` may read the trail, which is that of the whole tree.

    :raises PermissionDenied: if he may not.
    """
    if not any(path.count("/") <= 2 for path in user.access.paths(Permission.SEE_AUDIT)):
        raise PermissionDenied
