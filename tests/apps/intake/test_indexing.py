"""What a batch wrote is found a little later, step by step, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.procedures import AT, make_record
from tinhgon.apps.accounts.models import User
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.search import actions as search
from tinhgon.apps.search import queries as finding
from tinhgon.apps.search.models import DueIndex, SearchEntry

from .sheets import line, previewed, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
Htmx = Callable[..., Any]
NAMES = ("Nâng bậc lương trước thời hạn", "Xét khen thưởng đột xuất")


class Broken(Exception):
    """The server stopped."""


@pytest.fixture
def batch(province: Province, officer: User) -> Batch:
    search.rebuild()  # what the factories made
    lines = [line(make_record(name)) for name in NAMES]
    return previewed(province.departments[0], officer, *lines)


@pytest.fixture
def stopped(batch: Batch, officer: User, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A batch after whose writing the server stopped, before anything was indexed."""

    def stop(**_: Any) -> int:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(search, "catch_up", stop)
        with pytest.raises(Broken):
            write(batch, officer)
    batch.refresh_from_db()
    return batch


def found(user: User, words: str) -> int:
    answer = finding.search(user=user, words=words, kinds=["procedure"], today=date(2024, 7, 1))
    return len(answer.hits)


def test_few_rows_are_found_at_once(batch: Batch, officer: User) -> None:
    write(batch, officer)
    assert finding.waiting() == 0
    assert [found(officer, name) for name in NAMES] == [1, 1]


def test_what_is_marked_outlives_a_stop(stopped: Batch, officer: User) -> None:
    assert stopped.status == "written"
    assert finding.waiting() == 2
    assert found(officer, NAMES[0]) == 0

    call_command("search", "verify", stdout=StringIO())  # raises, where something was lost
    assert finding.waiting() == 0
    assert [found(officer, name) for name in NAMES] == [1, 1]


def test_the_daily_run_works_off_what_is_left(stopped: Batch) -> None:
    call_command("remind", stdout=StringIO())
    assert finding.waiting() == 0
    assert SearchEntry.objects.filter(kind="procedure").count() == 2


def test_a_mark_stays_until_its_entries_are_made(
    stopped: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(search, "index", stop)
        with pytest.raises(Broken):
            search.catch_up()
    assert finding.waiting() == 2
    assert search.catch_up() == 0


def test_nothing_is_marked_where_nothing_was_written(
    batch: Batch, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise Broken

    monkeypatch.setattr("tinhgon.apps.intake.actions.writing.audit.record_all", stop)
    with pytest.raises(Broken):
        write(batch, officer)
    assert not DueIndex.objects.exists()


def test_what_was_undone_before_it_was_indexed_is_not_found(stopped: Batch, officer: User) -> None:
    actions.undo_batch(batch=stopped, by=officer, at=AT, seen=stopped.version)
    assert search.catch_up() == 0
    assert not SearchEntry.objects.filter(kind="procedure").exists()
    assert list(finding.differences()) == []


def test_the_page_tells_what_is_left_and_goes_on(
    client: StrictClient, stopped: Batch, officer: User, stranger: User, htmx: Htmx
) -> None:
    client.force_login(stranger)
    address = reverse("intake:index", args=[stopped.pk])
    assert client.post(address).status_code == 404
    client.force_login(officer)
    page = client.get(stopped.get_absolute_url()).content.decode()
    assert "Còn 2 thủ tục chưa tìm thấy" in page

    rest = htmx(address, {})
    assert rest.status_code == 200
    assert "chưa tìm thấy" not in rest.content.decode()
    assert finding.waiting() == 0
    plain = client.post(address)
    assert plain["Location"] == stopped.get_absolute_url()
