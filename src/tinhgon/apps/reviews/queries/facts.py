"""What is known of a procedure under review beside its record, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from tinhgon.apps.matching.enums import Ruling
from tinhgon.apps.matching.models import PairVerdict
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries import record_as_law_stands
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.procedures import Record
from tinhgon.domain.reviewing import (
    DONE,
    Answer,
    Facts,
    Former,
    Questionnaire,
    Suggestion,
    Twin,
    answers_from_json,
    prefill,
    profile_of,
    stamp,
    suggestions,
)

MOST_ELSEWHERE = 60


@dataclass(frozen=True, slots=True)
class Known:
    """The record under review as law stands, and what is known beside it."""

    record: Record
    facts: Facts


def known_of(review: Review, *, today: date, version: ProcedureVersion | None = None) -> Known:
    """
    Return what is known of the procedure under review; three queries.

    `version`: another version than the one that is reviewed so far.
    """
    version = version or review.procedure_version
    same = _same_elsewhere(review, version, today)
    twins = [
        Twin(row.procedure.local_code, row.name, row.holder.label)
        for row in same
        if row.holder_id == review.agency_id and row.name_key == version.name_key
    ]
    elsewhere = tuple(
        profile_of(row.record, agency=row.holder.label, key=row.procedure.local_code)
        for row in same
        if row.holder_id != review.agency_id
    )
    facts = Facts(on=today, elsewhere=elsewhere, twins=(*twins, *_judged_twins(review, today)))
    return Known(record_as_law_stands(version), facts)


def answers_of(review: Review, known: Known) -> dict[str, Answer]:
    """Return the answers of a review; before anybody wrote, those that need not be asked."""
    if Status(review.status) is not Status.TO_DO:
        return answers_from_json(review.answers)
    form = review.round.questionnaire.form
    return prefill(form, known.record, known.facts, _former(review))


def conclusion_stamp(review: Review) -> str:
    """Return what tells one conclusion of a review from another."""
    return stamp(review.outcome, f"{review.outcome_reason}|{review.merge_into_id or ''}")


def suggestions_for(
    form: Questionnaire, known: Known, answers: Mapping[str, Answer]
) -> tuple[Suggestion, ...]:
    """Return what the rules suggest, given also how many cases the review says there were."""
    return suggestions(known.record, replace(known.facts, cases=_cases(form, answers)))


def _cases(form: Questionnaire, answers: Mapping[str, Answer]) -> int | None:
    for question in form.questions.values():
        if question.registry == "cases":
            said = answers.get(question.id, Answer()).value
            return int(said) if said.isdecimal() else None
    return None


def _same_elsewhere(
    review: Review, version: ProcedureVersion, today: date
) -> list[ProcedureVersion]:
    """Return other procedures of the same name, or that share one canonical procedure with ours."""
    root = review.procedure.canonical_id or review.procedure_id
    shared = Q(procedure__canonical=root) | Q(procedure=root)
    rows = ProcedureVersion.objects.in_force_on(today).filter(shared | Q(name_key=version.name_key))
    rows = rows.exclude(procedure=review.procedure_id).select_related("holder", "procedure")
    return list(rows.order_by("pk")[:MOST_ELSEWHERE])


def _judged_twins(review: Review, today: date) -> list[Twin]:
    pk = review.procedure_id
    pairs = PairVerdict.objects.filter(
        Q(one=pk) | Q(other=pk), ruling=Ruling.SAME.value
    ).values_list("one", "other")
    others = [one if other == pk else other for one, other in pairs]
    if not others:
        return []
    rows = ProcedureVersion.objects.in_force_on(today).filter(procedure__in=others)
    return [
        Twin(row.procedure.local_code, row.name, row.holder.label)
        for row in rows.select_related("holder", "procedure").defer("content").order_by("pk")
    ]


def _former(review: Review) -> Former | None:
    """Return the last finished review of the same procedure, in another round."""
    row = (
        Review.objects.filter(
            procedure=review.procedure_id, status__in=[status.value for status in DONE]
        )
        .exclude(pk=review.pk)
        .select_related("procedure_version")
        .order_by("-answered_at", "-pk")
        .first()
    )
    if row is None:
        return None
    return Former(row.procedure_version.record, answers_from_json(row.answers))
