"""Measures and the legal texts they need, on the page of one procedure of a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind, PlanMove
from tinhgon.apps.plans.forms import KindForm, LegalChangeForm, MeasureForm, VersionForm
from tinhgon.apps.plans.forms.legal_changes import initial_of as initial_of_change
from tinhgon.apps.plans.forms.measures import initial_of
from tinhgon.apps.plans.models import PlanItem
from tinhgon.common import clock

from .loading import (
    attempt,
    check_part,
    item_or_404,
    legal_change_or_404,
    measure_or_404,
    told_and_back,
    under_version,
)


@require_http_methods(["GET", "HEAD", "POST"])
def add_measure(request: UserRequest, pk: int) -> HttpResponse:
    """The kind is in the address (?loai=drop_step)."""
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    asked = KindForm(request.GET)
    kind = MeasureKind(asked.cleaned_data["loai"]) if asked.is_valid() else MeasureKind.SHORTEN
    form = MeasureForm(
        request.POST or None,
        kind=kind,
        record=item.as_is_record,
        initial={"version": item.version},
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_measure(
            item=item,
            entry=form.entry(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã thêm nội dung đơn giản hóa.")
        return redirect(item)
    return _form_page(request, item, form, f"Thêm nội dung: {form.kind_words}")


@require_http_methods(["GET", "HEAD", "POST"])
def change_measure(request: UserRequest, pk: int) -> HttpResponse:
    measure = measure_or_404(request, pk)
    item = measure.item
    check_part(request, item.plan, PlanMove.EDIT)
    form = MeasureForm(
        request.POST or None,
        kind=MeasureKind(measure.kind),
        record=item.as_is_record,
        initial={**initial_of(measure), "version": item.version},
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.change_measure(
            measure=measure,
            entry=form.entry(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã sửa nội dung đơn giản hóa.")
        return redirect(item)
    return _form_page(request, item, form, f"Sửa nội dung: {form.kind_words}")


@require_POST
def remove_measure(request: UserRequest, pk: int) -> HttpResponse:
    measure = measure_or_404(request, pk)
    check_part(request, measure.item.plan, PlanMove.EDIT)
    form = VersionForm(request.POST)
    done = form.is_valid() and attempt(
        form,
        lambda: actions.remove_measure(
            measure=measure, by=request.user, at=clock.now(), seen=form.cleaned_data["version"]
        ),
    )
    return told_and_back(
        request, form, "Đã bỏ nội dung đơn giản hóa." if done else "", measure.item
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_legal_change(request: UserRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    form = LegalChangeForm(request.POST or None, item=item, initial={"version": item.version})
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_legal_change(
            item=item,
            entry=form.entry(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã thêm văn bản phải sửa.")
        return redirect(item)
    return _form_page(request, item, form, "Thêm văn bản phải sửa đổi, bãi bỏ")


@require_http_methods(["GET", "HEAD", "POST"])
def change_legal_change(request: UserRequest, pk: int) -> HttpResponse:
    change = legal_change_or_404(request, pk)
    item = change.item
    check_part(request, item.plan, PlanMove.EDIT)
    form = LegalChangeForm(
        request.POST or None,
        item=item,
        initial={**initial_of_change(change), "version": item.version},
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.change_legal_change(
            change=change,
            entry=form.entry(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã sửa văn bản phải sửa.")
        return redirect(item)
    return _form_page(request, item, form, "Sửa văn bản phải sửa đổi, bãi bỏ")


@require_POST
def remove_legal_change(request: UserRequest, pk: int) -> HttpResponse:
    change = legal_change_or_404(request, pk)
    check_part(request, change.item.plan, PlanMove.EDIT)
    form = VersionForm(request.POST)
    done = form.is_valid() and attempt(
        form,
        lambda: actions.remove_legal_change(
            change=change, by=request.user, at=clock.now(), seen=form.cleaned_data["version"]
        ),
    )
    return told_and_back(request, form, "Đã bỏ văn bản phải sửa." if done else "", change.item)


def _form_page(
    request: UserRequest, item: PlanItem, form: MeasureForm | LegalChangeForm, title: str
) -> HttpResponse:
    if form.is_bound:
        item = item_or_404(request, item.pk)
        under_version(form, item.version)
    context = {"form": form, "item": item, "title": title}
    return render(request, "plans/item_form.html", context, status=422 if form.is_bound else 200)
