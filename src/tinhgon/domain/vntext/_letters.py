from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

# Tones in the order of the dictionary: ngang has no mark.
HUYEN, HOI, NGA, SAC, NANG = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = ("", HUYEN, HOI, NGA, SAC, NANG)

POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""The letters that points of a document bear, in their order."""


class Letter(NamedTuple):
    """A letter as in the alphabet (ă, ê, ơ …, case kept) and the mark of its tone, or ''."""

    letter: str
    tone: str


def letters_of(s: str) -> list[Letter]:
    """Take `s` apart into letters and tones; a mark that is no tone stays with its letter."""
    found: list[Letter] = []
    for c in unicodedata.normalize("NFD", s):
        if found and unicodedata.combining(c):
            letter, tone = found[-1]
            if c in TONES and not tone:
                found[-1] = Letter(letter, c)
            else:
                found[-1] = Letter(unicodedata.normalize("NFC", letter + c), tone)
        else:
            found.append(Letter(c, ""))
    return found
