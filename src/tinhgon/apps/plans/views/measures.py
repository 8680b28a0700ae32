"""Measures and the legal texts they need, on the page of one procedure of a plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
    act = partial(actions.add_measure, item=item)
    return _saved_or_asked(
        request,
        item,
        form,
        act,
        done="Đã thêm nội dung đơn giản hóa.",
        title=f"Thêm nội dung: {form.kind_words}",
    )


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
    act = partial(actions.change_measure, measure=measure)
    return _saved_or_asked(
        request,
        item,
        form,
        act,
        done="Đã sửa nội dung đơn giản hóa.",
        title=f"Sửa nội dung: {form.kind_words}",
    )


@require_POST
def remove_measure(request: UserRequest, pk: int) -> HttpResponse:
    measure = measure_or_404(request, pk)
    check_part(request, measure.item.plan, PlanMove.EDIT)
    return _removed(
        request,
        partial(actions.remove_measure, measure=measure),
        "Đã bỏ nội dung đơn giản hóa.",
        measure.item,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_legal_change(request: UserRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    form = LegalChangeForm(request.POST or None, item=item, initial={"version": item.version})
    act = partial(actions.add_legal_change, item=item)
    return _saved_or_asked(
        request,
        item,
        form,
        act,
        done="Đã thêm văn bản phải sửa.",
        title="Thêm văn bản phải sửa đổi, bãi bỏ",
    )


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
    act = partial(actions.change_legal_change, change=change)
    return _saved_or_asked(
        request,
        item,
        form,
        act,
        done="Đã sửa văn bản phải sửa.",
        title="Sửa văn bản phải sửa đổi, bãi bỏ",
    )


@require_POST
def remove_legal_change(request: UserRequest, pk: int) -> HttpResponse:
    change = legal_change_or_404(request, pk)
    check_part(request, change.item.plan, PlanMove.EDIT)
    return _removed(
        request,
        partial(actions.remove_legal_change, change=change),
        "Đã bỏ văn bản phải sửa.",
        change.item,
    )


def _saved_or_asked(
    request: UserRequest,
    item: PlanItem,
    form: MeasureForm | LegalChangeForm,
    act: Callable[..., object],
    *,
    done: str,
    title: str,
) -> HttpResponse:
    """Save what was entered and go back to the procedure, or show the form with what is wrong."""
    if form.is_valid() and attempt(
        form,
        lambda: act(
            entry=form.entry(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=item,
    ):
        messages.success(request, done)
        return redirect(item)
    return _form_page(request, item, form, title)


def _removed(
    request: UserRequest, act: Callable[..., object], done: str, item: PlanItem
) -> HttpResponse:
    form = VersionForm(request.POST)
    is_done = form.is_valid() and attempt(
        form,
        lambda: act(by=request.user, at=clock.now(), seen=form.cleaned_data["version"]),
    )
    return told_and_back(request, form, done if is_done else "", item)


def _form_page(
    request: UserRequest, item: PlanItem, form: MeasureForm | LegalChangeForm, title: str
) -> HttpResponse:
    if form.is_bound:
        item = item_or_404(request, item.pk)
    context = {"form": form, "item": item, "title": title}
    return render(request, "plans/item_form.html", context, status=422 if form.is_bound else 200)
