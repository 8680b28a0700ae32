"""All that papers and workbooks of one report say, from frozen figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.difficulties.queries import TableRow, rows_of_table_4
from tinhgon.apps.reports.models import EditionFact, PeriodSection, Report
from tinhgon.domain.procedures import figure_words
from tinhgon.domain.reporting import Fact, Proof, Tally, read_fact
from tinhgon.domain.reportpapers import (
    AgencyLine,
    DifficultyRow,
    Form,
    ProgressRow,
    SectionText,
    Told,
    Written,
    agency_line,
    detail_form,
    difficulty_form,
    progress_form,
    proof_words,
    summary_form,
    supplementary_form,
)
from tinhgon.domain.vntext import format_date, format_number

from .branch import Branch, load_branch
from .standing import timely
from .tables import Restated, restated
from .texts import words_of
from .tree import Tree


class Content:
    """The tables and words of one report; twenty queries for any number of rows."""

    def __init__(self, report: Report, *, today: date) -> None:
        self.report, self.period, self.today = report, report.period, today
        self.branch: Branch = load_branch(report)
        self.facts = _facts(self.branch)
        self.total: Tally = self.branch.sum_of(report)
        self.rounds = _rounds(self.total)
        self.calendar = calendars.calendar()
        self.difficulties = rows_of_table_4(
            agency=report.agency, since=self.period.from_on, until=self.period.to_on
        )

    @property
    def told(self) -> Told:
        return Told(self.total.line, self.period.to_on, self.rounds)

    def sections(self) -> tuple[SectionText, ...]:
        return tuple(_sections(self.report, self.branch.tree))

    def forms(self) -> Iterator[Form]:
        """Yield the tables that say something of this report."""
        everything = [fact for facts in self.facts.values() for fact in facts]
        counted = (each for each in restated(self.branch) if self.branch.counts(each.edition))
        corrected = [_corrected(each) for each in counted]
        yield summary_form(self.total.line, list(self._lines()), self.rounds, corrected=corrected)
        yield detail_form(everything)
        supplementary = supplementary_form(everything)
        if supplementary.rows:
            yield supplementary
        if self.difficulties:
            yield difficulty_form([_difficulty(row) for row in self.difficulties])
        if self.branch.below:
            yield progress_form(self._progress())

    def _lines(self) -> Iterator[AgencyLine]:
        """Yield the agency itself, then each whose report goes to it, with all below it."""
        own = self.facts.get(self.report.pk, [])
        if own or not self.branch.below:
            yield self._line(self.report, own, self.branch.own(self.report))
        for child in self.branch.children(self.report):
            walked = list(self.branch.walk(child))
            facts = [fact for each in walked for fact in self.facts.get(each.pk, ())]
            yield self._line(child, facts, self.branch.sum_of(child))

    def _line(self, report: Report, facts: Sequence[Fact], figures: Tally) -> AgencyLine:
        is_alone = report.pk == self.report.pk and bool(self.branch.below)
        return agency_line(
            f"Riêng {report.agency.name}" if is_alone else report.agency.name,
            facts,
            figures.line,
            sent=self._sent(report),
            difficulties=self._hindered(report, is_alone=is_alone),
        )

    def _hindered(self, report: Report, *, is_alone: bool) -> str:
        """Return "02 vướng mắc, 01 chưa được trả lời" of the agency, alone or with those below."""
        own, path = report.agency_id, report.agency.path or "-"
        rows = [
            row
            for row in self.difficulties
            if row.agency.pk == own or (not is_alone and (row.agency.path or "").startswith(path))
        ]
        if not rows:
            return ""
        waiting = sum(row.answered_on is None for row in rows)
        rest = f", {figure_words(waiting)} chưa được trả lời" if waiting else ""
        return f"{figure_words(len(rows))} vướng mắc{rest}"

    def _sent(self, report: Report) -> str:
        """Return "18/12/2024, gửi đúng hạn", or why there is no such day."""
        if report.pk in self.branch.unsent:
            return "Chưa gửi; số liệu theo hệ thống"
        if report.sent_on is None:
            return "" if report is self.report else report.get_status_display()
        words = timely(report, today=self.today, calendar=self.calendar).words
        return f"{format_date(report.sent_on)}, {words}"

    def _progress(self) -> list[ProgressRow]:
        rows: QuerySet[Any] = Report.objects.filter(
            pk__in=[each.pk for each in self.branch.below]
        ).annotate(number=Count("reminders"), last=Max("reminders__sent_at"))
        reminded = {row.pk: (row.number, row.last) for row in rows}
        return [
            ProgressRow(
                each.agency.name,
                each.due_on,
                each.sent_on,
                timely(each, today=self.today, calendar=self.calendar).words,
                reminded[each.pk][0],
                timezone.localtime(last).date() if (last := reminded[each.pk][1]) else None,
            )
            for each in self.branch.below
        ]


def _facts(branch: Branch) -> dict[int, list[Fact]]:
    """Return by report the facts that it is counted by, in the order of the tree."""
    of_edition = {edition.pk: key for key, edition in branch.basis.items()}
    rows = EditionFact.objects.filter(edition__in=list(of_edition)).order_by("pk")
    found: dict[int, list[Fact]] = defaultdict(list)
    for edition, data in rows.values_list("edition", "fact"):
        found[of_edition[edition]].append(read_fact(data))
    return {each.pk: found[each.pk] for each in branch.reports if each.pk in found}


def _rounds(total: Tally) -> Mapping[str, str]:
    """Return how the figures of single rounds are called in heads of tables: "lần 1"."""
    ordered = sorted(total.rounds.items(), key=lambda item: (item[1][0], item[0]))
    return {key: words.removeprefix("đã rà soát ") for key, (_, words) in ordered}


def _sections(report: Report, tree: Tree) -> Iterator[SectionText]:
    """Yield each section with what the agency wrote and what those below it wrote."""
    own, below = words_of(report, tree)
    for each in PeriodSection.objects.filter(period=report.period_id):
        others = tuple(Written(agency, text) for agency, text in below.get(each.pk, ()))
        yield SectionText(each.key, each.title, own.get(each.pk, ""), others)


def _corrected(restated: Restated) -> str:
    """Return "Sở Nội vụ điều chỉnh số liệu ngày 17/12/2024: … (đã công bố: 02 → 03)."."""
    edition = restated.edition
    on = format_date(timezone.localtime(edition.made_at))
    moved = "; ".join(
        f"{each.words}: {format_number(each.was, 0)} → {format_number(each.now, 0)}"
        for each in restated.moved
    )
    reason = edition.reason.rstrip(". ")
    return f"{restated.agency} điều chỉnh số liệu ngày {on}: {reason}{moved and f' ({moved})'}."


def _difficulty(row: TableRow) -> DifficultyRow:
    document = row.document
    answer = Proof(document.code, document.issued_on) if document else None
    return DifficultyRow(
        agency=row.agency.name,
        kind=row.kind,
        procedures="; ".join(row.procedures.names),
        texts="; ".join(each.words for each in row.texts),
        description=row.description,
        own_part=row.own_part,
        proposal=row.proposal,
        level=row.decider,
        sent_on=row.sent_on,
        answer=proof_words(answer) or row.answer,
        status=row.status_words,
    )
