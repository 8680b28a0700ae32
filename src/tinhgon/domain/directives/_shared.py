"""
What names of one list share: "HĐND, UBND các xã" are two bodies of each commune, "Bí thư huyện ủy
và Chủ tịch UBND các huyện: A, B" two persons of each district.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ._lexed import Name
from ._words import fold

_COUNCIL = r"(?:hđnd|hội đồng nhân dân|ubnd|ủy ban nhân dân)"
_FRONT = r"(?:ủy ban |ub)?(?:mttq|mặt trận tổ quốc)(?: việt nam)?"
_BODY = rf"(?:(?:thường trực )?{_COUNCIL}|đảng ủy|(?:ban )?thường trực đảng ủy|{_FRONT})"
_HEAD = r"(?:(?:các )?(?:phó )?(?:chủ tịch|bí thư(?: đảng ủy)?))"
_PLACE = (
    r"(?:(?:các |cấp )?(?:tỉnh|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|thành phố|tp\.?)\b.*)"
)
_ALONE = re.compile(_BODY)  # a body that does not say of which place it is
_HEAD_ALONE = re.compile(_HEAD)
_OF_PLACE = re.compile(rf"(?:{_HEAD} )?(?P<body>{_BODY}) (?P<place>{_PLACE})")
_COMMITTEE = re.compile(
    r"(?:(?:phó )?bí thư )?(?:ban thường vụ |thường trực )?(?:tỉnh|thành|huyện|quận|thị) ủy"
)
_MEMBER = re.compile(
    r"chủ tịch (?:ubnd|ủy ban nhân dân) (?P<unit>tỉnh|thành phố|huyện|thị xã|quận) (?P<name>.+)"
)


def spread(names: Sequence[Name]) -> tuple[Name, ...]:
    """Give each name of a list what only the last of them says."""
    out: list[Name] = []
    for k, name in enumerate(names):
        later = names[k + 1 :]
        out += _each_member(name, later) or [_with_tail(name, later)]
    return tuple(out)


def _with_tail(name: Name, later: Sequence[Name]) -> Name:
    """Return "HĐND các xã" for the "HĐND" before "UBND các xã"."""
    own = fold(name.text)
    body, head = _ALONE.fullmatch(own), _HEAD_ALONE.fullmatch(own)
    if not body and not head:
        return name
    for other in later:
        folded = fold(other.text)
        if found := _OF_PLACE.fullmatch(folded):
            whole = head and "bí thư" not in own
            tail = other.text[found.start("body" if whole else "place") :]
            return replace(name, text=f"{name.text} {tail}")
        if not _ALONE.fullmatch(folded) and not _HEAD_ALONE.fullmatch(folded):
            break
    return name


def _each_member(name: Name, later: Sequence[Name]) -> list[Name]:
    """Return "Bí thư huyện ủy A", "Bí thư huyện ủy B" before the heads of A and B."""
    if not _COMMITTEE.fullmatch(fold(name.text)):
        return []
    members = [_MEMBER.fullmatch(fold(other.text)) for other in later]
    found = [
        replace(name, text=f"{name.text} {other.text[member.start('name') :]}")
        for other, member in zip(later, members, strict=True)
        if member
    ]
    return found if len(found) > 1 else []
