"""Who may do what with the exchange: clerks register, administrators keep the codes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move, Page, Permission

_SEE, _REGISTER = Permission.SEE, Permission.REGISTER_DOCUMENT
_MANAGE = Permission.MANAGE_AGENCIES

PAGES = [
    Page("exchange:arrivals", "Gói tin đến", _SEE),
    Page("exchange:arrivals_xlsx", "Gói tin đến, Excel", _SEE),
    Page("exchange:arrival", "Một gói tin đến", seen_with=_SEE),
    Page("exchange:arrival_file", "Tệp của gói tin đến", seen_with=_SEE),
    Page("exchange:answer", "Phản hồi cho bên gửi gói tin", seen_with=_SEE),
    Page("exchange:receive", "Nhận gói tin", _REGISTER),
    Page("exchange:paper", "Gửi một văn bản qua trục/iOffice", seen_with=_SEE),
    Page("exchange:draft_package", "Gói tin của dự thảo", seen_with=_SEE),
    Page("exchange:dispatches", "Văn bản gửi qua trục", _SEE),
    Page("exchange:dispatches_xlsx", "Văn bản gửi qua trục, Excel", _SEE),
    Page("exchange:dispatch", "Một văn bản gửi qua trục", seen_with=_SEE),
    Page("exchange:package", "Gói tin của văn bản gửi", seen_with=_SEE),
    Page("exchange:dispatch_file", "Tệp của văn bản gửi", seen_with=_SEE),
    Page("exchange:organs", "Mã định danh của các cơ quan", _SEE),
]
MOVES = [
    Move("exchange:record", "Ghi số, ngày, nơi nhận của văn bản gửi", _REGISTER, seen_with=_SEE),
    Move("exchange:set_state", "Ghi trạng thái ở nơi nhận", _REGISTER, seen_with=_SEE),
    Move("exchange:queue", "Xếp hàng gửi qua trục", _REGISTER, seen_with=_SEE),
    Move("exchange:handle", "Xử lý yêu cầu trong gói tin", _REGISTER, seen_with=_SEE),
    Move("exchange:add_organ", "Ghi mã định danh", _MANAGE, at_top=True),
    Move("exchange:end_organ", "Kết thúc mã định danh", _MANAGE, at_top=True),
    Move("exchange:import_organs", "Nhập mã định danh từ tệp", _MANAGE, at_top=True),
]

_ROOT_SLASHES = 2  # "/1/"


def may_register(user: User, owner: Agency) -> bool:
    return user.access.allows(_REGISTER, owner.path or "/")


def check_register(user: User, owner: Agency) -> None:
    """
    Check that `user` may register documents in and out of `owner`.

    :raises PermissionDenied: if he may not.
    """
    if not may_register(user, owner):
        raise PermissionDenied


def can_manage_organs(user: User) -> bool:
    """One list of codes serves the whole province, as one tree of agencies does."""
    return any(path.count("/") <= _ROOT_SLASHES for path in user.access.paths(_MANAGE))


def check_manage_organs(user: User) -> None:
    """
    :raises PermissionDenied: if `user` does not manage the agencies of the whole tree.
    """
    if not can_manage_organs(user):
        raise PermissionDenied
