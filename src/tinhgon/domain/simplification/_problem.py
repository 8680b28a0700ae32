"""What the planner is asked, and how any choice of measures measures up to it, exactly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum, auto

from ._indicators import CostRule, CountingRule, NumberRule

NOTHING = Decimal(0)
Saving = Callable[[str, frozenset[str]], Decimal]
"""(procedure, measures on it) → đồng saved a year by just these together."""


class Least(StrEnum):
    """What there is to be as little of as possible."""

    EFFORT = auto()
    RISK = auto()
    TIME = auto()
    """The day on which the last of it is carried out; then the effort."""


class Reach(StrEnum):
    """On what the targets must be reached."""

    WHOLE = auto()
    EACH_AGENCY = auto()


@dataclass(frozen=True, slots=True)
class Subject:
    """
    A procedure in scope, with measures or without.

    `before` is đồng a year, `counted` and `saved` what approved plans of it reach already.
    """

    key: str
    agency: str = ""
    before: Decimal = NOTHING
    counted: bool = False
    saved: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A measure that may be chosen: `effort` in days of work, `days` until it can be carried out.

    One that `ends` its procedure excludes every other measure on it.
    """

    key: str
    procedure: str
    effort: Decimal = NOTHING
    risk: int = 0
    days: int = 0
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What the choice must reach and keep to.

    `exclusions` are measures of which at most one may be taken. `effort_budget` is for all
    together, `agency_budgets` for single agencies.
    """

    rule: CountingRule = field(default_factory=CountingRule)
    least: Least = Least.EFFORT
    reach: Reach = Reach.WHOLE
    locked_in: frozenset[str] = frozenset()
    locked_out: frozenset[str] = frozenset()
    exclusions: tuple[frozenset[str], ...] = ()
    effort_budget: Decimal | None = None
    agency_budgets: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that the planner looks at. Keys of subjects and of candidates occur once each."""

    subjects: Sequence[Subject]
    candidates: Sequence[Candidate]
    saving: Saving
    wish: Wish = Wish()

    def __post_init__(self) -> None:
        subjects = [each.key for each in self.subjects]
        candidates = [each.key for each in self.candidates]
        if len(set(subjects)) < len(subjects) or len(set(candidates)) < len(candidates):
            raise ValueError("every subject and every candidate has a key of its own")
        if unknown := {each.procedure for each in self.candidates} - set(subjects):
            raise ValueError(f"measures on procedures out of scope: {sorted(unknown)[:3]}")


@dataclass(frozen=True, slots=True)
class Reached:
    """
    How far a choice gets on the whole, or in one agency: exact figures beside what is needed.

    `needed_saved` is None where nothing was spent before: the ratio is undefined, and no target.
    """

    agency: str
    listed: int
    counted: int
    needed_counted: int
    before: Decimal
    saved: Decimal
    needed_saved: Decimal | None

    @property
    def number_ratio(self) -> Decimal | None:
        return Decimal(self.counted) / self.listed if self.listed else None

    @property
    def cost_ratio(self) -> Decimal | None:
        return self.saved / self.before if self.before else None

    @property
    def reaches_number(self) -> bool:
        return self.counted >= self.needed_counted

    @property
    def reaches_cost(self) -> bool:
        return self.needed_saved is None or self.saved >= self.needed_saved

    @property
    def is_enough(self) -> bool:
        return self.reaches_number and self.reaches_cost


@dataclass(frozen=True, slots=True)
class Totals:
    """A choice of measures with what it costs to carry out and what it reaches."""

    measures: tuple[str, ...]
    effort: Decimal
    risk: int
    days: int
    reached: tuple[Reached, ...]

    @property
    def is_enough(self) -> bool:
        return all(each.is_enough for each in self.reached)

    def amount(self, least: Least) -> Decimal:
        """Return how much there is of what is to be least."""
        match least:
            case Least.EFFORT:
                return self.effort
            case Least.RISK:
                return Decimal(self.risk)
            case Least.TIME:
                return Decimal(self.days)


def evaluate(problem: Problem, chosen: Collection[str]) -> Totals:
    """
    Return what a choice of measures reaches, whether or not it keeps to locks and budgets.

    :raises KeyError: for a measure that there is not.
    """
    known = {each.key: each for each in problem.candidates}
    taken = [known[key] for key in sorted(set(chosen))]
    by_procedure: dict[str, list[Candidate]] = {}
    for each in taken:
        by_procedure.setdefault(each.procedure, []).append(each)
    return Totals(
        measures=tuple(each.key for each in taken),
        effort=sum((each.effort for each in taken), NOTHING),
        risk=sum(each.risk for each in taken),
        days=max((each.days for each in taken), default=0),
        reached=tuple(
            _reached(problem, agency, subjects, by_procedure)
            for agency, subjects in groups(problem).items()
        ),
    )


def groups(problem: Problem) -> dict[str, list[Subject]]:
    """
    Return the subjects on which the targets must be reached together, by agency or all.

    They come in the order of their keys: the last digit of a long sum depends on its order.
    """
    subjects = sorted(problem.subjects, key=lambda each: each.key)
    if problem.wish.reach is Reach.WHOLE:
        return {"": subjects}
    found: dict[str, list[Subject]] = {}
    for each in subjects:
        found.setdefault(each.agency, []).append(each)
    return dict(sorted(found.items()))


def needed_number(rule: CountingRule, subjects: Sequence[Subject]) -> int:
    """Return how many procedures make the target: the next whole one."""
    return int((rule.number_target * len(subjects)).to_integral_value(ROUND_CEILING))


def counts(rule: CountingRule, subject: Subject, taken: Collection[Candidate]) -> bool:
    """Return whether a procedure counts with the measures taken on it."""
    if subject.counted:
        return True
    if rule.number is NumberRule.K1:
        return any(each.ends for each in taken)
    return bool(taken)


def in_base(rule: CountingRule, subject: Subject, taken: Collection[Candidate]) -> bool:
    """Return whether the cost before of a procedure belongs to what savings are held against."""
    return rule.cost is CostRule.C or bool(taken) or subject.counted


def _reached(
    problem: Problem,
    agency: str,
    subjects: Sequence[Subject],
    by_procedure: Mapping[str, Sequence[Candidate]],
) -> Reached:
    rule = problem.wish.rule
    counted, before, saved = 0, NOTHING, NOTHING
    for subject in subjects:
        taken = by_procedure.get(subject.key, ())
        counted += counts(rule, subject, taken)
        saved += subject.saved
        if taken:
            saved += problem.saving(subject.key, frozenset(each.key for each in taken))
        if in_base(rule, subject, taken):
            before += subject.before
    return Reached(
        agency=agency,
        listed=len(subjects),
        counted=counted,
        needed_counted=needed_number(rule, subjects),
        before=before,
        saved=saved,
        needed_saved=rule.cost_target * before if before else None,
    )
