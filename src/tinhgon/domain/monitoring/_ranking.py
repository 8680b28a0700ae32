from __future__ import annotations

import tomllib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import TypeVar

from ._tally import AREA_LABELS, RANKED, Area, Tally

K = TypeVar("K", bound=Hashable)
WHOLE = 100
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rule:
    """
    How agencies are ranked (cách chấm điểm, xếp hạng).

    `completeness` is how much of a hundred the done counts, the rest is for what was in time;
    `weights` says how much each part of the work counts beside the others. `basis` names what says
    so.
    """

    completeness: int
    weights: Mapping[Area, int]
    basis: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether scores can be reckoned by it."""
        numbers = [self.completeness, *self.weights.values()]
        return all(0 <= each <= WHOLE for each in numbers) and any(self.weights.values())

    @property
    def words(self) -> list[str]:
        """The formula as it stands under a table."""
        parts = ", ".join(
            f"{AREA_LABELS[area][0].lower()}{AREA_LABELS[area][1:]} {weight}"
            for area, weight in self.weights.items()
            if weight
        )
        formula = (
            f"Điểm (thang 100) = {self.completeness}% × tỷ lệ hoàn thành + "
            f"{WHOLE - self.completeness}% × tỷ lệ đúng hạn."
        )
        shares = (
            "Hoàn thành = đã làm ÷ được giao. Đúng hạn = làm đúng hạn ÷ (làm đúng hạn + làm trễ + "
            "quá hạn chưa làm). Mỗi tỷ lệ là bình quân của các phần việc mà cơ quan có, theo trọng "
            f"số: {parts}."
        )
        undated = (
            "Việc không có hạn, hoặc đã làm mà hồ sơ không ghi ngày làm xong, không tính vào tỷ lệ "
            "đúng hạn; cơ quan chỉ có việc như vậy thì không chấm điểm, không xếp hạng."
        )
        ties = (
            "Cơ quan có việc mà chưa việc nào làm xong hoặc quá hạn thì chỉ tính tỷ lệ hoàn thành. "
            "Các cơ quan cùng cấp xếp chung một bảng; bằng điểm thì cùng hạng."
        )
        return [formula, shares, undated, ties]


def score(tallies: Mapping[Area, Tally], rule: Rule) -> Decimal | None:
    """
    Return the points of an agency, one decimal.

    None where nothing was asked that counts, or nothing of it has a last day: who only did what
    nobody waits for by a day is not placed before those who were held to one.
    """
    completeness = mean({a: t.completeness for a, t in tallies.items()}, rule)
    held_to_a_day = any(t.dated and rule.weights.get(a) for a, t in tallies.items())
    if completeness is None or not held_to_a_day:
        return None
    timeliness = mean({a: t.timeliness for a, t in tallies.items()}, rule)
    if timeliness is None:
        timeliness = completeness
    points = rule.completeness * completeness + (WHOLE - rule.completeness) * timeliness
    return points.quantize(_TENTH, ROUND_HALF_UP)


def mean(shares: Mapping[Area, Decimal | None], rule: Rule) -> Decimal | None:
    """Return the weighted mean of the shares that there are; None where none counts."""
    found = [(rule.weights.get(a, 0), share) for a, share in shares.items() if share is not None]
    whole = sum(weight for weight, _ in found)
    return sum((weight * share for weight, share in found), Decimal(0)) / whole if whole else None


def places(scores: Mapping[K, Decimal | None]) -> dict[K, int]:
    """Return the place of each that has points, 1 for the best; equal points share a place."""
    told = sorted((points for points in scores.values() if points is not None), reverse=True)
    first = {points: number for number, points in reversed(list(enumerate(told, start=1)))}
    return {key: first[points] for key, points in scores.items() if points is not None}


def usual_rule(on: date) -> Rule:
    """Return the rule that ships with the software, as it holds on the day."""
    return next(rule for starts, rule in reversed(_shipped()) if starts <= on)


@cache
def _shipped() -> list[tuple[date, Rule]]:
    return read_rules(resources.files(__package__).joinpath("rules.toml").read_bytes())


def read_rules(data: bytes) -> list[tuple[date, Rule]]:
    """
    Read rules from TOML (UTF-8), each with its first day, the oldest first; that holds for earlier
    days, too.

    :raises ValueError: if a field is missing, unknown, or no number that can be reckoned by.
    """
    found: list[tuple[date, Rule]] = []
    for row in tomllib.loads(data.decode()).get("rule", []):
        match row:
            case {
                "from": date() as starts,
                "completeness": int() as completeness,
                "basis": str() as basis,
                "weights": dict() as weights,
            } if len(row) == 4 and basis and set(weights) == {area.value for area in RANKED}:
                rule = Rule(completeness, {area: weights[area.value] for area in RANKED}, basis)
            case _:
                raise ValueError(f"not a rule of ranking: {row}")
        if not rule.is_sound:
            raise ValueError(f"nothing can be reckoned by it: {row}")
        found.append((starts, rule))
    if not found:
        raise ValueError("no rule of ranking")
    found.sort(key=lambda each: each[0])
    return [(date.min, found[0][1]), *found[1:]]
