"""My work: what is for today or late, what comes next, what waits for others or for my check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypedDict

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import ExtensionStatus, Status
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.domain.access import Permission
from tinhgon.domain.assigning import DONE, OPEN
from tinhgon.domain.deadlines import SOON_WORKING_DAYS
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .lines import LastDay, Line, briefly, last_day, lines, step_url

SHOWN = 5
_ASKED_TITLE = "Đề nghị gia hạn chờ tôi quyết định"


class Part(TypedDict):
    """One short list: its first lines, how many there are in all, and where the rest is."""

    key: str
    title: str
    lines: list[Line]
    count: int
    word: str
    empty: str


class Asked(TypedDict):
    line: Line
    asked: LastDay | None
    url: str


class MinePage(TypedDict):
    parts: list[Part]
    own_count: int
    agencies: list[Agency]
    several: bool
    answers: bool
    reviews: bool
    to_check: Part
    asked: list[Asked]
    asked_title: str
    asked_count: int


def my_work(*, user: User, today: date, calendar: WorkCalendar) -> MinePage:
    """
    Return the page of the day for one person, in a fixed number of queries.

    The keys of every list come first, then the few lines that are shown, all at once.
    """
    agencies = policies.own_agencies(user)
    own = _own_keys(agencies, today=today, calendar=calendar)
    to_decide = _to_decide(user)
    check_rows = [(row["pk"], row["checks"]) for row in to_decide if _is_first(row, "submitted")]
    asked_rows = sorted(
        (row for row in to_decide if _is_first(row, "asked")), key=lambda row: row["asked_place"]
    )
    checks = [pk for pk, _ in check_rows]
    asked_until = {row["pk"]: row["until"] for row in asked_rows}
    first = [pk for pks in own.values() for pk in pks[:SHOWN]]
    shown = _shown({*first, *checks, *asked_until}, user=user, today=today, calendar=calendar)
    return {
        "parts": _own_parts(own, shown),
        "own_count": sum(len(pks) for pks in own.values()),
        "agencies": agencies,
        "several": len(agencies) > 1,
        "answers": bool(agencies),
        "reviews": deciding_condition(user) is not None,
        "to_check": Part(
            key="check",
            title="Chờ tôi kiểm tra",
            lines=[shown[pk] for pk in checks],
            count=check_rows[0][1] if check_rows else 0,
            word=WORDS["check"],
            empty="Không có báo cáo nào chờ kiểm tra.",
        ),
        "asked": [
            Asked(
                line=shown[pk],
                asked=last_day(until, calendar),
                url=step_url(shown[pk].assignment, "quyet-dinh"),
            )
            for pk, until in asked_until.items()
        ],
        "asked_title": _ASKED_TITLE,
        "asked_count": asked_rows[0]["askings"] if asked_rows else 0,
    }


WORDS = {
    "now": "hom-nay",
    "soon": "sap-toi",
    "new": "moi-giao",
    "later": "chua-den-han",
    "waiting": "cho-nguoi-khac",
    "check": "cho-toi-kiem-tra",
    "asked": "cho-toi-gia-han",
}
"""The short lists of the page, as the address of the whole list names them."""
KEY_OF = {word: key for key, word in WORDS.items()}


def condition(key: str, *, user: User, today: date, calendar: WorkCalendar) -> Q:
    """Return what a short list holds: `_list_of` and `_to_decide` as a condition."""
    if key in {"check", "asked"}:
        decided = deciding_condition(user) or Q(pk__in=[])
        if key == "check":
            return decided & Q(status=Status.SUBMITTED.value)
        asked = Extension.objects.filter(status=ExtensionStatus.ASKED.value)
        return decided & filters.OPEN_WORK & Q(pk__in=asked.values("assignment"))
    own = Q(agency__in=[agency.pk for agency in policies.own_agencies(user)])
    later_than_now = filters.first_day_not_soon(today, calendar, 0)
    later_than_soon = filters.first_day_not_soon(today, calendar, SOON_WORKING_DAYS)
    returned, issued = (Q(status=each.value) for each in (Status.RETURNED, Status.ISSUED))
    far = Q(due_on=None) | Q(due_on__gte=later_than_soon)
    return (
        own
        & {
            "now": returned | filters.AT_WORK & Q(due_on__lt=later_than_now),
            "soon": filters.AT_WORK
            & ~returned
            & Q(due_on__gte=later_than_now, due_on__lt=later_than_soon),
            "new": issued & far,
            "later": filters.AT_WORK & ~returned & ~issued & far,
            "waiting": filters.OPEN_WORK & filters.ANSWERED,
        }[key]
    )


def deciding_condition(user: User) -> Q | None:
    """Return which assignments the person checks, by branch and level; None where none."""
    reviews = policies.roots(user, Permission.REVIEW)
    passes = [root for root in policies.roots(user, Permission.PASS_ON) if root not in reviews]
    passed_on = Q(duty__parent__isnull=False)
    found = [_given_by(root) for root in reviews]
    found += [_given_by(root) & passed_on for root in passes]
    return reduce(or_, found) if found else None


def _given_by(root: Agency) -> Q:
    issuers = Agency.objects.filter(path__startswith=root.path or "-", level=root.level)
    return Q(duty__issuer__in=issuers.order_by().values("pk"))


def _to_decide(user: User) -> list[dict[str, Any]]:
    """
    Return the first assignments whose answer waits for the person's check (`submitted`), and the
    first for which more time is asked of him (`asked`, `until`); one query.

    `checks` and `askings` are how many there are in all.
    """
    reviewing = deciding_condition(user)
    if reviewing is None:
        return []
    asked = Extension.objects.filter(status=ExtensionStatus.ASKED.value)
    of_it = asked.filter(assignment=OuterRef("pk"))
    waits = Q(status=Status.SUBMITTED.value)
    open_ones = Q(status__in=[s.value for s in OPEN])
    rows = Assignment.objects.filter(
        reviewing, waits | (open_ones & Q(pk__in=asked.values("assignment")))
    ).annotate(
        submitted=Case(When(waits, then=1), default=0),
        asked_at=Subquery(of_it.values("asked_at")[:1]),
        until=Subquery(of_it.values("asked_due_on")[:1]),
    )
    rows = rows.annotate(asked=Case(When(open_ones & Q(asked_at__isnull=False), then=1), default=0))
    rows = rows.annotate(
        checks=Window(Sum("submitted")),
        askings=Window(Sum("asked")),
        submitted_place=_place("submitted", "due_on"),
        asked_place=_place("asked", "asked_at"),
    )
    first = Q(submitted=1, submitted_place__lte=SHOWN) | Q(asked=1, asked_place__lte=SHOWN)
    names = ("pk", "submitted", "asked", "until", "checks", "askings")
    found = rows.filter(first).order_by("due_on", "pk")
    return list(found.values(*names, "submitted_place", "asked_place"))


def _place(flag: str, order: str) -> Window:
    return Window(RowNumber(), partition_by=[F(flag)], order_by=[F(order), F("pk")])


def _is_first(row: Mapping[str, Any], flag: str) -> bool:
    return bool(row[flag]) and row[f"{flag}_place"] <= SHOWN


def _own_keys(
    agencies: list[Agency], *, today: date, calendar: WorkCalendar
) -> dict[str, list[int]]:
    """Sort the keys of all open work of the agencies into the lists, by their last day."""
    own = Assignment.objects.filter(
        agency__in=[agency.pk for agency in agencies], status__in=[s.value for s in OPEN]
    )
    later_than_now = filters.first_day_not_soon(today, calendar, 0)
    later_than_soon = filters.first_day_not_soon(today, calendar, SOON_WORKING_DAYS)
    keys: dict[str, list[int]] = {key: [] for key, *_ in _PARTS}
    for pk, status, due_on in own.order_by("due_on", "pk").values_list("pk", "status", "due_on"):
        keys[_list_of(Status(status), due_on, later_than_now, later_than_soon)].append(pk)
    return keys


def _shown(pks: set[int], *, user: User, today: date, calendar: WorkCalendar) -> dict[int, Line]:
    found = briefly(pks)
    told = lines(found.values(), user=user, today=today, calendar=calendar)
    return {line.assignment.pk: line for line in told}


def _own_parts(keys: Mapping[str, list[int]], shown: Mapping[int, Line]) -> list[Part]:
    return [
        Part(
            key=key,
            title=title,
            lines=[shown[pk] for pk in keys[key][:SHOWN]],
            count=len(keys[key]),
            word=WORDS[key],
            empty=empty,
        )
        for key, title, empty in _PARTS
    ]


_PARTS = [
    ("now", "Hôm nay và trễ", "Không có việc nào đến hạn hôm nay hoặc quá hạn."),
    ("soon", "5 ngày làm việc tới", "Không có việc nào đến hạn trong 5 ngày làm việc."),
    ("new", "Mới giao, chưa nhận", ""),
    ("later", "Đang thực hiện, chưa đến hạn", ""),
    ("waiting", "Chờ người khác", "Không có báo cáo nào đang chờ duyệt."),
]


def _list_of(
    status: Status, due_on: date | None, later_than_now: date, later_than_soon: date
) -> str:
    """
    Return in which list it stands.

    On the last working day before a deadline that falls on a day off it is for today already; so
    is what came back, whatever its deadline.
    """
    if status in DONE:
        return "waiting"
    if status is Status.RETURNED:
        return "now"
    if due_on is not None:
        if due_on < later_than_now:
            return "now"
        if due_on < later_than_soon:
            return "soon"
    return "new" if status is Status.ISSUED else "later"
