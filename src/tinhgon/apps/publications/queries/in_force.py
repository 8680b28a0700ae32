"""What is in force on a day, by the decisions that make it so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.procedures.enums import TIER_CHOICES, Mode, Tier
from tinhgon.apps.procedures.queries.asked import TIERS, Asked
from tinhgon.apps.procedures.queries.filters import matching, scope
from tinhgon.apps.publications.models import Decision, DecisionLine

PAGE_SIZE = 50
SHARES_SHOWN = 30
_BY = ("decision_line__decision", "holder", "holder__name", "field__name", "tier")


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
    rows = found.values_list(*_BY).annotate(n=Count("pk"))
    making, holders, fields, tiers = Counter[int](), Counter[Any](), Counter[str](), Counter[str]()
    for decision, holder, name, field, tier, n in rows:
        making[decision] += n
        holders[holder, name] += n
        fields[field or ""] += n
        tiers[tier] += n
    newest = Decision.objects.filter(pk__in=making).order_by("-document__issued_on", "-pk")
    page = Paginator(list(newest.values_list("pk", flat=True)), PAGE_SIZE).get_page(number)
    return {
        "asked": asked,
        "day": asked.day or today,
        "agency_text": agencies.written(within.agency) if within.agency else asked.agency,
        "total": sum(making.values()),
        "list_url": _list(asked),
        "page": page,
        "makers": _makers(list(page.object_list), making, asked),
        "agencies": _shares(
            [(pk, name, n) for (pk, name), n in holders.items()],
            lambda pk: _list(asked, agency=str(pk)),
        ),
        "fields": _shares(
            [(name, name or "Chưa ghi lĩnh vực", n) for name, n in fields.items()],
            lambda name: _list(asked, field=name) if name else "",
        ),
        "tiers": _shares(
            [(tier, words, tiers[tier]) for tier, words in TIER_CHOICES],
            lambda tier: _list(asked, tier=Tier(tier)),
        ),
        "tier_options": [
            (slug, dict(TIER_CHOICES)[tier.value], tier is asked.tier)
            for slug, tier in TIERS.items()
        ],
    }


def _makers(pks: Collection[int], making: Mapping[int, int], asked: Asked) -> list[Making]:
    decisions = Decision.objects.select_related("document", "issuer").defer("document__text")
    loaded = decisions.in_bulk(pks)
    published = dict(
        DecisionLine.objects.filter(decision__in=pks, version__isnull=False)
        .order_by()
        .values_list("decision")
        .annotate(n=Count("pk"))
    )
    return [
        Making(
            loaded[pk],
            making[pk],
            published.get(pk, 0),
            _list(asked, decision=loaded[pk].document.code),
        )
        for pk in pks
    ]


def _shares(rows: Iterable[tuple[Any, str, int]], url: Callable[[Any], str]) -> Shares:
    """Return the shares, the greatest first; the list of each is its proof."""
    ordered = sorted((row for row in rows if row[2]), key=lambda row: (-row[2], row[1]))
    shown = [Share(words, n, url(key)) for key, words, n in ordered[:SHARES_SHOWN]]
    return Shares(shown, len(ordered) - len(shown))


def _list(asked: Asked, **changed: Any) -> str:
    return reverse("procedures:list") + asked.address(**changed)
