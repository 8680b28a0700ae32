from __future__ import annotations

import pytest

from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reviewing import CLOSED, DONE, REVIEW, WRITABLE, Actor, Move, Status

S = Status
TABLE = {
    Move.WRITE: (
        Actor.OFFICER,
        {S.TO_DO: S.IN_PROGRESS, S.IN_PROGRESS: S.IN_PROGRESS, S.RETURNED: S.RETURNED},
    ),
    Move.FINISH: (Actor.OFFICER, {S.IN_PROGRESS: S.ANSWERED, S.RETURNED: S.ANSWERED}),
    Move.TAKE_BACK: (Actor.OFFICER, {S.ANSWERED: S.IN_PROGRESS}),
    Move.CONFIRM: (Actor.HEAD, {S.ANSWERED: S.CONFIRMED}),
    Move.SEND_BACK: (Actor.HEAD, {S.ANSWERED: S.RETURNED}),
    Move.CHECK: (Actor.OFFICE, {S.CONFIRMED: S.CHECKED}),
    Move.RETURN: (Actor.OFFICE, {S.CONFIRMED: S.RETURNED, S.CHECKED: S.RETURNED}),
    Move.RENEW: (
        Actor.OFFICER,
        dict.fromkeys([S.TO_DO, S.IN_PROGRESS, S.ANSWERED, S.CONFIRMED, S.RETURNED], S.IN_PROGRESS),
    ),
    Move.LAPSE: (
        Actor.OFFICER,
        dict.fromkeys([S.TO_DO, S.IN_PROGRESS, S.ANSWERED, S.CONFIRMED, S.RETURNED], S.LAPSED),
    ),
    Move.RESUME: (Actor.OFFICE, {S.LAPSED: S.IN_PROGRESS}),
    Move.ENTER: (Actor.DECISION, {S.TO_DO: S.ENTERED, S.ENTERED: S.ENTERED}),
    Move.TAKE_OUT: (Actor.DECISION, {S.ENTERED: S.TO_DO}),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_where_each_move_leads_from_each_status(status: Status, move: Move) -> None:
    actor, leads = TABLE[move]
    if status not in leads:
        with pytest.raises(IllegalMove):
            REVIEW.transition_for(status, move)
    else:
        assert REVIEW.transition_for(status, move) == (leads[status], actor)


def test_what_can_be_written_is_neither_done_nor_closed() -> None:
    assert not WRITABLE & (DONE | CLOSED)
    assert set(Status) == WRITABLE | DONE | CLOSED
