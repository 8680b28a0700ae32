from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import PUBLISHED, Standing

Wanted = tuple[date | None, date | None, bool]
"""First day, end, and whether a later version took over."""


def written_otherwise(
    standings: Mapping[int, Standing[int]], *, first_days: Mapping[int, date]
) -> dict[Wanted, list[int]]:
    """
    Return the versions whose columns do not say what follows from the decisions, by what they are
    to say. For `standings` and `first_days` see `actions.write_standings`.
    """
    periods = {p.version: p for standing in standings.values() for p in standing.periods}
    last = {pk: found.periods[-1].version for pk, found in standings.items() if found.periods}
    changed: dict[Wanted, list[int]] = defaultdict(list)
    for batch in batches(list(standings)):
        rows = ProcedureVersion.objects.filter(procedure__in=batch, status__in=PUBLISHED)
        columns = ("pk", "procedure", "valid_from", "valid_to", "is_superseded")
        for pk, procedure, *written in rows.values_list(*columns):
            period, first = periods.get(pk), first_days.get(pk)
            start, end = (period.start, period.end) if period else (first, first)
            wanted = (start, end, last.get(procedure, pk) != pk)
            if tuple(written) != wanted:
                changed[wanted].append(pk)
    return changed
