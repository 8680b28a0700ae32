"""Lists that are no tables: items of a paragraph style below a sentence that announces them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tinhgon.domain.officialdoc import BlockKind
from tinhgon.domain.vntext import fold

from ._columns import Column, Columns
from ._lists import ListTable
from ._marks import Heading, Item, Record, style_of
from ._stream import Kind, Unit

_COLUMNS = Columns((Column.NUMBER, Column.NAME), ("STT", "Tên thủ tục hành chính"))
_ANNOUNCES = re.compile(r"\bdanh muc\b|\b\d+ (?:\([a-z ]+\) )?(?:tthc|thu tuc)\b|\bcong bo\b")
_PROCEDURES = re.compile(r"\bthu tuc\b|\btthc\b")
_OPENS = re.compile(r"\b(?:nhu sau|bao gom|gom|sau day|cu the|sau)\s*:$|\bnhu sau\W*$")
_OTHER = re.compile(
    r"\bhanh vi\b|\btrach nhiem\b|\bquyen han\b|\bto chuc thuc hien\b|\bnghia vu\b|\bthanh phan\b|"
    r"\btrinh tu\b|\bho so gom\b|\bnoi nhan\b|\bdieu kien\b"
)
_ITEMS = frozenset(
    {BlockKind.CLAUSE, BlockKind.POINT, BlockKind.DASH, BlockKind.PLUS, BlockKind.SUBCLAUSE}
)
_HEADS = frozenset({BlockKind.ROMAN, BlockKind.LETTER})
_EMPTY_MARK = re.compile(
    r"^[(\[]\s*(?:[)\]]\s*|[QO0J]\s+)"
)  # "()", also as recognition misreads it
_HEADING = re.compile(r"^(?:danh muc |cac )?(?:thu tuc|tthc|linh vuc|cap )")
_LONGEST = 500
_LONGEST_HEADING = 200


def listed(units: Sequence[Unit]) -> tuple[ListTable, ...]:
    """Return the lists of procedures which the paragraphs make."""
    out: list[ListTable] = []
    at = 0
    while at < len(units):
        unit = units[at]
        at += 1
        if not _announces(unit):
            continue
        items, at = _Run(units, at).read()
        names = [item.cells[1] for item in items if isinstance(item, Record)]
        if names and not any(name.endswith(":") for name in names):
            head = Heading("", unit.text, unit.source, "intro")
            out.append(ListTable((head,), _COLUMNS, given=tuple(items)))
    return tuple(out)


def _announces(unit: Unit) -> bool:
    folded = fold(unit.text)
    if unit.kind is Kind.ROW or not _PROCEDURES.search(folded) or _OTHER.search(folded):
        return False
    if unit.kind is Kind.ANNEX or (unit.text.isupper() and len(unit.text) < _LONGEST):
        return "danh muc" in folded
    if unit.block is BlockKind.PART:
        return "danh muc" in folded
    return bool(_ANNOUNCES.search(folded) and _OPENS.search(folded))


class _Run:
    """The items right below an announcement; all carry markers of one kind."""

    def __init__(self, units: Sequence[Unit], at: int) -> None:
        self.units = units
        self.at = at
        self.style: tuple[BlockKind, str] | None = None
        self.items: list[Item] = []

    def read(self) -> tuple[list[Item], int]:
        while self.at < len(self.units) and self._take(self.units[self.at]):
            self.at += 1
        return self.items, self.at

    def _take(self, unit: Unit) -> bool:
        if unit.kind in (Kind.ROW, Kind.ANNEX):
            return False
        if _announces(unit):
            return False
        heading = self._heading(unit)
        if heading is not None:
            self.items.append(heading)
            return True
        if unit.block not in _ITEMS or len(unit.text) > _LONGEST:
            return False
        style = (unit.block, unit.marker if unit.block is BlockKind.DASH else "")
        self.style = self.style or style
        if style == self.style:
            number = unit.marker.strip("(). ")
            shown = number if number.isdigit() else ""
            text = unit.text.strip().rstrip(";")
            self.items.append(Record(shown, [shown, text], set(), unit.source))
        return True

    def _heading(self, unit: Unit) -> Heading | None:
        text = _EMPTY_MARK.sub("", unit.text)
        if len(text) > _LONGEST_HEADING or not text:
            return None
        if unit.block in _HEADS:
            marker = unit.marker.strip(". )(-/")
            return Heading(marker, text, unit.source, style_of(marker))
        follows = self.at + 1 < len(self.units) and self.units[self.at + 1].block in _ITEMS
        starred = unit.block is BlockKind.DASH and unit.marker == "*"
        plain = (
            (unit.block is BlockKind.PARAGRAPH or starred)
            and follows
            and not text.endswith((".", "?", ")"))
        )
        if plain and _HEADING.match(fold(text)):
            return Heading("", text.rstrip(" :"), unit.source, "plain")
        return None
