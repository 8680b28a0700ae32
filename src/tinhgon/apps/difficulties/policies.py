"""Who may do what to a difficulty. The state decides what can be done, the branch who does it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.difficulties import DIFFICULTY, Actor
from tinhgon.domain.lifecycle import IllegalMove

from .enums import Move, Status
from .models import Difficulty

_SEE = Permission.SEE
RAISE, SEND = Permission.RAISE_DIFFICULTY, Permission.SEND_DIFFICULTY
ANSWER, GUIDE = Permission.ANSWER_DIFFICULTY, Permission.GUIDE_DIFFICULTY
PAGES = [
    Page("difficulties:list", "Khó khăn, vướng mắc"),
    Page("difficulties:export", "Tải danh sách vướng mắc"),
    Page("difficulties:raise", "Nêu vướng mắc", RAISE),
    Page("difficulties:similar", "Trả lời đã có cho vướng mắc tương tự", RAISE),
    Page("difficulties:procedures", "Tìm thủ tục có vướng mắc", RAISE),
    Page("difficulties:detail", "Một vướng mắc", seen_with=_SEE),
    Page("difficulties:edit", "Sửa vướng mắc", RAISE, seen_with=_SEE),
    Page("difficulties:letter", "Tải công văn kiến nghị", seen_with=_SEE),
    Page("difficulties:file", "Tài liệu kèm theo vướng mắc", seen_with=_SEE),
    Page("difficulties:step_file", "Tệp văn bản trả lời vướng mắc", seen_with=_SEE),
]
MOVES = [
    Deed("difficulties:send", "Gửi vướng mắc lên cấp trên", SEND, seen_with=_SEE),
    Deed("difficulties:withdraw", "Rút vướng mắc", RAISE, seen_with=_SEE),
    Deed("difficulties:apply", "Áp dụng trả lời dùng chung", RAISE, seen_with=_SEE),
    Deed("difficulties:decline", "Bỏ áp dụng trả lời dùng chung", RAISE, seen_with=_SEE),
    Deed("difficulties:take_on", "Tiếp nhận vướng mắc", ANSWER, seen_with=_SEE),
    Deed("difficulties:answer", "Trả lời vướng mắc", ANSWER, seen_with=_SEE),
    Deed("difficulties:return", "Trả lại vướng mắc để làm rõ", ANSWER, seen_with=_SEE),
    Deed("difficulties:pass_up", "Chuyển vướng mắc lên cấp trên", SEND, seen_with=_SEE),
    Deed("difficulties:refer", "Chuyển cơ quan chuyên môn", ANSWER, seen_with=_SEE),
    Deed("difficulties:accept", "Đồng ý với trả lời", RAISE, seen_with=_SEE),
    Deed("difficulties:reopen", "Mở lại vướng mắc", RAISE, seen_with=_SEE),
    Deed("difficulties:close", "Đóng vướng mắc", ANSWER, seen_with=_SEE),
    Deed("difficulties:guide", "Chọn làm trả lời dùng chung", GUIDE, at_top=True),
]

RIGHTS = {
    Actor.OFFICER: RAISE,
    Actor.HEAD: SEND,
    Actor.HOLDER: ANSWER,
    Actor.HOLDER_HEAD: SEND,
}
_OF_HOLDER = {Actor.HOLDER, Actor.HOLDER_HEAD}


def may(user: User, move: Move, difficulty: Difficulty) -> bool:
    """
    Return whether the person has the part in which `move` is made: in the state as it is, or, where
    it allows none, in any other.
    """
    status = Status(difficulty.status)
    here = DIFFICULTY.transitions.get((status, move))
    rows = [here] if here else [t for (_, m), t in DIFFICULTY.transitions.items() if m is move]
    return any(_may(user, Actor(row.actor), difficulty) for row in rows)


def _may(user: User, actor: Actor, difficulty: Difficulty) -> bool:
    right = RIGHTS.get(actor)
    agency = difficulty.holder if actor in _OF_HOLDER else difficulty.agency
    return right is not None and user.access.allows(right, agency.path or "/")


def check_part(user: User, move: Move, difficulty: Difficulty) -> None:
    """
    Check that `user` has the part in which `move` is made, whatever the state.

    :raises PermissionDenied: if he has not.
    """
    if not may(user, move, difficulty):
        raise PermissionDenied


def check(user: User, move: Move, difficulty: Difficulty) -> None:
    """
    Check that `user` may make `move` on the difficulty now.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    status = Status(difficulty.status)
    DIFFICULTY.transition_for(status, move)
    own = difficulty.holder_id == difficulty.agency_id
    # What the agency applied itself is declined; what a level answered is reopened.
    if move in {Move.REOPEN, Move.DECLINE} and own is not (move is Move.DECLINE):
        raise IllegalMove(status, move)
    check_part(user, move, difficulty)


def can(user: User, move: Move, difficulty: Difficulty) -> bool:
    try:
        check(user, move, difficulty)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def check_raise(user: User, agency: Agency) -> None:
    """
    Check that `user` may raise difficulties of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(RAISE, agency.path or "/"):
        raise PermissionDenied


def may_raise_anywhere(user: User) -> bool:
    """Return whether the person raises difficulties of any agency."""
    return bool(user.access.paths(RAISE))


def raising_agencies(user: User) -> list[Agency]:
    """Return the agencies whose difficulties the person raises: where he sits with that right."""
    held = [p for p in user.current_positions if RAISE in p.role.permissions]
    return list({p.agency.pk: p.agency for p in held}.values())


def sees_whole(user: User, difficulty: Difficulty) -> bool:
    """Return whether the person sees more of it than what all units may read as guidance."""
    return Difficulty.objects.own_to(user).filter(pk=difficulty.pk).exists()


def may_guide(user: User, office: Agency) -> bool:
    """Return whether the person answers for all units: in the name of the Office."""
    return user.access.allows(GUIDE, office.path or "/")


def check_guide(user: User, office: Agency) -> None:
    """
    Check that `user` may make an answer a guidance to all units.

    :raises PermissionDenied: if he may not.
    """
    if not may_guide(user, office):
        raise PermissionDenied
