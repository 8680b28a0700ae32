"""A sheet is begun once, also by two clicks at the same moment."""

from __future__ import annotations

import pytest

from tests.at_once import at_once, meeting
from tests.conftest import StrictClient
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments.actions import starting
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit.models import Event

from .door import url

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_begin_one_sheet(
    sheet: CostSheet, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = url("start", sheet)
    sheet.delete()
    monkeypatch.setattr(starting, "proposed", meeting(2, starting.proposed))
    answers: list[str] = []

    def click() -> None:
        client = StrictClient()
        client.force_login(officer)
        answer = client.post(address, follow=True)
        answers.append(f"{answer.status_code} {'đã có bảng tính' in answer.content.decode()}")

    assert at_once(click, click) == []
    assert sorted(answers) == ["200 False", "200 True"]
    assert CostSheet.objects.count() == 1
    # That of the fixture, and one more.
    assert Event.objects.filter(kind="assessments.started").count() == 2
