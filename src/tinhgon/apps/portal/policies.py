"""The portal is open to everybody; only the Office decides on what everybody suggests."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.suggesting import SUGGESTION, Actor, Move, Status

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
    Page("portal:agency_suggestions", "Cổng công khai: gợi ý tên cơ quan khi gõ", public=True),
    Page("portal:progress", "Cổng công khai: tiến độ của các cơ quan, nếu tỉnh mở", public=True),
    Page("portal:search", "Cổng công khai: tìm kiếm", public=True),
    Page("portal:data", "Cổng công khai: dữ liệu mở", public=True),
    Page("portal:catalogue_json", "Cổng công khai: danh mục dạng JSON", public=True),
    Page("portal:catalogue_csv", "Cổng công khai: danh mục dạng CSV", public=True),
    Page("portal:schema", "Cổng công khai: lược đồ của dữ liệu", public=True),
    Page("portal:procedure_json", "Cổng công khai: một thủ tục dạng JSON", public=True),
    Page("portal:suggest", "Cổng công khai: góp ý về thủ tục", public=True),
    Page("portal:suggested", "Cổng công khai: đã gửi góp ý", public=True),
    Page("suggestions:list", "Góp ý về thủ tục", _CHECK),
    Page("suggestions:detail", "Một góp ý về thủ tục", _CHECK, seen_with=_CHECK),
]
MOVES = [
    Deed("suggestions:show", "Đăng góp ý", _CHECK, seen_with=_CHECK),
    Deed("suggestions:answer", "Trả lời góp ý", _CHECK, seen_with=_CHECK),
    Deed("suggestions:decline", "Không đăng góp ý", _CHECK, seen_with=_CHECK),
]


def may_moderate(user: User) -> bool:
    """Return whether the person decides on suggestions anywhere."""
    return bool(user.access.paths(_CHECK))


def moves_of(suggestion: Suggestion) -> list[str]:
    """Return the moves that its state allows."""
    return [move.value for move in SUGGESTION.moves_from(Status(suggestion.status), Actor.OFFICE)]


def check(user: User, move: Move, suggestion: Suggestion) -> None:
    """
    Check that `user` may make `move` on the suggestion now.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    SUGGESTION.transition_for(Status(suggestion.status), move)
    if not user.access.allows(_CHECK, suggestion.procedure.agency.path or "/"):
        raise PermissionDenied
