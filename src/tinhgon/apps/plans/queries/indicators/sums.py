"""
Sums over items of plans, each reckoned once.

Django would write the reckoning of an item into GROUP BY a second time, and the database would do
it twice; so the items are one part of the statement, their sums another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection

from .items import with_done_on, with_figures


class Sums(NamedTuple):
    """
    Alike items of one plan, together; money in ten-thousandths of a đồng.

    `before` and `after` are of the `known` among them, `in_sheets` of those that have a cost sheet;
    of `differing` ones the sheet says something else by now than what was decided.
    """

    agency: int
    created_at: datetime
    decided_on: date | None
    is_counted: bool
    is_cut: bool
    done_on: date | None
    items: int
    known: int
    sheets: int
    before: int
    after: int
    in_sheets: int
    differing: int


def sums_of(items: Any) -> Iterator[Sums]:
    """Yield the sums of items by plan, by what they count as and by the day they were done."""
    rows = with_done_on(with_figures(items)).order_by().values("plan", *_COLUMNS)
    inner, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(items=inner), parameters)
        for row in cursor:
            yield Sums(
                row[0],
                moment(row[1]),
                day(row[2]),
                bool(row[3]),
                bool(row[4]),
                day(row[5]),
                *(int(each or 0) for each in row[6:]),
            )


_COLUMNS = (
    "plan__agency",
    "plan__created_at",
    "plan__decided_on",
    "is_counted",
    "is_cut",
    "done_on",
    "before",
    "after",
    "review__cost_sheet__cost_now",
    "review__cost_sheet__cost_after",
)

# Amounts as whole numbers of ten-thousandths add up exactly on either database.
_STATEMENT = """
WITH item AS MATERIALIZED ({items})
SELECT
    MIN(plan__agency), MIN(plan__created_at), MIN(plan__decided_on), is_counted, is_cut, done_on,
    COUNT(*), COUNT(before), COUNT(review__cost_sheet__cost_now),
    SUM(CAST(ROUND(before * 10000) AS BIGINT)),
    SUM(CAST(ROUND(after * 10000) AS BIGINT)),
    SUM(CAST(ROUND(review__cost_sheet__cost_now * 10000) AS BIGINT)),
    COUNT(CASE WHEN is_counted AND (
        before <> review__cost_sheet__cost_now OR after <> review__cost_sheet__cost_after
    ) THEN 1 END)
FROM item
GROUP BY plan, is_counted, is_cut, done_on
"""


def day(value: date | str | None) -> date | None:
    """Return the day; SQLite has it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment(value: datetime | str) -> datetime:
    """Return the moment; SQLite has it in UTC without saying so, or as text."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
