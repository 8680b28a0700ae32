"""
What a decision does to versions. Only the app of decisions calls these, within its own actions,
after its own policy: so they ask no policy and record only what becomes of each version.

A decision may have thousands of lines: each function writes in a number of statements that does
not grow with them, but for splitting what is too long for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.enums import STATUS_LABELS, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries.standings import written_otherwise
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import batches
from tinhgon.common.models import StaleObject
from tinhgon.domain.procedures import VERSION, Action, Move, Standing


def move_with_decision(
    versions: Iterable[ProcedureVersion], move: Move, *, at: datetime
) -> list[audit.Entry]:
    """
    Submit, recall or publish versions with their decision; return what to record.

    :raises IllegalMove: if the state of one does not allow it.
    :raises StaleObject: if one changed meanwhile.
    """
    alike: dict[tuple[Status, int], list[ProcedureVersion]] = defaultdict(list)
    for version in versions:
        alike[Status(version.status), version.version].append(version)
    entries = []
    for (old, seen), rows in alike.items():
        new = VERSION.transition_for(old, move).to
        values = {"status": new.value, "reason": "", "changed_at": at, "version": seen + 1}
        for batch in batches(rows):
            found = ProcedureVersion.objects.filter(
                pk__in=[row.pk for row in batch], version=seen, status=old.value
            )
            if found.update(**values) != len(batch):
                raise StaleObject
        change = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)
            entries.append(audit.Entry("procedures.moved", row, (change,)))
    if move is not Move.PUBLISH:  # then `write_standings` follows
        search.index(PROCEDURE, [row.procedure_id for rows in alike.values() for row in rows])
    return entries


def set_action(versions: Mapping[Action, Sequence[ProcedureVersion]]) -> None:
    """Write what the decision does to each version, where its drafter chose otherwise."""
    for action, rows in versions.items():
        for batch in batches(rows):
            found = ProcedureVersion.objects.filter(pk__in=[row.pk for row in batch])
            found.exclude(action=action.value).update(action=action.value)


def write_standings(
    standings: Mapping[int, Standing[int]], *, first_days: Mapping[int, date]
) -> None:
    """
    Write from when to when each version of the procedures is in force, and which a later one took
    over from.

    `standings`: procedure → its history, whose versions are keys of the database. `first_days`:
    version → the day on which its line would begin it. A version that lost every day (another
    decision of the same day prevails) gets this day as first and as end.

    What was published or taken back before in the same action is found by the search from now on.
    """
    changed = written_otherwise(standings, first_days=first_days)
    for (start, end, is_superseded), pks in changed.items():
        for batch in batches(pks):
            ProcedureVersion.objects.filter(pk__in=batch).update(
                valid_from=start, valid_to=end, is_superseded=is_superseded
            )
    search.index(PROCEDURE, standings)
