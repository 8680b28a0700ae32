from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """
    Return a number as 1.234.567,5: groups of three after dots, decimals after a comma.

    With `places` that many decimals are shown, a half rounded away from zero; without it every
    decimal that is there, and no zeros at the end.

    :raises ValueError: if the value is not finite.
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {value}")
    if places is not None:
        digits = max(exact.adjusted(), 0) + places + 2
        context = Context(prec=digits, rounding=ROUND_HALF_UP)
        exact = exact.quantize(Decimal(1).scaleb(-places), context=context)
    whole, _, decimals = f"{exact.copy_abs():f}".partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    sign = "-" if exact < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def format_percent(percent: Decimal | int, places: int | None = None) -> str:
    """Return a percentage as 12,5%; the value counts in percent, 20 for a fifth.

    :raises ValueError: if the value is not finite.
    """
    return f"{format_number(percent, places)}%"
