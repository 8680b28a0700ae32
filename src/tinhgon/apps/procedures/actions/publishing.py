"""
What a decision does to versions. Only the app of decisions calls these, within its own actions,
after its own policy: so they ask no policy and record only what becomes of each version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures.enums import STATUS_LABELS, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import VERSION, Move, Standing


def move_with_decision(
    versions: Iterable[ProcedureVersion], move: Move, *, at: datetime
) -> list[audit.Entry]:
    """
    Submit, recall or publish versions with their decision; return what to record.

    :raises IllegalMove: if the state of one does not allow it.
    :raises StaleObject: if one changed meanwhile.
    """
    entries = []
    for version in versions:
        old = Status(version.status)
        new = VERSION.transition_for(old, move).to
        version.change(seen_version=version.version, status=new.value, reason="", changed_at=at)
        change = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
        entries.append(audit.Entry("procedures.moved", version, (change,)))
    return entries


def write_standing(procedure: Procedure, standing: Standing[int]) -> None:
    """
    Write from when to when each version of the procedure is in force, and which a later one
    took over from.

    The keys of versions in `standing` are those of the database. A version that lost every day
    (another decision of the same day prevails) keeps its first day as its last.
    """
    periods = {period.version: period for period in standing.periods}
    last = standing.periods[-1].version if standing.periods else None
    for version in procedure.versions.filter(status__in=[Status.PUBLISHED, Status.DISCLOSED]):
        period = periods.get(version.pk)
        found = {
            "valid_from": period.start if period else version.valid_from,
            "valid_to": period.end if period else version.valid_from,
            "is_superseded": last is not None and version.pk != last,
        }
        if any(getattr(version, name) != value for name, value in found.items()):
            ProcedureVersion.objects.filter(pk=version.pk).update(**found)
