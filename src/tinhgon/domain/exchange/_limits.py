"""How much of a package is taken, and what may be attached."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024

KINDS = frozenset({"pdf", "docx", "doc", "xlsx", "xls", "odt", "ods", "png", "jpg", "jpeg", "txt"})
"""The kinds of files that a package may bring, by the ending of the name."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Bounds of one package; sizes are in bytes of what is unpacked and decoded.

    `content`: all its files together. `elements`: with their attributes. `mark`: from the beginning
    of a tag to its end. `ratio`: how many times smaller a packed file may be than its content.
    """

    package: int = 30 * _MEGABYTE
    attachment: int = 20 * _MEGABYTE
    content: int = 30 * _MEGABYTE
    attachments: int = 50
    receivers: int = 2_000
    elements: int = 40_000
    depth: int = 24
    mark: int = _MEGABYTE
    name: int = 200
    ratio: int = 200


DEFAULT = Limits()


def megabytes(size: int) -> int:
    return size // _MEGABYTE
