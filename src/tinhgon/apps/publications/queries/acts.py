"""What signed decisions did to procedures, as the domain reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import DecisionLine, LineEnding
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import Act
from tinhgon.domain.vntext import format_date


@dataclass(slots=True)
class Acts:
    """
    Acts by procedure, with what is told of them.

    `decisions`: line → its decision in words. `decision_of`: line → key of its decision.
    `first_days`: version → the day its line begins it.
    """

    by_procedure: dict[int, list[Act[int]]] = field(default_factory=lambda: defaultdict(list))
    decisions: dict[int, str] = field(default_factory=dict)
    decision_of: dict[int, int] = field(default_factory=dict)
    first_days: dict[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    procedure: int
    action: str
    version: int | None
    order: int
    decision: int
    effective_on: date
    issued_on: date
    number: str
    symbol: str


_DECISION = (
    "order",
    "decision",
    "decision__effective_on",
    "decision__document__issued_on",
    "decision__document__number",
    "decision__document__symbol",
)


def acts_on(procedures: Collection[int], *, without: int | None = None) -> Acts:
    """
    Return what signed decisions did to the procedures; `without` leaves one decision out.

    Where a decision ends a procedure twice (two others take its place, or one does and it is also
    abolished), it ends once.
    """
    found = Acts()
    ended: set[tuple[int, int]] = set()
    for row in _rows(procedures):
        if row.decision == without:
            continue
        if row.version is None:
            if (row.procedure, row.decision) in ended:
                continue
            ended.add((row.procedure, row.decision))
        else:
            found.first_days[row.version] = row.effective_on
        act = Act(
            row.line,
            Action(row.action),
            row.version,
            row.effective_on,
            row.issued_on,
            row.order,
        )
        found.by_procedure[row.procedure].append(act)
        found.decision_of[row.line] = row.decision
        found.decisions[row.line] = decision_words(row.number, row.symbol, row.issued_on)
    return found


def decision_words(number: str, symbol: str, issued_on: date | None) -> str:
    """Return "Quyết định số 12/QĐ-UBND ngày 05/01/2024"."""
    code = f"{number or '…'}/{symbol}" if symbol else number or "không số"
    day = f" ngày {format_date(issued_on)}" if issued_on else ""
    return f"Quyết định số {code}{day}"


def replacements() -> dict[int, list[int]]:
    """Return, of all signed decisions, procedure → those whose place it took."""
    found: dict[int, list[int]] = defaultdict(list)
    endings = LineEnding.objects.filter(line__decision__status=DecisionStatus.SIGNED)
    for taker, ended in endings.values_list("line__procedure", "procedure"):
        if taker != ended:
            found[taker].append(ended)
    return found


def _rows(procedures: Collection[int]) -> Iterator[_Row]:
    signed = DecisionStatus.SIGNED
    for batch in batches(list(procedures)):
        lines = DecisionLine.objects.filter(procedure__in=batch, decision__status=signed)
        columns = ("pk", "procedure", "action", "version", *_DECISION)
        for values in lines.order_by("pk").values_list(*columns):
            yield _Row(*values)
        endings = LineEnding.objects.filter(procedure__in=batch, line__decision__status=signed)
        about = [f"line__{name}" for name in _DECISION]
        for line, procedure, *rest in endings.order_by("pk").values_list(
            "line", "procedure", *about
        ):
            yield _Row(line, procedure, Action.REPLACED.value, None, *rest)
