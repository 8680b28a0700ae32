from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import (
    BadFigure,
    Cost,
    HourlyValue,
    Sheet,
    Sides,
    check_sides,
    check_year,
    confidence_of,
    cost,
    money,
    to_json,
    with_cuts_of,
)

_NOTHING = Decimal(0)
RECKONING = 1
"""The version of how the columns of a sheet are filled: one more whenever that changes."""
_SHOWN = Decimal("0.0001")


def columns(sides: Sides, baseline: Sides | None = None) -> dict[str, Any]:
    """
    Return what a row of the database holds of both sides and their result; with what the head
    confirmed, also how much of the change since is real.

    :raises Refused: if they could not be kept.
    """
    try:
        check_sides(sides)
    except BadFigure as e:
        raise Refused(str(e)) from e
    return {
        "now": _without_norm(sides.now),
        "after": _without_norm(sides.after),
        "norm": norm_json(sides.now.hourly),
        **reckoned(sides, baseline),
    }


def reckoned(sides: Sides, baseline: Sides | None) -> dict[str, Any]:
    """
    Return the columns that follow from both sides and what the head confirmed of them.

    :raises Refused: if a result is beyond what can be.
    """
    now, after = cost(sides.now), cost(sides.after)
    sure = confidence_of(sides)
    found: dict[str, Any] = {
        "sums": {"now": _sums(now), "after": _sums(after)},
        "confidence": sure.value if sure else "",
        "re_estimate": _NOTHING,
        "real_cut": _NOTHING,
        "reckoned": RECKONING,
        **results(now.year, after.year),
    }
    if baseline is not None:
        same = cost(with_cuts_of(baseline, sides))
        was = results(cost(baseline.now).year, cost(baseline.after).year)["saved"]
        found["sums"]["same"] = _sums(same)
        found |= parts(found, same.year, was)
    return found


def parts(found: Mapping[str, Any], same: Decimal, was: Decimal) -> dict[str, Decimal]:
    """
    Return how much of the change of a saving since it was `was` is re-estimate and how much real.

    `found` has the results by now; `same` is what the cuts of then would leave of the cost now, in
    đồng a year.

    :raises Refused: if that is beyond what can be.
    """
    left = results(same, same)["cost_now"]
    return {
        "re_estimate": found["cost_now"] - left - was,
        "real_cut": left - found["cost_after"],
    }


def norm_json(norm: HourlyValue) -> dict[str, Any]:
    """Return an hourly value as JSON."""
    found: dict[str, Any] = to_json(Sheet((), norm))["hourly"]
    return found


def results(now: Decimal, after: Decimal) -> dict[str, Decimal]:
    """
    Return the yearly result in đồng, to the four decimals that are stored.

    :raises Refused: if it is beyond what can be.
    """
    try:
        check_year(max(now, after))
    except BadFigure as e:
        raise Refused(str(e)) from e
    before, later = now.quantize(_SHOWN), after.quantize(_SHOWN)
    return {"cost_now": before, "cost_after": later, "saved": before - later}


def keep(
    sheet: CostSheet, sides: Sides, *, by: User, at: datetime, seen: int
) -> list[audit.Change]:
    """
    Write both sides to the sheet, and return in words how its yearly result changed.

    :raises Refused: if they could not be kept.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    before = (sheet.cost_now, sheet.cost_after, sheet.saved)
    kept = _baseline(sheet)
    values = {**columns(sides, sheet.sides if kept else sheet.baseline), **kept}
    sheet.change(seen_version=seen, **values, changed_at=at, changed_by=by)
    sheet.__dict__["sides"] = sides
    words = ("Chi phí hiện tại", "Chi phí sau đơn giản hóa", "Chi phí tiết kiệm")
    after = (sheet.cost_now, sheet.cost_after, sheet.saved)
    return [
        audit.Change(f"{name} (đồng/năm)", money(old), money(new))
        for name, old, new in zip(words, before, after, strict=True)
        if old != new
    ]


def _baseline(sheet: CostSheet) -> dict[str, Any]:
    """Return what to keep of the sheet as the head confirmed it: before its first change since."""
    confirmed_at = sheet.review.last_confirmed_at
    if sheet.base_at is not None or confirmed_at is None or sheet.changed_at > confirmed_at:
        return {}
    return {
        "base_now": sheet.now,
        "base_after": sheet.after,
        "base_norm": sheet.norm,
        "base_at": confirmed_at,
    }


def _without_norm(side: Sheet) -> dict[str, Any]:
    return {name: value for name, value in to_json(side).items() if name != "hourly"}


def _sums(found: Cost) -> list[str]:
    return [f"{found.sheet_hours:f}", f"{found.beside:f}"]
