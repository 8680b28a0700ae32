"""What is in force on a day, by the decisions that make it so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import TIER_CHOICES, Mode, Tier
from tinhgon.apps.procedures.models import Field, ProcedureVersion, in_force
from tinhgon.apps.procedures.queries.asked import TIERS, Asked
from tinhgon.apps.procedures.queries.filters import matching, scope
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.paging import CountedPaginator

PAGE_SIZE = 50
SHARES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Making:
    """A decision with how much of what it published is in force on the day."""

    decision: Decision
    holding: int
    published: int
    url: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the procedures in force belong to one agency, field or tier."""

    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Shares:
    """The greatest shares of one kind, and how many more there are."""

    shown: list[Share]
    more: int

    @property
    def count(self) -> int:
        return len(self.shown) + self.more


class InForcePage(TypedDict):
    asked: Asked
    day: date
    agency_text: str
    total: int
    list_url: str
    page: Page[Any]
    makers: list[Making]
    agencies: Shares
    fields: Shares
    tiers: Shares
    tier_options: list[tuple[str, str, bool]]


def in_force_page(*, user: User, asked: Asked, number: str, today: date) -> InForcePage:
    """
    Return what is in force on the day that is asked for, just as the list of procedures finds it,
    and the decisions that make it so.
    """
    asked = asked.in_mode(Mode.IN_FORCE)
    within = scope(user=user, asked=asked, today=today)
    found = matching(within=within, asked=asked, today=today).order_by()
    if within.asked is None:
        lines = DecisionLine.objects.filter(in_force(asked.day or today)).order_by()
        if replace(asked, agency="").narrows:
            lines = lines.filter(version__in=found)
        standing = _counted(found, lines, number)
    else:
        standing = _gathered(found, number)
    return {
        "asked": asked,
        "day": asked.day or today,
        "agency_text": agencies.written(within.agency) if within.agency else asked.agency,
        "total": sum(standing.tiers.values()),
        "list_url": _list(asked),
        "page": standing.page,
        "makers": _makers(standing, asked),
        "agencies": _shares(
            standing.holders, standing.names, lambda pk: _list(asked, agency=str(pk))
        ),
        "fields": _shares(
            standing.fields,
            {**standing.field_names, None: "Chưa ghi lĩnh vực"},
            lambda pk: _list(asked, field=standing.field_names[pk]) if pk else "",
        ),
        "tiers": _shares(
            standing.tiers, dict(TIER_CHOICES), lambda tier: _list(asked, tier=Tier(tier))
        ),
        "tier_options": [
            (slug, dict(TIER_CHOICES)[tier.value], tier is asked.tier)
            for slug, tier in TIERS.items()
        ],
    }


@dataclass(frozen=True, slots=True)
class _Standing:
    """
    How much is in force by agency, field and tier, and a page of the keys of the decisions that
    make it so. `names`: of agencies, at least of the greatest. `holding`: decision → how much.
    """

    page: Page[Any]
    holding: Mapping[int, int]
    holders: Mapping[int, int]
    fields: Mapping[int | None, int]
    tiers: Mapping[str, int]
    names: Mapping[int, str]
    field_names: Mapping[int | None, str]


def _gathered(found: QuerySet[ProcedureVersion], number: str) -> _Standing:
    """Read what is in force on a branch, all counts at one stroke; one query."""
    decision = "decision_line__decision"
    rows = found.values_list(
        decision, f"{decision}__issued_on", "holder", "holder__name", "field", "field__name", "tier"
    ).annotate(n=Count("*"))
    making, holders, fields, tiers = Counter[Any](), Counter[int](), Counter[Any](), Counter[str]()
    names: dict[int, str] = {}
    field_names: dict[int | None, str] = {}
    for pk, day, holder, name, field, field_name, tier, n in rows:
        making[day, pk] += n
        holders[holder] += n
        fields[field] += n
        tiers[tier] += n
        names[holder], field_names[field] = name, field_name
    newest = [pk for _, pk in sorted(making, reverse=True)]
    return _Standing(
        Paginator(newest, PAGE_SIZE).get_page(number),
        {pk: n for (_, pk), n in making.items()},
        holders,
        fields,
        tiers,
        names,
        field_names,
    )


def _counted(
    found: QuerySet[ProcedureVersion], lines: QuerySet[DecisionLine], number: str
) -> _Standing:
    """
    Let the database count what is in force in the whole tree; `lines` brought it. Five queries.

    Each goes along an index and sorts nothing: a nation has 300,000 of them.
    """
    holders, tiers = Counter[int](), Counter[str]()
    for holder, tier, n in found.values_list("holder", "tier").annotate(n=Count("*")):
        holders[holder] += n
        tiers[tier] += n
    fields = dict(found.values_list("field").annotate(n=Count("*")))
    own = lines.filter(decision=OuterRef("pk"))
    newest = Decision.objects.filter(Exists(own), status=DecisionStatus.SIGNED)
    page = CountedPaginator(
        newest.order_by("-issued_on", "-pk").values_list("pk", _number_of(own)),
        PAGE_SIZE,
        counted=lines.values("decision").distinct().count(),
    ).get_page(number)
    holding = dict(page.object_list)
    page.object_list = list(holding)
    names = _names(_greatest(holders), [pk for pk in _greatest(fields) if pk])
    return _Standing(page, holding, holders, fields, tiers, *names)


def _number_of(lines: QuerySet[DecisionLine]) -> Coalesce:
    counted = lines.order_by().values("decision").annotate(n=Count("*"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _names(
    holders: Collection[int], fields: Collection[int]
) -> tuple[dict[int, str], dict[int | None, str]]:
    """Return the names of agencies and of fields; one query."""
    rows = Agency.objects.filter(pk__in=holders).order_by().values_list(Value(0), "pk", "name")
    areas = Field.objects.filter(pk__in=fields).order_by().values_list(Value(1), "pk", "name")
    found: tuple[dict[Any, str], dict[Any, str]] = ({}, {})
    for nth, pk, name in rows.union(areas, all=True):
        found[nth][pk] = name
    return found


def _greatest(counts: Mapping[Any, int]) -> list[Any]:
    """Return whose shares may be among those shown: as great as the last of them, or greater."""
    least = min(sorted(counts.values(), reverse=True)[:SHARES_SHOWN], default=0)
    return [key for key, n in counts.items() if n >= least]


def _makers(standing: _Standing, asked: Asked) -> list[Making]:
    pks = list(standing.page.object_list)
    published = DecisionLine.objects.filter(decision=OuterRef("pk"), version__isnull=False)
    decisions = Decision.objects.select_related("document", "issuer").defer("document__text")
    loaded = decisions.annotate(published=_number_of(published)).in_bulk(pks)
    return [
        Making(
            loaded[pk],
            standing.holding[pk],
            loaded[pk].published,  # type: ignore[attr-defined]
            _list(asked, decision=loaded[pk].document.code),
        )
        for pk in pks
    ]


def _shares(
    counts: Mapping[Any, int], names: Mapping[Any, str], url: Callable[[Any], str]
) -> Shares:
    """Return the shares, the greatest first; the list of each is its proof."""
    great = [key for key in _greatest(counts) if counts[key]]
    ordered = sorted(great, key=lambda key: (-counts[key], names[key], key))[:SHARES_SHOWN]
    shown = [Share(names[key], counts[key], url(key)) for key in ordered]
    return Shares(shown, sum(n > 0 for n in counts.values()) - len(shown))


def _list(asked: Asked, **changed: Any) -> str:
    return reverse("procedures:list") + asked.address(**changed)
