"""A letter that was issued without a number gets one afterwards; no two bear the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.at_once import at_once, meeting
from tests.factories import Province, make_user
from tests.factories.assignments import ISSUED_AT, issue, make_directive, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions, documents
from tinhgon.apps.assignments.models import Duty, Urging
from tinhgon.apps.assignments.queries import late, numbering
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.actions import correct_document
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.documents.models import Document
from tinhgon.apps.search.models import SearchEntry
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("june_2024")]
PAPER = {"number": "45", "symbol": "UBND-TTPVHCC", "issued_on": "26/3/2024", "link": ""}
VALUES: dict[str, Any] = {**PAPER, "issued_on": date(2024, 3, 26)}


def unnumbered(province: Province, by: User, **heading: Any) -> Directive:
    """Make a letter that was issued before it had a number."""
    directive = make_directive(province.committee, by)
    Document.objects.filter(pk=directive.document_id).update(
        **{"number": "", "issued_on": None} | heading
    )
    make_proposal(directive, province.departments)
    issue(fresh(directive), by)
    return fresh(directive)


def fresh(directive: Directive) -> Directive:
    return Directive.objects.select_related("document", "issuer").get(pk=directive.pk)


def post(client: Client, directive: Directive, **changed: Any) -> Any:
    url = reverse("assignments:number", args=[directive.pk])
    version = directive.document.version
    return client.post(url, {"version": version, "reason": "", **PAPER, **changed})


def state(directive: Directive, by: User, **changed: Any) -> None:
    """Enter the number as the page does, with what it had loaded."""
    actions.number_letter(
        directive=directive,
        values={**VALUES, **changed},
        reason="Gõ nhầm",
        by=by,
        at=ISSUED_AT,
        version=directive.document.version,
    )


@pytest.fixture
def letter(province: Province, coordinator: User) -> Directive:
    return unnumbered(province, coordinator)


def test_all_that_cites_the_letter_follows_its_number(
    client: Client, province: Province, coordinator: User, letter: Directive
) -> None:
    client.force_login(coordinator)
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "Văn bản đã giao, chưa có số, ngày" in page
    assert reverse("assignments:number", args=[letter.pk]) in page

    response = post(client, letter, link="https://ioffice.example/vb/45")

    assert response["Location"] == letter.get_absolute_url()
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "Công văn số 45/UBND-TTPVHCC ngày 26/3/2024" in page
    assert "chưa có số" not in page
    assert "https://ioffice.example/vb/45" in page
    found = client.get(reverse("assignments:list"), {"q": "45/UBND"}).content.decode()
    assert "Sở Tư pháp" in found
    assert SearchEntry.objects.filter(kind="duty", subtitle__contains="45/UBND").exists()
    assert SearchEntry.objects.filter(kind="directive", subtitle__contains="45/UBND").exists()
    urging = Urging.objects.create(
        issuer=province.committee,
        drafter=province.office,
        by=coordinator,
        at=ISSUED_AT,
        finish_on=date(2024, 7, 30),
    )
    for assignment in Duty.objects.get().assignments.all():
        urging.lines.create(
            assignment=assignment, due_on=date(2024, 6, 1), days_late=2, working_days_late=1
        )
    paper = documents.urging_letter(urging, late.urged(urging))
    assert "Công văn số 45/UBND-TTPVHCC ngày 26/3/2024" in str(paper.subject)


def test_the_trail_tells_who_entered_what(
    client: Client, coordinator: User, letter: Directive
) -> None:
    client.force_login(coordinator)
    post(client, letter)

    event = Event.objects.get(kind="directives.numbered")
    assert event.changes == [
        {"field": "Số", "from": "", "to": "45"},
        {"field": "Ngày ban hành", "from": "", "to": "26/3/2024"},
    ]
    assert event.actor == coordinator.audit_name


def test_what_stood_there_is_put_right_only_with_a_reason(
    client: Client, coordinator: User, letter: Directive
) -> None:
    client.force_login(coordinator)
    post(client, letter)
    letter = fresh(letter)

    refused = post(client, letter, number="54")
    assert refused.status_code == 422
    assert "ghi lý do sửa" in refused.content.decode()
    assert fresh(letter).document.number == "45"

    post(client, letter, number="54", reason="Gõ nhầm số")
    assert fresh(letter).document.code == "54/UBND-TTPVHCC"
    event = Event.objects.get(kind="directives.number_corrected")
    assert (event.reason, event.changes) == (
        "Gõ nhầm số",
        [{"field": "Số", "from": "45", "to": "54"}],
    )


def test_a_day_that_stood_there_is_no_blank(
    client: Client, province: Province, coordinator: User
) -> None:
    letter = unnumbered(province, coordinator, issued_on=date(2024, 3, 25))
    client.force_login(coordinator)

    assert post(client, letter).status_code == 422
    assert post(client, letter, issued_on="25/3/2024").status_code == 302


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": ""}, "bắt buộc"),
        ({"issued_on": ""}, "bắt buộc"),
        ({"issued_on": "01/7/2030"}, "không thể sau hôm nay"),
    ],
)
def test_number_and_day_belong_together(
    client: Client, coordinator: User, letter: Directive, changed: dict[str, str], words: str
) -> None:
    client.force_login(coordinator)
    response = post(client, letter, **changed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert fresh(letter).document.number == ""


def test_only_who_may_issue_and_only_what_is_issued(
    client: Client, province: Province, coordinator: User, letter: Directive, officer: User
) -> None:
    draft = make_directive(province.committee, coordinator)
    client.force_login(coordinator)
    assert post(client, draft).status_code == 403
    client.force_login(officer)
    assert post(client, letter).status_code == 403
    assert "Ghi số, ngày" not in client.get(letter.get_absolute_url()).content.decode()
    client.force_login(make_user(province.districts[0], "coordinator"))
    assert post(client, letter).status_code == 404
    with pytest.raises(PermissionDenied):
        state(letter, officer)


def test_who_comes_second_is_told_and_shown_what_stands_there(
    client: Client, coordinator: User, letter: Directive
) -> None:
    client.force_login(coordinator)
    post(client, letter, number="44")
    response = post(client, letter)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Người khác vừa ghi số" in page
    assert "Công văn số 44/UBND-TTPVHCC" in page
    assert fresh(letter).document.number == "44"


def test_two_enter_a_number_at_once(coordinator: User, letter: Directive) -> None:
    one, two = fresh(letter), fresh(letter)
    refused = at_once(
        lambda: state(one, coordinator, number="44"), lambda: state(two, coordinator, number="45")
    )
    assert [type(e) for e in refused] == [StaleObject]
    assert Event.objects.filter(kind="directives.numbered").count() == 1
    assert not audit.verify().problems


def test_a_number_is_entered_for_one_letter_of_the_year(
    client: Client, province: Province, coordinator: User, letter: Directive
) -> None:
    other = unnumbered(province, coordinator)
    client.force_login(coordinator)
    post(client, other)

    response = post(client, letter, number="045", symbol="ubnd-ttpvhcc", issued_on="28/3/2024")
    assert response.status_code == 422
    assert "đã giao nhiệm vụ: kiểm tra lại số" in response.content.decode()
    assert post(client, letter, issued_on="28/3/2023").status_code == 302


def test_two_give_one_number_to_two_letters_at_once(
    monkeypatch: pytest.MonkeyPatch, province: Province, coordinator: User, letter: Directive
) -> None:
    other = unnumbered(province, coordinator)
    looked = meeting(2, numbering.taken_by)
    monkeypatch.setattr("tinhgon.apps.assignments.actions.numbering.taken_by", looked)

    refused = at_once(lambda: state(letter, coordinator), lambda: state(other, coordinator))

    assert [type(e) for e in refused] == [Refused]
    assert "đã giao nhiệm vụ" in str(refused[0])
    assert sorted([fresh(letter).document.number, fresh(other).document.number]) == ["", "45"]


def test_a_letter_is_issued_once_however_often_it_was_read(
    client: Client, province: Province, coordinator: User, letter: Directive
) -> None:
    state(letter, coordinator)
    again = make_directive(province.committee, coordinator)
    Document.objects.filter(pk=again.document_id).update(number="45")
    make_proposal(again, province.districts)
    client.force_login(coordinator)
    url = reverse("assignments:issue", args=[again.pk])
    assert "đã giao nhiệm vụ. Muốn thay đổi" in client.get(url).content.decode()

    response = client.post(url, {"version": again.version})

    assert response.status_code == 422
    assert Duty.objects.count() == 1


def test_two_readings_of_a_letter_are_issued_at_once(
    monkeypatch: pytest.MonkeyPatch, province: Province, coordinator: User
) -> None:
    both = [make_directive(province.committee, coordinator) for _ in range(2)]
    Document.objects.update(number="77")
    for each in both:
        make_proposal(each, province.districts)
    looked = meeting(2, numbering.number_problems)
    monkeypatch.setattr("tinhgon.apps.assignments.actions.issuing.number_problems", looked)

    refused = at_once(*[lambda each=each: issue(fresh(each), coordinator) for each in both])

    assert [type(e) for e in refused] == [actions.NotReady]
    assert Duty.objects.count() == 1


def test_nobody_issues_a_heading_that_he_has_not_seen(
    province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)
    seen = fresh(directive)
    correct_document(
        directive=fresh(directive),
        values={"number": "1"},
        by=coordinator,
        at=ISSUED_AT,
        version=directive.document.version,
    )
    with pytest.raises(StaleObject):
        issue(seen, coordinator)
    issue(fresh(directive), coordinator)
