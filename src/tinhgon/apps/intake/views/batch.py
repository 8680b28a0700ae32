from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.intake import policies, queries
from tinhgon.apps.intake.enums import BatchKind, BatchMove, BatchStatus, Verdict
from tinhgon.apps.intake.forms import MissingForm, WriteForm, day
from tinhgon.apps.intake.imports import changes_in_short, changes_of
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.apps.search import queries as search
from tinhgon.domain.vntext import format_number

from .loading import batch_or_404, row_or_404

_COMPARED = {Verdict.CHANGED, Verdict.TWIN}


@require_safe
def batch_list(request: UserRequest) -> HttpResponse:
    context = queries.list_page(user=request.user, number=request.GET.get("page", "1"))
    return render(request, "intake/list.html", context)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return page(request, batch_or_404(request, pk))


def page(
    request: UserRequest, batch: Batch, *, status: int = 200, error: str = "", fragment: str = ""
) -> HttpResponse:
    """Return the page of a batch in whatever state it is."""
    moves = (
        BatchMove.MATCH,
        BatchMove.COMPARE,
        BatchMove.CHOOSE,
        BatchMove.UNDO,
        BatchMove.DISCARD,
    )
    context: dict[str, Any] = {
        "batch": batch,
        "error": error,
        "may": {move.value: policies.can(request.user, move, batch) for move in moves},
        "is_sheet": batch.kind == BatchKind.SHEET,
        "percent": batch.percent,
        "progress_words": f"{format_number(batch.compared)}/{format_number(batch.total)} dòng",
    }
    if batch.status == BatchStatus.WRITTEN:
        context["may_index"] = policies.may_receive(request.user, batch)
        context["waiting"] = search.waiting()
    if batch.status not in {BatchStatus.UPLOADED, BatchStatus.MATCHED, BatchStatus.DISCARDED}:
        context |= _preview(request, batch)
    return render(request, f"intake/detail.html{fragment}", context, status=status)


def _preview(request: UserRequest, batch: Batch) -> dict[str, Any]:
    counts = queries.count_rows(batch)
    slug = request.GET.get("loc", "")
    verdict = queries.VERDICTS.get(slug)
    outdated = slug == "vua-doi"
    rows = queries.preview_page(
        batch,
        counts,
        verdict=verdict,
        outdated=outdated,
        number=request.GET.get("page", "1"),
    )
    choices = {each.verdict: each.choices for each in counts.by_verdict}
    is_everything = verdict is None and not outdated
    return {
        "counts": counts,
        "issued_on": day(batch.heading.get("issued_on")),
        "effective_on": day(batch.heading.get("effective_on")),
        "page": rows,
        "lines": [(row, *_details(row), choices.get(Verdict(row.verdict), [])) for row in rows],
        "tabs": _tabs(batch, counts, slug),
        "current": next((each for each in counts.by_verdict if each.verdict is verdict), None),
        "unread": list(queries.unread_between(batch, rows)) if is_everything else [],
        "write_form": WriteForm(
            initial={"version": batch.version, "as_proposals": True, "stop_on_error": False}
        ),
        "missing_form": MissingForm(initial={"version": batch.version}),
    }


def _details(row: BatchRow) -> tuple[list[Any], int]:
    if Verdict(row.verdict) not in _COMPARED or row.base is None:
        return [], 0
    return changes_in_short(row)


def _tabs(batch: Batch, counts: queries.Counts, slug: str) -> list[dict[str, Any]]:
    url = batch.get_absolute_url()
    known = [("", "Tất cả", counts.total)]
    known += [(each.slug, each.words, each.count) for each in counts.by_verdict]
    if counts.outdated:
        known.append(("vua-doi", "Vừa đổi kết quả", counts.outdated))
    return [
        {
            "label": words,
            "url": f"{url}?loc={each}" if each else url,
            "count": format_number(count),
            "current": each == slug,
        }
        for each, words, count in known
    ]


@require_safe
def row(request: UserRequest, pk: int, row: int) -> HttpResponse:
    """One row with everything that it says, beside what is known."""
    found = row_or_404(request, pk, row)
    is_decision = found.batch.kind == BatchKind.DECISION
    context = {
        "row": found,
        "batch": found.batch,
        "parts": changes_of(found),
        "is_twin": found.verdict == Verdict.TWIN,
        "may_correct": is_decision and policies.can(request.user, BatchMove.CHOOSE, found.batch),
    }
    return render(request, "intake/row.html", context)
