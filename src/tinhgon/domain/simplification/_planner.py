"""Which measures reach the targets for the least, with the proof; or what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum, auto
from fractions import Fraction
from math import ceil, lcm

from ._indicators import CountingRule
from ._packages import Package, Packages, make_packages, worth_having
from ._problem import (
    NOTHING,
    Least,
    Problem,
    Reach,
    Subject,
    Totals,
    evaluate,
    groups,
    in_base,
    needed_number,
)
from ._solver import Line, Program, Solved

_MOST_SCALE = 10**6
_MOST_MISSED = 12
_MOST_TRIES = _MOST_MISSED + 4
_UNIT = 1_000.0  # what the greatest saving is in the program


class Barrier(StrEnum):
    """What stands in the way: without it the targets could be reached."""

    NUMBER_TARGET = auto()
    COST_TARGET = auto()
    LOCKED_OUT = auto()
    LOCKED_IN = auto()
    EXCLUSIONS = auto()
    BUDGET = auto()
    MEASURES = auto()
    """Not even all measures together reach the targets: there are too few of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The measures to take, re-reckoned exactly.

    `bound` is the least of effort, risk or days that any choice can do with; `is_proven` says that
    this one needs no more. `next_best` does without at least one of the measures chosen here.
    `partial` are procedures with so many measures that not every set of them was looked at.
    """

    totals: Totals
    bound: Decimal
    is_proven: bool
    next_best: Totals | None = None
    partial: tuple[str, ...] = ()

    def gap(self, least: Least) -> Decimal:
        """Return by how much this may exceed the least possible; 0 where it is proven."""
        return max(self.totals.amount(least) - self.bound, NOTHING)


@dataclass(frozen=True, slots=True)
class Unreached:
    """
    Why an agency, or the whole (""), misses its targets within the locks and budgets.

    `most_counted` and `most_saved` are each the most for itself, exact.
    """

    agency: str
    listed: int
    needed_counted: int
    most_counted: int
    needed_saved: Decimal | None
    most_saved: Decimal
    barriers: tuple[Barrier, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What the planner found. `choice` is None where nothing at all keeps to locks and budgets.

    Where targets are out of reach, `unreached` says whose and why; `choice` is then what the other
    agencies need.
    """

    choice: Choice | None
    unreached: tuple[Unreached, ...] = ()


def choose(problem: Problem, *, seconds: float = 60.0) -> Answer:
    """
    Return the measures that reach both targets at least effort, risk or time.

    What the solver finds is reckoned anew with exact figures; where rounding would have missed a
    target by a hair, it must find something better. `seconds` bounds each run of the solver.
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
    found = _solve(problem, packages, seconds)
    if found is None:
        return None, _explain(problem, packages, seconds)
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


_Found = tuple[Totals, Decimal, bool]


def _solve(
    problem: Problem, packages: Packages, seconds: float, without: Totals | None = None
) -> _Found | None:
    """Return the best choice, `without`: that gives up at least one measure of another choice."""
    if problem.wish.least is not Least.TIME:
        return _least(problem, packages, seconds, without)
    return _soonest(problem, packages, seconds, without)


def _soonest(
    problem: Problem, packages: Packages, seconds: float, without: Totals | None
) -> _Found | None:
    """Find the shortest time in which it can be done, then the least effort within it."""
    fewest = without.days if without else 0  # nothing is sooner than the soonest of all
    days = {each.days for rows in packages.by_procedure.values() for each in rows}
    times = sorted(each for each in days | {fewest} if each >= fewest)

    def is_possible(within: int) -> bool:
        return _least(problem, packages, seconds, without, within, any_will_do=True) is not None

    if not is_possible(times[-1]):
        return None
    low, high = 0, len(times) - 1
    while low < high:
        middle = (low + high) // 2
        if is_possible(times[middle]):
            high = middle
        else:
            low = middle + 1
    best = _least(problem, packages, seconds, without, times[high])
    if best is None:
        return None
    totals, _, is_proven = best
    return totals, Decimal(totals.days), is_proven


def _least(
    problem: Problem,
    packages: Packages,
    seconds: float,
    without: Totals | None,
    within: int | None = None,
    *,
    any_will_do: bool = False,
) -> _Found | None:
    model = _Model(problem, packages, without, within)
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
    return None


def _next_best(problem: Problem, packages: Packages, best: Totals, seconds: float) -> Totals | None:
    if not set(best.measures) - problem.wish.locked_in:
        return None
    found = _solve(problem, packages, seconds, without=best)
    return found[0] if found else None


class _Model:
    """The program of one problem, with margins that grow where rounding missed a target."""

    def __init__(
        self,
        problem: Problem,
        packages: Packages,
        without: Totals | None = None,
        within: int | None = None,
    ) -> None:
        self.problem = problem
        wish = problem.wish
        self.least = Least.EFFORT if wish.least is Least.TIME else wish.least
        self.without = without
        self.chosen = _by_procedure(problem, without)
        self.packages = [
            each
            for procedure, rows in packages.by_procedure.items()
            for each in self._worth(procedure, rows)
            if within is None or each.days <= within
        ]
        self.forced = packages.forced
        self.scale = _scale(each.effort for each in self.packages)
        greatest = max((each.saved for each in self.packages), default=NOTHING)
        self.unit = float(greatest) / _UNIT or 1.0
        self.margins = dict.fromkeys(groups(problem), 0.0)
        self.missed: list[Line] = []
        self.is_free = False  # nothing costs anything: whatever reaches the targets will do

    def _worth(self, procedure: str, rows: Sequence[Package]) -> Iterable[Package]:
        shared = frozenset().union(*self.problem.wish.exclusions)
        if any(each.keys & shared for each in rows):
            return rows
        kept = self.chosen.get(procedure, frozenset())
        if not kept:
            return worth_having(rows, self.problem.wish.least, lambda each: False)
        return worth_having(rows, self.problem.wish.least, lambda each: kept <= each.keys)

    def keys(self, taken: Iterable[int]) -> list[str]:
        return [key for place in taken for key in self.packages[place].keys]

    def exact(self, bound: float) -> Decimal:
        """Return a bound as a figure: costs are whole in units of 1/scale, so it rounds up."""
        whole = ceil(bound - 1e-6)
        return Decimal(whole) / (self.scale if self.least is Least.EFFORT else 1)

    def tighten(self, taken: Sequence[int], totals: Totals) -> None:
        """Shut out what the solver took for enough and is not, by a hair that it cannot see."""
        for each in totals.reached:
            if each.is_enough or each.needed_saved is None:
                continue
            own = [n for n, p in enumerate(self.packages) if self._belongs(p, each.agency)]
            if len(self.missed) < _MOST_MISSED:
                wrong = set(taken).intersection(own)
                row = {n: -1.0 if n in wrong else 1.0 for n in own}
                self.missed.append(Line(row, least=1.0 - len(wrong)))
            else:
                short = float(each.needed_saved - each.saved) / self.unit
                self.margins[each.agency] += max(2 * short, 1e-7)

    def _belongs(self, package: Package, agency: str) -> bool:
        whole = self.problem.wish.reach is Reach.WHOLE
        return whole or package.subject.agency == agency

    def program(self, seconds: float) -> Program:
        if self.is_free:
            costs = [0.0] * len(self.packages)
        elif self.least is Least.EFFORT:
            costs = [float(each.effort * self.scale) for each in self.packages]
        else:
            costs = [float(each.risk) for each in self.packages]
        return Program(costs, [*self._fixed(), *self._targets(), *self.missed], seconds)

    def most(self, value: Callable[[Package], float], seconds: float) -> list[str] | None:
        """Return the measures with the most of a value within locks and budgets."""
        costs = [-value(each) for each in self.packages]
        solved = Program(costs, self._fixed(), seconds).solve()
        return None if solved.taken is None else self.keys(solved.taken)

    def _fixed(self) -> list[Line]:
        return [*self._one_of_each(), *self._exclusions(), *self._budgets(), *self._other()]

    def _one_of_each(self) -> list[Line]:
        rows: dict[str, dict[int, float]] = {procedure: {} for procedure in sorted(self.forced)}
        for place, each in enumerate(self.packages):
            rows.setdefault(each.subject.key, {})[place] = 1.0
        return [
            Line(row, least=1.0 if procedure in self.forced else None, most=1.0)
            for procedure, row in rows.items()
            if len(row) > 1 or procedure in self.forced
        ]

    def _exclusions(self) -> list[Line]:
        rows = (
            {n: 1.0 for n, each in enumerate(self.packages) if each.keys & exclusion}
            for exclusion in self.problem.wish.exclusions
        )
        return [Line(row, most=1.0) for row in rows if len(row) > 1]

    def _budgets(self) -> list[Line]:
        wish = self.problem.wish
        budgets: list[tuple[Decimal, str | None]] = []
        if wish.effort_budget is not None:
            budgets.append((wish.effort_budget, None))
        budgets += [(budget, agency) for agency, budget in sorted(wish.agency_budgets.items())]
        return [
            Line(
                {
                    place: float(each.effort * self.scale)
                    for place, each in enumerate(self.packages)
                    if agency is None or each.subject.agency == agency
                },
                most=float(budget * self.scale) + 1e-6,
            )
            for budget, agency in budgets
        ]

    def _other(self) -> list[Line]:
        if not self.chosen:
            return []
        row = {
            place: 1.0
            for place, each in enumerate(self.packages)
            if (kept := self.chosen.get(each.subject.key)) and kept <= each.keys
        }
        return [Line(row, most=len(self.chosen) - 1.0)]

    def _targets(self) -> list[Line]:
        lines = []
        rule = self.problem.wish.rule
        for agency, subjects in groups(self.problem).items():
            own = [
                (place, each)
                for place, each in enumerate(self.packages)
                if self._belongs(each, agency)
            ]
            number = needed_number(rule, subjects) - sum(each.counted for each in subjects)
            if number > 0:
                lines.append(Line({n: 1.0 for n, each in own if each.counts}, least=number))
            needed = _needed_saving(rule, subjects)
            row = {n: float(each.saved - rule.cost_target * each.base) for n, each in own}
            scaled = {n: value / self.unit for n, value in row.items() if value}
            least = float(needed) / self.unit + self.margins[agency]
            if needed > 0 or any(value < 0 for value in scaled.values()):
                lines.append(Line(scaled, least=least))
        return lines


def _needed_saving(rule: CountingRule, subjects: Sequence[Subject]) -> Decimal:
    """Return what must still be saved, reckoned on the base that is there without any package."""
    base = sum((each.before for each in subjects if in_base(rule, each, ())), NOTHING)
    return rule.cost_target * base - sum((each.saved for each in subjects), NOTHING)


def _by_procedure(problem: Problem, totals: Totals | None) -> dict[str, frozenset[str]]:
    if totals is None:
        return {}
    owner = {each.key: each.procedure for each in problem.candidates}
    found: dict[str, set[str]] = {}
    for key in totals.measures:
        found.setdefault(owner[key], set()).add(key)
    return {procedure: frozenset(keys) for procedure, keys in found.items()}


def _scale(efforts: Iterable[Decimal]) -> int:
    """Return what makes every effort a whole number; a rounded one where that were too great."""
    scale = lcm(*{Fraction(each).denominator for each in efforts}, 1)
    return min(scale, _MOST_SCALE)


def _explain(problem: Problem, packages: Packages, seconds: float) -> list[Unreached]:
    """Say what is the most that can be reached, and without which wish it would be enough."""
    model = _Model(problem, packages)
    by_number = model.most(lambda each: float(each.counts), seconds)
    by_saving = model.most(lambda each: float(each.saved) / model.unit, seconds)
    barriers = _barriers(problem, seconds)
    if by_number is None or by_saving is None:  # the locks themselves cannot be kept
        by_number = by_saving = []
    counted = evaluate(problem, by_number).reached
    saved = evaluate(problem, by_saving).reached
    return [
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
    return _least(plain, make_packages(plain), seconds, None, any_will_do=True) is not None
