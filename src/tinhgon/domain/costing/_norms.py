"""Norms as dated data: the hourly value, starting minutes, the spread of unsure figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any

from tinhgon.domain.vntext import format_number, nfc, same_spelling

from ._enums import Complexity, Confidence, RowGroup
from ._model import HourlyValue

_MINUTES_AN_HOUR = 60


@cache
def hourly_values() -> tuple[HourlyValue, ...]:
    """
    Return the hourly values that the software ships with, the oldest first.

    Those of the method are rounded to whole đồng, as people write them; the rate of an official's
    pay is there for comparison only and not standard.
    """
    norms = _toml("hourly_values")
    found = [_of_gdp(norms, row) for row in norms["gdp"]]
    found += [
        HourlyValue(
            row["id"],
            row["name"],
            Decimal(row["value"]),
            row["from"],
            row["source"],
            row["formula"],
            is_standard=False,
            is_verified=row["verified"],
        )
        for row in norms["other"]
    ]
    return tuple(sorted(found, key=lambda value: value.since))


def hourly_of_gdp(per_head: Decimal) -> Decimal:
    """Return the hourly value in whole đồng that follows from GDP per head in đồng a year."""
    norms = _toml("hourly_values")
    hours: int = norms["months"] * norms["days"] * norms["hours"]
    return (per_head / hours).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def hourly_value_on(day: date, *, of: tuple[HourlyValue, ...] = ()) -> HourlyValue | None:
    """Return the standard value that a calculation of that day takes; None before the first."""
    known = sorted(of or hourly_values(), key=lambda value: value.since)
    standard = [value for value in known if value.is_standard and value.since <= day]
    return standard[-1] if standard else None


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of work with its starting minutes, and the words by which a step or paper is known."""

    id: str
    name: str
    group: RowGroup
    minutes: Mapping[Complexity, int]
    words: tuple[str, ...]

    def hours(self, complexity: Complexity) -> Decimal:
        """Return the starting hours, to four decimals."""
        return round(Decimal(self.minutes[complexity]) / _MINUTES_AN_HOUR, 4)


@cache
def activities() -> Mapping[str, Activity]:
    """Return the kinds of work by their id."""
    return {
        row["id"]: Activity(
            row["id"],
            row["name"],
            RowGroup(row["group"]),
            dict(zip(Complexity, row["minutes"], strict=True)),
            tuple(plain_words(words) for words in row["words"]),
        )
        for row in _toml("minutes")["activity"]
    }


def plain_words(text: str) -> str:
    """Return the words alone, with tones, a space at both ends: what whole words are found in."""
    return f" {' '.join(_WORD.findall(same_spelling(nfc(text).lower())))} "


_WORD = re.compile(r"[^\W_]+")


def minutes_citation() -> str:
    """Return where the starting minutes come from."""
    return str(_toml("minutes")["citation"])


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a figure may lie below and above what was given, as a share of it."""

    below: Decimal
    above: Decimal


@cache
def spreads() -> Mapping[Confidence, Spread]:
    norms = _toml("spreads")
    return {
        each: Spread(
            Decimal(norms[each]["below"]).scaleb(-2), Decimal(norms[each]["above"]).scaleb(-2)
        )
        for each in Confidence
    }


def method_citation() -> str:
    """Return the article that sets the method."""
    return str(_toml("hourly_values")["citation"])


def _of_gdp(norms: Mapping[str, Any], row: Mapping[str, Any]) -> HourlyValue:
    per_head = Decimal(row["per_head"])
    return HourlyValue(
        f"gdp-{row['year']}",
        f"Theo GDP bình quân đầu người năm {row['year']}",
        hourly_of_gdp(per_head),
        row["from"],
        row["source"],
        norms["formula"].format(gdp=format_number(per_head)),
        is_verified=row["verified"],
    )


@cache
def _toml(name: str) -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath(f"norms/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
