"""
What the views of this app share: records that the person may see, and words for what went
wrong.
"""

from __future__ import annotations

from django import forms
from django.http import Http404, QueryDict

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries import detail
from tinhgon.apps.assignments.queries import duty as duties

STALE = "Người khác vừa thay đổi việc này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."
ILLEGAL = "Việc này đã sang trạng thái khác nên không làm được thao tác vừa chọn."


def under_version(form: forms.Form, version: int) -> None:
    """Let what was entered be sent again, now that the person is told of the other change."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["version"] = str(version)


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
