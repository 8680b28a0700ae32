"""What an inventory lacks against a reference list: a ministry's decision, another province's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import cast

from tinhgon.domain.vntext import fold

from ._compare import fields_agree, levels_of
from ._explain import LEVELS
from ._index import Index
from ._model import Fingerprint, Match, Verdict
from ._name import read_name
from ._weights import Weights

_LOOKED_AT = 5


class GapStatus(StrEnum):
    """Whether an inventory has what a reference list has."""

    PRESENT = auto()
    """Đã có."""
    PROBABLY_PRESENT = auto()
    """Có thể đã có, dưới tên khác: a person compares it with the twin."""
    MISSING = auto()
    """Có thể còn sót."""
    NOT_APPLICABLE = auto()
    """Không thuộc cơ quan: of a level or a field that the inventory does not cover."""


@dataclass(frozen=True, slots=True)
class Gap:
    """
    :param twin: what the inventory has in its place, or what comes nearest to it.
    :param confidence: 0 to 1, of the status.
    :param reasons: in Vietnamese, the weightiest first.
    """

    reference: Fingerprint
    status: GapStatus
    reasons: tuple[str, ...]
    confidence: float
    twin: Match | None = None


def find_gaps(
    inventory: Iterable[Fingerprint],
    reference: Iterable[Fingerprint],
    *,
    levels: frozenset[str] = frozenset(),
    fields: frozenset[str] = frozenset(),
) -> list[Gap]:
    """
    Say of each item of the reference list whether the inventory has it, in the order of the list.

    :param levels: the levels at which the agency works; if empty, those its inventory shows. An
        inventory that names no level excludes none.
    :param fields: the fields it answers for, likewise.
    """
    held, wanted = list(inventory), list(reference)
    scope = _Scope(held, levels, fields)
    twins = _Twins(held, wanted)
    return [_gap(at, item, twins, scope) for at, item in enumerate(wanted)]


class _Scope:
    """The levels and fields of an agency."""

    def __init__(
        self, held: list[Fingerprint], levels: frozenset[str], fields: frozenset[str]
    ) -> None:
        shown = [levels_of(item, read_name(item.name)) for item in held]
        self.levels = levels or frozenset().union(*shown)
        self.fields = Counter(item.field for item in held if item.field)
        self._stated = fields

    def other_level(self, item: Fingerprint) -> str:
        """Return why the level of an item is not the agency's; "" if it may be."""
        wanted = levels_of(item, read_name(item.name))
        if not wanted or not self.levels or wanted & self.levels:
            return ""
        return f"thuộc cấp {_words(wanted)}; cơ quan chỉ có thủ tục cấp {_words(self.levels)}"

    def other_field(self, item: Fingerprint) -> str:
        fields = self._stated or frozenset(self.fields)
        if not item.field or not fields or any(fields_agree(item.field, f) for f in fields):
            return ""
        return f"lĩnh vực {item.field} không có trong danh mục của cơ quan"

    def held_in(self, item: Fingerprint) -> int:
        return sum(n for f, n in self.fields.items() if item.field and fold(f) == fold(item.field))


def _words(levels: frozenset[str]) -> str:
    return ", ".join(words for level, words in LEVELS.items() if level in levels)


class _Twins:
    """
    What of one list answers to what of the other, each row to one.

    The lists may use the same keys: here the rows are known by their places.
    """

    def __init__(self, held: list[Fingerprint], wanted: list[Fingerprint]) -> None:
        self._held, self._wanted = held, wanted
        weights = Weights(read_name(item.name) for item in (*held, *wanted))
        self._index = Index(_placed(held, "held"), weights)
        self._wanted_index = Index(_placed(wanted, "wanted"), weights)

    def of(self, item: Fingerprint) -> Match | None:
        """Return what the inventory has in place of an item, or what comes nearest."""
        asked = replace(item, key=None, source=None)
        found = self._index.find(asked, at_least=Verdict.RELATED, limit=_LOOKED_AT)
        return next((m for m in found if not _stand_apart(item, m.item)), None)

    def rival(self, at: int, twin: Match) -> Fingerprint | None:
        """Return the item of the reference list to which the twin answers better, if there is."""
        asked = replace(twin.item, key=None, source=None)
        for match in self._wanted_index.find(asked, at_least=Verdict.PROBABLY_SAME, limit=2):
            rival = self._wanted[_place(match)]
            better = match.likeness.score > twin.likeness.score
            if better and _place(match) != at and not _stand_apart(rival, twin.item):
                return rival
        return None

    def written(self, match: Match) -> Match:
        """Return the match with the row of the inventory as the caller gave it."""
        return replace(match, item=self._held[_place(match)])


_Place = tuple[str, int]


def _placed(items: list[Fingerprint], name: str) -> list[Fingerprint]:
    return [replace(item, key=(name, at), source=None) for at, item in enumerate(items)]


def _place(match: Match) -> int:
    return cast("_Place", match.item.key)[1]


def _stand_apart(item: Fingerprint, twin: Fingerprint) -> bool:
    """Say whether the twin is on another level: it does not fill the place of the item."""
    wanted, there = levels_of(item, read_name(item.name)), levels_of(twin, read_name(twin.name))
    return bool(wanted and there and not wanted & there)


def _gap(at: int, item: Fingerprint, twins: _Twins, scope: _Scope) -> Gap:
    found = twins.of(item)
    twin = twins.written(found) if found else None
    score = twin.likeness.score if twin else 0.0
    if twin and twin.likeness.verdict is Verdict.SAME:
        return Gap(item, GapStatus.PRESENT, twin.likeness.reasons, score, twin)
    elsewhere = scope.other_level(item) or scope.other_field(item)
    if elsewhere:
        return Gap(item, GapStatus.NOT_APPLICABLE, (elsewhere,), 0.9, twin)
    rival = None
    if found and twin and twin.likeness.verdict is Verdict.PROBABLY_SAME:
        rival = twins.rival(at, found)
        if rival is None:
            return Gap(item, GapStatus.PROBABLY_PRESENT, twin.likeness.reasons, score, twin)
    reasons = _why_missing(item, twin, rival, scope)
    return Gap(item, GapStatus.MISSING, reasons, 1 - score / 2, twin)


def _why_missing(
    item: Fingerprint, twin: Match | None, rival: Fingerprint | None, scope: _Scope
) -> tuple[str, ...]:
    reasons = ["danh mục của cơ quan chưa có thủ tục nào trùng với thủ tục này"]
    if twin and rival:
        reasons.append(f"“{twin.item.name}” gần giống, nhưng là của “{rival.name}”")
    elif twin:
        reasons.append(f"gần nhất là “{twin.item.name}” ({twin.likeness.reasons[0]})")
    held = scope.held_in(item)
    if held:
        reasons.append(f"cơ quan đang có {held} thủ tục cùng lĩnh vực {item.field}")
    return tuple(reasons)
