from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import actions, policies, queries
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.models import Decision
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

STALE = (
    "Người khác vừa thay đổi quyết định này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."
)
ILLEGAL = "Quyết định đã chuyển trạng thái nên không làm được việc này nữa."


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


def attempt(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do it, or put what went wrong into the form; return whether it was done."""
    try:
        act()
    except actions.Refused as e:
        form.add_error(e.field if e.field in form.fields else None, str(e))
    except StaleObject:
        form.add_error(None, STALE)
    except IllegalMove:
        form.add_error(None, ILLEGAL)
    return not form.errors


def under_version(form: forms.Form, version: int) -> None:
    """Let what was entered be sent again, now that the person is told of the other change."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["version"] = str(version)


def told_too_late(
    request: UserRequest, decision: Decision, move: DecisionMove
) -> HttpResponse | None:
    """Return the way back to the decision, where its state no longer allows the move."""
    if request.method == "POST" or policies.can(request.user, move, decision):
        return None
    messages.warning(request, ILLEGAL)
    return redirect(decision)
