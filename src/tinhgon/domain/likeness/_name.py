"""Reading the name of a procedure: what is done to what, at which level, under which provision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tinhgon.domain.vntext import fold, nfc, same_spelling

from ._lexicon import (
    ACTION,
    AGAIN,
    ANOTHER,
    AUTHORITY,
    DECISIVE,
    LEVEL,
    SCOPE,
    Phrases,
    bare,
    leading,
    phrases,
    short_forms,
    syllables,
)

_BRACKET = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SHORT = re.compile(r"\b[A-ZĐ]{2,}(?:&[A-ZĐ]+)?\b")
_KIND = r"(?:bộ luật|luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|quy chế)"
_VALUES = r"[\dđ]+[a-zđ]?(?:(?:\s*,\s*|\s+và\s+)\d+[a-zđ]?(?!\w))*"
_PROVISION = rf"(?:(?:điểm\s+[a-zđ]\d*(?!\w)|khoản\s+{_VALUES}|điều\s+{_VALUES})[\s,]*)+"
# "… khoản 3 Điều 15 của Luật Bảo vệ môi trường năm 2020": the title of the law ends at a number,
# a sign, or one of a few words.
_REFERENCE = re.compile(
    rf"(?:(?:căn cứ|theo|quy định|tại)\s+)*(?P<provision>{_PROVISION})"
    rf"(?:(?:của\s+)?{_KIND}(?P<title>[^\d,;()]*?)"
    r"(?=[\d,;()]|\s+(?:năm|số|ngày|quy định|và|được|trừ)\b|[\s.]*$))?",
    re.IGNORECASE,
)
_CODE = re.compile(
    rf"(?:{_KIND}\s+)?(?:số\s+)?\d+[a-z]?\s*/\s*(?:\d{{4}}\s*/\s*)?[A-ZĐ][\w]*(?:\s*-\s*[A-ZĐ]\w*)*"
    r"(?:\s+ngày\s+[\d/.-]+(?:\s+tháng\s+\d+)?)?(?:\s+năm\s+\d{4})?"
    r"(?:\s+của\s+(?:Thủ tướng\s+)?Chính phủ)?",
)
_YEARS = re.compile(
    r"\b(?:giai đoạn|năm học|năm|từ ngày|ngày|trước ngày)?\s*"
    r"(?:\d{1,2}/\d{1,2}/)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:trên địa bàn\s+)?\b(?:tỉnh|thành phố|huyện|xã|phường)"
    r"((?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,3})(?=\s|[,;.)]|$)"
)
_EXCEPT = re.compile(r"[,;]?\s+trừ\s", re.IGNORECASE)
LONGEST = 1000
"""How many characters of a name are read; real ones have up to five hundred."""
_LONGEST_OPENING = 8
_NO_PROVISIONS: frozenset[tuple[str, str, str, str]] = frozenset()
_PARTS = re.compile(r"(điểm|khoản|điều)\s+([\dđa-z]+(?:(?:\s*,\s*|\s+và\s+)\d+[a-zđ]?(?!\w))*)")

_Said = tuple[Sequence[str], tuple[str, ...]]
"""A phrase as written and the tokens it stands for."""


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name, read.

    :param folded: the whole name, folded, without closing signs.
    :param tokens: what it says, in order: content syllables, actions, decisive words; said again,
        a syllable carries a mark.
    :param words: the words, as written, that say it.
    :param soft: those of the tokens that say little: in brackets, authorities.
    :param decisive: the decisive words.
    :param levels: the levels it names.
    :param provisions: the provisions it names: (title of the law, article, clause, point).
    """

    folded: str
    tokens: tuple[str, ...]
    words: frozenset[str]
    soft: frozenset[str]
    decisive: frozenset[str]
    levels: frozenset[str]
    provisions: frozenset[tuple[str, str, str, str]]

    @property
    def doing(self) -> frozenset[str]:
        """Those of the decisive words that decide wherever they stand."""
        return frozenset(t for t in self.decisive if not t.startswith(SCOPE))

    @property
    def core(self) -> tuple[str, ...]:
        """What is left when everything is taken off that makes no difference."""
        return (*self.tokens, *sorted(self.levels))


def read_name(name: str) -> Name:
    """Read a name; of one that is longer than any name is, only the beginning counts."""
    text = " ".join(nfc(name[:LONGEST]).split()).strip(" .;,:")
    folded = fold(text)
    marked = folded != text.lower()
    rest, provisions = text, _NO_PROVISIONS
    if any(c.isdigit() for c in text):
        rest, provisions = _take_references(text)
        rest = _YEARS.sub(" ", _CODE.sub(" ", rest))
    rest = _PLACE.sub(" ", rest)
    outside, inside = rest, ""
    if "(" in rest or "[" in rest:
        outside = _BRACKET.sub(" ; ", rest)
        inside = " ; ".join(a or b for a, b in _BRACKET.findall(rest))
    if except_at := _EXCEPT.search(outside):
        inside += outside[except_at.start() :]
        outside = outside[: except_at.start()]
    said = _parsed(_without_opening(_words(outside, marked=marked)), marked=marked)
    said_aside = _parsed(_words(inside, marked=marked), marked=marked)
    main, aside = _flat(said), _flat(said_aside)
    levels = frozenset(t.removeprefix(LEVEL) for t, _ in (*main, *aside) if t.startswith(LEVEL))
    seen: dict[str, str] = {}
    tokens = tuple(dict.fromkeys(_numbered(main, seen)))
    weighty = {t for t in tokens if not t.startswith(AUTHORITY)}
    tokens = tuple(dict.fromkeys((*tokens, *_numbered(aside, seen))))
    decisive = frozenset(t for t in tokens if t.startswith(DECISIVE))
    return Name(
        folded=folded,
        tokens=tokens,
        words=frozenset(
            bare(word)
            for words, found in (*said, *said_aside)
            if found and not found[0].startswith(LEVEL)
            for word in words
        ),
        soft=frozenset(tokens) - weighty - decisive,
        decisive=decisive,
        levels=levels,
        provisions=provisions,
    )


def _flat(said: Iterable[_Said]) -> list[tuple[str, str]]:
    """Return the tokens one by one, each with the phrase that says it."""
    return [(token, " ".join(words)) for words, tokens in said for token in tokens]


def _numbered(said: Iterable[tuple[str, str]], seen: dict[str, str]) -> Iterator[str]:
    """
    Leave levels out and mark what comes a second time, apart from tokens with a sign.

    "biện … biển": the second is another word, only folded alike; "đất … đất" is a repetition.
    """
    for token, words in said:
        if token.startswith(LEVEL):
            continue
        if token.startswith((DECISIVE, ACTION, AUTHORITY)) or token not in seen:
            seen.setdefault(token, words)
            yield token
        else:
            yield token + (AGAIN if seen[token] == words else ANOTHER)


def _words(text: str, *, marked: bool) -> list[str]:
    """Return the syllables, in one spelling with diacritics or folded, with short forms in full."""
    short = short_forms()
    text = _SHORT.sub(lambda m: " ".join(short.get("".join(syllables(fold(m[0]))), (m[0],))), text)
    lower = same_spelling(text.lower())
    return syllables(lower if marked else fold(lower))


def _without_opening(words: list[str]) -> list[str]:
    first = tuple(bare(word) for word in words[:_LONGEST_OPENING])
    for opening in leading():
        if len(words) > len(opening) and first[: len(opening)] == opening:
            return words[len(opening) :]
    return words


def _parsed(words: Sequence[str], *, marked: bool) -> list[_Said]:
    known = phrases(marked=marked)
    said: list[_Said] = []
    at = 0
    while at < len(words):
        length, tokens = _phrase_at(words, at, known)
        said.append((words[at : at + length], tokens))
        at += length
    return said


def _phrase_at(words: Sequence[str], at: int, known: Phrases) -> tuple[int, tuple[str, ...]]:
    for key, tokens in known.get(words[at], ()):
        if tuple(words[at : at + len(key)]) == key:
            return len(key), tokens
    return 1, (bare(words[at]),)


def _take_references(text: str) -> tuple[str, frozenset[tuple[str, str, str, str]]]:
    """Cut the provisions out of the name; return what is left and them."""
    found: set[tuple[str, str, str, str]] = set()

    def take(m: re.Match[str]) -> str:
        found.update(_provisions(m["provision"], fold(m["title"] or "")))
        return " ; "

    return _REFERENCE.sub(take, text), frozenset(found)


def _provisions(text: str, title: str) -> Iterator[tuple[str, str, str, str]]:
    point = clause = ""
    for kind, value in _PARTS.findall(text.lower()):
        if kind == "điểm":
            point = value
        elif kind == "khoản":
            clause = " ".join(syllables(value))
        else:
            yield title, " ".join(syllables(value)), clause, point
            point = clause = ""
    if clause or point:
        yield title, "", clause, point
