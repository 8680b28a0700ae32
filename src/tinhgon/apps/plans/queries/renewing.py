"""A procedure of a draft plan whose review went on with a newer version: what that changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tinhgon.apps.plans.models import LegalChange, Measure, PlanItem
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.enums import Outcome, Status
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
    """
    What becomes of the measures; `lost` are those whose part the newer version has not, with the
    texts that only they needed.

    Where some are lost nobody but a person knows whether what is tied to no measure was needed for
    them: `loose_texts`, and `proposal` in words.
    """

    version: ProcedureVersion
    kept: list[Renewed]
    lost: list[Measure]
    lost_texts: list[LegalChange]
    loose_texts: list[LegalChange]
    proposal: str

    @property
    def changed(self) -> list[Renewed]:
        """Those that say something else by now."""
        return [each for each in self.kept if each.words != each.measure.content]


def renewal_of(
    item: PlanItem, measures: Iterable[Measure], texts: Iterable[LegalChange]
) -> Renewal | None:
    """
    Return what taking the item over would do to its measures and texts; None where its review has
    no other version, or says by now that the procedure leaves the plan.
    """
    review = item.review
    version = review.procedure_version
    leaves = review.status == Status.LAPSED.value or review.outcome == Outcome.KEEP.value
    if version.pk == item.as_is_id or leaves:
        return None
    old, new = item.as_is_record, version.record
    kept, lost = [], []
    for measure in measures:
        value = on_version(old, new, measure.as_value)
        if value is None:
            lost.append(measure)
            continue
        is_typed = measure.content != measure_words(old, measure.as_value)
        words = measure.content if is_typed else measure_words(new, value)
        kept.append(Renewed(measure, value, words))
    gone = {measure.pk for measure in lost}
    texts = list(texts)
    return Renewal(
        version,
        kept,
        lost,
        lost_texts=[text for text in texts if text.measure_id in gone],
        loose_texts=[text for text in texts if lost and text.measure_id is None],
        proposal=item.proposal if lost else "",
    )
