"""Figures as people type and paste them into cells."""

from __future__ import annotations

import re
from decimal import Decimal

from tinhgon.domain.procedures import HOURS_A_WORKING_DAY
from tinhgon.domain.vntext import format_number, nfc

from ._enums import Term
from ._limits import BadFigure, check_figure, limits

_LONGEST = 40
_PLAIN = re.compile(r"-?\d+")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""Thousands to whoever writes as the law does, decimals to whoever copies from a machine."""
_COMMA = re.compile(r"-?\d+,\d+")
_POINT = re.compile(r"-?\d+\.\d+")
_ENGLISH = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_MONEY_UNIT = re.compile(r"(đồng|vnđ|vnd|đ)(/\w+)?$")
_TIME = re.compile(
    r"(?:(?P<days>[\d.,]+)\s*ngày(?: làm việc)?)?\s*"
    r"(?:(?P<hours>[\d.,]+)\s*(?:giờ|h|g))?\s*"
    r"(?:(?P<minutes>[\d.,]+)\s*(?:phút|ph|p|'|)?)?"
)


def read_figure(term: Term, text: str) -> Decimal | None:
    """
    Return a figure as typed: 1.234,5; 0.25; 20.000 đồng; for hours also 30 phút, 2 giờ 30, 1 ngày.

    None for an empty cell. A comma before three digits of money or subjects, which have at most
    two decimals, was meant for thousands; one dot before three digits of hours or times, which may
    have as many decimals, can be either: both are refused with the ways to write them.

    :raises BadFigure: if it is no number or none that such a figure can be.
    """
    said = " ".join(nfc(text).lower().split())
    if not said:
        return None
    if len(said) > _LONGEST:
        raise _refused(term, f"{said[:_LONGEST]}…")
    value = _time(said) if term is Term.HOURS else None
    if value is None:
        value = _number(_MONEY_UNIT.sub("", said).strip(), term)
    check_figure(term, value)
    return value


def typed_figure(term: Term, value: Decimal) -> str:
    """
    Return a figure as it stands in a cell: `read_figure` reads it as it is.

    Where 1.500 can be read in two ways, there are no dots between thousands.
    """
    shown = format_number(value)
    return shown if limits()[term].places < _THOUSANDS else shown.replace(".", "")


def _number(said: str, term: Term) -> Decimal:
    said = said.replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if _PLAIN.fullmatch(said):
        return Decimal(said)
    places = limits()[term].places
    if _EITHER.fullmatch(said) and places >= _THOUSANDS:
        raise _either(said)
    if _GROUPED.fullmatch(said):
        return Decimal(said.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(said) and places < _THOUSANDS:
        raise _thousands(said)
    if _COMMA.fullmatch(said):
        return Decimal(said.replace(",", "."))
    if _POINT.fullmatch(said):
        if len(said.partition(".")[2]) > places:
            raise _too_fine(term, said)
        return Decimal(said)
    raise _refused(term, said)


def _time(said: str) -> Decimal | None:
    """Return hours of a time in words; None where there is no unit of time in it."""
    found = _TIME.fullmatch(said)
    if not found or not (found["days"] or found["hours"] or said[-1:] in _MINUTES):
        return None
    parts = [found["days"], found["hours"], found["minutes"]]
    days, hours, minutes = (_number(part or "0", Term.HOURS) for part in parts)
    return round(days * HOURS_A_WORKING_DAY + hours + minutes / 60, limits()[Term.HOURS].places)


_MINUTES = ("t", "h", "p", "'")
_THOUSANDS = 3


def _either(said: str) -> BadFigure:
    thousands, decimals = said.replace(".", ""), format_number(Decimal(said))
    return BadFigure(
        f"“{said}” có thể là {thousands} hoặc {decimals}. Ghi {thousands} nếu là hàng nghìn, "
        f"{decimals} nếu là số lẻ."
    )


def _too_fine(term: Term, said: str) -> BadFigure:
    limit = limits()[term]
    return BadFigure(
        f"“{said}”: {limit.name} chỉ ghi tối đa {limit.places} chữ số sau dấu phẩy. "
        "Hàng nghìn ghi như 1.500 hoặc 1500."
    )


def _thousands(said: str) -> BadFigure:
    return BadFigure(
        f"“{said}”: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân. "
        f"Ghi {format_number(Decimal(said.replace(',', '')))}."
    )


def _refused(term: Term, said: str) -> BadFigure:
    limit = limits()[term]
    example = "1.500 hoặc 1500" if limit.places < _THOUSANDS else "1500 hoặc 1,5"
    if term is Term.HOURS:
        example = "2,5 hoặc 30 phút"
    return BadFigure(f"“{said}” không phải là số. Ghi {limit.name} bằng chữ số, ví dụ {example}.")
