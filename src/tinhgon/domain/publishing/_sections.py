"""How the lines of a decision stand in its annex: lists, sections, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import count
from typing import Generic, TypeVar

from tinhgon.domain.procedures import Action, Kind, Tier

K = TypeVar("K")


class Grouping(StrEnum):
    """What the sections of a list are made of."""

    NONE = auto()
    KIND = auto()
    TIER = auto()
    FIELD = auto()
    KIND_FIELD = auto()
    TIER_FIELD = auto()


LISTS = {
    Action.NEW: "Danh mục thủ tục hành chính nội bộ mới ban hành",
    Action.AMENDED: "Danh mục thủ tục hành chính nội bộ được sửa đổi, bổ sung",
    Action.REPLACED: "Danh mục thủ tục hành chính nội bộ thay thế",
    Action.STANDARDISED: "Danh mục thủ tục hành chính nội bộ được chuẩn hóa",
    Action.ABOLISHED: "Danh mục thủ tục hành chính nội bộ bị bãi bỏ",
}
"""Action → heading of the list of its lines, in the order of the lists (NĐ 63/2010 điều 14)."""

KIND_HEADINGS = {
    Kind.BETWEEN: "Thủ tục hành chính nội bộ giữa các cơ quan hành chính nhà nước",
    Kind.INSIDE: "Thủ tục hành chính nội bộ trong nội bộ cơ quan hành chính nhà nước",
}
TIER_HEADINGS = {
    Tier.CENTRAL: "Thủ tục hành chính nội bộ cấp trung ương",
    Tier.PROVINCE: "Thủ tục hành chính nội bộ cấp tỉnh",
    Tier.DISTRICT: "Thủ tục hành chính nội bộ cấp huyện",
    Tier.COMMUNE: "Thủ tục hành chính nội bộ cấp xã",
}
_LISTS = list(LISTS)
_KINDS = list(KIND_HEADINGS)
_TIERS = list(TIER_HEADINGS)
_NO_FIELD = "Lĩnh vực khác"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


@dataclass(frozen=True, slots=True)
class Item(Generic[K]):
    """What decides where a line stands. Lines come in the order in which they were put."""

    key: K
    action: Action
    kind: Kind = Kind.BETWEEN
    tier: Tier = Tier.PROVINCE
    field: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A list or section with the marker printed before it."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Place(Generic[K]):
    """
    Where a line stands: its headings, outermost first, and its number in the innermost.

    The first heading is that of the list; its marker is empty where there is one list only, which
    then is no part of the position either.
    """

    key: K
    headings: tuple[Heading, ...]
    number: int

    @property
    def position(self) -> str:
        """Return "A.1", "1.B.II.3": markers and number as printed."""
        markers = [heading.marker for heading in self.headings if heading.marker]
        return ".".join([*markers, str(self.number)])

    @property
    def section(self) -> str:
        return " > ".join(heading.text for heading in self.headings if heading.marker)


def arrange(items: Iterable[Item[K]], grouping: Grouping) -> tuple[Place[K], ...]:
    """
    Return the places of all lines, in the order in which the annex prints them.

    Lines of one action make one list; a section that would be the only one of its kind has no
    heading. Fields come in the order in which the lines first name them.
    """
    lines = list(items)
    actions = [action for action in _LISTS if any(line.action is action for line in lines)]
    places: list[Place[K]] = []
    for number, action in enumerate(actions, start=1):
        marker = str(number) if len(actions) > 1 else ""
        heading = Heading(marker, LISTS[action])
        mine = [line for line in lines if line.action is action]
        places += _below((heading,), mine, _LEVELS[grouping])
    return tuple(places)


def new_headings(shown: tuple[Heading, ...], wanted: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings to print before a line, where those of the line before it stand."""
    same = 0
    while same < min(len(shown), len(wanted)) and shown[same] == wanted[same]:
        same += 1
    return wanted[same:]


def roman(number: int) -> str:
    """Return a number from 1 to 399 in Roman figures."""
    if not 1 <= number < 400:
        raise ValueError(number)
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written + "I" * number


def _below(
    above: tuple[Heading, ...], items: Sequence[Item[K]], levels: tuple[str, ...]
) -> Iterable[Place[K]]:
    if not levels:
        for number, item in enumerate(items, start=1):
            yield Place(item.key, above, number)
        return
    level, *rest = levels
    groups: dict[str, list[Item[K]]] = {}
    for item in sorted(items, key=lambda i: _rank(i, level)):
        groups.setdefault(_heading(item, level), []).append(item)
    if len(groups) < 2:
        yield from _below(above, items, tuple(rest))
        return
    numbers = count(1)
    for text, mine in groups.items():
        number = next(numbers)
        marker = roman(number) if level == "field" else _letter(number)
        yield from _below((*above, Heading(marker, text)), mine, tuple(rest))


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _rank(item: Item[K], level: str) -> int:
    """Sorting keeps what ranks alike in its order, so fields stay as they came."""
    match level:
        case "kind":
            return _KINDS.index(item.kind)
        case "tier":
            return _TIERS.index(item.tier)
        case _:
            return 0


def _heading(item: Item[K], level: str) -> str:
    match level:
        case "kind":
            return KIND_HEADINGS[item.kind]
        case "tier":
            return TIER_HEADINGS[item.tier]
        case _:
            return f"Lĩnh vực {item.field}" if item.field else _NO_FIELD


_LEVELS: dict[Grouping, tuple[str, ...]] = {
    Grouping.NONE: (),
    Grouping.KIND: ("kind",),
    Grouping.TIER: ("tier",),
    Grouping.FIELD: ("field",),
    Grouping.KIND_FIELD: ("kind", "field"),
    Grouping.TIER_FIELD: ("tier", "field"),
}
