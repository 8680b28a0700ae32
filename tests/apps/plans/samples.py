from __future__ import annotations

from typing import Any

from tests.apps.samples import Sample
from tests.factories import make_user
from tests.factories.agencies import make_agency
from tests.factories.plan_imports import make_import
from tests.factories.plans import (
    PDF,
    make_assessed,
    make_confirmed,
    make_decided,
    make_former_draft,
    make_issued_text,
    make_legal_change,
    make_measure,
    make_plan,
    make_ready,
    make_recommendation,
    make_sent,
    make_submitted_plan,
    make_text,
)
from tests.factories.procedures import AT
from tests.factories.reviews import make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.models import MeasureChoice


def _plan(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_plan(agency).pk}


def _item(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_plan(agency).items.get().pk}


def _decision(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_decided(agency)[1].pk}


def _measure(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_measure(make_plan(agency).items.get()).pk}


def _legal_change(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_legal_change(make_plan(agency).items.get()).pk}


def _ready(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_ready(agency).pk}


def _confirmed(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_confirmed(agency).pk}


def _confirmed_below(agency: Agency, person: User) -> dict[str, Any]:
    """A plan of an agency below: nobody assesses that of his own."""
    return {"pk": make_confirmed(make_agency(parent=agency)).pk}


def _opinion(agency: Agency, person: User) -> dict[str, Any]:
    return {**_confirmed_below(agency, person), "kind": "docx"}


def _assessed(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_assessed(agency).pk}


def _submitted(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_submitted_plan(agency).pk}


def _paper(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_confirmed(agency).pk, "name": "to-trinh", "kind": "docx"}


def _text(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_text(agency).pk}


def _granted(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_decided(agency)[0].items.get().pk}


def _drafted(agency: Agency, person: User) -> dict[str, Any]:
    change = make_text(agency)
    by = make_user(agency, "officer")
    actions.draft_text(change=change, upload=PDF, by=by, at=AT, seen=change.version)
    return {"pk": change.pk}


def _redrafted(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": (former := make_former_draft(agency)).change_id, "draft": former.pk}


def _reviewed(agency: Agency, person: User) -> dict[str, Any]:
    make_plan(agency)
    return {}


def _programme(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_review_round(agency).round.programme_id}


def _issued(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_issued_text(agency, upload=PDF).pk}


def _import(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_import(agency).pk}


def _import_row(agency: Agency, person: User) -> dict[str, Any]:
    found = make_import(agency)
    return {"pk": found.pk, "row": found.rows.all()[0].pk}


def _round(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_ready(agency).round_id}


def _choice(agency: Agency, person: User) -> dict[str, Any]:
    choice = MeasureChoice.objects.create(
        round_id=make_ready(agency).round_id, agency=agency, kept=0, made_at=AT, made_by=person
    )
    return {"pk": choice.pk}


def _recommendation(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_recommendation(agency).pk}


def _recommended_paper(agency: Agency, person: User) -> dict[str, Any]:
    return {**_recommendation(agency, person), "kind": "docx"}


def _sent(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": make_sent(agency).pk}


def _sent_file(agency: Agency, person: User) -> dict[str, Any]:
    found = make_sent(agency, upload=PDF)
    return {"pk": found.pk, "document": found.letter_id}


SAMPLES: dict[str, Sample] = {
    "plans:detail": _plan,
    "plans:item": _item,
    "plans:decision": _decision,
    "plans:add_items": _plan,
    "plans:describe": _item,
    "plans:remove_item": _item,
    "plans:renew_item": _item,
    "plans:take_suggestions": _item,
    "plans:add_measure": _item,
    "plans:change_measure": _measure,
    "plans:remove_measure": _measure,
    "plans:add_legal_change": _item,
    "plans:change_legal_change": _legal_change,
    "plans:remove_legal_change": _legal_change,
    "plans:confirm": _ready,
    "plans:reopen": _confirmed,
    "plans:withdraw": _ready,
    "plans:resume": _ready,
    "plans:assess": _confirmed_below,
    "plans:opinion_draft": _opinion,
    "plans:submit": _assessed,
    "plans:decide": _submitted,
    "plans:paper": _paper,
    "plans:text": _text,
    "plans:move_text": _text,
    "plans:text_draft": _drafted,
    "plans:former_draft": _redrafted,
    "plans:text_file": _issued,
    "plans:recommendation": _recommendation,
    "plans:address_recommendation": _recommendation,
    "plans:move_recommendation": _recommendation,
    "plans:answer_recommendations": _sent,
    "plans:recommendation_paper": _recommended_paper,
    "plans:recommendation_file": _sent_file,
    "plans:amend": _granted,
    "plans:choose": _round,
    "plans:apply_choice": _round,
    "plans:undo_choice": _choice,
    "plans:import_detail": _import,
    "plans:import_file": _import,
    "plans:import_heading": _import,
    "plans:import_row": _import_row,
    "plans:leave_unclear": _import,
    "plans:match_import": _import,
    "plans:write_import": _import,
    "plans:undo_import": _import,
    "plans:discard_import": _import,
    "plans:indicators": _reviewed,
    "plans:indicators_file": _reviewed,
    "plans:indicator_rows": _reviewed,
    "plans:counting_rule": _programme,
}
