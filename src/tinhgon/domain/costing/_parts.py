"""How a row says which part of the record it belongs to: by the keys that measures act on."""

from __future__ import annotations

SETS = "dossier_sets"
"""Copying and binding the sets of the dossier."""
MANNERS = "manners"
"""Sending the dossier and receiving the result."""
_PAPER = "paper:"
_STEP = "step:"


def paper_part(place: int) -> str:
    """Return "paper:1" for the first paper, whose place is 0."""
    return f"{_PAPER}{place + 1}"


def step_part(place: int) -> str:
    return f"{_STEP}{place + 1}"


def paper_place(part: str) -> int | None:
    return _place(part, _PAPER)


def step_place(part: str) -> int | None:
    return _place(part, _STEP)


def _place(part: str, kind: str) -> int | None:
    number = part.removeprefix(kind)
    known = part.startswith(kind) and number.isascii() and number.isdecimal()
    return int(number) - 1 if known else None
