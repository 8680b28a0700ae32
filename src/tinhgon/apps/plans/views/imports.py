"""Signed decisions on plans on their way in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.plans import actions, policies
from tinhgon.apps.plans.enums import ImportMove
from tinhgon.apps.plans.forms import HeadingForm, LeaveForm, ReceiveForm, RowForm, VersionForm
from tinhgon.apps.plans.models import PlanImport, PlanImportRow
from tinhgon.apps.plans.queries import imports
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.domain.vntext import format_number

TOO_LATE = TooLate(
    stale=(
        "Người khác vừa sửa quyết định đang nhập này. Đã hiện nội dung mới nhất, mời xem lại "
        "rồi làm tiếp."
    ),
    illegal="Quyết định này không còn ở bước đó nữa.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: UserRequest) -> HttpResponse:
    form = ReceiveForm(request.POST or None, request.FILES or None, user=request.user)
    if not form.agencies:
        raise PermissionDenied
    made: list[PlanImport] = []
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: made.append(
            actions.receive_decision(
                upload=form.upload(),
                agency=form.cleaned_data["agency"],
                programme_round=form.cleaned_data["round"],
                by=request.user,
                at=clock.now(),
            )
        ),
    ):
        return redirect(made[0])
    page = imports.imports_page(user=request.user, number=request.GET.get("page", "1"))
    context = {"form": form, **page}
    return render(request, "plans/import.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _import_or_404(request, pk))


def _page(
    request: UserRequest, plan_import: PlanImport, *, status: int = 200, error: str = ""
) -> HttpResponse:
    number = request.GET.get("page", "1")
    context = imports.import_page(user=request.user, plan_import=plan_import, number=number)
    extra = {"error": error, "leave_form": LeaveForm(initial={"version": plan_import.version})}
    return render(request, "plans/import_detail.html", {**context, **extra}, status=status)


@require_safe
def file(request: UserRequest, pk: int) -> FileResponse:
    return send_file(_import_or_404(request, pk).file)


@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: UserRequest, pk: int) -> HttpResponse:
    plan_import = _import_or_404(request, pk)
    policies.check_import_for(request.user, plan_import.agency)
    if back := _told_too_late(request, plan_import):
        return back
    form = HeadingForm(request.POST or None, plan_import=plan_import, user=request.user)
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: actions.correct_heading(
            plan_import=plan_import,
            heading=form.heading(),
            programme_round=form.cleaned_data["round"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=plan_import,
    ):
        messages.success(request, "Đã sửa phần đầu và đối chiếu lại với danh mục.")
        return redirect(plan_import)
    context = {"plan_import": plan_import, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "plans/import_heading.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: UserRequest, pk: int, row: int) -> HttpResponse:
    found = _row_or_404(request, pk, row)
    plan_import = found.plan_import
    policies.check_import_for(request.user, plan_import.agency)
    if back := _told_too_late(request, plan_import):
        return back
    words = request.GET.get("q", "").strip()[:200]
    options = imports.options(found, words)
    form = RowForm(request.POST or None, row=found, options=options)
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: actions.change_row(
            row=found,
            entry=form.entry(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=plan_import,
    ):
        messages.success(request, f"Đã lưu: {found.name[:100]}.")
        return redirect(f"{plan_import.get_absolute_url()}#dong-{found.pk}")
    context = {
        "plan_import": plan_import,
        "row": found,
        "line": imports.line_of(found),
        "form": form,
        "options": options,
        "words": words,
    }
    return render(request, "plans/import_row.html", context, status=422 if form.is_bound else 200)


@require_POST
def leave_unclear(request: UserRequest, pk: int) -> HttpResponse:
    plan_import = _import_or_404(request, pk)
    form = LeaveForm(request.POST)

    def act(seen: int) -> str:
        count = actions.leave_unclear(
            plan_import=plan_import,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
            seen=seen,
        )
        return f"Đã để ngoài {format_number(count)} thủ tục chưa rõ."

    return _move(request, plan_import, form, act)


@require_POST
def match(request: UserRequest, pk: int) -> HttpResponse:
    plan_import = _import_or_404(request, pk)

    def act(seen: int) -> str:
        actions.match_again(plan_import=plan_import, by=request.user, at=clock.now(), seen=seen)
        return "Đã đối chiếu lại với danh mục hiện nay."

    return _move(request, plan_import, VersionForm(request.POST), act)


@require_POST
def write(request: UserRequest, pk: int) -> HttpResponse:
    plan_import = _import_or_404(request, pk)

    def act(seen: int) -> str:
        made = actions.write_import(
            plan_import=plan_import, by=request.user, at=clock.now(), seen=seen
        )
        return f"Đã ghi {made} cùng các phương án. Theo dõi thực thi ở từng phương án."

    return _move(request, plan_import, VersionForm(request.POST), act)


@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    plan_import = _import_or_404(request, pk)

    def act(seen: int) -> str:
        count = actions.undo_import(
            plan_import=plan_import, by=request.user, at=clock.now(), seen=seen
        )
        return f"Đã hoàn tác: rút quyết định cùng phương án của {format_number(count)} thủ tục."

    return _move(request, plan_import, VersionForm(request.POST), act)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    plan_import = _import_or_404(request, pk)

    def act(seen: int) -> str:
        actions.discard_import(plan_import=plan_import, by=request.user, at=clock.now(), seen=seen)
        return "Đã bỏ quyết định đang nhập. Chưa ghi gì vào phương án."

    return _move(request, plan_import, VersionForm(request.POST), act)


def _move(
    request: UserRequest, plan_import: PlanImport, form: VersionForm, act: Callable[[int], str]
) -> HttpResponse:
    """Make the move and go back; or show the page with why it could not be made."""
    policies.check_import_for(request.user, plan_import.agency)
    done: list[str] = []
    if not form.is_valid():
        error = " ".join(str(each) for errors in form.errors.values() for each in errors)
    else:
        seen = form.cleaned_data["version"]
        error = str(TOO_LATE.refusal(lambda: done.append(act(seen))) or "")
    if done:
        messages.success(request, done[0])
        return redirect(plan_import)
    return _page(request, _import_or_404(request, plan_import.pk), status=422, error=error)


def _told_too_late(request: UserRequest, plan_import: PlanImport) -> HttpResponse | None:
    if request.method == "POST" or policies.can_import(request.user, ImportMove.EDIT, plan_import):
        return None
    messages.warning(request, TOO_LATE.illegal)
    return redirect(plan_import)


def _import_or_404(request: UserRequest, pk: int) -> PlanImport:
    try:
        return imports.get_visible_import(user=request.user, pk=pk)
    except PlanImport.DoesNotExist:
        raise Http404 from None


def _row_or_404(request: UserRequest, pk: int, row: int) -> PlanImportRow:
    try:
        return imports.get_visible_import_row(user=request.user, pk=pk, row=row)
    except PlanImportRow.DoesNotExist:
        raise Http404 from None
