"""What the figures of a plan decision give: the yearly amount, the percentage, the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tinhgon.domain.vntext import NUMBER, amounts_in, number_of

_PERCENT = re.compile(r"(?<![\w.,/])(?P<number>\d+(?:[.,]\d+)?)\s*(?:%|phan tram)")
_TIMES_HUNDRED = re.compile(r"[x×*]\s*100\s*%?")
_BRACKETS = re.compile(r"\([^()]*\)")
_TIMES = re.compile(r"\s*(?<=[\s)\d])[x×*](?=[\s(\d])\s*")
_ANY_NUMBER = re.compile(NUMBER)


def yearly_amount(folded: str, *, bare: bool = False) -> Decimal | None:
    """
    Return the amount which a piece of text gives: behind its last "=", else the first one outside
    brackets.

    Amounts an hour, a dossier and so on are steps of the sum, not its result. With `bare` a number
    without "đồng" is taken where there is none with it.
    """
    for text in _results(folded):
        found = [each for each in amounts_in(text) if each.per in ("", "nam")]
        with_unit = [each for each in found if each.unit]
        yearly = [each for each in with_unit if each.per == "nam"]
        for choice in (yearly, with_unit, found if bare else []):
            if choice:
                return choice[0].value
    return None


def percent_in(folded: str, *, bare: bool = False) -> Decimal | None:
    """Return the percentage which a piece of text gives, with its printed decimals."""
    cleaned = _TIMES_HUNDRED.sub(lambda m: " " * len(m[0]), folded)
    for text in _results(cleaned):
        found = _PERCENT.search(text)
        if found:
            return number_of(found["number"], decimal=True)
    only = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*\.?\s*", cleaned)
    return number_of(only[1], decimal=True) if only and bare else None


def _results(folded: str) -> Iterator[str]:
    """Yield where the result may stand, the likeliest first."""
    outside = _BRACKETS.sub(lambda m: " " * len(m[0]), folded)
    for text in (outside, folded):
        if "=" in text:
            yield text[text.rindex("=") + 1 :]
    yield outside
    yield folded


def product_in(folded: str) -> Decimal | None:
    """
    Return the product of a printed formula "(10 ngày = 80 giờ x 40.000 đồng/giờ) x 10 hồ sơ = …";
    None where it is anything but a product.
    """
    left, equals, _ = folded.rpartition("=")
    if not equals:
        return None
    factors: list[Decimal] = []
    for part in _TIMES.split(left):
        own = part.rpartition("=")[2]
        if re.search(r"\d\)?\s*[+:÷–-]\s*\(?\d", own):
            return None
        numbers = _ANY_NUMBER.findall(_without_places(own))
        if len(numbers) != 1:
            return None
        factors.append(number_of(numbers[0]))
    if len(factors) < 2:
        return None
    product = Decimal(1)
    for factor in factors:
        product *= factor
    return product


def _without_places(text: str) -> str:
    """Numbers that only name a unit ("đồng/01 giờ") are no factors."""
    return re.sub(r"/\s*0?1\s+(?=[a-z])", "/", text)
