"""Rows of a list with what they inherit and what the headings and the decision say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tinhgon.domain.vntext import fold, nfc

from ._agencies import agencies_of_place, split_agencies
from ._columns import Column, Columns
from ._lists import ListTable
from ._model import Action, Level, Row
from ._table import Heading, Record
from ._words import (
    bracket_level,
    field_of_heading,
    level_in,
    one_action,
    one_field,
)

_SAME = re.compile(r"^\W*(?:nhu tren|nt|nhu (?:muc|so|dong) tren)\W*$")
_DITTO = re.compile(r'^["“”″]+$')
_FOOTNOTE = re.compile(r"\s*\[\d{1,3}\]")
_CODE = re.compile(
    r"(?<!\d)(\d)\.?(\d{6})(?!\d)(?:\s*[.\-]\s*(?:\d{2}\.\d{2}\.\d{2}\.)?\s*([A-Z]\d{1,2}))?"
)
_NAME_CODE = re.compile(
    r"\s*[\[(]?\s*(?:[Mm]ã\s*(?:số|TTHC|thủ tục|hồ sơ)?(?:\s*TTHC)?\s*:?\s*)?(?P<code>\d\.\d{6}(?:[. \w]{0,20})?)\s*[\])]?\s*$"
)
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
    level: Level | None = None
    field: str | None = None


def defaults_of(sentences: Sequence[str]) -> Defaults:
    """
    Return what is said of all procedures at once; the first sentence that says something decides,
    and one that names several things says nothing.
    """
    action = next((found for found in map(one_action, sentences) if found), None)
    level = next((found for s in sentences if (found := level_in(s, of_bodies=False))), None)
    name = next((found for found in map(one_field, sentences) if found), None)
    return Defaults(action, level, name)


@dataclass(slots=True)
class _Path:
    """The headings above the next row."""

    outer: tuple[Heading, ...]
    inner: list[Heading] = field(default_factory=list)
    ordinals: dict[tuple[str, ...], int] = field(default_factory=dict)

    def push(self, heading: Heading) -> None:
        styles = [each.style for each in self.inner]
        if heading.style in styles:
            del self.inner[styles.index(heading.style) :]
        self.inner.append(heading)


def rows_of(lists: Sequence[ListTable], defaults: Defaults, own: str = "") -> list[Row]:
    """
    Return the procedures of all lists, in order.

    `own` is number and symbol of the decision: a cell that repeats its title is the foot of a web
    page.
    """
    kept = without_repeats(lists)
    shown = _shown_outer(kept)
    rows: list[Row] = []
    for listed, outer in zip(kept, shown, strict=True):
        rows += _ListReader(listed, outer, defaults, _page_foot(own)).rows()
    return _unique(rows)


def _page_foot(own: str) -> re.Pattern[str] | None:
    return (
        re.compile(rf"\w+ \w+ (?:số )?{re.escape(own)} năm \d{{4}} ", re.IGNORECASE)
        if own
        else None
    )


def without_repeats(lists: Sequence[ListTable]) -> list[ListTable]:
    """A second list of the same procedures, made to announce workflows, is not taken again."""
    seen: set[str] = set()
    out: list[ListTable] = []
    for listed in lists:
        names = {fold(name) for name in _names(listed)}
        heads = fold(" ".join(heading.text for heading in listed.outer))
        if names and "quy trinh" in heads and len(names & seen) >= 0.8 * len(names):
            continue
        seen |= names
        out.append(listed)
    return out


def _names(listed: ListTable) -> list[str]:
    at = listed.columns.at(Column.NAME) or 0
    return [item.cells[at] for item in listed.items if isinstance(item, Record)]


def _shown_outer(lists: Sequence[ListTable]) -> list[list[tuple[str, str]]]:
    """
    Return for each list the headings that tell it from the others, as (marker, text).

    A heading that all lists share tells nothing. One without a marker counts by its place.
    """
    depth = max((len(listed.outer) for listed in lists), default=0)
    out: list[list[tuple[str, str]]] = [[] for _ in lists]
    for level in range(depth):
        groups: dict[tuple[str, ...], list[str]] = {}
        for listed in lists:
            before = tuple(_key(heading) for heading in listed.outer[:level])
            own = _key(listed.outer[level]) if level < len(listed.outer) else ""
            group = groups.setdefault(before, [])
            if own not in group:
                group.append(own)
        for shown, listed in zip(out, lists, strict=True):
            if level >= len(listed.outer):
                continue
            group = groups[tuple(_key(heading) for heading in listed.outer[:level])]
            if len(group) > 1:
                heading = listed.outer[level]
                marker = heading.marker or str(group.index(_key(heading)) + 1)
                shown.append((marker, heading.text))
    return out


def _key(heading: Heading) -> str:
    return f"{heading.style}|{heading.marker}|{heading.text}|{heading.source.line}"


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
        self.unmarked = self._unmarked()

    def _unmarked(self) -> list[str]:
        """Return the texts of headings without a marker, in order: they are counted."""
        heads = [item for item in self.listed.items if isinstance(item, Heading)]
        return list(dict.fromkeys(each.text for each in heads if not each.marker))

    def rows(self) -> list[Row]:
        out: list[Row] = []
        for item in self.listed.items:
            if isinstance(item, Heading):
                self.path.push(item)
                self.count = 0
                self.above = [""] * len(self.columns)
            else:
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
            return None
        name, name_code = _split_name(raw_name)
        code = self._code(cells) or name_code
        inferred: list[str] = []
        agencies = self._agencies(cells)
        row = Row(
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
            replaced_by=_one_line(self._cell(cells, Column.REPLACED_BY)) or None,
            publication=self._cell(cells, Column.PUBLICATION) or None,
            extra=self._extra(cells),
            inherited=tuple(inherited),
            inferred=tuple(inferred),
            displaced=record.displaced,
        )
        return row

    def _filled(self, record: Record) -> tuple[list[str], list[str]]:
        """Return the cells with what is taken from above, and the names of what was taken."""
        cells = list(record.cells)
        inherited: list[str] = []
        for at, kind in enumerate(self.columns.kinds):
            if self.foot and self.foot.match(cells[at]):
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
        return ".".join([marker for marker, _ in self.outer] + [m for m in inner if m] + [number])

    def _mark(self, heading: Heading) -> str:
        if heading.marker:
            return heading.marker
        if len(self.unmarked) < 2:
            return ""
        return str(self.unmarked.index(heading.text) + 1)

    def _section(self) -> str | None:
        texts = [text for _, text in self.outer] + [heading.text for heading in self.path.inner]
        return " > ".join(_one_line(text) for text in texts if text) or None

    def _nearest(self) -> list[Heading]:
        """Return the headings above, the nearest first."""
        return [*self.listed.outer, *self.path.inner][::-1]

    def _heads(self) -> list[str]:
        return [heading.text for heading in self._nearest()]

    def _action(self) -> Action | None:
        found = next((action for action in map(one_action, self._heads()) if action), None)
        return found or self.defaults.action

    def _level(self, name: str, cells: Sequence[str], inferred: list[str]) -> Level | None:
        inner = [heading.text for heading in self.path.inner][::-1]
        outer = [heading.text for heading in self.listed.outer][::-1]
        found = next((level for level in map(level_in, inner) if level), None)
        found = found or next(
            (lv for text in outer if (lv := level_in(text, of_bodies=False))), None
        )
        found = found or level_in(self._cell(cells, Column.LEVEL)) or bracket_level(name)
        if found is None and self.defaults.level:
            inferred.append("level")
            return self.defaults.level
        return found

    def _field(self, cells: Sequence[str], inferred: list[str]) -> str | None:
        own = _one_line(_FOOTNOTE.sub("", self._cell(cells, Column.FIELD)))
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
        kept = (Column.OTHER, Column.PLACE)
        return tuple(
            (heading, text)
            for kind, heading, text in zip(
                self.columns.kinds, self.columns.headings, cells, strict=True
            )
            if kind in kept and text
        )


def _split_name(text: str) -> tuple[str, str | None]:
    """Return the name without footnote marks, and the code that stood at its end."""
    name = _one_line(nfc(text))
    name = re.sub(r"(?:\s*\[\d{1,3}\])+\s*$", "", name)
    found = _NAME_CODE.search(name)
    if found is None:
        return name, None
    return name[: found.start()].rstrip(" -–,;"), clean_code(found["code"])


def clean_code(text: str) -> str | None:
    """Return a code in its usual form ("1.014466.H05"); other text stays as printed."""
    text = _one_line(_FOOTNOTE.sub("", text))
    codes = [
        f"{found[1]}.{found[2]}" + (f".{found[3]}" if found[3] else "")
        for found in _CODE.finditer(text)
    ]
    return "; ".join(codes) or (text if re.search(r"\d", text) else None) or None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unique(rows: list[Row]) -> list[Row]:
    """A position printed twice gets "(2)"."""
    seen: dict[str, int] = {}
    out: list[Row] = []
    for row in rows:
        seen[row.position] = seen.get(row.position, 0) + 1
        times = seen[row.position]
        out.append(row if times == 1 else replace(row, position=f"{row.position}({times})"))
    return out
