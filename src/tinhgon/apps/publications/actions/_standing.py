from __future__ import annotations

from collections.abc import Collection

from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.publications.queries.acts import acts_on
from tinhgon.domain.procedures import standing


def recompute(touched: Collection[int]) -> None:
    """Write anew from when to when each version of the procedures is in force."""
    acts = acts_on(touched)
    standings = {pk: standing(acts.by_procedure.get(pk, ())) for pk in touched}
    procedures.write_standings(standings, first_days=acts.first_days)
