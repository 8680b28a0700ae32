from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition

from ._actor import Actor


class ExtensionStatus(StrEnum):
    """What became of a request for a later date (đề nghị gia hạn)."""

    ASKED = auto()
    GRANTED = auto()
    REFUSED = auto()


class ExtensionMove(StrEnum):
    GRANT = auto()
    REFUSE = auto()


EXTENSION: LifeCycle[ExtensionStatus, ExtensionMove] = LifeCycle(
    start=ExtensionStatus.ASKED,
    transitions={
        (ExtensionStatus.ASKED, ExtensionMove.GRANT): Transition(
            ExtensionStatus.GRANTED, Actor.ISSUER
        ),
        (ExtensionStatus.ASKED, ExtensionMove.REFUSE): Transition(
            ExtensionStatus.REFUSED, Actor.ISSUER
        ),
    },
)
