"""What waits for one person: drafts to finish, proposals to confirm, procedures to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from typing import TypedDict

from django.db.models import Q

from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion, branch
from tinhgon.domain.access import Permission

SHOWN = 5


class Waiting(TypedDict):
    """One short list: its first rows, and how many there are in all."""

    key: str
    title: str
    rows: list[ProcedureVersion]
    count: int


_PARTS = (
    ("returned", "Bị trả lại, cần sửa", Permission.PROPOSE_PROCEDURE, Status.RETURNED),
    ("drafts", "Đang soạn", Permission.PROPOSE_PROCEDURE, Status.DRAFT),
    ("to_confirm", "Chờ thủ trưởng xác nhận", Permission.CONFIRM_PROCEDURE, Status.PROPOSED),
    ("to_check", "Chờ Văn phòng kiểm soát", Permission.CHECK_PROCEDURE, Status.CONFIRMED),
)


def waiting(user: User, *, today: date) -> list[Waiting]:
    """
    Return what waits for the person, the oldest first, without the lists that are none of his.

    Writing and confirming wait for those nearest to the agency, as notices do; checking waits for
    everybody who controls the branch.
    """
    wanted = [part for part in _PARTS if user.access.paths(part[2])]
    found = _found(user, wanted) if wanted else {}
    nearest = _Nearest(user, today) if found else None
    parts: list[Waiting] = []
    shown: list[int] = []
    for key, title, permission, status in wanted:
        pks = [
            pk
            for pk, path in found.get(status.value, ())
            if permission is Permission.CHECK_PROCEDURE
            or (nearest is not None and nearest.holds(permission, path))
        ]
        parts.append({"key": key, "title": title, "rows": [], "count": len(pks)})
        shown += pks[:SHOWN]
    rows = _rows(shown)
    for part, (_, _, _, status) in zip(parts, wanted, strict=True):
        part["rows"] = [row for row in rows if row.status == status]
    return parts


def _found(
    user: User, wanted: Iterable[tuple[str, str, Permission, Status]]
) -> dict[str, list[tuple[int, str]]]:
    """Return by status the versions on the person's branches: keys, and paths of the agencies."""
    condition = Q(pk__in=[])
    for _, _, permission, status in wanted:
        condition |= branch(user, "procedure__agency", permission) & Q(status=status.value)
    rows = ProcedureVersion.objects.filter(condition).order_by("changed_at", "pk")
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, held, path in rows.values_list("pk", "status", "procedure__agency__path"):
        found[held].append((pk, path or "/"))
    return found


def _rows(pks: Collection[int]) -> list[ProcedureVersion]:
    if not pks:
        return []
    return list(
        ProcedureVersion.objects.filter(pk__in=pks)
        .select_related("procedure__agency")
        .defer("content", "folded")
        .order_by("changed_at", "pk")
    )


class _Nearest:
    """Tells whether the person is among those who hold a permission nearest to an agency."""

    def __init__(self, user: User, today: date) -> None:
        self._own = _reaches(user.current_positions)
        self._today = today

    @cached_property
    def _all(self) -> dict[Permission, set[str]]:
        held = Position.objects.held_on(self._today).filter(user__is_active=True)
        return _reaches(held.select_related("role", "agency", "scope"))

    def holds(self, permission: Permission, path: str) -> bool:
        if path in self._own.get(permission, ()):
            return True  # nobody is nearer
        steps = path.strip("/").split("/")
        for length in range(len(steps), 0, -1):
            reach = "/" + "/".join(steps[:length]) + "/"
            if reach in self._all.get(permission, ()):
                return reach in self._own.get(permission, ())
        return False


def _reaches(positions: Iterable[Position]) -> dict[Permission, set[str]]:
    """Return the branches on which each permission to write or confirm is held."""
    found: dict[Permission, set[str]] = {}
    for position in positions:
        for each in (Permission.PROPOSE_PROCEDURE, Permission.CONFIRM_PROCEDURE):
            if each in position.role.permissions:
                found.setdefault(each, set()).add(position.reach)
    return found
