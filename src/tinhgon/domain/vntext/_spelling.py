from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ._letters import letters_of

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?P<onset>qu(?=[aăâeêioôơy])|gi(?=[aăâeêoôơuư])|ngh?|nh|gh?|kh?|ch?|ph?|th|tr|[bdđhlmnqrstvx]|)"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})"
    r"(?P<coda>ch|ng|nh|[cmnpt]|)"
)
_MARKED = frozenset("ăâêôơư")


def same_spelling(s: str) -> str:
    """
    Return `s` with tone marks in one place, for comparing: hoà → hòa, thuỷ → thủy, qúy → quý.

    Composed (NFC), case and spaces kept. A word that is no Vietnamese syllable with one tone is
    left alone. Which of i and y is written does not change (kĩ and kỹ stay two spellings).
    """
    return _WORD.sub(lambda m: _respelled(m[0]), unicodedata.normalize("NFC", s))


@lru_cache(maxsize=8192)
def _respelled(word: str) -> str:
    letters = letters_of(word)
    tones = [tone for _, tone in letters if tone]
    if len(tones) != 1:
        return word
    bare = "".join(letter for letter, _ in letters)
    syllable = _SYLLABLE.fullmatch(bare.lower())
    if syllable is None:
        return word
    place = syllable.start("vowels") + _place(syllable["vowels"], closed=bool(syllable["coda"]))
    return unicodedata.normalize("NFC", bare[: place + 1] + tones[0] + bare[place + 1 :])


def _place(vowels: str, *, closed: bool) -> int:
    """Return which vowel bears the tone: ê, ơ … before all; else the last; open, the one before."""
    marked = [i for i, v in enumerate(vowels) if v in _MARKED]
    if marked:
        return marked[-1]
    return len(vowels) - 1 if closed else max(len(vowels) - 2, 0)
