"""Work that comes again: "định kỳ hằng quý", "trước ngày 20 của tháng cuối quý", "02 lần/năm"."""

from __future__ import annotations

import re
from collections.abc import Iterator

HOUR = (
    r"(?:(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{1,2}\s*(?:phút|p|['’′])?)?|cuối\s+giờ(?:\s+làm\s+việc)?)"
    r"\s*(?:(?:buổi\s+)?(?:sáng|trưa|chiều)\b\s*)?,?\s*)?"
)
_PERIODS = (
    ("daily", r"ngày"),
    ("weekly", r"tuần"),
    ("monthly", r"tháng"),
    ("quarterly", r"quý"),
    ("semiannual", r"(?:06|6|sáu)\s+tháng"),
    ("annual", r"năm"),
)
_EVERY = r"(?:hằng|hàng|mỗi)"
_ITEM = (
    r"(?:ngày|tuần|tháng|quý|(?:0?6|sáu)\s+tháng(?:\s+đầu\s+năm)?"
    r"|(?:0?9|chín)\s+tháng|(?:cả\s+)?năm)"
)
_ON_DAY = (
    r"(?:ngày\s+\d{1,2}(?:(?:/|\s+tháng\s+)\d{1,2})?|\d{1,2}/\d{1,2})"
    r"(?:\s*(?:và|,)\s*(?:ngày\s+)?\d{1,2}(?:(?:/|\s+tháng\s+)\d{1,2})?)*\s+(?:của\s+)?"
)
_WEEKDAY = r"(?:ngày\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_BY_THEN = r"(?:trước|vào|chậm\s+nhất(?:\s+(?:là|vào|trước|đến))*)"
_BY_DAY = rf"(?:\s*\({_BY_THEN}\s[^()]*\))"  # "năm (trước ngày 15/12)"
_TIMES = r"(?:/\s*(?:0?1|một)?\s*lần|một\s+lần)"
_RECUR = re.compile(
    # "định kỳ trước ngày 20 hằng tháng", "hằng tháng, quý, 6 tháng, năm"
    rf"(?P<quarter_end>(?:định\s+kỳ\s*,?\s*)?(?:{_BY_THEN}\s+)?ngày\s+\d{{1,2}}\s+(?:của\s+)?tháng\s+"
    rf"(?:cuối|đầu)(?:\s+(?:cùng|tiên))?\s+(?:của\s+)?(?:{_EVERY}\s+)?quý"
    r"(?:\s+(?:sau|tiếp\s+theo|kế\s+tiếp|báo\s+cáo))?)"
    rf"|(?:định\s+kỳ\s*,?\s*)?(?:{_BY_THEN}\s+)?{HOUR}(?:(?:buổi\s+)?(?:sáng|chiều)\s+)?"
    rf"(?:{_ON_DAY}|{_WEEKDAY}\s*,?\s*(?:của\s+)?)?{_EVERY}\s+{_ITEM}{_BY_DAY}?"
    rf"(?:\s*(?:,|và|/|hoặc)\s*(?:{_EVERY}\s+)?{_ITEM}(?!\s*\d){_BY_DAY}?)*"
    rf"(?:\s*,?\s*{_BY_THEN}\s+{HOUR}{_WEEKDAY})?"
    # "định kỳ tháng, quý, năm"
    r"|(?:định\s+kỳ\s*)\(?\s*(?:(?:tháng|quý|tuần)\b(?:\s*,\s*)?)+"
    r"(?:,?\s*(?:06|6|sáu)\s+tháng)?(?:\s*(?:,|và)\s*năm)?"
    # "định kỳ 03 tháng/lần", "06 tháng một lần"
    rf"|định\s+kỳ\s*\(?\s*(?P<n>\d{{1,2}})\s*(?P<u>ngày|tuần|tháng|năm)\s*{_TIMES}?(?:\s*/\s*lần)?"
    rf"(?P<and_year>(?:\s*\([^()]*\))?\s*(?:,|và)\s*(?:cả\s+)?năm(?!\s*\d){_BY_DAY}?)?"
    rf"|(?P<n2>\d{{1,2}})\s*(?P<u2>ngày|tuần|tháng|năm)\s*{_TIMES}"
    # "02 lần/năm"
    r"|(?:định\s+kỳ\s*)?(?P<times>\d{1,2})\s*lần\s*/\s*(?P<u3>tuần|tháng|quý|năm)"
    # a period whose day stands in brackets: "báo cáo năm (trước ngày 15/12)"
    rf"|(?P<dated>quý|(?:0?6|sáu)\s+tháng|năm)\s*\((?:{_BY_THEN}\s+)(?:ngày\s+)?\d{{1,2}}"
    r"(?:/\d{1,2}(?!\s*/|\d)[^()]*)?\)"
    r"|định\s+kỳ"
)
_LENGTHS = {
    ("ngày", 1): "daily",
    ("ngày", 7): "weekly",
    ("tuần", 1): "weekly",
    ("tháng", 1): "monthly",
    ("tháng", 3): "quarterly",
    ("tháng", 6): "semiannual",
    ("tháng", 12): "annual",
    ("năm", 1): "annual",
}
_OFTEN = {
    ("tuần", 1): "weekly",
    ("tháng", 1): "monthly",
    ("quý", 1): "quarterly",
    ("năm", 1): "annual",
    ("năm", 2): "semiannual",
    ("năm", 4): "quarterly",
    ("năm", 12): "monthly",
}
_OFTEN_AT_ALL = {"tuần": "weekly", "tháng": "monthly"}  # "ít nhất 02 lần/tuần"


def whole_word(folded: str, start: int) -> bool:
    return start == 0 or not folded[start - 1].isalnum()


def recurring(folded: str) -> Iterator[tuple[int, int, str]]:
    """Return the phrases of a folded text that tell how often work comes: start, end, how often."""
    for m in _RECUR.finditer(folded):
        if whole_word(folded, m.start()):
            yield m.start(), m.start() + len(m[0].rstrip(" ,(")), _recurrence(m)


def _recurrence(m: re.Match[str]) -> str:
    if m["quarter_end"]:
        return "quarterly"
    if m["dated"]:
        return _named_periods(m["dated"])
    if m["times"]:
        return _OFTEN.get((m["u3"], int(m["times"]))) or _OFTEN_AT_ALL.get(m["u3"], "periodic")
    count, unit = m["n"] or m["n2"], m["u"] or m["u2"]
    if count:
        length = _LENGTHS.get((unit, int(count)), "periodic")
        return f"{length}+annual" if m["and_year"] else length
    days = len(re.findall(r"\d{1,2}(?:/|\s+tháng\s+)\d", re.sub(r"\([^()]*\)", "", m[0])))
    if days in (2, 4):  # "ngày 01/6 và 15/11 hằng năm"
        return _OFTEN["năm", days]
    return _named_periods(m[0]) or "periodic"


def _named_periods(phrase: str) -> str:
    # Neither "ngày 20", "thứ năm" nor "chín tháng" is a period of its own.
    words = re.sub(rf"\([^()]*\)|{_ON_DAY}(?={_EVERY})|{_WEEKDAY}|(?:0?9|chín)\s+tháng", "", phrase)
    half = re.search(_PERIODS[4][1], words)
    words = re.sub(_PERIODS[4][1] + r"(?:\s+đầu\s+năm)?", " ", words)
    names = [
        name
        for name, pattern in _PERIODS
        if (half if name == "semiannual" else re.search(rf"(?<!\w){pattern}(?!\w)", words))
    ]
    return "+".join(names)
