"""A procedure of a draft plan whose review went on with a newer version: what that changes."""

from __future__ import annotations

from dataclasses import dataclass

from tinhgon.apps.plans.models import Measure, PlanItem
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.simplification import Measure as MeasureValue
from tinhgon.domain.simplification import measure_words, on_version


@dataclass(frozen=True, slots=True)
class Renewed:
    """A measure that is taken over: as it acts on the newer version, and its words there."""

    measure: Measure
    value: MeasureValue
    words: str


@dataclass(frozen=True, slots=True)
class Renewal:
    """What becomes of the measures; `lost` are those whose part the newer version has not."""

    version: ProcedureVersion
    kept: list[Renewed]
    lost: list[Measure]

    @property
    def changed(self) -> list[Renewed]:
        """Those that say something else by now."""
        return [each for each in self.kept if each.words != each.measure.content]


def renewal_of(item: PlanItem) -> Renewal | None:
    """Return what taking the item over would do; None where its review has no other version."""
    version = item.review.procedure_version
    if version.pk == item.as_is_id:
        return None
    old, new = item.as_is_record, version.record
    kept, lost = [], []
    for measure in item.measures.all():
        value = on_version(old, new, measure.as_value)
        if value is None:
            lost.append(measure)
            continue
        is_typed = measure.content != measure_words(old, measure.as_value)
        words = measure.content if is_typed else measure_words(new, value)
        kept.append(Renewed(measure, value, words))
    return Renewal(version, kept, lost)
