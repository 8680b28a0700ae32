"""Drafts of changed texts, one after another."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.plans import PDF, make_former_draft, make_issued_text, make_text
from tests.factories.procedures import AT
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files import actions as files
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.models import FormerDraft, LegalChange
from tinhgon.common.uploads import Upload

TEXTS = "/phuong-an/thuc-thi/"


@pytest.fixture
def change(home: Agency) -> LegalChange:
    return make_text(home)


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def redraft(client: StrictClient, change: LegalChange, **values: Any) -> Any:
    said = {"move": "redraft", "version": change.version, "reason": "Theo góp ý của Sở Tư pháp"}
    return client.post(f"{TEXTS}{change.pk}/chuyen/", {**said, **values})


def test_a_new_draft_takes_the_place_of_the_old_one_which_is_kept(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    actions.draft_text(change=change, upload=PDF, by=officer, at=AT, seen=1)
    client.force_login(officer)

    with time_machine.travel(AT, tick=False):
        answer = redraft(client, change, file=sent("ban-2.pdf", PDF.data + b"2"))

    assert answer.status_code == 302
    page = client.get(change.get_absolute_url()).content.decode()
    assert "ban-2.pdf" in page
    assert "Theo góp ý của Sở Tư pháp" in page
    assert officer.full_name in page
    former = FormerDraft.objects.get()
    old: Any = client.get(f"{TEXTS}{change.pk}/du-thao/{former.pk}/")
    new: Any = client.get(f"{TEXTS}{change.pk}/du-thao/")
    assert (old.getvalue(), new.getvalue()) == (PDF.data, PDF.data + b"2")
    [event] = Event.objects.filter(kind="plans.text_redrafted")
    assert event.reason == "Theo góp ý của Sở Tư pháp"
    assert [(row["from"], row["to"]) for row in event.changes] == [(PDF.name, "ban-2.pdf")]


def test_a_draft_sent_with_the_submission_keeps_the_one_before(
    officer: User, change: LegalChange
) -> None:
    actions.draft_text(change=change, upload=PDF, by=officer, at=AT, seen=1)
    final = Upload("trinh.pdf", PDF.content_type, PDF.data + b"3")

    actions.submit_text(change=change, upload=final, by=officer, at=AT, seen=2)

    former = change.former_drafts.get()
    assert (former.file.name, former.reason) == (PDF.name, "Bản trình ban hành.")


def test_the_draft_there_is_sent_again_takes_no_place(officer: User, change: LegalChange) -> None:
    actions.draft_text(change=change, upload=PDF, by=officer, at=AT, seen=1)

    actions.submit_text(change=change, upload=PDF, by=officer, at=AT, seen=2)

    assert change.draft is not None
    assert (change.status, change.draft.name) == ("submitted", PDF.name)
    assert not FormerDraft.objects.exists()
    [event] = Event.objects.filter(kind="plans.text_submitted")
    assert "Dự thảo" not in {row["field"] for row in event.changes}


def test_no_file_is_kept_of_whoever_may_not_send_one(
    province: Province, change: LegalChange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked before anything is written to the disk."""
    stranger = make_user(province.departments[1], "officer")
    monkeypatch.setattr(files, "store_upload", lambda *_, **__: pytest.fail("a file is kept"))
    for move in (actions.draft_text, actions.submit_text):
        with pytest.raises(PermissionDenied):
            move(change=change, upload=PDF, by=stranger, at=AT, seen=1)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": ""}, "Lý do"),
        ({}, "Tệp dự thảo mới"),
        ({"file": ("van-ban.pdf", PDF.data)}, "Tệp này chính là dự thảo hiện có"),
    ],
)
def test_a_new_draft_is_another_file_with_a_reason(
    client: StrictClient, officer: User, change: LegalChange, values: dict[str, Any], words: str
) -> None:
    actions.draft_text(change=change, upload=PDF, by=officer, at=AT, seen=1)
    client.force_login(officer)
    if "file" in values:
        values = {**values, "file": sent(*values["file"])}

    answer = redraft(client, change, **values)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not FormerDraft.objects.exists()


def test_of_two_who_replace_a_draft_at_once_the_second_is_told(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    actions.draft_text(change=change, upload=PDF, by=officer, at=AT, seen=1)
    client.force_login(officer)

    first = redraft(client, change, file=sent("a.pdf", PDF.data + b"a"))
    second = redraft(client, change, file=sent("b.pdf", PDF.data + b"b"))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Người khác vừa thay đổi văn bản này" in second.content.decode()
    change.refresh_from_db()
    assert change.draft is not None
    assert change.draft.name == "a.pdf"
    assert FormerDraft.objects.count() == 1


def test_the_draft_of_what_is_issued_stays(
    client: StrictClient, province: Province, officer: User
) -> None:
    change = make_issued_text(province.departments[0])
    client.force_login(officer)

    answer = redraft(client, change, file=sent("a.pdf", PDF.data))

    assert answer.status_code == 422
    assert "Văn bản đã sang bước khác" in answer.content.decode()
    change.refresh_from_db()
    assert change.draft is None


def test_a_former_draft_is_found_at_its_own_text_only(
    client: StrictClient, province: Province, officer: User
) -> None:
    former = make_former_draft(province.departments[0])
    other = make_text(province.departments[0])
    client.force_login(officer)

    assert client.get(f"{TEXTS}{other.pk}/du-thao/{former.pk}/").status_code == 404
