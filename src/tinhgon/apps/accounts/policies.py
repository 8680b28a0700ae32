from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import PermissionDenied

from tinhgon.domain.access import Move, Page, Permission

from .models import Position, User

_PEOPLE = Permission.MANAGE_PEOPLE

PAGES = [
    Page("account_login", "Đăng nhập", public=True),
    Page("account_logout", "Đăng xuất", public=True),
    Page("account_inactive", "Tài khoản ngừng sử dụng", public=True),
    Page("account_reset_password", "Quên mật khẩu", public=True),
    Page("account_reset_password_done", "Đã gửi thư đặt lại mật khẩu", public=True),
    Page("account_reset_password_from_key", "Đặt lại mật khẩu theo thư", public=True),
    Page("account_reset_password_from_key_done", "Đã đặt lại mật khẩu", public=True),
    Page("mfa_authenticate", "Nhập bước xác thực thứ hai", public=True),
    Page("openid_connect_login", "Đăng nhập một lần (SSO)", public=True),
    Page("openid_connect_callback", "Đăng nhập một lần: trả lời", public=True),
    Page("socialaccount_login_cancelled", "Đăng nhập một lần: đã hủy", public=True),
    Page("socialaccount_login_error", "Đăng nhập một lần: lỗi", public=True),
    Page("account_reauthenticate", "Xác nhận lại mật khẩu"),
    Page("account_change_password", "Đổi mật khẩu"),
    Page("account_set_password", "Đặt mật khẩu"),
    Page("mfa_index", "Xác thực hai bước"),
    Page("mfa_reauthenticate", "Xác nhận lại bằng mã"),
    Page("mfa_activate_totp", "Bật ứng dụng xác thực"),
    Page("mfa_deactivate_totp", "Tắt ứng dụng xác thực"),
    Page("mfa_view_recovery_codes", "Xem mã dự phòng"),
    Page("mfa_generate_recovery_codes", "Tạo lại mã dự phòng"),
    Page("mfa_download_recovery_codes", "Tải mã dự phòng"),
    Page("mfa_list_webauthn", "Khóa bảo mật"),
    Page("mfa_add_webauthn", "Thêm khóa bảo mật"),
    Page("mfa_reauthenticate_webauthn", "Xác nhận lại bằng khóa bảo mật"),
    Page("mfa_edit_webauthn", "Đổi tên khóa bảo mật", own=True),
    Page("mfa_remove_webauthn", "Gỡ khóa bảo mật", own=True),
    Page("accounts:me", "Tài khoản của tôi"),
    Page("accounts:roles", "Các vai trò"),
    Page("accounts:list", "Người dùng", _PEOPLE),
    Page("accounts:invite", "Mời người dùng", _PEOPLE),
    Page("accounts:invite_many", "Mời nhiều người", _PEOPLE),
    Page("accounts:detail", "Một người dùng", _PEOPLE, seen_with=_PEOPLE),
    Page("accounts:edit", "Sửa họ tên, địa chỉ thư", _PEOPLE, seen_with=_PEOPLE),
    Page("accounts:give", "Giao vị trí công tác", _PEOPLE, seen_with=_PEOPLE),
    Page("accounts:move", "Điều chuyển", _PEOPLE, seen_with=_PEOPLE),
    Page("accounts:end", "Kết thúc vị trí công tác", _PEOPLE, seen_with=_PEOPLE),
]
MOVES = [
    Move("accounts:end_session", "Kết thúc một phiên đăng nhập của mình", own=True),
    Move("accounts:end_other_sessions", "Kết thúc các phiên đăng nhập khác của mình"),
    Move("accounts:deactivate", "Ngừng tài khoản", _PEOPLE, seen_with=_PEOPLE),
    Move("accounts:reactivate", "Cho dùng lại tài khoản", _PEOPLE, seen_with=_PEOPLE),
    Move("accounts:send_invitation", "Gửi lại thư mời", _PEOPLE, seen_with=_PEOPLE),
]


def declared() -> Iterator[Page]:
    """
    Yield what every app declares as `PAGES` and `MOVES` in its policies, app by app.

    They are found by name, because most of them stand above this one.
    """
    for config in apps.get_app_configs():
        name = f"{config.name}.policies"
        if config.name.startswith("tinhgon.apps.") and find_spec(name):
            policies = import_module(name)
            yield from getattr(policies, "PAGES", [])
            yield from getattr(policies, "MOVES", [])


def may_manage(user: User, path: str) -> bool:
    """Return whether `user` looks after the people of the branch at `path`."""
    return user.access.allows(_PEOPLE, path)


def check_manage(user: User, *paths: str) -> None:
    """
    Check that `user` looks after the people of every branch at `paths`.

    :raises PermissionDenied: if he does not.
    """
    if not all(may_manage(user, path) for path in paths):
        raise PermissionDenied


def may_manage_person(user: User, person: User) -> bool:
    """
    Return whether `user` may change the account of `person`.

    He must look after every branch the person reaches: whoever may change the e-mail of an account
    can take it over.
    """
    paths = user.access.paths(_PEOPLE)
    return bool(paths) and all(may_manage(user, p.reach) for p in person.current_positions)


def check_manage_person(user: User, person: User) -> None:
    """
    Check that `user` may change the account of `person`.

    :raises PermissionDenied: if he may not.
    """
    if not may_manage_person(user, person):
        raise PermissionDenied


def is_top_administrator(position: Position) -> bool:
    """Return whether the position lets its holder manage people on a whole tree."""
    return _PEOPLE in position.role.permissions and is_top(position.reach)


def is_top(path: str) -> bool:
    """Return whether the path is a whole tree: "/" or a root agency's."""
    return path.count("/") <= 2
