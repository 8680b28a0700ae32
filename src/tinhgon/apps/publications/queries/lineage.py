"""What became of a procedure by decisions, with those it replaced and those that replaced it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import LineEnding
from tinhgon.domain.procedures import PUBLISHED, Period, standing
from tinhgon.domain.publishing import Lane, Replacement, Span, draw_lineage
from tinhgon.domain.vntext import format_date

from .acts import Acts, acts_on

MOST_LANES = 24


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as a link: its key and its words."""

    pk: int
    words: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One version in force, with the decisions that began and ended it."""

    procedure: int
    name: str
    number: int
    start: date
    end: date | None
    begun_by: Decided
    ended_by: Decided | None
    replaced_by: tuple[str, ...]
    is_shown: bool


class LineagePage(TypedDict):
    procedure: Procedure
    name: str
    drawing: str
    rows: list[PeriodRow]
    is_cut: bool


def lineage_page(*, procedure: Procedure) -> LineagePage:
    """Return the history of a procedure and its kin; only what signed decisions say."""
    ties = _ties(procedure.pk)
    kin = _kin(procedure.pk, ties)
    acts = acts_on(kin)
    versions = _versions(kin)
    named = _names(versions)
    periods = {pk: standing(acts.by_procedure.get(pk, ())).periods for pk in kin}
    order = sorted(
        kin, key=lambda pk: (periods[pk][0].start if periods[pk] else date.max, named.get(pk, ""))
    )
    shown = [tie for tie in ties if tie.old in kin and tie.new in kin]
    rows = [
        _row(pk, period, acts, versions, shown, named, asked=procedure.pk)
        for pk in order
        for period in periods[pk]
    ]
    lanes = [
        Lane(pk, named.get(pk, ""), tuple(_spans(periods[pk], acts)), pk == procedure.pk)
        for pk in order
        if periods[pk]
    ]
    return {
        "procedure": procedure,
        "name": named.get(procedure.pk, procedure.local_code),
        "drawing": draw_lineage(lanes, shown),
        "rows": rows,
        "is_cut": len(kin) >= MOST_LANES,
    }


def _ties(start: int) -> list[Replacement]:
    """
    Return the replacements that bind the procedure to its kin, near ones first.

    All of them are read as pairs of keys, which are few beside the versions: so it takes two
    queries however long the chain is.
    """
    endings = LineEnding.objects.filter(line__decision__status=DecisionStatus.SIGNED)
    bound: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for ending, old, new in endings.values_list("pk", "procedure", "line__procedure"):
        if old != new:
            bound[old].append((new, ending))
            bound[new].append((old, ending))
    near: dict[int, None] = {}
    seen, ring = {start}, [start]
    while ring and len(seen) < MOST_LANES:
        pairs = [pair for pk in ring for pair in bound.get(pk, ())]
        near |= {ending: None for _, ending in pairs}
        ring = list(dict.fromkeys(other for other, _ in pairs if other not in seen))
        seen |= set(ring)
    return _told(list(near))


def _told(endings: Collection[int]) -> list[Replacement]:
    document = "line__decision__document"
    rows = LineEnding.objects.filter(pk__in=endings).values_list(
        "pk",
        "procedure",
        "line__procedure",
        "line__decision__effective_on",
        f"{document}__number",
        f"{document}__symbol",
    )
    found = {
        pk: Replacement(old, new, on, f"Thay thế theo Quyết định số {number}/{symbol}")
        for pk, old, new, on, number, symbol in rows
        if on is not None
    }
    return [found[pk] for pk in endings if pk in found]


def _kin(start: int, ties: Iterable[Replacement]) -> list[int]:
    found = {start: None, **{pk: None for tie in ties for pk in (tie.old, tie.new)}}
    return list(found)[:MOST_LANES]


def _versions(procedures: Collection[int]) -> dict[int, tuple[int, int, str]]:
    """Return version → its procedure, number and name, of those that were published."""
    rows = ProcedureVersion.objects.filter(procedure__in=procedures, status__in=PUBLISHED)
    found = rows.order_by("number").values_list("pk", "procedure", "number", "name")
    return {pk: (procedure, number, name) for pk, procedure, number, name in found}


def _names(versions: dict[int, tuple[int, int, str]]) -> dict[int, str]:
    return {procedure: name for procedure, _, name in versions.values()}


def _row(
    procedure: int,
    period: Period[int],
    acts: Acts,
    versions: dict[int, tuple[int, int, str]],
    ties: Iterable[Replacement],
    named: dict[int, str],
    *,
    asked: int,
) -> PeriodRow:
    _, number, name = versions[period.version]
    takers = [tie.new for tie in ties if tie.old == procedure and tie.on == period.end]
    return PeriodRow(
        procedure=procedure,
        name=name,
        number=number,
        start=period.start,
        end=period.end,
        begun_by=_decided(period.begun_by, acts),
        ended_by=_decided(period.ended_by, acts) if period.ended_by is not None else None,
        replaced_by=tuple(named.get(pk, "") for pk in takers),
        is_shown=procedure == asked,
    )


def _decided(line: int, acts: Acts) -> Decided:
    return Decided(acts.decision_of[line], acts.decisions[line])


def _spans(periods: Iterable[Period[int]], acts: Acts) -> Iterable[Span]:
    for period in periods:
        words = acts.decisions[period.begun_by]
        end = f"trước ngày {format_date(period.end)}" if period.end else "nay"
        told = f"{words}: từ ngày {format_date(period.start)} đến {end}"
        yield Span(period.start, period.end, _code(words), told)


def _code(words: str) -> str:
    """Return "12/QĐ-UBND" out of "Quyết định số 12/QĐ-UBND ngày 05/01/2024"."""
    return words.removeprefix("Quyết định số ").partition(" ngày ")[0]
