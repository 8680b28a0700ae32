"""The list of assignments kept as it stands, under a name, and opened with it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province
from tests.factories.assignments import make_assignment
from tinhgon.apps.accounts.models import User
from tinhgon.apps.savedviews.models import SavedView

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
LIST = "/nhiem-vu/"


def save(client: Any, address: str, **typed: str) -> Any:
    """Save the list at the address through the form that its page offers."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form: Any = soup.select_one(".menu form[action='/bo-loc/luu/']")
    hidden = {each["name"]: each["value"] for each in form.select("input[type=hidden][value]")}
    return client.post(form["action"], {**hidden, "name": "Của tôi", **typed})


@pytest.fixture(autouse=True)
def several(province: Province, coordinator: User) -> None:
    for department in province.departments:
        make_assignment(department, coordinator)


def test_a_view_is_saved_and_stands_in_the_menu(client: Any, coordinator: User) -> None:
    client.force_login(coordinator)
    assert save(client, f"{LIST}?trang-thai=mo&q=&page=1").status_code == 302
    view = SavedView.objects.get()
    assert (view.page, view.query) == ("assignments:list", "trang-thai=mo")
    assert view.get_absolute_url() == f"{LIST}?trang-thai=mo"
    menu: Any = BeautifulSoup(client.get(view.get_absolute_url()).content, "html.parser").select(
        ".menu a[aria-current=page]"
    )
    assert [link.get_text() for link in menu] == ["Của tôi"]


@pytest.mark.parametrize(
    ("address", "opened"), [("?trang-thai=qua-han", "trang-thai=qua-han"), ("", "sort=due_on")]
)
def test_the_bare_address_opens_the_view_that_was_chosen(
    client: Any, coordinator: User, address: str, opened: str
) -> None:
    client.force_login(coordinator)
    save(client, f"{LIST}{address}", opens="on")
    response = client.get(LIST)
    assert (response.status_code, response.url) == (302, f"{LIST}?{opened}")
    page = client.get(response.url)
    assert page.status_code == 200
    leave: Any = BeautifulSoup(page.content, "html.parser").find("a", string="Bỏ lọc")
    assert leave is None or client.get(f"{LIST}{leave['href'].split('/')[-1]}").status_code == 200


def test_a_stranger_does_not_see_it(client: Any, coordinator: User, officer: User) -> None:
    client.force_login(coordinator)
    save(client, f"{LIST}?trang-thai=mo")
    client.force_login(officer)
    client.get(LIST)  # takes the word of thanks for saving away
    assert "Của tôi" not in client.get(LIST).content.decode()
