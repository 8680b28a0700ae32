from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition

from ._actor import Actor


class DirectiveStatus(StrEnum):
    """Where a letter stands (văn bản chỉ đạo)."""

    DRAFT = auto()
    """Read or typed in, not yet confirmed: nobody has work from it."""
    ISSUED = auto()
    AMENDED = auto()
    """A later letter changed part of it; the rest holds."""
    REPLACED = auto()
    WITHDRAWN = auto()
    DISCARDED = auto()


class DirectiveMove(StrEnum):
    ISSUE = auto()
    DISCARD = auto()
    AMEND = auto()
    REPLACE = auto()
    WITHDRAW = auto()


_D, _M = DirectiveStatus, DirectiveMove

DIRECTIVE: LifeCycle[DirectiveStatus, DirectiveMove] = LifeCycle(
    start=_D.DRAFT,
    transitions={
        (_D.DRAFT, _M.ISSUE): Transition(_D.ISSUED, Actor.ISSUER),
        (_D.DRAFT, _M.DISCARD): Transition(_D.DISCARDED, Actor.ISSUER),
        (_D.ISSUED, _M.AMEND): Transition(_D.AMENDED, Actor.ISSUER),
        (_D.ISSUED, _M.REPLACE): Transition(_D.REPLACED, Actor.ISSUER),
        (_D.ISSUED, _M.WITHDRAW): Transition(_D.WITHDRAWN, Actor.ISSUER),
        # What was amended can be amended again, and still end.
        (_D.AMENDED, _M.AMEND): Transition(_D.AMENDED, Actor.ISSUER),
        (_D.AMENDED, _M.REPLACE): Transition(_D.REPLACED, Actor.ISSUER),
        (_D.AMENDED, _M.WITHDRAW): Transition(_D.WITHDRAWN, Actor.ISSUER),
    },
)
