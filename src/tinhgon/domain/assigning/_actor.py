from __future__ import annotations

from enum import StrEnum, auto


class Actor(StrEnum):
    """On whose behalf a move is made."""

    ASSIGNEE = auto()
    """The agency that has the work: its officer or head."""
    ISSUER = auto()
    """The agency that gave the work: its coordinator."""
    SYSTEM = auto()
    """The software itself, after another event, such as the end of an agency."""
