"""What is exported is what is shown, and can be read back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tests.factories import Province, make_agency
from tests.factories.procedures import make_record, make_version
from tests.json_schema import faults
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import Tenure
from tinhgon.apps.procedures.views import export as view
from tinhgon.domain.procedures import (
    COLUMNS,
    Basis,
    Form,
    key_for_heading,
    read_row,
    record_schema,
    to_json,
    unguard,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def signed_in(client: Any, office: User) -> Any:
    client.force_login(office)
    return client


@pytest.fixture
def some(province: Province) -> None:
    home, justice = province.departments
    published = Status.PUBLISHED
    make_version(home, name="=1+1 Bổ nhiệm", status=published, field="Cán bộ")
    make_version(justice, name="Thẩm định", status=published, valid_to=date(2024, 12, 31))
    make_version(home, name="@Khen thưởng", status=published, result="-5 ngày")
    make_version(home, name="Kỷ luật")


def content(client: Any, query: str) -> bytes:
    answer = client.get(f"/thu-tuc/xuat/?{query}")
    assert answer.status_code == 200
    return bytes(answer.getvalue())  # to its end, so that the file is closed


def sheet(client: Any, query: str = "") -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(client, query)))
    assert book.sheet_names == ["Thủ tục"]
    return book.get_sheet_by_index(0).to_python()


def lines(client: Any, query: str) -> list[list[str]]:
    text = content(client, f"{query}&dang=csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def shown(client: Any, query: str) -> list[str]:
    page = BeautifulSoup(client.get(f"/thu-tuc/?{query}").content, "html.parser")
    return [name.get_text() for name in page.select("table.ledger tbody th")]


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "sort=-ten",
        "q=tham+dinh",
        "che-do=thong-ke",
        "co-quan=SNV&cot=co-quan,ma",
        "cot=ma,linh-vuc,phien-ban,loi",
        "q=khong+co",
        "so-dong=50&page=7",
    ],
)
def test_the_files_hold_what_the_list_shows(signed_in: Any, query: str) -> None:
    wanted = shown(signed_in, query)
    head, *rows = sheet(signed_in, query)
    name = head.index("Tên thủ tục hành chính")
    assert [row[name] for row in rows] == wanted
    head, *rows = lines(signed_in, query)
    assert [unguard(row[name]) for row in rows] == wanted
    document = json.loads(content(signed_in, f"{query}&dang=json"))
    assert [each["name"] for each in document["procedures"]] == wanted
    assert document["count"] == len(wanted)


@pytest.mark.usefixtures("some")
def test_the_columns_are_those_shown_after_the_code(signed_in: Any) -> None:
    assert sheet(signed_in)[0] == [
        "Mã nội bộ",
        "Tên thủ tục hành chính",
        "Cơ quan, đơn vị giữ thủ tục",
        "Lĩnh vực",
        "Cấp thực hiện",
        "Quyết định công bố",
        "Hiệu lực từ",
    ]
    signed_in.post(
        "/bo-loc/cot/",
        {"page": "procedures:list", "query": "", "cot": ["hieu-luc", "ma"], "thu-tu-ma": "1"},
    )
    assert sheet(signed_in)[0] == ["Mã nội bộ", "Tên thủ tục hành chính", "Hiệu lực từ"]
    assert sheet(signed_in, "cot=cap")[0][2:] == ["Cấp thực hiện"]


@pytest.mark.usefixtures("some")
def test_days_are_days_and_formulas_are_text(signed_in: Any) -> None:
    rows = {row[1]: row for row in sheet(signed_in, "cot=hieu-luc,het-hieu-luc")[1:]}
    assert rows["=1+1 Bổ nhiệm"][2:] == [date(2024, 1, 1), ""]
    assert rows["Thẩm định"][2:] == [date(2024, 1, 1), date(2024, 12, 31)]
    plain = lines(signed_in, "cot=het-hieu-luc")
    assert [row[1] for row in plain if "Bổ nhiệm" in row[1]] == ["'=1+1 Bổ nhiệm"]
    assert [row[2] for row in plain if row[1] == "Thẩm định"] == ["31/12/2024"]


def test_a_csv_file_says_that_it_is_utf_8(signed_in: Any) -> None:
    assert content(signed_in, "dang=csv").startswith("\ufeffMã nội bộ;Tên".encode())


@pytest.mark.parametrize("query", ["", "dang=csv", "dang=json"])
def test_nobody_finds_what_he_may_not_see(
    client: Any, province: Province, stranger: User, query: str
) -> None:
    make_version(province.departments[0], name="Bí mật còn thảo")
    client.force_login(stranger)
    for mode in ("thong-ke", "tat-ca", "hieu-luc"):
        data = content(client, f"che-do={mode}&day-du=1&{query}")
        if query:
            assert "Bí mật".encode() not in data
        else:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            assert len(book.get_sheet_by_index(0).to_python()) == 1


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_whole_content_is_read_back_the_same(
    signed_in: Any, province: Province, form: str
) -> None:
    record = make_record(
        "Lập kế hoạch\nhai dòng | gạch",
        conditions=("- Có gạch đầu dòng", "=Công thức"),
        forms=(Form("Mẫu số 01"),),
        bases=(Basis("Luật Đất đai", ended_on=date(2024, 8, 1)),),
        is_interconnected=True,
        fee="'=x",
    )
    parts = {key: getattr(record, key) for key in COLUMNS if key != "name"}
    make_version(province.departments[0], name=record.name, **parts)
    query = "che-do=thong-ke&day-du=1"
    if form == "xlsx":
        head, row = sheet(signed_in, query)
    else:
        head, row = lines(signed_in, query)
        row = [unguard(cell) for cell in row]
    cells = {key_for_heading(heading): cell for heading, cell in zip(head, row, strict=True)}
    assert read_row({key: cell for key, cell in cells.items() if key}) == (record, ())
    assert cells["local_code"].startswith("NB-")
    assert cells["agency"] == "Sở Nội vụ"


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    "query", ["", "day-du=1", "cot=loai,cap,loi,hieu-luc,tham-quyen,hinh-thuc"]
)
def test_json_is_as_its_schema_says(signed_in: Any, query: str) -> None:
    schema = json.loads(signed_in.get("/thu-tuc/xuat/luoc-do/").content)
    document = json.loads(content(signed_in, f"{query}&dang=json"))
    assert len(document["procedures"]) == 3
    assert faults(document, schema) == []
    assert document["$schema"] == schema["$id"]
    document["procedures"][0]["name"] = 5
    del document["count"]
    assert len(faults(document, schema)) == 2


def test_the_schema_of_a_record_fits_records() -> None:
    schema = record_schema()
    plain = to_json(make_record(is_interconnected=True))
    assert faults(plain, schema) == []
    for key, wrong in (
        ("kind", "other"),
        ("steps", [{"what": 5}]),
        ("time_limit", {"amount": 5, "unit": "day"}),
        ("dossier_sets", "1"),
        ("secret", 1),
    ):
        assert faults({**plain, key: wrong}, schema), key


def test_two_agencies_of_one_name_are_written_apart(signed_in: Any, province: Province) -> None:
    one, other = (make_agency("Phòng Nội vụ", parent=parent) for parent in province.districts)
    make_version(one, name="Một", status=Status.PUBLISHED)
    make_version(other, name="Hai", status=Status.PUBLISHED)
    rows = sheet(signed_in, "cot=co-quan")[1:]
    assert [row[2] for row in rows] == [
        f"Phòng Nội vụ (mã {other.pk})",
        f"Phòng Nội vụ (mã {one.pk})",
    ]


def test_the_agency_of_that_day(signed_in: Any, province: Province) -> None:
    home, justice = province.departments
    version = make_version(home, status=Status.PUBLISHED, valid_from=date(2023, 1, 1))
    procedure = version.procedure
    Tenure.objects.filter(procedure=procedure).update(ended_on=date(2024, 1, 1))
    Tenure.objects.create(procedure=procedure, agency=justice, started_on=date(2024, 1, 1))
    procedure.change(seen_version=procedure.version, agency=justice)
    assert sheet(signed_in, "cot=co-quan&ngay=2023-06-01")[1][2] == "Sở Nội vụ"
    assert sheet(signed_in, "cot=co-quan")[1][2] == "Sở Tư pháp"


@pytest.mark.usefixtures("some")
def test_too_much_for_one_file_is_said(signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MOST_ROWS", 2)
    answer = signed_in.get("/thu-tuc/xuat/?sort=-ten", follow=True)
    assert answer.redirect_chain[0][0] == "/thu-tuc/?sort=-ten"
    assert "hơn 2 dòng" in answer.content.decode()
    assert content(signed_in, "q=tham")


@pytest.mark.usefixtures("some")
def test_the_links_keep_what_is_asked(signed_in: Any) -> None:
    page = BeautifulSoup(signed_in.get("/thu-tuc/?q=tham&sort=-ten").content, "html.parser")
    links = [str(a["href"]) for a in page.select('main a[href^="/thu-tuc/xuat/"]')]
    assert links[0] == "/thu-tuc/xuat/?q=tham&sort=-ten&dang=xlsx"
    assert len(links) == 5
    for link in links:
        assert content(signed_in, link.partition("?")[2])
