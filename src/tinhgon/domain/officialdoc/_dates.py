"""The line of place and day: "Lạng Sơn, ngày 02 tháng 01 năm 2024", also with blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ._phrases import fold

_BLANK = r"[\s.…_]*"
_DATE = re.compile(
    rf"ngay{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}thang{_BLANK}(?P<month>\d{{1,2}})?{_BLANK}"
    rf"nam{_BLANK}(?P<year>\d{{4}}|20{_BLANK})?{_BLANK}$"
)
_MAX_PLACE = 45


@dataclass(frozen=True, slots=True)
class PlaceAndDay:
    """What the line says; `day` is None where a part is blank or the day is in no calendar."""

    place: str | None
    day: date | None
    text: str
    impossible: bool = False
    month: int | None = None
    year: int | None = None

    def with_day(self, day: int) -> date | None:
        """Return the date with a day that stands elsewhere, None when month or year is blank."""
        try:
            return date(self.year or 0, self.month or 0, day)
        except ValueError:
            return None


def read_place_and_day(text: str) -> PlaceAndDay | None:
    """Return place and day when the text is such a line and nothing else."""
    folded = fold(text)
    found = _DATE.search(folded.rstrip(" ."))
    if not found:
        return None
    before = text[: found.start()].strip()
    if len(before) > _MAX_PLACE or any(c.isdigit() for c in before) or ":" in before:
        return None
    place = before.rstrip(" ,.;") or None
    if place and not before.endswith((",", ".", ";")) and place != text[: len(place)]:
        return None
    day, month, year = (_whole(found[part]) for part in ("day", "month", "year"))
    year = year if year and year >= 1000 else None
    line = PlaceAndDay(place, None, " ".join(text.split()), month=month, year=year)
    if day is None or month is None or year is None:
        return line
    made = line.with_day(day)
    return replace(line, day=made, impossible=made is None)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None
