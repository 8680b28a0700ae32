"""What stands on a page without being text: page numbers, running heads, stamps, footnotes."""

from __future__ import annotations

import re
from collections import Counter

from ._phrases import after_label
from ._rows import Page, Piece, Row, page_rows
from ._ruled import rows_with_tables
from ._stamp import SIGNED_AT, STAMP_LINE

_NO_TEXT = re.compile(
    r"^(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?$|^Trang\s*\d+(?:\s*/\s*\d+)?$"
    r"|^(?:Địa chỉ|Trụ sở|Điện thoại|ĐT|Fax|E-?mail|Website)\b.*[:.]"
)


def without_margins(page: Page, pages: list[Page]) -> list[Row]:
    """Leave out page numbers and what is repeated at the edge of most pages."""
    rows = rows_with_tables(page, page_rows(page))
    repeated = _repeated(pages) if len(pages) > 1 else set()
    out = []
    for row in rows:
        at_edge = row.y < 0.1 * page.height or row.y > 0.9 * page.height
        if at_edge and (_NO_TEXT.match(row.text) or row.text in repeated):
            continue
        out.append(row)
    return out


def _repeated(pages: list[Page]) -> set[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {
            piece.text
            for piece in page.pieces
            if piece.y < 0.1 * page.height or piece.y > 0.9 * page.height
        }
        seen.update(edge)
    return {text for text, count in seen.items() if count > 0.6 * len(pages) and count > 1}


def without_stamps(rows: list[Row]) -> list[Row]:
    """Leave out the box of a digital signature: its time, and what stands close above and below."""
    boxes = [
        (row.page, piece)
        for row in rows
        for piece in row.pieces
        if SIGNED_AT.search(piece.text) or STAMP_LINE.search(piece.text.strip())
    ]
    if not boxes:
        return rows
    out = []
    for row in rows:
        if row.table is not None:
            out.append(row)
            continue
        kept = [p for p in row.pieces if not any(_in_box(row.page, p, *box) for box in boxes)]
        if kept:
            out.append(Row(tuple(kept), row.page))
    return out


def _in_box(page: int, piece: Piece, of: int, stamp: Piece) -> bool:
    near = abs(piece.y - stamp.y) < 6 * stamp.size and abs(piece.x0 - stamp.x0) < stamp.size
    return page == of and near and piece.size < 1.3 * stamp.size


_NOTE = re.compile(r"^(?:\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2})\s*[^\W\d]")


_APART = 3.0  # in letter sizes: what stands this far below the recipients is none of them


def _has_recipients(rows: list[Row]) -> bool:
    parts = (part for row in rows for part in row.columns())
    return any(after_label("noi nhan", part.text) is not None for part in parts)


def without_notes(rows: list[Row], size: float, pages: list[Page]) -> tuple[list[Row], list[str]]:
    """Take the footnotes away from the lower end of the pages."""
    notes: list[str] = []
    kept: list[Row] = []
    for page in pages:
        own = [row for row in rows if row.page == page.number]
        at = len(own)
        while (
            at
            and own[at - 1].table is None
            and own[at - 1].size < 0.88 * size
            and own[at - 1].y > page.height / 2
        ):
            at -= 1
        first = next((i for i in range(at, len(own)) if _NOTE.match(own[i].text)), len(own))
        if 0 < first < len(own) and _has_recipients(own):
            apart = own[first].y - own[first - 1].y > _APART * size
            first = first if apart else len(own)
        for row in own[first:]:
            if _NOTE.match(row.text) or not notes:
                notes.append(row.text)
            else:
                notes[-1] = f"{notes[-1]} {row.text}"
        kept.extend(own[:first])
    return kept, notes
