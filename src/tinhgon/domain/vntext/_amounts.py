"""Amounts of money as Vietnamese documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ._fold import fold, nfc

NUMBER: Final = r"\d{1,3}(?:[., ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
"""A number in a text, as a pattern: read it with `number_of`."""
_SCALES = {
    "ty": Decimal(10**9),
    "ti": Decimal(10**9),
    "trieu": Decimal(10**6),
    "nghin": Decimal(1000),
    "ngan": Decimal(1000),
}
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<number>{NUMBER})\s*(?P<scale>(?:ty|ti|trieu|nghin|ngan)\b)?\s*"
    r"(?P<unit>(?:dong|vnd|d)\b)?(?:\s*(?:/|\bmoi\b|\bmot\b|\btren\b)\s*(?:0?1\s+)?"
    r"(?P<per>nam|gio|ho so|lan|luot|ngay|nguoi|trang|bo|thu tuc|tthc|thang|ban|to|truong hop)\b)?"
)


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
