"""What the province's service did not take or did not answer, for those who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.exchange.enums import Service
from tinhgon.apps.exchange.models import Arrival, Dispatch

from .dispatches import uses_service

SHOWN = 5
_FAILING = Q(service=Service.QUEUED.value, tries__gt=0)
_REFUSED = Q(service=Service.REFUSED.value)


@dataclass(frozen=True, slots=True)
class Trouble:
    """
    Documents that did not go: the first of them, how many wait to be tried again, how many were
    refused; and how many senders of what came in could not be told yet.
    """

    rows: Sequence[Dispatch]
    failing: int
    refused: int
    untold: int


def trouble(user: User) -> Trouble | None:
    """Return what stands in the way in the person's branch; None where nothing does."""
    if not uses_service():
        return None
    seen = Dispatch.objects.visible_to(user)
    counts = seen.aggregate(
        failing=Count("pk", filter=_FAILING), refused=Count("pk", filter=_REFUSED)
    )
    untold = Arrival.objects.visible_to(user).untold().filter(told_tries__gt=0).count()
    if not (untold or any(counts.values())):
        return None
    rows = seen.filter(_FAILING | _REFUSED).select_related("document", "owner")
    return Trouble(list(rows.order_by("-service_at", "-pk")[:SHOWN]), untold=untold, **counts)


@dataclass(frozen=True, slots=True)
class Silence:
    """What waits for the whole system because the service does not answer, and since which try."""

    documents: int
    states: int
    last_try: datetime | None
    words: str


def silence() -> Silence | None:
    """Return what waits for a service that was asked in vain; None where nothing does."""
    failing = Dispatch.objects.filter(_FAILING)
    states = Arrival.objects.untold().filter(told_tries__gt=0)
    counts = failing.aggregate(documents=Count("pk"), last=Max("service_at"))
    number = states.count()
    if not (counts["documents"] or number):
        return None
    last = failing.order_by("-service_at").values_list("service_answer", flat=True).first()
    words = last or states.values_list("told_answer", flat=True).first() or ""
    return Silence(counts["documents"], number, counts["last"], words)
