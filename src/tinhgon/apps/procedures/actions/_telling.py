"""Who is told what of a version: its officers, the head, the Office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from tinhgon.apps.accounts import queries as accounts
from tinhgon.apps.accounts.models import User
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import Move

_TOLD = {
    Move.SEND: "Đề nghị xác nhận thủ tục",
    Move.CONFIRM: "Đề nghị kiểm soát thủ tục",
    Move.SEND_BACK: "Thủ trưởng trả lại thủ tục để sửa",
    Move.RETURN: "Văn phòng trả lại thủ tục để sửa",
    Move.CHECK: "Văn phòng đã kiểm soát, chờ công bố thủ tục",
    Move.MARK_DUPLICATE: "Văn phòng đánh dấu thủ tục trùng lặp",
    Move.MARK_OUT_OF_SCOPE: "Văn phòng đưa ra khỏi danh mục thủ tục",
    Move.MERGE: "Văn phòng gộp thủ tục",
    Move.RESTORE: "Văn phòng khôi phục thủ tục",
}
"""Move → how its notice begins. Who makes the next step is told, or who made the one before."""


def tell(
    version: ProcedureVersion, move: Move, *, by: User, at: datetime, reason: str = ""
) -> None:
    """Tell the people concerned of a move, except the one who made it."""
    if move not in _TOLD:
        return
    name = version.name if len(version.name) <= _LONGEST else f"{version.name[:_LONGEST]}…"
    text = f"{_TOLD[move]}: {name}"
    notices.notify(
        users=[user for user in _concerned(version, move, at=at) if user.pk != by.pk],
        kind="procedures.moved",
        text=f"{text}. Lý do: {reason}" if reason else text,
        url=version.get_absolute_url(),
        at=at,
    )


def tell_all(
    versions: Sequence[ProcedureVersion], move: Move, *, by: User, at: datetime, reason: str = ""
) -> None:
    """Tell the same of many versions of one move, each person once for each agency."""
    if move not in _TOLD:
        return
    by_agency: dict[int, list[ProcedureVersion]] = defaultdict(list)
    for version in versions:
        by_agency[version.procedure.agency_id].append(version)
    for agency, rows in by_agency.items():
        if len(rows) == 1:
            tell(rows[0], move, by=by, at=at, reason=reason)
            continue
        writers = {row.created_by_id: row for row in rows}
        text = f"{_TOLD[move]}: {len(rows)} thủ tục của {rows[0].procedure.agency.label}"
        notices.notify(
            users=[
                user
                for row in writers.values()
                for user in _concerned(row, move, at=at)
                if user.pk != by.pk
            ],
            kind="procedures.moved",
            text=f"{text}. Lý do: {reason}" if reason else text,
            url=f"{reverse('procedures:list')}?che-do=thong-ke&co-quan={agency}",
            at=at,
        )


_LONGEST = 200  # letters of a name, so that the reason after it is read, too


def _concerned(version: ProcedureVersion, move: Move, *, at: datetime) -> Iterable[User]:
    agency, day = version.procedure.agency, at.date()
    match move:
        case Move.SEND:
            return accounts.holding_nearest(agency, Permission.CONFIRM_PROCEDURE, on=day)
        case Move.CONFIRM:
            return accounts.holding(agency, Permission.CHECK_PROCEDURE, on=day)
        case _:
            officers = accounts.holding_nearest(agency, Permission.PROPOSE_PROCEDURE, on=day)
            return [version.created_by, *officers]
