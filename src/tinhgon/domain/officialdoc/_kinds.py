"""What a file is, by its content; its name is only checked against that."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from ._errors import Unreadable
from ._package import Package

_EXTENSIONS = ".docx, .pdf, .txt, .doc, .odt"


class Kind(StrEnum):
    """The kinds of files that can be read; the value is the extension."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    DOC = "doc"
    ODT = "odt"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SPREADSHEET = "Tệp là bảng tính, không phải văn bản. Hãy tải lên văn bản .docx hoặc .pdf."
_SLIDES = "Tệp là bài trình chiếu, không phải văn bản. Hãy tải lên văn bản .docx hoặc .pdf."
_MACRO = (
    "Tệp có chứa macro nên không được mở. Hãy lưu lại bằng Word dưới dạng “Word Document (.docx)”."
)
_NOT_DOCUMENT = f"Tệp không phải là văn bản đọc được. Hãy tải lên một trong các dạng {_EXTENSIONS}."
_ENCRYPTED = "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
_RICH_TEXT = "Tệp dạng RTF chưa đọc được. Hãy mở bằng Word và lưu lại dưới dạng .docx."
_WEB_PAGE = "Tệp là trang web, không phải văn bản. Hãy lưu văn bản dưới dạng .docx hoặc .pdf."
_NOT_UTF8 = (
    "Tệp văn bản thuần không theo bảng mã Unicode (UTF-8). "
    "Hãy mở bằng Notepad, chọn “Save as”, Encoding “UTF-8” rồi thử lại."
)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def base_name(name: str) -> str:
    """Return the file name without any path in it."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "").strip()


def kind_of(data: bytes, name: str) -> tuple[Kind, Package | None]:
    """
    Return what the file is, with the opened zip where it is one.

    :raises Unreadable: if it is nothing readable, or not what its extension says.
    """
    extension = PurePosixPath(base_name(name)).suffix.lower().removeprefix(".")
    if extension == "docm":
        raise Unreadable(_MACRO)
    kind, package = _by_content(data)
    if extension and extension not in set(Kind):
        raise Unreadable(
            f"Không đọc được tệp có đuôi “.{extension[:12]}”. "
            f"Hãy tải lên một trong các dạng {_EXTENSIONS}."
        )
    if extension and extension != kind:
        raise Unreadable(
            f"Tệp có đuôi “.{extension}” nhưng nội dung lại là dạng “.{kind}”. "
            "Hãy đổi đúng đuôi tệp hoặc lưu lại văn bản rồi thử lần nữa."
        )
    return kind, package


def _by_content(data: bytes) -> tuple[Kind, Package | None]:
    if b"%PDF-" in data[:1024]:
        return Kind.PDF, None
    if data.startswith(_ZIP):
        package = Package(data)
        return _zip_kind(package), package
    if data.startswith(_OLE):
        return _ole_kind(data), None
    if data.lstrip()[:5] == b"{\\rtf":
        raise Unreadable(_RICH_TEXT)
    decode(data)
    if data.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise Unreadable(_WEB_PAGE)
    return Kind.TXT, None


def _zip_kind(package: Package) -> Kind:
    names = package.names
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(_MACRO)
    package.check_declarations()
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise Unreadable(_MACRO)
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    if package.read("mimetype").strip().startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.ODT
    if any(name.startswith("xl/") for name in names):
        raise Unreadable(_SPREADSHEET)
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable(_SLIDES)
    raise Unreadable(_NOT_DOCUMENT)


def _ole_kind(data: bytes) -> Kind:
    """Old Office files: the names of their streams are written in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(_ENCRYPTED)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Unreadable(_MACRO)
    if "WordDocument".encode("utf-16-le") in data:
        return Kind.DOC
    if "Workbook".encode("utf-16-le") in data:
        raise Unreadable(_SPREADSHEET)
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise Unreadable(_SLIDES)
    raise Unreadable(_NOT_DOCUMENT)


def decode(data: bytes) -> str:
    """
    Return the text of a plain text file.

    :raises Unreadable: if it is no text, or text in an old encoding.
    """
    encoding = "utf-16" if data.startswith(_TEXT_MARKS[1:]) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as e:
        controls = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
        raise Unreadable(_NOT_DOCUMENT if controls > 8 else _NOT_UTF8) from e
    if "\x00" in text[:4096]:
        raise Unreadable(_NOT_DOCUMENT)
    return text
