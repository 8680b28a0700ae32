from __future__ import annotations

import pytest

from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.suggesting import (
    LEAST_SECONDS,
    MOST_A_DAY,
    MOST_WAITING,
    SHOWN,
    SUGGESTION,
    Arrival,
    Move,
    Refusal,
    Status,
    refusal,
)

_ALLOWED = {
    (Status.NEW, Move.SHOW): Status.SHOWN,
    (Status.DECLINED, Move.SHOW): Status.SHOWN,
    (Status.NEW, Move.ANSWER): Status.ANSWERED,
    (Status.SHOWN, Move.ANSWER): Status.ANSWERED,
    (Status.ANSWERED, Move.ANSWER): Status.ANSWERED,
    (Status.DECLINED, Move.ANSWER): Status.ANSWERED,
    (Status.NEW, Move.DECLINE): Status.DECLINED,
    (Status.SHOWN, Move.DECLINE): Status.DECLINED,
    (Status.ANSWERED, Move.DECLINE): Status.DECLINED,
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_the_table_of_a_suggestion(status: Status, move: Move) -> None:
    if (status, move) in _ALLOWED:
        assert SUGGESTION.transition_for(status, move).to is _ALLOWED[status, move]
    else:
        with pytest.raises(IllegalMove):
            SUGGESTION.transition_for(status, move)


def test_what_nobody_looked_at_and_what_was_declined_is_not_shown() -> None:
    assert frozenset({Status.SHOWN, Status.ANSWERED}) == SHOWN
    assert SUGGESTION.start not in SHOWN


@pytest.mark.parametrize(
    ("arrival", "expected"),
    [
        (Arrival(30), None),
        (Arrival(LEAST_SECONDS), None),
        (Arrival(LEAST_SECONDS - 0.1), Refusal.ROBOT),
        (Arrival(30, trap="http://example.invalid"), Refusal.ROBOT),
        (Arrival(30, trap="  "), None),
        (Arrival(None), Refusal.STALE),
        (Arrival(-1), Refusal.STALE),
        (Arrival(13 * 3600), Refusal.STALE),
        (Arrival(30, sent=MOST_A_DAY - 1), None),
        (Arrival(30, sent=MOST_A_DAY), Refusal.TOO_MANY),
        (Arrival(30, waiting=MOST_WAITING), Refusal.FLOOD),
    ],
)
def test_what_is_taken(arrival: Arrival, expected: Refusal | None) -> None:
    assert refusal(arrival) is expected
