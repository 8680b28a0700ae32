"""The same procedure at several agencies, measured alike: papers, steps, sets, time, cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto
from statistics import median

from tinhgon.domain.procedures import HOURS_A_WORKING_DAY as HOURS
from tinhgon.domain.procedures import (
    Duration,
    Record,
    Unit,
    adds_up_with,
    duration_words,
    figure_words,
)
from tinhgon.domain.vntext import format_number


class Measured(StrEnum):
    """What is compared."""

    PAPERS = auto()
    SETS = auto()
    STEPS = auto()
    TIME = auto()
    COST = auto()


MEASURED_WORDS = {
    Measured.PAPERS: "Thành phần hồ sơ",
    Measured.SETS: "Số bộ hồ sơ",
    Measured.STEPS: "Số bước",
    Measured.TIME: "Thời hạn giải quyết",
    Measured.COST: "Chi phí tuân thủ một năm (đồng)",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """The measures of one procedure at one agency. `cost`: đồng a year, None where not computed."""

    agency: str
    key: str = ""
    papers: int = 0
    sets: int | None = None
    steps: int = 0
    limit: Duration | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """
    One measure against others: all in words. `others` is how many can be compared; `sign` is -1
    where ours is below the middle of them, 1 above, 0 alike.
    """

    measured: Measured
    ours: str
    least: str
    middle: str
    most: str
    others: int
    sign: int
    best: tuple[str, ...]

    @property
    def label(self) -> str:
        return MEASURED_WORDS[self.measured]


def profile_of(
    record: Record, *, agency: str, key: str = "", cost: Decimal | None = None
) -> Profile:
    """Return the measures of a record."""
    return Profile(
        agency=agency,
        key=key,
        papers=len(record.papers),
        sets=record.dossier_sets,
        steps=len(record.steps),
        limit=record.time_limit,
        cost=cost,
    )


def benchmark(ours: Profile, others: Sequence[Profile]) -> tuple[Compared, ...]:
    """
    Return each measure that we and at least one other have, against the others.

    Times are compared only with times of the same kind: days do not add up with working days.
    """
    found = []
    for measured in Measured:
        own = amount(ours, measured, like=ours.limit)
        theirs = [(amount(each, measured, like=ours.limit), each.agency) for each in others]
        known = [(value, agency) for value, agency in theirs if value is not None]
        if own is None or not known:
            continue
        values = [value for value, _ in known]
        middle = Decimal(median(values))
        found.append(
            Compared(
                measured,
                ours=_words(measured, own, ours.limit),
                least=_words(measured, min(values), ours.limit),
                middle=_words(measured, middle, ours.limit),
                most=_words(measured, max(values), ours.limit),
                others=len(known),
                sign=(own > middle) - (own < middle),
                best=tuple(agency for value, agency in known if value == min(values)),
            )
        )
    return tuple(found)


def amount(profile: Profile, measured: Measured, *, like: Duration | None) -> Decimal | None:
    """Return one measure as a number; of a time only where it is of the same kind as `like`."""
    match measured:
        case Measured.PAPERS:
            return Decimal(profile.papers)
        case Measured.SETS:
            return None if profile.sets is None else Decimal(profile.sets)
        case Measured.STEPS:
            return Decimal(profile.steps) if profile.steps else None
        case Measured.COST:
            return profile.cost
        case Measured.TIME:
            limit = profile.limit
            return _time(limit) if limit and like and adds_up_with(limit, like) else None


def _time(limit: Duration) -> Decimal:
    return limit.amount * HOURS if limit.unit is Unit.WORKING_DAY else limit.amount


def as_duration(value: Decimal, like: Duration) -> Duration:
    """Return a time that `amount` measured, in the unit of `like`."""
    exact = value / HOURS if like.unit is Unit.WORKING_DAY else value
    return Duration(max(round(exact, 4), _SHORTEST), like.unit)


_SHORTEST = Decimal("0.0001")


def _words(measured: Measured, value: Decimal, limit: Duration | None) -> str:
    if measured is Measured.TIME and limit is not None:
        return duration_words(as_duration(value, limit))
    return format_number(value, 0) if measured is Measured.COST else figure_words(value)
