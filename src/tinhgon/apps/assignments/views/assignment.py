from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import actions, policies
from tinhgon.apps.assignments.forms import DecideExtensionForm, PassOnForm, ProgressForm, ProofForm
from tinhgon.apps.assignments.models import Answer, Assignment, ProgressNote
from tinhgon.apps.assignments.queries import detail
from tinhgon.apps.assignments.queries import duty as duties
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.files.http import send_file
from tinhgon.common import clock
from tinhgon.common.attempts import under_version
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

from .loading import ILLEGAL, STALE, assignment_or_404
from .panels import KINDS, bound_form, panels

Act = Callable[..., Any]


@require_safe
def assignment_detail(request: UserRequest, pk: int) -> HttpResponse:
    assignment = assignment_or_404(request, pk)
    return _page(request, assignment, opened=request.GET.get("buoc", ""))


@require_POST
def acknowledge(request: UserRequest, pk: int) -> HttpResponse:
    return _move(request, pk, "nhan", _plainly(actions.acknowledge), "Đã nhận việc.")


@require_POST
def report_progress(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: ProgressForm, **common: Any) -> None:
        actions.report_progress(
            percent=form.cleaned_data["percent"],
            text=form.cleaned_data["text"],
            upload=form.upload(),
            **common,
        )

    return _move(request, pk, "tien-do", act, "Đã ghi tiến độ.")


@require_POST
def submit_proof(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: ProofForm, **common: Any) -> None:
        upload = form.upload()
        assert upload is not None  # noqa: S101 -- the form requires it
        actions.submit_proof(
            document_code=form.cleaned_data["document_code"],
            document_on=form.cleaned_data["document_on"],
            text=form.cleaned_data["text"],
            upload=upload,
            **common,
        )

    return _move(request, pk, "bao-cao", act, "Đã gửi báo cáo, chờ cơ quan giao việc duyệt.")


@require_POST
def submit_nil(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: forms.Form, **common: Any) -> None:
        actions.submit_nil(text=form.cleaned_data["text"], **common)

    return _move(request, pk, "khong-phat-sinh", act, "Đã gửi báo cáo không phát sinh.")


@require_POST
def accept_answer(request: UserRequest, pk: int) -> HttpResponse:
    return _move(request, pk, "duyet", _plainly(actions.accept_answer), "Đã duyệt kết quả.")


@require_POST
def return_answer(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: forms.Form, **common: Any) -> None:
        actions.return_answer(reason=form.cleaned_data["reason"], **common)

    return _move(request, pk, "tra-lai", act, "Đã trả lại kết quả kèm lý do.")


@require_POST
def ask_extension(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: forms.Form, **common: Any) -> None:
        actions.ask_extension(
            asked_due_on=form.cleaned_data["asked_due_on"],
            reason=form.cleaned_data["reason"],
            **common,
        )

    return _move(request, pk, "xin-gia-han", act, "Đã gửi đề nghị gia hạn.")


@require_POST
def decide_extension(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: DecideExtensionForm, **common: Any) -> None:
        actions.decide_extension(
            granted_due_on=form.granted, reason=form.cleaned_data["reason"], **common
        )

    return _move(request, pk, "quyet-dinh", act, "Đã ghi quyết định về đề nghị gia hạn.")


@require_POST
def pass_on(request: UserRequest, pk: int) -> HttpResponse:
    def act(form: PassOnForm, **common: Any) -> None:
        actions.pass_on(
            parts=form.parts(),
            note=form.cleaned_data["note"],
            due_on=form.cleaned_data["due_on"],
            **common,
        )

    return _move(request, pk, "giao-tiep", act, "Đã giao tiếp cho đơn vị cấp dưới.")


@require_safe
def answer_file(request: UserRequest, pk: int) -> HttpResponse:
    try:
        answer = detail.get_visible_answer(user=request.user, pk=pk)
    except Answer.DoesNotExist:
        raise Http404 from None
    return _file(answer)


@require_safe
def note_file(request: UserRequest, pk: int) -> HttpResponse:
    try:
        note = detail.get_visible_note(user=request.user, pk=pk)
    except ProgressNote.DoesNotExist:
        raise Http404 from None
    return _file(note)


def _file(owner: Answer | ProgressNote) -> HttpResponse:
    if owner.file is None:
        raise Http404
    response: HttpResponse = send_file(owner.file)  # type: ignore[assignment]
    return response


def _plainly(action: Act) -> Act:
    """A move whose form holds nothing but the version."""
    return lambda form, **common: action(**common)


def _move(request: UserRequest, pk: int, key: str, act: Act, done: str) -> HttpResponse:
    """Make one move, and answer with the page as it is after it, or with what to correct."""
    assignment = assignment_or_404(request, pk)
    if not policies.may(request.user, KINDS[key].move, assignment):
        raise PermissionDenied
    form = bound_form(key, assignment, request.POST, request.FILES)
    problem = ""
    if form.is_valid():
        try:
            act(
                form,
                assignment=assignment,
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
            )
        except actions.Refused as e:
            form.add_error(e.field if e.field in form.fields else None, str(e))
        except StaleObject:
            problem = STALE
        except IllegalMove:
            problem = ILLEGAL
        else:
            return _after(request, pk, done)
    return _again(request, assignment, key, form, problem)


def _after(request: UserRequest, pk: int, done: str) -> HttpResponse:
    messages.success(request, done)
    back = request.POST.get("next", "")
    if not request.htmx:
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back if safe else reverse("assignments:detail", args=[pk]))
    assignment = assignment_or_404(request, pk)
    return _row(request, assignment) if _from_row(request) else _page(request, assignment)


def _again(
    request: UserRequest, assignment: Assignment, key: str, form: forms.Form, problem: str
) -> HttpResponse:
    """Show the page again with what was entered, under the version that it now has."""
    if problem:
        under_version(form, assignment.version)
    if request.htmx and _from_row(request):
        return _row(request, assignment, problem=problem or _words_of(form))
    return _page(request, assignment, bound=(key, form), problem=problem, status=422)


def _words_of(form: forms.Form) -> str:
    return " ".join(str(e) for errors in form.errors.values() for e in errors)


def _from_row(request: UserRequest) -> bool:
    return (request.htmx.target or "").startswith("row-")


def _row(request: UserRequest, assignment: Assignment, problem: str = "") -> HttpResponse:
    asked: dict[str, Any] = {
        "user": request.user,
        "today": clock.today(),
        "calendar": calendars.calendar(),
    }
    duty = assignment.duty
    context = {
        **duties.duty_figures(duty=duty, **asked),
        "row": duties.duty_row(assignment=assignment, **asked),
        "duty": duty,
        "view": None,
        "problem": problem,
        "back": request.POST.get("next", ""),
        "oob": True,
    }
    status = 422 if problem else 200
    return render(request, "assignments/_duty_row.html", context, status=status)


def _page(
    request: UserRequest,
    assignment: Assignment,
    *,
    opened: str = "",
    bound: tuple[str, forms.Form] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    page = detail.assignment_page(
        user=request.user,
        assignment=assignment,
        today=clock.today(),
        calendar=calendars.calendar(),
    )
    shown = panels(page, opened=opened, bound=bound)
    if bound and not any(each.key == bound[0] and not each.kind.is_plain for each in shown):
        # The form has no place on the page that could tell what is wrong.
        problem = problem or _words_of(bound[1])
    context = {
        **page,
        "panels": shown,
        "problem": problem,
        "oob": request.htmx,
    }
    template = "assignments/detail.html" + ("#work" if request.htmx else "")
    return render(request, template, context, status=status)
