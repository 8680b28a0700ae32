"""Difficulties by what the address asks for, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OrderBy, Q, QuerySet
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.enums import STATUS_LABELS, Decider, Group, Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.common.http import whole_number
from tinhgon.domain.difficulties import OPEN, OWN, WAITING, kinds
from tinhgon.domain.vntext import fold, format_number, nfc

from .names import Concerned, Named, by_difficulty, named, seen_by
from .standing import Words, standing_words

PAGE_SIZE = 50
DEFAULT_SORT = "-ngay"
_SORTS = {
    "ngay": ["raised_at"],
    "han": ["due_on"],
    "co-quan": ["agency__order", "agency__name"],
    "noi-xu-ly": ["holder__order", "holder__name"],
}
_AT_WORK = sorted(status.value for status in WAITING)
_OPEN = sorted(status.value for status in OPEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it says wrongly counts as not said."""

    group: Group = Group.ALL
    kind: str = ""
    status: str = ""
    decider: str = ""
    agency: str = ""  # its key, or its name as typed; with all below it
    procedure: int | None = None
    words: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        sort, kind = query.get("sort", ""), query.get("loai", "")
        group, status = query.get("nhom", ""), query.get("trang-thai", "")
        decider = query.get("cap", "")
        return cls(
            group=Group(group) if group in Group.values else Group.ALL,
            kind=kind if kind in kinds() else "",
            status=status if status in set(Status) else "",
            decider=decider if decider in Decider.values else "",
            agency=_text(query.get("co-quan", "")),
            procedure=whole_number(query.get("thu-tuc", "")),
            words=_text(query.get("q", "")),
            sort=sort if sort.removeprefix("-") in _SORTS else DEFAULT_SORT,
        )

    def address(self, **changed: Any) -> str:
        """Return the address that asks for this, with some changed; its query is never empty."""
        there = replace(self, **changed)
        said = {
            "nhom": there.group.value,
            "loai": there.kind,
            "trang-thai": there.status,
            "cap": there.decider,
            "co-quan": there.agency,
            "thu-tuc": str(there.procedure or ""),
            "q": there.words,
            "sort": "" if there.sort == DEFAULT_SORT else there.sort,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('difficulties:list')}?{query}"

    @property
    def narrows(self) -> bool:
        return replace(self, group=Group.ALL, sort=DEFAULT_SORT) != Asked()

    @property
    def cleared(self) -> str:
        return Asked(group=self.group, sort=self.sort).address()


@dataclass(frozen=True, slots=True)
class Line:
    difficulty: Difficulty
    standing: Words
    procedures: Concerned


class ListPage(TypedDict):
    asked: Asked
    page: Page[Any]
    lines: list[Line]
    tabs: list[dict[str, Any]]
    kind_options: list[tuple[str, str, bool]]
    status_options: list[tuple[str, str, bool]]
    decider_options: list[tuple[str, str, bool]]
    agency_text: str
    procedure: Named | None
    may_raise: bool


def list_page(*, user: User, asked: Asked, number: str, today: date) -> ListPage:
    """Return one page of the difficulties that the person may see and asks for; six queries."""
    meant = agencies.meant(asked.agency) if asked.agency else None
    every = _narrowed(user, asked, meant.agency if meant else None)
    found = _ordered(every.filter(_in_group(asked.group, user, today)), asked.sort)
    page = Paginator(found, PAGE_SIZE).get_page(number)
    rows = list(page.object_list)
    procedures = by_difficulty([row.pk for row in rows], among=seen_by(user)) if rows else {}
    wanted = asked.procedure
    return {
        "asked": asked,
        "page": page,
        "lines": [
            Line(row, standing_words(row, today), procedures.get(row.pk, Concerned()))
            for row in rows
        ],
        "tabs": _tabs(every, asked, user, today),
        "kind_options": [(k.code, k.label, k.code == asked.kind) for k in kinds().values()],
        "status_options": [(s.value, STATUS_LABELS[s], s.value == asked.status) for s in Status],
        "decider_options": [(d.value, d.label, d.value == asked.decider) for d in Decider],
        "agency_text": meant.written if meant else asked.agency,
        "procedure": _procedure(wanted, user) if wanted is not None else None,
        "may_raise": policies.may_raise_anywhere(user),
    }


def _procedure(pk: int, user: User) -> Named | None:
    return named([pk], among=seen_by(user)).get(pk)


def matching(*, user: User, asked: Asked, today: date) -> QuerySet[Difficulty]:
    """Return all that the list shows on all its pages, in its order: its workbook is made of it."""
    meant = agencies.meant(asked.agency) if asked.agency else None
    every = _narrowed(user, asked, meant.agency if meant else None)
    return _ordered(every.filter(_in_group(asked.group, user, today)), asked.sort)


def _narrowed(user: User, asked: Asked, agency: Agency | None) -> QuerySet[Difficulty]:
    found = Difficulty.objects.visible_to(user)
    for name in ("kind", "status", "decider"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.procedure is not None:
        found = found.filter(procedures=asked.procedure)
    if agency is not None:
        found = found.filter(agency__path__startswith=agency.path or "-")
    elif asked.agency:
        for word in fold(asked.agency).split():
            found = found.filter(agency__folded_name__contains=word)
    for word in fold(asked.words).split():
        code = whole_number(word.removeprefix("vm-"))
        same = Q(pk=code) if word.startswith("vm-") and code is not None else Q(pk__in=[])
        found = found.filter(
            same | Q(folded__contains=word) | Q(agency__folded_name__contains=word)
        )
    return found


def _in_group(group: Group, user: User, today: date) -> Q:
    match group:
        case Group.MINE:
            return waits_for(user)
        case Group.OPEN:
            return Q(status__in=_OPEN)
        case Group.LATE:
            return Q(status__in=_AT_WORK, due_on__lt=today)
        case Group.ANSWERED:
            return Q(answer__isnull=False)
        case Group.GUIDANCE:
            return Q(is_guidance=True)
        case Group.ALL:
            return Q()


def waits_for(user: User) -> Q:
    """
    Return the condition that it is the turn of the agency where the person sits: to answer what
    came to it, to send or mend its own, to say whether an answer will do.
    """
    seats = {p.agency_id: set(p.role.permissions) for p in user.current_positions}
    raising = [pk for pk, rights in seats.items() if policies.RAISE in rights]
    answering = [pk for pk, rights in seats.items() if policies.ANSWER in rights]
    own = [*(status.value for status in OWN), Status.ANSWERED.value]
    return Q(agency__in=raising, status__in=own) | Q(holder__in=answering, status__in=_AT_WORK)


def _tabs(
    every: QuerySet[Difficulty], asked: Asked, user: User, today: date
) -> list[dict[str, Any]]:
    wanted = {
        group.value.replace("-", "_"): Count(
            "pk", filter=_in_group(group, user, today) or None, distinct=True
        )
        for group in Group
    }
    counts = every.order_by().aggregate(**wanted)
    return [
        {
            "label": group.label,
            "url": asked.address(group=group),
            "current": group is asked.group,
            "count": format_number(counts[group.value.replace("-", "_")]),
        }
        for group in Group
    ]


def _ordered(found: QuerySet[Difficulty], sort: str) -> QuerySet[Difficulty]:
    down = sort.startswith("-")
    order: list[OrderBy] = [
        F(name).desc() if down else F(name).asc()
        for name in (*_SORTS[sort.removeprefix("-")], "pk")
    ]
    related = ("agency", "holder", "answer__document")
    return found.select_related(*related).order_by(*order)


def _text(text: str) -> str:
    return " ".join(nfc(text).replace("\0", " ").split())[:200]
