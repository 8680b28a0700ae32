"""What a procedure says is text on every page and in every file, and never more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.test_injection import EVIL, harmless
from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.assignments import PDF
from tests.factories.procedures import AT, make_record, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.views.detail import TABS
from tinhgon.domain.procedures import Basis, Body, Form, Paper, Part, Record, Step

from .samples import make_draft
from .test_writing import inputs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


def evil_record() -> Record:
    return make_record(
        EVIL,
        field=EVIL,
        lead=EVIL,
        steps=(Step(1, EVIL, EVIL, make_record().time_limit, EVIL), Step(2, EVIL)),
        papers=(Paper(EVIL, form=EVIL),),
        dossier_text=EVIL,
        manner_text=EVIL,
        time_limit_text=EVIL,
        subjects=(EVIL,),
        bodies=(Body(Part.DECIDING, EVIL),),
        result=EVIL,
        fee=EVIL,
        forms=(Form(EVIL),),
        conditions=(EVIL,),
        bases=(Basis(EVIL, "12/QĐ-X", date(2020, 1, 1), article="1"),),
    )


@pytest.fixture
def everybody(province: Province, office: User) -> User:
    """May open every page and make every move of the first department."""
    for role in ("officer", "head"):
        make_user(province.departments[0], role).positions.update(user=office)
    return User.objects.get(pk=office.pk)


def test_a_record_brings_no_marks_into_any_page(
    client: StrictClient, province: Province, everybody: User
) -> None:
    record = evil_record()
    version = actions.propose_procedure(
        record=record, agency=province.departments[0], by=everybody, at=AT
    )
    ProcedureVersion.objects.update(
        status=Status.PUBLISHED.value, valid_from=date(2024, 1, 1), reason=EVIL
    )
    draft = actions.draft_change(
        procedure=version.procedure, action=Action.AMENDED, by=everybody, at=AT
    )
    changed = replace(record, result=f"Khác {EVIL}", fee="", conditions=())
    actions.edit_version(version=draft, record=changed, by=everybody, at=AT, seen=1)
    actions.keep_typed(
        version=draft, typed={}, by=make_user(province.departments[0]), at=AT, seen=1, seen_at=AT
    )
    client.force_login(everybody)

    for each in (version, draft):
        for tab in TABS:
            soup = harmless(client, f"{each.get_absolute_url()}?phan={tab}")
            assert "onerror=alert(1)" in soup.get_text()
    soup = harmless(client, f"/thu-tuc/{draft.procedure_id}/sua/")
    sent: dict[str, Any] = inputs(soup)
    assert sent["name"] == EVIL
    assert sent["steps-0-actor"] == EVIL
    response = client.post(f"/thu-tuc/{draft.procedure_id}/sua/", sent | {"steps-0-time": EVIL})
    assert response.status_code == 302
    harmless(client, f"/thu-tuc/{draft.procedure_id}/sua/")
    harmless(client, f"{draft.get_absolute_url()}trung-lap/?q={EVIL}")
    other = make_version(province.departments[0], everybody)
    harmless(client, f"{other.get_absolute_url()}gop/?q=img")


def test_the_drawings_are_well_formed_whatever_the_steps_say(
    client: StrictClient, province: Province, everybody: User
) -> None:
    version = actions.propose_procedure(
        record=evil_record(), agency=province.departments[0], by=everybody, at=AT
    )
    client.force_login(everybody)
    for extension in ("svg", "bpmn"):
        response = client.get(f"{version.get_absolute_url()}quy-trinh.{extension}")
        root = ET.fromstring(response.content)  # noqa: S314 — our own
        assert not [e for e in root.iter() if e.tag.endswith(("script", "img"))]
        assert not [n for e in root.iter() for n in e.attrib if n.startswith("on")]
        assert "sandbox" in response["Content-Security-Policy"]


def test_the_name_of_a_file_is_text(
    client: StrictClient, province: Province, everybody: User
) -> None:
    draft = make_draft(province.departments[0])
    client.force_login(everybody)
    address = f"/thu-tuc/{draft.procedure_id}/sua/"
    upload = SimpleUploadedFile('a"><img src=x onerror=alert(1)>.pdf', PDF, "application/pdf")
    sent = inputs(harmless(client, address))
    assert client.post(address, sent | {"forms-0-upload": upload}).status_code == 302
    soup = harmless(client, address)
    client.post(address, inputs(soup) | {"do": "save"})
    harmless(client, draft.get_absolute_url())
    file = draft.form_files.get()
    response: Any = client.get(f"/thu-tuc/mau/{file.pk}/")
    assert response["Content-Disposition"].startswith("attachment;")
    assert "\n" not in response["Content-Disposition"]
    response.close()


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_the_public_address_is_an_address(
    client: StrictClient, province: Province, everybody: User, target: str
) -> None:
    version = make_version(province.departments[0], everybody, status=Status.PUBLISHED)
    client.force_login(everybody)
    data = {"version": version.version, "on": "20/6/2024", "url": target}
    response = client.post(f"{version.get_absolute_url()}cong-khai/", data)
    soup = harmless(client, version.get_absolute_url())
    assert not soup.find_all("a", href=target)
    assert response.status_code in {302, 422}


FORGED: dict[str, dict[str, Any]] = {
    "rows far beyond": {"steps-9999-what": "x"},
    "a row that is none": {"steps-x-what": "x", "steps--1-what": "x", "steps-1e9-what": "x"},
    "a column that is none": {"steps-0-number": "7", "papers-0-pk": "1"},
    "a choice that is none": {"papers-0-copy": "x"},
    "a version of thousands of digits": {"version": "9" * 5000},
    "a moment that is none": {"seen_at": "hôm qua"},
    "a moment without a zone": {"seen_at": "2024-01-01T00:00:00"},
    "another status": {"status": "published", "procedure": "1", "agency": "1"},
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_field_breaks_nothing(
    client: StrictClient, province: Province, everybody: User, case: str
) -> None:
    draft = make_draft(province.departments[0])
    client.force_login(everybody)
    address = f"/thu-tuc/{draft.procedure_id}/sua/"
    sent = inputs(harmless(client, address)) | FORGED[case]
    for deed in ("save", "add:steps", ""):
        assert client.post(address, sent | {"do": deed}).status_code in {302, 409, 422}
        harmless(client, address)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert draft.procedure.agency == province.departments[0]
