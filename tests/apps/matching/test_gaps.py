"""Reference lists, what an inventory lacks against them, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.apps.matching.samples import make_reference
from tests.conftest import StrictClient
from tests.domain.catalogue.decisions import decision, table
from tests.factories import Province
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.matching import actions
from tinhgon.apps.matching.enums import GapRuling
from tinhgon.apps.matching.models import GapVerdict, ReferenceList
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

GAPS = reverse("matching:gaps")
DECIDE = reverse("matching:decide")
HAVE = "Cử công chức đi đào tạo, bồi dưỡng trong nước"
LACK = "Thanh lý tài sản công bị hư hỏng"
OTHER_LACK = "Khen thưởng đột xuất cho tập thể"


def rows(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in page.select("main tbody tr")]


@pytest.fixture
def reference(province: Province, office: User) -> ReferenceList:
    make_version(province.departments[0], name=HAVE)
    return make_reference(office, HAVE, LACK, OTHER_LACK)


def asked(reference: ReferenceList, province: Province, **more: Any) -> dict[str, Any]:
    return {"danh-muc": reference.pk, "co-quan": province.departments[0].pk, **more}


def chosen(reference: ReferenceList, *names: str) -> list[int]:
    return [item.pk for item in reference.items.filter(name__in=names)]


def test_what_the_inventory_lacks_stands_apart_from_what_it_has(
    client: StrictClient, officer: User, province: Province, reference: ReferenceList
) -> None:
    client.force_login(officer)

    missing = rows(client.get(GAPS, asked(reference, province)))
    present = rows(client.get(GAPS, asked(reference, province, phan="da-co")))

    assert {row.split(" A.")[0] for row in missing} == {LACK, OTHER_LACK}
    [row] = present
    assert HAVE in row
    assert "tên trùng nhau hoàn toàn" in row


def test_accepted_items_become_drafts_that_tell_where_they_come_from(
    client: StrictClient, officer: User, province: Province, reference: ReferenceList
) -> None:
    client.force_login(officer)
    said = asked(reference, province, ruling="accepted", pk=chosen(reference, LACK, OTHER_LACK))

    client.post(DECIDE, said)

    drafts = ProcedureVersion.objects.filter(name__in=[LACK, OTHER_LACK])
    assert {draft.status for draft in drafts} == {Status.DRAFT}
    draft = drafts.get(name=LACK)
    assert draft.procedure.agency == province.departments[0]
    assert draft.record.field == "Hành chính, tổng hợp"
    [basis] = draft.record.bases
    assert (basis.code, basis.article) == ("30/2020/NĐ-CP", "7")
    event = Event.objects.filter(kind="matching.gap_accepted", subject_name=LACK).get()
    assert event.changes[0]["to"] == (
        "Quyết định số 900/QĐ-BNV ngày 01/6/2024 của Bộ Nội vụ, số thứ tự A.2"
    )
    assert rows(client.get(GAPS, asked(reference, province))) == []
    assert len(rows(client.get(GAPS, asked(reference, province, phan="da-xu-ly")))) == 2
    assert client.post(DECIDE, said).status_code == 422
    assert drafts.count() == 2


def test_a_dismissal_needs_its_reason_and_may_be_taken_back(
    client: StrictClient, officer: User, province: Province, reference: ReferenceList
) -> None:
    client.force_login(officer)
    said = asked(reference, province, ruling="dismissed", pk=chosen(reference, LACK))

    assert client.post(DECIDE, said).status_code == 422
    assert not GapVerdict.objects.exists()
    client.post(DECIDE, {**said, "reason": "Sở Tài chính thực hiện"})

    verdict = GapVerdict.objects.get()
    assert (verdict.ruling, verdict.reason) == (GapRuling.DISMISSED, "Sở Tài chính thực hiện")
    assert len(rows(client.get(GAPS, asked(reference, province)))) == 1
    client.post(reverse("matching:reopen", args=[verdict.pk]))
    assert len(rows(client.get(GAPS, asked(reference, province)))) == 2


def test_another_agency_decides_for_itself(
    client: StrictClient, officer: User, province: Province, reference: ReferenceList
) -> None:
    items = list(reference.items.filter(name=LACK))
    with pytest.raises(PermissionDenied):
        actions.accept_gaps(items=items, agency=province.departments[1], by=officer, at=AT)
    with pytest.raises(PermissionDenied):
        actions.dismiss_gaps(
            items=items, agency=province.departments[1], reason="x", by=officer, at=AT
        )
    client.force_login(officer)
    foreign = {**asked(reference, province), "co-quan": province.departments[1].pk}
    assert client.post(DECIDE, {**foreign, "ruling": "accepted"}).status_code == 404
    assert "Không có cơ quan này" in client.get(GAPS, foreign).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"danh-muc": "x"},
        {"danh-muc": "99999", "co-quan": "1"},
        {"danh-muc": "1", "co-quan": "không có", "cap": "x", "phan": "y", "page": "-1"},
    ],
)
def test_odd_addresses_and_posts_are_answered(
    client: StrictClient, officer: User, reference: ReferenceList, query: dict[str, str]
) -> None:
    client.force_login(officer)
    assert client.get(GAPS, query).status_code == 200
    assert client.post(DECIDE, query).status_code in {404, 422}


def upload(text: str, name: str = "quyet-dinh.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/plain")


TEXT = decision(
    table(
        ("STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện"),
        ("1", LACK, "Tài chính", "Sở Tài chính"),
        ("2", OTHER_LACK, "Thi đua", "Sở Nội vụ"),
    )
)


def test_a_list_comes_in_from_a_decision_once(client: StrictClient, office: User) -> None:
    client.force_login(office)
    address = reverse("matching:receive")

    client.post(address, {"file": upload(TEXT), "fields_text": "Tài chính\n\nThi đua"})
    again = client.post(address, {"file": upload(TEXT)})

    reference = ReferenceList.objects.get()
    assert [(item.name, item.field) for item in reference.items.all()] == [
        (LACK, "Tài chính"),
        (OTHER_LACK, "Thi đua"),
    ]
    assert reference.fields == ["Tài chính", "Thi đua"]
    assert "1520" in reference.source
    assert again.status_code == 422
    assert "Tệp này đã nạp rồi" in again.content.decode()
    page = client.get(reverse("matching:reference", args=[reference.pk]))
    assert len(rows(page)) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Không có danh mục nào ở đây.", "van-ban.txt"),
        ("MZ\0\0", "chay.exe"),
        ("không phải tệp Word", "danh-muc.docx"),
    ],
)
def test_what_is_no_list_is_refused_and_leaves_nothing(
    client: StrictClient, office: User, text: str, name: str
) -> None:
    client.force_login(office)

    refused = client.post(reverse("matching:receive"), {"file": upload(text, name)})

    assert refused.status_code == 422
    assert not ReferenceList.objects.exists()


def received(client: StrictClient, office: User) -> ReferenceList:
    client.force_login(office)
    client.post(reverse("matching:receive"), {"file": upload(TEXT)})
    return ReferenceList.objects.get()


def test_a_list_gets_another_name_and_use(client: StrictClient, office: User) -> None:
    reference = received(client, office)
    address = reverse("matching:change_list", args=[reference.pk])
    typed = {"name": "Danh mục của Bộ", "tier": "province", "fields_text": "Thi đua"}

    client.post(address, {**typed, "version": 1})
    late = client.post(address, {**typed, "name": "Tên khác", "version": 1})

    reference.refresh_from_db()
    assert (reference.name, reference.tier, reference.fields) == (
        "Danh mục của Bộ",
        "province",
        ["Thi đua"],
    )
    assert late.status_code == 422
    assert "Người khác vừa sửa danh mục này" in late.content.decode()
    assert 'name="version" value="2"' in late.content.decode()
    assert Event.objects.filter(kind="matching.list_changed").count() == 1


def test_a_wrong_list_is_removed_and_can_be_read_again(client: StrictClient, office: User) -> None:
    reference = received(client, office)
    address = reverse("matching:remove_list", args=[reference.pk])

    client.post(address, {"version": 7})
    assert ReferenceList.objects.exists(), "somebody else changed it"
    client.post(address, {"version": 1})
    assert not ReferenceList.objects.exists()
    assert Event.objects.filter(kind="matching.list_removed").count() == 1

    received(client, office)


def test_a_list_that_was_ruled_by_stays(
    client: StrictClient, office: User, officer: User, province: Province
) -> None:
    reference = received(client, office)
    actions.dismiss_gaps(
        items=list(reference.items.all()[:1]),
        agency=province.departments[0],
        reason="Không thuộc thẩm quyền",
        by=officer,
        at=AT,
    )

    address = reverse("matching:remove_list", args=[reference.pk])
    page = client.post(address, {"version": 1}, follow=True)

    assert "Đã có 1 kết luận theo danh mục này" in page.content.decode()
    assert ReferenceList.objects.exists()


def test_an_officer_brings_no_list_in(client: StrictClient, officer: User) -> None:
    client.force_login(officer)
    assert client.post(reverse("matching:receive"), {"file": upload(TEXT)}).status_code == 403
