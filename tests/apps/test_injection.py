"""What a letter says is text on every page, in every file and every mail, and never more."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.apps.directives.letters import LETTER
from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import CALENDAR, issue, make_assignment, make_programme
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.directives.models import Directive
from tinhgon.domain.deadlines import seed_ladder
from tinhgon.domain.officialdoc import read_text, write_docx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]

EVIL = "\"'><img src=x onerror=alert(1)></p></title><script>alert(1)</script>"
EVIL_LETTER = (
    LETTER.replace("rà soát quy trình nội bộ", f"rà soát {EVIL} nội bộ")
    .replace("Rà soát toàn bộ", f"Rà soát {EVIL} toàn bộ")
    .replace("ỦY BAN NHÂN DÂN\n", f"ỦY BAN NHÂN DÂN {EVIL.upper()}\n")
    .replace("Như trên", f"Như trên {EVIL}")
    .replace("Giao Sở Tư pháp", f"Giao Sở Tư pháp {EVIL}")
)


@pytest.fixture
def province() -> Province:
    found = make_province()
    Agency.objects.filter(pk=found.departments[0].pk).update(short_name=f"Sở {EVIL}"[:120])
    return found


@pytest.fixture
def coordinator(province: Province, client: StrictClient) -> User:
    user = make_user(province.office, "coordinator", scope=province.committee, name=f"A {EVIL}")
    make_user(province.committee, "administrator").positions.update(user=user)
    client.force_login(user)
    return user


def harmless(client: StrictClient, url: str) -> BeautifulSoup:
    """Return the page, which holds no element and no attribute that came out of the letter."""
    response = client.get(url)
    assert response.status_code == 200, url
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    assert not soup.find_all("img", src="x")
    assert all(script.get("src") for script in soup.find_all("script"))
    assert not [tag for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)]
    return soup


@pytest.mark.parametrize("as_file", [False, True])
def test_a_letter_brings_no_marks_into_any_page(
    client: StrictClient, province: Province, coordinator: User, as_file: bool
) -> None:
    data = write_docx(read_text(EVIL_LETTER))
    file = SimpleUploadedFile(f"{EVIL[:30]}.docx", data) if as_file else None
    client.post(
        reverse("directives:receive"),
        {"issuer": province.committee.pk} | ({"file": file} if file else {"text": EVIL_LETTER}),
    )
    directive = Directive.objects.get()

    soup = harmless(client, directive.get_absolute_url())
    assert "onerror=alert(1)" in soup.get_text()
    for name in ("directives:heading", "assignments:issue"):
        harmless(client, reverse(name, args=[directive.pk]))
    for proposal in directive.proposals.all():
        harmless(client, reverse("directives:proposal", args=[proposal.pk]))

    directive.proposals.filter(agencies=None).update(included=False)
    duties = issue(directive, coordinator)
    assignment = Assignment.objects.filter(duty=duties[0])[0]
    for record in (directive, duties[0], assignment, province.departments[0]):
        harmless(client, record.get_absolute_url())
    for name in (
        "directives:list",
        "my_work",
        "assignments:list",
        "assignments:board",
        "assignments:late",
        "assignments:timeline",
        "notices:list",
        "audit:list",
        "agencies:tree",
    ):
        harmless(client, reverse(name))
    harmless(client, reverse("search", query={"q": "rà soát"}))
    harmless(client, reverse("search", query={"q": EVIL}))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_cell_is_no_formula(
    client: StrictClient, province: Province, coordinator: User, start: str
) -> None:
    text = f'{start}HYPERLINK("http://example.invalid";"x")'
    make_assignment(province.departments[0], coordinator, issuer=province.committee, text=text)

    with zipfile.ZipFile(io.BytesIO(client.get(reverse("assignments:export")).content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "HYPERLINK" in sheet
    assert "<f>" not in sheet


def test_a_calendar_gets_one_line_for_what_it_is_told(
    client: StrictClient, province: Province, coordinator: User
) -> None:
    holder = make_user(province.departments[0])
    assignment = make_assignment(
        province.departments[0], coordinator, issuer=province.committee, text="x"
    )
    Duty.objects.filter(pk=assignment.duty_id).update(
        summary="Việc\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:file:///etc/hostname"
    )
    token = actions.create_feed(agency=None, by=holder, at=assignment.duty.issued_at)

    text = StrictClient().get(reverse("assignments:feed", args=[token])).content.decode()
    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert not re.search(r"^ATTACH", text, re.MULTILINE)


def test_a_mail_keeps_its_heading(province: Province, coordinator: User) -> None:
    holder = make_user(province.departments[0], name="Người\r\nBcc: khac@langson.example")
    make_assignment(
        province.departments[0],
        coordinator,
        issuer=province.committee,
        text="Việc\r\nBcc: khac@langson.example",
    )
    at = datetime.fromisoformat("2024-07-01T08:00:00+07:00")
    actions.remind(at=at, calendar=CALENDAR, ladder=seed_ladder())
    actions.mail_digests(at=at)

    [letter] = [each for each in mail.outbox if holder.email in each.to]
    assert letter.recipients() == [holder.email]
    assert letter.message()["Bcc"] is None


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away(
    client: StrictClient, province: Province, coordinator: User, target: str
) -> None:
    holder = make_user(province.departments[0])
    assignment = make_assignment(province.departments[0], coordinator, issuer=province.committee)
    client.force_login(holder)
    response = client.post(
        reverse("assignments:acknowledge", args=[assignment.pk]),
        {"version": assignment.version, "next": target},
    )
    assert response.status_code == 302
    assert response["Location"] == assignment.get_absolute_url()


FORGED: dict[str, dict[str, Any]] = {
    "percent": {"percent": "101"},
    "below zero": {"percent": "-1"},
    "version below zero": {"version": "-1"},
    "version past every key": {"version": "9" * 30},
    "version of thousands of digits": {"version": "9" * 5000},
    "no version": {"version": "x"},
    "a null character": {"text": "a\0b"},
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_field_changes_nothing(
    client: StrictClient, province: Province, coordinator: User, case: str
) -> None:
    holder = make_user(province.departments[0])
    assignment = make_assignment(province.departments[0], coordinator, issuer=province.committee)
    client.force_login(holder)
    response = client.post(
        reverse("assignments:progress", args=[assignment.pk]),
        {"version": assignment.version, "percent": "50", "text": "Đang làm"} | FORGED[case],
    )
    assert response.status_code == 422
    assert Assignment.objects.get().percent == 0


def test_a_programme_of_another_branch_cannot_be_taken(
    client: StrictClient, province: Province
) -> None:
    ours, theirs = province.districts
    client.force_login(make_user(ours, "coordinator"))
    hidden = make_programme(theirs)
    url = reverse("directives:receive")

    response = client.post(url, {"issuer": ours.pk, "text": LETTER, "programme": hidden.pk})
    assert response.status_code == 422
    assert hidden.name not in response.content.decode()

    client.post(url, {"issuer": ours.pk, "text": LETTER})
    directive = Directive.objects.get()
    client.post(
        reverse("directives:programme", args=[directive.pk]), {"version": 1, "programme": hidden.pk}
    )
    directive.refresh_from_db()
    assert directive.programme is None


def test_work_is_passed_on_to_ones_own_units_only(client: StrictClient, province: Province) -> None:
    coordinator = make_user(province.office, "coordinator", scope=province.committee)
    ours, _ = province.districts
    assignment = make_assignment(ours, coordinator, issuer=province.committee)
    client.force_login(make_user(ours, "head"))

    for foreign in (province.communes[1][0], province.departments[0], province.committee):
        response = client.post(
            reverse("assignments:pass_on", args=[assignment.pk]),
            {"version": assignment.version, "lead": [foreign.pk]},
        )
        assert response.status_code == 422
    assert Duty.objects.count() == 1
