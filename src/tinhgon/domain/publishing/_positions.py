"""
Places in the annex of an earlier decision, as later ones name them.

"số thứ tự 01, 02 mục A Danh mục kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024" is read into the
document and its places; `resolve` then says which lines of that document are meant. A line's own
position is the markers of its headings and its number, outermost first: "A.1", "1.XI.3".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tinhgon.domain.legalref import DocumentRef, find_documents
from tinhgon.domain.vntext import fold, nfc

K = TypeVar("K")

_OUTER = ("phan", "phu luc")  # headings that a position leaves out where there is only one
_ITEM = r"(?:(?:[A-ZĐ]{1,5}|\d{1,4})\.)*\d{1,4}"
_RANGE = rf"{_ITEM}(?:\s*(?:-|–|đến)\s*(?:(?:hết\s+)?(?:số\s+)?(?:thứ\s+tự\s+)?)?{_ITEM})?"
_LEAD = r"(?:các\s+)?(?:số\s+thứ\s+tự|thứ\s+tự\s+số|số\s+TT|STT|thủ\s+tục\s+số|số)"
_NUMBERS = re.compile(
    rf"(?<!\w)(?i:{_LEAD})\s*:?\s*(?P<items>{_RANGE}"
    rf"(?:\s*(?:,|;|và|,\s*và)\s*(?:(?i:{_LEAD})\s*)?{_RANGE})*)(?!\w)"
)
_MARKER = re.compile(
    r"(?<!\w)(?P<kind>(?i:tiểu\s+mục|mục|phần|phụ\s+lục))\s+(?P<value>[A-ZĐ]{1,5}|\d{1,3})(?!\w)"
)
_PIECE = re.compile(rf"(?P<first>{_ITEM})(?:\s*(?:-|–|đến)\D*?(?P<last>{_ITEM}))?")
_WHOLE = re.compile(
    r"(?<!\w)(?:toàn\s+bộ|thay\s+thế|bãi\s+bỏ|hết\s+hiệu\s+lực)(?!\w)", re.IGNORECASE
)
_LONGEST_RANGE = 500


@dataclass(frozen=True, slots=True)
class Named:
    """
    Lines of one document, as a text names them.

    `numbers` are as printed without leading zeros ("1", "XI.1"); none means every line below the
    `markers` (innermost first), or the whole document where there are no markers either.
    """

    document: DocumentRef
    numbers: tuple[str, ...]
    markers: tuple[tuple[str, str], ...]  # (folded kind, value): ("muc", "A")
    text: str

    @property
    def is_whole(self) -> bool:
        return not self.numbers and not self.markers


@dataclass(frozen=True, slots=True)
class Match(Generic[K]):
    """One place that was named with the lines that fit: one is as it should be."""

    asked: str
    lines: tuple[K, ...]

    @property
    def is_clear(self) -> bool:
        return len(self.lines) == 1


def read_positions(text: str) -> tuple[Named, ...]:
    """Return the places in decisions that the text names, in its order; none where it has none."""
    text = nfc(text)
    found: list[Named] = []
    start = 0
    for ref in find_documents(text):
        if not ref.code:
            continue
        found += _read_piece(text[start : ref.start], ref)
        start = ref.end
    return tuple(found)


def resolve(named: Named, positions: Mapping[K, str]) -> tuple[Match[K], ...]:
    """
    Return which lines of the document are meant, place by place.

    `positions`: line → its position as printed. A heading of a part or annex that no position has
    is passed over, since lists with one part leave it out; a section must be there.
    """
    paths = {line: _path(position) for line, position in positions.items()}
    inside = _below(named.markers, paths)
    if not named.numbers:
        words = " ".join(f"{_words(kind)} {value}" for kind, value in named.markers)
        if not inside:
            return (Match(words or "toàn bộ", ()),)
        return tuple(Match(positions[line], (line,)) for line in inside)
    return tuple(Match(number, _with_number(number, inside)) for number in named.numbers)


def _read_piece(text: str, ref: DocumentRef) -> Iterable[Named]:
    groups: list[Named] = []
    pieces = sorted((*_NUMBERS.finditer(text), *_MARKER.finditer(text)), key=lambda m: m.start())
    covered = -1
    for m in pieces:
        if m.start() < covered:
            continue
        covered = m.end()
        if "items" in m.groupdict():
            groups.append(Named(ref, tuple(_numbers(m["items"])), (), m[0].strip()))
            continue
        marker = (fold(m["kind"]), m["value"])
        if not groups or _closed(groups[-1], marker):
            groups.append(Named(ref, (), (marker,), m[0].strip()))
        else:
            last = groups[-1]
            groups[-1] = replace(
                last, markers=(*last.markers, marker), text=f"{last.text} {m[0].strip()}"
            )
    if not groups and _WHOLE.search(text):
        return [Named(ref, (), (), text.strip(" ,;.:"))]
    return _with_outer(groups)


def _closed(group: Named, marker: tuple[str, str]) -> bool:
    """A second section after a first opens another place; a part or annex lies around the first."""
    return marker[0] not in _OUTER and any(kind == marker[0] for kind, _ in group.markers)


def _with_outer(groups: list[Named]) -> list[Named]:
    """A part or annex named at the end holds for all places before it."""
    outer: tuple[tuple[str, str], ...] = ()
    found: list[Named] = []
    for group in reversed(groups):
        own = tuple(marker for marker in group.markers if marker[0] in _OUTER)
        outer = own or outer
        found.append(group if own else replace(group, markers=(*group.markers, *outer)))
    return found[::-1]


def _numbers(items: str) -> Iterable[str]:
    for m in _PIECE.finditer(items):
        first, last = _plain(m["first"]), _plain(m["last"] or "")
        head, _, start = first.rpartition(".")
        end = last.rpartition(".")[2]
        if not last or not 0 <= int(end) - int(start) <= _LONGEST_RANGE:
            yield first
            if last:
                yield last
            continue
        for n in range(int(start), int(end) + 1):
            yield f"{head}.{n}" if head else str(n)


def _plain(item: str) -> str:
    return ".".join(part.lstrip("0") or part for part in item.split("."))


def _path(position: str) -> tuple[str, ...]:
    return tuple(_plain(part).upper() for part in position.split(".") if part)


def _below(
    markers: tuple[tuple[str, str], ...], paths: Mapping[K, tuple[str, ...]]
) -> dict[K, tuple[str, ...]]:
    inside = dict(paths)
    for kind, value in markers:
        narrower = {line: path for line, path in inside.items() if _plain(value) in path[:-1]}
        if narrower or kind not in _OUTER:
            inside = narrower
    return inside


def _with_number(number: str, paths: Mapping[K, tuple[str, ...]]) -> tuple[K, ...]:
    asked = _path(number)
    if exact := tuple(line for line, path in paths.items() if path == asked):
        return exact
    return tuple(line for line, path in paths.items() if path[-len(asked) :] == asked)


def _words(kind: str) -> str:
    return {"muc": "mục", "tieu muc": "tiểu mục", "phan": "phần", "phu luc": "phụ lục"}[kind]
