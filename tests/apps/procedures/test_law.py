"""The documents that procedures cite: who sees them, what becomes of them, what follows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.procedures import actions, queries
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import LegalDocument, ProcedureVersion
from tinhgon.domain.procedures import Severity

pytestmark = pytest.mark.django_db

LIST = reverse("procedures:laws")
NOTE = "Được thay thế bởi Nghị định số 31/2024/NĐ-CP."


@pytest.fixture
def version(province: Province, officer: User) -> ProcedureVersion:
    """A procedure of the first department that cites one decree, in force since January 2024."""
    return make_version(province.departments[0], officer, status=Status.PUBLISHED)


@pytest.fixture
def decree(version: ProcedureVersion) -> LegalDocument:
    return LegalDocument.objects.get()


def end(decree: LegalDocument, by: User, at: datetime, on: date, **change: Any) -> None:
    values = {"ended_on": on, "note": NOTE, **change}
    actions.note_law_change(
        document=decree,
        change=actions.LawChange(**values),
        by=by,
        at=at,
        seen=decree.version,
    )


def words(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_versions_that_cite_one_document_share_one_entry(
    province: Province, version: ProcedureVersion
) -> None:
    make_version(province.departments[1])

    decree = LegalDocument.objects.get()

    assert decree.code == "30/2020/NĐ-CP"
    assert decree.citations.count() == 2


def test_the_list_finds_by_code_without_diacritics_and_counts_what_is_in_force(
    client: StrictClient, province: Province, officer: User, decree: LegalDocument
) -> None:
    make_version(province.departments[0], officer)  # only proposed: not counted
    client.force_login(officer)

    found = client.get(LIST, {"q": "cong tac van thu 30/2020"})
    other = client.get(LIST, {"q": "dat dai"})

    cells = BeautifulSoup(found.content, "html.parser").select("tbody td.num")
    assert [cell.get_text() for cell in cells] == ["1"]
    assert "Không có văn bản nào" in words(other)


def test_an_ended_document_is_an_alert_as_long_as_something_in_force_cites_it(
    client: StrictClient, office: User, decree: LegalDocument, march_2024: datetime
) -> None:
    end(decree, office, march_2024, date(2024, 3, 1))
    client.force_login(office)

    assert "1 văn bản đã hết hiệu lực" in words(client.get(LIST))
    assert decree.title in words(client.get(LIST, {"loc": "het-hieu-luc"}))

    ProcedureVersion.objects.update(valid_to=date(2024, 2, 1))

    assert "đã hết hiệu lực mà" not in words(client.get(LIST))
    assert "Không có văn bản nào" in words(client.get(LIST, {"loc": "het-hieu-luc"}))


def test_its_end_blocks_the_publication_of_what_cites_it(
    province: Province, office: User, decree: LegalDocument, march_2024: datetime
) -> None:
    draft = make_version(province.departments[0])
    before = queries.findings(draft, on=date(2024, 4, 2))
    end(decree, office, march_2024, date(2024, 4, 2))

    on_the_last_day = queries.findings(draft, on=date(2024, 4, 1))
    after = queries.findings(draft, on=date(2024, 4, 2))

    assert before == on_the_last_day == ()
    assert [(f.part, f.severity) for f in after] == [("bases", Severity.BLOCKS)]


def test_a_change_is_recorded_with_its_reason_and_may_be_taken_back(
    office: User, decree: LegalDocument, march_2024: datetime
) -> None:
    end(decree, office, march_2024, date(2024, 8, 1))
    event = Event.objects.filter(kind="procedures.law_changed").latest("number")
    assert {"field": "Hết hiệu lực từ ngày", "from": "", "to": "01/8/2024"} in event.changes

    actions.note_law_change(
        document=decree,
        change=actions.LawChange(),
        by=office,
        at=march_2024,
        seen=decree.version,
    )

    decree.refresh_from_db()
    assert decree.ended_on is None
    assert decree.change_note == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ended_on": date(2024, 8, 1), "note": " "}, "note"),
        ({"changed_on": date(2024, 8, 1), "note": ""}, "note"),
        ({"ended_on": date(2019, 1, 1), "note": NOTE}, "ended_on"),
    ],
)
def test_a_change_says_by_what_and_comes_after_the_issue(
    office: User, decree: LegalDocument, march_2024: datetime, change: Any, field: str
) -> None:
    with pytest.raises(actions.Refused) as refused:
        actions.note_law_change(
            document=decree,
            change=actions.LawChange(**change),
            by=office,
            at=march_2024,
            seen=decree.version,
        )

    assert refused.value.field == field


def test_the_database_takes_no_end_before_the_issue(decree: LegalDocument) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalDocument.objects.update(ended_on=date(2019, 1, 1))


def test_of_two_people_the_second_is_told(
    client: StrictClient, office: User, decree: LegalDocument, march_2024: datetime
) -> None:
    seen = decree.version
    end(decree, office, march_2024, date(2024, 8, 1))
    client.force_login(office)

    response = client.post(
        reverse("procedures:law_change", args=[decree.pk]),
        {"ended_on": "01/9/2024", "note": NOTE, "version": seen},
    )

    assert response.status_code == 422
    assert "Người khác vừa sửa văn bản này" in response.content.decode()
    decree.refresh_from_db()
    assert decree.ended_on == date(2024, 8, 1)


def test_only_who_controls_the_whole_province_may_note_a_change(
    province: Province, officer: User, decree: LegalDocument, march_2024: datetime
) -> None:
    of_a_district = make_user(province.districts[0], "coordinator")

    for person in (officer, of_a_district):
        with pytest.raises(PermissionDenied):
            end(decree, person, march_2024, date(2024, 8, 1))


def test_the_page_shows_drafts_of_the_own_branch_only(
    client: StrictClient, province: Province, officer: User, stranger: User, decree: LegalDocument
) -> None:
    draft = make_version(province.departments[0], officer, name="Bản đang soạn của Sở Nội vụ")
    url = decree.get_absolute_url()

    client.force_login(officer)
    own = words(client.get(url))
    client.force_login(stranger)
    others = words(client.get(url))

    assert draft.name in own
    assert draft.name not in others
    assert "1 thủ tục đang hiệu lực viện dẫn" in others


def test_review_is_given_as_work_to_the_agencies_that_hold_what_cites_it(
    client: StrictClient,
    province: Province,
    office: User,
    version: ProcedureVersion,
    decree: LegalDocument,
    march_2024: datetime,
) -> None:
    other = make_version(province.departments[1], name="Kiểm tra công tác văn thư")
    end(decree, office, march_2024, date(2024, 8, 1))
    client.force_login(office)

    response = client.post(
        reverse("procedures:law_assign", args=[decree.pk]),
        {"due_on": "15/7/2024", "issuer": province.committee.pk},
    )

    directive = Directive.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == directive.get_absolute_url()
    given = {
        (link.agency, proposal.due_on)
        for proposal in directive.proposals.all()
        for link in proposal.agencies.all()
    }
    assert given == {(agency, date(2024, 7, 15)) for agency in province.departments}
    texts = " ".join(proposal.text for proposal in directive.proposals.all())
    assert version.name in texts
    assert other.name in texts


@pytest.mark.parametrize("day", ["01/01/2024", "30/2/2024", ""])
def test_no_work_is_drafted_with_a_day_that_is_past_or_does_not_exist(
    client: StrictClient, province: Province, office: User, decree: LegalDocument, day: str
) -> None:
    client.force_login(office)

    response = client.post(
        reverse("procedures:law_assign", args=[decree.pk]),
        {"due_on": day, "issuer": province.committee.pk},
    )

    assert response.status_code == 422
    assert not Directive.objects.exists()


def test_queries_do_not_grow_with_what_cites(
    client: StrictClient,
    province: Province,
    office: User,
    decree: LegalDocument,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(5):
        make_version(province.departments[1])
    client.force_login(office)

    with django_assert_max_num_queries(12):
        client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(decree.get_absolute_url())
