"""Open data: the page that explains it, the files, the schema, one procedure in full."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from tinhgon.apps.portal import queries
from tinhgon.apps.portal.exports import SCHEMA, VERSION, Catalogue, csv_file, json_file
from tinhgon.apps.portal.http import public, show
from tinhgon.apps.procedures.models import Procedure
from tinhgon.common import clock
from tinhgon.domain.procedures import to_json

Write = Callable[[Catalogue], Iterator[str]]


@public
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "data",
        "licence": settings.PUBLIC_LICENCE,
        "day": clock.today(),
        "site": settings.SITE_URL,
    }
    return show(request, "portal/data.html", context)


@public
def catalogue_json(request: HttpRequest) -> HttpResponseBase:
    return _file(request, json_file, "application/json", "json")


@public
def catalogue_csv(request: HttpRequest) -> HttpResponseBase:
    return _file(request, csv_file, "text/csv; charset=utf-8", "csv")


@public
def schema(request: HttpRequest) -> HttpResponseBase:
    return _for_all(HttpResponse(SCHEMA.read_bytes(), content_type="application/schema+json"))


@public
def procedure_json(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer with all that the version in force says, on the day that the address names."""
    day = queries.asked_of(request.GET.dict()).day or clock.today()
    try:
        found = queries.get_public_version(pk=pk, day=day)
    except Procedure.DoesNotExist:
        raise Http404 from None
    content = to_json(found.record)
    content["forms"] = [form["name"] for form in content["forms"]]
    body = {
        "version": VERSION,
        "code": found.procedure.local_code,
        "number": found.number,
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "is_in_force": found.holds_on(day),
        "content": content,
    }
    return _for_all(JsonResponse(body, json_dumps_params={"ensure_ascii": False}))


def _file(request: HttpRequest, write: Write, kind: str, extension: str) -> HttpResponseBase:
    """Answer with the catalogue that the address asks for, or 304 to whoever has it already."""
    asked, now = queries.asked_of(request.GET.dict()), clock.now()
    day = asked.day or now.date()
    latest = queries.latest(day=day, now=now)
    told = (
        f"{VERSION}|{latest.number}|{day}|{extension}|{asked.address()}|{settings.PUBLIC_LICENCE}"
    )
    etag = f'"{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}"'
    stamp = int(latest.at.timestamp())
    known = get_conditional_response(request, etag=etag, last_modified=stamp)
    response: HttpResponseBase
    if known is not None:
        response = known
    else:
        found = queries.in_force(asked, today=now.date())
        content = write(Catalogue(found, day, day == now.date()))
        response = StreamingHttpResponse(content, content_type=kind)
        name = f"thu-tuc-{day.isoformat()}.{extension}"
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(stamp)
    return _for_all(response)


def _for_all(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of other sites read it: it is open data, and knows nobody."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
