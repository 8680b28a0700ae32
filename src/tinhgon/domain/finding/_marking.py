"""Which words of a text answer the question: found in the text as it stands, marks and all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tinhgon.domain.vntext import fold

from ._question import Question
from ._short import long_of, shortened

_AROUND = 90  # characters before and after the first word that is marked
_LOOKED_AT = 40_000  # characters of a text in which words are looked for
_MOST = 60  # places looked at to find where the words stand closest

_LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
)


_END = r"(?![^\W_])"  # of a word


class Piece(NamedTuple):
    """A stretch of text, and whether it is one of the words asked for."""

    text: str
    is_match: bool


def marked(text: str, question: Question) -> list[Piece]:
    """Return the text in pieces, which together are the text."""
    if not question:
        return [Piece(text, is_match=False)] if text else []
    pieces, at = [], 0
    for m in _pattern(question).finditer(text):
        if m.start() > at:
            pieces.append(Piece(text[at : m.start()], is_match=False))
        pieces.append(Piece(m[0], is_match=True))
        at = m.end()
    if at < len(text):
        pieces.append(Piece(text[at:], is_match=False))
    return pieces


def excerpt(text: str, question: Question) -> list[Piece]:
    """Return the stretch of the text in which most of the words stand together; none of it: []."""
    if not question:
        return []
    spans = []
    for m in _pattern(question).finditer(text, 0, _LOOKED_AT):
        spans.append((m.start(), m.lastgroup or fold(m[0])))
        if len(spans) == _MOST:
            break
    if not spans:
        return []
    best = max(range(len(spans)), key=lambda i: (_distinct(spans, i), -i))
    start = _word_start(text, max(spans[best][0] - _AROUND // 2, 0))
    end = _word_end(text, min(start + 2 * _AROUND, len(text)))
    words = " ".join(text[start:end].split())
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return marked(f"{before}{words}{after}", question)


def _distinct(spans: list[tuple[int, str]], i: int) -> int:
    return len({word for at, word in spans[i:] if at < spans[i][0] + 2 * _AROUND})


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + _AROUND)
    return space + 1 if at and space >= 0 else at


def _word_end(text: str, at: int) -> int:
    space = text.rfind(" ", max(at - _AROUND, 0), at)
    return space if at < len(text) and space > 0 else at


def _pattern(question: Question) -> re.Pattern[str]:
    return _compiled(tuple(question.words))


@lru_cache(maxsize=256)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    last = len(words) - 1
    forms = [rf"{_in_pieces(each.short)}{_END}" for each in shortened(words)]
    for n, word in enumerate(words):
        if len(long := long_of(word)) > 1:
            forms.append(r"\s+".join(_spellings(each) for each in long) + _END)
            forms.append(f"{_in_pieces(word)}{_END}")
        forms.append(_spellings(word) + (r"[^\W_]*" if n == last and len(word) > 1 else _END))
    forms.sort(key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})", re.IGNORECASE)


def _in_pieces(short: str) -> str:
    """Return what finds KHĐT, and also KH&ĐT."""
    return "[&-]?".join(map(_letter, short))


def _spellings(word: str) -> str:
    if word.isdigit():
        return f"0*{word}"
    return "".join(_letter(c) for c in word)


@lru_cache(maxsize=128)
def _letter(c: str) -> str:
    others = "".join(letter for letter in _LETTERS if fold(letter) == c)
    return f"[{others}]" if len(others) > 1 else re.escape(c)
