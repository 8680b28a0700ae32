"""The search finds no more than the pages of what it finds would show."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tinhgon.apps.agencies.models import Agency

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]


def test_every_agency_that_is_found_can_be_opened(client: StrictClient) -> None:
    province = make_province()
    client.force_login(make_user(province.departments[0]))
    urls = {
        agency.get_absolute_url()
        for agency in Agency.objects.all()
        if agency.get_absolute_url() in client.get(_search(agency.name)).content.decode()
    }

    assert province.departments[0].get_absolute_url() in urls
    assert province.committee.get_absolute_url() in urls
    assert province.departments[1].get_absolute_url() not in urls
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_late_list_names_no_agency_of_another_branch(client: StrictClient) -> None:
    province = make_province()
    client.force_login(make_user(province.districts[0], "head"))
    hidden = province.departments[1]

    page = client.get(reverse("assignments:late"), {"co-quan": hidden.pk}).content.decode()

    assert hidden.name not in page
    assert hidden.label not in page


def _search(words: str) -> str:
    return reverse("search", query={"q": words})
