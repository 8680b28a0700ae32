"""A published decision as it came: its heading, its rows, what to look at, what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhgon.apps.documents.queries import heading_of
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.files.queries import content_of
from tinhgon.domain.catalogue import Catalogue, read_catalogue
from tinhgon.domain.intake import ReadRow, first_day, place_words, rows_of
from tinhgon.domain.officialdoc import Unreadable as Unreadable
from tinhgon.domain.officialdoc import read

_LONGEST_UNREAD = 600


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """What `Batch` keeps of a decision, and its rows."""

    heading: dict[str, Any]
    findings: list[str]
    unread: list[dict[str, Any]]
    rows: tuple[ReadRow, ...]
    catalogue: Catalogue


def read_decision(file: StoredFile) -> ReadDecision:
    """
    Read a decision.

    :raises Unreadable: if the file cannot be read, or has no list of procedures.
    """
    data = content_of(file)
    catalogue = read_catalogue(read(data, file.name))
    rows = rows_of(catalogue)
    if not rows and not catalogue.abolitions:
        raise Unreadable(
            "Không thấy danh mục thủ tục nào trong văn bản. "
            "Kiểm tra lại tệp: danh mục thường nằm ở phụ lục kèm theo quyết định."
        )
    return ReadDecision(
        heading=_heading(catalogue),
        findings=[_finding(p.position, p.text) for p in catalogue.problems],
        unread=[
            {
                "text": piece.text[:_LONGEST_UNREAD],
                "reason": piece.reason,
                "line": piece.source.line,
                "place": place_words(piece.source),
            }
            for piece in catalogue.unread
        ],
        rows=rows,
        catalogue=catalogue,
    )


def _finding(position: str | None, text: str) -> str:
    return f"{position}: {text}" if position else text


def _heading(catalogue: Catalogue) -> dict[str, Any]:
    return {
        **heading_of(catalogue.decision),
        "effective_on": _iso(first_day(catalogue)),
        "stated": [count.text for count in catalogue.stated_counts],
        "articles": [f"{article.number}. {article.text}" for article in catalogue.articles],
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
