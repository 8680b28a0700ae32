"""What those above answered to a recommendation: the measure goes on, or ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files import actions as files
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import (
    RECOMMENDATION_LABELS,
    VERDICT_LABELS,
    RecommendationMove,
    RecommendationStatus,
    Verdict,
)
from tinhgon.apps.plans.models import UNDER_WAY, LegalChange, Measure, PlanItem, Recommendation
from tinhgon.apps.reviews import actions as reviews
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.officialdoc import OfficialDoc, Signature
from tinhgon.domain.simplification import ANSWERS, ITEM, RECOMMENDATION
from tinhgon.domain.vntext import format_date, format_number

from ._costs import after_of
from ._texts import new_text
from .recommending import sender_of, tell_agency

_AGREED = RecommendationMove.AGREE, RecommendationMove.AGREE_IN_PART


@dataclass(frozen=True, slots=True)
class AnswerPaper:
    """What stands on the document with which those above answer."""

    number: str
    issued_on: date
    symbol: str = ""
    subject: str = ""
    signer_title: str = ""
    signer_name: str = ""
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """
    What those above say of one procedure.

    `move` is AGREE, AGREE_IN_PART (`measures`: those they agree to) or REFUSE. `text` names the
    text that they will change, where the plan names none; `due_on` until when they mean to.
    """

    move: RecommendationMove
    reason: str = ""
    measures: frozenset[int] = frozenset()
    text: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What is said of a recommendation, as its reader saw it."""

    recommendation: Recommendation
    version: int
    said: Said


class AnswerRefused(Refused):
    """What is said of one of the recommendations cannot be taken."""

    def __init__(self, recommendation: Recommendation, message: str, field: str) -> None:
        super().__init__(message, field)
        self.recommendation = recommendation


@transaction.atomic
def answer_recommendations(
    *, answers: Sequence[Answered], paper: AnswerPaper, by: User, at: datetime
) -> Document:
    """
    Record what those above answered in one document, of one procedure or of several of a plan, and
    let each follow it: what they agree to is carried out like any approved measure, once their text
    is in force; what they refuse ends there. Everything is recorded, or nothing.

    :raises IllegalMove, PermissionDenied: as `policies.check_recommend`.
    :raises StaleObject: if one, or its procedure in the plan, changed since it was seen.
    :raises AnswerRefused: if a refusal has no reason, or no text is named that they will change.
    :raises Refused: if the document has no number, its day cannot be, nothing is answered, or they
        are not of one plan and one authority.
    """
    # In one order, so that two who answer the same ones wait for one another and never both.
    answers = sorted(answers, key=lambda each: each.recommendation.pk)
    for each in answers:
        policies.check_recommend(by, each.said.move, each.recommendation)
    first = _first(answers)
    _check_paper([each.recommendation for each in answers], paper, at.date())
    for each in answers:
        _check_said(each.recommendation, each.said, paper)
    document, registered = _register(first, paper, by=by, at=at)
    entries = [entry for each in answers for entry in _answer(each, document, at=at)]
    _tell([each.recommendation for each in answers], document, by=by, at=at)
    audit.record_all([*entries, registered], by=by, at=at)
    return document


def _first(answers: Sequence[Answered]) -> Recommendation:
    """Return one for all: they are of one plan, and went to one authority."""
    if not answers:
        raise Refused("Ghi trả lời đối với ít nhất một thủ tục.")
    rows = [each.recommendation for each in answers]
    if len({(row.item.plan_id, row.authority) for row in rows}) > 1:
        raise Refused("Một văn bản trả lời chỉ ghi cho các thủ tục của một phương án.")
    return rows[0]


def _answer(each: Answered, document: Document, *, at: datetime) -> list[audit.Entry]:
    """Move one recommendation and its procedure on; return what to record."""
    recommendation, said = each.recommendation, each.said
    item = recommendation.item
    verdict = ITEM.transition_for(Verdict(item.verdict), ANSWERS[said.move]).to
    # What it costs by these measures is reckoned while the item still says what was decided.
    cost_after = _cost_after(item, said)
    old = RecommendationStatus(recommendation.status)
    new = RECOMMENDATION.transition_for(old, said.move).to
    why = said.reason.strip()
    recommendation.change(
        seen_version=each.version,
        status=new.value,
        answer=document,
        reason=why,
        cost_after=cost_after,
    )
    was = item.verdict_words
    is_live = verdict is not Verdict.REFUSED
    item.change(seen_version=item.version, verdict=verdict.value, is_live=is_live)
    changes = (
        *audit.state_changes(RECOMMENDATION_LABELS, old, new),
        audit.Change("Văn bản trả lời", "", document.title),
        audit.Change("Kết quả đối với thủ tục", was, VERDICT_LABELS[verdict]),
    )
    kind = "plans.recommendation_answered"
    first = audit.Entry(kind, recommendation, changes, why)
    own = audit.Entry(kind, item, changes, why)
    return [first, own, *_follow(item, said, at=at)]


def _tell(rows: Sequence[Recommendation], document: Document, *, by: User, at: datetime) -> None:
    """Tell each agency that follows them, once."""
    followed: dict[int, list[Recommendation]] = {}
    for row in rows:
        followed.setdefault(row.agency_id, []).append(row)
    for own in followed.values():
        first = own[0]
        text = f"{first}: {first.status_words.lower()} ({document.title})."
        if len(own) > 1:
            text = (
                f"{first.authority} đã trả lời kiến nghị đối với {format_number(len(own))} thủ "
                f"tục ({document.title})."
            )
        tell_agency(first, text, by=by, at=at)


def _check_paper(rows: Sequence[Recommendation], paper: AnswerPaper, today: date) -> None:
    days = [row.letter.issued_on for row in rows if row.letter and row.letter.issued_on]
    sent = max(days, default=paper.issued_on)
    if not paper.number.strip():
        raise Refused("Ghi số của văn bản trả lời.", "number")
    if paper.issued_on > today:
        raise Refused("Ngày văn bản trả lời không thể sau hôm nay.", "issued_on")
    if paper.issued_on < sent:
        raise Refused(
            f"Văn bản trả lời không thể có trước công văn kiến nghị ngày {format_date(sent)}.",
            "issued_on",
        )


def _check_said(recommendation: Recommendation, said: Said, paper: AnswerPaper) -> None:
    def refuse(message: str, field: str) -> AnswerRefused:
        return AnswerRefused(recommendation, message, field)

    if said.due_on and said.due_on < paper.issued_on:
        words = "Thời hạn cấp trên hẹn không thể trước ngày văn bản trả lời."
        raise refuse(words, "due_on")
    if said.move is not RecommendationMove.AGREE and not said.reason.strip():
        raise refuse("Ghi lý do không chấp thuận nêu trong văn bản trả lời.", "reason")
    if said.move is RecommendationMove.AGREE_IN_PART:
        own = {measure.pk for measure in recommendation.item.measures.all()}
        if not said.measures or not said.measures < own:
            raise refuse("Chọn nội dung được chấp thuận: một số, không phải tất cả.", "measures")
    named = said.text.strip() or _texts(recommendation.item, said)
    if said.move in _AGREED and not named:
        raise refuse("Ghi văn bản mà cấp trên sẽ sửa đổi, bổ sung, bãi bỏ.", "text")


def _texts(item: PlanItem, said: Said) -> list[LegalChange]:
    """Return the texts under way that the measures agreed to need."""
    texts = item.legal_changes.filter(status__in=UNDER_WAY)
    in_part = said.move is RecommendationMove.AGREE_IN_PART
    return [t for t in texts if not in_part or not t.measure_id or t.measure_id in said.measures]


def _cost_after(item: PlanItem, said: Said) -> Decimal | None:
    if said.move is not RecommendationMove.AGREE_IN_PART or item.plan.is_imported:
        return None
    return after_of(item, [m for m in item.measures.all() if m.pk in said.measures])


def _follow(item: PlanItem, said: Said, *, at: datetime) -> list[audit.Entry]:
    """Let measures, texts and the review of the procedure follow the answer."""
    refused = Measure.objects.filter(item=item)
    match said.move:
        case RecommendationMove.REFUSE:
            refused.update(granted_by=None)
            held = [item.review] if item.review.is_held else []
            return reviews.release_reviews(held, at=at)
        case RecommendationMove.AGREE_IN_PART:
            refused.exclude(pk__in=said.measures).update(granted_by=None)
    return [*_named_text(item, said), *_days(item, said)]


def _named_text(item: PlanItem, said: Said) -> list[audit.Entry]:
    if not said.text.strip():
        return []
    change = new_text(
        item,
        text=said.text,
        work=f"Do {item.recommendation.authority} sửa đổi, bổ sung, bãi bỏ",
        agency_id=item.recommendation.agency_id,
    )
    change.save()
    row = audit.Change("Văn bản phải sửa", "", change.text)
    return [audit.Entry("plans.legal_change_added", item, (row,))]


def _days(item: PlanItem, said: Said) -> list[audit.Entry]:
    """Give these texts the day until which those above mean to change them."""
    if said.due_on is None:
        return []
    entries = []
    for change in _texts(item, said):
        old = format_date(change.due_on) if change.due_on else ""
        values: dict[str, Any] = {"due_on": said.due_on}
        change.change(seen_version=change.version, **values)
        row = audit.Change("Thời hạn", old, format_date(said.due_on))
        entries.append(audit.Entry("plans.text_rescheduled", change, (row,)))
    return entries


def _register(
    recommendation: Recommendation, paper: AnswerPaper, *, by: User, at: datetime
) -> tuple[Document, audit.Entry]:
    signature = Signature((), paper.signer_title.strip(), paper.signer_name.strip())
    doc = OfficialDoc(
        agency=recommendation.authority,
        number=paper.number.strip(),
        symbol=paper.symbol.strip(),
        date=paper.issued_on,
        subject=paper.subject.strip() or f"trả lời {recommendation.letter}",
        signature=signature,
    )
    file = files.store_optional(paper.upload, at=at)
    owner = sender_of(recommendation)
    return documents.enter_incoming(doc=doc, owner=owner, file=file, by=by, at=at)
