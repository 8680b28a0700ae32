"""Recommending upwards: the letter to those who can change the rule, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files import actions as files
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import (
    RECOMMENDATION_LABELS,
    RecommendationMove,
    RecommendationStatus,
    Verdict,
)
from tinhgon.apps.plans.models import PlanItem, Recommendation
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.access import Permission
from tinhgon.domain.planpapers import RECOMMENDATION_SUBJECT, authority_for, successor_of
from tinhgon.domain.simplification import RECOMMENDATION
from tinhgon.domain.vntext import format_date

LONGEST_REQUEST = 5_000
LONGEST_AUTHORITY = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """To whom the letter goes, what it asks for, and the last day for the answer."""

    authority: str
    request: str = ""
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class SentLetter:
    """The letter as it was signed and sent."""

    number: str
    issued_on: date
    answer_by: date | None = None
    symbol: str = ""
    signer_title: str = ""
    signer_name: str = ""
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class SeenRecommendation:
    """A recommendation to send, as its reader saw it."""

    recommendation: Recommendation
    version: int


def open_recommendations(items: Iterable[PlanItem], *, at: datetime) -> list[audit.Entry]:
    """
    Begin what a decision recommends upwards; return what the trail is to say.

    Whom the letter will address is guessed from the texts to change; a person puts it right.
    """
    up = [item for item in items if item.verdict == Verdict.RECOMMENDED_UP.value]
    made = Recommendation.objects.bulk_create(
        Recommendation(item=item, agency=item.plan.agency, authority=_guess(item, at.date()))
        for item in up
    )
    opened = audit.Change("Tình trạng", "", RECOMMENDATION_LABELS[RecommendationStatus.TO_SEND])
    return [audit.Entry("plans.recommendation_opened", each, (opened,)) for each in made]


def _guess(item: PlanItem, day: date) -> str:
    texts = [change.text for change in item.legal_changes.all()]
    return authority_for([*texts, item.proposal], day)


@transaction.atomic
def address_recommendation(
    *, recommendation: Recommendation, asked: Asked, by: User, at: datetime, seen: int
) -> None:
    """
    Say whom the letter addresses and what it asks for; the draft of it follows.

    :raises IllegalMove, PermissionDenied: as `policies.check_recommend`.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: if it names no authority, or one that is no more.
    """
    policies.check_recommend(by, RecommendationMove.ADDRESS, recommendation)
    authority = " ".join(asked.authority.split())[:LONGEST_AUTHORITY]
    _check_authority(authority, at.date())
    if len(asked.request.strip()) > LONGEST_REQUEST:
        raise Refused(f"Nội dung kiến nghị không dài quá {LONGEST_REQUEST} ký tự.", "request")
    if asked.answer_by and asked.answer_by < at.date():
        raise Refused("Ngày đề nghị trả lời không thể trước hôm nay.", "answer_by")
    rows = [
        ("Cơ quan có thẩm quyền", recommendation.authority, authority),
        ("Nội dung kiến nghị", recommendation.request, asked.request.strip()),
        ("Đề nghị trả lời chậm nhất", _day(recommendation.answer_by), _day(asked.answer_by)),
    ]
    recommendation.change(
        seen_version=seen,
        authority=authority,
        request=asked.request.strip(),
        answer_by=asked.answer_by,
    )
    changes = [audit.Change(*row) for row in rows if row[1] != row[2]]
    if changes:
        audit.record(
            "plans.recommendation_addressed", recommendation, by=by, at=at, changes=changes
        )


@transaction.atomic
def send_recommendations(
    *, seen: Sequence[SeenRecommendation], letter: SentLetter, by: User, at: datetime
) -> Document:
    """
    Record the letter that was sent: one, or several of a plan that go to one authority together.

    :raises IllegalMove, PermissionDenied: as `policies.check_recommend`.
    :raises StaleObject: if one of them changed since it was seen.
    :raises Refused: if the letter has no number or addressee, or its days cannot be.
    """
    rows = [each.recommendation for each in seen]
    for row in rows:
        policies.check_recommend(by, RecommendationMove.SEND, row)
    first = rows[0]
    if any((r.item.plan_id, r.authority) != (first.item.plan_id, first.authority) for r in rows):
        raise Refused("Một công văn chỉ gửi các thủ tục của một phương án tới một cơ quan.")
    _check_authority(first.authority, at.date())
    _check_letter(letter, since=first.item.plan.decided_on, today=at.date())
    document, entry = _register(first, letter, by=by, at=at)
    entries = []
    for each in seen:
        moved = _move(
            each.recommendation,
            RecommendationMove.SEND,
            seen=each.version,
            letter=document,
            answer_by=letter.answer_by,
            reason="",
        )
        said = audit.Change("Công văn", "", document.title)
        until = audit.Change("Đề nghị trả lời chậm nhất", "", _day(letter.answer_by))
        entries.append(
            audit.Entry("plans.recommendation_sent", each.recommendation, (*moved, said, until))
        )
    tell_agency(first, f"{first}: đã gửi {document.title}.", by=by, at=at)
    audit.record_all([*entries, entry], by=by, at=at)
    return document


@transaction.atomic
def urge_recommendation(
    *, recommendation: Recommendation, letter: SentLetter, by: User, at: datetime, seen: int
) -> None:
    """
    Record a letter that asks again, with another last day for the answer.

    :raises IllegalMove, PermissionDenied: as `policies.check_recommend`.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: if the letter has no number, or its days cannot be.
    """
    policies.check_recommend(by, RecommendationMove.URGE, recommendation)
    sent = recommendation.letter
    _check_letter(letter, since=sent.issued_on if sent else None, today=at.date())
    if letter.answer_by is None:
        raise Refused("Ghi ngày đề nghị trả lời.", "answer_by")
    document, entry = _register(recommendation, letter, by=by, at=at)
    old = recommendation.answer_by
    _move(recommendation, RecommendationMove.URGE, seen=seen, answer_by=letter.answer_by)
    recommendation.papers.add(document)
    changes = (
        audit.Change("Công văn đôn đốc", "", document.title),
        audit.Change("Đề nghị trả lời chậm nhất", _day(old), _day(letter.answer_by)),
    )
    first = audit.Entry("plans.recommendation_urged", recommendation, changes)
    audit.record_all([first, entry], by=by, at=at)


@transaction.atomic
def redirect_recommendation(
    *, recommendation: Recommendation, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Take the letter back because another authority decides; it is addressed and sent anew.

    :raises IllegalMove, PermissionDenied: as `policies.check_recommend`.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: if no reason is given.
    """
    policies.check_recommend(by, RecommendationMove.REDIRECT, recommendation)
    if not reason.strip():
        raise Refused("Ghi rõ vì sao phải gửi cơ quan khác.", "reason")
    old, letter = recommendation.authority, recommendation.letter
    moved = _move(
        recommendation,
        RecommendationMove.REDIRECT,
        seen=seen,
        authority="",
        letter=None,
        answer_by=None,
        reason=reason.strip(),
    )
    if letter:
        recommendation.papers.add(letter)
    text = f"{recommendation}: phải gửi cơ quan khác ({reason.strip()[:200]})."
    tell_agency(recommendation, text, by=by, at=at)
    changes = (*moved, audit.Change("Cơ quan có thẩm quyền", old, ""))
    audit.record(
        "plans.recommendation_redirected",
        recommendation,
        by=by,
        at=at,
        changes=changes,
        reason=reason.strip(),
    )


def _move(
    recommendation: Recommendation, move: RecommendationMove, *, seen: int, **values: Any
) -> tuple[audit.Change, ...]:
    old = RecommendationStatus(recommendation.status)
    new = RECOMMENDATION.transition_for(old, move).to
    recommendation.change(seen_version=seen, status=new.value, **values)
    return audit.state_changes(RECOMMENDATION_LABELS, old, new) if old is not new else ()


def sender_of(recommendation: Recommendation) -> Agency:
    """Return who recommends: the authority whose decision it stands in."""
    lines = recommendation.item.decision_lines.select_related("decision__issuer")
    line = lines.order_by("pk").first()
    return line.decision.issuer if line else recommendation.item.plan.round.agency


def _register(
    recommendation: Recommendation, letter: SentLetter, *, by: User, at: datetime
) -> tuple[Document, audit.Entry]:
    owner = sender_of(recommendation)
    document = documents.draft_outgoing(
        owner=owner,
        doc_type="công văn",
        symbol=letter.symbol.strip(),
        subject=RECOMMENDATION_SUBJECT,
        by=by,
        at=at,
    )
    values: dict[str, str | date | None] = {
        "number": letter.number.strip()[:20],
        "issued_on": letter.issued_on,
        "signer_title": letter.signer_title.strip()[:150],
        "signer_name": letter.signer_name.strip()[:150],
    }
    file = files.store_optional(letter.upload, at=at)
    entry = documents.register_outgoing(document=document, values=values, file=file, by=by, at=at)
    return document, entry


def _check_authority(authority: str, today: date) -> None:
    if not authority:
        raise Refused("Ghi cơ quan có thẩm quyền mà kiến nghị gửi tới.", "authority")
    if successor := successor_of(authority, today):
        raise Refused(
            f"{authority} không còn, nhiệm vụ do {successor} tiếp nhận: gửi {successor}.",
            "authority",
        )


def _check_letter(letter: SentLetter, *, since: date | None, today: date) -> None:
    if not letter.number.strip():
        raise Refused("Ghi số của công văn đã gửi.", "number")
    if letter.issued_on > today:
        raise Refused("Ngày công văn không thể sau hôm nay.", "issued_on")
    if since and letter.issued_on < since:
        raise Refused(f"Ngày công văn không thể trước ngày {format_date(since)}.", "issued_on")
    if letter.answer_by and letter.answer_by <= letter.issued_on:
        raise Refused("Ngày đề nghị trả lời phải sau ngày công văn.", "answer_by")


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def tell_agency(recommendation: Recommendation, text: str, *, by: User, at: datetime) -> None:
    """Tell who follows the recommendation in its agency, but for who did it."""
    users = people.holding_nearest(
        recommendation.agency, Permission.REVIEW_PROCEDURES, on=at.date()
    )
    notices.notify(
        users=[user for user in users if user.pk != by.pk],
        kind="plans.recommendation",
        text=text,
        url=recommendation.get_absolute_url(),
        at=at,
    )
