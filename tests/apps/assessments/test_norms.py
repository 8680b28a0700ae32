"""Norms and the list of a round: dated values, applied to a round by an explicit act."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions, queries
from tinhgon.apps.assessments.models import CostSheet, HourlyNorm, NormChange
from tinhgon.apps.audit.models import Event
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.domain.costing import cost

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 10, 2, tzinfo=UTC)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def review_round(province: Province, officer: User) -> ReviewRound:
    """A round run by the committee's Office with two sheets, one of which saves something."""
    found = make_review_round(province.committee)
    for hours in ("1", "2"):
        review = make_review(found, province.departments[0])
        sheet = actions.start_sheet(review=review, by=officer, at=AT)
        cells = {"now..subjects": "10", "after.paper-1.hours": hours}
        actions.write_cells(sheet=sheet, cells=cells, by=officer, at=AT, seen=1)
    make_review(found, province.departments[0])
    return found


def words(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_everybody_sees_the_norms_with_their_sources(client: StrictClient, officer: User) -> None:
    client.force_login(officer)
    page = words(client.get(reverse("assessments:norms")))
    assert "48.248" in page
    assert "Thông tư số 02/2017/TT-VPCP" in page
    assert "không theo phương pháp chuẩn" in page
    assert "Thêm định mức" not in page
    assert client.post(reverse("assessments:add_norm"), {}).status_code == 403


def test_the_office_adds_a_norm_from_gdp(client: StrictClient, office: User) -> None:
    client.force_login(office)
    data = {
        "name": "Theo GDP năm 2026",
        "per_head": "135.000.000",
        "since": "05/01/2027",
        "source": "Cục Thống kê",
    }
    assert client.post(reverse("assessments:add_norm"), data).status_code == 302
    norm = HourlyNorm.objects.get()
    assert norm.value == Decimal(63_920)
    assert norm.is_standard
    assert "63.920" in words(client.get(reverse("assessments:norms")))
    assert Event.objects.filter(kind="assessments.norm_added").count() == 1


def test_a_norm_from_before_slips_into_no_round(
    client: StrictClient, office: User, officer: User, review_round: ReviewRound
) -> None:
    """It would count for the day on which the round began, and may be applied only in the open."""
    before = queries.norm_of(review_round)
    client.force_login(office)
    data = {
        "name": "Theo GDP tính lại",
        "per_head": "135.000.000",
        "since": f"{review_round.opened_on:%d/%m/%Y}",
        "source": "Cục Thống kê",
    }
    client.post(reverse("assessments:add_norm"), data)
    review_round.refresh_from_db()
    added = HourlyNorm.objects.get()

    assert queries.norm_of(review_round) == before
    review = make_review(review_round, officer.positions.get().agency)
    started = actions.start_sheet(review=review, by=officer, at=AT)
    assert started.sides.now.hourly.id == before.id
    actions.apply_norm(
        review_round=review_round,
        code=added.code,
        reason="Số liệu tính lại",
        by=office,
        at=AT,
        seen=review_round.version,
    )
    assert queries.norm_of(review_round).id == added.code


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"per_head": ""}, "Nhập một trong hai"),
        ({"value": "50.000"}, "Nhập một trong hai"),
        ({"per_head": "nhiều"}, "Ghi số đồng một năm"),
        ({"per_head": "0"}, "Ghi số đồng một năm"),
        ({"per_head": "", "value": "0"}, "lớn hơn 0"),
        ({"per_head": "", "value": "-5"}, "không thể là số âm"),
        ({"source": " "}, "Nguồn"),
    ],
)
def test_a_norm_that_cannot_be_is_refused(
    client: StrictClient, office: User, changes: dict[str, str], says: str
) -> None:
    client.force_login(office)
    data = {"name": "A", "per_head": "100.000.000", "since": "1/1/2027", "source": "B"}
    answer = client.post(reverse("assessments:add_norm"), data | changes)
    assert answer.status_code == 422
    assert says in words(answer)
    assert not HourlyNorm.objects.exists()


def test_a_rate_that_is_not_of_gdp_is_marked(client: StrictClient, office: User) -> None:
    client.force_login(office)
    data = {"name": "Lương", "value": "60.000", "since": "1/1/2027", "source": "Tính nội bộ"}
    assert client.post(reverse("assessments:add_norm"), data).status_code == 302
    assert not HourlyNorm.objects.get().is_standard


def test_the_list_adds_up_and_shows_who_has_none(
    client: StrictClient, review_round: ReviewRound, office: User
) -> None:
    client.force_login(office)
    page = words(client.get(reverse("assessments:list")))
    assert review_round.round.name in page
    address = reverse("assessments:round", args=[review_round.pk])
    page = words(client.get(address))
    sheets = CostSheet.objects.all()
    total = sum((sheet.cost_now for sheet in sheets), Decimal(0))
    assert f"{int(total):,}".replace(",", ".") in page
    assert "chưa lập" in page
    assert "chưa lập" not in words(client.get(address + "?bang=co")).replace("Chưa lập", "")
    assert client.get(address + "?bang=chua&sap-xep=chi-phi&ten=khong").status_code == 200


def apply(client: StrictClient, review_round: ReviewRound, **data: str) -> Any:
    said = {"code": "gdp-2025", "reason": "Kế hoạch năm 2026", "version": "1", **data}
    return client.post(reverse("assessments:apply_norm", args=[review_round.pk]), said)


def test_a_new_norm_moves_both_sides_and_is_no_cut(
    client: StrictClient, review_round: ReviewRound, office: User
) -> None:
    client.force_login(office)
    before = {sheet.pk: sheet for sheet in CostSheet.objects.all()}
    assert apply(client, review_round).status_code == 302
    for sheet in CostSheet.objects.all():
        assert sheet.sides.now.hourly.value == sheet.sides.after.hourly.value == 59_422
        # What was computed without the rows is what the rows say.
        assert sheet.cost_now == cost(sheet.sides.now).year
        assert sheet.cost_after == cost(sheet.sides.after).year
        assert sheet.saved == sheet.cost_now - sheet.cost_after
        old = before[sheet.pk]
        assert sheet.comparison.ratio == old.comparison.ratio
        assert sheet.version == old.version + 1
    change = NormChange.objects.get()
    assert change.sheets == 2
    assert change.saved_was == sum((s.saved for s in before.values()), Decimal(0))
    assert change.re_estimate == change.saved_became - change.saved_was != 0
    page = words(client.get(reverse("assessments:round", args=[review_round.pk])))
    assert "là ước tính lại, không phải cắt giảm thật" in page
    assert Event.objects.filter(kind="assessments.norm_applied").count() == 1


def test_whoever_was_typing_is_told(
    client: StrictClient, review_round: ReviewRound, office: User, officer: User
) -> None:
    sheet = CostSheet.objects.select_related("review__round", "review__agency").first()
    assert sheet is not None
    client.force_login(office)
    apply(client, review_round)
    with pytest.raises(actions.StaleObject):
        actions.write_cells(
            sheet=sheet,
            cells={"now.paper-1.hours": "9"},
            by=officer,
            at=AT,
            seen=sheet.version,
        )


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"reason": " "}, 422),
        ({"code": "khong-co"}, 422),
        ({"code": "gdp-2023"}, 422),  # it has that one
        ({"version": "7"}, 409),
    ],
)
def test_what_is_no_change_of_the_norm_is_refused(
    client: StrictClient,
    review_round: ReviewRound,
    office: User,
    data: dict[str, str],
    status: int,
) -> None:
    client.force_login(office)
    assert apply(client, review_round, **data).status_code == status
    assert not NormChange.objects.exists()


def test_a_round_that_is_over_keeps_its_norm(
    client: StrictClient, review_round: ReviewRound, office: User
) -> None:
    review_round.closed_on = AT.date()
    review_round.save()
    client.force_login(office)
    assert apply(client, review_round).status_code == 422
    page = words(client.get(reverse("assessments:round", args=[review_round.pk])))
    assert "Áp dụng định mức mới" not in page


def test_only_who_runs_the_round_changes_its_norm(
    client: StrictClient, review_round: ReviewRound, officer: User, province: Province
) -> None:
    client.force_login(officer)
    assert apply(client, review_round).status_code == 403
    client.force_login(make_user(province.departments[1], "officer"))
    assert apply(client, review_round).status_code in {403, 404}
