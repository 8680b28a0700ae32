"""What could go wrong while a signed decision on plans comes in, or is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

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
from tests.factories.reviews import make_programme_round, make_review, make_review_round
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.actions import import_undoing
from tinhgon.apps.plans.models import (
    FormerDraft,
    LegalChange,
    Plan,
    PlanDecision,
    PlanItem,
    StatedCosts,
)
from tinhgon.common.models import StaleObject

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

    with pytest.raises(PermissionDenied):
        write(found, by)
    assert not Plan.objects.exists()

    found.refresh_from_db()
    write(found)  # by who enters decisions for both
    assert {plan.agency for plan in Plan.objects.all()} == {home, other}
