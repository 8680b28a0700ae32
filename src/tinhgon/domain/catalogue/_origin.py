"""
The decision behind a list that has no letterhead: an annex alone, a page of news, a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tinhgon.domain.legalref import DocumentRef, find_documents
from tinhgon.domain.vntext import DateError, parse_date

from ._model import Decision
from ._stream import Kind, Unit

_FIRST = 40
_NEWS = re.compile(
    r"(?:[Nn]gày\s+(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}),?\s*)?"
    r"(?P<agency>(?:(?:Chủ tịch|Bộ trưởng)\s+)?(?:UBND|Ủy ban nhân dân|"
    r"Uỷ ban nhân dân|Bộ|HĐND|Văn phòng|Sở)\s[^,.;:]{2,80}?)"
    r"\s+(?:đã\s+|vừa\s+|có\s+)*(?:ban hành|ký|công bố|ra|thông qua|phê duyệt)\s+"
    r"(?P<doc>(?:Quyết định|Thông báo|Công văn|Văn bản).*)",
    re.DOTALL,
)
_SUBJECT = re.compile(r"(?:về việc|v/v|về)\s+(?P<subject>\S.+?)\s*\.?$", re.IGNORECASE | re.DOTALL)
_WITH = re.compile(
    r"(?:kèm theo|kèm|ban hành theo|đính kèm|phụ lục của)\s+(?P<doc>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD_OF = re.compile(r"^(?:Phó\s+)?(?:Chủ tịch|Bộ trưởng)\s+(?=\S)")


def decision_behind(units: Sequence[Unit]) -> tuple[Decision, str]:
    """Return what the text says of the decision, and the sentence that says it."""
    texts = [unit.text for unit in units[:_FIRST] if unit.kind is not Kind.ROW]
    for text in texts:
        found = _NEWS.search(text)
        if found:
            decision = _of_news(found)
            if decision is not None:
                return decision, text
    for text in texts:
        with_ = _WITH.search(text)
        ref = _only(with_["doc"]) if with_ else None
        if ref is not None:
            return _of_reference(ref), text
    return Decision(), ""


def _of_news(found: re.Match[str]) -> Decision | None:
    ref = _only(found["doc"])
    if ref is None:
        return None
    subject = _SUBJECT.search(found["doc"])
    return Decision(
        agency=_HEAD_OF.sub("", found["agency"])
        if "Chủ tịch" in found["agency"]
        else found["agency"],
        number=ref.number or None,
        symbol=ref.symbol or None,
        date=_day(found["day"]) or ref.on,
        date_text=found["day"],
        doc_type=ref.kind.lower() or None,
        subject=subject["subject"] if subject else None,
    )


def _of_reference(ref: DocumentRef) -> Decision:
    return Decision(
        agency=_HEAD_OF.sub("", ref.issuer) or None,
        number=ref.number or None,
        symbol=ref.symbol or None,
        date=ref.on,
        date_text=ref.date_text or None,
        doc_type=ref.kind.lower() or None,
    )


def _only(text: str) -> DocumentRef | None:
    refs = [ref for ref in find_documents(text) if ref.symbol]
    if not refs and text.isupper():
        refs = [ref for ref in find_documents(_sentence(text)) if ref.symbol]
    return refs[0] if refs and refs[0].start < 60 else None


def _sentence(text: str) -> str:
    """Return a line in capitals with its words as in a sentence, symbols as they are."""
    return " ".join(word if "/" in word else word.capitalize() for word in text.split())


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except DateError:
        return None
