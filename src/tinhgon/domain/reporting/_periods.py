from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from functools import cache
from importlib import resources
from typing import Any

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = 12


class Cycle(StrEnum):
    """How often a periodic report is due."""

    QUARTER = auto()
    HALF = auto()
    YEAR = auto()


class Tier(StrEnum):
    """Who sends, as the days of sending tell them apart."""

    COMMUNE = auto()
    DISTRICT = auto()
    DEPARTMENT = auto()
    PROVINCE = auto()
    """The report of the whole province."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule stands, and whether somebody compared it with its source."""

    citation: str
    is_verified: bool

    def __str__(self) -> str:
        return self.citation if self.is_verified else f"{self.citation} (chưa đối chiếu)"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who receives the report of a province that goes up from `starts_on` on."""

    name: str
    starts_on: date
    basis: Basis


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the narrative."""

    key: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Periodic:
    """
    A periodic report: figures count from `from_on` to `to_on`, both included.

    `due_on` is the last day in time of each tier. It does not move when it is a day off: what is
    named is a day, not a term (`deadlines.last_working_day` tells the last working day before it).
    """

    name: str
    from_on: date
    to_on: date
    due_on: Mapping[Tier, date]
    addressee: Addressee
    cut_off: Basis
    sending: Basis


@dataclass(frozen=True, slots=True)
class _CutOff:
    months: int
    first_day: int
    last_day: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules for periodic reports, as `periods.toml` beside this module has them."""

    cut_offs: Mapping[Cycle, _CutOff]
    sending: Mapping[Tier, tuple[int, Basis]]
    addressees: tuple[Addressee, ...]
    sections: tuple[Section, ...]

    def count(self, cycle: Cycle) -> int:
        """Return how many such periods a year has."""
        return _MONTHS // self.cut_offs[cycle].months

    def addressee_on(self, day: date) -> Addressee:
        """
        Return who receives what goes up on the day.

        :raises ValueError: for a day before the first rule.
        """
        found = [each for each in self.addressees if each.starts_on <= day]
        if not found:
            raise ValueError(f"nobody is known to receive reports on {day.isoformat()}")
        return max(found, key=lambda each: each.starts_on)

    def next_due(self, today: date) -> tuple[Cycle, int, int]:
        """Return cycle, year and number of what goes up next: the longest that is due that day."""
        found = [
            (self.periodic(cycle, year, number).due_on[Tier.PROVINCE], cycle, year, number)
            for cycle in (Cycle.YEAR, Cycle.HALF, Cycle.QUARTER)
            for year in (today.year, today.year + 1)
            for number in range(1, self.count(cycle) + 1)
        ]
        ahead = (each for each in found if each[0] >= today)
        _, cycle, year, number = min(ahead, key=lambda each: each[0])  # the first of equals
        return cycle, year, number

    def periodic(self, cycle: Cycle, year: int, number: int = 1) -> Periodic:
        """
        Return the report of a quarter (1–4), half (1–2) or the year.

        :raises ValueError: for another number, or a year without rules.
        """
        if not 1 <= number <= self.count(cycle):
            raise ValueError(f"there is no {cycle} number {number}")
        rule = self.cut_offs[cycle]
        last = rule.months * number
        before = last - rule.months
        start = (year - 1, _MONTHS) if before == 0 else (year, before)
        due_on = {tier: date(year, last, day) for tier, (day, _) in self.sending.items()}
        return Periodic(
            name=f"Báo cáo công tác kiểm soát thủ tục hành chính {_words(cycle, year, number)}",
            from_on=date(*start, rule.first_day),
            to_on=date(year, last, rule.last_day),
            due_on=due_on,
            addressee=self.addressee_on(due_on[Tier.PROVINCE]),
            cut_off=rule.basis,
            sending=self.sending[Tier.PROVINCE][1],
        )


def _words(cycle: Cycle, year: int, number: int) -> str:
    match cycle:
        case Cycle.QUARTER:
            return f"quý {_ROMAN[number - 1]} năm {year}"
        case Cycle.HALF:
            return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
        case Cycle.YEAR:
            return f"năm {year}"


@cache
def seed_regime() -> Regime:
    """Return the rules that ship with the software."""
    return read_regime(resources.files(__package__).joinpath("periods.toml").read_bytes())


def read_regime(data: bytes) -> Regime:
    """
    Read rules from TOML (UTF-8), as `periods.toml` beside this module.

    :raises ValueError: if a cycle, a tier or a field is missing or unknown.
    """
    table = tomllib.loads(data.decode())
    try:
        regime = Regime(
            cut_offs={Cycle(row["kind"]): _cut_off(row) for row in table["cut_off"]},
            sending={Tier(row["tier"]): (row["day"], _basis(row)) for row in table["sending"]},
            addressees=tuple(
                Addressee(row["name"], row["from"], _basis(row)) for row in table["addressee"]
            ),
            sections=tuple(
                Section(row["key"], row["title"], row.get("hint", "")) for row in table["section"]
            ),
        )
    except KeyError as e:
        raise ValueError(f"rules for reports without {e.args[0]}") from e
    if set(regime.cut_offs) != set(Cycle) or set(regime.sending) != set(Tier):
        raise ValueError("rules for reports name each cycle and each tier")
    return regime


def _cut_off(row: Mapping[str, Any]) -> _CutOff:
    if _MONTHS % row["months"]:
        raise ValueError("a year is no multiple of the period")
    return _CutOff(row["months"], row["first_day"], row["last_day"], _basis(row))


def _basis(row: Mapping[str, Any]) -> Basis:
    return Basis(row["citation"], row["verified"])
