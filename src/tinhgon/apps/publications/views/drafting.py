from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import actions, policies, queries
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.forms import DraftForm, EditForm
from tinhgon.apps.publications.models import Decision
from tinhgon.common import clock
from tinhgon.domain.publishing import default_bases

from .loading import attempt, decision_for, told_too_late


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: UserRequest) -> HttpResponse:
    drafters = policies.drafting_agencies(request.user)
    if not drafters:
        raise PermissionDenied
    form = DraftForm(
        request.POST or None,
        drafters=drafters,
        issuers=queries.issuers_above(drafters),
        initial={"grouping": "kind", "bases": "\n".join(default_bases(clock.today()))},
    )
    made: list[Decision] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.draft_decision(
                drafter=form.cleaned_data["drafter"],
                issuer=form.cleaned_data["issuer"],
                heading=form.heading(),
                by=request.user,
                at=clock.now(),
            )
        ),
    ):
        messages.success(request, "Đã lập dự thảo. Chọn các thủ tục đưa vào quyết định.")
        return redirect("publications:choose", made[0].pk)
    context = {"form": form, "decision": None}
    status = 422 if form.is_bound else 200
    return render(request, "publications/heading.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, DecisionMove.EDIT)
    if back := told_too_late(request, decision, DecisionMove.EDIT):
        return back
    form = EditForm(request.POST or None, initial=_initial(decision))
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_decision(
            decision=decision,
            heading=form.heading(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=decision,
    ):
        messages.success(request, "Đã sửa thông tin của quyết định.")
        return redirect(decision)
    context = {"form": form, "decision": decision}
    status = 422 if form.is_bound else 200
    return render(request, "publications/heading.html", context, status=status)


def _initial(decision: Decision) -> dict[str, object]:
    return {
        "version": decision.version,
        "subject": decision.document.subject,
        "effective_on": decision.effective_on,
        "grouping": decision.grouping,
        "bases": "\n".join(decision.bases),
        "signer": "deputy" if decision.deputy_signs else "head",
    }
