"""Why targets are out of reach: the most there is, and without which wish it would be enough."""

from __future__ import annotations

from dataclasses import replace

from ._answer import Barrier, Unreached
from ._model import Model
from ._packages import Packages, make_packages
from ._problem import NOTHING, Least, Problem, evaluate
from ._searching import least_of


def explain(problem: Problem, packages: Packages, seconds: float) -> list[Unreached]:
    """
    Say what is the most that can be reached, and without which wish it would be enough.

    Where agencies share a budget, those are named that fall short of what they need; all of them
    where each could reach either target, but not both at once.
    """
    model = Model(problem, packages)
    by_number = model.most(lambda each: float(each.counts), seconds)
    by_saving = model.most(lambda each: float(each.saved) / model.unit, seconds)
    barriers = _barriers(problem, seconds)
    if by_number is None or by_saving is None:  # the locks themselves cannot be kept
        by_number = by_saving = []
    counted = evaluate(problem, by_number).reached
    saved = evaluate(problem, by_saving).reached
    misses = [
        Unreached(
            agency=number.agency,
            listed=number.listed,
            needed_counted=number.needed_counted,
            most_counted=number.counted,
            needed_saved=saving.needed_saved,
            most_saved=saving.saved,
            barriers=barriers,
        )
        for number, saving in zip(counted, saved, strict=True)
    ]
    return [each for each in misses if each.falls_short] or misses


def _barriers(problem: Problem, seconds: float) -> tuple[Barrier, ...]:
    wish = problem.wish
    nothing = frozenset[str]()
    relaxed = {
        Barrier.LOCKED_OUT: replace(wish, locked_out=nothing) if wish.locked_out else None,
        Barrier.LOCKED_IN: replace(wish, locked_in=nothing) if wish.locked_in else None,
        Barrier.EXCLUSIONS: replace(wish, exclusions=()) if wish.exclusions else None,
        Barrier.BUDGET: replace(wish, effort_budget=None, agency_budgets={})
        if wish.effort_budget is not None or wish.agency_budgets
        else None,
        Barrier.NUMBER_TARGET: replace(wish, rule=replace(wish.rule, number_target=NOTHING)),
        Barrier.COST_TARGET: replace(wish, rule=replace(wish.rule, cost_target=NOTHING)),
    }
    found = tuple(
        barrier
        for barrier, other in relaxed.items()
        if other is not None and _is_possible(replace(problem, wish=other), seconds)
    )
    return found or (Barrier.MEASURES,)


def _is_possible(problem: Problem, seconds: float) -> bool:
    plain = replace(problem, wish=replace(problem.wish, least=Least.EFFORT))
    return least_of(plain, make_packages(plain), seconds, None, any_will_do=True) is not None
