"""Whether a published figure agrees with the exact one, and how it was cut short."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum, auto


class Agreement(StrEnum):
    ROUNDED = auto()
    """Rounded half up, as it should be, or exact."""
    TRUNCATED = auto()
    """Digits were left off without rounding: 88,2 for 88,286."""
    DIFFERENT = auto()


def agreement(exact: Decimal, published: Decimal) -> Agreement:
    """Return how a published figure came from the exact one, at the decimals that it shows."""
    shown = Decimal(1).scaleb(min(int(published.as_tuple().exponent), 0))
    if exact.quantize(shown, rounding=ROUND_HALF_UP) == published:
        return Agreement.ROUNDED
    if exact.quantize(shown, rounding=ROUND_DOWN) == published:
        return Agreement.TRUNCATED
    return Agreement.DIFFERENT
