"""What takes longer than a page may: papers and workbooks of all agencies of a period."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.jobs.kinds import Kind, Made, Outcome, Params, Work
from tinhgon.common.refusal import Refused
from tinhgon.domain.officialdoc import write_docx
from tinhgon.domain.vntext import fold, format_number

from .documents import make_report
from .exports import offline_workbook, report_xlsx
from .models import Report, ReportPeriod
from .queries.loading import RELATED, get_visible_period
from .queries.templates import TemplateFinder
from .queries.workbooks import reports_to_hand_out

ALL_PAPERS = "reports.all_papers"
ALL_WORKBOOKS = "reports.all_workbooks"


def _period(by: User, params: Params) -> ReportPeriod:
    """
    Return the period that was asked for.

    :raises PermissionDenied: if the person does not see it (any more).
    """
    try:
        return get_visible_period(user=by, pk=params["period"])
    except ReportPeriod.DoesNotExist:
        raise PermissionDenied from None


def _check(by: User, params: Params) -> None:
    _period(by, params)


def _check_holds(by: User, holds: Sequence[int]) -> None:
    """
    Check that the person still sees every report that was packed.

    :raises PermissionDenied: if he moved to another agency, or lost the role.
    """
    _check_all(Report.objects.visible_to(by), holds)


def _check_workbooks(by: User, holds: Sequence[int]) -> None:
    """
    Check that the person still sees the workbooks of every report that was packed.

    :raises PermissionDenied: if he moved away, or one of the agencies reports to somebody else.
    """
    _check_all(Report.objects.workbooks_visible_to(by), holds)


def _check_all(seen: QuerySet[Report], holds: Sequence[int]) -> None:
    if not holds or seen.filter(pk__in=holds).count() != len(holds):
        raise PermissionDenied


def _name(params: Params) -> str:
    found = ReportPeriod.objects.filter(pk=params["period"]).values_list("name", flat=True)
    return found.first() or "kỳ đã xóa"


def _title(params: Params) -> str:
    return f"Tải báo cáo của các cơ quan: {_name(params)}"


def _workbooks_title(params: Params) -> str:
    return f"Tải tệp ngoại tuyến của các cơ quan: {_name(params)}"


def _run(work: Work) -> Outcome:
    period = _period(work.by, work.params)
    rows: QuerySet[Report] = Report.objects.visible_to(work.by).filter(period=period)
    reports = list(rows.select_related(*RELATED))
    if not reports:
        raise Refused("Kỳ này chưa có báo cáo nào để tải.")
    path = work.folder / "bao-cao.zip"
    today = timezone.localtime(work.at).date()
    templates = TemplateFinder()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (report, name) in enumerate(_named(reports), start=1):
            document = make_report(report, today=today, template=templates.of(report))
            archive.writestr(f"{name}.docx", write_docx(document))
            archive.writestr(f"{name}.xlsx", report_xlsx(report, today=today))
            work.progress(number, len(reports), report.agency.name)
    words = f"Đã xuất báo cáo của {format_number(len(reports))} cơ quan (Word và Excel)."
    return Outcome(
        words,
        url=period.get_absolute_url(),
        file=Made(path, f"bao-cao-{period.pk}.zip"),
        holds=[report.pk for report in reports],
    )


def _run_workbooks(work: Work) -> Outcome:
    period = _period(work.by, work.params)
    reports = list(reports_to_hand_out(user=work.by, period=period))
    if not reports:
        raise Refused("Không có báo cáo nào chưa gửi để lập tệp ngoại tuyến.")
    path = work.folder / "ngoai-tuyen.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (report, name) in enumerate(_named(reports), start=1):
            archive.writestr(f"{name}.xlsx", offline_workbook(report, user=work.by, at=work.at))
            work.progress(number, len(reports), report.agency.name)
    words = f"Đã lập tệp ngoại tuyến của {format_number(len(reports))} cơ quan."
    url = reverse("reports:workbooks", args=[period.pk])
    return Outcome(
        words,
        url=url,
        file=Made(path, f"ngoai-tuyen-{period.pk}.zip"),
        holds=[report.pk for report in reports],
    )


def _named(reports: list[Report]) -> Iterator[tuple[Report, str]]:
    """Yield each report with the name of its files, which no other has: its agency in ASCII."""
    for number, report in enumerate(reports, start=1):
        words = "-".join(fold(report.agency.name).split())
        plain = "".join(letter for letter in words if letter.isalnum() or letter == "-")
        yield report, f"{number:03}-{plain[:80]}"


KINDS = [
    Kind(ALL_PAPERS, title=_title, run=_run, check=_check, check_holds=_check_holds),
    Kind(
        ALL_WORKBOOKS,
        title=_workbooks_title,
        run=_run_workbooks,
        check=_check,
        check_holds=_check_workbooks,
    ),
]
