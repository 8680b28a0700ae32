"""The life of a review: finished by the officer, confirmed by the head, checked by the Office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import MOVED_LABELS, STATUS_LABELS, Move, Outcome, Status
from tinhgon.apps.reviews.models import Review
from tinhgon.apps.reviews.queries.facts import known_of
from tinhgon.apps.reviews.queries.standing import current_version
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reviewing import (
    REVIEW,
    Conclusion,
    answers_from_json,
    answers_to_json,
    missing,
    outcome_faults,
)
from tinhgon.domain.reviewing import renew as renewed

_VOUCHING = {Move.CONFIRM, Move.CHECK}
"""Who makes one of these stands behind what the review says of the version."""
_REASONED = {Move.SEND_BACK, Move.RETURN, Move.LAPSE}
_LONGEST = 200


@transaction.atomic
def move_review(
    *, review: Review, move: Move, by: User, at: datetime, seen: int, reason: str = ""
) -> None:
    """
    Confirm, check, return or take back.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if it is returned without a reason, or confirmed or checked although the
        version under review is no longer in force.
    :raises StaleObject: if the review changed since `seen` was seen.
    """
    entry = _moved(review, move, by=by, at=at, seen=seen, reason=reason, values={})
    audit.record_all([entry], by=by, at=at)


@transaction.atomic
def finish(*, review: Review, by: User, at: datetime, seen: int) -> None:
    """
    Send the review to the head of the agency.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if something is not answered, two answers stand side by side, the outcome does
        not go with the answers, or the version under review is no longer in force.
    :raises StaleObject: if the review changed since `seen` was seen.
    """
    policies.check(by, Move.FINISH, review)
    if not review.procedure_version.holds_on(at.date()):
        raise Refused("Bản đang rà soát không còn hiệu lực. Xử lý theo hướng dẫn ở đầu trang.")
    known = known_of(review, today=at.date())
    form, answers = review.round.questionnaire.form, answers_from_json(review.answers)
    if lacking := missing(form, known.record, answers):
        names = ", ".join(dict.fromkeys(each.asked.question.id for each in lacking))
        raise Refused(f"Còn {len(lacking)} câu chưa trả lời đủ: {names}.")
    if review.asides:
        raise Refused("Còn câu có hai người trả lời khác nhau. Chọn một câu trả lời.")
    conclusion = Conclusion(
        outcome=Outcome(review.outcome) if review.outcome else None,
        reason=review.outcome_reason,
        into=str(review.merge_into_id or ""),
    )
    if faults := outcome_faults(form, answers, conclusion):
        raise Refused(" ".join(fault.text for fault in faults), "outcome")
    values = {"answered_at": at, "answered_by": by}
    entry = _moved(review, Move.FINISH, by=by, at=at, seen=seen, values=values)
    audit.record_all([entry], by=by, at=at)


@transaction.atomic
def move_many(
    *, reviews: Sequence[Review], move: Move, by: User, at: datetime, seen: Mapping[int, int]
) -> list[Review]:
    """
    Confirm or check many at once, and return those left out: by now they are in another state, of
    a version no longer in force, or it is not for `by` to do.

    `seen`: key of a review → the version that was seen.
    """
    left, entries = [], []
    for review in reviews:
        try:
            entry = _moved(review, move, by=by, at=at, seen=seen.get(review.pk, 0), values={})
        except (IllegalMove, PermissionDenied, Refused, StaleObject):
            left.append(review)
        else:
            entries.append(entry)
    audit.record_all(entries, by=by, at=at)
    return left


@transaction.atomic
def renew(*, review: Review, by: User, at: datetime, seen: int) -> None:
    """
    Go on with the version that is in force now: all answers are kept, and what speaks of a part
    that has changed is to be looked at again.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if no other version is in force.
    :raises StaleObject: if the review changed since `seen` was seen.
    """
    policies.check(by, Move.RENEW, review)
    version = current_version(review, on=at.date())
    if version is None or version.pk == review.procedure_version_id:
        raise Refused("Thủ tục không có bản nào khác đang có hiệu lực.")
    old, known = review.procedure_version, known_of(review, today=at.date(), version=version)
    answers = answers_from_json(review.answers)
    if answers:
        form = review.round.questionnaire.form
        answers = renewed(form, known.record, known.facts, old=old.record, answers=answers)
    led_to = REVIEW.transition_for(Status(review.status), Move.RENEW).to
    status = led_to if answers else Status.TO_DO
    review.change(
        seen_version=seen,
        status=status.value,
        procedure_version=version,
        answers=answers_to_json(answers),
        reason="",
        changed_at=at,
        **_stamps(status, Move.RENEW, by, at),
    )
    change = audit.Change("Bản rà soát", f"bản {old.number}", f"bản {version.number}")
    audit.record("reviews.renewed", review, by=by, at=at, changes=[change])


@transaction.atomic
def lapse(*, review: Review, by: User, at: datetime, seen: int) -> None:
    """
    Close the review of a procedure that is no longer in force.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if a version of it is in force, or will be.
    :raises StaleObject: if the review changed since `seen` was seen.
    """
    policies.check(by, Move.LAPSE, review)
    if _will_hold(review, at):
        raise Refused("Thủ tục vẫn có bản còn hiệu lực. Rà soát tiếp theo bản đó.")
    entry = _moved(
        review,
        Move.LAPSE,
        by=by,
        at=at,
        seen=seen,
        reason="Thủ tục không còn hiệu lực.",
        values={},
    )
    audit.record_all([entry], by=by, at=at)


def _will_hold(review: Review, at: datetime) -> bool:
    rows = ProcedureVersion.objects.filter(procedure=review.procedure_id)
    lasting = Q(valid_to=None) | Q(valid_to__gt=at.date())
    return rows.filter(lasting, valid_from__isnull=False).exists()


@transaction.atomic
def resume(*, review: Review, by: User, at: datetime, seen: int) -> None:
    """
    Take up again the review of a procedure that is in force after all.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if no version of it is in force.
    :raises StaleObject: if the review changed since `seen` was seen.
    """
    policies.check(by, Move.RESUME, review)
    if current_version(review, on=at.date()) is None:
        raise Refused("Thủ tục không có bản nào đang có hiệu lực.")
    entry = _moved(review, Move.RESUME, by=by, at=at, seen=seen, values={})
    audit.record_all([entry], by=by, at=at)


def _moved(
    review: Review,
    move: Move,
    *,
    by: User,
    at: datetime,
    seen: int,
    values: Mapping[str, Any],
    reason: str = "",
) -> audit.Entry:
    """Move the review, tell whom it concerns, and return what the trail is to say."""
    policies.check(by, move, review)
    reason = reason.strip()
    if move in _REASONED and not reason:
        raise Refused("Ghi rõ lý do để cơ quan biết cần rà soát thêm gì.", "reason")
    old = Status(review.status)
    new = REVIEW.transition_for(old, move).to
    if move in _VOUCHING and not review.procedure_version.holds_on(at.date()):
        raise Refused("Bản đang rà soát không còn hiệu lực. Chờ cơ quan xử lý phiếu trước.")
    review.change(
        seen_version=seen,
        status=new.value,
        reason=reason[:2000],
        changed_at=at,
        **_stamps(new, move, by, at),
        **values,
    )
    _tell(review, move, by=by, at=at, reason=reason)
    change = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
    return audit.Entry("reviews.moved", review, (change,), reason)


def _stamps(new: Status, move: Move, by: User, at: datetime) -> dict[str, Any]:
    """Return who stands behind the review from now on: those before only in states of theirs."""
    stamps: dict[str, Any] = {}
    if new not in {Status.CONFIRMED, Status.CHECKED}:
        stamps |= {"confirmed_at": None, "confirmed_by": None}
    if new is not Status.CHECKED:
        stamps |= {"checked_at": None, "checked_by": None}
    if move is Move.CONFIRM:
        stamps |= {"confirmed_at": at, "confirmed_by": by, "last_confirmed_at": at}
    if move is Move.CHECK:
        stamps |= {"checked_at": at, "checked_by": by}
    return stamps


def _tell(review: Review, move: Move, *, by: User, at: datetime, reason: str) -> None:
    if move not in MOVED_LABELS:
        return
    name = review.procedure_version.name[:_LONGEST]
    text = f"{MOVED_LABELS[move]}: {name}"
    notices.notify(
        users=[user for user in _concerned(review, move, at=at) if user.pk != by.pk],
        kind="reviews.moved",
        text=f"{text}. Lý do: {reason}" if reason else text,
        url=review.get_absolute_url(),
        at=at,
    )


def _concerned(review: Review, move: Move, *, at: datetime) -> list[User]:
    agency, day = review.agency, at.date()
    match move:
        case Move.FINISH:
            return people.holding_nearest(agency, Permission.CONFIRM_REVIEW, on=day)
        case Move.CONFIRM:
            return people.holding(agency, Permission.CHECK_REVIEW, on=day)
        case _:
            return [user for user in (review.reviewer, review.answered_by) if user is not None]
