"""A report with those below it: on which frozen figures it rests, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation, Q

from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Edition, Report
from tinhgon.domain.reporting import SENT, Tally, add_up, read_tally

from .tree import Tree


@dataclass(slots=True)
class Branch:
    """
    A report and all below it in the tree of its period.

    `editions` are all of each report, in order; `basis` is the one it is counted by: the newest,
    or, once the report at the top was sent, the one it rested on then. `unsent`: reports whose
    figures come from the records alone, because nobody answered for them (yet).
    """

    report: Report
    below: list[Report]
    tree: Tree
    editions: dict[int, list[Edition]] = field(default_factory=dict)
    basis: dict[int, Edition] = field(default_factory=dict)
    unsent: set[int] = field(default_factory=set)
    _tallies: dict[int, Tally] = field(default_factory=dict)

    @property
    def reports(self) -> list[Report]:
        return [self.report, *self.below]

    def children(self, report: Report) -> list[Report]:
        """Return the reports that go to this one, in the order of the tree."""
        keys = set(self.tree.children(report.pk))
        return [each for each in self.below if each.pk in keys]

    def walk(self, report: Report) -> Iterator[Report]:
        """Yield the report and all below it."""
        yield report
        for child in self.children(report):
            yield from self.walk(child)

    def own(self, report: Report) -> Tally:
        """Return the figures of the agency itself."""
        return self.of(self.basis.get(report.pk))

    def of(self, edition: Edition | None) -> Tally:
        """Return the figures of an edition; nothing where there is none yet."""
        if edition is None:
            return Tally()
        if edition.pk not in self._tallies:
            self._tallies[edition.pk] = read_tally(edition.figures)
        return self._tallies[edition.pk]

    def counts(self, edition: Edition) -> bool:
        """Return whether the report at the top is counted with an edition, or a later one."""
        basis = self.basis.get(edition.report_id)
        return basis is not None and edition.number <= basis.number

    def sum_of(self, report: Report) -> Tally:
        """Return the figures of the agency and of all below it."""
        return add_up(self.own(each) for each in self.walk(report))

    @property
    def below_sum(self) -> Tally:
        return add_up(self.own(each) for each in self.below)

    @property
    def first_sum(self) -> Tally:
        """Return the figures as they were frozen first."""
        found = (self.editions.get(each.pk, []) for each in self.reports)
        return add_up(self.of(editions[0]) for editions in found if editions)


def load_branch(report: Report) -> Branch:
    """Return the report with those below it; two queries."""
    rows = Report.objects.filter(period=report.period_id).select_related("agency")
    ordered = list(rows.order_by("-agency__level", "agency__order", "agency__name", "pk"))
    tree = Tree(ordered)
    keys = set(tree.below(report.pk))
    branch = Branch(report, [each for each in ordered if each.pk in keys], tree)
    branch.editions = _editions(report, [report.pk, *keys])
    branch.unsent = keys - tree.sent
    newest = {key: editions[-1] for key, editions in branch.editions.items()}
    branch.basis = newest
    if ReportStatus(report.status) in SENT:
        _rest_on_what_was_sent(branch)
    return branch


def _editions(report: Report, keys: Iterable[int]) -> dict[int, list[Edition]]:
    used = FilteredRelation("used_by", condition=Q(used_by__report=report.pk))
    rows = Edition.objects.annotate(used=used, was_sent=F("used__was_sent"))
    rows = rows.order_by("report", "number")
    if report.receiver_id is None:
        rows = rows.filter(report__period=report.period_id)
    else:
        rows = rows.filter(report__in=list(keys))
    found: dict[int, list[Edition]] = defaultdict(list)
    for row in rows:
        found[row.report_id].append(row)
    return dict(found)


def _rest_on_what_was_sent(branch: Branch) -> None:
    rows = [each for editions in branch.editions.values() for each in editions]
    found = {each.report_id: each for each in rows if vars(each)["was_sent"] is not None}
    if found:
        branch.basis = found
        unsent = {key for key, each in found.items() if not vars(each)["was_sent"]}
        branch.unsent = unsent - {branch.report.pk}
