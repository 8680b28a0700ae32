"""An offline workbook comes back and is kept, or put aside."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.actions import ENTERED
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.actions import store_upload
from tinhgon.apps.files.queries import FileUnreadable
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import (
    WORKBOOK_LABELS,
    ReportStatus,
    WorkbookMove,
    WorkbookStatus,
)
from tinhgon.apps.reports.imports import know, preview, preview_of
from tinhgon.apps.reports.models import Report, ReportPeriod, ReturnedWorkbook
from tinhgon.apps.reports.queries.workbooks import find_report, same_file
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.reportbook import WORKBOOK
from tinhgon.domain.vntext import format_date


@transaction.atomic
def return_workbook(
    *, period: ReportPeriod, upload: Upload, by: User, at: datetime
) -> ReturnedWorkbook:
    """
    Keep a workbook that came back, from the agency or by mail; nothing of it is written yet.

    The very same file, while it still waits, is the one that was handed in before. One with faults
    waits for the next of the agency, which takes its place.

    :raises FileRefused: if it is too large, or carries macros.
    :raises Refused: if it is no workbook of ours, of another period, of an agency for which `by`
        enters nothing, was written before, or its report can no longer be written.
    """
    known = know(upload.data)
    report = _report_of(known.seal.report, period, by)
    before = same_file(report, hashlib.sha256(upload.data).hexdigest())
    if before and before.status == WorkbookStatus.MERGED.value and before.decided_at:
        day = format_date(timezone.localtime(before.decided_at).date())
        raise Refused(
            f"Tệp này đã được ghi vào báo cáo ngày {day}. Có nội dung mới thì tải tệp mới ở trang "
            "báo cáo rồi điền tiếp.",
            "file",
        )
    is_faulty = bool(preview(known, report, user=by, today=at.date()).faults)
    if before and (before.status == WorkbookStatus.WAITING.value or is_faulty):
        return before
    status = WORKBOOK.start
    if is_faulty:
        status = WORKBOOK.transition_for(status, WorkbookMove.FAULT).to
    workbook = ReturnedWorkbook.objects.create(
        report=report,
        file=store_upload(upload, at=at, allowed={"xlsx"}),
        status=status.value,
        made_at=known.made_at,
        receiver=policies.in_whose_name(by, report),
        returned_at=at,
        returned_by=by,
    )
    replaced = _replace_faulty(workbook, by=by, at=at)
    changes = [
        audit.Change("Tệp", "", workbook.file.name),
        audit.Change("Trạng thái", "", WORKBOOK_LABELS[status]),
        *(audit.Change("Thay tệp có lỗi", name, workbook.file.name) for name in replaced),
    ]
    audit.record(
        "reports.workbook_returned",
        report,
        by=by,
        at=at,
        changes=changes,
        reason=ENTERED if workbook.receiver else "",
    )
    return workbook


def _replace_faulty(new: ReturnedWorkbook, *, by: User, at: datetime) -> list[str]:
    """
    Let the workbook take the place of those of its report that cannot be written, also where only
    the records made them so since; return what their files are called.
    """
    rows = ReturnedWorkbook.objects.filter(report=new.report).undecided().exclude(pk=new.pk)
    found = []
    for each in rows.select_related("file"):
        each.report = new.report
        if _is_faulty(each, by=by, at=at):
            found.append(each)
    replaced = ReturnedWorkbook.objects.undecided().filter(pk__in=[each.pk for each in found])
    replaced.update(
        status=WORKBOOK.transition_for(WorkbookStatus.FAULTY, WorkbookMove.REPLACE).to.value,
        decided_at=at,
        decided_by=by,
        replaced_by=new,
        version=F("version") + 1,
    )
    return [each.file.name for each in found]


def _is_faulty(workbook: ReturnedWorkbook, *, by: User, at: datetime) -> bool:
    if workbook.status == WorkbookStatus.FAULTY.value:
        return True
    try:
        return bool(preview_of(workbook, user=by, today=at.date()).faults)
    except FileUnreadable:  # the storage fails just now: that is no fault of the workbook
        return False


def _report_of(key: int, period: ReportPeriod, by: User) -> Report:
    report = find_report(user=by, pk=key)
    if report is None:
        raise Refused(
            "Tệp này là của cơ quan khác, anh/chị không nộp thay được. Chuyển tệp cho cơ quan đó "
            "hoặc nơi nhận báo cáo của cơ quan đó.",
            "file",
        )
    whose = f"Tệp này là của {report.agency.label}, {report.period.name}"
    if report.period_id != period.pk:
        raise Refused(f"{whose}. Mở kỳ báo cáo đó rồi nộp.", "file")
    if not policies.may_enter(by, report):
        raise Refused(
            f"{whose}. Chỉ cơ quan đó, hoặc nơi nhận mà cơ quan đó đang trực thuộc, nộp được.",
            "file",
        )
    if why := why_closed(report):
        raise Refused(f"{whose}. {why}", "file")
    return report


def why_closed(report: Report) -> str:
    """Return why the report can no longer be written and what to do, "" where it can."""
    if report.period.closed_on is not None:
        return "Kỳ báo cáo đã kết thúc, không ghi thêm được."
    if report.is_open:
        return ""
    if ReportStatus(report.status) is ReportStatus.RECEIVED:
        return "Báo cáo đã được nhận. Đề nghị nơi nhận trả lại báo cáo rồi nộp tệp."
    return "Báo cáo đã gửi. Thủ trưởng cơ quan rút lại, hoặc nơi nhận trả lại báo cáo, rồi nộp tệp."


@transaction.atomic
def discard_workbook(*, workbook: ReturnedWorkbook, by: User, at: datetime, seen: int) -> None:
    """
    Put a workbook aside; the file stays.

    :raises IllegalMove, PermissionDenied: as `policies.check_workbook`.
    :raises StaleObject: if somebody else was faster.
    """
    policies.check_workbook(by, WorkbookMove.DISCARD, workbook)
    move_workbook(workbook, WorkbookMove.DISCARD, by=by, at=at, seen=seen)
    changes = [audit.Change("Tệp", workbook.file.name, "")]
    audit.record("reports.workbook_discarded", workbook.report, by=by, at=at, changes=changes)


def move_workbook(
    workbook: ReturnedWorkbook, move: WorkbookMove, *, by: User, at: datetime, seen: int
) -> None:
    status = WORKBOOK.transition_for(WorkbookStatus(workbook.status), move).to
    workbook.change(seen_version=seen, status=status.value, decided_at=at, decided_by=by)
