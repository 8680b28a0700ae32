"""Amounts of money and percentages as Vietnamese documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.domain.vntext import fold, nfc

_NUMBER = r"\d{1,3}(?:[., ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_SCALES = {
    "ty": Decimal(10**9),
    "ti": Decimal(10**9),
    "trieu": Decimal(10**6),
    "nghin": Decimal(1000),
    "ngan": Decimal(1000),
}
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<number>{_NUMBER})\s*(?P<scale>(?:ty|ti|trieu|nghin|ngan)\b)?\s*"
    r"(?P<unit>(?:dong|vnd|d)\b)?(?:\s*(?:/|\bmoi\b|\bmot\b|\btren\b)\s*(?:0?1\s+)?"
    r"(?P<per>nam|gio|ho so|lan|luot|ngay|nguoi|trang|bo|thu tuc|tthc|thang|ban|to|truong hop)\b)?"
)
_PERCENT = re.compile(r"(?<![\w.,/])(?P<number>\d+(?:[.,]\d+)?)\s*(?:%|phan tram)")
_TIMES_HUNDRED = re.compile(r"[x×*]\s*100\s*%?")
_BRACKETS = re.compile(r"\([^()]*\)")
_TIMES = re.compile(r"\s*(?<=[\s)\d])[x×*](?=[\s(\d])\s*")
_ANY_NUMBER = re.compile(_NUMBER)


def level_fold(text: str) -> str:
    """Return the text folded letter by letter, so that places in it stay the same."""
    text = nfc(text)
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(" " if c.isspace() else (fold(c) or c)[:1] for c in text)


def number_of(digits: str, *, decimal: bool = False) -> Decimal:
    """
    Return a number as it is written: 1.234.567 and 1,234,567 are the same, 12,5 has a decimal.

    Three digits behind a single separator are thousands, unless `decimal` (percentages, and
    "1,652 tỷ" with a comma).
    """
    text = digits.replace(" ", ".") if re.search(r"\d \d{3}", digits) else digits
    signs = [c for c in text if c in ".,"]
    if not signs:
        return Decimal(text)
    last = signs[-1]
    after = len(text) - text.rindex(last) - 1
    if len(set(signs)) == 2:
        whole, _, decimals = text.rpartition(last)
        return Decimal(f"{_plain(whole)}.{decimals}")
    if len(signs) > 1 or (after == 3 and not decimal):
        if after != 3:  # 1.234.567.50: the last one parts the decimals
            whole, _, decimals = text.rpartition(last)
            return Decimal(f"{_plain(whole)}.{decimals}")
        return Decimal(_plain(text))
    return Decimal(text.replace(",", "."))


def _plain(text: str) -> str:
    return re.sub(r"[.,]", "", text)


@dataclass(frozen=True, slots=True)
class Amount:
    """
    An amount in đồng where it stands in the text.

    `per` is "nam" for a year, another word for an amount that is no yearly one, "" where nothing
    is said; `unit` is False for a number alone.
    """

    value: Decimal
    per: str
    unit: bool
    start: int
    end: int


def amounts_in(folded: str) -> Iterator[Amount]:
    """Yield the numbers of a folded text as amounts; "3 tỷ 200 triệu đồng" is one."""
    held: Amount | None = None
    held_scale = ""
    for found in _AMOUNT.finditer(folded):
        scale = found["scale"] or ""
        decimal = bool(scale) and "," in found["number"] and found["number"].count(",") == 1
        value = number_of(found["number"], decimal=decimal)
        value *= _SCALES.get(scale, Decimal(1))
        unit = bool(scale or found["unit"])
        here = Amount(value, found["per"] or "", unit, found.start(), found.end())
        goes_on = held is not None and folded[held.end : here.start].strip() == "" and scale
        if held is not None and goes_on and _SCALES[scale] < _SCALES[held_scale]:
            here = Amount(held.value + value, here.per, unit, held.start, here.end)
        elif held is not None:
            yield held
        held, held_scale = None, ""
        if scale and not found["unit"] and not here.per:
            held, held_scale = here, scale
        else:
            yield here
    if held is not None:
        yield held


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
