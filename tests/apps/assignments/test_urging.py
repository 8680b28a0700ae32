from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from tests.conftest import StrictClient
from tests.factories import Province, make_agency, make_user
from tests.factories.assignments import CALENDAR, issue, make_directive, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment, Urging
from tinhgon.apps.assignments.queries import late
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.notices.models import Notice
from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, read

from .standings import make_letter_of, put

pytestmark = pytest.mark.django_db
URL = "/nhiem-vu/qua-han/"
URGE = "/nhiem-vu/don-doc/"


@pytest.fixture
def letter(province: Province, coordinator: User) -> Directive:
    """Two of its six duties are late on 20/6/2024, for two departments and two districts."""
    agencies = [*province.departments, *province.districts]
    return make_letter_of(province.committee, coordinator, agencies)


def _data(province: Province, **more: object) -> dict[str, object]:
    return {
        "issuer": province.committee.pk,
        "finish_on": "28/6/2024",
        "signer": "deputy",
        "text": "",
        **more,
    }


def _late(agency: Agency) -> list[int]:
    found = Assignment.objects.filter(agency=agency, due_on__lt=date(2024, 6, 20))
    return list(found.values_list("pk", flat=True))


def _read(client: StrictClient, urging: Urging, kind: str = "docx") -> OfficialDoc:
    response = client.get(f"{URGE}{urging.pk}/{kind}/")
    assert response.status_code == 200
    assert f".{kind}" in response["Content-Disposition"]
    return read(response.content, f"a.{kind}")


@pytest.mark.usefixtures("letter")
def test_late_work_is_listed_by_agency(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    done = Assignment.objects.get(pk=_late(province.departments[0])[0])
    put(done, Status.SUBMITTED, coordinator)
    client.force_login(coordinator)
    soup = BeautifulSoup(client.get(URL).content, "html.parser")
    heads = [th.get_text(" ", strip=True) for th in soup.select("th[scope=rowgroup]")]
    assert heads == [
        "Sở Nội vụ · 1 việc",
        "Sở Tư pháp · 2 việc",
        "Ủy ban nhân dân huyện Cao Lộc · 2 việc",
        "Ủy ban nhân dân huyện Văn Lãng · 2 việc",
    ]
    rows = [row.get_text(" ", strip=True) for row in soup.select("tr.is-late")]
    assert any("quá hạn 10 ngày (8 ngày làm việc)" in row for row in rows)
    assert "7 việc của 4 cơ quan" in soup.select_one(".page-head").get_text(" ", strip=True)  # type: ignore[union-attr]


@pytest.mark.usefixtures("letter")
@pytest.mark.parametrize(
    ("query", "number"), [("cap=huyen", 2), ("q=van+lang", 1), ("q=khong+co", 0), ("van-ban=0", 4)]
)
def test_filters_narrow_it(
    query: str, number: int, client: StrictClient, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    soup = BeautifulSoup(client.get(f"{URL}?{query}").content, "html.parser")
    expected = 0 if "van-ban=0" in query else number
    assert len(soup.select("th[scope=rowgroup]")) == expected


@pytest.mark.usefixtures("letter")
def test_a_department_sees_its_own_late_work_and_urges_nobody(
    client: StrictClient, province: Province, officer: User, june_2024: datetime
) -> None:
    client.force_login(officer)
    page = client.get(URL).content.decode()
    assert "Sở Nội vụ" in page
    assert "Sở Tư pháp" not in page
    assert "Soạn công văn" not in page
    assert client.post(URGE, _data(province, pk=_late(province.departments[0]))).status_code == 403
    assert not Urging.objects.exists()


def test_the_letter_reads_as_the_office_writes_it(
    client: StrictClient,
    province: Province,
    coordinator: User,
    letter: Directive,
    june_2024: datetime,
) -> None:
    client.force_login(coordinator)
    pks = [*_late(province.departments[0]), *_late(province.districts[0])]
    response = client.post(URGE, _data(province, pk=pks, text="Gửi kèm số liệu."), follow=True)
    assert response.status_code == 200
    urging = Urging.objects.get()
    assert urging.drafter == province.office
    doc = _read(client, urging)

    assert doc.agency_lines == ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN")
    assert doc.parent_lines == ()
    assert (doc.number, doc.symbol, doc.date) == (None, "UBND-VP", None)
    assert doc.place == "Lạng Sơn"
    code = letter.document.code
    assert doc.subject == f"đôn đốc thực hiện Công văn số {code} ngày 26/3/2024"
    assert doc.addressees == ("Sở Nội vụ", "UBND huyện Cao Lộc")
    text = " ".join(block.text for block in doc.walk())
    assert f"Công văn số {code} ngày 26/3/2024 của Ủy ban nhân dân tỉnh Lạng Sơn" in text
    assert "còn 02 cơ quan, đơn vị chưa báo cáo kết quả 04 nhiệm vụ" in text
    assert "chậm nhất ngày 28/6/2024" in text
    assert "Gửi kèm số liệu." in text
    assert text.rstrip().endswith("./.")
    table = next(block.table for block in doc.walk() if block.kind is BlockKind.TABLE)
    assert table
    assert [cell.text for cell in table.rows[1]] == [
        "1",
        "Sở Nội vụ",
        f"Việc có hạn 2024-06-10 ({code})",
        "10/6/2024",
        "10",
    ]
    assert len(table.rows) == 1 + 4
    assert doc.signature
    assert doc.signature.authority == ("KT. CHỦ TỊCH",)
    assert (doc.signature.title, doc.signature.name) == ("PHÓ CHỦ TỊCH", "")
    assert doc.recipients == ("Như trên", "CT, các PCT UBND tỉnh (b/c)", "Lưu: VT, VP")


@pytest.mark.usefixtures("letter")
def test_the_office_writes_in_its_own_name_too(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    data = _data(province, issuer=province.office.pk, signer="head", all_matching="1", loc="")
    client.post(URGE, data)
    doc = _read(client, Urging.objects.get())
    assert doc.parent_lines == ("UBND TỈNH LẠNG SƠN",)
    assert doc.agency_lines == ("VĂN PHÒNG",)
    assert doc.symbol == "VP"
    assert doc.signature
    assert (doc.signature.authority, doc.signature.title) == ((), "CHÁNH VĂN PHÒNG")
    assert "đề nghị thủ trưởng" in " ".join(block.text for block in doc.walk())
    pdf = _read(client, Urging.objects.get(), "pdf")
    assert pdf.addressees == doc.addressees
    assert pdf.subject == doc.subject


def test_a_long_list_becomes_an_annex(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    many = [make_agency(parent=province.committee) for _ in range(20)]
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, many, due_on=date(2024, 5, 31))
    issue(directive, coordinator)
    client.force_login(coordinator)
    client.post(URGE, _data(province, all_matching="1", loc=""))
    doc = _read(client, Urging.objects.get())
    assert doc.addressees == ("Các cơ quan, đơn vị có tên tại Phụ lục kèm theo",)
    (annex,) = doc.annexes
    (table,) = [block.table for block in annex.body if block.table]
    assert len(table.rows) == 1 + 20
    page = client.get(f"{URGE}{Urging.objects.get().pk}/").content.decode()
    assert "DANH SÁCH NHIỆM VỤ ĐÃ QUÁ THỜI HẠN" in page
    assert not [block for block in doc.walk() if block.kind is BlockKind.TABLE]


@pytest.mark.usefixtures("letter")
def test_urging_is_told_and_stands_on_the_trail(
    client: StrictClient,
    province: Province,
    coordinator: User,
    officer: User,
    stranger: User,
    june_2024: datetime,
) -> None:
    Notice.objects.all().delete()
    client.force_login(coordinator)
    (first, second) = _late(province.departments[0])
    client.post(URGE, _data(province, pk=[first]))
    assert [notice.user for notice in Notice.objects.all()] == [officer]
    assert "28/6/2024" in Notice.objects.get().text
    event = Event.objects.get(subject_ref=f"assignments.assignment:{first}", kind__contains="urged")
    assert event.changes[0]["to"] == "10 ngày"
    assert not Event.objects.filter(
        subject_ref=f"assignments.assignment:{second}", kind__contains="urged"
    ).exists()
    page = client.get(f"/nhiem-vu/{first}/").content.decode()
    assert "Yêu cầu hoàn thành chậm nhất" in page


@pytest.mark.usefixtures("letter")
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pk": []}, "Chọn ít nhất một việc đang quá hạn."),
        ({"finish_on": "19/6/2024"}, "Ngày 19/6/2024 đã qua."),
        ({"finish_on": "31/6/2024"}, "31/6/2024"),
        ({"issuer": "0"}, "issuer"),
        ({"pk": ["abc", "999999999"]}, "Chọn ít nhất một việc đang quá hạn."),
    ],
)
def test_what_cannot_be_urged_is_said(
    wrong: dict[str, object],
    message: str,
    client: StrictClient,
    province: Province,
    coordinator: User,
    june_2024: datetime,
) -> None:
    client.force_login(coordinator)
    pks = _late(province.departments[0])
    response = client.post(URGE, _data(province, **{"pk": pks, **wrong}))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Urging.objects.exists()


@pytest.mark.usefixtures("letter")
def test_nobody_urges_beyond_his_branch(
    client: StrictClient, province: Province, june_2024: datetime
) -> None:
    local = make_user(province.districts[0], "coordinator")
    client.force_login(local)
    data = _data(province, issuer=province.districts[0].pk, pk=_late(province.departments[0]))
    assert client.post(URGE, data).status_code == 422
    assert client.post(URGE, _data(province, pk=_late(province.districts[0]))).status_code == 422
    assert not Urging.objects.exists()


@pytest.mark.usefixtures("letter")
def test_the_draft_belongs_to_the_issuer(
    client: StrictClient,
    province: Province,
    coordinator: User,
    officer: User,
    june_2024: datetime,
) -> None:
    client.force_login(coordinator)
    client.post(URGE, _data(province, pk=_late(province.departments[0])))
    urging = Urging.objects.get()
    client.force_login(officer)
    for address in ("", "docx/", "pdf/"):
        assert client.get(f"{URGE}{urging.pk}/{address}").status_code == 404
    assert client.get(f"{URGE}999999/").status_code == 404


@pytest.mark.usefixtures("letter")
def test_the_letter_keeps_what_it_said_that_day(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    chosen = late.chosen(
        user=coordinator,
        pks=_late(province.departments[0]),
        query=None,
        today=june_2024.date(),
        calendar=CALENDAR,
    )
    urging = actions.urge(
        issuer=province.committee,
        assignments=chosen,
        finish_on=date(2024, 6, 28),
        deputy_signs=False,
        text="",
        by=coordinator,
        at=june_2024,
        calendar=CALENDAR,
    )
    client.force_login(coordinator)
    before = client.get(f"{URGE}{urging.pk}/docx/").content
    for assignment in chosen:
        put(assignment, Status.ACCEPTED, coordinator)
    after = client.get(f"{URGE}{urging.pk}/docx/").content
    parts = [ZipFile(BytesIO(data)).read("word/document.xml") for data in (before, after)]
    assert parts[0] == parts[1]
