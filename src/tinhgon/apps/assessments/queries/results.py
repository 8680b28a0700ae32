"""What a cost sheet comes to, in words: totals, doubt, steps of the chart, cells of the page."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from tinhgon.apps.assessments.enums import CELL_TERMS
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.domain.costing import (
    CONFIDENCE_WORDS,
    GROUP_WORDS,
    REACH_WORDS,
    Change,
    Comparison,
    Cost,
    RowGroup,
    Sides,
    Term,
    compare,
    cost,
    derive_again,
    figure,
    money,
    saving_band,
    typed_figure,
)
from tinhgon.domain.vntext import UNDEFINED, format_share

from .splitting import split_of

TARGET = Decimal("0.2")
_STORED = Decimal("0.0001")


def cost_after(sheet: CostSheet, change: Change, norm: Mapping[str, Any]) -> Decimal:
    """
    Return what the procedure would cost after a change, in đồng a year, as sheets store it; by an
    hourly value as JSON.
    """
    found = cost(derive_again(sheet.under(norm), change)).year
    return found.quantize(_STORED)


class Totals(TypedDict):
    now: str
    after: str
    saved: str
    ratio: str
    hours: str
    once_now: str
    once_after: str


class Doubtful(TypedDict):
    ratio: str
    saved: str
    reach: str
    kind: str
    confidence: str


def cell_name(side: str, key: str, name: str) -> str:
    """Return the name of a cell: "now.paper-1.hours"; "now..subjects" holds for all rows."""
    return f"{side}.{key}.{name}"


def cell_texts(sides: Sides, *, touched: Mapping[str, str] | None) -> dict[str, str]:
    """
    Return what stands in the cells of the rows that were touched (of all rows for None), and in
    those of the whole sheet: a figure of now moves the after side along.
    """
    keys = None if touched is None else {name.split(".")[1] for name in touched}
    found = {}
    for side, sheet in (("now", sides.now), ("after", sides.after)):
        for row in sheet.rows:
            if keys is None or row.key in keys:
                for term in CELL_TERMS:
                    value = row.value(term)
                    name = cell_name(side, row.key, term)
                    found[name] = "" if value is None else typed_figure(term, value)
                found[cell_name(side, row.key, "source")] = row.source
        for term in (Term.TIMES, Term.SUBJECTS):
            found[cell_name(side, "", term)] = typed_figure(term, sheet.default(term))
    found[cell_name("now", "", "source")] = common_source(sides)
    return found


def common_source(sides: Sides) -> str:
    """Return where times and subjects of the whole sheet come from."""
    said = (sides.now.note(None, term).source for term in (Term.TIMES, Term.SUBJECTS))
    return "; ".join(filter(None, dict.fromkeys(said)))


def fragments(sheet: CostSheet) -> dict[str, str]:
    """Return what changes on the page as somebody types: id of the element → its words."""
    sides, changed = sheet.sides, split_of(sheet)
    now, after = cost(sides.now), cost(sides.after)
    found = {f"year-now-{each.row.key}": money(each.year) for each in now.rows}
    found |= {f"year-after-{each.row.key}": money(each.year) for each in after.rows}
    said = totals(sides)
    found |= {
        "total-now": said["now"],
        "total-after": said["after"],
        "total-saved": said["saved"],
        "total-ratio": said["ratio"],
        "total-hours": said["hours"],
        "total-once-now": said["once_now"],
        "total-once-after": said["once_after"],
    }
    if changed:
        found |= {
            "split-became": changed.became,
            "split-re-estimate": changed.re_estimate,
            "split-real-cut": changed.real_cut,
        }
    doubt = doubtful(sides)
    return found | {"doubt-ratio": doubt["ratio"], "doubt-reach": doubt["reach"]}


def totals(sides: Sides) -> Totals:
    now, after = cost(sides.now), cost(sides.after)
    both = Comparison(now.year, after.year)
    return {
        "now": money(both.now),
        "after": money(both.after),
        "saved": money(both.saved),
        "ratio": format_share(both.ratio),
        "hours": figure(round(now.hours_a_year - after.hours_a_year, 2)),
        "once_now": money(now.once),
        "once_after": money(after.once),
    }


def doubtful(sides: Sides) -> Doubtful:
    """Return in words between which ends the saving lies and what that does to the 20%."""
    found = saving_band(sides)
    reach = found.reach(TARGET)
    kinds = {"certain": "done", "possible": "soon", "missed": "none", "undefined": "none"}
    ratio = UNDEFINED
    if found.ratio is not None:
        ratio = f"{format_share(found.ratio.low)} – {format_share(found.ratio.high)}"
    sure = found.confidence
    return {
        "ratio": ratio,
        "saved": f"{money(found.saved.low)} – {money(found.saved.high)}",
        "reach": f"mức 20%: {REACH_WORDS[reach]}",
        "kind": kinds[reach],
        "confidence": CONFIDENCE_WORDS[sure] if sure else "chưa ghi",
    }


def waterfall(sides: Sides) -> list[tuple[str, Decimal]]:
    """Return the steps from the cost now to the cost after: what each group of jobs saves."""
    now, after = _by_group(cost(sides.now)), _by_group(cost(sides.after))
    both = compare(sides.now, sides.after)
    cuts = [
        (GROUP_WORDS[group].split(",")[0].split(" (")[0], after[group] - now[group])
        for group in RowGroup
        if after[group] != now[group]
    ]
    return [("Hiện tại", both.now), *cuts, ("Sau đơn giản hóa", both.after)]


def waterfall_steps(sides: Sides) -> list[tuple[str, str, str]]:
    """Return the same as words, change and running total, for the table beside the chart."""
    steps = waterfall(sides)
    running = steps[0][1]
    found = [(steps[0][0], "", money(running))]
    for words, change in steps[1:-1]:
        running += change
        found.append((words, money(change), money(running)))
    return [*found, (steps[-1][0], "", money(steps[-1][1]))]


def _by_group(found: Cost) -> dict[RowGroup, Decimal]:
    sums = dict.fromkeys(RowGroup, Decimal(0))
    for each in found.rows:
        sums[each.row.group] += each.year
    return sums
