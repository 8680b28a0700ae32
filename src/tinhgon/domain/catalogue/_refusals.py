"""Headings under which a decision puts what it does not approve."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold

from ._marks import Heading


class Ruling(StrEnum):
    """What the headings of a decision say of what stands below them."""

    APPROVED = auto()
    REFUSED = auto()
    RETURNED = auto()  # to be completed and laid before again


_AGREED = r"(?:phe duyet|thong qua|thong nhat|chap thuan|chap nhan|dong y|nhat tri)"
_NOT = r"(?:khong|chua)(?: (?:duoc|the|du dieu kien|du co so|du can cu|xem xet|de))*"
_STUDIED = (
    r"(?:(?:tiep tuc|can|phai|yeu cau|de nghi)(?: ra soat,?)? nghien cuu|nghien cuu (?:them|lai))"
)
REFUSING = rf"(?:{_NOT} {_AGREED}|tu choi|{_STUDIED})"
"""Folded words that refuse a plan."""
_REFUSED = re.compile(rf"\b{REFUSING}\b")
_RETURNED = re.compile(
    r"\btra lai\b|\bhoan thien (?:lai|them)\b|"
    r"\b(?:tiep tuc|can|phai|yeu cau|de nghi)(?: ra soat,?| bo sung,?| chinh sua,?)* hoan thien\b"
)
_APPROVED = re.compile(rf"\b(?:duoc|da) (?:xem xet )?{_AGREED}\b")
_OF_PLANS = re.compile(r"\b(?:thu tuc|tthc|phuong an)\b")
_SEVERAL = re.compile(
    r"(?:(?:danh muc|danh sach|cac|nhom|nhung|mot so|doi voi|ve|tong hop|\d{1,3})\s+)+"
)
_WHAT = re.compile(
    r"(?:(?:noi dung|phuong an|don gian hoa|cat giam|de xuat|kien nghi|de nghi|yeu cau|ra soat|cua|"
    r"va|thu tuc|hanh chinh|tthc|noi bo|bi|ma)[,;]?\s+)*"
)
_GOES_ON = re.compile(
    r"[\s.]*(?:$|[(:,–-]|(?:phuong an|noi dung|don gian hoa|cat giam|thu tuc|tthc|de|viec|tai|"
    r"trong|thuoc|dot|gom|doi voi|va|hoac|them|lai|hoan thien|thuc hien|co|\d{1,3})\b)"
)
_LONGEST = 300


def ruling_in(text: str) -> Ruling | None:
    """Return what a heading says of what stands below it; None also where it says both."""
    folded = fold(text)
    refused = _REFUSED.search(folded)
    rest = _REFUSED.sub(" ", folded)
    if _APPROVED.search(rest):
        return None if refused else Ruling.APPROVED
    if refused:
        return Ruling.REFUSED
    return Ruling.RETURNED if _RETURNED.search(folded) else None


def nearest_ruling(headings: Iterable[str]) -> tuple[Ruling, str] | None:
    """Return what the nearest of the headings above, outermost first, says, with its text."""
    for text in reversed(list(headings)):
        found = ruling_in(text)
        if found is not None:
            return found, text
    return None


def withholds(text: str, *, numbered: bool = False) -> bool:
    """
    Tell whether a line reads like a heading above what is not approved.

    Above a list `numbered` with I or A it need not say that it is about procedures.
    """
    folded = fold(text)
    word = _REFUSED.search(folded) or _RETURNED.search(folded)
    if word is None or ruling_in(text) is None or len(text) > _LONGEST:
        return False
    if folded.endswith((".", ";", ",")) or not _GOES_ON.match(folded, word.end()):
        return False
    of_plans = bool(_OF_PLANS.search(folded))
    if _WHAT.fullmatch(folded, 0, word.start()):
        return of_plans or numbered
    several = _SEVERAL.match(folded)
    return several is not None and bool(_OF_PLANS.search(folded, several.end(), word.start()))


def push(above: list[Heading], heading: Heading) -> None:
    """
    Put a heading below those above it: one of the same style ends them.

    A heading without a number, above what is not approved, stands over those that begin to count
    anew behind it.
    """
    styles = [each.style for each in above]
    if heading.style in styles:
        at = styles.index(heading.style)
        kept = next((n for n in range(at, len(above)) if _stands_over(above[n], heading)), None)
        del above[at : len(above) if kept is None else kept]
    above.append(heading)


def _stands_over(above: Heading, heading: Heading) -> bool:
    begins = heading.marker.strip(" .)").upper() in {"I", "A", "1"}
    return begins and not above.marker and withholds(above.text)
