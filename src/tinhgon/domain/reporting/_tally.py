"""
What is counted of frozen facts, frozen with them: a page adds up lines, not thousands of facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ._fact import Fact
from ._figures import COUNTS, Count, Line, Unit, round_counts

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a table shows it: its key in addresses, its words, and its unit."""

    key: str
    words: str
    unit: Unit = Unit.PROCEDURES


@dataclass(frozen=True, slots=True)
class Tally:
    """
    The figures of a set of facts by key, with those of the rounds that the facts name.

    `rounds` are the figures of rounds ("đã rà soát lần 1") with their place among rounds; `rows`
    says of amounts in đồng how many facts are behind them.
    """

    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    rounds: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        """Return every figure of the table, nothing where no fact was counted."""
        usual = dict.fromkeys([*COUNTS, *self.rounds], _NOTHING)
        return Line({**usual, **self.numbers})

    @property
    def figures(self) -> list[Shown]:
        """Return the figures in the order of the table, those of rounds after the reviewed."""
        found: list[Shown] = []
        for count in COUNTS.values():
            found.append(Shown(count.key, count.words, count.unit))
            if count.key == "ra-soat":
                ordered = sorted(self.rounds.items(), key=lambda item: (item[1][0], item[0]))
                found += [Shown(key, words) for key, (_, words) in ordered]
        return found

    def facts_behind(self, key: str) -> int:
        """Return how many facts are behind a figure."""
        return self.rows.get(key, int(self.numbers.get(key, _NOTHING)))

    def to_json(self) -> dict[str, Any]:
        """Return plain values; what is nothing is left out."""
        return {
            "numbers": {key: str(number) for key, number in self.numbers.items() if number},
            "rounds": {key: list(each) for key, each in self.rounds.items()},
            "rows": {key: number for key, number in self.rows.items() if number},
        }


def tally(facts: Sequence[Fact]) -> Tally:
    """Count every figure of these facts."""
    by_round = round_counts(facts)
    orders = {each.round: each.order for fact in facts for each in fact.reviews}
    counts = [*COUNTS.values(), *by_round]
    return Tally(
        numbers={each.key: each.of(facts) for each in counts},
        rounds={each.key: (orders[_round(each)], each.words) for each in by_round},
        rows={
            each.key: sum(1 for _ in each.rows(facts)) for each in counts if each.unit is Unit.DONG
        },
    )


def _round(count: Count) -> int:
    return int(count.key.rpartition("-")[2])


def read_tally(data: Mapping[str, Any]) -> Tally:
    """
    Return what `Tally.to_json` wrote.

    :raises KeyError, TypeError, ValueError: if it is something else.
    """
    return Tally(
        numbers={key: Decimal(number) for key, number in data["numbers"].items()},
        rounds={key: (int(order), str(words)) for key, (order, words) in data["rounds"].items()},
        rows={key: int(number) for key, number in data["rows"].items()},
    )


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Return the figures of several sets of facts, none of which shares a fact with another."""
    numbers: dict[str, Decimal] = {}
    rounds: dict[str, tuple[int, str]] = {}
    rows: dict[str, int] = {}
    for each in tallies:
        rounds.update(each.rounds)
        for key, number in each.numbers.items():
            numbers[key] = numbers.get(key, _NOTHING) + number
        for key, some in each.rows.items():
            rows[key] = rows.get(key, 0) + some
    return Tally(numbers, rounds, rows)
