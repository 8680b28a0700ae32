from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext

UNDEFINED = "không xác định"
"""A share of nothing."""
_WIDE = Context(prec=60)
_CENT = Decimal("0.01")


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


def format_share(share: Decimal | None) -> str:
    """
    Return a share of one as 53,84%: two decimals, a half rounded away from zero; None in words.

    It is never rounded up to a whole per cent that it falls short of, as targets are: 0.19996 is
    19,99%, so that nobody reads that 20% were reached.

    :raises ValueError: if the share is not finite.
    """
    if share is None:
        return UNDEFINED
    with localcontext(_WIDE):
        percent = share * 100
        if not percent.is_finite():
            raise ValueError(f"not a finite number: {share}")
        shown = percent.quantize(_CENT, rounding=ROUND_HALF_UP)
        if shown > percent and shown == shown.to_integral_value():
            shown = percent.quantize(_CENT, rounding=ROUND_DOWN)
        return format_percent(shown, 2)
