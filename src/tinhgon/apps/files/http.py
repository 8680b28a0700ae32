from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.common.storage import StorageFailed

from .models import FileUnreadable, StoredFile

_log = logging.getLogger(__name__)


class UnreadableFileMiddleware:
    """Answer 503, with what to do, where a kept file cannot be read and no page tells it itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, e: Exception) -> HttpResponse | None:
        if not isinstance(e, FileUnreadable | StorageFailed):
            return None
        _log.error("a stored file cannot be reached: %s", e, exc_info=e)
        words = str(e) if isinstance(e, FileUnreadable) else ""
        return render(request, "503.html", {"words": words}, status=503)


def send_file(stored: StoredFile) -> FileResponse:
    """
    Return the file as a download; the app that owns the record has asked its policy before.

    :raises FileUnreadable: if it cannot be read now.
    """
    response = FileResponse(
        stored.opened(),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
