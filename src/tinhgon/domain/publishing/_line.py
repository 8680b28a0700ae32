from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from tinhgon.domain.procedures import Action, Status

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ended(Generic[K]):
    """A procedure whose place a line takes, with its name for people."""

    procedure: K
    name: str


@dataclass(frozen=True, slots=True)
class Line(Generic[K]):
    """
    What a line of a decision is about to do.

    `status` is where its version stands now, None where it brings none. `proposed_on` is the day on
    which the version was entered. `superseded_by` names the decision that published a newer version
    since; "" where there is none.
    """

    key: K
    label: str
    action: Action
    procedure: K
    version: K | None = None
    ends: tuple[Ended[K], ...] = ()
    status: Status | None = None
    proposed_on: date | None = None
    superseded_by: str = ""
    order: int = 0
