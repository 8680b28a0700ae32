"""What may stand in the lines of a decision, and where earlier lines stood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications.models import DecisionLine
from tinhgon.common.batches import batches


def lines_with(versions: Sequence[ProcedureVersion]) -> list[DecisionLine]:
    """Return the lines, of any decision, in which the versions stand already."""
    found: list[DecisionLine] = []
    for batch in batches([version.pk for version in versions]):
        lines = DecisionLine.objects.filter(version__in=batch)
        found += lines.select_related("decision__document")
    return found


def names_in_force(procedures: Collection[Procedure], *, on: date) -> dict[int, str]:
    """Return procedure → its name on the day, for those that are in force then."""
    found: dict[int, str] = {}
    for batch in batches([procedure.pk for procedure in procedures]):
        versions = ProcedureVersion.objects.in_force_on(on).filter(procedure__in=batch)
        found |= dict(versions.order_by().values_list("procedure", "name"))
    return found


def label_of(procedure: Procedure) -> str:
    """Return how messages name a procedure that is not in force: by its newest name."""
    newest = procedure.versions.order_by("-number").only("name").first()
    return f"{procedure.local_code} {newest.name}" if newest else procedure.local_code
