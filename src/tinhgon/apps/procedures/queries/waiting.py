"""What waits for one person: drafts to finish, proposals to confirm, procedures to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, TypedDict

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, branch
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


class _Group(NamedTuple):
    """What waits in one state at one agency: its first rows, and how many there are."""

    path: str
    number: int
    rows: list[ProcedureVersion]


def waiting(user: User, *, today: date) -> list[Waiting]:
    """
    Return what waits for the person, the oldest first, without the lists that are none of his; one
    query, one more where it depends on who is nearer to an agency.

    Writing and confirming wait for those nearest to the agency, as notices do; checking waits for
    everybody who controls the branch.
    """
    wanted = [part for part in _PARTS if user.access.paths(part[2])]
    found = _found(user, wanted) if wanted else {}
    nearest = _Nearest(user, today)
    parts: list[Waiting] = []
    for key, title, permission, status in wanted:
        own = [
            group
            for group in found.get(status.value, ())
            if permission is Permission.CHECK_PROCEDURE or nearest.holds(permission, group.path)
        ]
        rows = sorted((row for group in own for row in group.rows), key=_age)
        count = sum(group.number for group in own)
        parts.append({"key": key, "title": title, "rows": rows[:SHOWN], "count": count})
    return parts


def _age(version: ProcedureVersion) -> tuple[datetime, int]:
    return version.changed_at, version.pk


def _found(
    user: User, wanted: Iterable[tuple[str, str, Permission, Status]]
) -> dict[str, list[_Group]]:
    """Return by status what stands at each agency on the person's branches."""
    condition = Q(pk__in=[])
    for _, _, permission, status in wanted:
        condition |= branch(user, "procedure__agency", permission) & Q(status=status.value)
    alike = ("status", "procedure__agency")
    rows = ProcedureVersion.objects.filter(condition).annotate(
        place=Window(RowNumber(), partition_by=alike, order_by=["changed_at", "pk"]),
        in_group=Window(Count("pk"), partition_by=alike),
    )
    found: dict[tuple[str, int], _Group] = {}
    for *values, agency, name, short, path, count in (
        rows.filter(place__lte=SHOWN)
        .order_by("changed_at", "pk")
        .values_list(
            *_FIELDS,
            "procedure__agency",
            "procedure__agency__name",
            "procedure__agency__short_name",
            "procedure__agency__path",
            "in_group",
        )
    ):
        version = ProcedureVersion(**dict(zip(_FIELDS, values, strict=True)))
        version.procedure = Procedure(
            pk=version.procedure_id, agency=Agency(pk=agency, name=name, short_name=short)
        )
        group = found.setdefault((version.status, agency), _Group(path or "/", count, []))
        group.rows.append(version)
    by_status: dict[str, list[_Group]] = defaultdict(list)
    for (held, _), group in found.items():
        by_status[held].append(group)
    return by_status


_FIELDS = ("pk", "procedure_id", "number", "name", "status", "changed_at")


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
