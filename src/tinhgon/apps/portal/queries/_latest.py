"""When what the public reads changed last: the trail has every change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from tinhgon.apps.agencies.enums import AUDIT_KINDS as OF_AGENCIES
from tinhgon.apps.audit.models import Event

_KINDS = [
    *OF_AGENCIES,
    "publications.recorded",
    "publications.entered",
    "publications.withdrawn",
    "procedures.recoded",
    "procedures.transferred",
]
"""What changes a row of the catalogue: nothing is published, ended or named in another way."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The last change: its number in the trail (0: none yet), and since when a file is as it is."""

    number: int
    at: datetime


def latest(*, day: date, now: datetime) -> Latest:
    """Return the last change of the catalogue; that of today is made anew at midnight."""
    found = Event.objects.filter(kind__in=_KINDS).order_by("-number")
    number, at = found.values_list("number", "at").first() or (0, _midnight(now.date()))
    if day == now.date():
        at = max(at, _midnight(day))
    return Latest(number, at)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
