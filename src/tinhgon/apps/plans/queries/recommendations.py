"""What was recommended to those above, and how far each recommendation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import (
    RECOMMENDATION_KINDS,
    RecommendationMove,
    RecommendationStatus,
)
from tinhgon.apps.plans.models import (
    UNDER_WAY,
    Measure,
    PlanDecisionLine,
    Recommendation,
    to_do,
)
from tinhgon.domain.planpapers import authorities_on
from tinhgon.domain.vntext import fold, format_date, format_number

from .again import Again, again
from .texts import Standing

PAGE_SIZE = 50
_S = RecommendationStatus
GROUPS = {
    "": "Tất cả",
    "can-lam": "Cần làm",
    "chua-gui": "Chưa gửi",
    "cho": "Chờ trả lời",
    "qua-han": "Quá hạn trả lời",
    "chap-thuan": "Chấp thuận",
    "khong": "Không chấp thuận",
}
_AGREED = [_S.AGREED.value, _S.AGREED_IN_PART.value]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed by, as it stands in the address; `own`: what the person does."""

    group: str = ""
    own: bool = False
    words: str = ""
    page: str = "1"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        group = query.get("nhom", "")
        return cls(
            group=group if group in GROUPS else "",
            own=query.get("viec") == "toi",
            words=query.get("q", "").strip()[:200],
            page=query.get("page", "1"),
        )

    def address(self, group: str, name: str = "plans:recommendations") -> str:
        """Return the address of a group of the list, or of its file, narrowed as it is."""
        said = {"nhom": group, "viec": "toi" if self.own else "", "q": self.words}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse(name)}?{query}" if query else reverse(name)

    @property
    def list_url(self) -> str:
        return self.address(self.group)

    @property
    def file_url(self) -> str:
        return self.address(self.group, "plans:recommendations_file")


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    recommendation: Recommendation
    standing: Standing


class RecommendationsPage(TypedDict):
    page: Page[Any]
    lines: list[RecommendationLine]
    asked: Asked
    tabs: list[dict[str, Any]]
    doers: list[tuple[str, str, bool]]


def recommendations_page(*, user: User, asked: Asked, today: date) -> RecommendationsPage:
    """Return what the person sees of the recommendations: first what there is to do."""
    visible = _visible(user, asked)
    rows = _in_order(rows_of(user=user, asked=asked, today=today), today)
    page = Paginator(rows, PAGE_SIZE).get_page(asked.page)
    return {
        "page": page,
        "lines": [RecommendationLine(row, standing(row, today)) for row in page.object_list],
        "asked": asked,
        "tabs": _tabs(visible, asked, today),
        "doers": [("toi", "Việc của tôi", asked.own)],
    }


def listed(*, user: User, asked: Asked, today: date) -> list[RecommendationLine]:
    """Return every row that the list would show, page after page."""
    rows = _in_order(rows_of(user=user, asked=asked, today=today), today)
    return [RecommendationLine(row, standing(row, today)) for row in rows]


TO_DO_OWN = Asked(group="can-lam", own=True)
"""What a person's page of the day shows, and the list to which it leads."""


def rows_of(*, user: User, asked: Asked, today: date) -> QuerySet[Recommendation]:
    """Return what the list holds, in no order."""
    rows = _visible(user, asked)
    return rows.filter(_groups(today)[asked.group]) if asked.group else rows


def _visible(user: User, asked: Asked) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.visible_to(user)
    if asked.own:
        rows = rows.filter(pk__in=Recommendation.objects.moved_by(user).values("pk"))
    condition = Q()
    words = fold(asked.words).split()
    folded = _addressees() if words else {}
    for word in words:
        condition &= (
            Q(item__review__procedure_version__folded__contains=word)
            | Q(item__plan__agency__folded_name__contains=word)
            | Q(agency__folded_name__contains=word)
            | Q(authority__in=[name for name, text in folded.items() if word in text])
        )
    return rows.filter(condition)


def _addressees() -> dict[str, str]:
    """Return those whom letters address, names of few bodies, each with its words to search in."""
    rows = Recommendation.objects.exclude(authority="").order_by()
    return {name: fold(name) for name in rows.values_list("authority", flat=True).distinct()}


def _groups(today: date) -> dict[str, Q]:
    sent = Q(status=_S.SENT.value)
    return {
        "can-lam": to_do(today),
        "chua-gui": Q(status=_S.TO_SEND.value),
        "cho": sent,
        "qua-han": sent & Q(answer_by__lt=today),
        "chap-thuan": Q(status__in=_AGREED),
        "khong": Q(status=_S.REFUSED.value),
    }


def _in_order(rows: QuerySet[Recommendation], today: date) -> Any:
    groups = _groups(today)
    place = Case(
        When(groups["qua-han"], then=Value(0)),
        When(groups["chua-gui"], then=Value(1)),
        When(groups["cho"], then=Value(2)),
        default=Value(3),
    )
    ordered = rows.annotate(place=place).order_by(
        "place", F("answer_by").asc(nulls_last=True), "pk"
    )
    return _named(ordered)


def _named(rows: Any) -> Any:
    return rows.select_related(
        "agency", "letter", "answer", "item__plan__agency", "item__review__procedure_version"
    ).defer(
        "item__to_be",
        "item__review__procedure_version__content",
        "letter__text",
        "answer__text",
    )


def _tabs(visible: QuerySet[Recommendation], asked: Asked, today: date) -> list[dict[str, Any]]:
    counts = visible.aggregate(
        all=Count("pk"),
        **{name: Count("pk", filter=condition) for name, condition in _groups(today).items()},
    )
    return [
        {
            "label": label,
            "url": asked.address(group),
            "current": group == asked.group,
            "count": format_number(counts[group or "all"]),
        }
        for group, label in GROUPS.items()
    ]


def standing(recommendation: Recommendation, today: date) -> Standing:
    """Return how a recommendation stands: late before all, else the step it has reached."""
    status = _S(recommendation.status)
    until = recommendation.answer_by
    if status is _S.SENT and until:
        if until < today:
            days = format_number((today - until).days)
            return Standing("late", f"quá hạn trả lời {days} ngày")
        words = f"{recommendation.status_words}, đề nghị chậm nhất ngày {format_date(until)}"
        return Standing("waiting", words)
    return Standing(RECOMMENDATION_KINDS[status], recommendation.status_words)


class RecommendationPage(TypedDict):
    recommendation: Recommendation
    standing: Standing
    can: dict[str, bool]
    line: PlanDecisionLine | None
    measures: list[Measure]
    together: list[Recommendation]
    is_shared: bool
    papers: list[Document]
    authorities: list[str]
    again: Again | None
    history: list[Event]


def recommendation_page(
    *, user: User, recommendation: Recommendation, today: date
) -> RecommendationPage:
    """Return one recommendation, with the moves that the person may make now."""
    item = recommendation.item
    lines = item.decision_lines.select_related("decision__document").order_by("pk")
    together = together_with(recommendation)
    return {
        "recommendation": recommendation,
        "standing": standing(recommendation, today),
        "can": {
            move.value: policies.can_recommend(user, move, recommendation)
            for move in RecommendationMove
        },
        "line": lines.first(),
        "measures": list(item.measures.all()),
        "together": together,
        "is_shared": any(row.status == _S.SENT.value for row in together),
        "papers": list(recommendation.papers.select_related("file").order_by("issued_on", "pk")),
        "authorities": list(authorities_on(today)),
        "again": None if item.is_live else again(user=user, item=item, today=today),
        "history": audit.history_of(recommendation),
    }


def together_with(recommendation: Recommendation) -> list[Recommendation]:
    """
    Return the others of its plan in the same letter: those that were sent with it, before that
    those that go to the same authority.
    """
    others = Recommendation.objects.filter(item__plan=recommendation.item.plan_id)
    others = others.exclude(pk=recommendation.pk)
    if recommendation.letter_id:
        others = others.filter(letter=recommendation.letter_id)
    else:
        others = others.filter(status=_S.TO_SEND.value, authority=recommendation.authority)
        others = others.exclude(authority="")
    rows = others.select_related("agency", "item__plan__agency", "item__review__procedure_version")
    return list(rows.defer("item__to_be", "item__review__procedure_version__content"))


def waiting_with(*, user: User, recommendation: Recommendation) -> list[Recommendation]:
    """
    Return what of its plan waits for an answer of the same authority and the person may answer,
    itself among them; first what went with the same letter.
    """
    rows = (
        Recommendation.objects.filter(
            item__plan=recommendation.item.plan_id,
            authority=recommendation.authority,
            status=_S.SENT.value,
        )
        .select_related("agency", "letter", *_NEEDED)
        .prefetch_related("item__measures", "item__legal_changes")
        .defer("letter__text", *_LEFT)
    )
    together = Case(When(letter=recommendation.letter_id, then=Value(0)), default=Value(1))
    return [
        row
        for row in rows.order_by(together, "letter", "item__order", "pk")
        if policies.can_recommend(user, RecommendationMove.AGREE, row)
    ]


def names_texts(recommendation: Recommendation) -> bool:
    """Return whether its plan names a text to change that is still under way."""
    return any(change.status in UNDER_WAY for change in recommendation.item.legal_changes.all())


_NEEDED = (
    "item__plan__agency__parent",
    "item__plan__submission",
    "item__plan__round__agency",
    "item__plan__round__round__programme",
    "item__review__agency",
    "item__review__procedure_version",
    "item__review__round__round",
    "item__as_is",
)
_LEFT = ("item__plan__submission__text", "item__review__answers", "item__review__asides")
"""Of a recommendation, what its page and its answer need, and what they do not."""


def get_visible_recommendation(*, user: User, pk: int) -> Recommendation:
    """
    Return a recommendation, if the person may see it.

    :raises Recommendation.DoesNotExist: also when it exists but is hidden from the person.
    """
    rows = Recommendation.objects.visible_to(user).select_related(
        "agency", "letter__file", "answer__file", *_NEEDED
    )
    return rows.defer("letter__text", "answer__text", *_LEFT).get(pk=pk)


def file_of(recommendation: Recommendation, document: int) -> Document | None:
    """Return a signed document of a recommendation by its key: sent, sent again, answered."""
    own = {recommendation.letter_id, recommendation.answer_id}
    own |= set(recommendation.papers.values_list("pk", flat=True))
    if document not in own:
        return None
    return Document.objects.select_related("file").filter(pk=document).first()
