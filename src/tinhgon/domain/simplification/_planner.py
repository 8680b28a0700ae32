"""Which measures reach the targets for the least, with the proof; or what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ._answer import Answer, Choice, Unreached
from ._explaining import explain
from ._packages import Packages, make_packages
from ._problem import NOTHING, Least, Problem, Reach, Totals, evaluate, groups
from ._searching import solve
from ._solver import OutOfTime


def choose(problem: Problem, *, seconds: float = 60.0) -> Answer:
    """
    Return the measures that reach both targets at least effort, risk or time.

    What the solver finds is reckoned anew with exact figures; where rounding would have missed a
    target by a hair, it must find something better. `seconds` bounds each run of the solver.

    :raises OutOfTime: if it was not known within that time whether the targets can be reached.
    """
    parts = _parts(problem)
    found = [_choose_part(part, seconds) for part in parts]
    unreached = tuple(miss for _, misses in found for miss in misses)
    choices = [choice for choice, _ in found if choice is not None]
    if not choices:
        return Answer(None, unreached)
    return Answer(_together(problem, choices), unreached)


def _parts(problem: Problem) -> list[Problem]:
    """Split where agencies have nothing to do with each other: each is then a small program."""
    wish = problem.wish
    if wish.reach is Reach.WHOLE or wish.effort_budget is not None:
        return [problem]
    agency_of = {each.key: each.agency for each in problem.subjects}
    owner = {each.key: agency_of[each.procedure] for each in problem.candidates}
    if any(len({owner.get(key) for key in each}) > 1 for each in wish.exclusions):
        return [problem]
    return [
        Problem(
            subjects,
            [each for each in problem.candidates if agency_of[each.procedure] == agency],
            problem.saving,
            replace(
                wish,
                locked_in=frozenset(k for k in wish.locked_in if owner.get(k) == agency),
                locked_out=frozenset(k for k in wish.locked_out if owner.get(k) == agency),
                agency_budgets={a: b for a, b in wish.agency_budgets.items() if a == agency},
            ),
        )
        for agency, subjects in groups(problem).items()
    ]


def _together(problem: Problem, choices: Sequence[Choice]) -> Choice:
    if len(choices) == 1:
        return choices[0]
    taken = [key for choice in choices for key in choice.totals.measures]
    bounds = [choice.bound for choice in choices]
    is_time = problem.wish.least is Least.TIME
    return Choice(
        totals=evaluate(problem, taken),
        bound=max(bounds) if is_time else sum(bounds, NOTHING),
        is_proven=all(choice.is_proven for choice in choices),
        next_best=_next_best_together(problem, choices),
        partial=tuple(key for choice in choices for key in choice.partial),
    )


def _next_best_together(problem: Problem, choices: Sequence[Choice]) -> Totals | None:
    """Change the one agency in which another choice costs least."""
    least = problem.wish.least
    best: Totals | None = None
    for place, choice in enumerate(choices):
        if choice.next_best is None:
            continue
        others = [c.totals for n, c in enumerate(choices) if n != place]
        taken = [key for totals in (*others, choice.next_best) for key in totals.measures]
        other = evaluate(problem, taken)
        if best is None or other.amount(least) < best.amount(least):
            best = other
    return best


def _choose_part(problem: Problem, seconds: float) -> tuple[Choice | None, list[Unreached]]:
    packages = make_packages(problem)
    found = solve(problem, packages, seconds)
    if found is None:
        return None, explain(problem, packages, seconds)
    totals, bound, is_proven = found
    return (
        Choice(
            totals=totals,
            bound=bound,
            is_proven=is_proven and not packages.partial,
            next_best=_next_best(problem, packages, totals, seconds),
            partial=packages.partial,
        ),
        [],
    )


def _next_best(problem: Problem, packages: Packages, best: Totals, seconds: float) -> Totals | None:
    if not set(best.measures) - problem.wish.locked_in:
        return None
    try:
        found = solve(problem, packages, seconds, without=best)
    except OutOfTime:
        return None  # the best one is known all the same
    return found[0] if found else None
