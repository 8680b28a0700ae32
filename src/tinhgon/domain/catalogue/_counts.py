"""Numbers of procedures which the document states of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tinhgon.domain.officialdoc import Source
from tinhgon.domain.vntext import fold, nfc

from ._model import StatedCount

_KINDS = (
    r"(?:(?:được|bị)\s+)?(?:mới ban hành|ban hành mới|sửa đổi,?\s*bổ sung|sửa đổi|"
    r"thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|chuẩn hóa|chuẩn hoá)"
)
_LEVEL = r"(?:(?:thực hiện tại |áp dụng tại |giải quyết ở )?cấp (?:trung ương|tỉnh|huyện|xã))"
_NOUN = (
    r"(?:danh mục\s+)?(?:thủ tục hành chính|TTHC|"
    r"thủ tục)(?:\s*\(\s*TTHC\s*\))?(?:\s+(?:nội bộ|đặc thù|"
    r"liên thông))*(?:\s*\(\s*TTHC(?:\s*nội bộ)?\s*\))?"
)
_COUNT = re.compile(
    rf"(?<![\d/.,])(?P<count>\d{{1,4}})\s*(?:\([^)\d]{{2,40}}\)\s*)?"
    rf"(?:(?P<noun>{_NOUN})(?P<kind>\s+{_KINDS})?(?P<level>\s+{_LEVEL})?(?P<kind2>\s+{_KINDS})?"
    rf"|(?P<only>{_LEVEL})|(?P<only_kind>{_KINDS}))(?![\w])",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"[(\[]\s*(?:gồm\s+|có\s+|tổng số:?\s*)?(?P<count>\d{1,4})\s*(?:TTHC|"
    r"thủ tục(?: hành chính)?)(?:\s+nội bộ)?\s*[)\]]",
    re.IGNORECASE,
)
_KIND_WORDS = re.compile(_KINDS, re.IGNORECASE)
_LEVEL_WORDS = re.compile(_LEVEL, re.IGNORECASE)
_FIELD_WORDS = re.compile(r"lĩnh vực\s+[^()]+", re.IGNORECASE)


def counts_of_heading(text: str, source: Source) -> Iterator[StatedCount]:
    """Yield the count of a heading: one in brackets is given with the whole heading."""
    found = _BRACKET.search(text)
    if found is None:
        yield from (count for count in counts_in(text, source) if not _OF_ROW.match(text))
        return
    scope = _limits(text[: found.start()])
    yield StatedCount(" ".join(text.split()), int(found["count"]), scope, source, heading=True)


_OF_ROW = re.compile(r"^\W*\d+\s*[.)]")


def _limits(text: str) -> str | None:
    """Return the words of a heading that limit what it counts."""
    parts = [
        found[0]
        for pattern in (_KIND_WORDS, _LEVEL_WORDS, _FIELD_WORDS)
        if (found := pattern.search(text))
    ]
    out = " ".join(re.sub(r"(?i)^(?:được|bị)\s+", "", " ".join(part.split())) for part in parts)
    return out or None


def counts_in(text: str, source: Source) -> Iterator[StatedCount]:
    """Yield the counts of a sentence; those of other decisions are not its own."""
    text = nfc(text)
    for found in _COUNT.finditer(text):
        if not found["noun"] and not _in_breakdown(text, found.start()):
            continue
        if _ELSEWHERE.match(text[found.end() :]):
            continue
        words = " ".join(found[0].split())
        parts = [found["kind"], found["level"], found["kind2"], found["only"], found["only_kind"]]
        scope = _joined(part.strip() for part in parts if part)
        scope = scope or _around(text, found.start(), found.end())
        yield StatedCount(words, int(found["count"]), scope, source)


def _joined(parts: Iterable[str]) -> str | None:
    return " ".join(re.sub(r"(?i)^(?:được|bị)\s+", "", part) for part in parts) or None


def _around(text: str, start: int, end: int) -> str | None:
    """Return the words around a count that limit it: "bãi bỏ 03 TTHC", "02 TTHC của cấp xã"."""
    before = re.search(rf"({_KINDS})\s*:?\s*$", text[max(0, start - 40) : start], re.IGNORECASE)
    after = re.match(
        rf"[^.;:,\d]{{0,60}}?\b({_LEVEL})(?!\s*(?:,|và)\s*(?:cấp|[A-ZĐ]))",
        text[end:],
        re.IGNORECASE,
    )
    several = re.match(
        r"[^.;:\d]{0,120}?(?i:\b(?:sở|ubnd tỉnh|ủy ban nhân dân tỉnh)\b)", text[end:]
    )
    found = [before[1] if before else None, after[1] if after and not several else None]
    return _joined(part for part in found if part)


_ELSEWHERE = re.compile(
    r"[^.;:]{0,120}?(?:đã\s+)?(?:được\s+)?(?:công bố|ban hành)[^.;:]{0,40}?(?:tại|"
    r"theo|kèm theo)\s+(?:các\s+)?"
    r"(?:Quyết định\s+(?:số\s+)?\d)",
    re.IGNORECASE,
)


def _in_breakdown(text: str, at: int) -> bool:
    before = fold(text[max(0, at - 120) : at])
    return bool(re.search(r"trong do|gom|bao gom|:|\d+ (?:tthc|thu tuc)", before))
