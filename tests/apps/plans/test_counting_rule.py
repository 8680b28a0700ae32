from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.models import CountingSetting
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.simplification import CostRule, CountingRule, NumberRule

STRICT = CountingRule(NumberRule.K1, CostRule.C_PRIME, Decimal("0.25"), Decimal("0.3"))
BASIS = "Kế hoạch số 243/KH-UBND ngày 02/12/2022"


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.committee, "coordinator")


@pytest.fixture
def programme(province: Province) -> Programme:
    return make_review_round(province.committee).round.programme


def url_of(programme: Programme) -> str:
    return f"/phuong-an/chi-tieu/quy-tac/{programme.pk}/"


def form(seen: int, **values: Any) -> dict[str, Any]:
    return {
        "version": seen,
        "number_rule": "k1",
        "number_target": "25",
        "cost_rule": "c_prime",
        "cost_target": "30,5",
        "basis": BASIS,
        **values,
    }


def set_rule(programme: Programme, by: User, seen: int, **values: Any) -> CountingSetting:
    return actions.set_counting_rule(
        programme=programme,
        rule=values.get("rule", STRICT),
        basis=values.get("basis", BASIS),
        by=by,
        at=AT,
        seen=seen,
    )


def test_the_rule_is_set_with_its_basis_and_leaves_a_trace(
    programme: Programme, office: User
) -> None:
    setting = set_rule(programme, office, 0)

    assert setting.rule == STRICT
    event = Event.objects.get(kind="plans.counting_rule_set")
    assert event.reason == BASIS
    assert [(each["field"], each["to"]) for each in event.changes] == [
        ("Số thủ tục", "K1: thủ tục cắt giảm (bãi bỏ, gộp)"),
        ("Chi phí", "C′: trên chi phí của các thủ tục có phương án"),
        ("Chỉ tiêu số thủ tục", "25%"),
        ("Chỉ tiêu chi phí", "30%"),
    ]


def test_who_saw_another_rule_is_told(programme: Programme, office: User) -> None:
    set_rule(programme, office, 0)
    for seen in (0, 7):
        with pytest.raises(StaleObject):
            set_rule(programme, office, seen)
    set_rule(programme, office, 1, rule=CountingRule())
    assert CountingSetting.objects.get().version == 2
    with pytest.raises(StaleObject):
        set_rule(programme, office, 1)


def test_nobody_sets_a_rule_that_he_saw_but_that_never_was(
    programme: Programme, office: User
) -> None:
    with pytest.raises(StaleObject):
        set_rule(programme, office, 3)
    assert not CountingSetting.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rule": replace(STRICT, number_target=Decimal("1.01"))}, "number_target"),
        ({"rule": replace(STRICT, cost_target=Decimal("-0.01"))}, "number_target"),
        ({"basis": "  "}, "basis"),
    ],
)
def test_what_cannot_be_a_rule_is_refused(
    programme: Programme, office: User, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_rule(programme, office, 0, **values)

    assert refused.value.field == field
    assert not CountingSetting.objects.exists()


def test_only_who_runs_rounds_of_the_programme_sets_its_rule(
    province: Province, programme: Programme
) -> None:
    for person in (
        make_user(province.committee, "leader"),
        make_user(province.departments[0], "head"),
        make_user(province.districts[0], "coordinator"),
    ):
        with pytest.raises(PermissionDenied):
            set_rule(programme, person, 0)


def test_the_page_sets_the_rule_and_the_figures_follow(
    client: StrictClient, province: Province, programme: Programme, office: User
) -> None:
    make_review(programme.rounds.get().review_round, province.departments[0])
    client.force_login(office)
    before = client.get(url_of(programme)).content.decode()
    assert "Quyết định số 1085/QĐ-TTg" in before
    assert 'value="20"' in before

    answer = client.post(url_of(programme), form(0))

    assert answer.status_code == 302
    setting = CountingSetting.objects.get()
    assert setting.rule == replace(STRICT, cost_target=Decimal("0.305"))
    page = client.get(url_of(programme)).content.decode()
    assert 'value="30,5"' in page
    assert "Đặt quy tắc tính chỉ tiêu" in page
    indicators = client.get("/phuong-an/chi-tieu/").content.decode()
    assert "K1 so với 25%" in indicators
    assert "C′ so với 30,5%" in indicators
    assert f"Căn cứ: {BASIS} (đặt ngày" in indicators


def test_two_who_set_the_rule_at_once(
    client: StrictClient, programme: Programme, office: User
) -> None:
    client.force_login(office)
    set_rule(programme, office, 0)

    answer = client.post(url_of(programme), form(0, number_target="40"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Người khác vừa đặt lại quy tắc này" in page
    assert 'value="40"' in page
    assert CountingSetting.objects.get().rule == STRICT
    assert client.post(url_of(programme), form(1, number_target="40")).status_code == 302
    assert CountingSetting.objects.get().number_target == Decimal("0.4")


@pytest.mark.parametrize(
    "values",
    [
        {"version": "x"},
        {"version": ""},
        {"number_rule": "k9"},
        {"cost_rule": ""},
        {"number_target": "120"},
        {"cost_target": "-1"},
        {"number_target": "NaN"},
        {"basis": ""},
        {"basis": "x" * 301},
    ],
)
def test_forged_and_wrong_fields_change_nothing(
    client: StrictClient, programme: Programme, office: User, values: dict[str, str]
) -> None:
    client.force_login(office)

    answer = client.post(url_of(programme), form(0, **values))

    assert answer.status_code == 422
    assert not CountingSetting.objects.exists()


def test_strangers_find_nothing_and_others_may_not(
    client: StrictClient, province: Province, programme: Programme
) -> None:
    other = make_review_round(province.districts[0]).round.programme
    client.force_login(make_user(province.departments[0], "head"))
    for method in (client.get, client.post):
        assert method(url_of(programme)).status_code == 403
        assert method(url_of(other)).status_code == 404
        assert method("/phuong-an/chi-tieu/quy-tac/987654/").status_code == 404
    assert not CountingSetting.objects.exists()
