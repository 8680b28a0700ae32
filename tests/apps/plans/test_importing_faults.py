"""What could go wrong while a signed decision on plans comes in, or is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.catalogue.plans.decisions import decision, layout
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plan_imports import (
    ASSESS,
    LATER,
    STAFF,
    make_import,
    make_ready_import,
    published,
    write,
)
from tests.factories.plans import PDF
from tests.factories.procedures import make_version
from tests.factories.reviews import make_programme_round, make_review, make_review_round
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.actions import import_undoing
from tinhgon.apps.plans.models import (
    FormerDraft,
    LegalChange,
    Plan,
    PlanDecision,
    PlanImport,
    PlanItem,
    StatedCosts,
)
from tinhgon.apps.plans.queries.import_standing import Standing, standing_of
from tinhgon.apps.reviews.enums import Status
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused

RUN_TOGETHER = "96.496.000.000.000.000.000.000"


def test_figures_that_no_sum_can_be_are_shown_and_left_out(home: Agency) -> None:
    """Two cells that ran together are read as one number, which no column holds."""
    for name in (ASSESS, STAFF):
        published(home, name)
    text = decision(layout("dotted").replace("96.496.000", RUN_TOGETHER))
    found = make_import(home, text=text)

    first = found.rows.all()[0]
    assert "before" not in first.said["costs"]
    assert any("chi phí trước in là 96496" in problem for problem in first.problems)
    write(found)

    costs = StatedCosts.objects.get(item__import_row=first)
    assert (costs.before, costs.after) == (None, Decimal(72_372_000))


def test_what_somebody_begins_while_it_is_taken_back_stays(
    home: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = make_ready_import(home)
    by, officer = make_user(home.parent or home, "coordinator"), make_user(home, "officer")
    write(found, by)
    found.refresh_from_db()
    looked = import_undoing._refuse_followed

    def look_and_be_overtaken(items: Sequence[PlanItem]) -> None:
        looked(items)
        change = LegalChange.objects.all()[0]
        actions.draft_text(change=change, upload=PDF, by=officer, at=LATER, seen=change.version)

    monkeypatch.setattr(import_undoing, "_refuse_followed", look_and_be_overtaken)

    with pytest.raises(StaleObject):
        actions.undo_import(plan_import=found, by=by, at=LATER, seen=found.version)
    assert PlanDecision.objects.exists()
    assert not FormerDraft.objects.exists()


def test_no_plan_is_written_for_an_agency_whose_decisions_one_does_not_enter(
    province: Province,
) -> None:
    """A review of the round that was handed to another agency stays with it."""
    home, other = province.departments
    programme_round = make_programme_round(province.committee)
    review_round = make_review_round(province.committee, round=programme_round)
    versions = [published(home, name) for name in (ASSESS, STAFF)]
    make_review(review_round, other, versions[0])
    by = make_user(home, "coordinator")
    found = make_import(home, by, programme_round=programme_round)

    with pytest.raises(Refused, match=r"xem lý do ở mục I\.1"):
        write(found, by)
    assert not Plan.objects.exists()

    found.refresh_from_db()
    write(found)  # by who enters decisions for both
    assert {plan.agency for plan in Plan.objects.all()} == {home, other}


def standing(found: PlanImport) -> Standing:
    by = make_user(found.agency.parent or found.agency, "coordinator")
    return standing_of(found, today=LATER.date(), by=by)


def test_what_would_be_written_is_counted_as_things_stand_now(home: Agency) -> None:
    """Between the preview and the writing other people work in the registry and in the round."""
    found = make_ready_import(home)
    assert (standing(found).ready, standing(found).faults) == (2, {})
    first, second = found.rows.select_related("version").all()
    assert first.version

    review_round = make_review_round(home.parent or home, round=found.round)
    review = make_review(review_round, home, first.version, status=Status.IN_PROGRESS.value)
    newer = make_version(home, name="Tên khác")
    type(newer).objects.filter(pk=newer.pk).update(
        procedure=second.procedure_id, number=2, status="published", valid_from=date(2024, 5, 1)
    )
    now = standing(found)
    assert (now.total, now.ready, now.faulty) == (2, 0, ("I.1", "II.1"))
    assert "Đang được rà soát" in now.faults[first.pk]
    assert "Đối chiếu lại với danh mục" in now.faults[second.pk]

    review.delete()
    assert standing(found).faulty == ("II.1",)
    with pytest.raises(Refused, match=r"Có 1 thủ tục chưa ghi được: xem lý do ở mục II\.1\."):
        write(found)


def test_a_procedure_that_went_from_the_registry_is_a_fault_of_its_row(home: Agency) -> None:
    found = make_ready_import(home)
    row = found.rows.all()[0]
    found.rows.filter(pk=row.pk).update(procedure=None, version=None)

    assert "không còn trong danh mục" in standing(found).faults[row.pk]
    with pytest.raises(Refused, match="chưa ghi được"):
        write(found)
    assert not Plan.objects.exists()


def test_what_is_written_already_is_no_fault(home: Agency) -> None:
    found = make_ready_import(home)
    write(found)
    found.refresh_from_db()

    assert standing(found).faults == {}


def test_a_decision_of_a_day_to_come_was_read_wrongly(home: Agency) -> None:
    """A digit read wrongly makes a day that no signed decision has."""
    for name in (ASSESS, STAFF):
        published(home, name)
    found = make_import(home, text=decision(layout("dotted")).replace("năm 2024", "năm 2042"))
    assert found.heading["issued_on"] > LATER.date().isoformat()

    with pytest.raises(Refused, match="Ngày ký không thể sau hôm nay"):
        write(found)
    assert not PlanDecision.objects.exists()
