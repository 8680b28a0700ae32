from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet


class CountedPaginator(Paginator[Any]):
    """Pages over rows that are counted already; with `counted` None they are counted when asked."""

    def __init__(self, rows: QuerySet[Any], size: int, *, counted: int | None) -> None:
        super().__init__(rows, size)
        if counted is not None:
            self.count = counted  # in place of the cached property
