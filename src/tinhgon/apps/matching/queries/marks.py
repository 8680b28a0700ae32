"""A name cut where it differs from another, so that a page can mark the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


def marked(name: str, apart: Iterable[str]) -> tuple[Piece, ...]:
    """Cut a name at the words that stand apart; they come in the order of the name."""
    pieces: list[Piece] = []
    rest = name
    for words in apart:
        before, found, after = rest.partition(words) if words else (rest, "", "")
        if found:
            pieces += [Piece(before), Piece(found, is_marked=True)]
            rest = after
    return tuple(piece for piece in (*pieces, Piece(rest)) if piece.text)
