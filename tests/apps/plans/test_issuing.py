"""Who issued a changed text: offered, checked with number and symbol, entered in its register."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.agencies import make_agency
from tests.factories.plans import PDF, issued_text, make_text
from tests.factories.procedures import AT
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.models import LegalChange
from tinhgon.apps.plans.queries.issuing import Issuer

CHAIRMAN = "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"


@pytest.fixture
def change(home: Agency) -> LegalChange:
    return make_text(home)


def signed(change: LegalChange, **values: Any) -> dict[str, Any]:
    """Return the form of a decision of the province's committee, with what is said otherwise."""
    return {
        "move": "issue",
        "version": change.version,
        "issuer": str(change.item.plan.round.agency_id),
        "doc_type": "quyết định",
        "number": "20",
        "symbol": "QĐ-UBND",
        "issued_on": "05/7/2024",
        "in_force_on": "08/7/2024",
        "subject": "sửa đổi quy định",
        "signer_authority": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
        **values,
    }


def issue(client: StrictClient, user: User, change: LegalChange, **values: Any) -> Any:
    client.force_login(user)
    with time_machine.travel(AT, tick=False):
        return client.post(f"/phuong-an/thuc-thi/{change.pk}/chuyen/", signed(change, **values))


def form_of(client: StrictClient, user: User, change: LegalChange) -> Any:
    client.force_login(user)
    with time_machine.travel(AT, tick=False):
        page = client.get(change.get_absolute_url())
    return next(panel.form for panel in page.context["panels"] if panel.key == "issue")


OWN: dict[str, Any] = {"signer_authority": "", "signer_title": "GIÁM ĐỐC"}


def test_what_a_department_drafts_stands_in_the_register_of_the_committee_that_issued_it(
    client: StrictClient, officer: User, province: Province, change: LegalChange
) -> None:
    assert issue(client, officer, change).status_code == 302

    document = Document.objects.get(number="20")
    assert (document.owner, document.agency_name) == (
        province.committee,
        "Ủy ban nhân dân tỉnh Lạng Sơn",
    )
    assert document.signer_authority == "TM. ỦY BAN NHÂN DÂN"
    page = client.get(change.get_absolute_url()).content.decode()
    assert "Quyết định số 20/QĐ-UBND ngày 05/7/2024 của Ủy ban nhân dân tỉnh Lạng Sơn" in page
    assert "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH Nguyễn Văn A" in page


def test_the_act_of_the_chairman_is_told_from_that_of_the_committee(
    client: StrictClient, officer: User, province: Province, change: LegalChange
) -> None:
    key = f"{province.committee.pk}-nguoi-dung-dau"
    refused = issue(client, officer, change, issuer=key)
    assert "Chỉ ghi TM. khi tập thể ban hành" in refused.content.decode()

    issue(client, officer, change, issuer=key, signer_authority="")

    document = Document.objects.get(number="20")
    assert (document.owner, document.agency_name) == (province.committee, CHAIRMAN)


def test_an_agency_issues_its_own(
    client: StrictClient, officer: User, home: Agency, change: LegalChange
) -> None:
    answer = issue(client, officer, change, issuer=str(home.pk), symbol="QĐ-SNV", **OWN)

    assert answer.status_code == 302
    assert Document.objects.get(number="20").owner == home


def test_a_text_of_a_ministry_came_in_from_outside(
    client: StrictClient, officer: User, home: Agency, change: LegalChange
) -> None:
    said = {"doc_type": "thông tư", "number": "3/2024", "symbol": "TT-BNV", "issuer": "khac"}
    signature = {"signer_authority": "KT. BỘ TRƯỞNG", "signer_title": "THỨ TRƯỞNG"}
    nameless = issue(client, officer, change, **said, **signature)
    assert "Ghi tên cơ quan ban hành" in nameless.content.decode()

    issue(client, officer, change, **said, **signature, issuer_name="Bộ Nội vụ")

    document = Document.objects.get(number="3")
    assert (document.symbol, document.agency_name) == ("2024/TT-BNV", "Bộ Nội vụ")
    assert (document.direction, document.owner) == (Direction.INCOMING, home)
    assert (document.signer_authority, document.signer_title) == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"symbol": "QĐ-SNV"}, "không phải của Ủy ban nhân dân tỉnh Lạng Sơn"),
        ({"symbol": ""}, "ví dụ QĐ-UBND"),
        ({"symbol": "KH-UBND"}, "là của kế hoạch, không phải quyết định"),
        ({"number": "20/2023"}, "Năm trong số, ký hiệu là 2023"),
        ({"number": "hai"}, "Số gồm chữ số"),
        ({"signer_authority": ""}, "Văn bản của tập thể thì ghi TM."),
        ({"signer_title": "PHÓ CHỦ TỊCH"}, "Cấp phó ký thì ghi KT."),
        ({"signer_name": ""}, "signer_name"),
        ({"issuer": "no such"}, "issuer"),
        ({"issuer_name": "Bộ Nội vụ"}, "chọn “Cơ quan khác”"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept_as_typed(
    client: StrictClient, officer: User, change: LegalChange, values: dict[str, str], words: str
) -> None:
    answer = issue(client, officer, change, **values)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "sửa đổi quy định" in page
    assert not Document.objects.filter(legal_changes=change).exists()


def test_the_symbol_of_the_committee_is_none_of_a_department(
    client: StrictClient, officer: User, home: Agency, change: LegalChange
) -> None:
    """Not even for who says that it is printed so."""
    said = {"issuer": str(home.pk), "as_printed": "on", **OWN}

    page = issue(client, officer, change, **said).content.decode()
    ruled = issue(client, officer, change, **{**said, "number": "20/2024", "symbol": "QĐ-SNV"})

    assert "Ký hiệu QĐ-UBND không phải của Sở Nội vụ (thường là QĐ-SNV)" in page
    assert "Sở Nội vụ không ban hành loại này" in ruled.content.decode()


def test_an_unusual_symbol_is_taken_from_who_says_that_it_is_printed_so(
    client: StrictClient, officer: User, home: Agency, change: LegalChange
) -> None:
    said = {"issuer": str(home.pk), "symbol": "QĐ-NV", **OWN}
    doubted = issue(client, officer, change, **said).content.decode()
    assert "đánh dấu ô này" in doubted
    assert 'name="as_printed"' in doubted

    assert issue(client, officer, change, **said, as_printed="on").status_code == 302


def test_each_is_offered_whom_he_records_for(
    client: StrictClient, province: Province, officer: User, home: Agency, change: LegalChange
) -> None:
    """The same for the officer, the head and the Office: above who works on it, and itself."""
    office = make_user(province.office, "coordinator", scope=province.committee)
    for user in (officer, make_user(home, "head"), office):
        offered = [words for _, words in form_of(client, user, change).fields["issuer"].choices]
        assert offered == [
            "Sở Nội vụ",
            "Ủy ban nhân dân tỉnh Lạng Sơn",
            CHAIRMAN,
            "Cơ quan khác (bộ, ngành trung ương …)",
        ]


@pytest.mark.parametrize("role", ["leader", "clerk", "administrator"])
def test_who_does_not_work_on_texts_records_none(
    client: StrictClient, home: Agency, change: LegalChange, role: str
) -> None:
    assert issue(client, make_user(home, role), change).status_code == 403


def test_the_document_of_another_agency_is_recorded_by_who_keeps_its_register(
    client: StrictClient, province: Province, officer: User, change: LegalChange
) -> None:
    said = {"issuer": "khac", "issuer_name": "Sở Tư pháp", "symbol": "QĐ-STP", **OWN}

    refused = issue(client, officer, change, **said)
    assert "Bạn không ghi văn bản do Sở Tư pháp ban hành" in refused.content.decode()
    other = Issuer("Sở Tư pháp", province.departments[1])
    text = issued_text(issuer=other, symbol="QĐ-STP", **OWN)
    with pytest.raises(PermissionDenied):
        actions.issue_text(change=change, text=text, by=officer, at=AT, seen=change.version)

    office = make_user(province.office, "coordinator", scope=province.committee)
    assert issue(client, office, change, **said).status_code == 302
    assert Document.objects.get(number="20").owner == province.departments[1]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (
            "Quyết định số 15/2022/QĐ-UBND ngày 01/6/2022 của UBND tỉnh",
            {"issuer": "UBND", "symbol": "2024/QĐ-UBND", "signer_authority": "TM. ỦY BAN NHÂN DÂN"},
        ),
        (
            "Quyết định số 142/QĐ-SNV ngày 01/6/2022",
            {"issuer": "SNV", "symbol": "QĐ-SNV", "signer_title": "GIÁM ĐỐC"},
        ),
        (
            "Thông tư số 3/2021/TT-BNV ngày 01/6/2021 của Bộ Nội vụ",
            {"issuer": "khac", "issuer_name": "Bộ Nội vụ", "doc_type": "thông tư"},
        ),
        ("Quy chế làm việc của cơ quan", {"issuer": "SNV", "symbol": "QĐ-SNV"}),
        ("Quy chế phối hợp thẩm định của tỉnh", {"issuer": "UBND", "symbol": "QĐ-UBND"}),
    ],
)
def test_the_form_starts_with_who_issued_the_text_that_changes(
    client: StrictClient,
    province: Province,
    officer: User,
    home: Agency,
    text: str,
    starts: dict[str, str],
) -> None:
    keys = {"UBND": str(province.committee.pk), "SNV": str(home.pk), "khac": "khac"}

    initial = form_of(client, officer, make_text(home, text=text)).initial

    expected = {**starts, "issuer": keys[starts["issuer"]]}
    assert {name: initial.get(name) for name in expected} == expected


def test_the_committee_nearest_to_a_commune_is_meant(
    client: StrictClient, province: Province
) -> None:
    commune = province.communes[0][0]
    unit = make_agency("Trung tâm Văn hóa xã", parent=commune, kind=Kind.UNIT, symbol="TTVH")
    change = make_text(unit)

    initial = form_of(client, make_user(unit, "officer"), change).initial

    assert initial["issuer"] == str(commune.pk)


def test_a_document_that_changes_two_texts_stands_in_the_register_once(
    client: StrictClient, officer: User, home: Agency, change: LegalChange
) -> None:
    second = make_text(home, text="Quyết định số 16/2022/QĐ-UBND")

    issue(client, officer, change)
    actions.issue_text(
        change=second,
        text=issued_text(number="20", upload=PDF),
        by=officer,
        at=AT,
        seen=second.version,
    )

    [document] = Document.objects.filter(number="20", symbol="QĐ-UBND")
    assert set(document.legal_changes.all()) == {change, second}
    assert document.file is not None
    assert document.issued_on == date(2024, 7, 5)


def test_a_document_that_came_in_is_not_taken_for_ours_of_the_same_number(
    officer: User, home: Agency, change: LegalChange
) -> None:
    second = make_text(home, text="Quyết định số 16/2022/QĐ-UBND")
    for each, issuer in ((change, Issuer(home.name, home)), (second, Issuer(home.name, None))):
        text = issued_text(number="20", symbol="QĐ-SNV", issuer=issuer, **OWN)
        actions.issue_text(change=each, text=text, by=officer, at=AT, seen=each.version)

    ours, theirs = Document.objects.filter(number="20").order_by("pk")
    assert (ours.direction, theirs.direction) == (Direction.OUTGOING, Direction.INCOMING)
    assert [list(each.legal_changes.all()) for each in (ours, theirs)] == [[change], [second]]


def test_the_kind_of_a_document_is_the_same_however_it_is_typed(
    officer: User, home: Agency, change: LegalChange
) -> None:
    second = make_text(home, text="Quyết định số 16/2022/QĐ-UBND")
    for each, kind in ((change, "quyết định"), (second, "Quyết định")):
        text = issued_text(number="20", doc_type=kind)
        actions.issue_text(change=each, text=text, by=officer, at=AT, seen=each.version)
    assert Document.objects.filter(number="20").count() == 1
