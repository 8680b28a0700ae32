"""Text broken into lines that fit a width, without asking a font."""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    **dict.fromkeys("ijltfrI.,;:!'|()[]/-1 ", 0.42),
    **dict.fromkeys("mwMW@%—…", 0.98),
}
"""Width of letters in ems, those of wide fonts, so that the text fits with any."""
_SMALL, _CAPITAL, _WIDEST = 0.62, 0.76, 1.0


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is at most, at a size of the font."""
    return sum(_ems(letter) for letter in unicodedata.normalize("NFC", text)) * size


def wrap(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """
    Return a text in at most `most` lines of a width; what does not fit ends in "…".

    Breaks between words, and inside those that are wider than a line.
    """
    lines: list[str] = []
    line = ""
    for piece in (piece for word in text.split() for piece in _pieces(word, width, size)):
        if line and width_of(f"{line} {piece}", size) > width:
            lines.append(line)
            line = piece
        else:
            line = f"{line} {piece}".lstrip()
    lines += [line] if line else []
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while width_of(f"{last}…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip(' ,.;:')}…")


def _pieces(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _ems(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDEST
    return _CAPITAL if letter.isupper() else _SMALL
