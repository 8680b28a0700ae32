"""
How long the planner takes for 500 and for 5,000 measures, with proof and next-best.

    make bench-planner
"""

from __future__ import annotations

import random
import sys
import time
from decimal import Decimal

from tinhgon.domain.simplification import (
    Candidate,
    Least,
    Problem,
    Reach,
    Subject,
    Wish,
    choose,
)

SIZES = {500: 2.0, 5_000: 20.0}
"""Measures → seconds of work of one core that they may take, however busy the machine is."""

MEASURES_A_PROCEDURE = 2.5
PLANNED = 0.6
"""Share of procedures with measures."""


def make_problem(measures: int, seed: int = 7) -> Problem:
    """Return a province of its own making: costs spread over three powers of ten."""
    chance = random.Random(seed)  # noqa: S311 — figures to measure on
    procedures = round(measures / MEASURES_A_PROCEDURE / PLANNED)
    subjects = [
        Subject(f"p{n:05}", f"a{n % 40:02}", Decimal(round(10 ** chance.uniform(5, 8))))
        for n in range(procedures)
    ]
    with_measures = chance.sample(subjects, round(procedures * PLANNED))
    candidates, shares = [], {}
    for n in range(measures):
        subject = with_measures[n % len(with_measures)]
        key = f"m{n:05}"
        ends = chance.random() < 0.08
        shares[key] = Decimal(1) if ends else Decimal(chance.randint(2, 45)) / 100
        effort = Decimal(chance.randint(2, 60)) / 2
        candidates.append(
            Candidate(key, subject.key, effort, chance.randint(1, 5), chance.choice(_DAYS), ends)
        )
    before = {each.key: each.before for each in subjects}

    def saving(procedure: str, keys: frozenset[str]) -> Decimal:
        left = Decimal(1)
        for key in sorted(keys):
            left *= 1 - shares[key]
        return before[procedure] * (1 - left)

    return Problem(subjects, candidates, saving)


_DAYS = (30, 60, 90, 180)


def main() -> int:
    late = 0
    for measures, limit in SIZES.items():
        problem = make_problem(measures)
        for least in Least:
            for reach in Reach:
                late += _measure(problem, Wish(least=least, reach=reach), measures, limit)
        wish = Wish(effort_budget=Decimal(10))
        late += _measure(problem, wish, measures, limit, "ngân sách quá nhỏ")
    return 1 if late else 0


def _measure(problem: Problem, wish: Wish, measures: int, limit: float, words: str = "") -> int:
    asked = Problem(problem.subjects, problem.candidates, problem.saving, wish)
    begun, begun_work = time.perf_counter(), time.process_time()
    answer = choose(asked)
    elapsed, seconds = time.perf_counter() - begun, time.process_time() - begun_work
    choice = answer.choice
    found = "không đạt: " + ", ".join(b for m in answer.unreached[:1] for b in m.barriers)
    if choice:
        totals = choice.totals
        found = (
            f"{len(totals.measures)} biện pháp, {totals.effort} ngày công, rủi ro {totals.risk}, "
            f"{totals.days} ngày; tối ưu {'đã' if choice.is_proven else 'chưa'} chứng minh, "
            f"cách cận {choice.gap(wish.least)}; phương án kế tiếp "
            f"{choice.next_best.amount(wish.least) if choice.next_best else 'không có'}"
        )
    verdict = "" if seconds <= limit else "  QUÁ LÂU"
    print(  # noqa: T201 — the report
        f"{measures:>5} {wish.least:<6} {wish.reach:<11} {words} {seconds:6.2f} s "
        f"(trôi qua {elapsed:.2f} s){verdict}  {found}"
    )
    return int(seconds > limit)


if __name__ == "__main__":
    sys.exit(main())
