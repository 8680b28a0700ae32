"""
What the views of this app share: records that the person may see, and words for what went
wrong.
"""

from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries import detail
from tinhgon.apps.assignments.queries import duty as duties

STALE = "Người khác vừa thay đổi việc này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."
ILLEGAL = "Việc này đã sang trạng thái khác nên không làm được thao tác vừa chọn."


def assignment_or_404(request: UserRequest, pk: int) -> Assignment:
    try:
        return detail.get_visible_assignment(user=request.user, pk=pk)
    except Assignment.DoesNotExist:
        raise Http404 from None


def duty_or_404(request: UserRequest, pk: int) -> Duty:
    try:
        return duties.get_visible_duty(user=request.user, pk=pk)
    except Duty.DoesNotExist:
        raise Http404 from None
