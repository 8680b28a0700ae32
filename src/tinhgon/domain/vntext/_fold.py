from __future__ import annotations

import re
import unicodedata

# Eth and African D look like Đ and stand for it in files from old fonts and keyboards.
_D_WITH_STROKE = re.compile("[đĐðÐɖƉ]")
# Vietnamese taken apart is ASCII and these marks; anything else goes the slow way.
_OTHER = re.compile(r"[^\x00-\x7f\u0300-\u036f]")


def nfc(s: str) -> str:
    """Return `s` with each letter and its marks as one character, as it is stored and compared."""
    return unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """
    Return `s` for searching: lower case, without diacritics, đ as d, single spaces.

    Both places of a tone mark give the same ("hoá", "hóa" → "hoa"); so do the composed and the
    decomposed form. Folding twice changes nothing.
    """
    if s.isascii():
        return " ".join(s.lower().split())
    bare = _bare(_D_WITH_STROKE.sub("d", s))
    # Lower case can bring new marks (İ) and compatibility forms new capitals (ℌ).
    return " ".join(_bare(_bare(bare.casefold()).casefold()).split())


def _bare(s: str) -> str:
    if s.isascii():
        return s
    decomposed = unicodedata.normalize("NFKD", s)
    if not _OTHER.search(decomposed):
        return decomposed.encode("ascii", "ignore").decode()
    return "".join(c for c in decomposed if not unicodedata.combining(c))
