"""The line of place and day: "Lạng Sơn, ngày 02 tháng 01 năm 2024", also with blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    parts = [found["day"], found["month"], found["year"]]
    printed = " ".join(text.split())
    if not all(part and part.strip().isdigit() for part in parts) or len(parts[2]) != 4:
        return PlaceAndDay(place, None, printed)
    day, month, year = (int(part) for part in parts)
    try:
        return PlaceAndDay(place, date(year, month, day), printed)
    except ValueError:
        return PlaceAndDay(place, None, printed, impossible=True)
