"""The portal is open to everybody; only the Office decides on what everybody suggests."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.suggesting import SUGGESTION, Move, Status

from .models import Suggestion

_CHECK = Permission.CHECK_PROCEDURE
PAGES = [
    Page("portal:catalogue", "Cổng công khai: danh mục thủ tục", public=True),
    Page("portal:procedure", "Cổng công khai: một thủ tục", public=True),
    Page("portal:version", "Cổng công khai: một bản của thủ tục", public=True),
    Page("portal:decisions", "Cổng công khai: các quyết định công bố", public=True),
    Page("portal:decision", "Cổng công khai: một quyết định công bố", public=True),
    Page("portal:signed_file", "Cổng công khai: tệp của quyết định đã ký", public=True),
    Page("portal:form_file", "Cổng công khai: tệp mẫu đơn, mẫu tờ khai", public=True),
    Page("portal:agencies", "Cổng công khai: các cơ quan", public=True),
    Page("portal:agency", "Cổng công khai: một cơ quan", public=True),
    Page("portal:search", "Cổng công khai: tìm kiếm", public=True),
]
MOVES: list[Deed] = []


def check(user: User, move: Move, suggestion: Suggestion) -> None:
    """
    Check that `user` may make `move` on the suggestion now.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    SUGGESTION.transition_for(Status(suggestion.status), move)
    if not user.access.allows(_CHECK, suggestion.procedure.agency.path or "/"):
        raise PermissionDenied
