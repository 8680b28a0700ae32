"""What the head confirmed is kept, and a real cut is told from a better figure ever after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.procedures import make_record, make_version
from tests.factories.reviews import answered, make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.assessments.queries import norms
from tinhgon.apps.assessments.queries.splitting import SplitView, split_of
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.reviews.enums import Move
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.costing import Change
from tinhgon.domain.procedures import Paper

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 10, 2, tzinfo=UTC)
DAY = timedelta(days=1)
PARTS: dict[str, Any] = {"papers": (Paper("Tờ trình"), Paper("Báo cáo")), "dossier_sets": 1}
RECORD = make_record("Cử công chức đi đào tạo", **PARTS)
HOUR = 48_248  # đồng, the norm of the round


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def sheet(province: Province, officer: User) -> CostSheet:
    """A sheet of 10 subjects, in which two hours of a paper become one: 482,480 đồng saved."""
    home = province.departments[0]
    version = make_version(home, name=RECORD.name, status=VersionStatus.PUBLISHED, **PARTS)
    review = make_review(make_review_round(province.committee), home, version)
    made = actions.start_sheet(review=review, by=officer, at=AT)
    return write(made, officer, {"now..subjects": "10", "after.paper-1.hours": "1"}, AT)


def fresh(sheet: CostSheet) -> CostSheet:
    rows = CostSheet.objects.select_related("review__round__agency", "review__agency")
    return rows.get(pk=sheet.pk)


def write(sheet: CostSheet, by: User, cells: dict[str, str], at: datetime) -> CostSheet:
    actions.write_cells(sheet=sheet, cells=cells, by=by, at=at, seen=sheet.version)
    return fresh(sheet)


def confirm_and_return(sheet: CostSheet, by: User, at: datetime) -> CostSheet:
    """Let the head confirm the review, and the Office give it back."""
    Review.objects.filter(pk=sheet.review_id).update(**answered(by))
    review = Review.objects.select_related("procedure_version", "round").get(pk=sheet.review_id)
    head = make_user(review.agency, "head")
    reviews.move_review(review=review, move=Move.CONFIRM, by=head, at=at, seen=review.version)
    office = make_user(review.round.agency, "coordinator")
    reviews.move_review(
        review=review,
        move=Move.RETURN,
        by=office,
        at=at + timedelta(hours=1),
        seen=review.version,
        reason="Bổ sung số liệu",
    )
    return fresh(sheet)


def changed(sheet: CostSheet) -> SplitView:
    found = split_of(fresh(sheet))
    assert found is not None
    return found


def test_before_the_head_confirms_there_is_nothing_to_compare_with(
    sheet: CostSheet, officer: User
) -> None:
    assert split_of(sheet) is None
    # Confirmed, and nothing changed since: still nothing.
    assert split_of(confirm_and_return(sheet, officer, AT + DAY)) is None


def test_a_corrected_figure_moves_both_sides_and_cuts_nothing(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    sheet = confirm_and_return(sheet, officer, AT + DAY)
    sheet = write(sheet, officer, {"now..subjects": "25"}, AT + 2 * DAY)
    found = changed(sheet)
    assert [found.was, found.became] == ["482.480", "1.206.200"]
    assert [found.re_estimate, found.real_cut] == ["723.720", "0"]
    [corrected] = found.corrections
    assert [corrected.was, corrected.became] == ["10", "25"]

    client.force_login(officer)
    page = client.get(reverse("assessments:sheet", args=[sheet.review_id])).content.decode()
    assert "Thay đổi từ khi thủ trưởng xác nhận" in page
    assert '<output id="split-re-estimate">723.720</output>' in page


def test_a_further_cut_is_real(client: StrictClient, sheet: CostSheet, officer: User) -> None:
    sheet = confirm_and_return(sheet, officer, AT + DAY)
    client.force_login(officer)
    said = client.post(
        reverse("assessments:write", args=[sheet.review_id]),
        {"version": sheet.version, "after.paper-2.hours": "0"},
        headers={"X-Cells": "1"},
    ).json()
    found = changed(sheet)
    assert [found.re_estimate, said["texts"]["split-re-estimate"]] == ["0", "0"]
    cut = sheet.sides.now.rows[1].hours * HOUR * 10
    assert fresh(sheet).saved == 482_480 + cut
    assert said["texts"]["split-real-cut"] == found.real_cut == f"{cut:,.0f}".replace(",", ".")
    assert found.corrections == []


def test_the_cuts_of_the_plan_are_real(sheet: CostSheet, officer: User) -> None:
    sheet = confirm_and_return(sheet, officer, AT + DAY)
    to_be = replace(RECORD, papers=RECORD.papers[1:])
    change = Change(RECORD, to_be, {"paper:2": "paper:1"})
    actions.follow(sheet=sheet, change=change, by=officer, at=AT + 2 * DAY, seen=sheet.version)
    found = changed(sheet)
    assert found.re_estimate == "0"
    assert fresh(sheet).saved - 482_480 == Decimal(found.real_cut.replace(".", ""))


def test_a_new_norm_is_re_estimate_alone(
    sheet: CostSheet, officer: User, province: Province
) -> None:
    sheet = confirm_and_return(sheet, officer, AT + DAY)
    review_round = sheet.review.round
    dearer = next(norm for norm in norms() if norm.value > HOUR)
    actions.apply_norm(
        review_round=review_round,
        code=dearer.id,
        reason="Số liệu mới công bố",
        by=make_user(province.committee, "coordinator"),
        at=AT + 2 * DAY,
        seen=review_round.version,
    )
    found = changed(sheet)
    assert [found.was, found.real_cut] == ["482.480", "0"]
    assert Decimal(found.re_estimate.replace(".", "")) == round((dearer.value - HOUR) * 10)


def test_what_was_confirmed_first_stays_the_measure(sheet: CostSheet, officer: User) -> None:
    sheet = confirm_and_return(sheet, officer, AT + DAY)
    sheet = write(sheet, officer, {"now..subjects": "25"}, AT + 2 * DAY)
    sheet = confirm_and_return(sheet, officer, AT + 3 * DAY)
    sheet = write(sheet, officer, {"now..subjects": "20"}, AT + 4 * DAY)
    assert changed(sheet).was == "482.480"
    assert changed(sheet).confirmed_at == AT + DAY


def test_what_was_changed_after_the_confirmation_was_never_confirmed(
    sheet: CostSheet, officer: User
) -> None:
    sheet = write(sheet, officer, {"now..subjects": "12"}, AT + 2 * DAY)
    sheet = confirm_and_return(sheet, officer, AT + DAY)
    assert split_of(write(sheet, officer, {"now..subjects": "13"}, AT + 3 * DAY)) is None
