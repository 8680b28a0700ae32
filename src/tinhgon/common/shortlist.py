"""
Short lists: the first rows of what waits for a person, and how many there are in all.

Each app says what its lists hold, as values of the same columns, so that one statement reads the
lists of several apps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateField, DateTimeField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber

SHOWN = 5
_TEXT = CharField(max_length=1_000)


class Entry(NamedTuple):
    """A row, read as far as a short list needs it."""

    key: int
    name: str
    agency: str
    agency_short: str
    status: str
    until: date | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The first rows, and how many there are in all; a list without any is not told."""

    entries: list[Entry]
    count: int


class Columns(NamedTuple):
    """Where the rows of a list have what is shown of them; `agency` is the way to the agency."""

    name: str
    agency: str
    since: Any
    until: Any = Value(None)


def first(rows: QuerySet[Any], key: str, columns: Columns, *, order: Iterable[Any]) -> Any:
    """Return the first of these rows as the list `key`, for `read`."""
    ranked = rows.order_by().annotate(
        shown_place=Window(RowNumber(), order_by=[*order, "pk"]),
        shown_count=Window(Count("pk")),
    )
    return (
        ranked.filter(shown_place__lte=SHOWN)
        .annotate(
            shown_list=Value(key, CharField()),
            shown_name=Cast(columns.name, _TEXT),
            shown_until=Cast(columns.until, DateField()),
            shown_since=Cast(columns.since, DateTimeField()),
            shown_agency=F(f"{columns.agency}__name"),
            shown_short=F(f"{columns.agency}__short_name"),
        )
        .values_list(
            "shown_list",
            "shown_place",
            "shown_count",
            "pk",
            "shown_name",
            "shown_agency",
            "shown_short",
            "status",
            "shown_until",
            "shown_since",
        )
    )


def read(lists: Iterable[Any]) -> dict[str, Shortlist]:
    """Return what the lists hold, by key, in the order given; one query, none without lists."""
    wanted = list(lists)
    if not wanted:
        return {}
    rows = wanted[0].union(*wanted[1:], all=True) if len(wanted) > 1 else wanted[0]
    found: dict[str, Shortlist] = {}
    for key, _, count, *shown in sorted(rows, key=lambda row: row[1]):
        found.setdefault(key, Shortlist([], count)).entries.append(Entry(*shown))
    return found
