"""What every public page has in common: open without signing in, and the same for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.common import clock
from tinhgon.domain.vntext import format_date

View = Callable[..., HttpResponseBase]
SECONDS_KEPT = 60
"""How long a page may be shown again without asking: what was just published appears by then."""


def public(view: View) -> View:
    """
    Open a page to everybody, unless the portal is closed (TINHGON_PUBLIC).

    The page knows neither session nor person, so it may be kept between us and the reader.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_open()
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
        if isinstance(response, HttpResponse) and response.status_code == 200:
            return _unless_known(request, response)
        return response

    return login_not_required(require_safe(opened))


def public_form(view: View) -> View:
    """Open a form to everybody, unless the portal is closed; nobody keeps it but the reader."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_open()
        return view(request, *args, **kwargs)

    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(never_cache(opened)))


def check_open() -> None:
    """
    Let nobody in while the portal is closed.

    :raises Http404: if it is.
    """
    if not settings.PUBLIC:
        raise Http404


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """
    Return the page made of this context and nothing else.

    No context processor runs: they ask who has signed in, and open the session for it.
    """
    frame = {
        "request": request,
        "today_text": format_date(clock.today()),
        "demo_notice": clock.demo_notice(),
    }
    return HttpResponse(render_to_string(template, {**frame, **context}), status=status)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return the response, or 304 to whoever has the very same already."""
    if not response.has_header("ETag"):
        digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
        response["ETag"] = f'"{digest}"'
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known if known is not None else response
