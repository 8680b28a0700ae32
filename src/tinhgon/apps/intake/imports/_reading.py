"""A published decision as it came: its heading, its rows, what to look at, what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhgon.apps.files.models import StoredFile
from tinhgon.domain.catalogue import Catalogue, read_catalogue
from tinhgon.domain.intake import ReadRow, first_day, place_words, rows_of
from tinhgon.domain.officialdoc import Unreadable as Unreadable
from tinhgon.domain.officialdoc import read
from tinhgon.domain.vntext import nfc

_LONGEST_UNREAD = 600
HEADING = {
    "number": 20,
    "symbol": 60,
    "subject": 1000,
    "agency_name": 255,
    "signer_name": 120,
    "signer_title": 120,
    "signer_authority": 200,
}
"""The texts of a heading, with how many letters each may have."""


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
    with file.content.open("rb") as content:
        data = content.read()
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
    said = catalogue.decision
    texts = {
        "number": said.number,
        "symbol": said.symbol,
        "subject": said.subject,
        "agency_name": " ".join(filter(None, (said.agency,))),
        "signer_name": said.signer_name,
        "signer_title": said.signer_title,
        "signer_authority": said.signer_authority,
    }
    return {
        **{name: nfc(texts[name] or "")[:most] for name, most in HEADING.items()},
        "issued_on": _iso(said.date),
        "effective_on": _iso(first_day(catalogue)),
        "stated": [count.text for count in catalogue.stated_counts],
        "articles": [f"{article.number}. {article.text}" for article in catalogue.articles],
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
