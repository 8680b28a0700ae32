"""How far each agency is with a programme, as everybody may know it: totals, and no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.queries.indicators.counted import Counted, counted
from tinhgon.apps.plans.queries.indicators.scope import whole_of
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.http import whole_number
from tinhgon.domain.simplification import CountingRule, Figure, Indicators, Stage
from tinhgon.domain.vntext import format_percent, sort_key

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """An agency by itself, or all together."""

    name: str
    published: int
    listed: int
    approved: int
    carried_out: int
    number: Figure
    cost: Figure
    number_reached: bool | None
    cost_reached: bool | None


class ProgressPage(TypedDict):
    programme: Programme
    programmes: list[tuple[str, str, bool]]
    on: date
    page: Page[Any]
    rows: list[Row]
    total: Row
    targets: tuple[str, str]
    formulas: tuple[str, str]


def is_progress_public() -> bool:
    """Return whether there is anything to see."""
    return _public().exists()


def _public() -> QuerySet[Programme]:
    return Programme.objects.filter(monitoring_setting__is_public=True)


def progress_page(*, programme: str, number: str, today: date) -> ProgressPage | None:
    """Return the totals of a programme; None where none is public. At most eight queries."""
    shown = list(_public().select_related("agency"))
    wanted = whole_number(programme)
    chosen = next((each for each in shown if wanted in {None, each.pk}), None)
    if chosen is None:
        return None
    scope = whole_of(chosen, today)
    # Of a whole scope nobody is asked what he may see.
    found = counted(User(), scope) if scope.rounds else Counted()
    published = _published(chosen, today)
    keys = [*found.wholes, *(key for key in published if key not in found.wholes)]
    names = dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name"))
    page = Paginator(sorted(keys, key=lambda key: sort_key(names[key])), PAGE_SIZE)
    part = page.get_page(number)
    table = _Table(found, published, scope.rule)
    total = table.row("Tổng số", keys)
    return {
        "programme": chosen,
        "programmes": [(str(each.pk), each.name, each == chosen) for each in shown],
        "on": today,
        "page": part,
        "rows": [table.row(names[key], [key]) for key in part.object_list],
        "total": total,
        "targets": (_percent(scope.rule.number_target), _percent(scope.rule.cost_target)),
        "formulas": (total.number.formula, total.cost.formula),
    }


def _published(programme: Programme, today: date) -> dict[int, int]:
    """Return how many procedures in force each agency of the branch holds."""
    branch = Agency.objects.filter(path__startswith=programme.agency.path or "-")
    rows = ProcedureVersion.objects.in_force_on(today).filter(holder__in=branch.values("pk"))
    return dict(rows.order_by().values_list("holder").annotate(number=Count("pk")))


def _percent(target: Any) -> str:
    return format_percent(target * 100)


class _Table:
    """Rows over what is counted and published."""

    def __init__(self, found: Counted, published: dict[int, int], rule: CountingRule) -> None:
        self._found, self._published, self._rule = found, published, rule

    def row(self, name: str, keys: list[int]) -> Row:
        own = self._found.within(keys)
        approved, done = own.total(Stage.APPROVED), own.total(Stage.CARRIED_OUT)
        number, cost = approved.number(self._rule), approved.cost(self._rule)
        return Row(
            name=name,
            published=sum(self._published.get(key, 0) for key in keys),
            listed=approved.listed,
            approved=_both(approved),
            carried_out=_both(done),
            number=number,
            cost=cost,
            number_reached=number.reaches(self._rule.number_target),
            cost_reached=cost.reaches(self._rule.cost_target),
        )


def _both(figures: Indicators) -> int:
    """Return the procedures that were cut or simplified."""
    return figures.cut + figures.simplified
