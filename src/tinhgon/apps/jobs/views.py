from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate

from . import actions, policies, queries
from .models import Job

_TOO_LATE = TooLate(
    stale="Việc này vừa đổi trạng thái. Xem lại trạng thái mới rồi chọn tiếp.",
    illegal="Việc này đã sang trạng thái khác nên không làm như vậy được nữa.",
)


@require_safe
def job_list(request: UserRequest) -> HttpResponse:
    context = queries.job_list(
        user=request.user,
        page=request.GET.get("page", "1"),
        everybody=request.GET.get("show") == "all",
        at=clock.now(),
    )
    return render(request, "jobs/list.html", {**context})


@require_safe
def job_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one job; while it is open, its progress comes anew by itself."""
    job = _job_or_404(request, pk)
    context = {**queries.job_page(user=request.user, job=job, at=clock.now())}
    if not request.htmx:
        return render(request, "jobs/detail.html", context)
    response = render(request, "jobs/detail.html#progress", context)
    if not job.is_open or context["is_lost"]:
        response["HX-Refresh"] = "true"  # its state, buttons and result stand around the progress
    return response


@require_safe
def job_file(request: UserRequest, pk: int) -> FileResponse:
    job = _job_or_404(request, pk)
    if job.file is None:
        raise Http404
    try:
        policies.check_fetch(request.user, job)
    except PermissionDenied:
        raise Http404 from None
    return send_file(job.file)


@require_POST
def job_cancel(request: UserRequest, pk: int) -> HttpResponseRedirect:
    job = _job_or_404(request, pk)
    refused = _TOO_LATE.refusal(lambda: actions.cancel(job=job, by=request.user, at=clock.now()))
    _say(request, refused, "Đã hủy việc này. Không có gì được ghi thêm.")
    return redirect(job)


@require_POST
def job_repeat(request: UserRequest, pk: int) -> HttpResponseRedirect:
    job = _job_or_404(request, pk)
    refused = _TOO_LATE.refusal(lambda: actions.repeat(job=job, by=request.user, at=clock.now()))
    _say(request, refused, "Việc này sẽ được làm lại từ đầu.")
    return redirect(job)


def _say(request: UserRequest, refused: Exception | None, done: str) -> None:
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _job_or_404(request: UserRequest, pk: int) -> Job:
    try:
        return queries.get_visible_job(user=request.user, pk=pk)
    except Job.DoesNotExist:
        raise Http404 from None
