from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import VIETNAM
from tinhgon.apps.files.actions import FileRefused, store_file
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.files.http import send_file
from tinhgon.apps.files.models import StoredFile

AT = datetime(2024, 3, 27, 9, tzinfo=VIETNAM)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
PDF = b"%PDF-1.7\n%%EOF"


def packed(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if first:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


ODT = packed("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text"))
ODS = packed("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"))
DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")

GOOD = {
    "bao-cao.pdf": PDF,
    "BÁO CÁO.PDF": PDF,
    "cv.docx": DOCX,
    "cv.doc": stream("WordDocument"),
    "bang.xlsx": XLSX,
    "bang.xls": stream("Workbook"),
    "cv.odt": ODT,
    "bang.ods": ODS,
    "anh.png": b"\x89PNG\r\n\x1a\n....",
    "anh.jpeg": b"\xff\xd8\xff\xe0....",
}


def store(data: bytes, name: str, **values: Any) -> StoredFile:
    return store_file(**{"data": data, "name": name, "content_type": "", "at": AT, **values})


def files_on_disk(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", GOOD)
def test_every_kind_of_proof_is_kept_and_read_back(name: str) -> None:
    stored = store(GOOD[name], name)

    assert stored.name == name
    assert stored.size == len(GOOD[name])
    with stored.content.open("rb") as file:
        assert file.read() == GOOD[name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "trong.pdf", "không có nội dung"),
        (PDF, "cv.docx", "không đúng với phần mở rộng"),
        (DOCX, "cv.xlsx", "không đúng với phần mở rộng"),
        (DOCX, "cv.odt", "không đúng với phần mở rộng"),
        (DOCX[:-30], "cut.docx", "không đúng với phần mở rộng"),
        (stream("WordDocument"), "cv.xls", "không đúng với phần mở rộng"),
        (stream("EncryptedPackage"), "cv.docx", "mật khẩu"),
        (packed("a.txt"), "bo.zip", "Không nhận loại tệp"),
        (b"MZ...", "virus.exe", "Không nhận loại tệp"),
        (b"<html>", "trang.html", "Không nhận loại tệp"),
        (DOCX, "cv.docm", "Không nhận loại tệp"),
        (
            packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "m.docx",
            "macro",
        ),
        (stream("WordDocument") + stream("_VBA_PROJECT"), "m.doc", "macro"),
        (
            packed(
                "Basic/script-lc.xml",
                first=("mimetype", b"application/vnd.oasis.opendocument.text"),
            ),
            "m.odt",
            "macro",
        ),
        (PDF, "khong-duoi", "phần mở rộng"),
        (PDF, ".pdf", "phần mở rộng"),
        (b"Cong van", "cv.txt", "Không nhận loại tệp"),
    ],
)
def test_what_is_refused_leaves_nothing(data: bytes, name: str, words: str, settings: Any) -> None:
    with pytest.raises(FileRefused, match=words):
        store(data, name)

    assert not StoredFile.objects.exists()
    assert files_on_disk(settings) == []


@pytest.mark.django_db
def test_a_page_in_disguise_is_refused() -> None:
    with pytest.raises(FileRefused, match="Không nhận loại tệp"):
        store(PDF, "a.pdf", content_type="text/html")


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_with_the_limit(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024

    with pytest.raises(FileRefused, match="1 MB"):
        store(PDF + bytes(1024 * 1024), "to.pdf")


@pytest.mark.django_db
def test_a_zip_bomb_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        with archive.open("word/document.xml", "w") as member:
            for _ in range(301):
                member.write(bytes(1024 * 1024))

    with pytest.raises(FileRefused):
        store(buffer.getvalue(), "bom.docx")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\bao cao.pdf", "bao cao.pdf"),
        ("báo\ncáo.pdf", "báocáo.pdf"),
        ("\u202efdp.bao-cao.pdf", "fdp.bao-cao.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_only_the_base_name_is_kept(sent: str, kept: str) -> None:
    assert store(PDF, sent).name == kept


@pytest.mark.django_db
def test_letters_may_be_plain_text_but_no_binary() -> None:
    assert store("Công văn".encode(), "cv.txt", allowed=LETTERS).size
    with pytest.raises(FileRefused):
        store(b"a\0b", "cv.txt", allowed=LETTERS)


@pytest.mark.django_db(transaction=True)
def test_the_same_content_is_on_disk_once_under_both_names(settings: Any) -> None:
    one, two = store(PDF, "mot.pdf"), store(PDF, "hai.pdf")

    assert one.content.name == two.content.name
    assert one.sha256[:10] in str(one.content.name)
    assert (one.name, two.name) == ("mot.pdf", "hai.pdf")
    assert len(files_on_disk(settings)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_file_along(settings: Any) -> None:
    with transaction.atomic():
        store(PDF, "mot.pdf")
        assert len(files_on_disk(settings)) == 1
        transaction.set_rollback(True)

    assert files_on_disk(settings) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_the_content_that_another_record_has(settings: Any) -> None:
    store(PDF, "mot.pdf")
    with transaction.atomic():
        store(PDF, "hai.pdf")
        transaction.set_rollback(True)

    assert len(files_on_disk(settings)) == 1


@pytest.mark.django_db
def test_a_file_is_sent_as_a_download_that_no_browser_runs() -> None:
    response = send_file(store(PDF, 'Báo cáo "quý I".pdf'))

    assert response.getvalue() == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''B%C3%A1o%20c%C3%A1o" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()
