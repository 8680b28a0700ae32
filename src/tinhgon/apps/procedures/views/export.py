from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.http import StreamingHttpResponse as Streaming
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import exports
from tinhgon.apps.procedures.queries import listing
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.apps.procedures.queries.lines import shown
from tinhgon.apps.savedviews import queries as saved_views
from tinhgon.apps.savedviews.enums import ListName
from tinhgon.common import clock
from tinhgon.domain.vntext import format_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_WHOLE = 100_000, 20_000
"""Rows of one file: as shown, and with the whole content of each procedure."""


@require_safe
def export(request: UserRequest) -> HttpResponseBase:
    """Download what the list shows with the same address, all pages of it."""
    asked = Asked.read(request.GET)
    is_whole = request.GET.get("day-du") == "1"
    found = listing.all_matching(user=request.user, asked=asked, today=clock.today())
    most = MOST_WHOLE if is_whole else MOST_ROWS
    if len(found["keys"]) > most:
        messages.error(
            request,
            f"Danh sách có hơn {format_number(most)} dòng, không xuất vào một tệp được. "
            "Lọc bớt (theo cơ quan, lĩnh vực, cấp) rồi xuất.",
        )
        return redirect(f"{reverse('procedures:list')}{asked.address()}")
    usual = saved_views.columns(user=request.user, page=ListName.PROCEDURES)
    columns = (
        exports.whole() if is_whole else exports.listed(shown(asked.mode, asked.columns, usual))
    )
    address = f"{settings.SITE_URL}{reverse('procedures:list')}{asked.address()}"
    file = exports.Export(**found, columns=columns, is_whole=is_whole, address=address)
    return _answer(file, request.GET.get("dang", "xlsx"))


@require_safe
def export_schema(request: UserRequest) -> HttpResponse:
    """Describe the JSON file."""
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(exports.schema(url=_schema_url()), json_dumps_params=options)


def _answer(file: exports.Export, form: str) -> HttpResponseBase:
    name = f"thu-tuc-{file.day.isoformat()}"
    if form == "csv":
        return _streaming(exports.csv_lines(file), "text/csv; charset=utf-8", f"{name}.csv")
    if form == "json":
        lines = exports.json_lines(file, schema_url=_schema_url())
        return _streaming(lines, "application/json", f"{name}.json")
    return FileResponse(
        exports.xlsx_file(file), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )


def _streaming(lines: Iterator[str], content_type: str, name: str) -> Streaming:
    answer = Streaming(lines, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _schema_url() -> str:
    return f"{settings.SITE_URL}{reverse('procedures:export_schema')}"
