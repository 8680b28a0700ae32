from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import standing

from .acts import acts_on


def before(
    decision: Decision, lines: Sequence[DecisionLine], *, on: date
) -> dict[int, DecisionLine]:
    """
    Return procedure → the line that keeps it in force on the day but for this decision, for all
    that the lines touch.
    """
    touched = {line.procedure_id for line in lines}
    touched |= {ending.procedure_id for line in lines for ending in line.endings.all()}
    acts = acts_on(touched, without=decision.pk)
    begun = {
        period.begun_by: procedure
        for procedure, found in acts.by_procedure.items()
        if (period := standing(found).on(on)) is not None
    }
    earlier: dict[int, DecisionLine] = {}
    for batch in batches(sorted(begun)):
        rows = DecisionLine.objects.filter(pk__in=batch).select_related(
            "decision__document", "decision__issuer", "version__field"
        )
        for row in rows.defer("version__content", "decision__document__text"):
            earlier[begun[row.pk]] = row
    return earlier
