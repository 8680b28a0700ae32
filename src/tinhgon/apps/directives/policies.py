"""Who may do what to a letter that gives work."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move, Page, Permission

from .enums import DirectiveStatus
from .models import Directive

PAGES = [
    Page("directives:list", "Danh sách văn bản chỉ đạo", Permission.SEE),
    Page("directives:receive", "Nhận văn bản", Permission.UPLOAD_DIRECTIVE),
    Page("directives:detail", "Văn bản và nhiệm vụ đọc được", seen_with=Permission.SEE),
    Page("directives:file", "Bản gốc của văn bản", seen_with=Permission.SEE),
    Page(
        "directives:heading",
        "Sửa phần đầu văn bản",
        Permission.UPLOAD_DIRECTIVE,
        seen_with=Permission.SEE,
    ),
    Page(
        "directives:proposal",
        "Sửa nhiệm vụ đề xuất",
        Permission.UPLOAD_DIRECTIVE,
        seen_with=Permission.SEE,
    ),
]

MOVES = [
    Move(f"directives:{name}", title, Permission.UPLOAD_DIRECTIVE, seen_with=Permission.SEE)
    for name, title in (
        ("add", "Thêm nhiệm vụ đề xuất"),
        ("include", "Chọn, bỏ chọn nhiệm vụ đề xuất"),
        ("split", "Tách nhiệm vụ đề xuất"),
        ("merge", "Gộp nhiệm vụ đề xuất"),
        ("programme", "Gắn văn bản vào chương trình"),
        ("discard", "Bỏ dự thảo"),
    )
]


class NotADraft(Exception):
    """The letter was issued or put aside since: what it says is changed by a later letter."""


def check_receive(user: User, issuer: Agency) -> None:
    """
    Check that `user` may receive a letter whose work `issuer` gives.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(Permission.UPLOAD_DIRECTIVE, issuer.path or "/"):
        raise PermissionDenied


def check_edit(user: User, directive: Directive) -> None:
    """
    Check that `user` may correct what was read out of the letter.

    :raises PermissionDenied: if he may not.
    :raises NotADraft: if nobody may, because of its state.
    """
    check_receive(user, directive.issuer)
    if directive.status != DirectiveStatus.DRAFT:
        raise NotADraft


def can_edit(user: User, directive: Directive) -> bool:
    try:
        check_edit(user, directive)
    except (NotADraft, PermissionDenied):
        return False
    return True


def can_issue(user: User, directive: Directive) -> bool:
    """
    Return whether `user` may give the work to the agencies (the state allows it, and he has the
    right).
    """
    return directive.status == DirectiveStatus.DRAFT and user.access.allows(
        Permission.ISSUE, directive.issuer.path or "/"
    )


def may_number(user: User, directive: Directive) -> bool:
    """Return whether `user` may say which number and day an issued letter got afterwards."""
    return directive.issued_at is not None and user.access.allows(
        Permission.ISSUE, directive.issuer.path or "/"
    )
