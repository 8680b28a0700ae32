from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# Keys in one statement: far below what SQLite and PostgreSQL allow, and fast on both.
BATCH = 500


def batches(rows: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Yield the rows in pieces that fit into one statement, in their order."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
