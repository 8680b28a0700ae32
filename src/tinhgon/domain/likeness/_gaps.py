"""What an inventory lacks against a reference list: a ministry's decision, another province's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold

from ._compare import fields_agree, levels_of
from ._explain import LEVELS
from ._index import Index
from ._model import Fingerprint, Match, Verdict
from ._name import read_name

_TWINS = 5


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
    held = list(inventory)
    scope = _Scope(held, levels, fields)
    index = Index(held)
    return [_gap(item, index, scope) for item in reference]


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

    def stands_elsewhere(self, item: Fingerprint, twin: Fingerprint) -> bool:
        """Say whether the twin is on another level: it does not fill the place of the item."""
        wanted = levels_of(item, read_name(item.name))
        there = levels_of(twin, read_name(twin.name))
        return bool(wanted and there and not wanted & there)

    def held_in(self, item: Fingerprint) -> int:
        return sum(n for f, n in self.fields.items() if item.field and fold(f) == fold(item.field))


def _words(levels: frozenset[str]) -> str:
    return ", ".join(words for level, words in LEVELS.items() if level in levels)


def _gap(item: Fingerprint, index: Index, scope: _Scope) -> Gap:
    # The two lists may use the same keys: here only what is in the inventory is looked through.
    matches = index.find(replace(item, key=object()), at_least=Verdict.RELATED, limit=_TWINS)
    twin = next((m for m in matches if not scope.stands_elsewhere(item, m.item)), None)
    score = twin.likeness.score if twin else 0.0
    if twin and twin.likeness.verdict is Verdict.SAME:
        return Gap(item, GapStatus.PRESENT, twin.likeness.reasons, score, twin)
    elsewhere = scope.other_level(item) or scope.other_field(item)
    if elsewhere:
        return Gap(item, GapStatus.NOT_APPLICABLE, (elsewhere,), 0.9, twin)
    if twin and twin.likeness.verdict is Verdict.PROBABLY_SAME:
        return Gap(item, GapStatus.PROBABLY_PRESENT, twin.likeness.reasons, score, twin)
    return Gap(item, GapStatus.MISSING, _why_missing(item, twin, scope), 1 - score / 2, twin)


def _why_missing(item: Fingerprint, twin: Match | None, scope: _Scope) -> tuple[str, ...]:
    reasons = ["danh mục của cơ quan chưa có thủ tục nào trùng với thủ tục này"]
    if twin:
        reasons.append(f"gần nhất là “{twin.item.name}” ({twin.likeness.reasons[0]})")
    held = scope.held_in(item)
    if held:
        reasons.append(f"cơ quan đang có {held} thủ tục cùng lĩnh vực {item.field}")
    return tuple(reasons)
