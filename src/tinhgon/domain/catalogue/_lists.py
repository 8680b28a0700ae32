"""Finds the lists of a document, with the headings that stand above each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tinhgon.domain.officialdoc import BlockKind
from tinhgon.domain.vntext import fold

from ._columns import Columns
from ._heads import columns_of, second_head
from ._marks import Heading, Item, is_number, style_of
from ._refusals import push, withholds
from ._stream import Kind, Unit
from ._table import heading_of, items_of

_CONTENT = re.compile(
    r"\bnoi dung (?:cu the|chi tiet|(?:cua )?(?:tung|cac) |thu tuc hanh chinh|tthc|co ban)|"
    r"^(?:phan|phu luc)?\W*(?:[ivx\d]+\W+)?noi dung\b"
)
_WORKFLOW = re.compile(r"\bquy trinh\b|\bso do\b|\bluu do\b")
_LIST = re.compile(r"\bdanh muc\b")
_PROCEDURES = re.compile(r"\bthu tuc\b|\btthc\b")
_ANNEX_CELL = re.compile(r"^(?:phu luc|phan)\b")
_HEADING_BLOCKS = frozenset(
    {
        BlockKind.PART,
        BlockKind.CHAPTER,
        BlockKind.SECTION,
        BlockKind.ROMAN,
        BlockKind.LETTER,
        BlockKind.CLAUSE,
        BlockKind.SUBCLAUSE,
        BlockKind.POINT,
    }
)
_ASIDE = re.compile(r"^\(?(?:ban hành |đính )?kèm theo\b|^\(?chi tiết\b|^[-_*–]+$", re.IGNORECASE)
_LONGEST = 400
_HEAD_ROWS = 6


@dataclass(slots=True)
class ListTable:
    """One list: the headings above it, outermost first, its columns and what stands in it."""

    outer: tuple[Heading, ...]
    columns: Columns
    units: list[Unit] = field(default_factory=list)
    given: tuple[Item, ...] | None = None  # of a list without a table, or already read

    @property
    def items(self) -> Sequence[Item]:
        """The headings and procedures, read from the rows when they are first asked for."""
        if self.given is None:
            self.given = tuple(items_of(self.columns, self.units))
        return self.given


@dataclass(frozen=True, slots=True)
class Parted:
    """The document in parts: its lists, and all units that stand in none of them."""

    lists: tuple[ListTable, ...]
    rest: tuple[Unit, ...]
    beside: tuple[Unit, ...]  # paragraphs among the lists which are no headings
    content_from: int | None  # index in `rest` of the first unit of the second part

    @property
    def second(self) -> tuple[Unit, ...]:
        """The second part, with the full content of the procedures; empty where there is none."""
        return () if self.content_from is None else self.rest[self.content_from :]


def part(units: Sequence[Unit], *, whole: bool = False) -> Parted:
    """
    Return the lists of the document and what is left.

    With `whole` lists are looked for to the end, not only before the second part.
    """
    return _Walk(units, whole=whole).run()


class _Walk:
    def __init__(self, units: Sequence[Unit], *, whole: bool) -> None:
        self.units = units
        self.whole = whole
        self.lists: list[ListTable] = []
        self.rest: list[Unit] = []
        self.outer: list[Heading] = []
        self.current: ListTable | None = None
        self.listing = True
        self.content_from: int | None = None
        self.beside: list[Unit] = []
        self.begun = False

    def run(self) -> Parted:
        at = 0
        while at < len(self.units):
            unit = self.units[at]
            if unit.kind is Kind.ROW:
                at = self._table(at)
                continue
            at = self._words(at)
        return Parted(tuple(self.lists), tuple(self.rest), tuple(self.beside), self.content_from)

    # -- what stands between tables

    def _words(self, at: int) -> int:
        unit = self.units[at]
        self.rest.append(unit)
        if unit.kind is Kind.ARTICLE:
            return at + 1
        heading, after = self._heading(at)
        self.begun = self.begun or unit.kind is Kind.ANNEX or heading is not None
        if heading is None:
            if self.begun and self.listing and unit.text.strip() and not _ASIDE.match(unit.text):
                self.beside.append(unit)
            if len(unit.text) > 60 and not unit.text.isupper():
                self.current = None
            return at + 1
        self.rest += self.units[at + 1 : after]
        self.current = None
        self._mode(heading, unit)
        self._push(heading, unit)
        return after

    def _heading(self, at: int) -> tuple[Heading | None, int]:
        """Return the heading that begins here, put together when it is torn over lines."""
        unit = self.units[at]
        after = at + 1
        text = unit.text
        if unit.kind is not Kind.ANNEX:
            titled = unit.block in _HEADING_BLOCKS and (unit.marker or text)
            if not titled and not _is_title(text):
                return None, after
        while after < len(self.units) and self._goes_on(unit, text, self.units[after]):
            text = f"{text} {self.units[after].text}".strip()
            after += 1
        if len(text) > _LONGEST or text.endswith((";", ",")):
            return None, at + 1
        style = "annex" if unit.kind is Kind.ANNEX else _style(unit)
        return Heading(_bare(unit.marker), text, unit.source, style), after

    def _goes_on(self, unit: Unit, text: str, following: Unit) -> bool:
        plain = following.kind is unit.kind or unit.kind is Kind.ANNEX
        if following.kind is not Kind.TEXT or following.marker or not plain:
            return False
        if unit.block is BlockKind.PARAGRAPH and unit.kind is not Kind.ANNEX:
            return _is_title(following.text) and following.text.isupper() and text.isupper()
        if not text:
            return True
        if text.isupper():
            return following.text.isupper() and len(following.text) < 200
        return following.text[:1].islower() and not text.endswith((".", ";", ":"))

    def _mode(self, heading: Heading, unit: Unit) -> None:
        folded = fold(f"{unit.marker} {heading.text}")
        lists = _LIST.search(folded) is not None
        outermost = unit.kind is Kind.ANNEX or unit.block in (BlockKind.PART, BlockKind.PARAGRAPH)
        if lists and (outermost or self.listing):
            self.listing = True
        elif _CONTENT.search(folded) or (_WORKFLOW.search(folded) and _PROCEDURES.search(folded)):
            self._leave()
        elif outermost and unit.kind is Kind.ANNEX and not unit.text:
            self.listing = True

    def _leave(self) -> None:
        if self.whole:
            return
        self.listing = False
        if self.content_from is None:
            self.content_from = max(0, len(self.rest) - 1)

    def _push(self, heading: Heading, unit: Unit) -> None:
        if unit.kind is Kind.ANNEX:
            self.outer = [heading]
            return
        if unit.block is BlockKind.PART:
            self.outer = [each for each in self.outer if each.style == "annex"]
        push(self.outer, heading)

    # -- tables

    def _table(self, at: int) -> int:
        end = at
        while end < len(self.units) and self._same(at, end):
            end += 1
        rows = list(self.units[at:end])
        if not self.listing:
            self.rest += rows
            return end
        if self._leaves(rows[0]):
            self._leave_list(rows)
            return end
        begin = self._header(rows)
        if begin is None:
            self._without_header(rows)
        else:
            self._lists_of(rows, begin)
        return end

    def _same(self, at: int, end: int) -> bool:
        unit = self.units[end]
        return unit.kind is Kind.ROW and unit.table == self.units[at].table

    @staticmethod
    def _header(rows: Sequence[Unit]) -> int | None:
        for index, row in enumerate(rows[:_HEAD_ROWS]):
            if columns_of(row) is not None:
                return index
        return None

    def _without_header(self, rows: list[Unit]) -> None:
        """A table without a head goes on with the list before, when its numbers do."""
        current = self.current
        width = sum(place.columns for place in rows[0].cells)
        fits = current is not None and width == len(current.columns)
        if current is not None and fits and self._counts_on(current, rows[0]):
            self._take(current, rows)
        else:
            self.rest += rows

    @staticmethod
    def _counts_on(current: ListTable, row: Unit) -> bool:
        first = row.cells[0].text
        return is_number(first) or heading_of(current.columns, row) is not None

    def _lists_of(self, rows: list[Unit], begin: int) -> None:
        self._titles(rows[:begin])
        columns = columns_of(rows[begin])
        if columns is None:  # the caller looked already
            return
        below, columns = second_head(rows, begin, columns)
        current = ListTable(tuple(self.outer), columns)
        self.lists.append(current)
        self.current = current
        for at in range(below, len(rows)):
            row = rows[at]
            again = columns_of(row)
            if again is not None and again.headings == columns.headings:
                continue
            if again is not None:
                self._split(current, rows[at:])
                return
            if self._leaves(row):
                self._leave_list(rows[at:])
                return
            current.units.append(row)

    def _titles(self, rows: Sequence[Unit]) -> None:
        """Rows above the head are titles of the list, when each is one text."""
        self.rest += rows
        for row in rows:
            texts = {place.text for place in row.cells if place.text}
            if len(texts) == 1:
                text = texts.pop()
                self.outer.append(Heading("", text, row.source, "title"))

    def _take(self, current: ListTable, rows: list[Unit]) -> None:
        for at, row in enumerate(rows):
            if self._leaves(row):
                self._leave_list(rows[at:])
                return
            current.units.append(row)

    def _split(self, current: ListTable, rows: list[Unit]) -> None:
        """Another head inside the table begins another list; headings right above belong to it."""
        moved: list[Heading] = []
        while current.units:
            heading = heading_of(current.columns, current.units[-1])
            if heading is None:
                break
            moved.insert(0, heading)
            current.units.pop()
        for heading in moved:
            push(self.outer, heading)
        self._lists_of(rows, 0)

    @staticmethod
    def _leaves(row: Unit) -> bool:
        """The second part may be glued to the last row of the list."""
        folded = fold(row.cells[0].text if row.cells else "")
        return bool(_ANNEX_CELL.match(folded) and (_CONTENT.search(folded)))

    def _leave_list(self, rows: list[Unit]) -> None:
        self.rest.append(rows[0])
        self._leave()
        self.rest += rows[1:]


def _is_title(text: str) -> bool:
    folded = fold(text)
    if len(text) > _LONGEST or len(text) < 4:
        return False
    if text.isupper() or withholds(text.rstrip(" :")):
        return True
    return bool(
        re.match(r"(?:danh muc|thu tuc hanh chinh|tthc|linh vuc|phan [ivx])\b", folded)
    ) and not text.endswith((".", ";", ","))


def _style(unit: Unit) -> str:
    if unit.block in _CONTAINERS:
        return unit.block.value
    return style_of(unit.marker) if unit.marker else "plain"


_CONTAINERS = (BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION)


def _bare(marker: str) -> str:
    return re.sub(r"(?i)^(?:phụ lục|phần|mục|chương)\s*(?:số|thứ)?\s*", "", marker).strip(
        " .:)/-–("
    )
