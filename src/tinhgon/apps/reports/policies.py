"""Who runs periods, who writes and sends the report of an agency, who receives it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reportbook import WORKBOOK
from tinhgon.domain.reporting import REPORT, Actor

from .enums import ReportMove, ReportStatus, WorkbookMove, WorkbookStatus
from .models import Report, ReportPeriod, ReturnedWorkbook

_SEE = Permission.SEE
_WRITE, _SEND = Permission.WRITE_REPORT, Permission.SEND_REPORT
_RECEIVE, _MANAGE = Permission.RECEIVE_REPORTS, Permission.MANAGE_REPORT_PERIODS
_TEMPLATES = Permission.MANAGE_PROGRAMMES
PAGES = [
    Page("reports:list", "Báo cáo"),
    Page("reports:mine", "Báo cáo chờ tôi lập, gửi, nhận"),
    Page("reports:open", "Mở kỳ báo cáo", _MANAGE),
    Page("reports:period", "Một kỳ báo cáo", seen_with=_SEE),
    Page("reports:progress", "Tiến độ gửi báo cáo, đôn đốc (Biểu 5)", seen_with=_SEE),
    Page("reports:export", "Tải bảng theo dõi kỳ báo cáo", seen_with=_SEE),
    Page("reports:edit", "Sửa kỳ báo cáo", _MANAGE, seen_with=_SEE),
    Page("reports:report", "Báo cáo của một cơ quan", seen_with=_SEE),
    Page("reports:figure", "Các thủ tục của một số liệu báo cáo", seen_with=_SEE),
    Page("reports:texts", "Lời văn của các cơ quan cấp dưới", seen_with=_SEE),
    Page("reports:difficulties", "Khó khăn, vướng mắc của kỳ (Biểu 4)", seen_with=_SEE),
    Page("reports:document", "Tải báo cáo đã ký", seen_with=_SEE),
    Page("reports:paper", "Báo cáo thành Word, PDF, Excel", seen_with=_SEE),
    Page("reports:remarks", "Ý kiến của cơ quan về số liệu báo cáo", seen_with=_SEE),
    Page("reports:restate", "Điều chỉnh số liệu đã chốt", _WRITE, seen_with=_SEE),
    Page("reports:templates", "Mẫu báo cáo", _TEMPLATES),
    Page("reports:shipped_template", "Tải mẫu báo cáo của phần mềm", _TEMPLATES),
    Page("reports:template_file", "Tải một mẫu báo cáo", seen_with=_TEMPLATES),
    Page("reports:workbook", "Tải tệp ngoại tuyến", _WRITE, seen_with=_SEE),
    Page("reports:workbooks", "Nộp tệp ngoại tuyến của kỳ báo cáo", seen_with=_SEE),
    Page("reports:workbook_preview", "Xem trước tệp ngoại tuyến", seen_with=_SEE),
    Page("reports:workbook_file", "Tệp ngoại tuyến như đã nộp", seen_with=_SEE),
    Page("reports:record_sent", "Ghi báo cáo đã ký gửi lên trên", _MANAGE, seen_with=_SEE),
]
MOVES = [
    Deed("reports:use_template", "Dùng lại mẫu báo cáo", _TEMPLATES, seen_with=_TEMPLATES),
    Deed("reports:put_template_aside", "Thôi dùng mẫu báo cáo", _TEMPLATES, seen_with=_TEMPLATES),
    Deed("reports:all_papers", "Tải báo cáo của mọi cơ quan", _SEE),
    Deed("reports:all_workbooks", "Tải mọi tệp ngoại tuyến", _RECEIVE, seen_with=_SEE),
    Deed("reports:merge_workbook", "Ghi tệp ngoại tuyến", _WRITE, seen_with=_SEE),
    Deed("reports:discard_workbook", "Bỏ tệp ngoại tuyến", _WRITE, seen_with=_SEE),
    Deed("reports:freeze", "Chốt số liệu kỳ báo cáo", _MANAGE, seen_with=_SEE),
    Deed("reports:close", "Kết thúc kỳ báo cáo", _MANAGE, seen_with=_SEE),
    Deed("reports:receive_many", "Nhận nhiều báo cáo", _RECEIVE, seen_with=_SEE),
    Deed("reports:urge", "Đôn đốc các cơ quan chưa gửi báo cáo", _RECEIVE, seen_with=_SEE),
    Deed("reports:write", "Soạn lời văn báo cáo", _WRITE, seen_with=_SEE),
    Deed("reports:send", "Gửi báo cáo", _SEND, seen_with=_SEE),
    Deed("reports:send_nil", "Báo cáo không phát sinh", _SEND, seen_with=_SEE),
    Deed("reports:recall", "Rút báo cáo đã gửi", _SEND, seen_with=_SEE),
    Deed("reports:receive", "Nhận báo cáo", _RECEIVE, seen_with=_SEE),
    Deed("reports:return", "Trả lại báo cáo", _RECEIVE, seen_with=_SEE),
]


def askers(user: User) -> list[Agency]:
    """Return the agencies in whose name the person may open a period: the tops of his branches."""
    return list(Agency.objects.filter(path__in=user.access.paths(_MANAGE)).order_by("path"))


def may_manage(user: User, agency: Agency) -> bool:
    """Return whether the person runs the periods of the agency."""
    return user.access.allows(_MANAGE, agency.path or "/")


def check_manage(user: User, agency: Agency) -> None:
    """
    Check that `user` may run periods of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not may_manage(user, agency):
        raise PermissionDenied


def can_change(user: User, period: ReportPeriod) -> bool:
    return period.closed_on is None and may_manage(user, period.agency)


def can_freeze(user: User, period: ReportPeriod, today: date) -> bool:
    """Return whether the figures may be frozen now: from the day after the last one on."""
    is_due = period.frozen_at is None and today > period.to_on
    return is_due and can_change(user, period)


def may_restate(user: User, report: Report) -> bool:
    """Return whether the person corrects frozen figures: who writes the report."""
    is_open = report.period.frozen_at is not None and report.period.closed_on is None
    return is_open and acts_for(user, report.writer, _WRITE)


def check_restate(user: User, report: Report) -> None:
    """
    Check that `user` may correct the frozen figures of the report.

    :raises PermissionDenied: if he may not, or there is nothing frozen any more to correct.
    """
    if not may_restate(user, report):
        raise PermissionDenied


def sets_templates(user: User) -> bool:
    """Return whether the person sets the template of any agency."""
    return bool(user.access.paths(_TEMPLATES))


def check_templates(user: User, agency: Agency) -> None:
    """
    Check that `user` may set the template of the reports of an agency and its branch.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(_TEMPLATES, agency.path or "/"):
        raise PermissionDenied


def acts_for(user: User, agency: Agency, permission: Permission) -> bool:
    """
    Return whether the person does something in the name of the agency itself: he sits in it, or
    his position reaches exactly it. Who looks after a whole province writes no department's report.
    """
    return any(
        permission in held.role.permissions
        and (held.agency_id == agency.pk or held.reach == agency.path)
        for held in user.current_positions
    )


def may(user: User, move: ReportMove, report: Report) -> bool:
    """
    Return whether the person has the part in which `move` is made, whatever the state.

    The report of the agency that asks goes up as a signed document, which whoever runs the period
    records.
    """
    actor = next(Actor(t.actor) for (_, each), t in REPORT.transitions.items() if each is move)
    receiver = report.receiver
    if actor is Actor.RECEIVER:
        return receiver is not None and user.access.allows(_RECEIVE, receiver.path or "/")
    if actor is Actor.HEAD and receiver is None:
        return may_manage(user, report.period.agency)
    return acts_for(user, report.writer, _SEND if actor is Actor.HEAD else _WRITE)


def check_part(user: User, move: ReportMove, report: Report) -> None:
    """
    Check that the person has a part in the move, whatever the state.

    :raises PermissionDenied: if he has none.
    """
    if not may(user, move, report):
        raise PermissionDenied


def check(user: User, move: ReportMove, report: Report) -> None:
    """
    Check that `user` may make `move` on the report now.

    :raises IllegalMove: if nobody may, because of its state, or because the period is over.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    status = ReportStatus(report.status)
    REPORT.transition_for(status, move)
    if report.period.closed_on is not None:
        raise IllegalMove(status, move)
    check_part(user, move, report)


def can(user: User, move: ReportMove, report: Report) -> bool:
    try:
        check(user, move, report)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def can_send(user: User, report: Report) -> bool:
    """Return whether the person may send the report to its receiver now: its figures stand."""
    is_ready = report.period.frozen_at is not None and report.receiver_id is not None
    return is_ready and can(user, ReportMove.SEND, report)


def may_enter(user: User, report: Report) -> bool:
    """
    Return whether the person may bring in what the agency filled in without a line: who writes the
    report, and who receives it, on behalf of the agency that sent him the workbook.
    """
    return writes(user, report) or _enters_for(user, report)


def _enters_for(user: User, report: Report) -> bool:
    """A receiver to which the agency no longer reports has nothing to do with its workbooks."""
    return may(user, ReportMove.RECEIVE, report) and report.reports_still


def writes(user: User, report: Report) -> bool:
    """Return whether the person writes the report in the name of its agency, whatever the state."""
    return acts_for(user, report.writer, _WRITE)


def in_whose_name(user: User, report: Report) -> Agency | None:
    """
    Return the agency above for which the person enters what the agency sent; None for the agency's
    own people.

    :raises PermissionDenied: if he may not enter anything.
    """
    if writes(user, report):
        return None
    if not _enters_for(user, report):
        raise PermissionDenied
    return report.receiver


def check_entering(user: User, report: Report, receiver: Agency | None) -> None:
    """
    Check that `user` may write into the report now: as its agency, or for the one that receives it.

    :raises IllegalMove, PermissionDenied: as `check`.
    """
    if receiver is None:
        check(user, ReportMove.EDIT, report)
        return
    check_open(report)
    if receiver.pk != report.receiver_id or not _enters_for(user, report):
        raise PermissionDenied


def is_open(report: Report) -> bool:
    """Return whether the report can still be written, whoever does it."""
    return report.is_open and report.period.closed_on is None


def check_open(report: Report) -> None:
    """
    Check that the report can still be written, whoever does it.

    :raises IllegalMove: if it was sent, or its period is over.
    """
    if not is_open(report):
        raise IllegalMove(ReportStatus(report.status), ReportMove.EDIT)


def check_workbook(user: User, move: WorkbookMove, workbook: ReturnedWorkbook) -> Agency | None:
    """
    Check that `user` may make `move` on a workbook now; return in whose name, as `in_whose_name`.

    :raises PermissionDenied: if he may not, whatever its state.
    :raises IllegalMove: if nobody may, because of its state or that of the report.
    """
    name = in_whose_name(user, workbook.report)
    WORKBOOK.transition_for(WorkbookStatus(workbook.status), move)
    if move is WorkbookMove.MERGE:
        check_open(workbook.report)
    return name


def can_workbook(user: User, move: WorkbookMove, workbook: ReturnedWorkbook) -> bool:
    try:
        check_workbook(user, move, workbook)
    except (IllegalMove, PermissionDenied):
        return False
    return True
