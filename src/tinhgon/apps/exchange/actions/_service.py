"""
The province's service of the exchange (LGSP), as it is known from those who connect to it.

`POST /v1/sendEdoc` takes a package in a form, `POST /v1/updateStatus` a state as JSON; both know
the caller by two headers. Nothing of a header or of an answer's text is ever logged.
"""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from django.conf import settings

from tinhgon.domain.exchange import ANSWERS

SECONDS = 30
_MOST = 1_000_000  # bytes of an answer that are read
_AGAIN = frozenset({"20"})  # its own trouble, which may pass


class ServiceSilent(Exception):
    """The service did not answer, or not as it should: to be tried again later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What the service said: a code of ANSWERS, or "" and its own words, and what it calls the
    document.
    """

    is_taken: bool
    words: str
    document: str = ""
    code: str = ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The secret goes to the address in the settings, and to no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def send_package(data: bytes) -> Answer:
    """
    Hand a package to the service.

    :raises ServiceSilent: if it does not answer within SECONDS, or has trouble of its own.
    """
    boundary = secrets.token_hex(16)
    parts = (
        (b'name="messageType"', b"edoc"),
        (b'name="edocFile"; filename="van-ban.edxml"\r\nContent-Type: application/xml', data),
    )
    mark = boundary.encode()
    body = b"".join(
        b"--"
        + mark
        + b"\r\nContent-Disposition: form-data; "
        + head
        + b"\r\n\r\n"
        + value
        + b"\r\n"
        for head, value in parts
    )
    return _post(
        "/v1/sendEdoc",
        body + b"--" + mark + b"--\r\n",
        f"multipart/form-data; boundary={boundary}",
    )


def send_state(document: str, state: str) -> Answer:
    """
    Tell the service the state of a document that came through it.

    :raises ServiceSilent: as `send_package`.
    """
    body = json.dumps({"docId": document, "status": state}).encode()
    return _post("/v1/updateStatus", body, "application/json")


def _post(path: str, body: bytes, content_type: str) -> Answer:
    request = urllib.request.Request(  # noqa: S310 — config.checks sees to the scheme
        f"{settings.LGSP_URL}{path}",
        data=body,
        headers={
            "Content-Type": content_type,
            "Accept": "application/json",
            "X-SystemId": settings.LGSP_SYSTEM_ID,
            "X-SecretKey": settings.LGSP_SECRET,
        },
        method="POST",
    )
    try:
        status, text = _asked(request)
    except (OSError, ValueError, HTTPException) as e:
        raise ServiceSilent("Không kết nối được với trục, hoặc trục không trả lời kịp.") from e
    if status >= 500 or (status >= 300 and not _object(text)):
        raise ServiceSilent(f"Trục trả lời HTTP {status}.")
    return _answer(text)


def _asked(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with _OPENER.open(request, timeout=SECONDS) as response:
            return response.status, response.read(_MOST)
    except urllib.error.HTTPError as e:
        with e:
            return e.code, e.read(_MOST)


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _answer(text: bytes) -> Answer:
    found = _object(text)
    if "success" not in found:
        raise ServiceSilent("Trục trả lời không đúng quy ước.")
    inner = found.get("data")
    data: dict[str, Any] = inner if isinstance(inner, dict) else {}
    code = str(data.get("errorCode") or "")
    if code in _AGAIN:
        raise ServiceSilent(f"{code} – {ANSWERS[code].words}")
    said = str(data.get("errorDesc") or found.get("message") or "")[:300]
    words = f"{code} – {ANSWERS[code].words}" if code in ANSWERS else said
    document = str(found.get("docId") or data.get("docId") or "")[:200]
    known = code if code in ANSWERS else ""
    return Answer(found["success"] is True, words[:400], document, known)
