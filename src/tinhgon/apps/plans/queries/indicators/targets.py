"""The official figures of all that a person sees, against their targets, for his first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.domain.simplification import Stage

from .asked import Asked
from .counted import counted
from .meter import Meter, cost_meter, number_meter
from .scope import rounds_of, scope_of


@dataclass(frozen=True, slots=True)
class Targets:
    """The same figures as in the last line of the table at `url`."""

    words: str
    number: Meter
    cost: Meter
    url: str


def targets_of(*, user: User, today: date) -> Targets | None:
    """Return the meters of the round that runs, else the last; None where nothing is counted."""
    asked = Asked()
    scope = scope_of(user, rounds_of(user), asked, today)
    if scope is None:
        return None
    found = counted(user, scope)
    if not found.wholes:
        return None
    totals = {stage: found.total(stage) for stage in Stage}
    return Targets(
        words=scope.words,
        number=number_meter(totals, scope.rule, asked.stage),
        cost=cost_meter(totals, scope.rule, asked.stage),
        url=asked.table_url,
    )
