"""Templates of reports: what is used, what fields there are, handing in another."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.forms import TemplateForm
from tinhgon.apps.reports.models import ReportTemplate
from tinhgon.apps.reports.queries import templates as queries
from tinhgon.common import clock
from tinhgon.domain.officialdoc import write_docx
from tinhgon.domain.reportpapers import Fault, default_template, template_document

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _template_or_404(request: UserRequest, pk: int) -> ReportTemplate:
    try:
        return queries.get_visible_template(user=request.user, pk=pk)
    except ReportTemplate.DoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: UserRequest) -> HttpResponse:
    agencies = queries.agencies_to_set(request.user)
    if not agencies:
        raise PermissionDenied
    form = TemplateForm(request.POST or None, request.FILES or None, agencies=agencies)
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_template(
                agency=form.cleaned_data["agency"],
                upload=form.upload(),
                note=form.cleaned_data["note"],
                by=request.user,
                at=clock.now(),
            )
        except actions.FaultyTemplate as e:
            faults = list(e.faults)
            form.add_error("file", str(e))
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            messages.success(request, "Đã thay mẫu. Báo cáo tải từ bây giờ dùng mẫu này.")
            return redirect("reports:templates")
    context = {**queries.templates_page(user=request.user), "form": form, "faults": faults}
    status = 422 if form.is_bound else 200
    return render(request, "reports/templates.html", context, status=status)


@require_safe
def shipped_template(request: UserRequest) -> HttpResponse:
    if not queries.agencies_to_set(request.user):
        raise PermissionDenied
    data = write_docx(template_document(default_template()))
    response = HttpResponse(data, content_type=_DOCX)
    response["Content-Disposition"] = 'attachment; filename="mau-bao-cao.docx"'
    return response


@require_safe
def template_file(request: UserRequest, pk: int) -> FileResponse:
    return send_file(_template_or_404(request, pk).file)


@require_POST
def use_template(request: UserRequest, pk: int) -> HttpResponse:
    template = _template_or_404(request, pk)
    actions.use_template(template=template, by=request.user, at=clock.now())
    messages.success(request, "Đã dùng lại mẫu này.")
    return redirect("reports:templates")


@require_POST
def put_template_aside(request: UserRequest, pk: int) -> HttpResponse:
    template = _template_or_404(request, pk)
    actions.put_template_aside(template=template, by=request.user, at=clock.now())
    messages.success(request, "Đã thôi dùng mẫu này.")
    return redirect("reports:templates")
