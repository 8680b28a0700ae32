"""What the page of the planner shows: every measure, what the ticked ones reach, what it found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from tinhgon.apps.plans.models import Measure, Plan, PlanItem
from tinhgon.domain.simplification import (
    Answer,
    Barrier,
    Choice,
    Least,
    Problem,
    Reached,
    Totals,
    Unreached,
    Wish,
    choose,
    evaluate,
)
from tinhgon.domain.vntext import format_number, format_percent, format_share

from .planning import Work, kind_words

SECONDS = 8.0
"""How long one run of the solver may take before the page shows what it has, unproven."""
_WIDTH = 100

LEAST_LABELS = {
    Least.EFFORT: "ít công sức nhất",
    Least.RISK: "ít rủi ro nhất",
    Least.TIME: "xong sớm nhất",
}
BARRIER_WORDS = {
    Barrier.NUMBER_TARGET: "chỉ tiêu số thủ tục: bỏ chỉ tiêu này thì đạt",
    Barrier.COST_TARGET: "chỉ tiêu chi phí: bỏ chỉ tiêu này thì đạt",
    Barrier.LOCKED_OUT: "các nội dung đã đánh dấu không chọn",
    Barrier.LOCKED_IN: "các nội dung đã đánh dấu phải chọn",
    Barrier.EXCLUSIONS: "các nội dung loại trừ nhau",
    Barrier.BUDGET: "giới hạn ngày công",
    Barrier.MEASURES: "chọn hết các nội dung đang có vẫn chưa đủ: cần thêm nội dung đơn giản hóa, "
    "hoặc tính chi phí cho các thủ tục chưa tính",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as the table has it; `place` counts from 1 and names it in exclusions."""

    place: int
    measure: Measure
    item: PlanItem
    kind: str
    saved: str
    days: str
    is_ticked: bool
    is_kept: bool
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """One target: where it stands, in words and as a bar of 100 with the line of the target."""

    heading: str
    words: str
    is_reached: bool
    standing: str
    width: int
    target_x: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a choice gets in an agency, "" for all of the scope."""

    agency: str
    number: Meter
    cost: Meter | None
    """None where nothing was spent before: there is no share."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a set of measures reaches and takes."""

    count: int
    effort: str
    risk: str
    days: str
    reaches: list[Reach]
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """Whose targets are out of reach, by how much, and what stands in the way."""

    agency: str
    number: str
    cost: str
    barriers: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What the planner says: its proof and the next-best, or what cannot be reached."""

    proof: str
    next_best: str
    differs: list[str]
    partial: int
    missed: list[Missed]
    has_choice: bool


class PlannerPart(TypedDict):
    count: int
    ticked: list[str]
    lines: list[Line]
    effect: Effect
    found: Found | None
    removed: int
    leaving: int
    editable: list[Plan]


def planner_part(
    *,
    work: Work,
    wish: Wish,
    ticked: Collection[str],
    answer: Answer | None = None,
    is_listed: bool = True,
) -> PlannerPart:
    """
    Return what the ticked measures reach and what the planner found; each measure with what it
    saves by itself only where they are listed.
    """
    problem = work.problem(wish)
    totals = evaluate(problem, [key for key in ticked if key in _keys(problem)])
    own = {plan.pk for plan in work.editable}
    dropped = {m.pk for m in work.measures if str(m.pk) not in ticked}
    items = [i for i in work.items.values() if i.plan_id in own and i.measures.all()]
    return {
        "count": len(problem.candidates),
        "ticked": sorted(ticked, key=int),
        "lines": _lines(work, problem, wish, set(ticked)) if is_listed else [],
        "effect": _effect(work, wish, totals),
        "found": _found(work, wish, answer) if answer else None,
        "removed": sum(m.pk in dropped for i in items for m in i.measures.all()),
        "leaving": sum(all(m.pk in dropped for m in i.measures.all()) for i in items),
        "editable": work.editable,
    }


def find(work: Work, wish: Wish) -> Answer:
    """
    Return what the planner finds within the seconds that a page may take.

    :raises OutOfTime: if they were too few to know.
    """
    return choose(work.problem(wish), seconds=SECONDS)


def _keys(problem: Problem) -> set[str]:
    return {each.key for each in problem.candidates}


def _lines(work: Work, problem: Problem, wish: Wish, ticked: set[str]) -> list[Line]:
    known = {each.key: each for each in problem.candidates}
    found: list[Line] = []
    for procedure, item in work.items.items():
        for measure in item.measures.all():
            key = str(measure.pk)
            days = known[key].days
            found.append(
                Line(
                    place=len(found) + 1,
                    measure=measure,
                    item=item,
                    kind=kind_words(measure),
                    saved=format_number(work.savings(procedure, frozenset({key})), 0),
                    days=format_number(days) if days else "",
                    is_ticked=key in ticked,
                    is_kept=key in wish.locked_in,
                    is_dropped=key in wish.locked_out,
                )
            )
    return found


def _effect(work: Work, wish: Wish, totals: Totals) -> Effect:
    return Effect(
        count=len(totals.measures),
        effort=format_number(totals.effort),
        risk=format_number(totals.risk),
        days=format_number(totals.days) if totals.days else "",
        reaches=[_reach(work, wish, each) for each in totals.reached],
        is_enough=totals.is_enough,
    )


def _reach(work: Work, wish: Wish, reached: Reached) -> Reach:
    rule = wish.rule
    lacking = reached.needed_counted - reached.counted
    number = _meter(
        f"{rule.number.upper()}: số thủ tục",
        f"{reached.counted}/{reached.listed} thủ tục ({format_share(reached.number_ratio)})",
        reached.number_ratio,
        rule.number_target,
        "" if reached.reaches_number else f"thiếu {format_number(lacking)} thủ tục",
    )
    cost = None
    if reached.needed_saved is not None:
        short = reached.needed_saved - reached.saved
        cost = _meter(
            "Chi phí tiết kiệm",
            f"{format_number(reached.saved, 0)}/{format_number(reached.before, 0)} đồng "
            f"({format_share(reached.cost_ratio)})",
            reached.cost_ratio,
            rule.cost_target,
            "" if reached.reaches_cost else f"thiếu {format_number(short, 0)} đồng",
        )
    return Reach(work.names.get(reached.agency, ""), number, cost)


def _meter(heading: str, words: str, ratio: Decimal | None, target: Decimal, lacking: str) -> Meter:
    top = min(2 * target, Decimal(1)) if target else Decimal(1)
    share = max(ratio or Decimal(0), Decimal(0))
    percent = format_percent(target * 100)
    return Meter(
        heading=f"{heading}, chỉ tiêu {percent}",
        words=words,
        is_reached=not lacking,
        standing=lacking or "đạt",
        width=min(int(_WIDTH * share / top), _WIDTH),
        target_x=round(_WIDTH * target / top),
    )


def _found(work: Work, wish: Wish, answer: Answer) -> Found:
    choice = answer.choice
    missed = [_missed(work, each) for each in answer.unreached]
    if choice is None:
        return Found("", "", [], 0, missed, has_choice=False)
    contents = {str(measure.pk): measure.content for measure in work.measures}
    return Found(
        proof=_proof(choice, wish.least),
        next_best=_next_best(choice, wish.least),
        differs=_differs(choice, contents),
        partial=len(choice.partial),
        missed=missed,
        has_choice=True,
    )


def _amount(amount: Decimal, least: Least) -> str:
    units = {Least.EFFORT: "ngày công", Least.RISK: "điểm rủi ro", Least.TIME: "ngày"}
    return f"{format_number(amount)} {units[least]}"


def _proof(choice: Choice, least: Least) -> str:
    amount = _amount(choice.totals.amount(least), least)
    if choice.is_proven:
        return f"Đã chứng minh: không cách chọn nào đạt chỉ tiêu mà cần ít hơn {amount}."
    gap = _amount(choice.gap(least), least)
    return f"Cách chọn này cần {amount}; chưa chứng minh là ít nhất, có thể giảm được tối đa {gap}."


def _next_best(choice: Choice, least: Least) -> str:
    if choice.next_best is None:
        return "Không có cách chọn nào khác đạt chỉ tiêu trong các ràng buộc này."
    return f"Cách chọn kế tiếp cần {_amount(choice.next_best.amount(least), least)}."


def _differs(choice: Choice, contents: Mapping[str, str]) -> list[str]:
    if choice.next_best is None:
        return []
    first, second = set(choice.totals.measures), set(choice.next_best.measures)
    out = [f"thôi: {contents[key]}" for key in sorted(first - second, key=int)]
    return out + [f"thêm: {contents[key]}" for key in sorted(second - first, key=int)]


def _missed(work: Work, each: Unreached) -> Missed:
    number = (
        f"nhiều nhất {each.most_counted}/{each.listed} thủ tục, cần {each.needed_counted}"
        if each.most_counted < each.needed_counted
        else ""
    )
    cost = ""
    if each.needed_saved is not None and each.most_saved < each.needed_saved:
        most, needed = (format_number(v, 0) for v in (each.most_saved, each.needed_saved))
        cost = f"tiết kiệm nhiều nhất {most} đồng/năm, cần {needed}"
    return Missed(
        work.names.get(each.agency, "cả phạm vi"),
        number,
        cost,
        [BARRIER_WORDS[barrier] for barrier in each.barriers],
    )
