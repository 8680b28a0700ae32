from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.intake import actions, policies
from tinhgon.apps.intake.enums import BatchKind, BatchMove
from tinhgon.apps.intake.forms import ColumnsForm
from tinhgon.apps.intake.imports import open_sheet
from tinhgon.apps.intake.models import Batch
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.common.models import StaleObject
from tinhgon.domain.intake import Header, header_at
from tinhgon.domain.lifecycle import IllegalMove

from ._words import NOT_NOW, STALE
from .loading import batch_or_404

_LINES = 15
_SAMPLES = 3


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: UserRequest, pk: int) -> HttpResponse:
    """Say which column is which: the headings of the sheet with the first values below each."""
    batch = batch_or_404(request, pk)
    policies.check_receive(request.user, BatchKind(batch.kind), batch.agency)
    if not policies.can(request.user, BatchMove.MATCH, batch) or batch.kind != BatchKind.SHEET:
        messages.error(request, NOT_NOW)
        return redirect(batch)
    lines = open_sheet(batch.file).sheet.lines
    number = whole_number(request.GET.get("dong", "")) or batch.header_line or 1
    header = header_at(lines, min(number, _LINES))
    told = (
        batch.columns if header.line == batch.header_line else {**header.likely, **header.columns}
    )
    posted = request.POST if request.method == "POST" else None
    form = ColumnsForm(posted, header=header, told=told, initial={"version": batch.version})
    if request.method == "POST" and form.is_valid() and _match(request, batch, header, form):
        return redirect(batch)
    context = {
        "batch": batch,
        "form": form,
        "header": header,
        "fields": [
            (
                form[f"c{place}"],
                [text for line in lines[header.line :] if (text := _cell(line, place))][:_SAMPLES],
            )
            for place in form.places
        ],
        "lines": range(1, min(_LINES, len(lines)) + 1),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/columns.html", context, status=status)


def _match(request: UserRequest, batch: Batch, header: Header, form: ColumnsForm) -> bool:
    try:
        actions.match_columns(
            batch=batch,
            header_line=header.line,
            columns=form.columns,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        )
    except StaleObject:
        form.add_error(None, STALE)
    except (IllegalMove, actions.Refused) as e:
        form.add_error(None, NOT_NOW if isinstance(e, IllegalMove) else str(e))
    return form.is_valid()


def _cell(line: Sequence[object], place: int) -> str:
    cell = line[place] if place < len(line) else None
    return str(cell).strip()[:80] if cell is not None else ""
