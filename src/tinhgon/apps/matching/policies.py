"""Who compares procedures, and who says what becomes of those that are alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.models import Procedure
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission

_SEE, _CHECK = Permission.SEE, Permission.CHECK_PROCEDURE
_PROPOSE = Permission.PROPOSE_PROCEDURE

PAGES = [
    Page("matching:list", "Đối chiếu thủ tục", _PROPOSE),
    Page("matching:group", "Một nhóm thủ tục giống nhau", _PROPOSE, seen_with=_SEE),
    Page("matching:pair", "Hai thủ tục đặt cạnh nhau", _PROPOSE, seen_with=_SEE),
    Page("matching:similar", "Thủ tục giống tên đang gõ", _PROPOSE),
    Page("matching:gaps", "Thủ tục còn sót", _PROPOSE),
    Page("matching:references", "Danh mục tham chiếu", _PROPOSE),
    Page("matching:reference", "Một danh mục tham chiếu", _PROPOSE),
]
MOVES = [
    Deed("matching:rule", "Kết luận về thủ tục giống nhau", _CHECK, seen_with=_SEE),
    Deed("matching:withdraw", "Bỏ kết luận về hai thủ tục", _CHECK, seen_with=_SEE),
    Deed("matching:receive", "Nạp danh mục tham chiếu", _CHECK),
    Deed("matching:change_list", "Sửa danh mục tham chiếu", _CHECK),
    Deed("matching:remove_list", "Bỏ danh mục tham chiếu", _CHECK),
    Deed("matching:decide", "Xử lý thủ tục còn sót", _PROPOSE),
    Deed("matching:reopen", "Xem lại thủ tục đã loại", _PROPOSE, seen_with=_SEE),
]


def may_compare(user: User) -> bool:
    """Return whether the person works with procedures anywhere."""
    return bool(user.access.paths(_PROPOSE))


def may_rule(user: User) -> bool:
    """Return whether the person may rule on procedures anywhere."""
    return bool(user.access.paths(_CHECK))


def check_compare(user: User) -> None:
    """
    Check that `user` works with procedures.

    :raises PermissionDenied: if he does not.
    """
    if not may_compare(user):
        raise PermissionDenied


def may_rule_on(user: User, procedures: Iterable[Procedure]) -> bool:
    """Return whether the person controls each of the procedures, as the Office does."""
    return all(user.access.allows(_CHECK, each.agency.path or "/") for each in procedures)


def check_rule(user: User, procedures: Iterable[Procedure]) -> None:
    """
    Check that `user` controls each of the procedures.

    :raises PermissionDenied: if he does not.
    """
    if not may_rule_on(user, procedures):
        raise PermissionDenied


def check_receive(user: User) -> None:
    """
    Check that `user` may bring reference lists in, and change them.

    :raises PermissionDenied: if he may not.
    """
    if not may_rule(user):
        raise PermissionDenied


def check_decide(user: User, agency: Agency) -> None:
    """
    Check that `user` may say what the inventory of the agency lacks.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(_PROPOSE, agency.path or "/"):
        raise PermissionDenied
