from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import actions, documents, policies
from tinhgon.apps.assignments.forms import UrgeForm
from tinhgon.apps.assignments.models import Urging
from tinhgon.apps.assignments.queries import filters, late
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_html, write_pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def late_list(request: UserRequest) -> HttpResponse:
    return _page(request, request.GET, UrgeForm(policies.urging_agencies(request.user)))


@require_POST
def urge(request: UserRequest) -> HttpResponse:
    issuers = policies.urging_agencies(request.user)
    if not issuers:
        raise PermissionDenied
    form = UrgeForm(issuers, request.POST)
    query = QueryDict(request.POST.get("loc", ""))
    pks = [pk for text in request.POST.getlist("pk") if (pk := filters.number(text)) is not None]
    if form.is_valid():
        today, calendar = clock.today(), calendars.calendar()
        every = query.dict() if request.POST.get("all_matching") == "1" else None
        chosen = late.chosen(
            user=request.user,
            pks=pks,
            query=every,
            today=today,
            calendar=calendar,
        )
        try:
            urging = actions.urge(
                issuer=form.cleaned_data["issuer"],
                assignments=chosen,
                finish_on=form.cleaned_data["finish_on"],
                deputy_signs=form.cleaned_data["signer"] == "deputy",
                text=form.cleaned_data["text"],
                by=request.user,
                at=clock.now(),
                calendar=calendar,
            )
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            messages.success(request, "Đã soạn công văn và báo cho các cơ quan được đôn đốc.")
            return redirect(urging)
    return _page(request, query, form, ticked=set(pks), status=422)


@require_safe
def urging_detail(request: UserRequest, pk: int) -> HttpResponse:
    urging, doc = _letter(request, pk)
    html = SafeString(write_html(doc))  # the writer escapes every text
    return render(request, "assignments/urging.html", {"urging": urging, "letter": html})


@require_safe
def urging_docx(request: UserRequest, pk: int) -> HttpResponse:
    urging, doc = _letter(request, pk)
    return _download(write_docx(doc), DOCX, f"{documents.file_name(urging)}.docx")


@require_safe
def urging_pdf(request: UserRequest, pk: int) -> HttpResponse:
    urging, doc = _letter(request, pk)
    return _download(write_pdf(doc), "application/pdf", f"{documents.file_name(urging)}.pdf")


def _letter(request: UserRequest, pk: int) -> tuple[Urging, OfficialDoc]:
    try:
        urging = late.get_visible_urging(user=request.user, pk=pk)
    except Urging.DoesNotExist:
        raise Http404 from None
    return urging, documents.urging_letter(urging, late.urged(urging))


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _page(
    request: UserRequest,
    query: QueryDict,
    form: UrgeForm,
    *,
    ticked: set[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    calendar = calendars.calendar()
    # What most offices ask for: a working week from today.
    form.initial.setdefault("finish_on", calendar.add_working_days(clock.today(), 5))
    page: dict[str, Any] = {
        **late.late_page(
            user=request.user,
            query={name: value for name, value in query.items() if isinstance(value, str)},
            number=query.get("page", "1"),
            today=clock.today(),
            calendar=calendar,
        ),
        "form": form,
        "ticked": ticked or set(),
    }
    return render(request, "assignments/late.html", page, status=status)
