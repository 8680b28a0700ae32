"""
Answers of a review, saved one by one as they are given.

Nobody's words are lost: who answers a question that somebody else answered since he saw it finds
both side by side (`Review.asides`), and one of them is chosen. The row is guarded by its version;
where another answer was saved in between, the change is made anew upon it. Answers carry who wrote
them and when, so the trail records only that a review was begun and how it went on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import OUTCOME_LABELS, Move, Outcome, Status
from tinhgon.apps.reviews.models import Review
from tinhgon.apps.reviews.queries.facts import Known, answers_of, conclusion_stamp, known_of
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.reviewing import (
    REVIEW,
    Answer,
    Aside,
    NotAnAnswer,
    Source,
    answers_to_json,
    asides_from_json,
    asides_to_json,
    clean,
    every_question,
    stamp,
)

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Written:
    """
    An answer as somebody wrote it; `seen` is the stamp of the one he had before him.

    `stands`: he says that what was carried over is still right.
    """

    key: str
    value: str
    reason: str
    seen: str
    stands: bool = False


@dataclass(slots=True)
class Result:
    """
    What became of answers: which are written, which stand beside those of others now, and which
    were refused. What one left as he saw it is in none of them.
    """

    saved: set[str] = field(default_factory=set)
    clashed: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def write_answers(*, review: Review, written: Sequence[Written], by: User, at: datetime) -> Result:
    """
    Save answers; what a question does not take is left out and named in the result.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if others kept writing all the time.
    """
    result = Result()

    def change(known: Known) -> dict[str, Any]:
        result.saved.clear()
        result.clashed.clear()
        result.refused.clear()
        return _answered(review, known, written, result, by=by, at=at)

    _write(review, change, by=by, at=at)
    return result


def _write(
    review: Review,
    change: Callable[[Known], dict[str, Any]],
    *,
    by: User,
    at: datetime,
    told: Sequence[audit.Change] = (),
) -> None:
    """
    Make a change upon the newest state of the row, again where somebody was quicker.

    `told` is what the trail says of it, once `change` was made.
    """
    for attempt in range(_TRIES):
        policies.check(by, Move.WRITE, review)
        known = known_of(review, today=at.date())
        begins = Status(review.status) is Status.TO_DO
        values = change(known)
        try:
            with transaction.atomic():
                _save(review, values, begins=begins, by=by, at=at)
                if told:
                    audit.record("reviews.concluded", review, by=by, at=at, changes=told)
        except StaleObject:
            if attempt == _TRIES - 1:
                raise
            review.refresh_from_db()
        else:
            return


def _save(
    review: Review, values: Mapping[str, Any], *, begins: bool, by: User, at: datetime
) -> None:
    if not begins and all(getattr(review, name) == value for name, value in values.items()):
        return  # a form sent twice must not make the page of its sender stale
    status = REVIEW.transition_for(Status(review.status), Move.WRITE).to
    review.change(seen_version=review.version, status=status.value, changed_at=at, **values)
    if begins:
        audit.record("reviews.started", review, by=by, at=at)


def _answered(
    review: Review,
    known: Known,
    written: Sequence[Written],
    result: Result,
    *,
    by: User,
    at: datetime,
) -> dict[str, Any]:
    answers = answers_of(review, known)
    asides = asides_from_json(review.asides)
    questions = {
        each.key: each.question
        for each in every_question(review.round.questionnaire.form, known.record)
    }
    for each in written:
        if each.key not in questions:
            result.refused[each.key] = "Phiếu không có câu này nữa. Tải lại trang."
            continue
        try:
            value, reason = clean(questions[each.key], each.value, each.reason)
        except NotAnAnswer as e:
            result.refused[each.key] = str(e)
            continue
        old = answers.get(each.key, Answer())
        new = Answer(value, reason, by=by.full_name, at=at.isoformat())
        same = (old.value, old.reason) == (value, reason)
        if same and each.stands and old.again:
            answers[each.key] = replace(old, again=False, by=new.by, at=new.at)
            result.saved.add(each.key)
        elif same or each.seen == stamp(value, reason):
            continue  # as he saw it, or as it is by now
        elif old.by not in {"", new.by} and each.seen != stamp(old.value, old.reason):
            asides.setdefault(each.key, []).append(Aside.of(new))
            result.clashed.add(each.key)
        else:
            answers[each.key] = new
            result.saved.add(each.key)
    return {
        "answers": answers_to_json(answers),
        "asides": asides_to_json(asides),
    }


@transaction.atomic
def choose(
    *, review: Review, key: str, written_at: str, taken: bool, by: User, at: datetime
) -> None:
    """
    Put an answer that stands beside another in its place, or drop it.

    `written_at` says which one it is, as `Aside.at` has it.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if there is no such answer any more.
    :raises StaleObject: if somebody else writes this very moment.
    """
    policies.check(by, Move.WRITE, review)
    asides = asides_from_json(review.asides)
    aside = next((each for each in asides.get(key, []) if each.at == written_at), None)
    if aside is None:
        raise Refused("Câu trả lời này đã được chọn hoặc bỏ.")
    asides[key].remove(aside)
    values: dict[str, Any] = {"asides": asides_to_json(asides)}
    if taken:
        values |= _taken(review, key, aside)
    review.change(seen_version=review.version, changed_at=at, **values)
    change = audit.Change(f"Câu {key}", aside.by, "dùng" if taken else "bỏ")
    audit.record("reviews.chosen", review, by=by, at=at, changes=[change])


def _taken(review: Review, key: str, aside: Aside) -> dict[str, Any]:
    answer = Answer(aside.value, aside.reason, Source.TYPED, by=aside.by, at=aside.at)
    return {"answers": {**review.answers, **answers_to_json({key: answer})}}


@dataclass(frozen=True, slots=True)
class Concluded:
    """How the review ends, as somebody wrote it; `into` is the code of a procedure ("NB-00012")."""

    outcome: str
    reason: str
    into: str
    seen: str


def conclude(*, review: Review, concluded: Concluded, by: User, at: datetime) -> None:
    """
    Save the outcome with its reason; it may be unfinished until the review is sent.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if there is no such outcome or procedure, or somebody else concluded otherwise
        since `concluded.seen` was seen: the message says how.
    :raises StaleObject: if others kept writing all the time.
    """
    policies.check(by, Move.WRITE, review)
    if concluded.outcome not in {"", *Outcome}:
        raise Refused("Chọn một trong các kết quả.", "outcome")
    merge_into = None
    if concluded.outcome == Outcome.MERGE:
        merge_into = _merge_target(review, concluded.into, by=by, on=at.date())
    told: list[audit.Change] = []

    def change(known: Known) -> dict[str, Any]:
        written = (concluded.outcome, concluded.reason.strip(), merge_into)
        as_it_is = written == (review.outcome, review.outcome_reason, review.merge_into)
        if concluded.seen != conclusion_stamp(review) and review.outcome and not as_it_is:
            words = OUTCOME_LABELS[Outcome(review.outcome)]
            raise Refused(
                f"Người khác vừa ghi kết quả “{words}”, lý do: {review.outcome_reason}. "
                "Ghi lại nếu vẫn giữ ý kiến của mình.",
                "outcome",
            )
        values: dict[str, Any] = {
            "outcome": concluded.outcome,
            "outcome_reason": concluded.reason.strip()[:4000],
            "merge_into": merge_into,
        }
        if Status(review.status) is Status.TO_DO:
            values["answers"] = answers_to_json(answers_of(review, known))
        told[:] = _conclusions(review, values)
        return values

    _write(review, change, by=by, at=at, told=told)


def _conclusions(review: Review, new: Mapping[str, Any]) -> list[audit.Change]:
    """Return what is concluded otherwise than before, in words."""
    outcome = OUTCOME_LABELS[Outcome(new["outcome"])] if new["outcome"] else ""
    into = new["merge_into"]
    pairs = (
        ("Kết quả", review.outcome_words, outcome),
        ("Lý do", review.outcome_reason, new["outcome_reason"]),
        (
            "Gộp vào",
            review.merge_into.local_code if review.merge_into else "",
            into.local_code if into else "",
        ),
    )
    return [audit.Change(name, old, words) for name, old, words in pairs if old != words]


def _merge_target(review: Review, code: str, *, by: User, on: date) -> Procedure | None:
    if not code.strip():
        return None
    digits = code.strip().upper().removeprefix("NB-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 16):
        raise Refused("Ghi mã nội bộ của thủ tục, ví dụ NB-00012.", "into")
    in_force = ProcedureVersion.objects.in_force_on(on).values("procedure")
    known = Procedure.objects.visible_to(by).filter(pk__in=in_force, merged_into=None)
    found = known.filter(pk=int(digits)).first()
    if found is None or found.pk == review.procedure_id:
        words = f"Không có thủ tục nào khác đang có hiệu lực mang mã {code.strip()}."
        raise Refused(words, "into")
    return found
