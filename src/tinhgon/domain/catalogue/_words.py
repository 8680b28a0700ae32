"""What headings and sentences about procedures say: action, level, field, counts."""

from __future__ import annotations

import re

from tinhgon.domain.procedures import Action, Tier
from tinhgon.domain.vntext import fold, nfc

_ACTIONS: tuple[tuple[Action, str], ...] = (
    (Action.NEW, (
        r"ban hanh moi|moi ban hanh|duoc ban hanh moi|cong bo moi|(?:thu tuc hanh chinh|"
        r"tthc)(?: noi bo| dac thu)? moi\b"
    )),
    (Action.AMENDED, r"sua doi"),
    (Action.REPLACED, r"thay the"),
    (Action.ABOLISHED, r"bai bo|huy bo"),
    (Action.STANDARDISED, r"chuan hoa"),
)  # fmt: skip
_PATTERNS = [(action, re.compile(pattern)) for action, pattern in _ACTIONS]

_LEVELS: dict[str, Tier] = {
    "trung ương": Tier.CENTRAL,
    "tỉnh": Tier.PROVINCE,
    "huyện": Tier.DISTRICT,
    "xã": Tier.COMMUNE,
}
_LEVEL_WORD = re.compile(r"\b(?:trung ương|tỉnh|huyện|xã)\b")
_LEVEL = re.compile(
    r"\bcấp (?:trung ương|tỉnh|huyện|xã)\b"
    r"(?:(?:\s*[,/;-]\s*|\s+và\s+)(?:cấp )?(?:trung ương|tỉnh|huyện|xã)\b(?! \w+ \w+ tỉnh))*"
)
_OF_BODY = re.compile(
    r"\b(?:[uủ][ỷy] ban nhân dân|ubnd|hđnd|hội đồng nhân dân|chính quyền|cơ quan|"
    r"đơn vị|phòng|công an|"
    r"trung tâm phục vụ hành chính công|ngân sách|dự án|đề tài|nhiệm vụ)\s+cấp (?:tỉnh|huyện|xã)"
    r"(?:(?:\s*[,/;-]\s*|\s+và\s+)(?:cấp )?(?:tỉnh|huyện|xã)\b)*"
)
_OTHER_BODY = re.compile(
    r"\b(?:[uủ][ỷy] ban nhân dân|ubnd) (?:tỉnh|thành phố|huyện)\b|"
    r"(?<!cơ )(?<!trụ )\bsở \w|(?<!nội )(?<!cán )\bbộ \w"
)
_BRACKET = re.compile(
    r"\((?:thực hiện tại |áp dụng tại |ở )?cấp (trung ương|tỉnh|huyện|xã)\)\s*[.;]?$", re.IGNORECASE
)

_FIELD = re.compile(
    r"(?i)\b(?<!một số )(?<!các )(?<!\d )(?:lĩnh vực\s*:?\s*)+(?P<name>[^;.():\n\[\]]+)"
)
_FIELD_END = re.compile(
    r"(?i)\s*(?:,\s*)?(?:\bthuộc\b|\btrong hệ thống\b|\btrong lĩnh vực\b|"
    r"\báp dụng\b|\btrên địa bàn\b|"
    r"\bđược\b|\bbị\b|\bban hành\b|\bmới ban hành\b|\bsửa đổi\b|\bquy định\b|"
    r"\btheo\b|\bthực hiện\b|"
    r"\btại\b|\bcấp (?:tỉnh|huyện|xã|trung ương)\b|\bgiữa\b|\bdo\b|\bnăm \d{4}|"
    r"\bcủa (?:sở|bộ|ủy|uỷ|ubnd|"
    r"tỉnh|ngành|ban)\b|\b(?:tỉnh|thành phố)\s+\S|\bphạm vi\b|\bgiai đoạn\b|"
    r"\bcó hiệu lực\b|\bnhư sau\b|\bkèm theo\b).*$",
    re.DOTALL,
)
_NO_FIELD = re.compile(
    r"(?i)^(?:quản lý(?: nhà nước)?|chuyên môn|phụ trách|được giao|khác|này|trên)$"
)
_FIELD_HEADING = re.compile(r"(?i)^(?:\W*)(?:các\s+)?lĩnh vực\s*:?\s*(?P<name>.+)$", re.DOTALL)
_COUNT_BRACKET = re.compile(
    r"\s*[(\[]\s*(?:gồm\s+|có\s+)?\d+\s*(?:TTHC|thủ tục|thủ tục hành chính|"
    r"dịch vụ)?[^)\]]*[)\]]\s*$",
    re.IGNORECASE,
)


def actions_in(text: str) -> frozenset[Action]:
    """Return every kind of action that the words name."""
    folded = fold(text)
    return frozenset(action for action, pattern in _PATTERNS if pattern.search(folded))


def one_action(text: str) -> Action | None:
    """Return the action when the words name one kind only."""
    found = actions_in(text)
    return next(iter(found)) if len(found) == 1 else None


def level_in(text: str, *, of_bodies: bool = True) -> Tier | None:
    """
    Return the level when the words name one only ("cấp tỉnh").

    Without `of_bodies`, or where several bodies are named, the level of a body ("UBND cấp xã") is
    not taken for one of the procedures.
    """
    lower = " ".join(nfc(text).casefold().split())
    if not of_bodies or _OTHER_BODY.search(lower):
        lower = _OF_BODY.sub(" ", lower)
    found = {word for part in _LEVEL.findall(lower) for word in _LEVEL_WORD.findall(part)}
    return _LEVELS[next(iter(found))] if len(found) == 1 else None


def bracket_level(name: str) -> Tier | None:
    """Return the level in a bracket at the end of a name."""
    found = _BRACKET.search(nfc(name))
    return _LEVELS[found[1].casefold()] if found else None


def field_of_heading(text: str) -> str | None:
    """Return X of a heading "Lĩnh vực X"."""
    found = _FIELD_HEADING.match(without_count(text))
    if found is None:
        return None
    name = _FIELD_END.sub("", found["name"]).strip(" .,:;-–")
    return name or None


def one_field(text: str) -> str | None:
    """Return the field of a sentence that names one only ("lĩnh vực X")."""
    names: dict[str, str] = {}
    for found in _FIELD.finditer(nfc(text)):
        name = _FIELD_END.sub("", found["name"]).strip(" .,:;-–")
        if name and not _NO_FIELD.match(name):
            names.setdefault(fold(name), name)
    if len(names) != 1:
        return None
    name = next(iter(names.values()))
    return None if _several(name, text) else name


def _several(name: str, text: str) -> bool:
    """
    Two names after one "lĩnh vực": a capital after a comma, or ";" right behind it.
    """
    capital = (part.lstrip()[:1].isupper() for part in name.split(",")[1:])
    if name.upper() != name and any(capital):
        return True
    after = text[text.find(name) + len(name) :][:3]
    return bool(re.match(r"\s*;\s*[^\W\d_]", after))


def without_count(text: str) -> str:
    """Return a heading without the number of procedures in brackets at its end."""
    return _COUNT_BRACKET.sub("", text).strip()
