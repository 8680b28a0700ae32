"""The answer to a suggestion goes to the address that was left with it, each answer once."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.procedures import AT, make_version
from tinhgon.apps.portal import actions
from tinhgon.apps.portal.models import Suggestion
from tinhgon.apps.procedures.enums import Status

from .samples import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
ANSWER = "Sẽ bỏ thành phần hồ sơ này ở lần công bố tới."


@pytest.fixture
def suggestion(client: StrictClient, settings: Any) -> Suggestion:
    """A suggestion with an address; the Office is signed in."""
    settings.SITE_URL = "https://tthc.langson.example"
    province = make_province()
    version = make_version(
        province.departments[0], status=Status.PUBLISHED, valid_from=AT.date() - timedelta(60)
    )
    client.force_login(make_user(province.office, "coordinator", scope=province.committee))
    return make_suggestion(version, "Nộp hai lần một giấy", email="buoi@langson.example")


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def answer(client: StrictClient, suggestion: Suggestion, text: str = ANSWER) -> int:
    suggestion.refresh_from_db()
    url = reverse("suggestions:answer", args=[suggestion.pk])
    return int(client.post(url, {"version": suggestion.version, "answer": text}).status_code)


def letters() -> list[EmailMessage]:
    return [letter for letter in mail.outbox if letter.to == ["buoi@langson.example"]]


def test_the_answer_is_mailed_when_it_is_committed(
    client: StrictClient, suggestion: Suggestion, commit: Any
) -> None:
    with commit():
        assert answer(client, suggestion) == 302
        assert mail.outbox == []
    (letter,) = mail.outbox
    assert letter.to == ["buoi@langson.example"]
    assert ANSWER in letter.body
    assert "Nộp hai lần" not in letter.body
    assert f"https://tthc.langson.example/cong-khai/thu-tuc/NB-{suggestion.procedure_id:05}/" in (
        letter.body
    )


def test_the_same_answer_goes_out_once_and_another_again(
    client: StrictClient, suggestion: Suggestion, commit: Any
) -> None:
    for text in (ANSWER, ANSWER, "Đã bỏ."):
        with commit():
            assert answer(client, suggestion, text) == 302
    assert ["Đã bỏ." in str(letter.body) for letter in mail.outbox] == [False, True]
    call_command("remind", stdout=StringIO())
    assert len(letters()) == 2


def test_who_left_no_address_gets_none(
    client: StrictClient, suggestion: Suggestion, commit: Any
) -> None:
    Suggestion.objects.update(sender_email="")
    with commit():
        answer(client, suggestion)
    assert mail.outbox == []


def test_what_the_server_of_mail_refused_goes_out_with_the_daily_run(
    client: StrictClient, suggestion: Suggestion, commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailMessage, *, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken, commit():
        broken.setattr(EmailMessage, "send", refuse)
        assert answer(client, suggestion) == 302
        # the callbacks run at the end of `commit`, inside `broken`
    suggestion.refresh_from_db()
    assert suggestion.answer_mailed_at is None
    call_command("remind", stdout=StringIO())
    assert len(letters()) == 1


def test_what_is_declined_meanwhile_is_not_mailed(
    client: StrictClient, suggestion: Suggestion
) -> None:
    answer(client, suggestion)
    Suggestion.objects.update(status="declined")
    assert actions.mail_answer(pk=suggestion.pk, at=AT) is False
    assert mail.outbox == []
