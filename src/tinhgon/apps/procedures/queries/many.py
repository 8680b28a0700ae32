"""One change to many versions: for each whether it can be made, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.enums import STATUS_LABELS, Status, Task
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common.batches import batches
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import (
    PUBLISHED,
    UNPUBLISHED,
    VERSION,
    Actor,
    Move,
    Record,
    blocks,
    difference,
)

from ._loading import findings_of

MOST_AT_ONCE = 2_000
"""Versions that one change is made to: it is one transaction, and everybody waits for its end."""

MOVES: Mapping[Task, Move] = {
    Task.SEND: Move.SEND,
    Task.CONFIRM: Move.CONFIRM,
    Task.SEND_BACK: Move.SEND_BACK,
    Task.CHECK: Move.CHECK,
    Task.RETURN: Move.RETURN,
}
WITH_REASON = frozenset({Task.SEND_BACK, Task.RETURN})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done: parts of the record with their new values, a move, or a link."""

    task: Task
    values: Mapping[str, Any] = field(default_factory=dict)
    canonical: Procedure | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A version with what becomes of it in words, or why nothing does."""

    version: ProcedureVersion
    change: str = ""
    refusal: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    wanted: Wanted
    will: list[Judged]
    not_: list[Judged]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why the others stay as they are, the most frequent reason first."""
        counts: dict[str, int] = {}
        for each in self.not_:
            counts[each.refusal] = counts.get(each.refusal, 0) + 1
        return sorted(counts.items(), key=lambda pair: -pair[1])


def chosen(*, user: User, pks: Iterable[int]) -> dict[int, int]:
    """Return those of the versions that the person may see: key → row version."""
    found: dict[int, int] = {}
    for batch in batches(list(pks)):
        rows = ProcedureVersion.objects.visible_to(user).filter(pk__in=batch).order_by()
        found |= dict(rows.values_list("pk", "version"))
    return found


def load(*, user: User, pks: Iterable[int]) -> list[ProcedureVersion]:
    """Return the versions that the person may see, by name, with what a change looks at."""
    found: list[ProcedureVersion] = []
    for batch in batches(list(pks)):
        found += (
            ProcedureVersion.objects.visible_to(user)
            .filter(pk__in=batch)
            .select_related("procedure__agency", "procedure__canonical", "created_by", "field")
        )
    return sorted(found, key=lambda version: (version.sort_name, version.pk))


def preview(
    *, user: User, wanted: Wanted, versions: Sequence[ProcedureVersion], on: date
) -> Preview:
    """Return what would become of each version; nothing is written."""
    judge = _Judge(user, wanted, versions, on)
    judged = [judge.judge(version) for version in versions]
    return Preview(
        wanted,
        will=[each for each in judged if not each.refusal],
        not_=[each for each in judged if each.refusal],
    )


def tasks_for(user: User) -> list[Task]:
    """Return what the person may do to procedures anywhere."""
    return [task for task in Task if user.access.paths(_RIGHTS[task])]


_RIGHTS = {
    Task.SET: policies.RIGHTS[Actor.OFFICER],
    Task.SEND: policies.RIGHTS[Actor.OFFICER],
    Task.CONFIRM: policies.RIGHTS[Actor.HEAD],
    Task.SEND_BACK: policies.RIGHTS[Actor.HEAD],
    Task.CHECK: policies.RIGHTS[Actor.OFFICE],
    Task.RETURN: policies.RIGHTS[Actor.OFFICE],
    Task.LINK: policies.RIGHTS[Actor.OFFICE],
}
_NO_RIGHT = "Không thuộc quyền của anh/chị"


class _Judge:
    def __init__(
        self, user: User, wanted: Wanted, versions: Sequence[ProcedureVersion], on: date
    ) -> None:
        self._user, self._wanted = user, wanted
        self._faulty: frozenset[int] = frozenset()
        if wanted.task is Task.CHECK:
            able = [v for v in versions if policies.can(user, Move.CHECK, v)]
            found = findings_of(able, on=on)
            self._faulty = frozenset(pk for pk, findings in found.items() if blocks(findings))
        self._linked: set[int] = set()
        self._shared: frozenset[int] = frozenset()
        if wanted.task is Task.LINK:
            pks = [version.procedure_id for version in versions]
            self._shared = frozenset(
                pk
                for batch in batches(pks)
                for pk in Procedure.objects.filter(pk__in=batch, local_copies__isnull=False)
                .order_by()
                .values_list("pk", flat=True)
            )

    def judge(self, version: ProcedureVersion) -> Judged:
        match self._wanted.task:
            case Task.SET:
                return self._set(version)
            case Task.LINK:
                return self._link(version)
            case task:
                return self._move(version, MOVES[task])

    def _move(self, version: ProcedureVersion, move: Move) -> Judged:
        if refusal := self._refusal(version, move):
            return Judged(version, refusal=refusal)
        if version.pk in self._faulty:
            return Judged(version, refusal="Còn nội dung bắt buộc chưa đạt")
        return Judged(version, change=STATUS_LABELS[_after(version, move)])

    def _set(self, version: ProcedureVersion) -> Judged:
        if refusal := self._refusal(version, Move.EDIT):
            return Judged(version, refusal=refusal)
        record = replace(version.record, **self._wanted.values)
        changed = difference(version.record, record)
        if not changed:
            return Judged(version, refusal="Đã đúng như vậy")
        words = "; ".join(
            f"{part.label}: {row.old or '(trống)'} → {row.new or '(trống)'}"
            for part in changed
            for row in part.rows
        )
        return Judged(version, change=words, record=record)

    def _link(self, version: ProcedureVersion) -> Judged:
        procedure, canonical = version.procedure, self._wanted.canonical
        assert canonical is not None  # noqa: S101 — the form wants one
        if not policies.may_check(self._user, procedure.agency):
            return Judged(version, refusal=_NO_RIGHT)
        if procedure.pk == canonical.pk:
            return Judged(version, refusal="Chính là bản dùng chung")
        if procedure.pk in self._linked:
            return Judged(version, refusal="Thủ tục này đã có một bản khác trong danh sách chọn")
        if procedure.canonical_id == canonical.pk:
            return Judged(version, refusal="Đã gắn với bản này")
        if procedure.pk in self._shared:
            return Judged(version, refusal="Đang là bản dùng chung của thủ tục khác")
        if procedure.merged_into_id is not None or _is_aside(version):
            return Judged(version, refusal="Đã để riêng")
        self._linked.add(procedure.pk)
        old = procedure.canonical.local_code if procedure.canonical else "(không)"
        return Judged(version, change=f"Bản dùng chung: {old} → {canonical.local_code}")

    def _refusal(self, version: ProcedureVersion, move: Move) -> str:
        try:
            policies.check(self._user, move, version)
        except IllegalMove:
            return f"Không làm được khi {STATUS_LABELS[Status(version.status)].lower()}"
        except PermissionDenied:
            return _NO_RIGHT
        return ""


def _after(version: ProcedureVersion, move: Move) -> Status:
    return VERSION.transition_for(Status(version.status), move).to


def _is_aside(version: ProcedureVersion) -> bool:
    status = Status(version.status)
    return status not in PUBLISHED and status not in UNPUBLISHED
