from __future__ import annotations

from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import make_decided, make_legal_change, make_ready
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import PlanItem


def test_the_list_shows_ones_own_branch(client: StrictClient, province: Province) -> None:
    own, other = (make_ready(agency) for agency in province.departments)
    client.force_login(make_user(own.agency, "officer"))

    page = client.get(reverse("plans:list")).content.decode()

    assert own.agency.label in page
    assert other.get_absolute_url() not in page


def test_a_stranger_is_told_that_there_is_none(client: StrictClient, province: Province) -> None:
    plan, decision = make_decided(province.departments[0])
    client.force_login(make_user(province.departments[1], "head"))

    for thing in (plan, decision, plan.items.get()):
        assert client.get(thing.get_absolute_url()).status_code == 404


def test_a_plan_has_the_block_of_each_procedure(client: StrictClient, province: Province) -> None:
    plan = make_ready(province.departments[0], 3)
    item = PlanItem.objects.select_related("plan").filter(plan=plan).first()
    assert item is not None
    make_legal_change(item)
    client.force_login(make_user(plan.agency, "officer"))

    page = client.get(plan.get_absolute_url()).content.decode()

    assert "3.1. Nội dung đơn giản hóa" in page
    assert "khoản 2 Điều 5 Quyết định số 15/2022/QĐ-UBND" in page
    assert "chậm nhất ngày 31/12/2024" in page


def test_the_procedure_is_shown_as_it_is_and_as_it_will_be(
    client: StrictClient, province: Province
) -> None:
    item = make_ready(province.departments[0]).items.get()
    client.force_login(make_user(province.departments[0], "officer"))

    page = client.get(item.get_absolute_url()).content.decode()

    assert page.count("<svg") > 2
    assert "Sơ đồ sau đơn giản hóa" in page
    assert "<del>" in page


def test_the_decision_shows_its_lines(client: StrictClient, province: Province) -> None:
    _, decision = make_decided(province.departments[0], 2, Verdict.RECOMMENDED_UP)
    client.force_login(make_user(province.committee, "leader"))

    page = client.get(decision.get_absolute_url()).content.decode()

    assert page.count("Kiến nghị cấp trên") == 2
