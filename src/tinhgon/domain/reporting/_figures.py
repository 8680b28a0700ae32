from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from ._fact import Counts, Fact, Reviewed

_ONE, _NOTHING = Decimal(1), Decimal(0)
Amount = Callable[[Fact], Decimal]
"""What a procedure adds to a figure; nothing where it does not belong to it."""


class Unit(StrEnum):
    PROCEDURES = auto()
    DONG = auto()
    """Đồng a year."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that adds up: its key in addresses and files, its words, and what a fact adds."""

    key: str
    words: str
    adds: Amount
    unit: Unit = Unit.PROCEDURES

    def of(self, facts: Iterable[Fact]) -> Decimal:
        return sum((self.adds(fact) for fact in facts), _NOTHING)

    def rows(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield the facts behind the figure: what they add is the figure."""
        return (fact for fact in facts if self.adds(fact))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of two counts by their keys; the words say what is divided by what."""

    key: str
    words: str
    part: str
    whole: str


def _where(condition: Callable[[Fact], bool]) -> Amount:
    return lambda fact: _ONE if condition(fact) else _NOTHING


def _published(fact: Fact) -> bool:
    return fact.published is not None


def _of_level(level: str) -> Amount:
    return _where(lambda fact: _published(fact) and fact.level == level)


def _counting(*kinds: Counts) -> Amount:
    return _where(lambda fact: fact.counts in kinds)


COUNTS: Mapping[str, Count] = {
    each.key: each
    for each in (
        Count("cong-bo", "TTHC nội bộ đã công bố", _where(_published)),
        Count(
            "loai-a",
            "giữa các cơ quan hành chính nhà nước",
            _where(lambda fact: _published(fact) and fact.is_between),
        ),
        Count(
            "loai-b",
            "trong nội bộ từng cơ quan",
            _where(lambda fact: _published(fact) and not fact.is_between),
        ),
        Count("cap-tinh", "cấp tỉnh", _of_level("province")),
        Count("cap-huyen", "cấp huyện", _of_level("district")),
        Count("cap-xa", "cấp xã", _of_level("commune")),
        Count(
            "bo-sung",
            "công bố bổ sung",
            _where(lambda fact: _published(fact) and fact.is_supplementary),
        ),
        Count(
            "con-hieu-luc",
            "còn hiệu lực",
            _where(lambda fact: _published(fact) and fact.is_in_force),
        ),
        Count("pham-vi", "thuộc phạm vi rà soát", _where(lambda fact: fact.is_listed)),
        Count("ra-soat", "đã rà soát", _where(lambda fact: fact.is_reviewed)),
        Count("co-phuong-an", "có phương án", _where(lambda fact: fact.is_planned)),
        Count(
            "phe-duyet", "đã phê duyệt phương án", _where(lambda fact: fact.approved is not None)
        ),
        Count("bai-bo", "bãi bỏ", _counting(Counts.ABOLISHED)),
        Count("gop", "gộp", _counting(Counts.MERGED)),
        Count("don-gian-hoa", "đơn giản hóa", _counting(Counts.SIMPLIFIED)),
        Count("cat-giam", "cắt giảm (bãi bỏ, gộp)", _counting(Counts.ABOLISHED, Counts.MERGED)),
        Count("cat-giam-don-gian-hoa", "cắt giảm, đơn giản hóa", _counting(*Counts)),
        Count(
            "chi-phi-truoc",
            "chi phí tuân thủ trước",
            lambda fact: fact.before or _NOTHING,
            Unit.DONG,
        ),
        Count("tiet-kiem", "chi phí tiết kiệm", lambda fact: fact.saved, Unit.DONG),
        Count(
            "chi-phi-sau",
            "chi phí tuân thủ sau",
            lambda fact: fact.after or _NOTHING,
            Unit.DONG,
        ),
        Count("thuc-thi", "đã thực thi", _where(lambda fact: fact.is_carried_out)),
        Count(
            "chua-thuc-thi",
            "chưa thực thi",
            _where(lambda fact: fact.counts is not None and not fact.is_carried_out),
        ),
        Count(
            "chua-tinh",
            "chưa tính chi phí",
            _where(lambda fact: fact.is_listed and fact.before is None),
        ),
    )
}

RATIOS: Mapping[str, Ratio] = {
    each.key: each
    for each in (
        Ratio("ty-le-ra-soat", "tỷ lệ rà soát", "ra-soat", "cong-bo"),
        Ratio("k1", "tỷ lệ cắt giảm TTHC (K1)", "cat-giam", "pham-vi"),
        Ratio("k2", "tỷ lệ cắt giảm, đơn giản hóa TTHC (K2)", "cat-giam-don-gian-hoa", "pham-vi"),
        Ratio("c", "tỷ lệ cắt giảm chi phí tuân thủ (C)", "tiet-kiem", "chi-phi-truoc"),
        Ratio("ty-le-thuc-thi", "tỷ lệ thực thi", "thuc-thi", "cat-giam-don-gian-hoa"),
    )
}

_ROUND = "ra-soat-"


def round_counts(facts: Iterable[Fact]) -> list[Count]:
    """Return "đã rà soát lần 1", "lần 2" … for the rounds that the facts name, in their order."""
    rounds = {each.round: each for fact in facts for each in fact.reviews}
    ordered = sorted(rounds.values(), key=lambda each: (each.order, each.round))
    return [_round_count(each) for each in ordered]


def _round_count(asked: Reviewed) -> Count:
    def adds(fact: Fact) -> Decimal:
        done = any(each.round == asked.round and each.outcome for each in fact.reviews)
        return _ONE if done else _NOTHING

    return Count(f"{_ROUND}{asked.round}", f"đã rà soát {asked.name}", adds)


def count_for(key: str, facts: Iterable[Fact]) -> Count | None:
    """Return the figure with this key, also of a round that the facts name; None for none."""
    if found := COUNTS.get(key):
        return found
    return next((each for each in round_counts(facts) if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted of a set of facts: figures by key, in the order of the table."""

    numbers: Mapping[str, Decimal]

    def share(self, key: str) -> Decimal | None:
        """Return a ratio by its key; None where there is nothing to divide by."""
        ratio = RATIOS[key]
        whole = self.numbers[ratio.whole]
        return self.numbers[ratio.part] / whole if whole else None


def line_of(facts: Sequence[Fact], rounds: Iterable[Count] = ()) -> Line:
    """Return every figure of these facts, those of the given rounds among them."""
    counts = [*COUNTS.values(), *rounds]
    return Line({each.key: each.of(facts) for each in counts})
