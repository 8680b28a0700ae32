"""The list of periods, each with how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import Standing
from tinhgon.apps.reports.models import Report, ReportPeriod

from .standing import condition

_PAGE = 30
COUNTED = (
    Standing.RECEIVED,
    Standing.ON_TIME,
    Standing.SENT_LATE,
    Standing.OVERDUE,
    Standing.NOT_YET,
    Standing.NIL,
)


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period with the numbers of the reports that the person sees, and his own report."""

    period: ReportPeriod
    asked: int
    counts: dict[Standing, int]
    own: Report | None

    @property
    def sent(self) -> int:
        return self.counts[Standing.ON_TIME] + self.counts[Standing.SENT_LATE]

    @property
    def percent(self) -> int:
        return round(100 * self.sent / self.asked) if self.asked else 0

    @property
    def numbers(self) -> list[tuple[str, str, int]]:
        """Value of the filter, words, number: what is shown of each."""
        return [(each.value, each.label, number) for each, number in self.counts.items()]


class ListPage(TypedDict):
    lines: list[PeriodLine]
    page: Page[Any]
    today: date
    can_open: bool
    can_set_templates: bool
    states: list[tuple[str, str, bool]]
    is_filtered: bool


_STATES = {
    "dang-mo": ("Đang mở", Q(closed_on=None)),
    "da-ket-thuc": ("Đã kết thúc", Q(closed_on__isnull=False)),
}


def list_page(*, user: User, state: str, number: str, today: date) -> ListPage:
    """Return the periods that the person may see; five queries."""
    found = ReportPeriod.objects.visible_to(user).select_related("agency", "programme")
    if state in _STATES:
        found = found.filter(_STATES[state][1])
    page = Paginator(found, _PAGE).get_page(number)
    rows = list(page.object_list)
    return {
        "lines": _lines(user, rows, today),
        "page": page,
        "today": today,
        "can_open": bool(policies.askers(user)),
        "can_set_templates": policies.sets_templates(user),
        "states": [(key, words, key == state) for key, (words, _) in _STATES.items()],
        "is_filtered": state in _STATES,
    }


def _lines(user: User, rows: Sequence[ReportPeriod], today: date) -> list[PeriodLine]:
    keys = [row.pk for row in rows]
    seen = Report.objects.visible_to(user).filter(period__in=keys)
    rows_counted: QuerySet[Any] = seen.exclude(receiver=None).order_by()
    counted: dict[int, dict[str, int]] = {
        row["period"]: row
        for row in rows_counted.values("period").annotate(
            asked=Count("pk"),
            **{each.name: Count("pk", filter=condition(each, today)) for each in COUNTED},
        )
    }
    own = own_reports(user, keys)
    return [
        PeriodLine(
            period=row,
            asked=counted.get(row.pk, {}).get("asked", 0),
            counts={each: counted.get(row.pk, {}).get(each.name, 0) for each in COUNTED},
            own=own.get(row.pk),
        )
        for row in rows
    ]


def own_reports(user: User, periods: Sequence[int]) -> dict[int, Report]:
    """Return the report that the person's own agency writes for each period, if it has one."""
    rows = Report.objects.filter(written_in(seats_of(user)), period__in=periods)
    found: dict[int, Report] = {}
    for row in rows.select_related("agency").order_by("pk"):
        found.setdefault(row.period_id, row)
    return found


def seats_of(user: User) -> list[int]:
    """Return the agencies in whose name the person writes."""
    held = user.current_positions
    return [key for each in held for key in (each.scope_id, each.agency_id) if key is not None]


def written_in(seats: Iterable[int]) -> Q:
    """Return which reports one of these agencies writes."""
    own = list(seats)
    return Q(agency__in=own, successor=None) | Q(successor__in=own)
