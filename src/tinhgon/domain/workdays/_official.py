from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.metadata import version

import holidays

from ._calendar import WorkCalendar

_CULTURE_DAY = (11, 24)
_CULTURE_DAY_SINCE = 2026


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day that departs from the week: `reason` and `source` in Vietnamese, for the calendar."""

    date: date
    is_working: bool
    reason: str
    source: str


def seed_days(first_year: int, last_year: int, *, culture_day: bool = True) -> list[DayEntry]:
    """
    Return the public holidays and swapped days of these years (both included), by date.

    Our own table `days.toml` decides the days it names; the rest comes from the `holidays`
    package. Both are what was known when the software was made: each year's Tết and 2/9 are set
    by the Prime Minister (Labour Code 2019, Art. 112(3)), so the office checks and edits them.

    :param culture_day: whether 24/11 (Ngày Văn hóa Việt Nam) is off from 2026 on. The amendment of
        Art. 112 was ordered on 26/02/2026; an office that waits for it to be in force says False.
    :raises ValueError: if the years are in the wrong order.
    """
    if first_year > last_year:
        raise ValueError(f"{first_year} is after {last_year}")
    years = range(first_year, last_year + 1)
    days = {entry.date: entry for entry in _from_package(years)}
    days.update((day, entry) for day, entry in _own_table().items() if day.year in years)
    kept = (days[day] for day in sorted(days))
    return [entry for entry in kept if culture_day or not _is_culture_day(entry.date)]


def official_calendar(years: Iterable[int], *, culture_day: bool = True) -> WorkCalendar:
    """Return the calendar of `seed_days` for these years; other years count as plain weeks."""
    return WorkCalendar.from_days(
        entry for year in set(years) for entry in seed_days(year, year, culture_day=culture_day)
    )


def _is_culture_day(day: date) -> bool:
    return (day.month, day.day) == _CULTURE_DAY and day.year >= _CULTURE_DAY_SINCE


def _from_package(years: range) -> Iterator[DayEntry]:
    source = f"Dữ liệu ngày lễ Việt Nam (holidays {version('holidays')})"
    vietnam = holidays.country_holidays("VN", years=years, language="vi")
    yield from (
        DayEntry(day, is_working=False, reason=name, source=source)
        for day, name in vietnam.items()
        if day.year in years
    )
    yield from (
        DayEntry(day, is_working=True, reason="Làm bù ngày hoán đổi", source=source)
        for day in vietnam.weekend_workdays
        if day.year in years
    )


@cache
def _own_table() -> Mapping[date, DayEntry]:
    data = resources.files(__package__).joinpath("days.toml").read_bytes()
    return {entry.date: entry for entry in read_days(data)}


def read_days(data: bytes) -> list[DayEntry]:
    """
    Read days from TOML (UTF-8), as `days.toml` beside this module.

    :raises ValueError: if a field is missing or of another type, or a day comes twice.
    """
    days: dict[date, DayEntry] = {}
    for row in tomllib.loads(data.decode()).get("day", []):
        match row:
            case {
                "date": date() as day,
                "working": bool() as working,
                "reason": str() as reason,
                "source": str() as source,
            } if type(day) is date and day not in days:
                days[day] = DayEntry(day, working, reason, source)
            case _:
                raise ValueError(f"not a day, or a day that comes twice: {row}")
    return list(days.values())
