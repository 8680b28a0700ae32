"""One procedure on one page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString, mark_safe

from tinhgon.apps.files.http import send_file
from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
from tinhgon.apps.procedures.models import FormFile, Procedure
from tinhgon.common import clock
from tinhgon.domain.procedures import (
    COPY_WORDS,
    MANNER_WORDS,
    PART_WORDS,
    Part,
    Record,
    basis_words,
    duration_words,
    step_rows,
    swimlane,
    total_time,
)


@public
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the version in force today, or on the day that the address names."""
    asked = queries.asked_of(request.GET.dict()).day
    return _show(request, pk, asked or clock.today(), asked=asked)


@public
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _show(request, pk, clock.today(), number=number)


@public
def form_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        form = queries.get_public_form_file(pk=pk)
    except FormFile.DoesNotExist:
        raise Http404 from None
    return send_file(form.file)


def _show(
    request: HttpRequest,
    pk: int,
    day: date,
    *,
    asked: date | None = None,
    number: int | None = None,
) -> HttpResponse:
    try:
        found = queries.leaflet(pk=pk, day=day, number=number)
    except Procedure.DoesNotExist:
        raise Http404 from None
    record = found["version"].record
    total = total_time(record.steps)
    context = {
        **found,
        "section": "catalogue",
        "asked_day": asked,
        "is_numbered": number is not None,
        "record": record,
        "total": total.words if total else "",
        "drawing": _drawing(record),
        "steps": step_rows(record.steps),
        **_in_words(record, found["files"]),
    }
    return show(request, "portal/procedure.html", context)


def _drawing(record: Record) -> SafeString:
    """Return the steps as SVG, in which `swimlane` has written every text safely; "" for none."""
    return mark_safe(swimlane(record.steps) or "")  # noqa: S308


def _in_words(record: Record, files: dict[int, FormFile]) -> dict[str, Any]:
    return {
        "time_limit": duration_words(record.time_limit),
        "manners": [MANNER_WORDS[manner] for manner in record.manners],
        "papers": [(paper, COPY_WORDS[paper.copy]) for paper in record.papers],
        "bodies": [(PART_WORDS[part], names) for part in Part if (names := _named(record, part))],
        "forms": [(form, files.get(form.file) if form.file else None) for form in record.forms],
        "bases": [(basis, basis_words(basis)) for basis in record.bases],
    }


def _named(record: Record, part: Part) -> list[str]:
    return [body.name for body in record.bodies if body.part is part]
