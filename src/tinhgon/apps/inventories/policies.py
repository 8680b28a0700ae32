"""Who asks for a supplementary inventory, who answers, who takes the answers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import REPLY, ReplyActor

from .enums import ReplyMove, ReplyStatus
from .models import Inventory, InventoryReply

_SEE = Permission.SEE
PAGES = [
    Page("inventories:list", "Thống kê bổ sung"),
    Page("inventories:open", "Mở đợt thống kê bổ sung", Permission.CHECK_PROCEDURE),
    Page("inventories:detail", "Một đợt thống kê bổ sung", seen_with=_SEE),
    Page("inventories:reply", "Trả lời của một cơ quan", seen_with=_SEE),
]
MOVES = [
    Deed("inventories:close", "Kết thúc đợt thống kê", Permission.CHECK_PROCEDURE, seen_with=_SEE),
    Deed("inventories:answer", "Trả lời thống kê", Permission.PROPOSE_PROCEDURE, seen_with=_SEE),
    Deed("inventories:decide", "Nhận, trả lại trả lời", Permission.CHECK_PROCEDURE, seen_with=_SEE),
]
_RIGHTS = {
    ReplyActor.AGENCY: Permission.PROPOSE_PROCEDURE,
    ReplyActor.OFFICE: Permission.CHECK_PROCEDURE,
}


def askers(user: User) -> list[Agency]:
    """Return the agencies in whose name the person may ask: the tops of what he controls."""
    paths = user.access.paths(Permission.CHECK_PROCEDURE)
    return list(Agency.objects.filter(path__in=paths).order_by("path"))


def check_ask(user: User, agency: Agency) -> None:
    """
    Check that `user` may ask the branch of `agency` for an inventory.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(Permission.CHECK_PROCEDURE, agency.path or "/"):
        raise PermissionDenied


def can_close(user: User, inventory: Inventory) -> bool:
    return inventory.closed_on is None and user.access.allows(
        Permission.CHECK_PROCEDURE, inventory.agency.path or "/"
    )


def check_part(user: User, move: ReplyMove, reply: InventoryReply) -> None:
    """
    Check that `user` has the part in which `move` is made, whatever the state.

    :raises PermissionDenied: if he has not.
    """
    actor = next(ReplyActor(t.actor) for (_, each), t in REPLY.transitions.items() if each is move)
    place = reply.agency if actor is ReplyActor.AGENCY else reply.inventory.agency
    if not user.access.allows(_RIGHTS[actor], place.path or "/"):
        raise PermissionDenied


def check(user: User, move: ReplyMove, reply: InventoryReply) -> None:
    """
    Check that `user` may make `move` on the reply now.

    :raises IllegalMove: if nobody may, because of its state, or the inventory is over.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    status = ReplyStatus(reply.status)
    actor = ReplyActor(REPLY.transition_for(status, move).actor)
    if reply.inventory.closed_on is not None and actor is ReplyActor.AGENCY:
        raise IllegalMove(status, move)
    check_part(user, move, reply)


def can(user: User, move: ReplyMove, reply: InventoryReply) -> bool:
    try:
        check(user, move, reply)
    except (IllegalMove, PermissionDenied):
        return False
    return True
