"""The legal texts that approved plans change, and how far each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import LEGAL_CHANGE_KINDS, LegalChangeMove, LegalChangeStatus
from tinhgon.apps.plans.models import FormerDraft, LegalChange, PlanItem, open_on
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.simplification import Change
from tinhgon.domain.vntext import fold, format_date, format_number

PAGE_SIZE = 50
_BATCH = 1_000
GROUPS = {
    "": "Tất cả",
    "qua-han": "Quá hạn",
    "dang-lam": "Chưa có hiệu lực",
    "hieu-luc": "Đã có hiệu lực",
    "thoi": "Không còn phải sửa",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed by, as it stands in the address; `own`: what the person does."""

    group: str = ""
    own: bool = False
    round: int | None = None
    agency: str = ""
    words: str = ""
    page: str = "1"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        group = query.get("nhom", "")
        return cls(
            group=group if group in GROUPS else "",
            own=query.get("viec") == "toi",
            round=whole_number(query.get("dot", "")),
            agency=query.get("co-quan", "").strip()[:200],
            words=query.get("q", "").strip()[:200],
            page=query.get("page", "1"),
        )

    def address(self, group: str, page: str = "plans:texts") -> str:
        """Return the address of a group of the list, or of its file, narrowed as it is."""
        said = {
            "nhom": group,
            "viec": "toi" if self.own else "",
            "dot": str(self.round or ""),
            "co-quan": self.agency,
            "q": self.words,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse(page)}?{query}" if query else reverse(page)

    @property
    def list_url(self) -> str:
        return self.address(self.group)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.own or self.round or self.agency or self.words)


@dataclass(frozen=True, slots=True)
class Standing:
    """A sign and words: how a text, or a procedure, stands on its way."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class TextLine:
    change: LegalChange
    standing: Standing


class TextsPage(TypedDict):
    page: Page[Any]
    lines: list[TextLine]
    asked: Asked
    tabs: list[dict[str, Any]]
    rounds: list[tuple[str, str, bool]]
    doers: list[tuple[str, str, bool]]
    file_url: str
    approved: int
    done: int


def texts_page(*, user: User, asked: Asked, today: date) -> TextsPage:
    """Return the texts that approved plans change, the late ones first, with what is done."""
    visible = _visible(user, asked)
    page = Paginator(_in_order(visible, asked, today), PAGE_SIZE).get_page(asked.page)
    rounds = ReviewRound.objects.visible_to(user).select_related("round")
    items = PlanItem.objects.visible_to(user).granted()
    return {
        "page": page,
        "lines": [TextLine(change, text_standing(change, today)) for change in page.object_list],
        "asked": asked,
        "tabs": _tabs(visible, asked, today),
        "rounds": [(str(row.pk), str(row), row.pk == asked.round) for row in rounds],
        "doers": [("toi", "Việc của tôi", asked.own)],
        "file_url": asked.address(asked.group, "plans:texts_file"),
        "approved": items.count(),
        "done": PlanItem.objects.visible_to(user).carried_out_on(today).count(),
    }


LATE_OWN = Asked(group="qua-han", own=True)
"""What a person's page of the day shows, and the list to which it leads."""


def rows_of(*, user: User, asked: Asked, today: date) -> QuerySet[LegalChange]:
    """Return what the list holds, in no order."""
    rows: QuerySet[LegalChange] = _in_group(_visible(user, asked), asked.group, today)
    return rows


def all_lines(*, user: User, asked: Asked, today: date) -> Iterator[TextLine]:
    """Yield all that the list would show, page after page; with issued documents beside."""
    rows = _in_order(_visible(user, asked), asked, today)
    rows = rows.select_related("document").defer("document__text")
    for change in rows.iterator(chunk_size=_BATCH):
        yield TextLine(change, text_standing(change, today))


def _visible(user: User, asked: Asked) -> QuerySet[LegalChange]:
    rows = LegalChange.objects.visible_to(user).to_carry_out()
    if asked.own:
        rows = rows.filter(pk__in=LegalChange.objects.moved_by(user).values("pk"))
    return rows.filter(_narrowed(asked))


def _in_order(rows: Any, asked: Asked, today: date) -> Any:
    rows = _in_group(rows, asked.group, today).annotate(place=_place(today))
    return _named(rows.order_by("place", F("due_on").asc(nulls_last=True), "pk"))


def _tabs(visible: QuerySet[LegalChange], asked: Asked, today: date) -> list[dict[str, Any]]:
    is_open = open_on(today)
    counts = visible.aggregate(
        **{
            "all": Count("pk"),
            "qua-han": Count("pk", filter=is_open & Q(due_on__lt=today)),
            "dang-lam": Count("pk", filter=is_open),
            "thoi": Count("pk", filter=Q(status=LegalChangeStatus.DROPPED.value)),
        }
    )
    counts["hieu-luc"] = counts["all"] - counts["dang-lam"] - counts["thoi"]
    return [
        {
            "label": label,
            "url": asked.address(group),
            "current": group == asked.group,
            "count": format_number(counts[group or "all"]),
        }
        for group, label in GROUPS.items()
    ]


def _in_group(rows: Any, group: str, today: date) -> Any:
    match group:
        case "qua-han":
            return rows.late_on(today)
        case "dang-lam":
            return rows.open_on(today)
        case "hieu-luc":
            return rows.exclude(open_on(today)).exclude(status=LegalChangeStatus.DROPPED.value)
        case "thoi":
            return rows.filter(status=LegalChangeStatus.DROPPED.value)
        case _:
            return rows


def _place(today: date) -> Case:
    return Case(When(open_on(today), then=Value(0)), default=Value(1), output_field=IntegerField())


def _named(rows: Any) -> Any:
    return rows.select_related(
        "agency", "item__plan__agency", "item__review__procedure_version"
    ).defer("item__to_be", "item__review__procedure_version__content")


def _narrowed(asked: Asked) -> Q:
    condition = Q() if asked.round is None else Q(item__plan__round=asked.round)
    for word in fold(asked.agency).split():
        condition &= Q(agency__folded_name__contains=word)
    for word in fold(asked.words).split():
        condition &= (
            Q(folded__contains=word)
            | Q(document__folded__contains=word)
            | Q(item__review__procedure_version__folded__contains=word)
        )
    return condition


def text_standing(change: LegalChange, today: date) -> Standing:
    """Return how a text stands: late before all, else the step it has reached."""
    status = LegalChangeStatus(change.status)
    value = as_value(change)
    if value.holds_on(today):
        day = change.in_force_on
        return Standing("done", f"có hiệu lực từ {format_date(day)}" if day else "có hiệu lực")
    dropped = status is LegalChangeStatus.DROPPED
    if not dropped and change.due_on and change.due_on < today:
        days = format_number((today - change.due_on).days)
        return Standing("late", f"quá hạn {days} ngày, {change.status_words.lower()}")
    return Standing(LEGAL_CHANGE_KINDS[status], change.status_words)


def as_value(change: LegalChange) -> Change:
    """Return the text as the domain counts it."""
    return Change(LegalChangeStatus(change.status), change.due_on, change.in_force_on)


class TextPage(TypedDict):
    change: LegalChange
    standing: Standing
    can: dict[str, bool]
    sees_plan: bool
    former_drafts: list[FormerDraft]
    history: list[Event]


def text_page(*, user: User, change: LegalChange, today: date) -> TextPage:
    """Return one text to change, with the moves that the person may make now."""
    plan = change.item.plan
    paths = (plan.agency.path or "/", plan.round.agency.path or "/")
    seen = user.access.paths(Permission.SEE)
    return {
        "change": change,
        "standing": text_standing(change, today),
        "can": {move.value: policies.can_text(user, move, change) for move in LegalChangeMove},
        "sees_plan": any(path.startswith(seen) for path in paths),
        "former_drafts": list(change.former_drafts.select_related("file", "replaced_by")),
        "history": audit.history_of(change),
    }


def get_visible_text(*, user: User, pk: int) -> LegalChange:
    """
    Return a text to change, if the person may see it.

    :raises LegalChange.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        LegalChange.objects.visible_to(user)
        .select_related(
            "agency",
            "draft",
            "document__file",
            "measure",
            "item__plan__agency",
            "item__plan__round__agency",
            "item__plan__round__round",
            "item__review__procedure_version",
        )
        .defer("item__to_be", "item__review__procedure_version__content", "document__text")
        .get(pk=pk)
    )


def get_former_draft(*, user: User, text: int, pk: int) -> FormerDraft:
    """
    Return a draft of a text whose place another one took, if the person may see the text.

    :raises FormerDraft.DoesNotExist: also when it exists but is hidden from the person.
    """
    visible = LegalChange.objects.visible_to(user).filter(pk=text)
    return FormerDraft.objects.select_related("file").get(pk=pk, change__in=visible)
