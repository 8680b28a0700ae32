from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ._letters import TONES, letters_of

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_MAX_DIGITS = 99

# The place of a letter: its base, then 0, 1, 2 … for a ă â.
_PLACES = {
    letter: f"{base}{i}"
    for base, row in {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}.items()
    for i, letter in enumerate(row)
} | {letter: f"{letter}0" for letter in "bcfghijklmnpqrstvwxyz"}


def sort_key(s: str) -> str:
    """
    Return a key that puts texts into the order of a Vietnamese dictionary.

    Syllable by syllable: first the letters (a ă â b c d đ e ê …), then the tone (ngang, huyền,
    hỏi, ngã, sắc, nặng). Numbers stand before letters and by their value ("Phường 2" before
    "Phường 10"). Case, punctuation and spaces do not count.

    The key has only the characters 0–9 and a–z, so that every database collation agrees on it;
    it is up to six times as long as the text (more for letters that are not Latin).
    """
    composed = unicodedata.normalize("NFKC", s)
    return "".join(
        _number_key(piece) if piece[0].isdigit() else _syllable_key(piece)
        for piece in _PIECE.findall(composed)
    )


def _number_key(digits: str) -> str:
    plain = "".join(str(unicodedata.digit(d)) for d in digits).lstrip("0")
    parts = [plain[i : i + _MAX_DIGITS] for i in range(0, len(plain), _MAX_DIGITS)] or [""]
    return "".join(f"1{len(part):02d}{part}" for part in parts)


# Vietnamese has some 7,000 syllables; lists repeat the same few hundred.
@lru_cache(maxsize=8192)
def _syllable_key(syllable: str) -> str:
    letters = letters_of(syllable.lower())
    tones = [TONES.index(tone) for _, tone in letters if tone]
    places = "".join(_place(letter) for letter, _ in letters)
    return f"{places}0{tones[0] if tones else 0}"


def _place(letter: str) -> str:
    if letter in _PLACES:
        return _PLACES[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return _PLACES.get(base) or f"z9{ord(base):06x}"
