"""Text → words as they are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tinhgon.domain.vntext import fold, nfc, same_spelling

# "1927/VPCP-KSTT" and "1.002345.H37" stay together; so do "hành chính-kinh tế", which is harmless.
_CHUNK = re.compile(r"[^\W_]+(?:[/.\-–‑_&][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
# "LĐ-TB&XH", "KH&ĐT": one abbreviation, written in pieces.
_IN_PIECES = re.compile(r"[^\W\d_]+(?:[-&][^\W\d_]+)*&[^\W\d_]+")
# "Số: 1927 /VPCP-KSTT", as scans and tables have it.
_LOOSE_SLASH = re.compile(r"(?<=\d)[ \u00a0]*/[ \u00a0]*(?=[^\W_])")
_LONGEST = 40  # letters of one word; what is longer is no word, and is cut on both sides


class Chunk(NamedTuple):
    """What stands without a space: its words folded, and as spelled (lower case, NFC)."""

    words: tuple[str, ...]
    spelled: tuple[str, ...]


def chunks_of(text: str) -> list[Chunk]:
    """Cut a text into chunks: upper case, NFC or NFD, oà or òa, 01 or 1 make no difference."""
    raw = nfc(text).lower()
    if "/" in raw:
        raw = _LOOSE_SLASH.sub("/", raw)
    return list(map(_chunk, _CHUNK.findall(raw)))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [word for chunk in chunks_of(text) for word in chunk.words]


@lru_cache(maxsize=65_536)
def _chunk(raw: str) -> Chunk:
    if "&" in raw:
        raw = _IN_PIECES.sub(lambda m: m[0].replace("&", "").replace("-", ""), raw)
    pairs = [(_folded(part), same_spelling(part)[:_LONGEST]) for part in _PART.findall(raw)]
    pairs = [(word, spelled) for word, spelled in pairs if word]
    return Chunk(tuple(word for word, _ in pairs), tuple(spelled for _, spelled in pairs))


def _folded(part: str) -> str:
    word = "".join(c for c in fold(part) if c.isalnum())[:_LONGEST]
    return (word.lstrip("0") or "0") if word.isdigit() else word
