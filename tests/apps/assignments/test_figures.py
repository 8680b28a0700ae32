"""A number means the same rows wherever it stands."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.assignments import CALENDAR
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.assignments.queries import filters
from tinhgon.apps.assignments.queries.figures import Classifier, figures, figures_by
from tinhgon.apps.assignments.queries.listing import Filters, matching

from .standings import make_letter_of, spread

pytestmark = pytest.mark.django_db
# These two ask another table than the row's own.
_ELSEWHERE = {View.EXTENSION, View.NIL}


@pytest.fixture
def everything(province: Province, coordinator: User) -> None:
    agencies = [*province.departments, *province.districts, *sum(province.communes, ())]
    make_letter_of(province.committee, coordinator, agencies)
    spread(coordinator)


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("view", [view for view in View if view not in _ELSEWHERE])
def test_a_row_is_counted_where_the_database_selects_it(view: View, june_2024: datetime) -> None:
    today = june_2024.date()
    classifier = Classifier(today=today, calendar=CALENDAR)
    condition = filters.condition(view, today=today, calendar=CALENDAR)
    selected = set(Assignment.objects.filter(condition).values_list("pk", flat=True))
    rows = Assignment.objects.values_list("pk", "status", "due_on", "done_on")
    counted = {
        pk
        for pk, status, due_on, done_on in rows
        if view in classifier.views(status, due_on, done_on)
    }
    assert counted == selected
    assert selected
    assert figures(Assignment.objects.all(), today=today, calendar=CALENDAR)[view] == len(counted)


@pytest.mark.usefixtures("everything")
def test_figures_by_agency_add_up(june_2024: datetime) -> None:
    found = figures_by(
        Assignment.objects.all(), "agency", today=june_2024.date(), calendar=CALENDAR
    )
    whole = found.pop(None)
    assert len(found) == 8
    assert sum(counter[View.LIVE] for counter in found.values()) == whole[View.LIVE]
    parts = (View.OVERDUE, View.SOON, View.ON_TIME, View.NO_DUE, View.SUBMITTED, View.DONE)
    assert sum(whole[part] for part in parts) == whole[View.LIVE]
    assert whole[View.OPEN] + whole[View.DONE] == whole[View.LIVE]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("page", ["board", "late", "timeline"])
@pytest.mark.parametrize("role", ["coordinator", "district_head", "officer"])
def test_every_number_opens_as_many_rows(
    page: str, role: str, request: pytest.FixtureRequest, client: StrictClient, june_2024: datetime
) -> None:
    user: User = request.getfixturevalue(role)
    client.force_login(user)
    soup = BeautifulSoup(client.get(reverse(f"assignments:{page}")).content, "html.parser")
    links = [
        (a["href"], int(words))
        for a in soup.select("main a[href*='trang-thai=']")
        if (words := a.get_text(" ", strip=True).split(" ")[0].replace(".", "")).isdecimal()
    ]
    assert links
    for url, number in links:
        query = {name: values[0] for name, values in parse_qs(urlsplit(str(url)).query).items()}
        found = matching(
            user=user, asked=Filters.read(query), today=june_2024.date(), calendar=CALENDAR
        )
        assert found.count() == number, url
