"""What agencies that end leave behind: their difficulties, and those they had in hand."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from tinhgon.apps.agencies.models import Succession
from tinhgon.apps.agencies.queries import due_successions as due
from tinhgon.apps.difficulties.enums import Status
from tinhgon.apps.difficulties.models import Difficulty


def unfinished() -> QuerySet[Difficulty]:
    found = Difficulty.objects.exclude(status=Status.CLOSED.value)
    return found.select_related("agency", "holder").order_by("pk")


def held_by_ended(*, on: date) -> QuerySet[Difficulty]:
    """Return what an agency that is no more had in hand of others."""
    return unfinished().filter(holder__ended_on__lte=on).exclude(holder=F("agency"))


def due_successions(*, today: date) -> list[Succession]:
    """Return the successions in effect whose predecessor has, or has in hand, a difficulty."""
    held = Difficulty.objects.filter(pk__in=held_by_ended(on=today).values("pk"))
    holders = held.values("holder")
    of_holders = Succession.objects.filter(on__lte=today, predecessor__in=holders)
    found = [
        *due(held=unfinished(), today=today),
        *of_holders.select_related("predecessor", "successor").order_by("on", "pk"),
    ]
    return list({each.pk: each for each in found}.values())
