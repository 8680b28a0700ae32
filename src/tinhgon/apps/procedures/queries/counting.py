"""Counting without reading all: a list says "hơn 10.000" rather than count a nation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet

from tinhgon.domain.vntext import format_number

MOST_COUNTED = 10_000


def bounded_counts(
    wanted: Mapping[str, QuerySet[Any] | Sequence[QuerySet[Any]]],
) -> dict[str, int]:
    """
    Return how many rows the queryset of each name gives, or its several ones together.

    It counts no further than a bit beyond `MOST_COUNTED`, and in one query: each trip to the
    database costs more than a short count.
    """
    sums: list[str] = []
    parameters: list[Any] = []
    for those in wanted.values():
        parts = ["0"]
        for found in [those] if isinstance(those, QuerySet) else those:
            try:
                sql, own = found.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
            except EmptyResultSet:  # for whoever sees nothing
                continue
            parts.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")  # noqa: S608 — Django wrote it
            parameters += own
        sums.append(" + ".join(parts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(sums)}", parameters)
        numbers = cursor.fetchone()
    return dict(zip(wanted, numbers, strict=True))


def count_words(number: int) -> str:
    if number > MOST_COUNTED:
        return f"hơn {format_number(MOST_COUNTED)}"
    return format_number(number)


class BoundedPaginator(Paginator[Any]):
    """Pages over rows that were counted up to a bound; what lies beyond has no page."""

    def __init__(self, rows: QuerySet[Any], size: int, *, counted: int) -> None:
        super().__init__(rows, size)
        self.total_words = count_words(counted)
        self.is_cut = counted > MOST_COUNTED
        self._counted = min(counted, MOST_COUNTED)

    @property
    def count(self) -> int:
        return self._counted
