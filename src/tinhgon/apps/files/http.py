from __future__ import annotations

from django.http import FileResponse

from .models import StoredFile


def send_file(stored: StoredFile) -> FileResponse:
    """Return the file as a download; the app that owns the record has asked its policy before."""
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
