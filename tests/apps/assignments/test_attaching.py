"""A letter issued outside of any programme is put under one afterwards, with all its work."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import Province, make_user
from tests.factories.assignments import issue, make_directive, make_programme, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def letter(province: Province, coordinator: User) -> Directive:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.departments)
    issue(directive, coordinator)
    return Directive.objects.select_related("issuer", "document").get(pk=directive.pk)


@pytest.fixture
def programme(province: Province) -> Programme:
    return make_programme(province.committee)


def attach(client: Any, letter: Directive, programme: Programme) -> Any:
    url = reverse("assignments:attach", args=[letter.pk])
    return client.post(url, {"version": letter.version, "programme": programme.pk})


def words(client: Any, letter: Directive) -> str:
    page = BeautifulSoup(client.get(letter.get_absolute_url()).content, "html.parser")
    return page.get_text(" ")


def test_the_work_follows_the_letter(
    client: Any, letter: Directive, programme: Programme, coordinator: User
) -> None:
    client.force_login(coordinator)
    assert "chưa thuộc chương trình nào" in words(client, letter)

    assert attach(client, letter, programme).status_code == 302

    letter.refresh_from_db()
    assert letter.programme == programme
    assert set(Duty.objects.values_list("programme", flat=True)) == {programme.pk}
    event = Event.objects.get(kind="directives.programme_attached")
    assert event.changes == [{"field": "Chương trình", "from": "", "to": programme.name}]
    assert "chưa thuộc chương trình nào" not in words(client, letter)


def test_the_second_of_two_is_told(
    client: Any, letter: Directive, programme: Programme, coordinator: User
) -> None:
    Directive.objects.filter(pk=letter.pk).update(version=letter.version + 1)
    client.force_login(coordinator)

    assert attach(client, letter, programme).status_code == 422

    assert not Duty.objects.exclude(programme=None).exists()


def test_who_does_not_issue_may_not(
    client: Any, letter: Directive, programme: Programme, province: Province
) -> None:
    client.force_login(make_user(province.office, "clerk", scope=province.committee))
    assert attach(client, letter, programme).status_code == 403
    client.force_login(make_user(province.districts[0], "coordinator"))
    assert attach(client, letter, programme).status_code in {403, 404}


def test_a_draft_is_not_attached_here(
    client: Any, province: Province, programme: Programme, coordinator: User
) -> None:
    draft = make_directive(province.committee, coordinator)
    client.force_login(coordinator)
    assert attach(client, draft, programme).status_code == 403


def test_nothing_is_written_where_nothing_changes(
    letter: Directive, programme: Programme, coordinator: User
) -> None:
    Directive.objects.filter(pk=letter.pk).update(programme=programme)
    letter.refresh_from_db()

    actions.attach_issued(
        directive=letter,
        programme=programme,
        by=coordinator,
        at=letter.created_at,
        version=letter.version,
    )

    assert not Event.objects.filter(kind="directives.programme_attached").exists()
