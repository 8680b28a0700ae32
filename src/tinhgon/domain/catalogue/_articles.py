"""The articles of a decision: what it orders, from when, and what it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from tinhgon.domain.legalref import DocumentRef, find_documents
from tinhgon.domain.vntext import DateError, nfc, parse_date

from ._model import Abolition, Article, Effect
from ._stream import Kind, Unit

_ARTICLE = re.compile(r"(?i)^điều\s+(\d+[a-zđ]?)")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[^\W\d_a-zà-ỹ]|bãi bỏ|đồng thời|thay thế)|\n")
_EFFECT = re.compile(r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?", re.IGNORECASE)
_SIGNED = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:ký|ban\s+hành|công\s+bố)", re.IGNORECASE)
_DAY = re.compile(
    r"từ\s+(?P<day>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})",
    re.IGNORECASE,
)
_FOR = re.compile(r"đối với\s+(?P<what>.+?)\s*[.;]?$", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"^(?:\d{1,2}[.)]|[a-zđ]\)|[-–+])\s*")

_LAPSES = "hết hiệu lực"
_VERBS = (
    ("bãi bỏ", re.compile(r"\b(?:bãi bỏ|hủy bỏ|huỷ bỏ)\b", re.IGNORECASE)),
    ("thay thế", re.compile(r"\bthay thế\b", re.IGNORECASE)),
    (_LAPSES, re.compile(r"\bhết hiệu lực\b", re.IGNORECASE)),
)
_OWN_SUBJECT = re.compile(
    r"(?:công bố|ban hành)\b.*?(?:bãi bỏ|thay thế|hủy bỏ)|(?:sửa đổi|mới ban hành|"
    r"ban hành mới|được|bị)[^.]{0,40}$",
    re.IGNORECASE | re.DOTALL,
)
_MARK = r"(?:[A-HK]|[IVX]{1,6}|\d{1,3})(?:\.(?:[A-HK]|[IVX]{1,6}|\d{1,3}))*"
_NUMBERS = re.compile(
    rf"(?:số\s+thứ\s+tự|thứ\s+tự\s+số|STT|số\s+TT|mục\s+số|thứ\s+tự)\s*:?\s*(?:từ\s+)?(?:số\s+)?"
    rf"(?P<list>{_MARK}(?:\s*(?:,|;|và|-|–|đến)\s*(?:số\s+)?{_MARK}\b)*)"
)
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|đến)\s*(?:số\s+)?(\d{1,3})")
_PART = re.compile(
    r"(?P<kind>[Pp]hần|PHẦN|[Mm]ục|MỤC|[Pp]hụ lục|PHỤ LỤC|[Tt]iểu mục|[Kk]hoản|"
    r"[Đđ]iểm)\s+(?:số\s+)?"
    r"(?P<mark>[A-HK](?![\w])|[IVX]{1,6}(?![\w])|\d{1,3}(?![\w/.]\d)|[a-zđ](?=[\s,)]))"
)
_ANY_PART = re.compile(
    r"\b(?:phần|mục|phụ lục)\s+(?:[A-HK]|[IVX]{1,6}|\d{1,2})\b|số thứ tự", re.IGNORECASE
)
_ENUMERATES = re.compile(r"^[^,;]{0,60}?\s*(?:,|;|và|và\s+các)\s*$", re.IGNORECASE)
_INNERMOST = {"tiểu mục": 0, "điểm": 0, "khoản": 1, "mục": 2, "phần": 3, "phụ lục": 4}
_LONGEST_RANGE = 400


def articles_of(units: Sequence[Unit]) -> tuple[Article, ...]:
    """Return the articles with all that stands below each."""
    out: list[Article] = []
    for unit in units:
        if unit.kind is not Kind.ARTICLE:
            continue
        found = _ARTICLE.match(unit.marker)
        if found:
            out.append(Article(found[1], nfc(unit.text), unit.source))
        elif out:
            joined = f"{out[-1].text}\n{unit.printed}".strip()
            source = replace(out[-1].source, end_line=unit.source.end_line)
            out[-1] = replace(out[-1], text=joined, source=source)
    return tuple(out)


def effects_of(articles: Sequence[Article], signed: date | None) -> tuple[Effect, ...]:
    """Return from when the decision holds; a day of its own for each group where it says so."""
    for article in articles:
        lines = article.text.split("\n")
        for at, line in enumerate(lines):
            found = _EFFECT.search(line)
            if found is None or not re.search(r"(?i)quyết định này|thủ tục", line[: found.start()]):
                continue
            after = line[found.end() :].strip()
            if after in (":", "", "như sau:"):
                return tuple(_effects_of_items(lines[at + 1 :], signed))
            return (_effect(_first_sentence(line), signed),)
    return ()


def _effects_of_items(lines: Sequence[str], signed: date | None) -> Iterator[Effect]:
    for line in lines:
        if not _ITEM.match(line):
            return
        effect = _effect(_ITEM.sub("", line), signed)
        what = _FOR.search(effect.text)
        yield replace(effect, of=what["what"].rstrip(" .;") if what else None)


def _effect(text: str, signed: date | None) -> Effect:
    day = _DAY.search(text)
    signing = _SIGNED.search(text)
    if day and (signing is None or day.start() < signing.start()):
        try:
            return Effect(text, parse_date(day["day"]))
        except DateError:
            return Effect(text)
    return Effect(text, signed if signing else None)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;])\s+(?=\S)", text, maxsplit=1)[0].strip()


def abolitions_of(articles: Sequence[Article], own: str) -> tuple[Abolition, ...]:
    """Return what the decision ends in its articles; `own` is its number and symbol."""
    out: list[Abolition] = []
    for article in articles:
        for sentence in _SENTENCE.split(article.text):
            ending = _ending(sentence)
            if ending is not None:
                out += _abolitions(sentence.strip(), *ending, article.number, own)
    return tuple(out)


def _ending(sentence: str) -> tuple[str, str] | None:
    """Return the ending verb of a sentence that itself ends something, and the words it ends."""
    for name, pattern in _VERBS:
        found = pattern.search(sentence)
        if found is None:
            continue
        before, after = sentence[: found.start()], sentence[found.end() :]
        if name == _LAPSES and _names_what_ends(before):
            return name, before
        if name == _LAPSES or _OWN_SUBJECT.search(sentence[: found.end()]):
            continue
        if _names_what_ends(after):
            return name, after
    return None


def _names_what_ends(text: str) -> bool:
    return bool(find_documents(text) or re.search(r"(?i)quyết định", text))


def _abolitions(
    sentence: str, verb: str, scope: str, article: str, own: str
) -> Iterator[Abolition]:
    refs = [ref for ref in find_documents(scope) if ref.symbol and ref.code != own]
    if not refs:
        yield Abolition(verb, None, (), "", whole=False, text=sentence, article=article)
        return
    before = 0
    last: Abolition | None = None
    for ref in refs:
        piece = nfc(scope)[before : ref.start]
        if last is not None and _ENUMERATES.match(piece):  # the places named before hold for it too
            last = replace(last, document=ref)
        else:
            last = _one(piece, ref, verb, sentence, article)
        yield last
        before = ref.end


def _one(piece: str, ref: DocumentRef, verb: str, sentence: str, article: str) -> Abolition:
    parts = _places(piece)
    enumerated = list(_NUMBERS.finditer(piece))
    first = enumerated[0].start() if enumerated else len(piece)
    common = _places(piece[:first])
    positions: list[str] = []
    for found, following in zip_longest(enumerated, enumerated[1:]):
        own = _places(piece[found.end() : following.start() if following else len(piece)])
        path = _path(common + own)
        positions += [".".join([*path, _plain(token)]) for token in _tokens(found["list"])]
    within = ", ".join(f"{kind} {mark}" for kind, mark in parts)
    whole = not positions and not parts and not _SOME.search(piece)
    return Abolition(
        verb, ref, tuple(positions), within, whole=whole, text=sentence, article=article
    )


_SOME = re.compile(r"một phần|các thủ tục|thủ tục hành chính|TTHC|nội dung", re.IGNORECASE)


def _places(text: str) -> list[tuple[str, str]]:
    return [(found["kind"].lower(), found["mark"]) for found in _PART.finditer(text)]


def _path(parts: Sequence[tuple[str, str]]) -> list[str]:
    """
    Return the markers from the outermost; "phần I" and annexes, which hold a whole list, are left
    out.
    """
    kept = [
        (kind, mark)
        for kind, mark in parts
        if kind != "phụ lục" and not (kind == "phần" and not re.fullmatch(r"[A-H]", mark))
    ]
    ordered = sorted(kept, key=lambda each: -_INNERMOST.get(each[0], 2))
    return [_plain(mark) for _, mark in ordered]


def _tokens(text: str) -> Iterator[str]:
    """Yield the numbers of an enumeration, ranges filled in."""
    at = 0
    for found in _RANGE.finditer(text):
        yield from re.findall(_MARK, text[at : found.start()])
        low, high = int(found[1]), int(found[2])
        if low <= high <= low + _LONGEST_RANGE:
            yield from (str(number) for number in range(low, high + 1))
        else:
            yield from (found[1], found[2])
        at = found.end()
    yield from re.findall(_MARK, text[at:])


def _plain(token: str) -> str:
    return ".".join(str(int(part)) if part.isdigit() else part for part in token.split("."))
