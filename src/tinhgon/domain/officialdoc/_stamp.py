"""The box of a digital signature: the number and day set in by it, and the signer's data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

SIGNED_AT = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4}[\s,]+\d{1,2}:\d{2}(?::\d{2})?")
STAMP_LINE = re.compile(
    r"^\+\d{2}:\d{2}$|^\S+@\S+\.\w+$"
    r"|^(?:Người ký|Ký bởi|Ký số bởi|Cơ quan|Email|Thời gian ký|Ngày ký|Signature)\b.{0,3}:",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"^\d{1,5}$")


class _PlacedBox(Protocol):
    @property
    def lines(self) -> tuple[str, ...]: ...
    @property
    def x(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """Number and day which the signature software printed into the blanks of the letterhead."""

    number: str | None = None
    day: int | None = None

    @staticmethod
    def is_part(lines: Sequence[str]) -> bool:
        """True when the lines of a floating box are a part of such a stamp."""
        return bool(lines) and (
            all(_DIGITS.match(line) for line in lines)
            or any(SIGNED_AT.search(line) or STAMP_LINE.search(line) for line in lines)
        )


def stamp_of_boxes(boxes: Sequence[_PlacedBox]) -> Stamp | None:
    """
    Return number and day from the boxes with figures: the number stands to the left of the day.
    """
    figures = [box for box in boxes if len(box.lines) == 1 and _DIGITS.match(box.lines[0])]
    figures.sort(key=lambda box: box.x if box.x is not None else 0.0)
    return stamp_of_figures([box.lines[0] for box in figures])


def stamp_of_figures(figures: Sequence[str]) -> Stamp | None:
    """
    Return the stamp for the two figures, number first; None when they cannot be number and day.
    """
    if len(figures) != 2:
        return None
    day = int(figures[1])
    return Stamp(figures[0], day) if 1 <= day <= 31 else None
