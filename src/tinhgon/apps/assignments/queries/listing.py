"""Assignments by filters that stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, Q, QuerySet, TextChoices

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.vntext import fold
from tinhgon.domain.workdays import WorkCalendar

from . import filters, mine
from .letters import issued_letters
from .lines import Line, in_order, lines, rollups, with_related
from .succession import may_transfer

C = TypeVar("C", bound=TextChoices)

PAGE_SIZE = 50
DEFAULT_SORT = "due_on"
_SORTS = {
    "due_on": ["due_on"],
    # By the words of the levels, backwards is from the province down.
    "agency": ["-agency__level", "agency__order", "agency__name"],
    "duty": ["duty__issued_at", "duty__order"],
    "percent": ["percent"],
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; what it says wrongly counts as not said."""

    view: View | None = None
    agency: str = ""  # a key, or words of a name as a person types them
    programme: int | None = None
    directive: int | None = None
    duties: tuple[int, ...] = ()
    level: Level | None = None
    itself: bool = False
    issuer: int | None = None
    part: Part | None = None
    words: str = ""
    due_from: date | None = None
    due_to: date | None = None
    mine: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        sort = query.get("sort", "")
        return cls(
            view=_one_of(View, query.get("trang-thai", "")),
            agency=_words(query.get("co-quan", "")),
            programme=filters.number(query.get("chuong-trinh", "")),
            directive=filters.number(query.get("van-ban", "")),
            duties=filters.numbers(query.get("nhiem-vu", "")),
            level=filters.LEVELS.get(query.get("cap", "")),
            itself=query.get("rieng", "") == "1",
            issuer=filters.number(query.get("giao-boi", "")),
            part=_one_of(Part, query.get("vai-tro", "")),
            words=_words(query.get("q", "")),
            due_from=filters.day(query.get("tu", "")),
            due_to=filters.day(query.get("den", "")),
            mine=word if (word := query.get("viec", "")) in mine.KEY_OF else "",
            sort=sort if sort.removeprefix("-") in _SORTS else DEFAULT_SORT,
        )

    @property
    def hidden(self) -> list[tuple[str, str, str]]:
        """
        Return the filters that a number on another page brings along and the form has no input
        for: name, value, words.
        """
        word = next((word for word, each in filters.LEVELS.items() if each == self.level), "")
        found = [
            ("nhiem-vu", ",".join(str(pk) for pk in self.duties), f"{len(self.duties)} nhiệm vụ"),
            ("cap", word, self.level.label.lower() if self.level else ""),
            ("rieng", "1" if self.itself else "", "không kể đơn vị cấp dưới"),
            ("giao-boi", str(self.issuer or ""), "một cơ quan giao"),
            ("viec", self.mine, "việc của tôi"),
        ]
        return [each for each in found if each[1]]

    @property
    def are_set(self) -> bool:
        return self != Filters(sort=self.sort)


class ListPage(TypedDict):
    filters: Filters
    page: Page[int]
    lines: list[Line]
    views: list[View]
    parts: list[Part]
    agency_text: str
    programmes: list[Programme]
    letters: list[Directive]
    may_transfer: bool


def assignment_list(
    *, user: User, asked: Filters, number: str | int, today: date, calendar: WorkCalendar
) -> ListPage:
    """Return one page of the assignments that the person may see and asks for."""
    meant = agencies.meant(asked.agency) if asked.agency else None
    found = _matching(user, asked, meant, today=today, calendar=calendar)
    page = Paginator(found.values_list("pk", flat=True), PAGE_SIZE).get_page(number)
    rows = in_order(list(page.object_list))
    return {
        "filters": asked,
        "page": page,
        "lines": lines(rows, user=user, today=today, calendar=calendar, children=rollups(rows)),
        "may_transfer": may_transfer(user),
        "views": list(View),
        "parts": list(Part),
        "agency_text": meant.written if meant else asked.agency,
        "programmes": list(Programme.objects.visible_to(user)),
        "letters": issued_letters(user),
    }


def matching(
    *, user: User, asked: Filters, today: date, calendar: WorkCalendar
) -> QuerySet[Assignment]:
    """Return the assignments asked for, in order; the list and its export are both made of it."""
    meant = agencies.meant(asked.agency) if asked.agency else None
    return _matching(user, asked, meant, today=today, calendar=calendar)


def _matching(
    user: User, asked: Filters, meant: agencies.Meant | None, *, today: date, calendar: WorkCalendar
) -> QuerySet[Assignment]:
    found = with_related(Assignment.objects.visible_to(user))
    if asked.view:
        found = found.filter(filters.condition(asked.view, today=today, calendar=calendar))
    if asked.mine:
        key = mine.KEY_OF[asked.mine]
        found = found.filter(mine.condition(key, user=user, today=today, calendar=calendar))
    for name, value in (
        ("duty__programme", asked.programme),
        ("duty__directive", asked.directive),
        ("agency__level", asked.level),
        ("duty__issuer", asked.issuer),
        ("part", asked.part),
        ("due_on__gte", asked.due_from),
        ("due_on__lte", asked.due_to),
    ):
        if value is not None:
            found = found.filter(**{name: value})
    if asked.duties:
        found = found.filter(filters.of_duties(asked.duties))
    if asked.agency:
        found = found.filter(agency__in=_those(asked, meant))
    for word in fold(asked.words).split():
        found = found.filter(Q(duty__folded__contains=word) | Q(agency__folded_name__contains=word))
    return found.order_by(*_order(asked.sort))


def _those(asked: Filters, meant: agencies.Meant | None) -> QuerySet[Agency]:
    """Return the agencies that the words mean: the one with those below it, or all so named."""
    if meant is None:
        found = agencies.named(asked.agency)
    elif asked.itself:
        found = Agency.objects.filter(pk=meant.agency.pk)
    else:
        found = Agency.objects.within((meant.agency.path or "-",))
    return found.order_by()


def _order(sort: str) -> list[OrderBy]:
    backwards = sort.startswith("-")
    found = []
    for name in [*_SORTS[sort.removeprefix("-")], "pk"]:
        field = F(name.removeprefix("-"))
        down = backwards != name.startswith("-")
        found.append(field.desc(nulls_last=True) if down else field.asc(nulls_last=True))
    return found


def _words(text: str) -> str:
    return text.replace("\0", "").strip()[:200]


def _one_of(enum: type[C], text: str) -> C | None:
    return enum(text) if text in enum.values else None
