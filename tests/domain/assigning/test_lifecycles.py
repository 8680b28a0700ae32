from __future__ import annotations

from enum import StrEnum
from itertools import product

import pytest

from tinhgon.domain.assigning import (
    ASSIGNMENT,
    DIRECTIVE,
    DONE,
    EXTENSION,
    OPEN,
    Actor,
    DirectiveMove,
    DirectiveStatus,
    ExtensionMove,
    ExtensionStatus,
    Move,
    Status,
    diagrams,
    moves_from,
    transition_for,
)
from tinhgon.domain.lifecycle import IllegalMove, LifeCycle

# Columns: where it stands. Rows: where each move leads; "." is no move, "=" stays.
# From accepted, withdrawn and transferred nothing leads on.
TABLE = """
                 issued        acknowledged  in_progress  returned     submitted
acknowledge      acknowledged  .             .            .            .
report_progress  in_progress   in_progress   =            in_progress  .
submit           submitted     submitted     submitted    submitted    .
return           .             .             .            .            returned
accept           .             .             .            .            accepted
withdraw         withdrawn     withdrawn     withdrawn    withdrawn    withdrawn
pass_on          =             =             =            =            .
ask_extension    =             =             =            =            .
decide_extension =             =             =            =            =
amend_due        =             =             =            =            =
transfer         transferred   transferred   transferred  transferred  transferred
fulfil           accepted      accepted      accepted     accepted     accepted
"""
ACTORS: dict[StrEnum, set[Move]] = {
    Actor.ASSIGNEE: {
        Move.ACKNOWLEDGE,
        Move.REPORT_PROGRESS,
        Move.SUBMIT,
        Move.PASS_ON,
        Move.ASK_EXTENSION,
    },
    Actor.ISSUER: {
        Move.RETURN,
        Move.ACCEPT,
        Move.WITHDRAW,
        Move.DECIDE_EXTENSION,
        Move.AMEND_DUE,
    },
    Actor.SYSTEM: {Move.TRANSFER, Move.FULFIL},
}


def _cells() -> dict[tuple[Status, Move], str]:
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    return {
        (Status(status), Move(row[0])): status if cell == "=" else cell
        for row in rows
        for status, cell in zip(head, row[1:], strict=True)
        if cell != "."
    }


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_every_move_from_every_status(status: Status, move: Move) -> None:
    to = _cells().get((status, move))
    if to is None:
        with pytest.raises(IllegalMove) as caught:
            transition_for(status, move)
        assert (caught.value.status, caught.value.move) == (status, move)
    else:
        transition = transition_for(status, move)
        assert transition.to == to
        assert move in ACTORS[transition.actor]


def test_what_each_side_may_do_next() -> None:
    assert moves_from(Status.SUBMITTED, Actor.ASSIGNEE) == ()
    assert moves_from(Status.SUBMITTED, Actor.ISSUER) == (
        Move.RETURN,
        Move.ACCEPT,
        Move.WITHDRAW,
        Move.DECIDE_EXTENSION,
        Move.AMEND_DUE,
    )
    assert Move.ACKNOWLEDGE in moves_from(Status.ISSUED, Actor.ASSIGNEE)


def test_open_done_and_over() -> None:
    over = {s for s in Status if not any(moves_from(s, actor) for actor in Actor)}
    assert over == set(Status) - OPEN
    assert {Status.SUBMITTED} == OPEN & DONE
    assert {Status.WITHDRAWN, Status.TRANSFERRED} == set(Status) - OPEN - DONE


@pytest.mark.parametrize(("status", "move"), list(product(DirectiveStatus, DirectiveMove)))
def test_the_life_of_a_letter(status: DirectiveStatus, move: DirectiveMove) -> None:
    leads_to = {
        "draft": {"issue": "issued", "discard": "discarded"},
        "issued": {"amend": "amended", "replace": "replaced", "withdraw": "withdrawn"},
        "amended": {"amend": "amended", "replace": "replaced", "withdraw": "withdrawn"},
    }
    if to := leads_to.get(status, {}).get(move):
        assert DIRECTIVE.transition_for(status, move).to == to
    else:
        with pytest.raises(IllegalMove):
            DIRECTIVE.transition_for(status, move)


@pytest.mark.parametrize(("status", "move"), list(product(ExtensionStatus, ExtensionMove)))
def test_a_request_is_decided_once(status: ExtensionStatus, move: ExtensionMove) -> None:
    if status is ExtensionStatus.ASKED:
        to = EXTENSION.transition_for(status, move)
        assert (to.to, to.actor) == (
            {"grant": "granted", "refuse": "refused"}[move],
            Actor.ISSUER,
        )
    else:
        with pytest.raises(IllegalMove):
            EXTENSION.transition_for(status, move)


@pytest.mark.parametrize(
    ("cycle", "statuses"),
    [(ASSIGNMENT, Status), (DIRECTIVE, DirectiveStatus), (EXTENSION, ExtensionStatus)],
)
def test_every_status_is_reached(
    cycle: LifeCycle[StrEnum, StrEnum], statuses: type[StrEnum]
) -> None:
    reached = {cycle.start}
    for _ in cycle.transitions:
        reached |= {t.to for (s, _), t in cycle.transitions.items() if s in reached}
    assert reached == set(statuses)


def test_the_diagrams_show_every_row() -> None:
    drawn = diagrams()
    assert list(drawn) == ["assignment", "directive", "extension"]
    assert drawn["extension"].splitlines() == [
        "stateDiagram-v2",
        "    [*] --> asked",
        "    asked --> granted: grant (issuer)",
        "    asked --> refused: refuse (issuer)",
    ]
    assert drawn["assignment"].count(" --> ") == len(ASSIGNMENT.transitions) + 1
