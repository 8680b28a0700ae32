from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import policies, queries
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.models import Decision
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale=(
        "Người khác vừa thay đổi quyết định này. Đã hiện nội dung mới nhất, mời xem lại "
        "rồi làm tiếp."
    ),
    illegal="Quyết định đã chuyển trạng thái nên không làm được việc này nữa.",
)
attempt = TOO_LATE.attempt


def decision_or_404(request: UserRequest, pk: int) -> Decision:
    try:
        return queries.get_visible_decision(user=request.user, pk=pk)
    except Decision.DoesNotExist:
        raise Http404 from None


def decision_for(request: UserRequest, pk: int, move: DecisionMove) -> Decision:
    """
    Return the decision with which the person may make the move, whatever its state.

    :raises Http404: if he may not see it.
    :raises PermissionDenied: if he has no part in the move.
    """
    decision = decision_or_404(request, pk)
    if not policies.may(request.user, move, decision):
        raise PermissionDenied
    return decision


def told_too_late(
    request: UserRequest, decision: Decision, move: DecisionMove
) -> HttpResponse | None:
    """Return the way back to the decision, where its state no longer allows the move."""
    if request.method == "POST" or policies.can(request.user, move, decision):
        return None
    messages.warning(request, TOO_LATE.illegal)
    return redirect(decision)
