"""The whole product of statuses and moves, so that no row of the table changes unseen."""

from __future__ import annotations

import itertools

import pytest

from tinhgon.domain.difficulties import DIFFICULTY, OPEN, WAITING, Actor, Move, Status, diagrams
from tinhgon.domain.lifecycle import IllegalMove

LEVEL = ("passed_up", "referred", "in_hand")
TABLE: dict[str, dict[str, tuple[str, str]]] = {
    "new": {
        "edit": ("new", "officer"),
        "send": ("passed_up", "head"),
        "send_to_centre": ("at_centre", "head"),
        "withdraw": ("closed", "officer"),
        "apply": ("answered", "officer"),
        "transfer": ("new", "system"),
    },
    "returned": {
        "edit": ("returned", "officer"),
        "send": ("passed_up", "head"),
        "send_to_centre": ("at_centre", "head"),
        "withdraw": ("closed", "head"),
        "apply": ("answered", "officer"),
        "transfer": ("returned", "system"),
    },
    **{
        status: {
            "withdraw": ("closed", "head"),
            "apply": ("answered", "holder"),
            "answer": ("answered", "holder"),
            "return": ("returned", "holder"),
            "pass_up": ("passed_up", "holder_head"),
            "send_to_centre": ("at_centre", "holder_head"),
            "refer": ("referred", "holder"),
            "close": ("closed", "holder"),
            "transfer": (status, "system"),
            **({} if status == "in_hand" else {"take_on": ("in_hand", "holder")}),
        }
        for status in LEVEL
    },
    "at_centre": {
        "withdraw": ("closed", "head"),
        "answer": ("answered", "holder"),
        "transfer": ("at_centre", "system"),
    },
    "answered": {
        "accept": ("closed", "officer"),
        "reopen": ("in_hand", "officer"),
        "decline": ("new", "officer"),
        "close": ("closed", "holder"),
        "transfer": ("answered", "system"),
    },
    "closed": {},
}


@pytest.mark.parametrize(("status", "move"), list(itertools.product(Status, Move)))
def test_each_move_from_each_status(status: Status, move: Move) -> None:
    expected = TABLE[status.value].get(move.value)
    if expected is None:
        with pytest.raises(IllegalMove):
            DIFFICULTY.transition_for(status, move)
    else:
        transition = DIFFICULTY.transition_for(status, move)
        assert (transition.to.value, transition.actor.value) == expected


def test_every_open_difficulty_can_come_to_an_end() -> None:
    for status in Status:
        reached, todo = {status}, [status]
        while todo:
            here = todo.pop()
            for (source, _), transition in DIFFICULTY.transitions.items():
                if source is here and transition.to not in reached:
                    reached.add(transition.to)
                    todo.append(transition.to)
        assert Status.CLOSED in reached


def test_nobody_owes_an_answer_to_what_was_returned() -> None:
    assert set(OPEN - WAITING) == {Status.RETURNED}


def test_only_the_system_hands_over_to_successors() -> None:
    actors = {t.actor for (_, move), t in DIFFICULTY.transitions.items() if move is Move.TRANSFER}

    assert actors == {Actor.SYSTEM}


def test_the_diagram_has_every_row_of_the_table() -> None:
    assert diagrams()["difficulty"].count("-->") == 1 + len(DIFFICULTY.transitions)
