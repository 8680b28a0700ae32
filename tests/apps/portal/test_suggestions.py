"""Suggestions of everybody: taken, turned away, looked at by the Office, shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.procedures import AT
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.portal import actions
from tinhgon.apps.portal.enums import Status
from tinhgon.apps.portal.forms import opened
from tinhgon.apps.portal.models import Suggestion
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.suggesting import MOST_A_DAY, MOST_WAITING, Refusal

from .samples import make_published, make_suggestion

pytestmark = pytest.mark.django_db
TEXT = "Bước 2 và bước 3 có thể làm cùng một lúc."


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def version(province: Province) -> ProcedureVersion:
    found = make_published(province.departments[0]).lines.get().version
    assert found is not None
    return found


def send(
    client: Client, version: ProcedureVersion, *, ago: float = 60, query: str = "", **typed: Any
) -> Any:
    url = reverse("portal:suggest", args=[version.procedure_id]) + query
    then = opened(datetime.now().astimezone() - timedelta(seconds=ago))  # noqa: TID251
    return client.post(url, {"text": TEXT, "opened_at": then, **typed})


@pytest.mark.usefixtures("june_2024")
def test_anybody_suggests_and_the_office_is_told(
    client: StrictClient, version: ProcedureVersion, office: User
) -> None:
    response = send(
        client, version, query="?buoc=2", name="Lê Thị Bưởi", email="buoi@langson.example"
    )

    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    suggestion = Suggestion.objects.get()
    assert (suggestion.text, suggestion.step, suggestion.version_number) == (TEXT, 2, 1)
    assert suggestion.status == Status.NEW
    assert Notice.objects.get(user=office).url == suggestion.get_absolute_url()
    event = Event.objects.get(kind="portal.suggested")
    assert event.actor_ref == "public"
    trail = f"{event.subject_name} {event.changes} {event.folded}"
    assert "Bưởi" not in trail
    assert "buoi" not in trail


@pytest.mark.usefixtures("june_2024")
def test_of_an_address_only_a_digest_of_the_day_is_kept(
    client: StrictClient, version: ProcedureVersion
) -> None:
    send(client, version)

    suggestion = Suggestion.objects.get()
    values = [str(getattr(suggestion, field.attname)) for field in Suggestion._meta.fields]
    assert not any("127.0.0.1" in value for value in values)
    assert actions.address_digest("127.0.0.1", at=AT) != actions.address_digest(
        "127.0.0.1", at=AT + timedelta(days=1)
    )


@pytest.mark.usefixtures("june_2024")
@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"ago": 1}, 422, "quá nhanh"),
        ({"website": "http://example.invalid"}, 422, "quá nhanh"),
        ({"ago": 13 * 3600}, 422, "quá lâu"),
        ({"opened_at": "1700000000"}, 422, "quá lâu"),
        ({"opened_at": ""}, 422, "quá lâu"),
        ({"text": "ngắn"}, 422, "Nội dung góp ý"),
        ({"text": "a" * 2001}, 422, "Nội dung góp ý"),
        ({"email": "không phải"}, 422, "Địa chỉ thư"),
    ],
)
def test_what_is_turned_away_keeps_what_was_typed(
    client: StrictClient, version: ProcedureVersion, typed: dict[str, Any], status: int, words: str
) -> None:
    response = send(client, version, **typed)

    assert response.status_code == status
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    assert words in soup.select_one(".error-summary").get_text()  # type: ignore[union-attr]
    assert soup.find("textarea").get_text().strip() == typed.get("text", TEXT)  # type: ignore[union-attr]
    assert not Suggestion.objects.exists()


@pytest.mark.usefixtures("june_2024")
def test_one_address_sends_a_few_a_day(client: StrictClient, version: ProcedureVersion) -> None:
    for _ in range(MOST_A_DAY):
        assert send(client, version).status_code == 302

    assert send(client, version).status_code == 429
    assert Suggestion.objects.count() == MOST_A_DAY


def test_a_flood_from_many_addresses_ends(version: ProcedureVersion) -> None:
    Suggestion.objects.bulk_create(
        Suggestion(
            procedure=version.procedure,
            version_number=1,
            text="x",
            address_digest=str(number),
            sent_at=AT,
        )
        for number in range(MOST_WAITING)
    )

    with pytest.raises(actions.NotTaken) as caught:
        make_suggestion(version)
    assert caught.value.refusal is Refusal.FLOOD


@pytest.mark.usefixtures("june_2024")
def test_the_address_is_what_the_proxy_tells_where_one_is_trusted(
    client: StrictClient, version: ProcedureVersion, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    url = reverse("portal:suggest", args=[version.procedure_id])
    then = opened(datetime.now().astimezone() - timedelta(seconds=60))  # noqa: TID251
    for told in ("192.0.2.7", "198.51.100.1, 192.0.2.7", "192.0.2.8"):
        client.post(url, {"text": TEXT, "opened_at": then}, headers={"X-Forwarded-For": told})

    digests = Suggestion.objects.order_by("pk").values_list("address_digest", flat=True)
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.usefixtures("june_2024")
def test_a_form_sent_from_elsewhere_is_refused(version: ProcedureVersion) -> None:
    assert send(Client(enforce_csrf_checks=True), version).status_code == 403


@pytest.mark.usefixtures("june_2024")
def test_the_form_opens_no_session_and_is_kept_by_nobody(
    client: StrictClient, version: ProcedureVersion
) -> None:
    response = client.get(reverse("portal:suggest", args=[version.procedure_id]))

    assert "sessionid" not in response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("june_2024")
def test_a_closed_portal_takes_nothing(
    client: StrictClient, version: ProcedureVersion, settings: Any
) -> None:
    settings.PUBLIC = False

    assert send(client, version).status_code == 404


def public_page(version: ProcedureVersion) -> str:
    response = StrictClient().get(reverse("portal:procedure", args=[version.procedure_id]))
    return str(response.content.decode())


def decide(client: Client, suggestion: Suggestion, move: str, **typed: Any) -> Any:
    url = reverse(f"suggestions:{move}", args=[suggestion.pk])
    return client.post(url, {"version": suggestion.version, **typed})


@pytest.mark.usefixtures("june_2024")
def test_only_what_the_office_shows_is_public(
    client: StrictClient, version: ProcedureVersion, office: User
) -> None:
    suggestion = make_suggestion(version, TEXT, name="Lê Thị Bưởi", email="buoi@langson.example")
    client.force_login(office)
    assert TEXT not in public_page(version)

    assert decide(client, suggestion, "show").status_code == 302
    assert TEXT in public_page(version)
    assert "Lê Thị Bưởi" in public_page(version)
    assert "buoi@langson.example" not in public_page(version)

    suggestion.refresh_from_db()
    decide(client, suggestion, "answer", answer="Sẽ sửa ở lần công bố tới.")
    assert "Sẽ sửa ở lần công bố tới." in public_page(version)

    suggestion.refresh_from_db()
    decide(client, suggestion, "decline", reason="Trùng với góp ý trước.")
    page = public_page(version)
    for words in (TEXT, "Bưởi", "Sẽ sửa", "Trùng với góp ý trước."):
        assert words not in page
    event = Event.objects.filter(kind="portal.suggestion_moved")[0]
    assert event.reason == "Trùng với góp ý trước."


@pytest.mark.usefixtures("june_2024")
def test_the_office_sees_new_ones_first(
    client: StrictClient, version: ProcedureVersion, office: User
) -> None:
    suggestion = make_suggestion(version, TEXT)
    client.force_login(office)

    listed = client.get(reverse("suggestions:list")).content.decode()
    assert TEXT in listed
    assert suggestion.get_absolute_url() in listed
    assert TEXT in client.get(suggestion.get_absolute_url()).content.decode()
    assert (
        TEXT not in client.get(reverse("suggestions:list") + "?trang-thai=da-dang").content.decode()
    )


@pytest.mark.usefixtures("june_2024")
def test_a_decision_needs_its_words_and_the_newest_state(
    client: StrictClient, version: ProcedureVersion, office: User
) -> None:
    suggestion = make_suggestion(version)
    client.force_login(office)

    assert decide(client, suggestion, "answer", answer=" ").status_code == 422
    assert decide(client, suggestion, "decline").status_code == 422
    assert decide(client, suggestion, "show", version=7).status_code == 409
    assert decide(client, suggestion, "show").status_code == 302
    suggestion.refresh_from_db()
    assert decide(client, suggestion, "show").status_code == 409


def test_who_may_decide(province: Province, version: ProcedureVersion, office: User) -> None:
    suggestion = make_suggestion(version)
    stranger = make_user(province.departments[1], "coordinator")
    officer = make_user(province.departments[0], "officer")
    for user in (stranger, officer):
        with pytest.raises(PermissionDenied):
            actions.show_suggestion(suggestion=suggestion, by=user, at=AT, seen=1)
        assert not Suggestion.objects.visible_to(user).exists()
    with pytest.raises(StaleObject):
        actions.show_suggestion(suggestion=suggestion, by=office, at=AT, seen=2)
    actions.show_suggestion(suggestion=suggestion, by=office, at=AT, seen=1)
    with pytest.raises(IllegalMove):
        actions.show_suggestion(suggestion=suggestion, by=office, at=AT, seen=2)
