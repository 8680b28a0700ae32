"""A shared procedure and its local copies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(province: Province) -> ProcedureVersion:
    return make_version(
        province.departments[0],
        status=Status.PUBLISHED,
        name="Lập danh sách cử tri",
        national_code="1.000123",
    )


def words(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def link(canonical: Procedure, copy: Procedure, by: User, seen: int | None = None) -> None:
    actions.link_to_canonical(
        canonical=canonical,
        copies=[(copy, copy.version if seen is None else seen)],
        by=by,
        at=AT,
    )


def test_copies_are_drafted_for_many_agencies_at_once_and_never_twice(
    client: StrictClient, province: Province, office: User, shared: ProcedureVersion
) -> None:
    communes = [commune for pair in province.communes for commune in pair]
    client.force_login(office)
    address = reverse("procedures:make_copies", args=[shared.procedure_id])

    client.post(address, {"agency": [commune.pk for commune in communes[:3]]})
    client.post(address, {"agency": [commune.pk for commune in communes]})

    copies = Procedure.objects.filter(canonical=shared.procedure)
    assert {copy.agency for copy in copies} == set(communes)
    assert copies.count() == 4
    drafts = ProcedureVersion.objects.filter(procedure__in=copies)
    assert {(draft.status, draft.record.steps) for draft in drafts} == {
        (Status.DRAFT.value, shared.record.steps)
    }
    assert {draft.record.national_code for draft in drafts} == {""}
    assert Event.objects.filter(kind="procedures.linked").count() == 4


def test_a_deviation_is_shown_row_by_row_and_named_on_the_copy(
    client: StrictClient, province: Province, office: User, shared: ProcedureVersion
) -> None:
    [copy] = actions.make_local_copies(
        canonical=shared.procedure, agencies=[province.communes[0][0]], by=office, at=AT
    )
    client.force_login(office)
    address = reverse("procedures:copies", args=[shared.procedure_id])
    assert "Giống bản chuẩn" in words(client.get(address))

    record = replace(copy.record, result="Danh sách niêm yết", dossier_sets=2)
    actions.edit_version(version=copy, record=record, by=office, at=AT, seen=copy.version)

    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert "Danh sách niêm yết" in [each.get_text() for each in page.select("ins")]
    own = words(client.get(copy.procedure.get_absolute_url()))
    assert "Khác bản chuẩn ở: số lượng hồ sơ (bộ), kết quả thực hiện" in own


def test_there_are_no_chains(province: Province, office: User, shared: ProcedureVersion) -> None:
    copy = make_version(province.departments[1]).procedure
    other = make_version(province.districts[0]).procedure
    link(shared.procedure, copy, office)

    with pytest.raises(actions.Refused, match="là bản của địa phương"):
        link(copy, other, office)
    shared.procedure.refresh_from_db()
    with pytest.raises(actions.Refused, match="đang là bản chuẩn"):
        link(other, shared.procedure, office)
    with pytest.raises(actions.Refused):
        link(shared.procedure, shared.procedure, office)

    assert list(shared.procedure.local_copies.all()) == [copy]
    other.refresh_from_db()
    assert other.canonical is None


def test_the_second_of_two_people_is_told(
    province: Province, office: User, shared: ProcedureVersion
) -> None:
    copy = make_version(province.departments[1]).procedure
    seen = copy.version
    copy.change(seen_version=seen)

    with pytest.raises(actions.StaleObject):
        link(shared.procedure, copy, office, seen)

    copy.refresh_from_db()
    assert copy.canonical is None


def test_only_who_controls_the_copy_links_it_and_lets_it_go(
    province: Province, office: User, officer: User, head: User, shared: ProcedureVersion
) -> None:
    copy = make_version(province.departments[0]).procedure
    for person in (officer, head):
        with pytest.raises(PermissionDenied):
            link(shared.procedure, copy, person)
    link(shared.procedure, copy, office)
    for person in (officer, head):
        with pytest.raises(PermissionDenied):
            actions.unlink_from_canonical(procedure=copy, by=person, at=AT, seen=copy.version)


def test_a_copy_is_let_go_once(
    client: StrictClient, province: Province, office: User, shared: ProcedureVersion
) -> None:
    copy = make_version(province.departments[1]).procedure
    link(shared.procedure, copy, office)
    client.force_login(office)
    address = reverse("procedures:unlink", args=[copy.pk])

    stale = client.post(address, {"version": copy.version - 1}, follow=True)
    assert "Người khác vừa thay đổi" in stale.content.decode()
    client.post(address, {"version": copy.version})
    again = client.post(address, {"version": copy.version + 1}, follow=True)

    copy.refresh_from_db()
    assert copy.canonical is None
    assert "không gắn với bản dùng chung nào" in again.content.decode()


def test_an_officer_drafts_copies_for_his_own_agency_alone(
    client: StrictClient, province: Province, stranger: User, shared: ProcedureVersion
) -> None:
    client.force_login(stranger)

    client.post(
        reverse("procedures:make_copies", args=[shared.procedure_id]),
        {"agency": [province.departments[1].pk, province.communes[0][0].pk, "x"]},
    )

    [copy] = shared.procedure.local_copies.all()
    assert copy.agency == province.departments[1]
