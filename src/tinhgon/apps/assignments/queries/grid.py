"""What stands on the board: the asked columns, and each agency's shares in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.enums import AnswerKind, View
from tinhgon.apps.assignments.models import Answer, Assignment, Duty
from tinhgon.apps.audit.queries import Moment
from tinhgon.domain.access import Permission

from . import filters
from .cells import Facts
from .past import PAST_FACTS, amended_since, duties_of, facts_on, settled

WORD_OF = {level: word for word, level in filters.LEVELS.items()}
SHOWN_VIEWS = (
    View.OVERDUE,
    View.SOON,
    View.ON_TIME,
    View.NO_DUE,
    View.RETURNED,
    View.SUBMITTED,
    View.DONE,
    View.DONE_LATE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it says wrongly counts as not said."""

    programme: int | None = None
    directive: int | None = None
    level: Level | None = None
    view: View | None = None
    branch: int | None = None
    day: date | None = None
    columns: int = 1
    page: str = "1"
    just_issued: bool = False  # tell once what the letter gave, and what comes next

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        view = query.get("trang-thai", "")
        return cls(
            programme=filters.number(query.get("chuong-trinh", "")),
            directive=filters.number(query.get("van-ban", "")),
            level=filters.LEVELS.get(query.get("cap", "")),
            view=View(view) if view in SHOWN_VIEWS else None,
            branch=filters.number(query.get("nhanh", "")),
            day=filters.day(query.get("ngay", "")),
            columns=filters.number(query.get("cot", "")) or 1,
            page=query.get("page", "1"),
            just_issued=query.get("vua-giao", "") == "1",
        )

    def on(self, today: date) -> date:
        """Return the day asked for; never one to come."""
        return min(self.day or today, today)

    def address(self) -> str:
        """Return the board with these filters, always on the first page of rows."""
        query = {
            **self.selection(),
            "cap": WORD_OF.get(self.level, "") if self.level else "",
            "trang-thai": self.view.value if self.view else "",
            "nhanh": self.branch or "",
            "ngay": self.day.isoformat() if self.day else "",
            "cot": self.columns if self.columns > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in query.items() if value})

    def selection(self) -> dict[str, int]:
        """Return which duties are meant, in the words that the list understands too."""
        found = {"chuong-trinh": self.programme, "van-ban": self.directive}
        return {name: value for name, value in found.items() if value}


class Column(NamedTuple):
    pk: int
    number: int
    summary: str
    due_on: date | None
    url: str
    untold: bool = False


class Share(NamedTuple):
    """One assignment, as bare columns."""

    pk: int
    agency: int
    column: int
    facts: Facts


@dataclass(slots=True)
class Grid:
    """All shares of the shown duties, by agency and duty."""

    shares: dict[tuple[int, int], list[Share]] = field(default_factory=dict)
    agencies: dict[int, Agency] = field(default_factory=dict)
    district_of: dict[int, int] = field(default_factory=dict)  # commune → its district
    communes: Counter[int] = field(default_factory=Counter)  # of a district
    below: dict[tuple[int, int], list[Share]] = field(default_factory=dict)  # by district and duty


def columns_of(user: User, asked: Asked, moment: Moment) -> list[Column]:
    """
    Return the duties of the selection on the day, less those passed on from one that the person
    sees too: their shares stand in its column. A last day that was amended since is not told.
    """
    seen_above = Q(pk__in=[])
    for path in user.access.paths(Permission.SEE):
        seen_above |= Q(parent__agency__path__startswith=path)
        seen_above |= Q(parent__duty__issuer__path__startswith=path)
    duties = (
        Duty.objects.visible_to(user)
        .filter(Q(parent=None) | ~seen_above, **selection(asked, ""))
        .order_by("issued_at", "directive_id", "order", "pk")
    )
    if moment.is_past:
        duties = duties.filter(duties_of(moment)).annotate(untold=amended_since(moment))
    else:
        duties = duties.filter(withdrawn_at=None).annotate(untold=Value(0))
    told = duties.values_list("pk", "summary", Coalesce("due_on", "report_due_on"), "untold")
    return [
        Column(
            pk,
            number,
            summary,
            None if untold else due_on,
            reverse("assignments:duty", args=[pk]),
            bool(untold),
        )
        for number, (pk, summary, due_on, untold) in enumerate(told, start=1)
    ]


def selection(asked: Asked, prefix: str) -> dict[str, int]:
    found = {f"{prefix}programme": asked.programme, f"{prefix}directive": asked.directive}
    return {name: value for name, value in found.items() if value}


def load_grid(user: User, asked: Asked, shown: list[Column], moment: Moment) -> Grid:
    column_of = {column.pk: column.pk for column in shown}
    passed_on = Duty.objects.filter(parent__duty__in=list(column_of))
    column_of |= dict(passed_on.values_list("pk", "parent__duty"))
    found = Assignment.objects.visible_to(user).filter(duty__in=list(column_of))
    if asked.branch:
        found = found.filter(agency__path__contains=f"/{asked.branch}/")
    grid = Grid()
    for pk, holder, duty, facts in _told(found.order_by("pk"), moment):
        column = column_of[duty]
        share = Share(pk, holder, column, facts)
        grid.shares.setdefault((holder, column), []).append(share)
    keys = {holder for holder, _ in grid.shares} | ({asked.branch} if asked.branch else set())
    light = Agency.objects.only("name", "short_name", "level", "path", "order", "version")
    grid.agencies = light.in_bulk(list(keys))
    districts = {a.pk for a in grid.agencies.values() if a.level == Level.DISTRICT}
    for agency in grid.agencies.values():
        if agency.level == Level.COMMUNE:
            steps = [int(step) for step in (agency.path or "").strip("/").split("/")]
            if district := next((step for step in steps if step in districts), None):
                grid.district_of[agency.pk] = district
    grid.communes = Counter(grid.district_of.values())
    for (agency_pk, column), shares in grid.shares.items():
        if above_it := grid.district_of.get(agency_pk):
            grid.below.setdefault((above_it, column), []).extend(shares)
    return grid


def _told(found: QuerySet[Assignment], moment: Moment) -> Iterator[tuple[int, int, int, Facts]]:
    """Yield each with its agency and duty, and how it stands on the day."""
    keys = ("pk", "agency", "duty")
    if moment.is_past:
        for pk, agency, duty, *facts in facts_on(found, moment).values_list(*keys, *PAST_FACTS):
            yield pk, agency, duty, settled(Facts(*facts))
        return
    nil = Answer.objects.filter(assignment=OuterRef("pk"), kind=AnswerKind.NIL.value, accepted=True)
    columns = ("status", "due_on", "done_on", "percent", Exists(nil))
    for pk, agency, duty, *facts in found.values_list(*keys, *columns):
        yield pk, agency, duty, Facts(*facts)
