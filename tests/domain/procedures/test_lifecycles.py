from __future__ import annotations

from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from tinhgon.domain.lifecycle import IllegalMove, LifeCycle
from tinhgon.domain.procedures import (
    DECISION,
    EDITABLE,
    PUBLISHED,
    UNPUBLISHED,
    VERSION,
    Actor,
    DecisionActor,
    DecisionMove,
    DecisionStatus,
    Move,
    Status,
    diagrams,
)

# Columns: where it stands. Rows: who makes which move, and where it leads; "." is no move.
VERSION_TABLE = """
                          draft        proposed     confirmed    checked      returned     submitted published duplicate out_of_scope merged    disclosed
officer edit              draft        proposed     .            .            returned     .         .         .         .            .     .
officer send              proposed     .            .            .            proposed     .         .         .         .            .     .
head confirm              confirmed    confirmed    .            .            .            .         .         .         .            .     .
head send_back            .            returned     .            .            .            .         .         .         .            .     .
office check              .            .            checked      .            .            .         .         .         .            .     .
office return             .            .            returned     returned     .            .         .         .         .            .     .
decision submit           .            .            .            submitted    .            .         .         .         .            .     .
decision recall           .            .            .            .            .            checked   .         .         .            .     .
decision publish          .            .            .            .            .            published .         .         .            .     .
office disclose           .            .            .            .            .            .         disclosed .         .            .     .
office correct_disclosure .            .            .            .            .            .         .         .         .            .     disclosed
office mark_duplicate     duplicate    duplicate    duplicate    duplicate    duplicate    .         .         .         .            .     .
office mark_out_of_scope  out_of_scope out_of_scope out_of_scope out_of_scope out_of_scope .         .         .         .            .     .
office merge              merged       merged       merged       merged       merged       .         .         .         .            .     .
office restore            .            .            .            .            .            .         .         proposed  proposed     proposed .
"""  # noqa: E501 — a table
DECISION_TABLE = """
                draft     submitted
drafter edit    draft     .
drafter submit  submitted .
drafter recall  .         draft
clerk record    .         signed
drafter discard discarded .
"""


def _cells(table: str) -> dict[tuple[str, str], tuple[str, str]]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    return {
        (status, move): (to, actor)
        for actor, move, *cells in rows
        for status, to in zip(head, cells, strict=True)
        if to != "."
    }


def _compare(cycle: LifeCycle[Any, Any], table: str, status: StrEnum, move: StrEnum) -> None:
    expected = _cells(table).get((status, move))
    if expected is None:
        with pytest.raises(IllegalMove):
            cycle.transition_for(status, move)
    else:
        assert tuple(cycle.transition_for(status, move)) == expected


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_every_move_from_every_status_of_a_version(status: Status, move: Move) -> None:
    _compare(VERSION, VERSION_TABLE, status, move)


@pytest.mark.parametrize(("status", "move"), list(product(DecisionStatus, DecisionMove)))
def test_every_move_from_every_status_of_a_decision(
    status: DecisionStatus, move: DecisionMove
) -> None:
    _compare(DECISION, DECISION_TABLE, status, move)


@pytest.mark.parametrize(
    ("cycle", "statuses", "moves", "actors"),
    [
        (VERSION, Status, Move, Actor),
        (DECISION, DecisionStatus, DecisionMove, DecisionActor),
    ],
)
def test_every_status_move_and_actor_has_a_use(
    cycle: LifeCycle[StrEnum, StrEnum],
    statuses: type[StrEnum],
    moves: type[StrEnum],
    actors: type[StrEnum],
) -> None:
    reached = {cycle.start}
    for _ in cycle.transitions:
        reached |= {t.to for (s, _), t in cycle.transitions.items() if s in reached}
    assert reached == set(statuses)
    assert {move for _, move in cycle.transitions} == set(moves)
    assert {transition.actor for transition in cycle.transitions.values()} == set(actors)


def test_only_a_decision_publishes_and_nothing_takes_it_back() -> None:
    ways = {k: t for k, t in VERSION.transitions.items() if t.to in PUBLISHED}
    assert {t.actor for (s, _), t in ways.items() if s not in PUBLISHED} == {Actor.DECISION}
    assert all(t.to in PUBLISHED for (s, _), t in VERSION.transitions.items() if s in PUBLISHED)
    assert VERSION.moves_from(Status.DISCLOSED, Actor.OFFICE) == (Move.CORRECT_DISCLOSURE,)


def test_what_is_edited_is_a_draft() -> None:
    assert {s for s in Status if (s, Move.EDIT) in VERSION.transitions} == EDITABLE
    assert EDITABLE < UNPUBLISHED
    assert not UNPUBLISHED & PUBLISHED
    aside = {Status.DUPLICATE, Status.OUT_OF_SCOPE, Status.MERGED}
    assert set(Status) == UNPUBLISHED | PUBLISHED | aside


def test_the_diagrams_show_every_row() -> None:
    drawn = diagrams()
    assert list(drawn) == ["procedure-version", "decision", "inventory-reply"]
    assert drawn["procedure-version"].count(" --> ") == len(VERSION.transitions) + 1
    assert drawn["decision"].splitlines()[:3] == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> draft: edit (drafter)",
    ]
