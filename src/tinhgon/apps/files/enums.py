from __future__ import annotations

from collections.abc import Mapping

# What a file may be, by its extension, and what it is served as.
CONTENT_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv",
}

# What the system makes itself: nobody sends it an archive.
MADE: Mapping[str, str] = {**CONTENT_TYPES, "zip": "application/zip", "json": "application/json"}

PROOFS = frozenset(CONTENT_TYPES) - {"txt", "csv"}
SHEETS = frozenset({"xlsx", "xls", "ods", "csv"})
LETTERS = frozenset({"pdf", "docx", "doc", "odt", "txt", "png", "jpg"})
