"""Figures of the after side that are a share of those of now."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from ._enums import Term
from ._limits import limits
from ._model import Note


def share_of(term: Term, figure: Decimal, share: Fraction) -> Decimal:
    """Return a share of a figure, to the decimals that it may have."""
    with localcontext(prec=60):
        return round(figure * share.numerator / share.denominator, limits()[term].places)


def share_said(note: Note, now: Decimal | None, after: Decimal | None) -> Fraction | None:
    """
    Return which share of now a figure of after is; None where it is none.

    Notes from before shares were kept say only that it follows: then the figures tell it.
    """
    if not note.follows or note.share is not None:
        return note.share
    return Fraction(after) / Fraction(now) if now and after is not None else None
