from __future__ import annotations

from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from tinhgon.domain.lifecycle import IllegalMove, LifeCycle
from tinhgon.domain.simplification import (
    ANSWERS,
    COUNTED,
    DECIDED,
    EDITABLE_PLAN,
    GRANTED,
    ITEM,
    LEGAL_CHANGE,
    PLAN,
    PLAN_IMPORT,
    RECOMMENDATION,
    PlanMove,
    PlanStatus,
    RecommendationMove,
    RecommendationStatus,
    Verdict,
    diagrams,
    move_of_plan,
)

# Columns: where it stands. Rows: who makes which move, and where it leads; "." is no move.
PLAN_TABLE = """
                          draft     returned  confirmed assessed  submitted        withdrawn
officer  edit             draft     returned  .         .         .                .
head     confirm          confirmed confirmed .         .         .                .
head     reopen           .         .         draft     .         .                .
office   assess           .         .         assessed  .         .                .
office   return           .         .         returned  returned  returned         .
head     submit           .         .         .         submitted .                .
decision approve          .         .         .         .         approved         .
decision approve_in_part  .         .         .         .         approved_in_part .
decision refuse           .         .         .         .         refused          .
head     withdraw         withdrawn withdrawn withdrawn withdrawn .                .
head     resume           .         .         .         .         .                draft
"""
ITEM_TABLE = """
                         waiting        recommended_up
decision approve         approved       approved
decision approve_in_part partly         partly
decision refuse          refused        refused
decision recommend_up    recommended_up .
"""
RECOMMENDATION_TABLE = """
                          to_send sent
officer  address          to_send .
decision send             sent    .
decision urge             .       sent
decision redirect         .       to_send
decision agree            .       agreed
decision agree_in_part    .       agreed_in_part
decision refuse           .       refused
"""
LEGAL_CHANGE_TABLE = """
                         planned   drafted   submitted issued   dropped
head    edit             planned   drafted   submitted .        .
officer draft            drafted   .         .         .        .
officer redraft          .         drafted   submitted .        .
officer submit           submitted submitted .         .        .
officer issue            issued    issued    issued    .        .
officer bring_into_force .         .         .         in_force .
head    drop             dropped   dropped   dropped   .        .
head    resume           .         .         .         .        planned
"""
IMPORT_TABLE = """
                 previewed written
decision edit    previewed .
decision write   written   .
decision undo    .         undone
decision discard discarded .
"""
TABLES: list[tuple[LifeCycle[Any, Any], str]] = [
    (PLAN, PLAN_TABLE),
    (ITEM, ITEM_TABLE),
    (LEGAL_CHANGE, LEGAL_CHANGE_TABLE),
    (PLAN_IMPORT, IMPORT_TABLE),
    (RECOMMENDATION, RECOMMENDATION_TABLE),
]
NAMES = ["plan", "item", "legal change", "import", "recommendation"]


def _cells(table: str) -> dict[tuple[str, str], tuple[str, str]]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    return {
        (status, move): (to, actor)
        for actor, move, *cells in rows
        for status, to in zip(head, cells, strict=True)
        if to != "."
    }


@pytest.mark.parametrize(("cycle", "table"), TABLES, ids=NAMES)
def test_every_status_with_every_move(cycle: LifeCycle[Any, Any], table: str) -> None:
    expected = _cells(table)
    statuses: type[StrEnum] = type(cycle.start)
    moves: type[StrEnum] = type(next(iter(cycle.transitions))[1])

    for status, move in product(statuses, moves):
        if (status, move) in expected:
            assert tuple(cycle.transition_for(status, move)) == expected[status, move]
        else:
            with pytest.raises(IllegalMove):
                cycle.transition_for(status, move)


def test_a_plan_changes_only_where_it_may_be_edited() -> None:
    editable = {status for status, move in PLAN.transitions if move is PlanMove.EDIT}

    assert editable == EDITABLE_PLAN
    assert DECIDED.isdisjoint({status for status, _ in PLAN.transitions})
    assert set(PlanStatus) >= DECIDED


def test_what_is_granted_counts_and_not_the_other_way_round() -> None:
    assert GRANTED < COUNTED


def test_every_life_is_drawn() -> None:
    expected = {"plan", "plan-item", "legal-change", "plan-import", "recommendation"}
    assert set(diagrams()) == expected


def test_every_answer_decides_on_the_procedure() -> None:
    """What no answer leads to a verdict would wait for ever."""
    moves = RecommendationMove
    answered = {
        to.to: ITEM.transition_for(Verdict.RECOMMENDED_UP, ANSWERS[move]).to
        for (status, move), to in RECOMMENDATION.transitions.items()
        if status is RecommendationStatus.SENT and move not in {moves.URGE, moves.REDIRECT}
    }

    assert answered == {
        RecommendationStatus.AGREED: Verdict.APPROVED,
        RecommendationStatus.AGREED_IN_PART: Verdict.PARTLY,
        RecommendationStatus.REFUSED: Verdict.REFUSED,
    }


@pytest.mark.parametrize(
    ("verdicts", "move"),
    [
        ([Verdict.APPROVED], PlanMove.APPROVE),
        ([Verdict.APPROVED, Verdict.RECOMMENDED_UP], PlanMove.APPROVE),
        ([Verdict.REFUSED, Verdict.REFUSED], PlanMove.REFUSE),
        ([Verdict.APPROVED, Verdict.REFUSED], PlanMove.APPROVE_IN_PART),
        ([Verdict.PARTLY], PlanMove.APPROVE_IN_PART),
    ],
)
def test_a_plan_becomes_what_its_procedures_are_decided(
    verdicts: list[Verdict], move: PlanMove
) -> None:
    assert move_of_plan(verdicts) is move
