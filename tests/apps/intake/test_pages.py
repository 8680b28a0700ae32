"""The pages of a batch, through the door people use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import make_record, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.procedures.models import Procedure
from tinhgon.domain.procedures import guard
from tinhgon.domain.sheets import read_sheets

from .sheets import HEADINGS, line, previewed, receive, receive_decision, workbook, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
EVIL = "\"'><img src=x onerror=alert(1)></p></title><script>alert(1)</script>"
Htmx = Callable[..., Any]


@pytest.fixture
def signed_in(client: StrictClient, officer: User) -> StrictClient:
    client.force_login(officer)
    return client


def send(client: StrictClient, province: Province, data: bytes, name: str = "a.xlsx") -> Any:
    file = SimpleUploadedFile(name, data)
    agency = province.departments[0].pk
    return client.post(reverse("intake:sheet"), {"file": file, "agency": agency})


def url(name: str, batch: Batch, *more: int) -> str:
    return reverse(f"intake:{name}", args=[batch.pk, *more])


def test_from_upload_to_undo_without_javascript(
    signed_in: StrictClient, province: Province
) -> None:
    response = send(signed_in, province, workbook(HEADINGS, line(), line(), line(code="NB-9")))
    batch = Batch.objects.get()
    assert response["Location"] == batch.get_absolute_url()
    assert "Đối chiếu tiếp" in signed_in.get(batch.get_absolute_url()).content.decode()

    signed_in.post(url("advance", batch), {"version": batch.version})
    batch.refresh_from_db()
    page = signed_in.get(batch.get_absolute_url()).content.decode()
    assert "Ghi 2 dòng" in page
    assert "Không có thủ tục mang mã NB-9" in page

    stopped = signed_in.post(url("write", batch), {"version": batch.version, "stop_on_error": "on"})
    assert stopped.status_code == 422
    assert not Procedure.objects.exists()
    signed_in.post(url("write", batch), {"version": batch.version, "as_proposals": "on"})
    assert Procedure.objects.count() == 2

    batch.refresh_from_db()
    page = signed_in.get(batch.get_absolute_url()).content.decode()
    assert Procedure.objects.all()[0].local_code in page
    signed_in.post(url("undo", batch), {"version": batch.version})
    assert not Procedure.objects.exists()
    assert signed_in.get(batch.get_absolute_url()).status_code == 200


def test_htmx_goes_on_by_itself_and_then_shows_the_preview(
    signed_in: StrictClient, province: Province, officer: User, htmx: Htmx, monkeypatch: Any
) -> None:
    batch = receive(province.departments[0], officer, *(line() for _ in range(300)))
    monkeypatch.setattr(
        actions, "advance", lambda real=actions.advance, **kw: real(**kw, seconds=0)
    )
    first = htmx(url("advance", batch), {"version": batch.version})
    assert "250/300 dòng" in first.content.decode()
    assert 'hx-trigger="load' in first.content.decode()
    batch.refresh_from_db()
    last = htmx(url("advance", batch), {"version": batch.version})
    assert last["HX-Redirect"] == batch.get_absolute_url()


def test_a_step_of_an_old_page_is_refused(
    signed_in: StrictClient, province: Province, officer: User, htmx: Htmx
) -> None:
    batch = receive(province.departments[0], officer, line())
    response = htmx(url("advance", batch), {"version": batch.version + 1})
    assert response.status_code == 422
    assert "Người khác đang làm đợt nhập này" in response.content.decode()
    plain = signed_in.post(url("advance", batch), {"version": batch.version + 1})
    assert plain.status_code == 409


def test_the_preview_filters_and_stays_within_its_queries(
    signed_in: StrictClient, province: Province, officer: User
) -> None:
    version = make_version(province.departments[0], officer, name="Cử công chức đi đào tạo")
    changed = [line(replace(version.record, result="Khác"))]
    lines = [line() for _ in range(150)]
    batch = previewed(province.departments[0], officer, *changed, *lines, line(code="NB-x"))

    page = BeautifulSoup(signed_in.get(batch.get_absolute_url()).content, "html.parser")
    assert len(page.select("tbody tr")) == 100
    assert [tab.get_text(" ", strip=True) for tab in page.select("nav.tabs a")] == [
        "Tất cả 152",
        "Mới 150",
        "Có thay đổi 1",
        "Có lỗi 1",
    ]
    second = signed_in.get(f"{batch.get_absolute_url()}?page=2")
    assert len(BeautifulSoup(second.content, "html.parser").select("tbody tr")) == 52
    changed_page = signed_in.get(f"{batch.get_absolute_url()}?loc=thay-doi").content.decode()
    assert "<ins>Khác</ins>" in changed_page
    signed_in.get(f"{batch.get_absolute_url()}?loc=loi")
    signed_in.get(f"{batch.get_absolute_url()}?loc=khac&page=x")


def test_choices_for_rows_and_for_all_of_a_verdict(
    signed_in: StrictClient, province: Province, officer: User
) -> None:
    batch = previewed(province.departments[0], officer, line(), line())
    first = batch.rows.first()
    assert first is not None
    signed_in.post(url("choose", batch), {"version": batch.version, f"r{first.pk}": "skip"})
    assert list(batch.rows.values_list("choice", flat=True)) == ["skip", "add"]
    batch.refresh_from_db()
    signed_in.post(
        url("choose", batch), {"version": batch.version, "verdict": "new", "choice": "skip"}
    )
    assert set(batch.rows.values_list("choice", flat=True)) == {"skip"}
    batch.refresh_from_db()
    forged = signed_in.post(url("choose", batch), {"version": batch.version, "r999999": "add"})
    assert forged.status_code == 422


def test_columns_are_matched_on_a_page(signed_in: StrictClient, province: Province) -> None:
    data = workbook(["DANH MỤC"], ["STT", "Tên việc", "Ngành"], [1, "Nâng bậc lương", "Nội vụ"])
    send(signed_in, province, data)
    batch = Batch.objects.get()
    page = signed_in.get(f"{url('columns', batch)}?dong=2").content.decode()
    assert "B: Tên việc" in page
    assert "Nâng bậc lương" in page

    values = {"version": batch.version, "c1": "name", "c2": "name"}
    assert signed_in.post(f"{url('columns', batch)}?dong=2", values).status_code == 422
    values["c2"] = "field"
    assert signed_in.post(f"{url('columns', batch)}?dong=2", values).status_code == 302
    batch.refresh_from_db()
    assert (batch.status, batch.columns, batch.total) == ("matched", {"name": 1, "field": 2}, 1)


def test_wrong_rows_go_out_and_come_back(
    signed_in: StrictClient, province: Province, officer: User
) -> None:
    bad = line(make_record("Nâng bậc lương trước thời hạn"), code="NB-9")
    batch = previewed(province.departments[0], officer, line(), bad)

    data = signed_in.get(url("errors", batch)).content
    [sheet] = read_sheets(data, "xlsx", most_rows=100)
    assert sheet.lines[0][-1] == "Lỗi"
    assert "A3 Mã nội bộ: Không có thủ tục mang mã NB-9." in str(sheet.lines[1][-1])
    lines = [[None, *sheet.lines[1][1:]]]
    again = previewed(province.departments[0], officer, data=workbook(sheet.lines[0], *lines))
    assert again.rows.get().verdict == "new"


def test_the_template_has_lists_and_a_guide_and_comes_back_the_same(
    signed_in: StrictClient, province: Province, officer: User
) -> None:
    make_version(province.departments[0], officer)
    address = f"{reverse('intake:template')}?co-quan={province.departments[0].pk}&day-du=on"
    data = signed_in.get(address).content

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('type="list"') >= 6
    assert "<sheetProtection" in sheet
    names = [each.name for each in read_sheets(data, "xlsx", most_rows=100)]
    assert names[0] == "Thủ tục"
    assert "Hướng dẫn" in names
    batch = previewed(province.departments[0], officer, data=data)
    assert list(batch.rows.values_list("verdict", flat=True)) == ["same"]


def test_the_template_of_another_branch_is_not_given(
    signed_in: StrictClient, province: Province
) -> None:
    address = f"{reverse('intake:template')}?co-quan={province.departments[1].pk}"
    assert signed_in.get(address).status_code == 404


def test_a_stranger_knows_nothing_of_a_batch(
    client: StrictClient, province: Province, officer: User, stranger: User
) -> None:
    batch = previewed(province.departments[0], officer, line())
    client.force_login(stranger)
    for name in ("detail", "file", "errors", "columns"):
        assert client.get(url(name, batch)).status_code == 404
    for name in ("advance", "choose", "write", "undo", "discard", "again", "fill"):
        assert client.post(url(name, batch), {"version": batch.version}).status_code == 404
    assert "danh-muc.xlsx" not in client.get(reverse("intake:list")).content.decode()


@pytest.mark.parametrize("role", ["clerk", "leader"])
def test_who_only_sees_changes_nothing(
    client: StrictClient, province: Province, officer: User, role: str
) -> None:
    batch = previewed(province.departments[0], officer, line())
    client.force_login(make_user(province.departments[0], role))
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Ghi vào danh mục" not in page
    for name in ("advance", "choose", "write", "undo", "discard", "again"):
        assert client.post(url(name, batch), {"version": batch.version}).status_code == 403


def test_what_a_sheet_says_is_text_on_every_page(
    signed_in: StrictClient, province: Province, officer: User
) -> None:
    evil = line(make_record(f"Lập kế hoạch {EVIL}", result=EVIL, field=EVIL), agency="")
    bad = line(agency=EVIL)
    batch = receive(province.departments[0], officer, evil, bad)
    signed_in.post(url("advance", batch), {"version": batch.version})
    rows = [url("row", batch, row.pk) for row in batch.rows.all()]
    for address in (batch.get_absolute_url(), reverse("intake:list"), *rows):
        soup = BeautifulSoup(signed_in.get(address).content, "html.parser")
        assert not soup.find_all("img", src="x")
        assert all(script.get("src") for script in soup.find_all("script"))
    assert "onerror=alert(1)" in signed_in.get(batch.get_absolute_url()).content.decode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_would_be_a_formula_is_text_in_and_out(
    signed_in: StrictClient, province: Province, officer: User, start: str
) -> None:
    text = f'{start}HYPERLINK("http://example.invalid";"x")'
    head = "Tên thủ tục;Mã nội bộ\n"
    quoted = guard(text).replace('"', '""')
    batch = previewed(
        province.departments[0], officer, data=f'{head}"{quoted}";NB-9\n'.encode(), name="a.csv"
    )
    assert batch.rows.get().name == text
    with zipfile.ZipFile(io.BytesIO(signed_in.get(url("errors", batch)).content)) as book:
        names = [name for name in book.namelist() if "worksheets" in name]
        assert not [name for name in names if b"<f>" in book.read(name)]


def test_a_decision_on_its_pages(client: StrictClient, province: Province, office: User) -> None:
    client.force_login(office)
    batch = receive_decision(
        province.committee,
        office,
        ("1", "Giao biên chế công chức", "Nội vụ", "Sở Nội vụ"),
        ("2", "Xét thi đua cuối năm", "Thi đua", "Cơ quan nào đó"),
    )
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "1520/QĐ-UBND" in page
    assert "Văn bản không nói rõ hình thức" in page

    values = {"version": batch.version, "agency": "", "action": "new"}
    client.post(url("fill", batch), values)
    batch.refresh_from_db()
    assert [row.verdict for row in batch.rows.all()] == ["new", "error"]
    row = batch.rows.get(verdict="error")
    client.get(url("row", batch, row.pk))
    values = {
        "version": batch.version,
        "action": "new",
        "name": row.name,
        "tier": "province",
        "agency": "Sở Tư pháp",
        "position": "2",
    }
    assert client.post(url("correct", batch, row.pk), values).status_code == 302
    row.refresh_from_db()
    assert (row.verdict, row.agency) == ("new", province.departments[1])

    batch.refresh_from_db()
    form = client.get(url("heading", batch)).content.decode()
    assert "Lương Trọng Nghĩa" in form
    values = {
        "version": batch.version,
        "number": "1521",
        "symbol": "QĐ-UBND",
        "issued_on": "30/02/2024",
        "issuer": province.committee.name,
        "signer_name": "Nguyễn Văn B",
    }
    refused = client.post(url("heading", batch), values)
    assert refused.status_code == 422
    assert "Không có ngày 30/02/2024" in refused.content.decode()
    values["issued_on"] = "03/6/2024"
    assert client.post(url("heading", batch), values).status_code == 302
    batch.refresh_from_db()
    client.post(url("write", batch), {"version": batch.version})
    batch.refresh_from_db()
    assert batch.decision is not None
    assert batch.decision.document.number == "1521"
    assert batch.decision.lines.count() == 2
    client.get(batch.get_absolute_url())


def test_a_written_batch_says_what_became_of_it(
    signed_in: StrictClient, province: Province, officer: User
) -> None:
    batch = previewed(province.departments[0], officer, line())
    write(batch, officer)
    page = signed_in.get(reverse("intake:list")).content.decode()
    assert "Đã ghi" in page
