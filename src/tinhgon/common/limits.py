"""What is refused before anything of the application looks at a request, and where it is from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class RequestLimitsMiddleware:
    """
    Answer 413 to what is larger than a file with its form may be, before a byte of it is read, and
    400 to an address with a null character, which no database takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("null character in the address")
        # A form beside the file may be as large as a form alone.
        most = settings.UPLOAD_LIMIT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if _length(request) > most:
            limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
            response = render(request, "413.html", {"limit": limit}, status=413)
            response["Connection"] = "close"  # what is still on its way stays unread
            return response
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    """Return the length that the request announces; without one, the server reads no body."""
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else 0


def client_address(request: HttpRequest) -> str:
    """
    Return the address from which the request comes: as the proxy in front of us tells it, where
    there is one (TINHGON_BEHIND_PROXY), else the other end of the connection.
    """
    trusted: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    told = [part.strip() for part in forwarded.split(",")]
    if trusted and len(told) >= trusted and told[-trusted]:
        return told[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
