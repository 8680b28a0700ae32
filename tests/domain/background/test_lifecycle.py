from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tinhgon.domain.background import ENDED, JOB, LOST_AFTER, OPEN, Actor, Move, Status, is_alive
from tinhgon.domain.lifecycle import IllegalMove

_ALLOWED = {
    (Status.WAITING, Move.START): (Status.RUNNING, Actor.WORKER),
    (Status.RUNNING, Move.FINISH): (Status.DONE, Actor.WORKER),
    (Status.RUNNING, Move.FAIL): (Status.FAILED, Actor.WORKER),
    (Status.RUNNING, Move.LOSE): (Status.FAILED, Actor.WATCH),
    (Status.WAITING, Move.CANCEL): (Status.CANCELLED, Actor.ASKER),
    (Status.RUNNING, Move.CANCEL): (Status.CANCELLED, Actor.ASKER),
    (Status.FAILED, Move.REPEAT): (Status.WAITING, Actor.ASKER),
    (Status.CANCELLED, Move.REPEAT): (Status.WAITING, Actor.ASKER),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_the_table_of_a_job(status: Status, move: Move) -> None:
    if (status, move) in _ALLOWED:
        assert JOB.transition_for(status, move) == _ALLOWED[status, move]
    else:
        with pytest.raises(IllegalMove):
            JOB.transition_for(status, move)


def test_what_is_done_leads_nowhere_and_every_state_is_open_or_ended() -> None:
    assert frozenset(Status) == OPEN | ENDED
    assert not OPEN & ENDED
    assert not [move for status, move in JOB.transitions if status is Status.DONE]


@pytest.mark.parametrize(
    ("silent", "alive"),
    [
        (timedelta(0), True),
        (LOST_AFTER, True),
        (LOST_AFTER + timedelta(microseconds=1), False),
        (timedelta(seconds=-5), True),  # the clock of another server is a little ahead
    ],
)
def test_who_is_silent_for_too_long_counts_as_dead(silent: timedelta, alive: bool) -> None:
    at = datetime(2024, 3, 27, 9, tzinfo=UTC)

    assert is_alive(at - silent, at=at) is alive


def test_who_never_gave_a_sign_of_life_is_not_alive() -> None:
    assert not is_alive(None, at=datetime(2024, 3, 27, 9, tzinfo=UTC))
