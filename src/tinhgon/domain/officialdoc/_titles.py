"""Titles and names of those who sign, as they are printed."""

from __future__ import annotations

import re

from ._phrases import LOWER, UPPER, fold, is_upper

AUTHORITY = re.compile(r"^(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*[.,/]")
_TITLES = (
    "chủ tịch", "phó chủ tịch", "bộ trưởng", "thứ trưởng", "thủ tướng", "phó thủ tướng",
    "giám đốc", "phó giám đốc", "tổng giám đốc", "phó tổng giám đốc", "chánh văn phòng",
    "phó chánh văn phòng", "phó văn phòng", "cục trưởng", "phó cục trưởng", "vụ trưởng",
    "phó vụ trưởng", "trưởng ban", "phó trưởng ban", "phó ban", "trưởng phòng",
    "phó trưởng phòng", "chủ nhiệm", "phó chủ nhiệm", "chánh thanh tra", "phó chánh thanh tra",
    "tổng thanh tra", "phó tổng thanh tra", "thống đốc", "phó thống đốc", "tổng cục trưởng",
    "phó tổng cục trưởng", "chi cục trưởng", "phó chi cục trưởng", "viện trưởng",
    "phó viện trưởng", "hiệu trưởng", "phó hiệu trưởng", "bí thư", "phó bí thư", "trưởng thôn",
    "tổng kiểm toán", "chánh án", "phó chánh án", "chỉ huy trưởng", "phó chỉ huy trưởng",
    "trưởng đoàn", "tổ trưởng", "ủy viên", "đội trưởng", "hạt trưởng", "trạm trưởng",
    "tổng biên tập", "phó tổng biên tập", "trưởng công an", "phó trưởng công an", "trưởng đài",
    "tư lệnh", "chính ủy", "chủ tọa", "thư ký", "phó trưởng đoàn", "trưởng thuế", "tổng thư ký",
)  # fmt: skip
_SPELLED = {fold(title): title.upper() for title in _TITLES}
_NAME = re.compile(rf"^[{UPPER}][\w.’'-]*(?:\s+[{UPPER}][\w.’'-]*){{1,5}}$")
_ONE_LINE = re.compile(
    rf"^(?P<titles>[^{LOWER}]{{8,}}?)\s+(?P<name>(?:[{UPPER}][{LOWER}]+\s*){{2,5}})$"
)


def is_title(text: str) -> bool:
    """True for a line such as "KT. CHỦ TỊCH" or "PHÓ GIÁM ĐỐC"."""
    plain = text.strip(" .:*")
    if not is_upper(plain) or len(plain) > 90:
        return False
    if AUTHORITY.match(plain):
        return True
    folded = re.sub(r"^(?:q\.|quyen)\s*", "", fold(plain))
    return any(
        folded == title or folded.startswith((title + " ", title + ",")) for title in _SPELLED
    )


def clean_title(text: str) -> str:
    """Return a title without specks of recognition, its fixed words with their tone marks."""
    text = " ".join(re.sub(r"[^\w\s.,;/&()-]", " ", text).split())
    found = re.match(r"^((?:\w{1,3}[.,/]\s*)?)(.*)$", text)
    authority, title = (found[1].strip(), found[2]) if found else ("", text)
    spelled = _SPELLED.get(fold(title), title)
    return f"{authority} {spelled}".strip()


def is_name(text: str) -> bool:
    """True for a line which can be a person's name."""
    return bool(_NAME.match(text)) and not any(c.isdigit() for c in text) and len(text) < 45


def split_signature(text: str) -> list[str]:
    """Take a signature printed on one line apart; other lines come back as they are."""
    found = _ONE_LINE.match(text.strip())
    if not found or not is_title(found["titles"]):
        return [text]
    parts: list[str] = []
    words = found["titles"].split()
    while words:
        size = _title_size(words)
        parts.append(" ".join(words[:size]))
        words = words[size:]
    return [*parts, found["name"].strip()]


def _title_size(words: list[str]) -> int:
    """Return how many words the first title has: to where the next one begins."""
    for size in range(2, len(words)):
        rest = " ".join(words[size:])
        begins = AUTHORITY.match(rest) or fold(rest) in _SPELLED
        if begins and is_title(" ".join(words[:size])) and words[size - 1] != "PHÓ":
            return size
    return len(words)
