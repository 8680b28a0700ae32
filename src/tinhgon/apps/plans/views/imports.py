"""Signed decisions on plans on their way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    context = imports.import_page(
        user=request.user, plan_import=plan_import, today=clock.today(), number=number
    )
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
    form = HeadingForm(
        request.POST or None, plan_import=plan_import, user=request.user, today=clock.today()
    )
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
        "line": imports.import_row_line(user=request.user, row=found, today=clock.today()),
        "form": form,
        "options": options,
        "words": words,
    }
    return render(request, "plans/import_row.html", context, status=422 if form.is_bound else 200)


def _move(
    act: Callable[..., Any],
    words: Callable[[Any], str],
    form_class: type[VersionForm] = VersionForm,
) -> Callable[[UserRequest, int], HttpResponse]:
    """
    Return the view that does `act` with what its form holds and goes back, saying what came of it;
    or shows the page with why it could not be done.
    """

    @require_POST
    def view(request: UserRequest, pk: int) -> HttpResponse:
        plan_import = _import_or_404(request, pk)
        policies.check_import_for(request.user, plan_import.agency)
        form = form_class(request.POST)
        done: list[Any] = []
        if form.is_valid():
            said = {**form.cleaned_data, "by": request.user, "at": clock.now()}
            said["seen"] = said.pop("version")
            refused = TOO_LATE.refusal(lambda: done.append(act(plan_import=plan_import, **said)))
            error = str(refused or "")
        else:
            error = " ".join(str(each) for errors in form.errors.values() for each in errors)
        if done:
            messages.success(request, words(done[0]))
            return redirect(plan_import)
        return _page(request, _import_or_404(request, pk), status=422, error=error)

    return view


leave_unclear = _move(
    actions.leave_unclear,
    lambda count: f"Đã để ngoài {format_number(count)} thủ tục chưa rõ.",
    LeaveForm,
)
match = _move(actions.match_again, lambda _: "Đã đối chiếu lại với danh mục hiện nay.")
write = _move(
    actions.write_import,
    lambda made: f"Đã ghi {made} cùng các phương án. Theo dõi thực thi ở từng phương án.",
)
undo = _move(
    actions.undo_import,
    lambda count: f"Đã hoàn tác: rút quyết định cùng phương án của {format_number(count)} thủ tục.",
)
discard = _move(
    actions.discard_import,
    lambda _: "Đã bỏ quyết định đang nhập. Chưa ghi gì vào phương án.",
)


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
