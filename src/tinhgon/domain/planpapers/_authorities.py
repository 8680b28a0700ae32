"""Who can change a rule that a province only carries out: the addressees of a day, as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from tinhgon.domain.vntext import fold

_SYMBOL = re.compile(r"/(?:[\wĐđ]+-)*([A-ZĐ]+[a-z]?)\b")
_LAW = re.compile(r"^(?:bo luat|luat|phap lenh|nghi dinh)\b")


def authorities_on(day: date) -> tuple[str, ...]:
    """Return the authorities above a province that there are on a day, in the order of letters."""
    return tuple(row["name"] for row in _rows() if _holds(row, day))


def successor_of(name: str, day: date) -> str:
    """Return what took over the work of an authority that is no more; "" where it stands."""
    row = next((row for row in _rows() if fold(row["name"]) == fold(name)), None)
    return str(row["became"]) if row and row.get("until", date.max) <= day else ""


def authority_for(texts: Iterable[str], day: date) -> str:
    """
    Return who can change these texts: the first authority that one of them names or bears in its
    symbol, or who took over its work; "" where none does.

    A law is changed on a proposal of the Government.
    """
    for text in texts:
        row = _named(text) or _by_symbol(text)
        if row:
            return successor_of(row["name"], day) or str(row["name"])
        if _LAW.match(fold(text)):
            return "Chính phủ"
    return ""


def _named(text: str) -> dict[str, Any] | None:
    """Return the authority whose name stands in the text: the longest, where one holds another."""
    folded = fold(text)
    found = [row for row in _rows() if re.search(rf"\b{re.escape(fold(row['name']))}\b", folded)]
    return max(found, key=lambda row: len(row["name"]), default=None)


def _by_symbol(text: str) -> dict[str, Any] | None:
    symbols = set(_SYMBOL.findall(text))
    return next((row for row in _rows() if symbols & set(row["symbols"])), None)


def _holds(row: dict[str, Any], day: date) -> bool:
    return bool(row["from"] <= day < row.get("until", date.max))


@cache
def _rows() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("authorities.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["authority"]
    return rows
