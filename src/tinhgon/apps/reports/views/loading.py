from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reports.models import PeriodSection, Report, ReportPeriod
from tinhgon.apps.reports.queries import loading
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale=(
        "Người khác vừa thay đổi báo cáo này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."
    ),
    illegal=(
        "Báo cáo đã chuyển trạng thái hoặc kỳ báo cáo đã kết thúc nên không làm được việc này."
    ),
)
PERIOD_TOO_LATE = TooLate(
    stale="Người khác vừa sửa kỳ báo cáo này. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Kỳ báo cáo đã kết thúc.",
)


def period_or_404(request: UserRequest, pk: int) -> ReportPeriod:
    try:
        return loading.get_visible_period(user=request.user, pk=pk)
    except ReportPeriod.DoesNotExist:
        raise Http404 from None


def report_or_404(request: UserRequest, pk: int) -> Report:
    try:
        return loading.get_visible_report(user=request.user, pk=pk)
    except Report.DoesNotExist:
        raise Http404 from None


def section_or_404(report: Report, pk: int) -> PeriodSection:
    try:
        return loading.get_section(report=report, pk=pk)
    except PeriodSection.DoesNotExist:
        raise Http404 from None
