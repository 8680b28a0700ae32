"""A workbook of agencies: every row is shown before anything is written."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.conftest import StrictClient
from tests.factories import make_agency, make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files.models import StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]

IMPORT = reverse("agencies:import")
TITLES = [
    "Tên cơ quan *",
    "Tên viết tắt",
    "Ký hiệu",
    "Cấp *",
    "Loại *",
    "Cơ quan cấp trên *",
    "Mã đơn vị hành chính",
    "Mã định danh",
    "Từ ngày *",
    "Văn bản căn cứ *",
]
PPC = "Ủy ban nhân dân tỉnh Lạng Sơn"


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def admin(client: StrictClient, province: Province) -> User:
    user = make_user(province.committee, "administrator")
    client.force_login(user)
    return user


def _line(name: str, **cells: Any) -> list[Any]:
    line = {
        "short": "",
        "symbol": "",
        "level": "Cấp tỉnh",
        "kind": "Sở, ban, ngành",
        "parent": PPC,
        "code": "",
        "id": "",
        "on": "01/3/2024",
        "basis": "QĐ số 1",
    }
    return [name, *{**line, **cells}.values()]


def _book(*lines: list[Any], titles: list[str] = TITLES) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Danh sách cơ quan"])
        sheet.write_row(1, 0, titles)
        for number, line in enumerate(lines, start=2):
            for place, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell)
    return out.getvalue()


def _send(client: StrictClient, data: bytes, name: str = "co-quan.xlsx") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def _preview(client: StrictClient, *lines: list[Any]) -> tuple[str, BeautifulSoup]:
    url = _send(client, _book(*lines)).headers["Location"]
    return url, BeautifulSoup(client.get(url).content, "html.parser")


def _states(page: BeautifulSoup) -> list[str]:
    return [s.get_text() for s in page.select("tbody .state__words")]


def _apply(client: StrictClient, url: str, page: BeautifulSoup, *rows: int) -> Any:
    seen = page.select_one("input[name=seen]")
    assert seen is not None
    return client.post(url, {"seen": seen["value"], "row": [str(row) for row in rows]})


def test_every_row_is_shown_with_what_it_would_do(
    client: StrictClient, admin: User, province: Province
) -> None:
    before = Agency.objects.count()

    _, page = _preview(
        client,
        _line("Sở Y tế", symbol="SYT", on=date(2024, 3, 1)),
        _line("Sở Nội vụ", symbol="SNVU"),
        _line("Sở Tư pháp", symbol="STP"),
        _line("Sở Ngoại vụ", parent="Không có đâu", level="Cấp trời", on="31/6/2024", basis=""),
        _line("Phòng Y tế dự phòng", kind="Đơn vị trực thuộc", parent="Sở Y tế"),
    )

    assert _states(page) == ["thêm mới", "có thay đổi", "không đổi", "có lỗi", "thêm mới"]
    text = page.get_text()
    assert "Ký hiệu: SNV → SNVU" in text
    assert "Cơ quan cấp trên: không có “Không có đâu”" in text
    assert "Cấp: “Cấp trời” không có trong" in text
    assert "Từ ngày: “31/6/2024” không phải ngày có thật" in text
    assert "Văn bản căn cứ: chưa nhập" in text
    assert [box["value"] for box in page.select("input[name=row]")] == ["3", "4", "7"]
    assert Agency.objects.count() == before
    assert not Event.objects.exists()


def test_the_chosen_rows_are_written_and_no_others(
    client: StrictClient, admin: User, province: Province
) -> None:
    url, page = _preview(
        client,
        _line("Sở Y tế", symbol="SYT"),
        _line("Sở Nội vụ", symbol="SNVU"),
        _line("Sở Ngoại vụ"),
        _line("Phòng Y tế dự phòng", kind="Đơn vị trực thuộc", parent="Sở Y tế"),
    )

    response = _apply(client, url, page, 3, 4, 6)

    assert response.headers["Location"] == reverse("agencies:tree")
    health = Agency.objects.get(name="Sở Y tế")
    assert Agency.objects.get(name="Phòng Y tế dự phòng").parent == health
    assert not Agency.objects.filter(name="Sở Ngoại vụ").exists()
    province.departments[0].refresh_from_db()
    assert province.departments[0].symbol == "SNVU"
    assert [s.symbol for s in province.departments[0].states.order_by("started_on")] == [
        "SNV",
        "SNVU",
    ]
    kinds = [e.kind for e in Event.objects.order_by("number")]
    assert kinds == ["agencies.added", "agencies.changed", "agencies.added"]
    assert "nhập từ tệp co-quan.xlsx" in Event.objects.order_by("number")[0].reason


def test_all_or_nothing(client: StrictClient, admin: User, province: Province) -> None:
    url, page = _preview(
        client, _line("Sở Y tế"), _line("Phòng Y tế", kind="Đơn vị trực thuộc", parent="Sở Y tế")
    )

    response = _apply(client, url, page, 4)

    assert response.status_code == 422
    assert "Dòng 4: cơ quan cấp trên ở dòng 3 chưa được chọn" in response.content.decode()
    assert not Agency.objects.filter(name="Phòng Y tế").exists()
    assert not Event.objects.exists()


def test_choosing_nothing_is_told(client: StrictClient, admin: User, province: Province) -> None:
    url, page = _preview(client, _line("Sở Y tế"))
    assert "Chọn ít nhất một dòng" in _apply(client, url, page).content.decode()


def test_two_people_at_once(client: StrictClient, admin: User, province: Province) -> None:
    url, page = _preview(client, _line("Sở Y tế"), _line("Sở Ngoại vụ"))
    make_agency("Sở Y tế", parent=province.committee)

    response = _apply(client, url, page, 3, 4)

    assert response.status_code == 422
    assert "vừa được người khác thay đổi" in response.content.decode()
    assert not Agency.objects.filter(name="Sở Ngoại vụ").exists()
    again = BeautifulSoup(response.content, "html.parser")
    assert _states(again) == ["không đổi", "thêm mới"]
    assert _apply(client, url, again, 4).status_code == 302


def test_a_row_can_move_an_agency(client: StrictClient, admin: User, province: Province) -> None:
    commune = province.communes[0][0]
    line = _line(
        commune.name,
        level="Cấp xã",
        kind="Ủy ban nhân dân",
        parent=province.districts[1].name,
        code=6211,
    )
    Agency.objects.filter(pk=commune.pk).update(territory_code=6211)
    url, page = _preview(client, line)
    assert _states(page) == ["có thay đổi"]
    _apply(client, url, page, 3)
    commune.refresh_from_db()
    assert commune.path == f"{province.districts[1].path}{commune.pk}/"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"code": "chín"}, "không phải mã đơn vị hành chính"),
        ({"short": "x" * 121}, "dài quá 120 chữ"),
        ({"on": date(2019, 1, 1)}, "không tồn tại vào ngày 01/01/2019"),
        ({"id": "H37"}, "đã dùng cho cơ quan khác"),
        ({"kind": "Cung điện"}, "không có trong"),
    ],
)
def test_a_wrong_cell_is_named(
    client: StrictClient, admin: User, province: Province, cells: dict[str, Any], message: str
) -> None:
    stranger = make_agency("Bộ ở ngoài")
    Agency.objects.filter(pk=stranger.pk).update(national_id="H37")
    _, page = _preview(client, _line("Sở Y tế", **cells))
    assert _states(page) == ["có lỗi"]
    assert message in page.get_text()
    assert page.select_one("button.button--primary[type=submit], .form-actions button") is None


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"symbol": "X", "on": "01/5/2024"}, "đã đến ngày có hiệu lực"),
        ({"symbol": "X", "on": "01/01/2019"}, "đã ghi một thay đổi từ ngày 01/01/2020"),
        ({"level": "Cấp xã"}, "không đổi được bằng tệp"),
    ],
)
def test_a_change_that_cannot_be_is_told_before(
    client: StrictClient, admin: User, province: Province, cells: dict[str, Any], message: str
) -> None:
    _, page = _preview(client, _line("Sở Nội vụ", **cells))
    assert _states(page) == ["có lỗi"]
    assert message in page.get_text()


def test_a_row_that_comes_twice_is_told(
    client: StrictClient, admin: User, province: Province
) -> None:
    _, page = _preview(client, _line("Sở Y tế"), _line("Sở y tế"))
    assert _states(page) == ["thêm mới", "có lỗi"]
    assert "trùng với dòng 3" in page.get_text()


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"not a workbook", "co-quan.xlsx", "không đúng với phần mở rộng"),
        (b"", "co-quan.xlsx", "không có nội dung"),
        (_book(_line("Sở Y tế")), "co-quan.pdf", "Không nhận loại tệp"),
        (
            _book(_line("Sở Y tế"), titles=["Tên cơ quan", "Ghi chú"]),
            "a.xlsx",
            "Tệp thiếu cột: Cấp",
        ),
        (_book(), "a.xlsx", "không có dòng nào"),
        (_book(*[_line(f"Sở {n}") for n in range(2001)]), "a.xlsx", "tối đa 2000 dòng"),
    ],
)
def test_a_file_that_is_none_is_refused_and_not_kept(
    client: StrictClient, admin: User, data: bytes, name: str, message: str
) -> None:
    response = _send(client, data, name)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not StoredFile.objects.exists()


def test_the_template_can_be_filled_and_sent_back(client: StrictClient, admin: User) -> None:
    response = client.get(reverse("agencies:template"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert sheet.to_python()[0] == TITLES


def test_another_person_does_not_see_the_preview(
    client: StrictClient, admin: User, province: Province
) -> None:
    url, _ = _preview(client, _line("Sở Y tế"))
    client.force_login(make_user(province.committee, "administrator"))
    assert client.get(url).status_code == 404
    assert client.get(reverse("agencies:import_preview", args=["sai"])).status_code == 404


def test_a_district_s_administrator_reaches_his_branch_only(
    client: StrictClient, province: Province
) -> None:
    client.force_login(make_user(province.districts[0], "administrator"))
    _, page = _preview(client, _line("Sở Y tế"))
    assert _states(page) == ["có lỗi"]
    assert "trong phạm vi quản lý" in page.get_text()


def test_who_does_not_manage_agencies_may_not(client: StrictClient, province: Province) -> None:
    client.force_login(make_user(province.departments[0], "officer"))
    assert client.get(IMPORT).status_code == 403
    assert _send(client, _book(_line("Sở Y tế"))).status_code == 403
    assert client.get(reverse("agencies:template")).status_code == 403
    assert IMPORT not in client.get(reverse("agencies:tree")).content.decode()
