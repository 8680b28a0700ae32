from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.db.models import Count, QuerySet

from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession


@dataclass(frozen=True, slots=True)
class Heir:
    """Who has what an agency did: all of it (`is_whole`) or a part; `is_sure` as in Succession."""

    agency: Agency
    is_whole: bool
    is_sure: bool


def successors_on(agency: Agency, day: date) -> list[Heir]:
    """
    Return who stands in the agency's place on `day`: itself while it exists, else its heirs.

    Follows a chain of successions, one query for each step of it. Heirs of the whole come first.
    """
    if agency.exists_on(day) or day < agency.started_on:
        return [Heir(agency, is_whole=True, is_sure=True)] if agency.exists_on(day) else []
    found: dict[int, Heir] = {}
    seen = {agency.pk}
    open_ends = [Heir(agency, is_whole=True, is_sure=True)]
    while open_ends:
        before = {heir.agency.pk: heir for heir in open_ends}
        open_ends = []
        rows = Succession.objects.filter(predecessor__in=before, on__lte=day)
        for row in rows.select_related("successor"):
            last = before[row.predecessor_id]
            heir = Heir(
                row.successor,
                is_whole=last.is_whole and row.kind == SuccessionKind.WHOLE,
                is_sure=last.is_sure and row.is_sure,
            )
            if row.successor.exists_on(day):
                known = found.get(row.successor_id)
                if known is None or (heir.is_whole and not known.is_whole):
                    found[row.successor_id] = heir
            elif row.successor_id not in seen:
                seen.add(row.successor_id)
                open_ends.append(heir)
    return sorted(found.values(), key=lambda h: (not h.is_whole, not h.is_sure, h.agency.order))


def successions_since(day: date, *, until: date) -> list[Succession]:
    """Return what took effect from `day` to `until`, both included, with both agencies."""
    rows = Succession.objects.filter(on__gte=day, on__lte=until)
    return list(rows.select_related("predecessor", "successor").order_by("on", "pk"))


def heirs_of_ended(
    successions: Iterable[Succession], *, today: date
) -> dict[Agency, Agency | None]:
    """
    Return, for each predecessor that is no more, who takes over what it still has.

    It is the one that takes over the whole, or the only one; None where a person has to choose.
    Where several take over parts, give just the succession that is meant.
    """
    found: dict[Agency, list[Succession]] = defaultdict(list)
    for each in successions:
        if each.on <= today and not each.predecessor.exists_on(today):
            found[each.predecessor].append(each)
    return {predecessor: _heir(heirs) for predecessor, heirs in found.items()}


class Ended(TypedDict):
    """An agency that is no more and still holds `count` things, with who may take them over."""

    agency: Agency
    count: int
    heirs: list[Succession]


def ended_holders(*, paths: tuple[str, ...], held: QuerySet[Any], today: date) -> list[Ended]:
    """
    Return the ended agencies within the branches `paths` that still hold something.

    `held` is what can be held: rows with an `agency`.
    """
    ended = Agency.objects.within(paths).filter(ended_on__lte=today)
    held = held.filter(agency__in=ended.values("pk"))
    counts = dict(held.values_list("agency").annotate(n=Count("pk")).order_by())
    agencies = (
        ended.filter(pk__in=list(counts))
        .prefetch_related("successions__successor")
        .order_by("ended_on", "order", "name")
    )
    return [
        Ended(agency=each, count=counts[each.pk], heirs=list(each.successions.all()))
        for each in agencies
    ]


def successions_within(*, paths: tuple[str, ...], pks: list[int]) -> list[Succession]:
    """Return the successions with these keys whose predecessor is within the branches `paths`."""
    branch = Agency.objects.within(paths)
    return list(
        Succession.objects.filter(pk__in=pks, predecessor__in=branch).select_related(
            "predecessor", "successor"
        )
    )


def due_successions(*, held: QuerySet[Any], today: date) -> list[Succession]:
    """Return the successions in effect whose predecessor still holds some of `held`."""
    holding = held.filter(agency__ended_on__lte=today)
    return list(
        Succession.objects.filter(on__lte=today, predecessor__in=holding.values("agency"))
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )


def _heir(heirs: list[Succession]) -> Agency | None:
    whole = [each for each in heirs if each.kind == SuccessionKind.WHOLE]
    candidates = whole or heirs
    return candidates[0].successor if len(candidates) == 1 else None
