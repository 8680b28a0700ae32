"""Rows of a list with what they inherit and what the headings and the decision say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tinhgon.domain.procedures import Action, Tier
from tinhgon.domain.vntext import fold

from ._agencies import agencies_of_place, split_agencies
from ._columns import Column
from ._lists import ListTable
from ._marks import Heading, Record
from ._model import Row, Unread
from ._names import FOOTNOTE, clean_code, is_code, one_line, split_name
from ._outer import shown_outer, without_repeats
from ._refusals import push
from ._words import (
    bracket_level,
    field_of_heading,
    level_in,
    one_action,
    one_field,
)

_SAME = re.compile(r"^\W*(?:nhu tren|nt|nhu (?:muc|so|dong) tren)\W*$")
_DITTO = re.compile(r'^["“”″]+$')
_PAGE_FOOT = "Chân trang của trang web lặp lại tên quyết định, không thuộc danh mục"
_BEYOND = "Ô nằm ngoài các cột của danh mục"
_NO_NAME = "Dòng của danh mục không có tên thủ tục"
_INHERITED = {
    Column.FIELD: "field",
    Column.AGENCIES: "agencies",
    Column.LEGAL_BASIS: "legal_basis",
    Column.REPLACED_BY: "replaced_by",
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the subject or Điều 1 says of all procedures."""

    action: Action | None = None
    level: Tier | None = None
    field: str | None = None


def defaults_of(sentences: Sequence[str]) -> Defaults:
    """
    Return what is said of all procedures at once; the first sentence that says something decides,
    and one that names several things says nothing.
    """
    action = next((found for found in map(one_action, sentences) if found), None)
    level = next((found for s in sentences if (found := level_in(s))), None)
    name = next((found for found in map(one_field, sentences) if found), None)
    return Defaults(action, level, name)


@dataclass(slots=True)
class _Path:
    """The headings above the next row."""

    outer: tuple[Heading, ...]
    inner: list[Heading] = field(default_factory=list)
    ordinals: dict[tuple[str, ...], int] = field(default_factory=dict)


def rows_of(
    lists: Sequence[ListTable], defaults: Defaults, own: str = ""
) -> tuple[list[Row], list[Unread]]:
    """
    Return the procedures of all lists, in order, and the pieces that are none.

    `own` is number and symbol of the decision: a cell that repeats its title is the foot of a web
    page.
    """
    kept = without_repeats(lists)
    shown = shown_outer(kept)
    rows: list[Row] = []
    unread: list[Unread] = []
    for listed, outer in zip(kept, shown, strict=True):
        reader = _ListReader(listed, outer, defaults, _page_foot(own))
        rows += reader.rows()
        unread += reader.unread
    return _unique(rows), unread


def _page_foot(own: str) -> re.Pattern[str] | None:
    return (
        re.compile(rf"\w+ \w+ (?:số )?{re.escape(own)} năm \d{{4}} ", re.IGNORECASE)
        if own
        else None
    )


class _ListReader:
    def __init__(
        self,
        listed: ListTable,
        outer: list[tuple[str, str]],
        defaults: Defaults,
        foot: re.Pattern[str] | None,
    ) -> None:
        self.listed = listed
        self.foot = foot
        self.columns = listed.columns
        self.outer = outer
        self.defaults = defaults
        self.path = _Path(listed.outer)
        self.above = [""] * len(listed.columns)  # what a row may inherit
        self.printed = [""] * len(listed.columns)  # what "Như trên" points at, also over headings
        self.count = 0
        self.unread: list[Unread] = []
        self.unmarked = self._unmarked()

    def _unmarked(self) -> list[str]:
        """Return the texts of headings without a marker, in order: they are counted."""
        heads = [item for item in self.listed.items if isinstance(item, Heading)]
        return list(dict.fromkeys(each.text for each in heads if not each.marker))

    def rows(self) -> list[Row]:
        out: list[Row] = []
        for item in self.listed.items:
            if isinstance(item, Heading):
                push(self.path.inner, item)
                self.count = 0
                self.above = [""] * len(self.columns)
            else:
                self.unread += [Unread(text, _BEYOND, item.source) for text in item.beyond]
                row = self._row(item)
                if row is not None:
                    out.append(row)
        return out

    def _row(self, record: Record) -> Row | None:
        cells, inherited = self._filled(record)
        self.above = [new or old for new, old in zip(cells, self.above, strict=True)]
        self.printed = [new or old for new, old in zip(cells, self.printed, strict=True)]
        raw_name = self._cell(cells, Column.NAME)
        if not raw_name:
            own = " | ".join(cell for cell in record.cells if cell)
            self.unread.append(Unread(own, _NO_NAME, record.source))
            return None
        name, name_code = split_name(raw_name)
        code = self._code(cells) or name_code
        inferred: list[str] = []
        agencies = self._agencies(cells)
        return Row(
            position=self._position(record),
            section=self._section(),
            action=self._action(),
            name=name,
            level=self._level(name, cells, inferred),
            field=self._field(cells, inferred),
            agencies=agencies,
            legal_basis=self._cell(cells, Column.LEGAL_BASIS) or None,
            code=code,
            note=self._cell(cells, Column.NOTE) or None,
            source=record.source,
            replaced_by=one_line(self._cell(cells, Column.REPLACED_BY)) or None,
            publication=self._cell(cells, Column.PUBLICATION) or None,
            extra=self._extra(cells),
            inherited=tuple(inherited),
            inferred=tuple(inferred),
            displaced=record.displaced,
            headings=tuple(self._heads()[::-1]),
        )

    def _filled(self, record: Record) -> tuple[list[str], list[str]]:
        """Return the cells with what is taken from above, and the names of what was taken."""
        cells = list(record.cells)
        inherited: list[str] = []
        for at, kind in enumerate(self.columns.kinds):
            if self.foot and self.foot.match(cells[at]):
                self.unread.append(Unread(cells[at], _PAGE_FOOT, record.source))
                cells[at] = ""
            text = cells[at]
            key = _INHERITED.get(kind)
            same = bool(_SAME.match(fold(text)) or _DITTO.match(text))
            if same:
                cells[at] = self.printed[at]
            elif not text and key and self.columns.numbered:
                cells[at] = self.above[at]
            took = (same or at in record.above or not text) and bool(cells[at])
            if key and took and key not in inherited:
                inherited.append(key)
        return cells, inherited

    def _cell(self, cells: Sequence[str], column: Column) -> str:
        at = self.columns.at(column)
        return cells[at].strip() if at is not None else ""

    def _code(self, cells: Sequence[str]) -> str | None:
        return clean_code(self._cell(cells, Column.CODE))

    def _position(self, record: Record) -> str:
        self.count = int(record.number) if record.number.isdigit() else self.count + 1
        number = record.number or str(self.count)
        inner = [self._mark(heading) for heading in self.path.inner]
        marks = [marker for marker, _ in self.outer] + [mark for mark in inner if mark]
        if marks and number.startswith(f"{marks[-1]}."):  # "1.2" below the heading 1
            marks.pop()
        return ".".join([*marks, number])

    def _mark(self, heading: Heading) -> str:
        if heading.marker:
            return heading.marker
        if len(self.unmarked) < 2:
            return ""
        return str(self.unmarked.index(heading.text) + 1)

    def _section(self) -> str | None:
        texts = [text for _, text in self.outer] + [heading.text for heading in self.path.inner]
        return " > ".join(one_line(text) for text in texts if text) or None

    def _nearest(self) -> list[Heading]:
        """Return the headings above, the nearest first."""
        return [*self.listed.outer, *self.path.inner][::-1]

    def _heads(self) -> list[str]:
        return [heading.text for heading in self._nearest()]

    def _action(self) -> Action | None:
        found = next((action for action in map(one_action, self._heads()) if action), None)
        return found or self.defaults.action

    def _level(self, name: str, cells: Sequence[str], inferred: list[str]) -> Tier | None:
        inner = [heading.text for heading in self.path.inner][::-1]
        found = next((level for level in map(level_in, inner) if level), None)
        found = found or next(filter(None, map(_outer_level, self.listed.outer[::-1])), None)
        found = found or level_in(self._cell(cells, Column.LEVEL)) or bracket_level(name)
        if found is None and self.defaults.level:
            inferred.append("level")
            return self.defaults.level
        return found

    def _field(self, cells: Sequence[str], inferred: list[str]) -> str | None:
        own = one_line(FOOTNOTE.sub("", self._cell(cells, Column.FIELD)))
        if own:
            return own
        found = next((name for name in map(field_of_heading, self._heads()) if name), None)
        if found is None:
            inner = (heading.text for heading in self._nearest() if heading.style != "annex")
            found = next((name for name in map(one_field, inner) if name), None)
        if found is None and self.defaults.field:
            inferred.append("field")
            return self.defaults.field
        return found

    def _agencies(self, cells: Sequence[str]) -> tuple[str, ...]:
        names: dict[str, str] = {}
        for at, kind in enumerate(self.columns.kinds):
            found: tuple[str, ...] = ()
            if kind is Column.AGENCIES:
                found = split_agencies(cells[at], spaced=not self.columns.numbered)
            elif kind is Column.PLACE:
                found = agencies_of_place(cells[at])
            for name in found:
                names.setdefault(fold(name), name)
        return tuple(names.values())

    def _extra(self, cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return the cells without a field of their own; a code that is none is one of them."""
        columns = zip(self.columns.kinds, self.columns.headings, cells, strict=True)
        return tuple(
            (heading, text)
            for kind, heading, text in columns
            if text and (kind in _KEPT or (kind is Column.CODE and not is_code(text)))
        )


_KEPT = (Column.OTHER, Column.PLACE, Column.LEVEL)


def _outer_level(heading: Heading) -> Tier | None:
    """The title of an annex names bodies rather than the level of its procedures."""
    return level_in(heading.text, of_bodies=heading.style != "annex")


def _unique(rows: list[Row]) -> list[Row]:
    """A position printed twice gets "(2)"."""
    seen: dict[str, int] = {}
    out: list[Row] = []
    for row in rows:
        seen[row.position] = seen.get(row.position, 0) + 1
        times = seen[row.position]
        out.append(row if times == 1 else replace(row, position=f"{row.position}({times})"))
    return out
