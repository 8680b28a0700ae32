"""
Deadlines in words: "trước ngày 01/7/2024", "trong quý I/2026", "định kỳ hằng quý", "trong 05 ngày
làm việc kể từ …".

`Due.day` is the day named in the words; whether it is itself still in time is told by `Due.kind`,
and which working day that
means is the business of the calendar.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ._recurring import HOUR, recurring, whole_word
from ._words import fold


class Wording(StrEnum):
    """What kind of phrase tells the time; `domain.deadlines` knows those that bind."""

    BEFORE = "before"  # trước ngày 01/7/2024: finished the day before
    BY = "by"  # chậm nhất ngày, đến hết ngày, ngày: the day itself is in time
    WITHIN = "within"  # trong 05 ngày làm việc kể từ …
    IN_MONTH = "in_month"
    IN_QUARTER = "in_quarter"
    IN_YEAR = "in_year"
    PERIODIC_REPORT = "periodic_report"  # tại báo cáo công tác … năm 2024
    RECURRING = "recurring"
    AFTER_EVENT = "after_event"  # sau khi … ban hành
    AS_ELSEWHERE = "as_elsewhere"  # theo thời gian tại khoản 1
    OPEN = "open"  # năm 2025 và các năm tiếp theo
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Within:
    """A period: `count` of `unit` ("ngày", "ngày làm việc", "tháng", …) from `event` on."""

    count: int
    unit: str
    event: str


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline found in a text, from `start` to `end`."""

    text: str
    start: int
    end: int
    kind: Wording
    day: date | None = None
    within: Within | None = None
    recurrence: str | None = None
    firm: bool = (
        True  # the words alone make it a deadline; if not, a word of completion must stand by
    )
    point: str | None = None  # "1" in "theo thời gian tại khoản 1"


_D = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})(?:\s*[/.\-]\s*(?P<y>\d{4}))?(?!\d)"
_DL = r"(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})(?:\s*năm\s*(?P<y>\d{4}))?"
_LEAD = (
    r"(?:trước|chậm\s+nhất(?:\s+(?:là\s+)?(?:đến(?:\s+hết)?|trước|vào|trong))?(?:\s+là)?"
    r"|muộn\s+nhất(?:\s+là)?(?:\s+vào)?|không\s+(?:quá|muộn\s+hơn)"
    r"|(?:từ\s+nay\s+)?đến\s+hết|hết|đến|vào|hạn\s+(?:chót|cuối)(?:\s+là)?|trong)"
)
_YEAR = r"(?P<y>\d{4})"
_MONTH_YEAR = rf"tháng\s*(?P<m>\d{{1,2}})\s*(?:/|-|năm)\s*{_YEAR}"
_JOINT = r"\s*(?:,|và|-|–|đến(?:\s+hết)?)\s*"
# "tháng 3, tháng 4/2024" and "quý I, II/2026": the last one named is the one to finish in
_OF_YEAR = r"(?:\s*(?:/|-|năm)\s*\d{4})?"
_EARLIER_MONTHS = rf"(?:(?:từ\s+)?tháng\s*\d{{1,2}}{_OF_YEAR}{_JOINT}(?=tháng))*"
_EARLIER_QUARTERS = rf"(?:(?:từ\s+)?qu[ýí]\s*(?:iv|i{{1,3}}|[1-4]){_OF_YEAR}{_JOINT}(?=qu[ýí]))*"
_QUARTER = (
    rf"qu[ýí]\s*(?:(?:iv|i{{1,3}}|[1-4]){_JOINT})*(?P<q>iv|i{{1,3}}|[1-4])\s*(?:/|-|năm)\s*{_YEAR}"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_STRENGTH = re.compile(r"trước")


def _day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None for one that does not exist (31/6)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date | None:
    return _day(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _named_day(m: re.Match[str], issued: date | None) -> date | None:
    """
    Return the day of a match; a year left out is the letter's, or the next one for a day already
    past.
    """
    if m["y"]:
        return _day(int(m["y"]), int(m["m"]), int(m["d"]))
    if issued is None:
        return None
    day = _day(issued.year, int(m["m"]), int(m["d"]))
    return _day(issued.year + 1, int(m["m"]), int(m["d"])) if day and day < issued else day


Maker = Callable[[re.Match[str], "date | None"], "dict[str, object]"]


def _on_day(m: re.Match[str], issued: date | None) -> dict[str, object]:
    strictly = bool(_STRENGTH.search(m["lead"] or "")) and "chậm nhất" not in m["lead"]
    day = _named_day(m, issued)
    lead = (m["lead"] or "").strip()
    # "vào ngày X" tells of an event; a day still to come is one to work to.
    to_come = lead == "vào" and day is not None and issued is not None and day > issued
    firm = to_come or lead not in ("", "đến", "vào", "hết", "trong")
    return {
        "kind": Wording.BEFORE if strictly else Wording.BY,
        "day": day,
        "firm": firm,
    }


def _on_range(m: re.Match[str], issued: date | None) -> dict[str, object]:
    return {"kind": Wording.BY, "day": _named_day(m, issued), "firm": bool(m["trong"])}


def _year(m: re.Match[str], month: int, issued: date | None) -> int | None:
    """Return the year named, else that of the letter, or the next one for a month already past."""
    if "y" in m.re.groupindex and m["y"]:
        return int(m["y"])
    if issued is None:
        return None
    return issued.year if month >= issued.month else issued.year + 1


def _half_year(m: re.Match[str], _: date | None) -> dict[str, object]:
    return {"kind": Wording.BY, "day": date(int(m["y"]), 6, 30), "firm": False}


def _in_month(m: re.Match[str], issued: date | None) -> dict[str, object]:
    month = int(m["m"])
    year = _year(m, month, issued)
    if year is None:
        return {"kind": Wording.IN_MONTH, "day": None, "firm": False}
    if _STRENGTH.search(m["lead"] or "") and "cuối" not in m[0]:
        return {"kind": Wording.BEFORE, "day": _day(year, month, 1) if 1 <= month <= 12 else None}
    return {"kind": Wording.IN_MONTH, "day": _end_of_month(year, month), "firm": False}


def _in_quarter(m: re.Match[str], issued: date | None) -> dict[str, object]:
    last_month = (_ROMAN.get(m["q"]) or int(m["q"])) * 3
    year = _year(m, last_month, issued)
    day = _end_of_month(year, last_month) if year else None
    return {"kind": Wording.IN_QUARTER, "day": day, "firm": False}


def _in_year(m: re.Match[str], _: date | None) -> dict[str, object]:
    return {"kind": Wording.IN_YEAR, "day": date(int(m["y2"] or m["y"]), 12, 31), "firm": False}


def _open(_: re.Match[str], __: date | None) -> dict[str, object]:
    return {"kind": Wording.OPEN, "firm": False}


def _within(m: re.Match[str], _: date | None) -> dict[str, object]:
    return {"kind": Wording.WITHIN, "within": Within(int(m["n"]), m["unit"], m["event"].strip())}


def _elsewhere(m: re.Match[str], _: date | None) -> dict[str, object]:
    return {"kind": Wording.AS_ELSEWHERE, "point": m["point"]}


def _after(_: re.Match[str], __: date | None) -> dict[str, object]:
    return {"kind": Wording.AFTER_EVENT}


def _vehicle(_: re.Match[str], __: date | None) -> dict[str, object]:
    return {"kind": Wording.PERIODIC_REPORT}


_CALENDAR = r"\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)?(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?"
_RANGE = (
    rf"(?P<trong>trong\s+)?(?:tuần\s+|thời\s+gian\s+)?(?:từ\s+)?ngày\s+{_CALENDAR}"
    r"\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?"
)
_PERIOD = (
    r"(?:chậm\s+nhất\s+(?:là\s+|sau\s+)?)?(?:trong\s+)?"
    r"(?:thời\s+(?:gian|hạn)\s+|vòng\s+|không\s+quá\s+)?(?P<n>\d{1,3})\s*(?:\(\w+\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|tháng|tuần|giờ)\s*,?\s*"
    r"(?P<event>(?:kể\s+từ|từ|sau|trước)\s+(?:ngày|khi|thời\s+điểm)"
    r"(?:(?!\s(?:phải|để|và\s+(?:gửi|báo\s+cáo|nộp|trình|đồng\s+thời|thông\s+báo|công\s+khai))\b)[^,;.])*)"
)
_POINTED = (
    r"theo\s+(?:đúng\s+)?(?:thời\s+(?:gian|hạn)|tiến\s+độ)\s+(?:được\s+)?(?:nêu\s+|quy\s+định\s+)?"
    r"tại\s+(?:khoản|điểm|mục)\s+(?P<point>\w+)"
    r"(?:\s+(?:công\s+văn|thông\s+báo|văn\s+bản|chỉ\s+thị)\s+này)?"
)
_IN_REPORT = (
    r"(?:tại|trong|lồng\s+ghép\s+(?:vào|trong))\s+(?:các\s+)?"
    r"báo\s+cáo\s+(?!của|này|nêu|số|trên)[^,;.()]*"
)
_ONWARDS = (
    r"(?:trong\s+)?(?:từ\s+)?(?:qu[ýí]\s+\w+\s+|tháng\s+\d+\s+)?năm\s+\d{4}\s*"
    r"(?:,?\s*và\s+(?:những|các)\s+năm\s+tiếp\s+theo|trở\s+đi|và\s+hằng\s+năm)"
)
_EVENT = (
    r"(?:ngay\s+)?(?:sau\s+khi|khi)\s+[^;.()]{0,120}?"
    r"(?:ban\s+hành|phê\s+duyệt|thông\s+qua|có\s+hiệu\s+lực)[^;.()]*"
)
_BARE_LEAD = r"(?P<lead>(?:trong|trước|hết|đến\s+hết|chậm\s+nhất(?:\s+là)?(?:\s+trong)?)\s+)"
_NO_YEAR = r"(?!\s*(?:/|-|–|năm)?\s*\d)(?!\w)"
_YEARS = rf"(?:cuối\s+)?năm\s+{_YEAR}(?:\s*[-–]\s*(?P<y2>\d{{4}}))?"

# In this order: what an earlier rule has read is not read again by a later one.
_RULES: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (_PERIOD, _within),
        (_POINTED, _elsewhere),
        (_IN_REPORT, _vehicle),
        (_RANGE + _D, _on_range),
        (_RANGE + _DL, _on_range),
        (rf"(?P<lead>{_LEAD}\s+){HOUR}(?:ngày\s+)?{_D}", _on_day),
        (rf"(?P<lead>{_LEAD}\s+){HOUR}ngày\s+{_DL}", _on_day),
        (rf"(?P<lead>){HOUR}ngày\s+{_D}", _on_day),
        (rf"(?P<lead>){HOUR}ngày\s+{_DL}", _on_day),
        (_ONWARDS, _open),
        (rf"(?P<lead>{_LEAD}\s+)?{_EARLIER_MONTHS}(?:cuối\s+)?{_MONTH_YEAR}", _in_month),
        (rf"(?P<lead>{_LEAD}\s+)?{_EARLIER_QUARTERS}(?:cuối\s+)?{_QUARTER}", _in_quarter),
        (rf"{_BARE_LEAD}tháng\s*(?P<m>\d{{1,2}}){_NO_YEAR}", _in_month),
        (rf"{_BARE_LEAD}qu[ýí]\s*(?P<q>iv|i{{1,3}}|[1-4]){_NO_YEAR}", _in_quarter),
        (rf"(?P<lead>trong\s+)?(?:06|6|sáu)\s+tháng\s+đầu\s+năm\s+{_YEAR}", _half_year),
        (rf"(?P<lead>{_LEAD}\s+)(?:giai\s+đoạn\s+)?{_YEARS}", _in_year),
        (rf"(?P<lead>){_YEARS}", _in_year),
        (_EVENT, _after),
    )
)


def dues(text: str, issued: date | None = None) -> list[Due]:
    """
    Return the deadlines in `text` in order; `issued` is the day of the letter, for dates without
    a year.
    """
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    found: list[Due] = []
    for due in [*_again(text, folded), *_by_rules(text, folded, issued)]:
        if all(due.end <= start or due.start >= end for start, end in taken):
            taken.append((due.start, due.end))
            found.append(due)
    return sorted(found, key=lambda due: due.start)


def _by_rules(text: str, folded: str, issued: date | None) -> Iterator[Due]:
    for pattern, maker in _RULES:
        for m in pattern.finditer(folded):
            if not whole_word(folded, m.start()):
                continue
            end = m.start() + len(m[0].rstrip())
            yield Due(text[m.start() : end], m.start(), end, **maker(m, issued))  # type: ignore[arg-type]


def _again(text: str, folded: str) -> Iterator[Due]:
    for start, end, recurrence in recurring(folded):
        yield Due(text[start:end], start, end, Wording.RECURRING, recurrence=recurrence)
