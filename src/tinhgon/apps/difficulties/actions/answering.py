"""A difficulty is answered: by a level, or by what was answered to all units before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.entries import DIFFICULTY as ENTRY
from tinhgon.apps.difficulties.enums import Move, Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.routing import asked_at_centre, office_or_top
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission

from ._shared import NO_PAPER, Paper, Step, make_move, register, said, tell

_RAISE, _ANSWER = Permission.RAISE_DIFFICULTY, Permission.ANSWER_DIFFICULTY


@transaction.atomic
def answer_difficulty(
    *,
    difficulty: Difficulty,
    text: str,
    paper: Paper = NO_PAPER,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Answer by a signed paper, in words within one's own authority, or by both. What the centre
    answers is recorded with its paper, which came in; nobody else answers in another's name.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if nothing is said, an answer of the centre has no paper, or another answer
        names an issuer.
    :raises FileRefused: if the file may not be kept.
    """
    policies.check(by, Move.ANSWER, difficulty)
    paper = _issued(paper, difficulty)
    words = text.strip()
    if not paper.is_given or len(words) > 0:
        words = said(text, "Ghi nội dung trả lời, hoặc số và ngày văn bản trả lời.")
    subject = f"trả lời khó khăn, vướng mắc: {difficulty.title}"
    document, entries = register(paper, owner=difficulty.holder, subject=subject, by=by, at=at)
    step = Step(difficulty.holder, difficulty.holder, words, document)
    moved = make_move(difficulty, Move.ANSWER, step, by=by, at=at, seen=seen, guidance=None)
    by_paper = f" tại {document.title}" if document else ""
    if document:
        moved += (audit.Change("Văn bản trả lời", "", document.title),)
    told = f"{difficulty.holder.label} đã trả lời{by_paper}."
    tell(difficulty.agency, _RAISE, difficulty, told, by=by, at=at)
    first = audit.Entry("difficulties.answered", difficulty, moved, words)
    audit.record_all([first, *entries], by=by, at=at)


def _issued(paper: Paper, difficulty: Difficulty) -> Paper:
    """Return the paper with its issuer: of what the centre answers, whom it was asked of."""
    if Status(difficulty.status) is not Status.AT_CENTRE:
        if paper.issuer_name.strip():
            raise Refused(
                "Vướng mắc chưa kiến nghị Trung ương nên chỉ ghi trả lời của chính cơ quan đang xử "
                "lý. Bỏ tên cơ quan Trung ương."
            )
        return paper
    if not paper.is_given:
        raise Refused("Ghi số, ngày văn bản trả lời của cơ quan Trung ương.", "number")
    return replace(
        paper, issuer_name=paper.issuer_name.strip() or asked_at_centre(difficulty.steps.all())
    )


@transaction.atomic
def apply_guidance(
    *, difficulty: Difficulty, guidance: Difficulty, by: User, at: datetime, seen: int
) -> None:
    """
    Answer at once by what was answered to all units.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if `guidance` is none, or the difficulty itself.
    """
    policies.check(by, Move.APPLY, difficulty)
    answer = guidance.answer
    if not guidance.is_guidance or answer is None or guidance.pk == difficulty.pk:
        raise Refused("Trả lời này không còn là trả lời dùng chung. Chọn trả lời khác.")
    step = Step(difficulty.holder, difficulty.holder, answer.words, answer.document)
    moved = make_move(difficulty, Move.APPLY, step, by=by, at=at, seen=seen, guidance=guidance)
    moved += (audit.Change("Áp dụng trả lời", "", str(guidance)),)
    if difficulty.holder_id != difficulty.agency_id:
        text = f"{difficulty.holder.label} áp dụng trả lời của {guidance.code}."
        tell(difficulty.agency, _RAISE, difficulty, text, by=by, at=at)
    audit.record("difficulties.applied", difficulty, by=by, at=at, changes=moved)


@transaction.atomic
def accept_answer(*, difficulty: Difficulty, by: User, at: datetime, seen: int) -> None:
    """
    Its agency takes the answer: the difficulty is over.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    step = Step(difficulty.agency, difficulty.holder)
    moved = make_move(difficulty, Move.ACCEPT, step, by=by, at=at, seen=seen)
    audit.record("difficulties.accepted", difficulty, by=by, at=at, changes=moved)


@transaction.atomic
def reopen_difficulty(
    *, difficulty: Difficulty, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    The answer does not settle it: back to the level that answered; to its own agency as a draft,
    where that had taken a guidance for the answer itself.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no reason is given.
    """
    own = difficulty.holder_id == difficulty.agency_id
    move = Move.DECLINE if own else Move.REOPEN
    policies.check(by, move, difficulty)
    words = said(reason, "Ghi rõ trả lời còn chưa giải quyết được điều gì.")
    step = Step(difficulty.agency, difficulty.holder, words)
    moved = make_move(
        difficulty,
        move,
        step,
        by=by,
        at=at,
        seen=seen,
        answer=None,
        guidance=None,
        is_guidance=False,
    )
    if not own:
        text = f"{difficulty.agency.label} chưa đồng ý với trả lời."
        tell(difficulty.holder, _ANSWER, difficulty, text, by=by, at=at)
    kind = "difficulties.declined" if own else "difficulties.reopened"
    audit.record(kind, difficulty, by=by, at=at, changes=moved, reason=words)


@transaction.atomic
def set_guidance(
    *, difficulty: Difficulty, is_guidance: bool, by: User, at: datetime, seen: int
) -> None:
    """
    The Office lets an answer count for all units, who may then read and apply it; or no longer.

    :raises PermissionDenied: if `by` does not answer in the name of the Office.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: if it has no answer, or took over that of another.
    """
    policies.check_guide(by, office_or_top(difficulty.agency, on=at.date()))
    if is_guidance and (difficulty.answer_id is None or difficulty.guidance_id):
        raise Refused("Chỉ vướng mắc đã có trả lời của riêng nó mới dùng chung được.")
    difficulty.change(seen_version=seen, is_guidance=is_guidance, changed_at=at)
    search.index(ENTRY, [difficulty.pk])
    kind = "difficulties.guided" if is_guidance else "difficulties.unguided"
    audit.record_all([audit.Entry(kind, difficulty)], by=by, at=at)
