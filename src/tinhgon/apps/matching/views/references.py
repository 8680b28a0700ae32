from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.matching import actions, policies
from tinhgon.apps.matching.forms import ReceiveForm
from tinhgon.apps.matching.models import ReferenceList
from tinhgon.apps.matching.queries import references as queries
from tinhgon.common import clock
from tinhgon.domain.officialdoc import Unreadable


@require_safe
def references(request: UserRequest) -> HttpResponse:
    policies.check_compare(request.user)
    return _list(request, ReceiveForm())


@require_safe
def reference(request: UserRequest, pk: int) -> HttpResponse:
    policies.check_compare(request.user)
    try:
        page = queries.reference_page(pk=pk, number=request.GET.get("page", "1"))
    except ReferenceList.DoesNotExist:
        raise Http404 from None
    return render(request, "matching/reference.html", page)


@require_POST
def receive(request: UserRequest) -> HttpResponse:
    policies.check_receive(request.user)
    form = ReceiveForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = actions.receive_reference(
                upload=actions.Upload.of(form.cleaned_data["file"]),
                name=form.cleaned_data["name"],
                tier=form.cleaned_data["tier"],
                fields=form.cleaned_data["fields_text"],
                by=request.user,
                at=clock.now(),
            )
        except (Unreadable, actions.Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Đã nạp danh mục tham chiếu.")
            return redirect(made)
    return _list(request, form, status=422)


def _list(request: UserRequest, form: ReceiveForm, status: int = 200) -> HttpResponse:
    context = {
        "references": queries.references(),
        "form": form,
        "may_receive": policies.may_rule(request.user),
    }
    return render(request, "matching/references.html", context, status=status)
