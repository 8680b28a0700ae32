"""The reports of one period, each below the one that it goes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import QuerySet

from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report
from tinhgon.domain.reporting import SENT, Place, parents


class Tree:
    """Keys of reports by `domain.reporting.parents`, and which of them were sent."""

    def __init__(self, reports: Iterable[Report]) -> None:
        rows = list(reports)
        self.sent = {each.pk for each in rows if ReportStatus(each.status) in SENT}
        self._parents = parents(
            Place(each.pk, each.agency_id, each.successor_id, each.receiver_id) for each in rows
        )
        self._children: dict[int, list[int]] = defaultdict(list)
        for report, above in self._parents.items():
            self._children[above].append(report)

    def children(self, report: int) -> list[int]:
        """Return the reports that go to this one."""
        return self._children.get(report, [])

    def below(self, report: int) -> Iterator[int]:
        """Yield all reports below this one."""
        for child in self.children(report):
            yield child
            yield from self.below(child)

    def tops(self, reports: Collection[int]) -> list[int]:
        """Return which of the reports go to none of the others."""
        among = set(reports)
        return [each for each in reports if self._parents.get(each) not in among]


def tree_rows(period: int) -> QuerySet[Report]:
    """Return what a `Tree` is made of, whatever of it the person sees."""
    rows = Report.objects.filter(period=period).order_by("-agency__level", "pk")
    return rows.only("agency", "successor", "receiver", "status")
