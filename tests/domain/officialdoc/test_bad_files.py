"""Files that cannot be read: each is refused with a message that says what to do."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest

from tests.domain.officialdoc.letters import DIRECTIVE_LETTER
from tests.domain.officialdoc.words import docx, docx_parts
from tinhgon.domain.officialdoc import Unreadable, read, read_text, write_pdf
from tinhgon.domain.officialdoc import _convert as convert
from tinhgon.domain.officialdoc import _scan as scan
from tinhgon.domain.officialdoc._limits import MAX_BYTES, MAX_PAGES

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF file of the objects, the first being the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def blank_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    pages = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[page] * count])


def encrypted_pdf() -> bytes:
    secret = b"(" + b"x" * 32 + b")"
    lock = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O %s /U %s >>" % (secret, secret)
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            lock,
        ],
        b"/Encrypt 4 0 R /ID [<00112233> <00112233>]",
    )


def with_entity() -> bytes:
    parts = docx_parts()
    document = parts["word/document.xml"]
    head, rest = document.split(b"?>", 1)
    entity = b'?><!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'
    return zipped({**parts, "word/document.xml": head + entity + rest})


def declared_small(data: bytes) -> bytes:
    """Return a zip whose one large part is declared to be a few bytes long."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", data)
    made = bytearray(out.getvalue())
    central = made.rfind(b"PK\x01\x02")
    made[central + 24 : central + 28] = (100).to_bytes(4, "little")
    return bytes(made)


BAD = {
    "empty": (b"", "a.docx", "rỗng"),
    "only spaces": (b"  \n \n", "a.txt", "không có nội dung chữ"),
    "not a document": (bytes(range(256)) * 40, "a.txt", "không phải là văn bản"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a.png", "không phải là văn bản"),
    "an unknown extension": ("Kính gửi: A".encode(), "a.exe", "“.exe”"),
    "pdf named docx": (blank_pages(1), "a.docx", "nội dung lại là dạng “.pdf”"),
    "docx named pdf": (docx("Xin chào"), "a.pdf", "nội dung lại là dạng “.docx”"),
    "text in an old encoding": ("Kính gửi".encode("cp1258", "replace") * 3, "a.txt", "UTF-8"),
    "rich text": (b"{\\rtf1 Xin chao}", "a.txt", "RTF"),
    "web page": (b"<!DOCTYPE html><html></html>", "a.txt", "trang web"),
    "spreadsheet": (zipped({"xl/workbook.xml": b"<x/>"}), "a.docx", "bảng tính"),
    "slides": (zipped({"ppt/presentation.xml": b"<x/>"}), "a.docx", "trình chiếu"),
    "some zip": (zipped({"a.txt": b"a"}), "a.docx", "không phải là văn bản"),
    "truncated docx": (docx("Xin chào")[:-300], "a.docx", "hỏng"),
    "docx without text part": (zipped({"word/styles.xml": b"<x/>"}), "a.docx", "không có nội dung"),
    "docx with broken xml": (
        zipped({**docx_parts(), "word/document.xml": b"<w:document>"}),
        "a.docx",
        "hỏng",
    ),
    "external entity": (with_entity(), "a.docx", "khai báo XML"),
    "entity in another part": (
        zipped({**docx_parts(), "word/footer9.xml": b'<!DOCTYPE a SYSTEM "x"><a/>'}),
        "a.docx",
        "khai báo XML",
    ),
    "macros": (zipped({**docx_parts(), "word/vbaProject.bin": b"x"}), "a.docx", "macro"),
    "macro extension": (docx("Xin chào"), "a.docm", "macro"),
    "zip bomb": (
        zipped({**docx_parts(), "word/media/a.bin": bytes(40_000_000)}),
        "a.docx",
        "bất thường",
    ),
    "zip with many parts": (
        zipped({f"word/{n}.xml": b"" for n in range(2500)}),
        "a.docx",
        "bất thường",
    ),
    "zip with a false size": (declared_small(b"<a>" + bytes(9_000_000)), "a.docx", "hỏng"),
    "too large": (b"%PDF-" + bytes(MAX_BYTES), "a.pdf", "20 MB"),
    "fifty megabytes": (b"a" * 50_000_000, "a.txt", "20 MB"),
    "encrypted pdf": (encrypted_pdf(), "a.pdf", "mật khẩu"),
    "encrypted docx": (_OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "mật khẩu"),
    "old workbook": (_OLE + "Workbook".encode("utf-16-le"), "a.doc", "bảng tính"),
    "too many pages": (blank_pages(MAX_PAGES + 1), "a.pdf", "quá 300 trang"),
    "not a pdf": (b"%PDF-1.7\nnothing here", "a.pdf", "hỏng"),
    "broken pdf": (b"%PDF-1.7\n1 0 obj\n<<>>\nstartxref\n0\n%%EOF", "a.pdf", "hỏng"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused_with_a_message(case: str) -> None:
    data, name, words = BAD[case]

    with pytest.raises(Unreadable, match=words):
        read(data, name)


def test_truncated_pdf_is_refused() -> None:
    whole = write_pdf(read_text(DIRECTIVE_LETTER))

    with pytest.raises(Unreadable, match="hỏng"):
        read(whole[: len(whole) // 2], "a.pdf")


@pytest.mark.parametrize("name", ["../../etc/a.txt", "C:\\thu\\a.txt", "a.txt", "A.TXT", "a"])
def test_a_path_in_the_name_is_no_matter(name: str) -> None:
    assert read(DIRECTIVE_LETTER.encode(), name).number == "512"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read(encoding: str) -> None:
    assert read(DIRECTIVE_LETTER.encode(encoding), "a.txt") == read_text(DIRECTIVE_LETTER)


def test_missing_libreoffice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(Unreadable, match="libreoffice-writer"):
        convert.to_docx(b"", "doc")


def test_missing_tesseract_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(Unreadable, match="tesseract-ocr và tesseract-ocr-vie"):
        read(blank_pages(1), "a.pdf")


def test_missing_vietnamese_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "tesseract")
    monkeypatch.setattr(scan, "_languages", lambda: frozenset({"eng"}))

    with pytest.raises(Unreadable, match="chưa có tiếng Việt"):
        read(blank_pages(1), "a.pdf")
