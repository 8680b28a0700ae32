"""A difficulty goes up the tree, one level at a time, and comes back where something is lacking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.enums import Move, Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.routing import is_department_of, way_from
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.difficulties import centre_on

from ._shared import NO_PAPER, Paper, Step, make_move, register, said, tell

_RAISE, _ANSWER = Permission.RAISE_DIFFICULTY, Permission.ANSWER_DIFFICULTY


@transaction.atomic
def send_difficulty(
    *, difficulty: Difficulty, paper: Paper = NO_PAPER, by: User, at: datetime, seen: int
) -> None:
    """
    The head lays the difficulty before the next level; after a return, before the one that returned
    it. The Office of the province has only the centre above it.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if it does not say what was done within its own authority, or what it asks for;
        or its day has gone by.
    :raises FileRefused: if the file of the letter may not be kept.
    """
    policies.check(by, Move.SEND, difficulty)
    if not difficulty.own_part:
        raise Refused("Ghi những việc đã làm trong thẩm quyền trước khi gửi cấp trên.", "own_part")
    if not difficulty.proposal:
        raise Refused("Ghi kiến nghị, đề xuất trước khi gửi cấp trên.", "proposal")
    if difficulty.due_on < at.date():
        raise Refused("Ngày cần trả lời đã qua, sửa lại ngày rồi gửi.", "due_on")
    back = _returned_by(difficulty)
    if back is not None and back.exists_on(at.date()):
        above: Agency | None = back
    else:
        above = way_from(difficulty.agency, on=at.date()).above
    _up(difficulty, above, "", paper, by=by, at=at, seen=seen)


@transaction.atomic
def pass_up(
    *,
    difficulty: Difficulty,
    opinion: str,
    addressee: str = "",
    paper: Paper = NO_PAPER,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    The level that has it lays it before the next one, with its opinion; from the Office of the
    province it goes to the centre: to `addressee`, or to whom the control of procedures has on the
    day.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no opinion is given.
    :raises FileRefused: if the file of the letter may not be kept.
    """
    policies.check(by, Move.PASS_UP, difficulty)
    words = said(opinion, "Ghi ý kiến của cơ quan đối với vướng mắc này.")
    above = way_from(difficulty.holder, on=at.date()).above
    _up(difficulty, above, words, paper, addressee=addressee, by=by, at=at, seen=seen)


def _up(
    difficulty: Difficulty,
    above: Agency | None,
    words: str,
    paper: Paper,
    *,
    by: User,
    at: datetime,
    seen: int,
    addressee: str = "",
) -> None:
    own = Status(difficulty.status) in {Status.NEW, Status.RETURNED}
    station = difficulty.agency if own else difficulty.holder
    subject = f"kiến nghị giải quyết khó khăn, vướng mắc: {difficulty.title}"
    document, entries = register(paper, owner=station, subject=subject, by=by, at=at)
    if above is None:
        to = addressee.strip()[:200] or centre_on(at.date()).name
        step = Step(station, station, words, document, to)
        moved = make_move(difficulty, Move.SEND_TO_CENTRE, step, by=by, at=at, seen=seen)
        kind = "difficulties.sent_to_centre"
        moved += (audit.Change("Kiến nghị tới", "", to),)
        told = f"đã kiến nghị {to}."
    else:
        step = Step(station, above, words, document)
        move = Move.SEND if own else Move.PASS_UP
        moved = make_move(difficulty, move, step, by=by, at=at, seen=seen)
        kind = "difficulties.sent" if own else "difficulties.passed_up"
        tell(above, _ANSWER, difficulty, f"{station.label} gửi đến, chờ xử lý.", by=by, at=at)
        told = f"đã chuyển {above.label}."
    if not own:
        tell(difficulty.agency, _RAISE, difficulty, told, by=by, at=at)
    audit.record_all([audit.Entry(kind, difficulty, moved, words), *entries], by=by, at=at)


@transaction.atomic
def take_on(*, difficulty: Difficulty, by: User, at: datetime, seen: int) -> None:
    """
    The level before which it was laid takes it on; its agency is told.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    step = Step(difficulty.holder, difficulty.holder)
    moved = make_move(difficulty, Move.TAKE_ON, step, by=by, at=at, seen=seen)
    text = f"{difficulty.holder.label} đã tiếp nhận."
    tell(difficulty.agency, _RAISE, difficulty, text, by=by, at=at)
    audit.record("difficulties.taken_on", difficulty, by=by, at=at, changes=moved)


@transaction.atomic
def return_difficulty(
    *, difficulty: Difficulty, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Give it back to its agency: something is lacking before it can be answered.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no reason is given.
    """
    policies.check(by, Move.RETURN, difficulty)
    words = said(reason, "Ghi rõ cần bổ sung, làm rõ nội dung gì.")
    step = Step(difficulty.holder, difficulty.agency, words)
    moved = make_move(difficulty, Move.RETURN, step, by=by, at=at, seen=seen)
    text = f"{step.station.label} trả lại để làm rõ."
    tell(difficulty.agency, _RAISE, difficulty, text, by=by, at=at)
    audit.record("difficulties.returned", difficulty, by=by, at=at, changes=moved, reason=words)


@transaction.atomic
def refer_difficulty(
    *,
    difficulty: Difficulty,
    to: Agency,
    opinion: str,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    The Office of the province gives it to the department whose field it is.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the holder is not the Office, or `to` none of its departments on the day.
    """
    policies.check(by, Move.REFER, difficulty)
    way = way_from(difficulty.holder, on=at.date())
    if way.office is None or way.office.pk != difficulty.holder_id:
        raise Refused("Chỉ Văn phòng UBND tỉnh chuyển vướng mắc cho cơ quan chuyên môn.")
    if not is_department_of(way.office, to, on=at.date()):
        raise Refused("Chọn một sở, ban, ngành đang hoạt động.", "agency")
    step = Step(difficulty.holder, to, opinion.strip())
    moved = make_move(difficulty, Move.REFER, step, by=by, at=at, seen=seen)
    text = f"{step.station.label} chuyển đến, chờ xử lý."
    tell(to, _ANSWER, difficulty, text, by=by, at=at)
    tell(difficulty.agency, _RAISE, difficulty, f"đã chuyển {to.label}.", by=by, at=at)
    audit.record(
        "difficulties.referred", difficulty, by=by, at=at, changes=moved, reason=step.words
    )


@transaction.atomic
def withdraw_difficulty(
    *, difficulty: Difficulty, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Its agency no longer asks: it was solved otherwise, or raised in error.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no reason is given.
    """
    policies.check(by, Move.WITHDRAW, difficulty)
    words = said(reason, "Ghi lý do rút vướng mắc.")
    holder = difficulty.holder
    step = Step(difficulty.agency, holder, words)
    moved = make_move(difficulty, Move.WITHDRAW, step, by=by, at=at, seen=seen)
    if holder.pk != difficulty.agency_id:
        tell(holder, _ANSWER, difficulty, "đã rút, không phải xử lý nữa.", by=by, at=at)
    audit.record("difficulties.withdrawn", difficulty, by=by, at=at, changes=moved, reason=words)


@transaction.atomic
def close_difficulty(
    *, difficulty: Difficulty, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    The level that has it ends it: it is settled, or its agency no longer says anything.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no reason is given.
    """
    policies.check(by, Move.CLOSE, difficulty)
    words = said(reason, "Ghi lý do đóng vướng mắc.")
    step = Step(difficulty.holder, difficulty.holder, words)
    moved = make_move(difficulty, Move.CLOSE, step, by=by, at=at, seen=seen)
    tell(difficulty.agency, _RAISE, difficulty, f"đã đóng: {words}", by=by, at=at)
    audit.record("difficulties.closed", difficulty, by=by, at=at, changes=moved, reason=words)


def _returned_by(difficulty: Difficulty) -> Agency | None:
    """Return the level that returned it last, where it is back at its agency now."""
    if Status(difficulty.status) is not Status.RETURNED:
        return None
    step = difficulty.steps.filter(move=Move.RETURN.value).select_related("station").last()
    return step.station if step else None
