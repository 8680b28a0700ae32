from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition, leading, staying


class Actor(StrEnum):
    """On whose behalf a move is made."""

    OFFICER = auto()
    """Who writes the plan in the agency."""
    HEAD = auto()
    """The head of the agency, who answers for it."""
    OFFICE = auto()
    """The Office that controls procedures; never for the plan of its own agency."""
    DECISION = auto()
    """The signed decision of the competent authority, entered by its clerk."""


class PlanStatus(StrEnum):
    """Where a plan stands on its way to approval."""

    DRAFT = auto()
    RETURNED = auto()
    """Sent back with reasons: to be corrected and confirmed anew."""
    CONFIRMED = auto()
    """The head of the agency stands behind it: nothing in it changes any more."""
    ASSESSED = auto()
    """The Office has assessed its quality in writing."""
    SUBMITTED = auto()
    """Sent to the competent authority with its tờ trình."""
    APPROVED = auto()
    APPROVED_IN_PART = auto()
    REFUSED = auto()
    WITHDRAWN = auto()


class PlanMove(StrEnum):
    EDIT = auto()
    CONFIRM = auto()
    REOPEN = auto()
    """The head takes his confirmation back."""
    ASSESS = auto()
    RETURN = auto()
    SUBMIT = auto()
    APPROVE = auto()
    APPROVE_IN_PART = auto()
    REFUSE = auto()
    WITHDRAW = auto()
    RESUME = auto()


_P, _PM = PlanStatus, PlanMove

EDITABLE_PLAN = frozenset({_P.DRAFT, _P.RETURNED})
DECIDED = frozenset({_P.APPROVED, _P.APPROVED_IN_PART, _P.REFUSED})

PLAN: LifeCycle[PlanStatus, PlanMove] = LifeCycle(
    start=_P.DRAFT,
    transitions={
        **staying(_PM.EDIT, Actor.OFFICER, _P.DRAFT, _P.RETURNED),
        **leading(_PM.CONFIRM, Actor.HEAD, _P.CONFIRMED, _P.DRAFT, _P.RETURNED),
        (_P.CONFIRMED, _PM.REOPEN): Transition(_P.DRAFT, Actor.HEAD),
        (_P.CONFIRMED, _PM.ASSESS): Transition(_P.ASSESSED, Actor.OFFICE),
        **leading(_PM.RETURN, Actor.OFFICE, _P.RETURNED, _P.CONFIRMED, _P.ASSESSED, _P.SUBMITTED),
        (_P.ASSESSED, _PM.SUBMIT): Transition(_P.SUBMITTED, Actor.HEAD),
        (_P.SUBMITTED, _PM.APPROVE): Transition(_P.APPROVED, Actor.DECISION),
        (_P.SUBMITTED, _PM.APPROVE_IN_PART): Transition(_P.APPROVED_IN_PART, Actor.DECISION),
        (_P.SUBMITTED, _PM.REFUSE): Transition(_P.REFUSED, Actor.DECISION),
        **leading(
            _PM.WITHDRAW,
            Actor.HEAD,
            _P.WITHDRAWN,
            _P.DRAFT,
            _P.RETURNED,
            _P.CONFIRMED,
            _P.ASSESSED,
        ),
        (_P.WITHDRAWN, _PM.RESUME): Transition(_P.DRAFT, Actor.HEAD),
    },
)
"""The life of a plan: independent assessment, then approval (NĐ 63/2010 điều 31)."""


class Verdict(StrEnum):
    """What was decided about one procedure of a plan."""

    WAITING = auto()
    APPROVED = auto()
    PARTLY = auto()
    """Some of its measures only."""
    REFUSED = auto()
    RECOMMENDED_UP = auto()
    """Its rule belongs to a ministry or the Government: approved as a recommendation to them."""


class ItemMove(StrEnum):
    APPROVE = auto()
    APPROVE_IN_PART = auto()
    REFUSE = auto()
    RECOMMEND_UP = auto()


_V, _IM = Verdict, ItemMove

ITEM: LifeCycle[Verdict, ItemMove] = LifeCycle(
    start=_V.WAITING,
    transitions={
        **leading(_IM.APPROVE, Actor.DECISION, _V.APPROVED, _V.WAITING, _V.RECOMMENDED_UP),
        **leading(_IM.APPROVE_IN_PART, Actor.DECISION, _V.PARTLY, _V.WAITING, _V.RECOMMENDED_UP),
        **leading(_IM.REFUSE, Actor.DECISION, _V.REFUSED, _V.WAITING, _V.RECOMMENDED_UP),
        (_V.WAITING, _IM.RECOMMEND_UP): Transition(_V.RECOMMENDED_UP, Actor.DECISION),
    },
)
"""The verdict on a procedure; a recommendation waits for the answer of those above."""

GRANTED = frozenset({_V.APPROVED, _V.PARTLY})
"""The province carries these out by itself."""

COUNTED = frozenset({_V.APPROVED, _V.PARTLY, _V.RECOMMENDED_UP})
"""These count as approved, whoever changes the rule."""


def move_of_plan(verdicts: Collection[Verdict]) -> PlanMove:
    """
    Return what a decision makes of a plan by what it says of each procedure: approved where every
    one is, as a whole or as a recommendation to those above; refused where none is; else in part.
    """
    given = set(verdicts)
    if given == {_V.REFUSED}:
        return _PM.REFUSE
    if given <= {_V.APPROVED, _V.RECOMMENDED_UP}:
        return _PM.APPROVE
    return _PM.APPROVE_IN_PART


class LegalChangeStatus(StrEnum):
    """Where the change of one legal text stands."""

    PLANNED = auto()
    DRAFTED = auto()
    SUBMITTED = auto()
    ISSUED = auto()
    """Signed; whether it is in force depends on the day."""
    IN_FORCE = auto()
    DROPPED = auto()
    """No longer needed, with a reason."""


class LegalChangeMove(StrEnum):
    EDIT = auto()
    DRAFT = auto()
    REDRAFT = auto()
    SUBMIT = auto()
    ISSUE = auto()
    BRING_INTO_FORCE = auto()
    DROP = auto()
    RESUME = auto()


_L, _LM = LegalChangeStatus, LegalChangeMove
_UNDER_WAY = (_L.PLANNED, _L.DRAFTED, _L.SUBMITTED)

LEGAL_CHANGE: LifeCycle[LegalChangeStatus, LegalChangeMove] = LifeCycle(
    start=_L.PLANNED,
    transitions={
        **staying(_LM.EDIT, Actor.HEAD, *_UNDER_WAY),
        (_L.PLANNED, _LM.DRAFT): Transition(_L.DRAFTED, Actor.OFFICER),
        **staying(_LM.REDRAFT, Actor.OFFICER, _L.DRAFTED, _L.SUBMITTED),
        **leading(_LM.SUBMIT, Actor.OFFICER, _L.SUBMITTED, _L.PLANNED, _L.DRAFTED),
        **leading(_LM.ISSUE, Actor.OFFICER, _L.ISSUED, *_UNDER_WAY),
        (_L.ISSUED, _LM.BRING_INTO_FORCE): Transition(_L.IN_FORCE, Actor.OFFICER),
        **leading(_LM.DROP, Actor.HEAD, _L.DROPPED, *_UNDER_WAY),
        (_L.DROPPED, _LM.RESUME): Transition(_L.PLANNED, Actor.HEAD),
    },
)
"""The life of the change of a legal text, from the plan to the day it is in force."""
