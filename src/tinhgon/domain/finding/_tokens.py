"""
An entry → the tokens it is found by.

A token is a word of letters and digits; a mark before it says what it tells. Two underscores stand
before what no text can say: who may see the entry, and its kind.

    thu     a word anywhere            _p th     the beginning of a word anywhere
    _t thu  a word of the title        _q th     the beginning of a word of the title
    _x thủ  a word of the title as it is spelled
    _b thu_tuc   two words that follow one another in the title
    _y thủ_tục   the same as they are spelled
    _c 1927_vpcp the same within a number or symbol, anywhere
    _w …    the whole title, or one whole number or symbol; _v … as it is spelled
    __a 42  seen by the branch of agency 42      __d 42  seen by all below agency 42
    __all   seen by all who have signed in       __pub   seen by the public
    __k duty  of that kind
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from ._short import expanded, shortened, shorts_in, spelled_out
from ._words import Chunk, chunks_of

VERSION = 6
"""Counts up with every change to what a text is found by; entries of before are indexed anew."""

_LONGEST_BEGINNING = 12
_SURELY_FEW = 5_000  # words, whose tokens stay within the bound below
_MOST_LETTERS = 300_000  # of the tokens of one text; a tsvector ends at one million bytes
PUBLIC, EVERYBODY = "__pub", "__all"


def text_tokens(
    title: str, *, codes: Sequence[str] = (), beside: str = "", body: str = ""
) -> set[str]:
    """
    Return what a text is found by; the parameters are those of `title_tokens`, and `body`, which
    counts less.
    """
    found, head = _head_tokens(title, codes, beside)
    chunks = chunks_of(body)
    words = [word for chunk in chunks for word in chunk.words]
    return found | _body_tokens(chunks, words, head)


def title_tokens(title: str, *, codes: Sequence[str] = (), beside: str = "") -> set[str]:
    """
    Return what an entry is found by first.

    :param codes: numbers and symbols by which it is known; each, alone and whole, finds it first.
    :param beside: words that count as words of the title, without being part of its wording.
    """
    return _head_tokens(title, codes, beside)[0]


def _head_tokens(title: str, codes: Sequence[str], beside: str) -> tuple[set[str], set[str]]:
    found: set[str] = set()
    head: set[str] = set()
    for text in (title, *codes, beside):
        chunks = chunks_of(text)
        words = [word for chunk in chunks for word in chunk.words]
        variants, pairs = _variants(words)
        head |= variants
        found.update(f"_b{a}_{b}" for a, b in pairs)
        if text is not beside and words:
            spelled = [s for chunk in chunks for s in chunk.spelled]
            found |= _spelled_tokens(words, spelled)
    found.update(f"_t{word}" for word in head)
    found.update(f"_q{part}" for word in head for part in beginnings(word))
    return found, head


def _spelled_tokens(words: Sequence[str], spelled: Sequence[str]) -> set[str]:
    long = [s for word, own in zip(words, spelled, strict=True) for s in spelled_out(word, own)]
    found = {whole_token(words), whole_spelled_token(long)}
    for sequence in (spelled, long):
        found.update(f"_x{s}" for s in sequence if not s.isascii())
        found.update(pair_spelled(a, b) for a, b in pairwise(sequence))
    return found


def pair_spelled(a: str, b: str) -> str:
    """Return the token of two words as spelled; without any mark that of the bare words."""
    return f"_b{a}_{b}" if a.isascii() and b.isascii() else f"_y{a}_{b}"


def _body_tokens(chunks: Sequence[Chunk], words: Sequence[str], head: set[str]) -> set[str]:
    """Of a text without end, what its beginning is found by; words of the title are known."""
    long = expanded(words)
    found = {*words, *long, *shorts_in(long)} - head
    found.update(chain.from_iterable(map(_begun_tokens, found.copy())))
    found.update(_code_tokens(chunk for chunk in chunks if len(chunk.words) > 1))
    if len(words) < _SURELY_FEW or sum(map(len, found)) <= _MOST_LETTERS:
        return found
    return _body_tokens(chunks[: len(chunks) // 2], words[: len(words) // 2], head)


def whole_token(words: Sequence[str]) -> str:
    """Return the one token of a text as a whole, abbreviations written out."""
    return f"_w{_digest(expanded(words))}"


def whole_spelled_token(spelled: Sequence[str]) -> str:
    """Return the one token of a text as it is spelled, abbreviations written out."""
    return f"_v{_digest(spelled)}"


def _digest(words: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=8).hexdigest()


def reach_tokens(
    paths: Iterable[str], *, below: bool = False, everybody: bool = False, public: bool = False
) -> set[str]:
    """
    Return who sees what belongs to the agencies at these paths: each branch that one lies in.

    :param below: those below these agencies, too.
    :param everybody: all who have signed in.
    """
    steps = [_steps(path) for path in paths]
    found = {f"__a{step}" for path in steps for step in path}
    if below:
        found |= {f"__d{path[-1]}" for path in steps}
    if everybody or public:
        found.add(EVERYBODY)
    if public:
        found.add(PUBLIC)
    return found


def seeing_tokens(paths: Iterable[str]) -> list[str]:
    """Return the tokens of which one is enough for who has signed in and sees these branches."""
    found = {EVERYBODY}
    for path in paths:
        *above, own = _steps(path)
        found.add(f"__a{own}")
        found |= {f"__d{step}" for step in above if step}
    return sorted(found)


def branch_token(path: str) -> str:
    """Return what every entry has that is seen by the branch at this place of the tree."""
    return f"__a{_steps(path)[-1]}"


def _steps(path: str) -> list[str]:
    """Return the places from the root of the tree, which is "", down to the path."""
    return ["", *path.strip("/").split("/")] if path.strip("/") else [""]


def kind_token(kind: str) -> str:
    return f"__k{kind}"


@lru_cache(maxsize=16_384)
def _begun_tokens(word: str) -> tuple[str, ...]:
    return tuple(f"_p{part}" for part in beginnings(word))


@lru_cache(maxsize=16_384)
def beginnings(word: str) -> tuple[str, ...]:
    """Return the beginnings of a word that are not the whole: "thu" → "t", "th"."""
    return tuple(word[:n] for n in range(1, min(len(word), _LONGEST_BEGINNING + 1)))


def _variants(words: Sequence[str]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the words, and those that follow one another, also written short and written out."""
    long = expanded(words)
    shorts = list(shortened(long))
    pairs = {*pairwise(words), *pairwise(long)}
    ends = {each.end: each.short for each in shorts}
    for start, end, short in shorts:
        if start:
            pairs.add((long[start - 1], short))
        if end < len(long):
            pairs.add((short, long[end]))
        if start in ends:
            pairs.add((ends[start], short))
    return {*words, *long, *(each.short for each in shorts)}, pairs


def _code_tokens(chunks: Iterable[Chunk]) -> Iterator[str]:
    for chunk in chunks:
        for a, b in pairwise(chunk.words):
            yield f"_c{a}_{b}"
