from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date

_FORM = re.compile(
    r"\s*(?:ngày\s+)?(\d{1,2})(?:\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})"
    r"|\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))\s*",
    re.IGNORECASE,
)
_LAST_PADDED_MONTH = 2
_MONTHS = 12

# A deadline or the day of a letter outside of these is a slip of the pen, and arithmetic with it
# may leave the calendar.
_FIRST_YEAR, _LAST_YEAR = 1945, 2199


class DateError(ValueError):
    """A text is not a date; the message is in Vietnamese, for the one who typed it."""


class NotADate(DateError):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text.strip()}” không phải là ngày. Hãy nhập theo dạng 01/7/2024.")


class NoSuchDate(DateError):
    """The text has the form of a date, but the calendar has no such day."""

    def __init__(self, day: int, month: int, year: int) -> None:
        super().__init__(f"Không có ngày {day:02d}/{month}/{year}: {_fault(month, year)}.")


def format_date(d: date) -> str:
    """Return the date as 01/7/2024: in the month a zero stands only before 1 and 2 (NĐ 30/2020)."""
    month = f"{d.month:02d}" if d.month <= _LAST_PADDED_MONTH else str(d.month)
    return f"{d.day:02d}/{month}/{d.year:04d}"


def is_plausible(d: date) -> bool:
    """Return whether a paper of the administration may name the day: from 1945 to 2199."""
    return _FIRST_YEAR <= d.year <= _LAST_YEAR


def parse_date(text: str) -> date:
    """
    Read 1/7/2024, 01-07-2024, 01.7.2024 or "ngày 01 tháng 7 năm 2024", with spaces around.

    :raises NotADate: if the text has another form.
    :raises NoSuchDate: if there is no such day, as 31/6/2024.
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise NotADate(text)
    day, month, year = (int(n) for n in (form[1], form[3] or form[5], form[4] or form[6]))
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDate(day, month, year) from None


def _fault(month: int, year: int) -> str:
    if not 1 <= year <= MAXYEAR:
        return "năm phải từ 1 trở lên"
    if not 1 <= month <= _MONTHS:
        return "một năm có 12 tháng"
    return f"tháng {month} năm {year} có {monthrange(year, month)[1]} ngày"
