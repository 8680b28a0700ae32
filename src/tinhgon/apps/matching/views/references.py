from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.matching import actions, policies
from tinhgon.apps.matching.forms import ChangeForm, ReceiveForm, RemoveForm
from tinhgon.apps.matching.models import ReferenceList
from tinhgon.apps.matching.queries import references as queries
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate, under_version
from tinhgon.domain.officialdoc import Unreadable

_TOO_LATE = TooLate(
    stale="Người khác vừa sửa danh mục này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp.",
    illegal="Danh mục này không còn sửa được.",
)


@require_safe
def references(request: UserRequest) -> HttpResponse:
    policies.check_compare(request.user)
    return _list(request, ReceiveForm())


@require_safe
def reference(request: UserRequest, pk: int) -> HttpResponse:
    policies.check_compare(request.user)
    return _page(request, pk)


@require_POST
def change(request: UserRequest, pk: int) -> HttpResponse:
    policies.check_receive(request.user)
    form = ChangeForm(request.POST)
    is_whole = form.is_valid()
    if is_whole and _TOO_LATE.attempt(
        form,
        lambda: actions.change_reference(
            reference=_reference_or_404(pk),
            name=form.cleaned_data["name"],
            tier=form.cleaned_data["tier"],
            fields=form.cleaned_data["fields_text"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã sửa danh mục tham chiếu.")
        return redirect("matching:reference", pk)
    if is_whole:  # so the person is told of what somebody else changed
        under_version(form, _reference_or_404(pk).version)
    return _page(request, pk, form, status=422)


@require_POST
def remove(request: UserRequest, pk: int) -> HttpResponse:
    policies.check_receive(request.user)
    form = RemoveForm(request.POST)
    if form.is_valid() and _TOO_LATE.attempt(
        form,
        lambda: actions.remove_reference(
            reference=_reference_or_404(pk),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã bỏ danh mục tham chiếu.")
        return redirect("matching:references")
    for words in form.non_field_errors():
        messages.error(request, str(words))
    return redirect("matching:reference", pk)


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


def _reference_or_404(pk: int) -> ReferenceList:
    try:
        return queries.references().get(pk=pk)
    except ReferenceList.DoesNotExist:
        raise Http404 from None


def _page(
    request: UserRequest, pk: int, form: ChangeForm | None = None, status: int = 200
) -> HttpResponse:
    found = _reference_or_404(pk)
    if form is None:
        form = ChangeForm(
            initial={
                "name": found.name,
                "tier": found.tier,
                "fields_text": "\n".join(found.fields),
                "version": found.version,
            }
        )
    context = {
        "reference": found,
        "page": queries.items_page(found, request.GET.get("page", "1")),
        "form": form,
        "may_change": policies.may_rule(request.user),
    }
    return render(request, "matching/reference.html", context, status=status)


def _list(request: UserRequest, form: ReceiveForm, status: int = 200) -> HttpResponse:
    context = {
        "references": queries.references(),
        "form": form,
        "may_receive": policies.may_rule(request.user),
    }
    return render(request, "matching/references.html", context, status=status)
