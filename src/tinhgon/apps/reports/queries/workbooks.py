"""What an offline workbook of a report says, and the workbooks that came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.enums import STATUS_LABELS as WORK_LABELS
from tinhgon.apps.assignments.enums import Status as WorkStatus
from tinhgon.apps.assignments.models import Assignment, ProgressNote
from tinhgon.apps.difficulties.enums import Decider
from tinhgon.apps.difficulties.enums import Status as DifficultyStatus
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.choosing import deciders
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import WorkbookStatus
from tinhgon.apps.reports.models import (
    FigureRemark,
    PeriodDuty,
    PeriodSection,
    Report,
    ReportPeriod,
    ReturnedWorkbook,
)
from tinhgon.domain.access import Permission
from tinhgon.domain.assigning import ASSIGNMENT, Move
from tinhgon.domain.difficulties import kinds
from tinhgon.domain.reportbook import Book, Part, Row, Seal, nil_row
from tinhgon.domain.reporting import EDITABLE
from tinhgon.domain.vntext import format_date

from .branch import load_branch
from .listing import seats_of, written_in
from .loading import RELATED
from .tables import figure_rows

_PAGE = 30
_AT_WORK = [status.value for status, move in ASSIGNMENT.transitions if move is Move.REPORT_PROGRESS]
_NO_TASKS = "Cơ quan không có nhiệm vụ nào đang thực hiện thuộc kỳ này nên trang Nhiệm vụ để trống."
_UNFROZEN = (
    "Số liệu của kỳ này chưa chốt nên trang Số liệu để trống; chốt xong tải tệp mới để kiểm tra."
)


def book_of(report: Report, *, user: User, today: date) -> Book:
    """
    Return all that the workbook of a report says today; seven or eight queries.

    Of the work and the difficulties of the agency only those that the person sees: who receives
    reports by the tree of the day of the figures may have nothing else to do with it by now.
    """
    period, tasks = report.period, task_rows(report, Assignment.objects.visible_to(user))
    lacks = ((not tasks, _NO_TASKS), (period.frozen_at is None, _UNFROZEN))
    receiver = report.receiver.name if report.receiver else period.addressee
    return Book(
        agency=report.agency.name,
        period=period.name,
        receiver=receiver,
        due=format_date(report.due_on),
        made_on=today,
        rows={
            **_nil(report, said=report.nil_proposed),
            Part.TASKS: tasks,
            Part.WORDS: section_rows(report),
            Part.DIFFICULTIES: difficulty_rows(report.writer, Difficulty.objects.own_to(user)),
            Part.FIGURES: _figures(report),
        },
        kinds=list(kind_codes()),
        deciders=list(decider_codes(today)),
        notes=[words for is_so, words in lacks if is_so],
    )


def rows_now(report: Report, seal: Seal, *, user: User) -> Mapping[Part, Sequence[Row]]:
    """
    Return what a workbook that came back is compared with; four queries.

    Who may send the report has something to do with a nil answer also where it was said before.
    """
    remarks = _remarks(report)
    proposed = report.nil_proposed and not policies.can_send(user, report)
    return {
        **_nil(report, said=proposed),
        Part.TASKS: task_rows(report, Assignment.objects.all()),
        Part.WORDS: section_rows(report),
        Part.DIFFICULTIES: difficulty_rows(report.writer, Difficulty.objects.all()),
        Part.FIGURES: [_figure(key, {}, remarks) for key in seal.rows.get(Part.FIGURES, ())],
    }


def _nil(report: Report, *, said: bool) -> dict[Part, list[Row]]:
    """Return the row that asks whether nothing arose; none where a signed document goes up."""
    return {Part.NIL: [nil_row(report.version, said=said)]} if report.receiver_id else {}


def kind_codes() -> dict[str, str]:
    """Return the kinds of difficulties as the list of a cell has them, with their codes."""
    return {each.label: each.code for each in kinds().values()}


def decider_codes(today: date) -> dict[str, str]:
    """Return who can decide, as the list of a cell has them, with their codes."""
    return {label: value for value, label in deciders(on=today)}


def task_rows(report: Report, among: QuerySet[Assignment]) -> list[Row]:
    """
    Return the work of the agency of which the period tells and which is not done yet: what the
    period answers, what its sections ask for, and what else is given in its programme.
    """
    period = report.period_id
    asked = Q(duty__in=PeriodDuty.objects.filter(period=period).values("duty"))
    told = Q(duty__in=_told_in(period))
    same = Q(duty__programme=report.period.programme_id)
    last = ProgressNote.objects.filter(assignment=OuterRef("pk")).order_by("-at", "-pk")
    rows = (
        among.filter(asked | told | same, agency=report.writer.pk)
        .filter(status__in=_AT_WORK)
        .annotate(last=Subquery(last.values("text")[:1]))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    letter = "duty__directive__document"
    return [
        _task(row)
        for row in rows.values(
            "pk",
            "version",
            "status",
            "percent",
            "due_on",
            "last",
            "duty__summary",
            f"{letter}__number",
            f"{letter}__symbol",
        )
    ]


def _told_in(period: int) -> QuerySet[Any, Any]:
    rows = PeriodSection.objects.filter(period=period).exclude(duty=None)
    return rows.order_by().values("duty")


def _task(row: Mapping[str, Any]) -> Row:
    letter = "/".join(
        filter(None, (row[f"duty__directive__document__{n}"] for n in ("number", "symbol")))
    )
    note = row["last"] or ""
    state = WORK_LABELS[WorkStatus(row["status"])]
    return Row(
        f"NV-{row['pk']}",
        row["version"],
        {
            "task": f"{row['duty__summary']} ({letter})" if letter else row["duty__summary"],
            "due": format_date(row["due_on"]) if row["due_on"] else "",
            "before": f"{state}. {note}" if note else f"{state}.",
            "percent": row["percent"],
        },
        {"percent": str(row["percent"]), "note": note},
    )


def section_rows(report: Report) -> list[Row]:
    """Return the sections of the period with the words that the agency has by now; one query."""
    own = FilteredRelation("texts", condition=Q(texts__report=report.pk))
    rows = PeriodSection.objects.filter(period=report.period_id).annotate(own=own)
    found = []
    for pk, title, hint, text, version in rows.values_list(
        "pk", "title", "hint", "own__text", "own__version"
    ):
        words = text or ""
        cells = {"section": title, "hint": hint, "text": words}
        found.append(Row(f"MUC-{pk}", version or 0, cells, {"text": words}))
    return found


def difficulty_rows(agency: Agency, among: QuerySet[Difficulty]) -> list[Row]:
    """Return the difficulties of the agency that are not over; one query."""
    rows = among.filter(agency=agency).exclude(status=DifficultyStatus.CLOSED.value)
    return [
        Row(
            each.code,
            each.version,
            {
                "state": each.status_words,
                "kind": each.kind_words,
                "title": each.title,
                "description": each.description,
                "own_part": each.own_part,
                "proposal": each.proposal,
                "decider": Decider(each.decider).label,
                "due_on": format_date(each.due_on),
            },
            {"kind": each.kind, "title": each.title, "description": each.description},
        )
        for each in rows.order_by("pk")
    ]


def _figures(report: Report) -> list[Row]:
    """Return the frozen figures with what the agency said of them; none before they are frozen."""
    if report.period.frozen_at is None:
        return []
    remarks = _remarks(report)
    return [
        _figure(row.key, {"figure": row.words, "own": row.own, "total": row.total}, remarks)
        for row in figure_rows(load_branch(report))
    ]


def _figure(key: str, cells: Mapping[str, Any], remarks: Mapping[str, FigureRemark]) -> Row:
    remark = remarks.get(key)
    said = remark.text if remark else ""
    version = remark.version if remark else 0
    return Row(key, version, {**cells, "opinion": said}, {"opinion": said})


def _remarks(report: Report) -> dict[str, FigureRemark]:
    return {each.figure: each for each in FigureRemark.objects.filter(report=report)}


def get_visible_workbook(*, user: User, pk: int) -> ReturnedWorkbook:
    """
    Return a workbook of a report that the person sees.

    :raises ReturnedWorkbook.DoesNotExist: also when it exists but is hidden from the person.
    """
    related = (*(f"report__{name}" for name in RELATED), *_SHOWN)
    return ReturnedWorkbook.objects.visible_to(user).select_related(*related).get(pk=pk)


_SHOWN = ("file", "receiver", "returned_by", "decided_by", "replaced_by")


def find_report(*, user: User, pk: int) -> Report | None:
    """Return the report that a seal names, None where the person does not see it."""
    return Report.objects.visible_to(user).select_related(*RELATED).filter(pk=pk).first()


def same_file(report: Report, sha256: str) -> ReturnedWorkbook | None:
    """Return the workbook with the very same content that was written, or waits to be decided."""
    rows = ReturnedWorkbook.objects.filter(report=report, file__sha256=sha256)
    gone = [WorkbookStatus.DISCARDED.value, WorkbookStatus.REPLACED.value]
    return rows.exclude(status__in=gone).select_related("file", "decided_by").first()


def reports_to_hand_out(*, user: User, period: ReportPeriod) -> Iterator[Report]:
    """Yield the reports still to be written whose workbooks the person may hand out."""
    open_still = [each.value for each in EDITABLE]
    rows = Report.objects.visible_to(user).filter(period=period, status__in=open_still)
    for report in rows.select_related(*RELATED):
        if policies.may_enter(user, report):
            yield report


class WorkbooksPage(TypedDict):
    period: ReportPeriod
    page: Page[Any]
    own: list[Report]
    enters: bool
    receives: bool


def workbooks_page(*, user: User, period: ReportPeriod, number: str) -> WorkbooksPage:
    """Return the workbooks of the period that came back, and what the person may do there."""
    rows = ReturnedWorkbook.objects.visible_to(user).filter(report__period=period)
    rows = rows.select_related("report__agency", *_SHOWN)
    page = Paginator(rows, _PAGE).get_page(number)
    mine = Report.objects.visible_to(user).filter(written_in(seats_of(user)), period=period)
    own = [each for each in mine.select_related(*RELATED) if policies.writes(user, each)]
    receives = bool(user.access.paths(Permission.RECEIVE_REPORTS))
    return {
        "period": period,
        "page": page,
        "own": own,
        "enters": bool(own) or receives,
        "receives": receives,
    }
