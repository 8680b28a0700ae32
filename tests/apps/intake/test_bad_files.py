"""Files that are wrong in themselves: each refused in words, and nothing kept of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.models import Batch

from .sheets import HEADINGS, LATER, decision_text, line, receive_decision, upload, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
GOOD = workbook(HEADINGS, line())
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
CSV = "Tên thủ tục;Lĩnh vực\nNâng bậc lương;Nội vụ\n"


def packed(data: bytes = GOOD, **changed: bytes) -> bytes:
    """Return the workbook with parts added or replaced."""
    out = io.BytesIO()
    parts = {name.replace("__", "/"): content for name, content in changed.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name) if name in parts else old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_xml(body: str) -> bytes:
    name = '<row r="1"><c r="A1" t="inlineStr"><is><t>Tên thủ tục</t></is></c></row>'
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><sheetData>{name}{body}</sheetData></worksheet>'
    ).encode()


def with_sheet(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, sheet_xml(body) if is_sheet else old.read(name))
    return out.getvalue()


def many_rows() -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Việc {n}</t></is></c></row>'
        for n in range(2, 200_002)
    )
    return with_sheet(rows)


BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "a.xlsx", "Tệp không có nội dung"),
    "wrong extension": (GOOD, "a.docx", "Không nhận loại tệp"),
    "another kind behind the name": (b"%PDF-1.7 ...", "a.xlsx", "không đúng với phần mở rộng"),
    "truncated": (GOOD[: len(GOOD) // 2], "a.xlsx", "không đúng với phần mở rộng"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "mật khẩu"),
    "old and broken": (OLE + "Workbook".encode("utf-16-le"), "a.xls", "Không đọc được tệp"),
    "macro": (packed(xl__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
              "a.xlsx", "macro"),
    "entities": (packed(xl__more_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>').replace(
        b"more_xml", b"more.xml"), "a.xlsx", "DTD"),
    "zip bomb": (packed(xl__media=bytes(160 * 1024 * 1024)), "a.xlsx", "lớn bất thường"),
    "200,000 rows": (many_rows(), "a.xlsx", "200.001 dòng; mỗi lần nhập tối đa 50.000"),
    "one cell far away": (
        with_sheet('<row r="2"><c r="XFD2"><v>1</v></c></row>'), "a.xlsx", "16384 cột"),
    "one cell far below": (with_sheet('<row><c r="A999999"><v>1</v></c></row>'), "a.xlsx",
                           "quá rộng"),
    "no headings": (workbook([1, 2], [3, 4]), "a.xlsx", "dòng tiêu đề"),
    "headings alone": (workbook(HEADINGS), "a.xlsx", "Tệp không có dòng nào dưới dòng tiêu đề"),
    "no text": (bytes(range(256)) * 4, "a.csv", "không đúng với phần mở rộng"),
    "mixed encodings": (
        CSV.encode() + "Thẩm định;Đất đai\n".encode("cp1258", "ignore") + b"\xd2\xf0\n",
        "a.csv",
        "nhiều bảng mã",
    ),
    "an old font": (b"Ten thu tuc;Linh vuc\nN\xa9ng b\xcbc l\xad\xacng tr\xad\xedc\n" * 9, "a.csv",
                    "bảng mã"),
    "quotes that do not close": (CSV.encode() + b'"abc;d\ne', "a.csv", "ngoặc kép"),
    "200,000 lines": (CSV.encode() + b"a;b\n" * 200_000, "a.csv", "tối đa 50.000"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_sheet_is_refused_in_words(
    client: StrictClient, province: Province, officer: User, case: str
) -> None:
    data, name, words = BAD[case]
    client.force_login(officer)
    response = client.post(
        reverse("intake:sheet"),
        {"file": SimpleUploadedFile(name, data), "agency": province.departments[0].pk},
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Batch.objects.exists()
    assert not StoredFile.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(
    client: StrictClient, officer: User
) -> None:
    client.force_login(officer)
    response = client.post(
        reverse("intake:sheet"), {"file": SimpleUploadedFile("a.xlsx", bytes(50 * 1024 * 1024))}
    )
    assert response.status_code == 413


def test_a_file_a_little_too_large_is_refused(
    client: StrictClient, province: Province, officer: User, settings: Any
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    client.force_login(officer)
    response = client.post(
        reverse("intake:sheet"),
        {"file": SimpleUploadedFile("a.xlsx", GOOD), "agency": province.departments[0].pk},
    )
    assert response.status_code in {413, 422}
    assert not Batch.objects.exists()


def clerk(province: Province) -> User:
    return make_user(province.committee, "clerk")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "qd.docx", "Tệp không có nội dung"),
        (GOOD, "qd.docx", "không đúng với phần mở rộng"),
        (GOOD, "qd.xlsx", "Không nhận loại tệp"),
        (b"PK\x03\x04", "qd.docx", "không đúng với phần mở rộng"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "qd.docx", "mật khẩu"),
    ],
)
def test_a_file_that_is_no_decision_is_refused_at_the_door(
    client: StrictClient, province: Province, data: bytes, name: str, words: str
) -> None:
    client.force_login(clerk(province))
    response = client.post(
        reverse("intake:decision"),
        {"file": SimpleUploadedFile(name, data), "agency": province.committee.pk},
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chỉ là một đoạn văn, không có danh mục nào.", "Không thấy danh mục thủ tục nào"),
        (decision_text().partition("PHỤ LỤC")[0], "Không thấy danh mục thủ tục nào"),
        ("%PDF-1.7 hỏng", "Tệp"),
    ],
)
def test_a_decision_without_a_list_says_so_and_can_be_put_aside(
    client: StrictClient, province: Province, text: str, words: str
) -> None:
    user = clerk(province)
    name = "qd.pdf" if text.startswith("%PDF") else "qd.txt"
    batch = actions.receive_decision(
        upload=upload(text.encode(), name, ""), agency=province.committee, by=user, at=LATER
    )
    client.force_login(user)
    response = client.post(reverse("intake:advance", args=[batch.pk]), {"version": batch.version})
    assert response.status_code == 422
    assert words in response.content.decode()
    batch.refresh_from_db()
    client.post(reverse("intake:discard", args=[batch.pk]), {"version": batch.version})
    batch.refresh_from_db()
    assert batch.status == "discarded"


def test_a_day_that_does_not_exist_is_left_open(province: Province) -> None:
    row = ("1", "Giao biên chế công chức", "Nội vụ", "Sở Nội vụ")
    text = decision_text(row).replace("ngày 12 tháng 8 năm 2024", "ngày 31 tháng 02 năm 2024")
    text = text.replace("ngày 12/8/2024", "ngày 31/02/2024")
    user = make_user(province.committee, "coordinator")
    batch = receive_decision(province.committee, user, text=text)
    assert batch.heading["issued_on"] == ""
    row_of = batch.rows.get()
    actions.fill_missing(
        batch=batch,
        agency=row_of.agency or province.departments[0],
        action=None,
        by=user,
        at=LATER,
        seen=batch.version,
    )
    batch.rows.update(choice="add", verdict="new", action="new")
    with pytest.raises(actions.Refused, match="ngày ký"):
        actions.write_batch(batch=batch, stop_on_error=False, by=user, at=LATER, seen=batch.version)
