"""What those above answered to a recommendation: the measure goes on, or ends."""

from __future__ import annotations

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
from tinhgon.domain.vntext import format_date

from ._costs import after_of
from ._texts import new_text
from .recommending import sender_of, tell_agency

_AGREED = RecommendationMove.AGREE, RecommendationMove.AGREE_IN_PART


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What stands in the document of those above, and what they said.

    `move` is AGREE, AGREE_IN_PART (`measures`: those they agree to) or REFUSE. `text` names the
    text that they will change, where the plan names none; `due_on` until when they mean to.
    """

    move: RecommendationMove
    number: str
    issued_on: date
    symbol: str = ""
    subject: str = ""
    signer_title: str = ""
    signer_name: str = ""
    reason: str = ""
    measures: frozenset[int] = frozenset()
    text: str = ""
    due_on: date | None = None
    upload: Upload | None = None


@transaction.atomic
def answer_recommendation(
    *, recommendation: Recommendation, answer: Answer, by: User, at: datetime, seen: int
) -> Document:
    """
    Record what those above answered, and let the procedure follow it: what they agree to is carried
    out like any approved measure, once their text is in force; what they refuse ends there.

    :raises IllegalMove, PermissionDenied: as `policies.check_recommend`.
    :raises StaleObject: if it, or the procedure of the plan, changed since `seen` was seen.
    :raises Refused: if the document has no number, its day cannot be, a refusal has no reason, or
        no text is named that they will change.
    """
    policies.check_recommend(by, answer.move, recommendation)
    item = recommendation.item
    verdict = ITEM.transition_for(Verdict(item.verdict), ANSWERS[answer.move]).to
    _check(recommendation, answer, at.date())
    document, registered = _register(recommendation, answer, by=by, at=at)
    # What it costs by these measures is reckoned while the item still says what was decided.
    cost_after = _cost_after(item, answer)
    old = RecommendationStatus(recommendation.status)
    new = RECOMMENDATION.transition_for(old, answer.move).to
    recommendation.change(
        seen_version=seen,
        status=new.value,
        answer=document,
        reason=answer.reason.strip(),
        cost_after=cost_after,
    )
    was = item.verdict_words
    is_live = verdict is not Verdict.REFUSED
    item.change(seen_version=item.version, verdict=verdict.value, is_live=is_live)
    entries = [*_follow(item, answer, at=at)]
    text = f"{recommendation}: {recommendation.status_words.lower()} ({document.title})."
    tell_agency(recommendation, text, by=by, at=at)
    changes = (
        *audit.state_changes(RECOMMENDATION_LABELS, old, new),
        audit.Change("Văn bản trả lời", "", document.title),
        audit.Change("Kết quả đối với thủ tục", was, VERDICT_LABELS[verdict]),
    )
    kind, why = "plans.recommendation_answered", answer.reason.strip()
    first = audit.Entry(kind, recommendation, changes, why)
    own = audit.Entry(kind, item, changes, why)
    audit.record_all([first, own, *entries, registered], by=by, at=at)
    return document


def _check(recommendation: Recommendation, answer: Answer, today: date) -> None:
    sent = recommendation.letter.issued_on if recommendation.letter else None
    if not answer.number.strip():
        raise Refused("Ghi số của văn bản trả lời.", "number")
    if answer.issued_on > today:
        raise Refused("Ngày văn bản trả lời không thể sau hôm nay.", "issued_on")
    if sent and answer.issued_on < sent:
        raise Refused(
            f"Văn bản trả lời không thể có trước công văn kiến nghị ngày {format_date(sent)}.",
            "issued_on",
        )
    if answer.due_on and answer.due_on < answer.issued_on:
        raise Refused("Thời hạn cấp trên hẹn không thể trước ngày văn bản trả lời.", "due_on")
    if answer.move is not RecommendationMove.AGREE and not answer.reason.strip():
        raise Refused("Ghi lý do không chấp thuận nêu trong văn bản trả lời.", "reason")
    if answer.move is RecommendationMove.AGREE_IN_PART:
        own = set(recommendation.item.measures.values_list("pk", flat=True))
        if not answer.measures or not answer.measures < own:
            raise Refused("Chọn nội dung được chấp thuận: một số, không phải tất cả.", "measures")
    if (
        answer.move in _AGREED
        and not answer.text.strip()
        and not _texts(recommendation.item, answer)
    ):
        raise Refused("Ghi văn bản mà cấp trên sẽ sửa đổi, bổ sung, bãi bỏ.", "text")


def _texts(item: PlanItem, answer: Answer) -> list[LegalChange]:
    """Return the texts under way that the measures agreed to need."""
    texts = item.legal_changes.filter(status__in=UNDER_WAY)
    in_part = answer.move is RecommendationMove.AGREE_IN_PART
    return [t for t in texts if not in_part or not t.measure_id or t.measure_id in answer.measures]


def _cost_after(item: PlanItem, answer: Answer) -> Decimal | None:
    if answer.move is not RecommendationMove.AGREE_IN_PART or item.plan.is_imported:
        return None
    return after_of(item, [m for m in item.measures.all() if m.pk in answer.measures])


def _follow(item: PlanItem, answer: Answer, *, at: datetime) -> list[audit.Entry]:
    """Let measures, texts and the review of the procedure follow the answer."""
    refused = Measure.objects.filter(item=item)
    match answer.move:
        case RecommendationMove.REFUSE:
            refused.update(granted_by=None)
            held = [item.review] if item.review.is_held else []
            return reviews.release_reviews(held, at=at)
        case RecommendationMove.AGREE_IN_PART:
            refused.exclude(pk__in=answer.measures).update(granted_by=None)
    return [*_named_text(item, answer), *_days(item, answer)]


def _named_text(item: PlanItem, answer: Answer) -> list[audit.Entry]:
    if not answer.text.strip():
        return []
    change = new_text(
        item,
        text=answer.text,
        work=f"Do {item.recommendation.authority} sửa đổi, bổ sung, bãi bỏ",
        agency_id=item.recommendation.agency_id,
    )
    change.save()
    row = audit.Change("Văn bản phải sửa", "", change.text)
    return [audit.Entry("plans.legal_change_added", item, (row,))]


def _days(item: PlanItem, answer: Answer) -> list[audit.Entry]:
    """Give these texts the day until which those above mean to change them."""
    if answer.due_on is None:
        return []
    entries = []
    for change in _texts(item, answer):
        old = format_date(change.due_on) if change.due_on else ""
        values: dict[str, Any] = {"due_on": answer.due_on}
        change.change(seen_version=change.version, **values)
        row = audit.Change("Thời hạn", old, format_date(answer.due_on))
        entries.append(audit.Entry("plans.text_rescheduled", change, (row,)))
    return entries


def _register(
    recommendation: Recommendation, answer: Answer, *, by: User, at: datetime
) -> tuple[Document, audit.Entry]:
    signature = Signature((), answer.signer_title.strip(), answer.signer_name.strip())
    doc = OfficialDoc(
        agency=recommendation.authority,
        number=answer.number.strip(),
        symbol=answer.symbol.strip(),
        date=answer.issued_on,
        subject=answer.subject.strip() or f"trả lời {recommendation.letter}",
        signature=signature,
    )
    file = files.store_optional(answer.upload, at=at)
    owner = sender_of(recommendation)
    return documents.enter_incoming(doc=doc, owner=owner, file=file, by=by, at=at)
