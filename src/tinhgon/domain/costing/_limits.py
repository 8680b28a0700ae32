"""What a figure can be: refused beyond it, in words that say what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from tinhgon.domain.vntext import format_number

from ._enums import Term


class BadFigure(ValueError):
    """A figure that cannot be; the message says in Vietnamese why and what to do."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The bounds of one kind of figure: `most` in its unit, decimals, from when it is doubtful."""

    name: str
    unit: str
    most: Decimal
    doubtful: Decimal
    doubt: str
    places: int


@cache
def limits() -> Mapping[Term, Limit]:
    """Return the bounds of every kind of figure."""
    text = resources.files(__package__).joinpath("norms/limits.toml").read_text("utf-8")
    return {
        Term(name): Limit(
            row["name"],
            row["unit"],
            Decimal(row["most"]),
            Decimal(row["doubtful"]),
            row["doubt"],
            row["places"],
        )
        for name, row in tomllib.loads(text).items()
    }


def check_figure(term: Term, value: Decimal) -> None:
    """
    Refuse what cannot be such a figure.

    :raises BadFigure: if it is no finite number, negative, beyond the most, or too finely given.
    """
    limit = limits()[term]
    if not value.is_finite():
        raise BadFigure(f"Không phải là số. Ghi {limit.name} bằng chữ số, đơn vị {limit.unit}.")
    if value < 0:
        raise BadFigure(f"{_shown(value)}: {limit.name} không thể là số âm. Ghi từ 0 trở lên.")
    if value > limit.most:
        raise BadFigure(
            f"{_shown(value)} {limit.unit} vượt mức có thể có ({_shown(limit.most)} "
            f"{limit.unit}). Kiểm tra lại {limit.name}, đơn vị tính là {limit.unit}."
        )
    if value != round(value, limit.places):
        raise BadFigure(
            f"{_shown(value)}: {limit.name} chỉ ghi tối đa {limit.places} chữ số sau dấu phẩy."
        )


def _shown(value: Decimal) -> str:
    """Return a number in full as long as it can be read: 9E+999 is not written out."""
    return f"{value:.4E}" if abs(value.adjusted()) > _READABLE else format_number(value)


_READABLE = 20
