"""The method: what doing a procedure once and in a year costs, exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext

from ._enums import Term
from ._model import Row, Sheet, Sides

EXACT = Context(prec=120, traps=[Inexact])
"""Products and sums of figures within their limits are exact; this holds them to it."""
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class RowCost:
    """
    What one row costs, in đồng, exact. `counted` is false for a row that costs nothing here.

    `once`: chi phí thực hiện 01 lần; `year`: tổng chi phí thực hiện trong 01 năm; `hours_a_year`:
    hours that all subjects together spend in a year.
    """

    row: Row
    counted: bool
    once: Decimal
    year: Decimal
    hours_a_year: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """
    Chi phí tuân thủ of one side, in đồng, exact and never rounded.

    `year` = `sheet_hours` × the hourly value of the sheet + `beside`: so a new value of the norm
    needs no rows. `hours_a_year` are all hours, also those with an hourly value of their own.
    """

    rows: tuple[RowCost, ...]
    once: Decimal
    year: Decimal
    hours_a_year: Decimal
    sheet_hours: Decimal
    beside: Decimal

    @property
    def rounding_gap(self) -> Decimal:
        """Return by how many đồng the rounded rows of a year miss the rounded total."""
        whole = sum((_whole(row.year) for row in self.rows), _NOTHING)
        return whole - _whole(self.year)


def cost(sheet: Sheet) -> Cost:
    """
    Return what a procedure costs by the method of Thông tư số 02/2017/TT-VPCP, điều 27.

    A row once = hours × hourly value + services + fees; in a year × times × subjects. Totals are
    sums of exact values.
    """
    with localcontext(EXACT):
        rows = tuple(_row_cost(sheet, row) for row in sheet.rows)
        counted = [row for row in rows if row.counted]
        sheet_hours = sum(
            (each.hours_a_year for each in counted if each.row.hourly is None), _NOTHING
        )
        year = sum((each.year for each in counted), _NOTHING)
        return Cost(
            rows,
            sum((each.once for each in counted), _NOTHING),
            year,
            sum((each.hours_a_year for each in counted), _NOTHING),
            sheet_hours,
            year - sheet_hours * sheet.hourly.value,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Lợi ích của phương án: yearly cost now and after in đồng, exact.

    `saved` = now − after. `ratio` = saved / now as a share of one, None where now is nothing.
    """

    now: Decimal
    after: Decimal

    @property
    def saved(self) -> Decimal:
        with localcontext(EXACT):
            return self.now - self.after

    @property
    def ratio(self) -> Decimal | None:
        if not self.now:
            return None
        with localcontext(Context(prec=40)):
            return self.saved / self.now


def compare(now: Sheet, after: Sheet) -> Comparison:
    """
    Return what the plan saves in a year.

    :raises ValueError: if the two sides do not use the same norm.
    """
    sides = Sides(now, after)
    return Comparison(cost(sides.now).year, cost(sides.after).year)


def total(comparisons: Iterable[Comparison]) -> Comparison:
    """Return the sum of several procedures, of exact values."""
    now = after = _NOTHING
    with localcontext(EXACT):
        for each in comparisons:
            now += each.now
            after += each.after
    return Comparison(now, after)


def _row_cost(sheet: Sheet, row: Row) -> RowCost:
    if not sheet.counts(row):
        return RowCost(row, counted=False, once=_NOTHING, year=_NOTHING, hours_a_year=_NOTHING)
    once = row.hours * sheet.value(row, Term.HOURLY) + row.services + row.fees
    many = sheet.value(row, Term.TIMES) * sheet.value(row, Term.SUBJECTS)
    return RowCost(row, counted=True, once=once, year=once * many, hours_a_year=row.hours * many)


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
