from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition, leading, staying

from ._inventory import REPLY


class Status(StrEnum):
    """Where one version of a procedure stands on its way to the public."""

    DRAFT = auto()
    """Still being written by its officer: nobody waits for it."""
    PROPOSED = auto()
    """Sent to the head of the agency."""
    CONFIRMED = auto()
    """The head of the agency stands behind it."""
    CHECKED = auto()
    """The Office found nothing to correct: it may go into a decision."""
    RETURNED = auto()
    SUBMITTED = auto()
    """It stands in a draft decision that was sent for signing."""
    PUBLISHED = auto()
    """A signed decision says so. Whether it is in force on a day follows from the decisions."""
    DISCLOSED = auto()
    """Made public: on the portal, in the national database."""
    DUPLICATE = auto()
    OUT_OF_SCOPE = auto()
    """No internal procedure at all."""
    MERGED = auto()


class Move(StrEnum):
    EDIT = auto()
    SEND = auto()
    """The officer has finished, or corrected what was returned."""
    CONFIRM = auto()
    SEND_BACK = auto()
    """The head wants it corrected before he confirms it."""
    CHECK = auto()
    RETURN = auto()
    SUBMIT = auto()
    RECALL = auto()
    PUBLISH = auto()
    DISCLOSE = auto()
    CORRECT_DISCLOSURE = auto()
    MARK_DUPLICATE = auto()
    MARK_OUT_OF_SCOPE = auto()
    MERGE = auto()
    RESTORE = auto()


class Actor(StrEnum):
    """On whose behalf a move is made."""

    OFFICER = auto()
    HEAD = auto()
    OFFICE = auto()
    """The Office that controls procedures (VP UBND tỉnh)."""
    DECISION = auto()
    """The decision in which the version stands, drafted or signed."""


_BEFORE_DECISION = (
    Status.DRAFT,
    Status.PROPOSED,
    Status.CONFIRMED,
    Status.CHECKED,
    Status.RETURNED,
)
_ASIDE = (Status.DUPLICATE, Status.OUT_OF_SCOPE, Status.MERGED)

UNPUBLISHED = frozenset({*_BEFORE_DECISION, Status.SUBMITTED})
"""A draft, whose content may still change or go no further."""

PUBLISHED = frozenset({Status.PUBLISHED, Status.DISCLOSED})

EDITABLE = frozenset({Status.DRAFT, Status.PROPOSED, Status.RETURNED})

VERSION: LifeCycle[Status, Move] = LifeCycle(
    start=Status.DRAFT,
    transitions={
        **staying(Move.EDIT, Actor.OFFICER, Status.DRAFT, Status.PROPOSED, Status.RETURNED),
        **leading(Move.SEND, Actor.OFFICER, Status.PROPOSED, Status.DRAFT, Status.RETURNED),
        **leading(Move.CONFIRM, Actor.HEAD, Status.CONFIRMED, Status.DRAFT, Status.PROPOSED),
        **leading(Move.SEND_BACK, Actor.HEAD, Status.RETURNED, Status.PROPOSED),
        **leading(Move.CHECK, Actor.OFFICE, Status.CHECKED, Status.CONFIRMED),
        **leading(Move.RETURN, Actor.OFFICE, Status.RETURNED, Status.CONFIRMED, Status.CHECKED),
        (Status.CHECKED, Move.SUBMIT): Transition(Status.SUBMITTED, Actor.DECISION),
        (Status.SUBMITTED, Move.RECALL): Transition(Status.CHECKED, Actor.DECISION),
        (Status.SUBMITTED, Move.PUBLISH): Transition(Status.PUBLISHED, Actor.DECISION),
        (Status.PUBLISHED, Move.DISCLOSE): Transition(Status.DISCLOSED, Actor.OFFICE),
        **staying(Move.CORRECT_DISCLOSURE, Actor.OFFICE, Status.DISCLOSED),
        **leading(Move.MARK_DUPLICATE, Actor.OFFICE, Status.DUPLICATE, *_BEFORE_DECISION),
        **leading(Move.MARK_OUT_OF_SCOPE, Actor.OFFICE, Status.OUT_OF_SCOPE, *_BEFORE_DECISION),
        **leading(Move.MERGE, Actor.OFFICE, Status.MERGED, *_BEFORE_DECISION),
        **leading(Move.RESTORE, Actor.OFFICE, Status.PROPOSED, *_ASIDE),
    },
)
"""The life of a version: inventory, check, publication (NĐ 63/2010 điều 13–15, 24)."""


class DecisionStatus(StrEnum):
    """Where a publication decision stands."""

    DRAFT = auto()
    SUBMITTED = auto()
    """Sent for signing with its tờ trình: its lines do not change any more."""
    SIGNED = auto()
    """Back with number, day and signer: what it says is law."""
    DISCARDED = auto()


class DecisionMove(StrEnum):
    EDIT = auto()
    SUBMIT = auto()
    RECALL = auto()
    RECORD = auto()
    DISCARD = auto()


class DecisionActor(StrEnum):
    DRAFTER = auto()
    CLERK = auto()


_D, _M = DecisionStatus, DecisionMove

DECISION: LifeCycle[DecisionStatus, DecisionMove] = LifeCycle(
    start=_D.DRAFT,
    transitions={
        (_D.DRAFT, _M.EDIT): Transition(_D.DRAFT, DecisionActor.DRAFTER),
        (_D.DRAFT, _M.SUBMIT): Transition(_D.SUBMITTED, DecisionActor.DRAFTER),
        (_D.SUBMITTED, _M.RECALL): Transition(_D.DRAFT, DecisionActor.DRAFTER),
        (_D.SUBMITTED, _M.RECORD): Transition(_D.SIGNED, DecisionActor.CLERK),
        (_D.DRAFT, _M.DISCARD): Transition(_D.DISCARDED, DecisionActor.DRAFTER),
    },
)
"""The life of a decision. Once signed, only a later decision changes what it says."""


def diagrams() -> dict[str, str]:
    """Return each life cycle as a Mermaid diagram, by the name of its page."""
    return {
        "procedure-version": VERSION.to_mermaid(),
        "decision": DECISION.to_mermaid(),
        "inventory-reply": REPLY.to_mermaid(),
    }
