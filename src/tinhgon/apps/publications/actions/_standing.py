from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.publications.models import DecisionLine
from tinhgon.apps.publications.queries.acts import acts_on
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import standing


def take_turns(issuer: Agency) -> None:
    """
    Let those who record decisions at the same moment wait for one another, until they commit.

    What is in force follows from all signed decisions together: two that touch one procedure must
    not each be written without knowing of the other. An update that changes nothing of the top of
    the tree does it, on SQLite and PostgreSQL alike; nobody else waits for it.
    """
    top = (issuer.path or "/").strip("/").split("/")[0] or issuer.pk
    Agency.objects.filter(pk=top).update(order=F("order"))


def recompute(touched: Collection[int]) -> None:
    """Write anew from when to when each version of the procedures is in force."""
    acts = acts_on(touched)
    standings = {pk: standing(acts.by_procedure.get(pk, ())) for pk in touched}
    procedures.write_standings(standings, first_days=acts.first_days)
    for batch in batches(list(touched)):
        DecisionLine.objects.filter(procedure__in=batch).repeat_days()
