"""What the page of a batch shows: every row with its verdict, a hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tinhgon.apps.intake.enums import (
    CHOICE_LABELS,
    VERDICT_LABELS,
    BatchKind,
    Choice,
    Verdict,
)
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.domain.intake import allowed

SIZE = 100
VERDICTS = {
    "moi": Verdict.NEW,
    "thay-doi": Verdict.CHANGED,
    "khong-doi": Verdict.SAME,
    "trung": Verdict.TWIN,
    "loi": Verdict.ERROR,
}
"""How verdicts stand in addresses."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows have a verdict, and how many of them nobody has decided."""

    verdict: Verdict
    slug: str
    words: str
    count: int
    choices: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Counts:
    by_verdict: list[Counted]
    total: int
    undecided: int
    chosen: int
    errors: int
    unclear: int
    outdated: int


class _Counted(Paginator[BatchRow]):
    """A paginator that was told how many there are."""

    def __init__(self, rows: QuerySet[BatchRow], count: int) -> None:
        super().__init__(rows, SIZE)
        self.__dict__["count"] = count


def count_rows(batch: Batch) -> Counts:
    """Return how many rows there are of each verdict and choice: one query."""
    unclear = Q(record__isnull=False) & (Q(agency=None) | Q(action=""))
    rows = batch.rows.values_list("verdict", "choice", "is_outdated").annotate(
        count=Count("pk"), unclear=Count("pk", filter=unclear)
    )
    found = list(rows.order_by())
    kind = BatchKind(batch.kind)
    by_verdict = [
        Counted(
            verdict,
            slug,
            VERDICT_LABELS[verdict],
            sum(count for v, _, _, count, _ in found if v == verdict),
            [(each.value, CHOICE_LABELS[each]) for each in allowed(verdict, kind)],
        )
        for slug, verdict in VERDICTS.items()
    ]
    return Counts(
        [each for each in by_verdict if each.count],
        total=sum(each.count for each in by_verdict),
        undecided=sum(count for _, choice, _, count, _ in found if not choice),
        chosen=sum(c for _, choice, _, c, _ in found if choice in {Choice.ADD, Choice.UPDATE}),
        errors=sum(each.count for each in by_verdict if each.verdict is Verdict.ERROR),
        unclear=sum(unclear for *_, unclear in found),
        outdated=sum(count for _, _, outdated, count, _ in found if outdated),
    )


def preview_page(
    batch: Batch, counts: Counts, *, verdict: Verdict | None, outdated: bool, number: str
) -> Page[BatchRow]:
    """Return a page of rows with what it shows of them."""
    rows = batch.rows.select_related(
        "agency", "target", "base", "ends", "result__version__procedure"
    ).defer("said")
    total = counts.total
    if outdated:
        rows, total = rows.filter(is_outdated=True), counts.outdated
    elif verdict is not None:
        rows = rows.filter(verdict=verdict.value)
        total = sum(each.count for each in counts.by_verdict if each.verdict is verdict)
    page = _Counted(rows.order_by("order"), total).get_page(number)
    for row in page.object_list:
        row.batch = batch
    return page


def unread_between(batch: Batch, page: Page[BatchRow]) -> Iterator[Mapping[str, Any]]:
    """Yield the pieces of a decision that were not read and stand among the rows of a page."""
    rows: Sequence[BatchRow] = list(page.object_list)
    lines = [row.line for row in rows if row.line]
    first = 0 if page.number == 1 else min(lines, default=0)
    last = max(lines, default=0) if page.has_next() else None
    for piece in sorted(batch.unread, key=lambda each: each["line"]):
        if piece["line"] >= first and (last is None or piece["line"] < last):
            yield piece
