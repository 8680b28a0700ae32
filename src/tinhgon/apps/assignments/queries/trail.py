from __future__ import annotations

from django.db.models import Model

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.models import Event

SHOWN = 50


def trail_of(subject: Model) -> list[Event]:
    """Return the newest rows of the trail about a record."""
    return list(Event.objects.filter(subject_ref=audit.ref(subject)).order_by("-number")[:SHOWN])
