"""The best choice for one problem: solved, reckoned anew exactly, sought again where it misses."""

from __future__ import annotations

from decimal import Decimal

from ._model import MOST_MISSED, Model
from ._packages import Packages
from ._problem import Least, Problem, Totals, evaluate
from ._solver import OutOfTime, Solved

_MOST_TRIES = MOST_MISSED + 4

Found = tuple[Totals, Decimal, bool]


def solve(
    problem: Problem, packages: Packages, seconds: float, without: Totals | None = None
) -> Found | None:
    """
    Return the best choice, `without`: that gives up at least one measure of another choice; None
    where there is none.

    :raises OutOfTime: if the time was over before that was known.
    """
    if problem.wish.least is not Least.TIME:
        return least_of(problem, packages, seconds, without)
    return _soonest(problem, packages, seconds, without)


def _soonest(
    problem: Problem, packages: Packages, seconds: float, without: Totals | None
) -> Found | None:
    """Find the shortest time in which it can be done, then the least effort within it."""
    fewest = without.days if without else 0  # nothing is sooner than the soonest of all
    days = {each.days for rows in packages.by_procedure.values() for each in rows}
    times = sorted(each for each in days | {fewest} if each >= fewest)

    def is_possible(within: int) -> bool:
        return least_of(problem, packages, seconds, without, within, any_will_do=True) is not None

    if not is_possible(times[-1]):
        return None
    low, high = 0, len(times) - 1
    while low < high:
        middle = (low + high) // 2
        if is_possible(times[middle]):
            high = middle
        else:
            low = middle + 1
    best = least_of(problem, packages, seconds, without, times[high])
    if best is None:
        return None
    totals, _, is_proven = best
    return totals, Decimal(totals.days), is_proven


def least_of(
    problem: Problem,
    packages: Packages,
    seconds: float,
    without: Totals | None,
    within: int | None = None,
    *,
    any_will_do: bool = False,
) -> Found | None:
    model = Model(problem, packages, without, within)
    model.is_free = any_will_do
    first: Solved | None = None
    for _ in range(_MOST_TRIES):
        solved = model.program(seconds).solve()
        if first is None:
            first = solved
        if solved.taken is None:
            return None
        totals = evaluate(problem, model.keys(solved.taken))
        if totals.is_enough:
            bound = model.exact(first.bound)
            amount = totals.amount(model.least)
            return totals, min(bound, amount), solved.is_proven and amount <= bound
        model.tighten(solved.taken, totals)
    raise OutOfTime
