from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold, nfc


class GroupKind(StrEnum):
    """What a group in a letter is made of."""

    DEPARTMENTS = auto()
    """các sở, ban, ngành: the departments and the office of a committee."""
    UNITS = auto()
    """các đơn vị sự nghiệp trực thuộc: units that are no departments."""
    DISTRICTS = auto()
    """UBND các huyện, thành phố"""
    COMMUNES = auto()
    """UBND các xã, phường"""
    LOCALITIES = auto()
    """các địa phương: the tier right below, districts while there are any, then communes."""


@dataclass(frozen=True, slots=True)
class Group:
    """
    A group of agencies.

    :param types: kinds of territory it is limited to, folded ("huyen", "phuong"); empty for all.
    :param within: the name of the agency below which they are, empty for the issuer.
    """

    kind: GroupKind
    types: frozenset[str] = frozenset()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    What a phrase stands for: groups, names of single agencies, or, as `unclear` says why, neither.

    `without` are the names of those left out of a group ("trừ …").
    """

    groups: tuple[Group, ...] = ()
    names: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    unclear: str = ""


RELATED = "Văn bản không nói rõ là cơ quan nào; cần chọn từng cơ quan."

_ASIDE = re.compile(r"\((?!\s*trừ\b)[^)]*\)", re.IGNORECASE)
_WITHOUT = re.compile(r"\(?\s*\btrừ\s+(?P<names>[^)]+)\)?\s*$", re.IGNORECASE)
_RELATED = re.compile(r"\b(?:co )?lien quan\b|\bduoc (?:giao|phan cong)\b|\bnhan duoc\b")
_COURTESY = re.compile(
    r"^(?:kính gửi|các đồng chí|đồng chí|các ông|các bà|ông|bà)\s*:?\s+", re.IGNORECASE
)
_HEAD = re.compile(
    r"^(?:đề nghị\s+|yêu cầu\s+|giao\s+)?"
    r"(?:(?:quyền\s+|phó\s+)?"
    r"(?:thủ trưởng|giám đốc|tổng giám đốc|chủ tịch|lãnh đạo|người đứng đầu|cục trưởng|"
    r"trưởng ban(?=\s+(?:ban|các))|trưởng(?=\s+(?:ban|phòng|các))|trưởng phòng(?=\s+phòng))"
    r"|chánh(?=\s+(?:văn phòng|thanh tra)))\s+",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^(?P<committee>(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?các\s+"
    r"(?P<type>sở|huyện|thị xã|xã|phường|thị trấn|ban)\s*:\s*(?P<names>.+)$",
    re.IGNORECASE,
)
_BARE_LIST = re.compile(
    r"^(?P<committee>(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?các\s+"
    r"(?P<type>sở|huyện|xã|phường|thị trấn)\s+(?P<names>.+)$",
    re.IGNORECASE,
)
_TYPE_AHEAD = re.compile(
    r"^(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?"
    r"(?:sở|ban|huyện|thị xã|thành phố|xã|phường|thị trấn|văn phòng|thanh tra)\s",
    re.IGNORECASE,
)
# The comma of "Văn hóa, Thể thao và Du lịch" belongs to the name.
_BETWEEN = re.compile(r"\s*[,;](?!\s*thể thao\b)\s*(?:và\s+)?", re.IGNORECASE)
_LAST_AND = re.compile(r"\s+và\s+(?=(?:thành phố|thị xã|huyện|xã|phường|thị trấn|sở|UBND)\s)")

_TYPES = "huyen|thi xa|thanh pho|quan|xa|phuong|thi tran|dac khu"
_DISTRICT_TYPES = {"huyen", "thi xa", "thanh pho", "quan"}
_COMMUNE_TYPES = {"xa", "phuong", "thi tran", "dac khu"}
_COMMITTEE = r"(?:uy ban nhan dan|ubnd)"
_JOIN = r"(?:,? va |, ?| )"
# "UBND các huyện, thành phố", "các xã, phường", "UBND xã, phường, đặc khu"
_TERRITORIES = re.compile(
    rf"(?:{_COMMITTEE} (?:cac )?|cac )(?P<types>(?:{_TYPES})(?:{_JOIN}(?:{_TYPES}))*)"
)
_LEVEL = re.compile(rf"(?:{_COMMITTEE} |cac |chinh quyen )?cap (?P<level>huyen|xa)")
_ALL_LEVELS = re.compile(rf"{_COMMITTEE} cac cap|cac cap(?:, ?cac nganh)?")
_PLACE = re.compile(
    r"\s+(?:thuộc|trực thuộc|trên địa bàn|của)\s+(?:(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+)?"
    r"(?P<of>(?:tỉnh|thành phố|huyện|thị xã)(?:\s+[^,;]+)?|Thành phố)\s*$",
    re.IGNORECASE,
)
_NAMED_PLACE = re.compile(r"\s+(?P<of>(?:huyện|thị xã|thành phố)\s+[^\W\d_][^,;:]*)$")
_OF_DISTRICT = re.compile(
    r"^(?P<own>(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?(?:xã|phường|thị trấn|tt)\s+\S.*?)"
    r"(?:\s*[,(-]\s*|\s+)(?:thuộc\s+)?(?P<place>(?:huyện|thị xã|thành phố|tp)\s+[^)]+?)\s*\)?$",
    re.IGNORECASE,
)
_CLOSING_PLACE = re.compile(r"\s+(?:của\s+)?(?:tỉnh|thành phố|huyện)$", re.IGNORECASE)
_DEPARTMENTS = re.compile(
    r"(?:cac )?(?:so,? ?(?:ban)?,? ?(?:nganh)?|ban,? ?nganh|phong,? ?ban(?:,? ?nganh)?)"
    r"(?:,? ?(?:va )?(?:doan the|don vi))?"
    r"|(?:cac )?co quan chuyen mon(?:,? (?:va )?(?:cac )?co quan hanh chinh khac)?"
    r"|cac (?:co quan|don vi)(?:,? (?:va )?(?:cac )?(?:co quan|don vi))?|cac nganh|cac so|cac ban"
)
_UNITS = re.compile(r"(?:cac )?don vi (?:su nghiep(?: cong lap)?)?(?: ?truc thuoc)?")
_LOCALITIES = re.compile(
    r"(?:cac )?(?:dia phuong|chinh quyen dia phuong)(?: tren dia ban(?: tinh)?)?"
)
_AND_LOCALITIES = re.compile(r"(?:,| va)? (?:cac )?dia phuong$")
_PARTS = re.compile(r"\s*(?:,? va |;)\s*")


def split_place(name: str) -> tuple[str, str]:
    """
    Cut the place off that tells two of one name apart; the second part is empty where none is.

    "UBND xã Chi Lăng, huyện Tràng Định" → "UBND xã Chi Lăng", "huyện Tràng Định".
    """
    found = _OF_DISTRICT.match(name)
    return (found["own"], found["place"]) if found else (name, "")


def meaning(phrase: str) -> Meaning:
    """
    Return what a letter means by an addressee or assignee.

    A phrase of no known group is taken as one name. Heads stand for their agencies: "Giám đốc Sở
    Nội vụ" is the department. Whether such agencies exist on the day is not asked here.
    """
    text = " ".join(nfc(phrase).split()).strip(" .;,:–-")
    text, without = _split_without(_ASIDE.sub(" ", text))
    text = _HEAD.sub("", _COURTESY.sub("", text)).strip()
    named = _named_list(text)
    if named:
        return Meaning(names=named, without=without)
    if _RELATED.search(fold(text)):
        return Meaning(unclear=RELATED)
    groups = _groups(text)
    if groups:
        return Meaning(groups=groups, without=without)
    return Meaning(names=(text,) if text else (), without=without)


def _split_without(text: str) -> tuple[str, tuple[str, ...]]:
    found = _WITHOUT.search(text)
    if not found or found.start() == 0:
        return " ".join(text.split()), ()
    names = tuple(n for n in _BETWEEN.split(_LAST_AND.sub(", ", found["names"])) if n)
    return text[: found.start()].strip(" ,;("), names


def _named_list(text: str) -> tuple[str, ...]:
    """ "các sở: Nội vụ, Tư pháp" → each with its kind in front; empty if it is no list."""
    found = _LIST.match(text) or _BARE_LIST.match(text)
    if not found or not found["names"][0].isupper():
        return ()
    committee = "UBND " if found["committee"] else ""
    names = []
    for name in _BETWEEN.split(_LAST_AND.sub(", ", found["names"])):
        own = name.strip(" .")
        if own:
            front = "" if _TYPE_AHEAD.match(f"{own} ") else f"{found['type']} "
            names.append(f"{committee}{front}{own}")
    return tuple(names)


def _groups(text: str) -> tuple[Group, ...]:
    text, within = _split_place(text)
    whole = _group(text, within)
    if whole:
        return whole
    # "các cơ quan, đơn vị, địa phương"; "các sở, ban, ngành và UBND các huyện, thành phố"
    folded = fold(text)
    front = _AND_LOCALITIES.sub("", folded)
    first = _group(front, within) if front != folded else ()
    if first:
        return (*first, Group(GroupKind.LOCALITIES, within=within))
    parts = [_group(part, within) for part in _PARTS.split(folded)]
    return tuple(g for part in parts for g in part) if len(parts) > 1 and all(parts) else ()


def _split_place(text: str) -> tuple[str, str]:
    """Cut off "thuộc UBND tỉnh", "huyện Cao Lộc"; the second part is empty for the issuer's own."""
    found = _PLACE.search(text) or (
        _NAMED_PLACE.search(text)
        if fold(text).startswith(("cac ", "ubnd cac ", "uy ban nhan dan cac "))
        else None
    )
    if not found:
        return text, ""
    place = found["of"].strip()
    named = len(place.split()) > 2 or (
        place.lower().startswith(("huyện ", "tỉnh ")) and " " in place
    )
    own = not named or place.lower().startswith("tỉnh")
    return text[: found.start()].strip(), "" if own else place


def _group(text: str, within: str) -> tuple[Group, ...]:
    folded = fold(text)
    found = _TERRITORIES.fullmatch(folded)
    if found:
        return _territories(found["types"], within, single=not _plural(folded))
    if found := _LEVEL.fullmatch(folded):
        kind = GroupKind.DISTRICTS if found["level"] == "huyen" else GroupKind.COMMUNES
        return (Group(kind, within=within),)
    if _ALL_LEVELS.fullmatch(folded):
        kinds = [GroupKind.DISTRICTS, GroupKind.COMMUNES]
        if folded.endswith("nganh"):
            kinds.insert(0, GroupKind.DEPARTMENTS)
        return tuple(Group(kind, within=within) for kind in kinds)
    bare = fold(_CLOSING_PLACE.sub("", text))
    for pattern, kind in (
        (_LOCALITIES, GroupKind.LOCALITIES),
        (_DEPARTMENTS, GroupKind.DEPARTMENTS),
        (_UNITS, GroupKind.UNITS),
    ):
        if pattern.fullmatch(bare) and _plural(bare):
            return (Group(kind, within=within),)
    return ()


def _plural(folded: str) -> bool:
    return " cac " in f" {folded} " or "," in folded or " va " in folded or "ban nganh" in folded


def _territories(types: str, within: str, *, single: bool) -> tuple[Group, ...]:
    """Return no group for one ("UBND thành phố"); "UBND xã, phường" and "UBND các xã" are some."""
    if single:
        return ()
    named = set(re.findall(rf"\b(?:{_TYPES})\b", types))
    groups = []
    districts = named & _DISTRICT_TYPES
    communes = named & _COMMUNE_TYPES
    if districts:
        only = frozenset(districts) if len(districts) == 1 else frozenset()
        groups.append(Group(GroupKind.DISTRICTS, only, within))
    if communes:
        every = {"xa", "phuong"} <= communes
        groups.append(
            Group(GroupKind.COMMUNES, frozenset() if every else frozenset(communes), within)
        )
    return tuple(groups)
