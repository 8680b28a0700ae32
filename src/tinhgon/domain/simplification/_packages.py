"""Which measures go together on one procedure: every sensible set of them, valued as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from ._problem import NOTHING, Candidate, Least, Problem, Subject, counts, in_base

MOST_MEASURES = 7
"""Up to so many measures on a procedure every set of them is looked at (128)."""


@dataclass(frozen=True, slots=True)
class Package:
    """A set of measures on one procedure that may be taken together."""

    subject: Subject
    keys: frozenset[str]
    effort: Decimal
    risk: int
    days: int
    saved: Decimal
    counts: int
    """1 where the procedure counts by it, and did not without it."""
    base: Decimal
    """What it adds to the cost that savings are held against."""


@dataclass(frozen=True, slots=True)
class Packages:
    """
    The packages of all procedures, sorted; `partial` are the procedures with too many measures.

    Of those not every set is looked at: each that is was valued exactly, so what a choice is said
    to reach holds; only a set that was not looked at might have been better still.
    """

    by_procedure: dict[str, list[Package]]
    forced: frozenset[str]
    """Procedures that have a locked measure: one of their packages must be taken."""
    partial: tuple[str, ...]


def make_packages(problem: Problem) -> Packages:
    """Return the packages that keep to the locks and to the exclusions within a procedure."""
    wish = problem.wish
    subjects = {each.key: each for each in problem.subjects}
    by_procedure: dict[str, list[Candidate]] = defaultdict(list)
    for each in sorted(problem.candidates, key=lambda each: each.key):
        by_procedure[each.procedure].append(each)
    packages: dict[str, list[Package]] = {}
    partial, forced = [], set()
    for procedure in sorted(by_procedure):
        free = [each for each in by_procedure[procedure] if each.key not in wish.locked_out]
        locked = wish.locked_in & {each.key for each in by_procedure[procedure]}
        if locked:
            forced.add(procedure)
        sets = [
            taken
            for taken in _sets(problem, procedure, free)
            if locked <= {each.key for each in taken} and _go_together(problem, taken)
        ]
        packages[procedure] = [_package(problem, subjects[procedure], taken) for taken in sets]
        if len(free) > MOST_MEASURES:
            partial.append(procedure)
    return Packages(packages, frozenset(forced), tuple(partial))


_Taken = tuple[Candidate, ...]


def _sets(problem: Problem, procedure: str, free: Sequence[Candidate]) -> list[_Taken]:
    others = [each for each in free if not each.ends]
    ending = [(each,) for each in free if each.ends]
    if len(others) <= MOST_MEASURES:
        sizes = range(1, len(others) + 1)
        return [*ending, *(taken for size in sizes for taken in combinations(others, size))]
    found: dict[frozenset[str], _Taken] = {}
    locked = tuple(each for each in others if each.key in problem.wish.locked_in)
    for taken in (*_some(problem, procedure, others), locked):
        whole = tuple(sorted({*taken, *locked}, key=lambda each: each.key))
        if whole:
            found.setdefault(frozenset(each.key for each in whole), whole)
    return [*ending, *found.values()]


def _some(problem: Problem, procedure: str, others: Sequence[Candidate]) -> Iterable[_Taken]:
    """Yield single ones, pairs, and those that gain most for their effort one after another."""
    yield from combinations(others, 1)
    yield from combinations(others, 2)

    def gain(each: Candidate) -> tuple[Decimal, str]:
        saved = problem.saving(procedure, frozenset([each.key]))
        return -saved / (each.effort + 1), each.key

    ranked = sorted(others, key=gain)
    for size in range(3, len(ranked) + 1):
        yield tuple(ranked[:size])


def _go_together(problem: Problem, taken: _Taken) -> bool:
    keys = {each.key for each in taken}
    if len(taken) > 1 and any(each.ends for each in taken):
        return False
    return all(len(keys & exclusion) <= 1 for exclusion in problem.wish.exclusions)


def _package(problem: Problem, subject: Subject, taken: _Taken) -> Package:
    rule = problem.wish.rule
    keys = frozenset(each.key for each in taken)
    added = in_base(rule, subject, taken) and not in_base(rule, subject, ())
    return Package(
        subject=subject,
        keys=keys,
        effort=sum((each.effort for each in taken), NOTHING),
        risk=sum(each.risk for each in taken),
        days=max(each.days for each in taken),
        saved=problem.saving(subject.key, keys),
        counts=int(counts(rule, subject, taken) and not subject.counted),
        base=subject.before if added else NOTHING,
    )


def worth_having(
    packages: Sequence[Package], least: Least, apart: Callable[[Package], bool]
) -> list[Package]:
    """
    Leave out what another package of the procedure does at least as well for no more.

    Those of which `apart` is true are compared among themselves only.
    """
    return [
        each
        for side in (True, False)
        for each in _front([p for p in packages if apart(p) is side], least)
    ]


def _front(packages: Sequence[Package], least: Least) -> list[Package]:
    def price(each: Package) -> tuple[Decimal, ...]:
        time = (Decimal(each.days),) if least is Least.TIME else ()
        risk = (Decimal(each.risk),) if least is Least.RISK else ()
        return (*time, *risk, each.effort, each.base)

    ordered = sorted(packages, key=lambda p: (price(p), -p.saved, -p.counts, sorted(p.keys)))
    kept: list[tuple[Package, tuple[Decimal, ...]]] = []
    for each in ordered:
        costs = price(each)
        if not any(
            other.saved >= each.saved
            and other.counts >= each.counts
            and all(a <= b for a, b in zip(its, costs, strict=True))
            for other, its in kept
        ):
            kept.append((each, costs))
    return [each for each, _ in kept]
