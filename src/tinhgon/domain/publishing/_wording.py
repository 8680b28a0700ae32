"""Words of decisions that the law or the organisation of the State may change: dated data."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


def default_bases(day: date) -> tuple[str, ...]:
    """Return the legal bases, in force on `day`, that a decision opens with at first."""
    return tuple(row["text"] for row in _rows("basis", day))


def control_agency(day: date) -> str:
    """Return the central agency that controls procedures on the day, as recipients name it."""
    return _only("control", day)


def disclosure_days(day: date) -> str:
    """Return within how many working days what is published is made public, in figures."""
    return _only("disclosure", day)


def executors(day: date, level: str) -> str:
    """
    Return who carries out decisions of a committee of the level, "" for another agency.

    "{unit}" in it stands for the kind of the unit.
    """
    return _of_level("executors", day, level)


def office_of(day: date, level: str, unit: str) -> str:
    """Return the office that serves a committee of the level and kind of unit; "" for none."""
    return _of_level("office", day, level).format(unit=unit)


def _of_level(table: str, day: date, level: str) -> str:
    return next((str(row["text"]) for row in _rows(table, day) if row["level"] == level), "")


def _only(table: str, day: date) -> str:
    return next((str(row["text"]) for row in _rows(table, day)), "")


def _rows(table: str, day: date) -> list[dict[str, Any]]:
    return [
        row for row in _tables()[table] if row["from"] <= day and day < row.get("until", date.max)
    ]


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    text = resources.files(__package__).joinpath("wording.toml").read_text("utf-8")
    return tomllib.loads(text)
