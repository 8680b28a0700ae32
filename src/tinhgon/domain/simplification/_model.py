"""A problem of the planner as a program of whole numbers: its costs, its lines, their margins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm

from ._indicators import CountingRule
from ._packages import Package, Packages, worth_having
from ._problem import (
    NOTHING,
    Least,
    Problem,
    Reach,
    Subject,
    Totals,
    groups,
    in_base,
    needed_number,
)
from ._solver import Line, Program

MOST_MISSED = 12
"""How many choices that were a hair short are shut out one by one before margins grow."""
_MOST_SCALE = 10**6
_UNIT = 1_000.0  # what the greatest saving is in the program


class Model:
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
            if len(self.missed) < MOST_MISSED:
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
