"""Kiến nghị thực thi: which legal texts must change, as a decision words it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tinhgon.domain.legalref import DocumentRef, find_documents, is_central
from tinhgon.domain.vntext import DateError, fold, format_date, nfc, parse_date

_SENTENCE = re.compile(r"\n+|;\s+|(?<=[^\W\d])\.\s+(?=[A-ZÀ-Ỹ])")
_CHANGES = re.compile(r"\b(sua|bai bo|thay the|bo sung|dieu chinh|ban hanh|huy bo)\b")
_CHANGED_BY = re.compile(r"\bduoc (sua|bai bo|thay the|bo sung|dieu chinh|ban hanh)\b")
_WORDS = (
    ("bai bo", "Bãi bỏ"),
    ("huy bo", "Bãi bỏ"),
    ("thay the", "Thay thế"),
    ("ban hanh", "Ban hành"),
    ("sua", "Sửa đổi, bổ sung"),
    ("dieu chinh", "Sửa đổi, bổ sung"),
    ("bo sung", "Sửa đổi, bổ sung"),
)
_PLACE = (
    r"(?:mục|phần|phụ lục|biểu|mẫu|chương|khoản|điểm|điều)\s+(?:số\s+)?"
    r"(?:\d[\w.]*|[IVX]+(?:\.\d+)?|[A-ZĐ]|[a-zđ])(?![\w/])"
)
# What stands between two places is taken once and for all (*+): no text makes it try again.
_PLACES = re.compile(rf"{_PLACE}(?:(?:[\s,\d]|và|của|tại|các|[a-zđ]\b)*+{_PLACE})*", re.IGNORECASE)
_BESIDE = re.compile(r"^(?:[\s,;.]|và|hoặc|của|tại|các|quy định)*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*$")
_DUE = re.compile(
    r"(?P<how>trước|chậm nhất|muộn nhất)\s+(?:là\s+)?"
    r"(?P<day>ngày\s*\d{1,2}(?:\s*[/.-]\s*\d{1,2}\s*[/.-]\s*|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4})",
    re.IGNORECASE,
)
_LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})


@dataclass(frozen=True, slots=True)
class TextToChange:
    """
    One legal text to change: the document, the place in it, what is to be done, until when.

    `is_central`: it belongs to the National Assembly, the Government or a ministry, so that the
    province can only recommend its change. `document` is the sentence where it names none.
    """

    document: str
    provision: str = ""
    work: str = ""
    due_on: date | None = None
    is_central: bool = False


def texts_to_change(implementation: str) -> tuple[TextToChange, ...]:
    """
    Return the texts that an implementation proposal wants to be changed, in its order.

    A document that another one amends, details or is mentioned in brackets is not to be changed
    itself. A sentence that wants a change and names no document stands for itself.
    """
    found: dict[tuple[str, str], TextToChange] = {}
    work = ""
    for sentence in _SENTENCE.split(nfc(implementation)):
        texts = list(_of_sentence(sentence.strip(), work))
        for each in texts:
            work = each.work
            found.setdefault((fold(each.document), fold(each.provision)), each)
        due = None if texts else _due(sentence)
        if due:  # a sentence that gives only the day, for all that was said before it
            found = {k: replace(t, due_on=t.due_on or due) for k, t in found.items()}
    return tuple(found.values())


def _of_sentence(sentence: str, work: str) -> Iterator[TextToChange]:
    due = _due(sentence)
    wanted = list(_wanted(sentence, work))
    for ref, place, what in wanted:
        yield TextToChange(
            document=_named(ref),
            provision=", ".join(map(str, ref.provisions)) or place,
            work=what,
            due_on=due,
            is_central=ref.kind in _LAWS or is_central(ref.symbol),
        )
    asked = _CHANGES.search(fold(sentence))
    if not wanted and asked:
        yield TextToChange(sentence.rstrip(" ."), work=_work(asked[1]), due_on=due)


def _wanted(sentence: str, work: str) -> Iterator[tuple[DocumentRef, str, str]]:
    """Yield each document to change, the place in it, and what is to be done."""
    at = 0
    for ref in find_documents(sentence):
        between = sentence[at : ref.start]
        folded = fold(between)
        asked = _CHANGES.search(folded)
        aside = _CHANGED_BY.search(folded) or _IN_BRACKETS.search(between)
        if asked and not aside:
            work = _work(asked[1])
        elif aside or not work or not _BESIDE.match(_PLACES.sub("", between)):
            continue
        places = _PLACES.findall(between)
        yield ref, places[-1].strip() if places else "", work
        at = ref.end


def _work(word: str) -> str:
    return next(words for key, words in _WORDS if word.startswith(key))


def _named(ref: DocumentRef) -> str:
    parts = [ref.kind or "Văn bản"]
    if ref.kind in _LAWS:
        parts.append(ref.title)
    if ref.code:
        parts.append(f"số {ref.code}")
    if ref.on:
        parts.append(f"ngày {format_date(ref.on)}")
    elif ref.year and not ref.code:
        parts.append(f"năm {ref.year}")
    if ref.issuer:
        parts.append(f"của {ref.issuer}")
    return " ".join(parts)


def _due(sentence: str) -> date | None:
    """Return the last day in time: "trước ngày 01/7" ends on 30/6, as in letters."""
    found = _DUE.search(sentence)
    if found is None:
        return None
    try:
        day = parse_date(found["day"])
    except DateError:
        return None
    return day - timedelta(days=1) if fold(found["how"]) == "truoc" else day
