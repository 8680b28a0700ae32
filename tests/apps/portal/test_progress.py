"""What everybody may see of how far the agencies are: nothing, until the province says so."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from tests.conftest import VIETNAM, StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.plans import make_decided
from tests.factories.procedures import make_version
from tests.factories.reviews import make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.monitoring.actions import set_monitoring
from tinhgon.apps.plans.queries.indicators.asked import Asked
from tinhgon.apps.plans.queries.indicators.page import indicators_page
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.monitoring import RANKED, Rule

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 15, 9, tzinfo=VIETNAM)
URL = "/cong-khai/tien-do/"
RULE = Rule(60, dict.fromkeys(RANKED, 1), "Kế hoạch của ông Nguyễn Văn Kín")


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def programme(province: Province) -> Programme:
    plan, _ = make_decided(province.departments[0], n=2)
    make_version(province.departments[1], status=Status.PUBLISHED)
    return plan.round.round.programme


def open_up(programme: Programme, by: User, *, is_public: bool = True, seen: int = 0) -> None:
    set_monitoring(programme=programme, rule=RULE, is_public=is_public, by=by, at=NOW, seen=seen)


@time_machine.travel(NOW, tick=False)
def test_it_is_off_until_the_province_says_so(programme: Programme, office: User) -> None:
    client = StrictClient()
    assert client.get(URL).status_code == 404
    assert URL not in client.get("/cong-khai/co-quan/").content.decode()

    open_up(programme, office)
    assert client.get(URL).status_code == 200
    assert URL in client.get("/cong-khai/co-quan/").content.decode()

    open_up(programme, office, is_public=False, seen=1)
    assert client.get(URL).status_code == 404


@time_machine.travel(NOW, tick=False)
def test_it_says_what_the_indicators_say(
    programme: Programme, office: User, province: Province
) -> None:
    open_up(programme, office)
    page = StrictClient().get(URL).context
    rows = {row.name: row for row in page["rows"]}
    asked = Asked(programme=programme.pk)
    inside = indicators_page(user=office, asked=asked, today=NOW.date(), every=True)
    total = inside["total"]

    assert total is not None
    assert page["total"].listed == total.listed.number == 3
    assert [page["total"].approved, page["total"].carried_out] == [
        each.number for each in total.stages
    ][1:]
    assert page["total"].number == total.number.figure
    assert page["total"].cost == total.cost.figure
    assert rows[province.departments[0].name].approved == 2
    assert rows[province.departments[1].name].published == 1
    assert rows[province.departments[1].name].number_reached is False
    assert page["total"].published == 3
    assert "✓: đạt chỉ tiêu; ◐: chưa đạt" in StrictClient().get(URL).content.decode()


@time_machine.travel(NOW, tick=False)
def test_it_names_no_person_and_opens_no_session(programme: Programme, office: User) -> None:
    open_up(programme, office)
    client = StrictClient()
    response = client.get(URL)

    assert not response.cookies
    assert "Kín" not in response.content.decode()
    for person in User.objects.all():
        assert person.full_name not in response.content.decode()


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("query", ["chuong-trinh=0", "chuong-trinh=x", "page=-1", "page=999"])
def test_an_odd_address_is_answered(programme: Programme, office: User, query: str) -> None:
    open_up(programme, office)

    assert StrictClient().get(f"{URL}?{query}").status_code in {200, 404}


@time_machine.travel(NOW, tick=False)
def test_a_programme_before_its_first_round_shows_what_is_published(
    programme: Programme, office: User, province: Province
) -> None:
    young = Programme.objects.create(
        name="Chương trình mới", agency=province.committee, starts_on=date(2024, 7, 1)
    )
    open_up(young, office)

    page = StrictClient().get(f"{URL}?chuong-trinh={young.pk}").context
    assert (page["total"].published, page["total"].listed) == (3, 0)
    assert StrictClient().get(f"{URL}?chuong-trinh={programme.pk}").status_code == 404


@time_machine.travel(NOW, tick=False)
def test_several_rounds_take_no_more_queries(
    programme: Programme, office: User, province: Province
) -> None:
    """The strict client refuses more than twelve."""
    second = make_review_round(province.committee)
    second.round.programme = programme
    second.round.save()
    open_up(programme, office)

    assert StrictClient().get(URL).context["total"].listed == 3
