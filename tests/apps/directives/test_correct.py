"""What was read is corrected before it is issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.enums import DirectiveStatus
from tinhgon.apps.directives.models import Directive, Proposal

from .letters import make_directive

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def coordinator(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def directive(province: Province, coordinator: User, march_2024: datetime) -> Directive:
    return make_directive(province.committee, coordinator, march_2024)


def _form(proposal: Proposal, **changed: Any) -> dict[str, Any]:
    return {
        "version": proposal.version,
        "text": proposal.text,
        "summary": "Thẩm định quy trình",
        "lead": "Sở Tư pháp",
        "cooperating": "Sở Nội vụ",
        "due_kind": "before",
        "named_on": "15/6/2024",
        "due_text": proposal.due_text,
        "report_to": "",
        "report_due_text": "",
        **changed,
    }


def _second(directive: Directive) -> Proposal:
    return directive.proposals.get(order=2)


def test_a_field_is_corrected_and_marked_as_typed(
    client: Client, directive: Directive, coordinator: User
) -> None:
    client.force_login(coordinator)
    proposal = _second(directive)

    response = client.post(
        reverse("directives:proposal", args=[proposal.pk]),
        _form(proposal, named_on="01/11/2024", lead="các sở, ban, ngành\ntrừ Sở Nội vụ"),
    )

    assert response.headers["Location"].endswith(f"#p{proposal.pk}")
    proposal.refresh_from_db()
    assert proposal.due_on == date(2024, 10, 31)
    assert proposal.origins["due"] == "typed"
    lead = {a.agency.name for a in proposal.agencies.filter(part="lead")}
    assert "Sở Nội vụ" not in lead
    assert "Sở Tư pháp" in lead
    event = Event.objects.get(kind="directives.proposal_changed")
    assert {"field": "Hạn cuối", "from": "14/6/2024", "to": "31/10/2024"} in event.changes


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"lead": "Sở Du hành vũ trụ"}, "Không có “Sở Du hành vũ trụ”"),
        ({"lead": ""}, "bắt buộc"),
        ({"cooperating": "Sở Tư pháp"}, "Vừa chủ trì vừa phối hợp"),
        ({"named_on": "31/6/2024"}, "Không có ngày 31/6/2024"),
        ({"named_on": ""}, "Nhập ngày nêu trong văn bản"),
        ({"due_kind": "within_days", "named_on": ""}, "Nhập số ngày"),
        ({"text": ""}, "bắt buộc"),
    ],
)
def test_what_cannot_be_is_refused_in_place(
    client: Client,
    directive: Directive,
    coordinator: User,
    changed: dict[str, str],
    message: str,
) -> None:
    client.force_login(coordinator)
    proposal = _second(directive)

    response = client.post(
        reverse("directives:proposal", args=[proposal.pk]), _form(proposal, **changed)
    )

    assert response.status_code == 422
    assert message in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.version == 1


def test_two_people_at_once(client: Client, directive: Directive, coordinator: User) -> None:
    client.force_login(coordinator)
    proposal = _second(directive)
    url = reverse("directives:proposal", args=[proposal.pk])

    client.post(url, _form(proposal))
    response = client.post(url, _form(proposal, summary="Cái khác"))

    assert response.status_code == 422
    assert "Người khác vừa sửa" in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.summary == "Thẩm định quy trình"


def test_htmx_gets_the_proposals_only(
    client: Client, directive: Directive, coordinator: User
) -> None:
    client.force_login(coordinator)
    proposal = _second(directive)

    response = client.post(
        reverse("directives:include", args=[proposal.pk]),
        {"version": proposal.version, "included": "0"},
        headers={"HX-Request": "true"},
    )

    html = response.content.decode()
    assert "<html" not in html
    assert "không giao" in html
    assert "2 nhiệm vụ sẽ giao" in html


def test_a_proposal_is_split_where_a_clause_ends(
    client: Client, directive: Directive, coordinator: User
) -> None:
    client.force_login(coordinator)
    proposal = directive.proposals.get(order=1)
    place = proposal.text.index("báo cáo UBND tỉnh")

    client.post(
        reverse("directives:split", args=[proposal.pk]),
        {"version": proposal.version, "at_character": place},
    )

    texts = list(directive.proposals.values_list("text", flat=True))
    assert len(texts) == 4
    assert texts[0].startswith("Rà soát")
    assert texts[1].startswith("báo cáo UBND tỉnh")
    agencies = [set(p.agencies.values_list("agency", flat=True)) for p in directive.proposals.all()]
    assert agencies[0] == agencies[1]


def test_split_pieces_may_not_be_empty(
    client: Client, directive: Directive, coordinator: User
) -> None:
    client.force_login(coordinator)
    proposal = directive.proposals.get(order=1)

    response = client.post(
        reverse("directives:split", args=[proposal.pk]),
        {"version": proposal.version, "at_character": len(proposal.text) + 5},
    )

    assert response.status_code == 422
    assert directive.proposals.count() == 3


def test_a_proposal_is_merged_into_the_one_above(
    client: Client, directive: Directive, coordinator: User, province: Province
) -> None:
    client.force_login(coordinator)
    third = directive.proposals.get(order=3)

    client.post(reverse("directives:merge", args=[third.pk]), {"version": third.version})

    assert directive.proposals.count() == 2
    second = _second(directive)
    assert "theo dõi, đôn đốc" in second.text
    assert province.office in {a.agency for a in second.agencies.all()}


def test_the_first_has_none_above(client: Client, directive: Directive, coordinator: User) -> None:
    client.force_login(coordinator)
    first = directive.proposals.get(order=1)

    response = client.post(reverse("directives:merge", args=[first.pk]), {"version": 1})

    assert response.status_code == 422
    assert directive.proposals.count() == 3


def test_work_that_was_not_read_is_added(
    client: Client, directive: Directive, coordinator: User
) -> None:
    client.force_login(coordinator)

    response = client.post(
        reverse("directives:add", args=[directive.pk]), {"text": "Tổng hợp khó khăn, vướng mắc."}
    )

    added = directive.proposals.get(order=4)
    assert response.headers["Location"] == reverse("directives:proposal", args=[added.pk])
    assert added.origins == {"text": "typed"}


def test_the_heading_is_corrected(client: Client, directive: Directive, coordinator: User) -> None:
    client.force_login(coordinator)
    document = directive.document
    data = {"version": 1, "number": "46", "symbol": "UBND-TTPVHCC", "doc_type": "công văn"}

    client.post(
        reverse("directives:heading", args=[directive.pk]), {**data, "issued_on": "27/3/2024"}
    )

    document.refresh_from_db()
    assert (document.number, document.issued_on) == ("46", date(2024, 3, 27))
    assert Event.objects.filter(kind="documents.corrected").exists()
    stale = client.post(reverse("directives:heading", args=[directive.pk]), data)
    assert stale.status_code == 422


def test_a_draft_put_aside_is_a_draft_no_more(
    client: Client, directive: Directive, coordinator: User
) -> None:
    client.force_login(coordinator)
    proposal = _second(directive)

    client.post(reverse("directives:discard", args=[directive.pk]), {"version": directive.version})

    directive.refresh_from_db()
    assert directive.status == DirectiveStatus.DISCARDED
    response = client.post(
        reverse("directives:merge", args=[proposal.pk]), {"version": proposal.version}
    )
    assert response.status_code == 422
    assert "không sửa được nữa" in response.content.decode()
    shown = client.get(reverse("directives:list")).content.decode()
    assert "45/UBND-TTPVHCC" not in shown


def test_a_reader_sees_but_does_not_correct(
    client: Client, directive: Directive, province: Province
) -> None:
    client.force_login(make_user(province.committee, "leader"))

    assert client.get(directive.get_absolute_url()).status_code == 200
    url = reverse("directives:proposal", args=[_second(directive).pk])
    assert client.get(url).status_code == 403


def test_a_draft_is_hidden_from_those_it_will_go_to(
    client: Client, directive: Directive, province: Province
) -> None:
    client.force_login(make_user(province.departments[0]))

    assert client.get(directive.get_absolute_url()).status_code == 404
    url = reverse("directives:proposal", args=[_second(directive).pk])
    assert client.get(url).status_code == 404


def test_the_forms_beside_the_proposals_follow_the_version_of_the_letter(
    client: Client, coordinator: User, directive: Directive
) -> None:
    client.force_login(coordinator)
    proposal = directive.proposals.all()[0]
    response = client.post(
        reverse("directives:include", args=[proposal.pk]),
        {"version": 1, "included": "0"},
        headers={"HX-Request": "true"},
    )
    assert 'id="version-of-discard" name="version" value="2" hx-swap-oob="true"' in (
        response.content.decode()
    )

    response = client.post(reverse("directives:discard", args=[directive.pk]), {"version": 2})
    assert response.status_code == 302


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "a" * 20_001},
        {"lead": "Sở Tư pháp\n" * 2_000},
        {"named_on": "31/12/9999"},
        {"named_on": "31/6/2024"},
        {"due_kind": "within_days", "within_count": "100000"},
        {"version": "-1"},
        {"version": "9" * 30},
    ],
    ids=str,
)
def test_what_nobody_types_is_refused(
    client: Client, coordinator: User, directive: Directive, changed: dict[str, str]
) -> None:
    client.force_login(coordinator)
    proposal = _second(directive)
    before = (proposal.text, proposal.named_on)

    response = client.post(
        reverse("directives:proposal", args=[proposal.pk]), _form(proposal, **changed)
    )

    assert response.status_code == 422
    proposal.refresh_from_db()
    assert (proposal.text, proposal.named_on) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"link": f"https://ioffice.example/{'a' * 200}"},
        {"link": "javascript:alert(1)"},
        {"subject": "a" * 5_001},
        {"issued_on": "01/01/0001"},
    ],
    ids=str,
)
def test_a_heading_that_nobody_types_is_refused(
    client: Client, coordinator: User, directive: Directive, changed: dict[str, str]
) -> None:
    client.force_login(coordinator)
    url = reverse("directives:heading", args=[directive.pk])
    kept = {"version": "1", "number": "45", "symbol": "UBND", "doc_type": "công văn"}

    assert client.post(url, kept | changed).status_code == 422
    assert not Event.objects.filter(kind="documents.corrected").exists()
