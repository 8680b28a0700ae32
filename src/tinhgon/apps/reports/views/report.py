"""One report: its page, the facts behind its figures, its words."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.reports import actions, policies
from tinhgon.apps.reports.enums import ReportMove
from tinhgon.apps.reports.forms import TextForm
from tinhgon.apps.reports.models import PeriodSection, Report
from tinhgon.apps.reports.queries import figure, texts
from tinhgon.apps.reports.queries import report as page
from tinhgon.apps.reports.queries.remarks import remarks_page
from tinhgon.common import clock
from tinhgon.common.attempts import Overtaken, TooLate

from .loading import TOO_LATE, report_or_404, section_or_404

_TEXT_TOO_LATE = TooLate(
    stale="Người khác vừa sửa mục này. Bấm “Lưu mục này” để xem cả hai bản rồi chọn.",
    illegal=TOO_LATE.illegal,
)


@require_safe
def report_detail(request: UserRequest, pk: int) -> HttpResponse:
    return page_of(request, report_or_404(request, pk))


def page_of(
    request: UserRequest,
    report: Report,
    *,
    problem: str = "",
    typed: dict[int, str] | None = None,
) -> HttpResponse:
    """Answer with the whole page; 422 where there is a problem, with what was typed kept."""
    context = page.report_page(
        user=request.user,
        report=report,
        number=request.GET.get("page", "1"),
        now=clock.now(),
        typed=typed,
    )
    shown = {**context, "problem": problem}
    return render(request, "reports/report.html", shown, status=422 if problem else 200)


@require_safe
def figure_detail(request: UserRequest, pk: int, key: str) -> HttpResponse:
    report = report_or_404(request, pk)
    try:
        context = figure.figure_page(
            report=report,
            key=key,
            narrowed=request.GET.get("bao-cao", ""),
            number=request.GET.get("page", "1"),
        )
    except figure.NoSuchFigure:
        raise Http404 from None
    return render(request, "reports/figure.html", dict(context))


@require_safe
def texts_below(request: UserRequest, pk: int, section: int) -> HttpResponse:
    report = report_or_404(request, pk)
    context = texts.texts_page(
        report=report,
        section=section_or_404(report, section),
        number=request.GET.get("page", "1"),
    )
    return render(request, "reports/texts.html", dict(context))


@require_safe
def difficulties(request: UserRequest, pk: int) -> HttpResponse:
    context = page.difficulties_page(report_or_404(request, pk))
    return render(request, "reports/difficulties.html", dict(context))


@require_safe
def remarks(request: UserRequest, pk: int) -> HttpResponse:
    """What the agency says of its figures, as its workbooks brought it."""
    context = remarks_page(user=request.user, report=report_or_404(request, pk))
    return render(request, "reports/remarks.html", dict(context))


@require_safe
def document(request: UserRequest, pk: int) -> FileResponse:
    report = report_or_404(request, pk)
    if report.signed is None or report.signed.file is None:
        raise Http404
    return send_file(report.signed.file)


@require_POST
def write(request: UserRequest, pk: int) -> HttpResponse:
    """Save the words of a section: as they are typed (X-Autosave), or by its button."""
    report = report_or_404(request, pk)
    policies.check_part(request.user, ReportMove.EDIT, report)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _not_saved(request, report, "Lời văn quá dài hoặc thiếu mục. Tải lại trang.", None)
    section = section_or_404(report, form.cleaned_data["section"])
    text = form.cleaned_data["text"]
    saved: list[int] = []

    def act() -> None:
        found = actions.write_text(
            report=report,
            section=section,
            text=text,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        )
        saved.append(found.version if found else 0)

    refused = _TEXT_TOO_LATE.refusal(act)
    if refused:
        typed = (section, text)
        words = str(refused)
        if isinstance(refused, Overtaken) and not _is_autosave(request):
            words = f"Người khác vừa sửa mục “{section.title}”. Bản của anh/chị giữ ở dưới."
        return _not_saved(request, report, words, typed)
    if _is_autosave(request):
        return HttpResponse("", headers={"X-Version": str(saved[0])})
    messages.success(request, f"Đã lưu mục “{section.title}”.")
    return redirect(f"{report.get_absolute_url()}#muc-{section.pk}")


def _is_autosave(request: UserRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def _not_saved(
    request: UserRequest, report: Report, problem: str, typed: tuple[PeriodSection, str] | None
) -> HttpResponse:
    if _is_autosave(request):
        return HttpResponse(escape(problem), status=422, content_type="text/plain; charset=utf-8")
    kept = {typed[0].pk: typed[1]} if typed else {}
    return page_of(request, report_or_404(request, report.pk), problem=problem, typed=kept)
