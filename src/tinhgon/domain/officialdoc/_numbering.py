"""The numbers of Word lists, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_LEVELS = 9


@dataclass(slots=True)
class _Level:
    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    overrides: dict[int, int] = field(default_factory=dict)


def value(element: etree._Element | None, tag: str) -> str | None:
    """Return the `w:val` of a child."""
    if element is None:
        return None
    child = element.find(W + tag)
    return None if child is None else child.get(W + "val")


def to_int(text: str | None, default: int) -> int:
    """Return the whole number written, else the default."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


class Numbering:
    """
    Counts lists through one document; `marker` must be asked once for each paragraph, in order.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        abstracts = {
            element.get(W + "abstractNumId", ""): _levels(element)
            for element in root.findall(W + "abstractNum")
        }
        for element in root.findall(W + "num"):
            number = element.get(W + "numId", "")
            abstract = value(element, "abstractNumId") or ""
            item = _List(abstract, dict(abstracts.get(abstract, {})))
            for override in element.findall(W + "lvlOverride"):
                self._override(item, override)
            self._lists[number] = item

    @staticmethod
    def _override(item: _List, override: etree._Element) -> None:
        index = to_int(override.get(W + "ilvl"), 0)
        start = value(override, "startOverride")
        if start is not None:
            item.overrides[index] = to_int(start, 1)
        replaced = override.find(W + "lvl")
        if replaced is not None:
            item.levels[index] = _level(replaced)

    def marker(self, number: str, index: int) -> str:
        """Return the printed number of the next paragraph of this list and level, "" for none."""
        item = self._lists.get(number)
        if item is None or index not in item.levels:
            return ""
        counts = self._counts.setdefault(item.abstract, {})
        level = item.levels[index]
        if index in item.overrides and (number, index) not in self._started:
            counts[index] = item.overrides[index]
        else:
            counts[index] = counts.get(index, level.start - 1) + 1
        self._started.add((number, index))
        self._restart_below(item, counts, index)
        return _printed(item, counts, index)

    @staticmethod
    def _restart_below(item: _List, counts: dict[int, int], index: int) -> None:
        for below in range(index + 1, _MAX_LEVELS):
            level = item.levels.get(below)
            never = level is not None and level.restart == 0
            late = level is not None and level.restart is not None and index >= level.restart > 0
            if not never and not late:
                counts.pop(below, None)


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {to_int(each.get(W + "ilvl"), 0): _level(each) for each in element.findall(W + "lvl")}


def _level(element: etree._Element) -> _Level:
    restart = value(element, "lvlRestart")
    return _Level(
        start=to_int(value(element, "start"), 1),
        fmt=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        legal=element.find(W + "isLgl") is not None,
        restart=None if restart is None else to_int(restart, 0),
    )


def _printed(item: _List, counts: dict[int, int], index: int) -> str:
    level = item.levels[index]
    if level.fmt == "bullet":
        return "+" if level.text.strip() == "+" else "-"
    if level.fmt == "none":
        return level.text if "%" not in level.text else ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        of = item.levels.get(at, level)
        count = counts.get(at, of.start)
        return spell(count, "decimal" if level.legal else of.fmt)

    return re.sub(r"%([1-9])", number, level.text).strip()


_ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return the number in small Roman letters."""
    out = ""
    for amount, letters in _ROMANS:
        while number >= amount and len(out) < 30:
            out += letters
            number -= amount
    return out


def _letters(number: int) -> str:
    """Return a, b, … z, aa, bb as Word does."""
    repeat, at = divmod(max(1, number) - 1, 26)
    return chr(ord("a") + at) * min(repeat + 1, 10)


def spell(number: int, fmt: str) -> str:
    """Return the number in one of Word's formats; unknown formats are printed as decimal."""
    if fmt == "lowerLetter":
        return _letters(number)
    if fmt == "upperLetter":
        return _letters(number).upper()
    if fmt == "lowerRoman":
        return roman(number)
    if fmt == "upperRoman":
        return roman(number).upper()
    if fmt == "decimalZero":
        return f"{number:02}"
    return str(number)
