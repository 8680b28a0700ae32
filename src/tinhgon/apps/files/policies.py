from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Mapping
from pathlib import PurePosixPath, PureWindowsPath

from tinhgon.common.refusal import Refused

NAME_LIMIT = 200
_UNPACKED_LIMIT = 300 * 1024 * 1024
_ENTRIES_LIMIT = 10_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ACTIVE_TYPES = re.compile(r"html|javascript|svg|x-msdownload|x-sh\b|x-msdos|executable")


class FileRefused(Refused):
    """The file may not be kept; the message says why, for the person who sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "file")


class StoreUnwritable(FileRefused):
    """The storage takes no file now: its disk is full, or it does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "Kho tệp của hệ thống không ghi được nên tệp chưa được lưu. Thử lại sau ít phút; nếu "
            "vẫn không được, báo quản trị hệ thống (tinhgon doctor)."
        )


def clean_name(name: str) -> str:
    """
    Return the base name of what a browser sent, without folders or control characters.

    :raises FileRefused: if nothing is left of it.
    """
    base = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", name)).name).name
    # Cf holds the marks that turn the direction of writing, with which "exe.fdp" reads as
    # "pdf.exe".
    base = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs"}).strip()
    stem, dot, extension = base.rpartition(".")
    if not dot or not stem.strip("."):
        raise FileRefused("Tên tệp không có phần mở rộng. Hãy đặt lại tên, ví dụ: bao-cao.pdf.")
    return f"{stem[: NAME_LIMIT - len(extension) - 1]}.{extension}"


def check(
    *, data: bytes, name: str, content_type: str, allowed: Collection[str], limit: int
) -> str:
    """
    Return the kind of the file (an extension of `enums.CONTENT_TYPES`), by name and content alike.

    :raises FileRefused: if it is empty, too big, of a kind that is not allowed, holds something
        else than its name says, or carries macros.
    """
    if not data:
        raise FileRefused(f"Tệp “{name}” không có nội dung.")
    if len(data) > limit:
        raise FileRefused(
            f"Tệp “{name}” lớn hơn mức cho phép là {limit // (1024 * 1024)} MB. "
            "Hãy chia nhỏ hoặc nén bớt hình ảnh trong tệp."
        )
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind not in allowed or _ACTIVE_TYPES.search(content_type.lower()):
        listed = ", ".join(sorted(allowed))
        raise FileRefused(f"Không nhận loại tệp của “{name}”. Các loại được nhận: {listed}.")
    if not _LOOKS[kind](data):
        raise FileRefused(_why(kind, data, name))
    if _has_macros(kind, data):
        raise FileRefused(f"Tệp “{name}” có chứa macro. Hãy lưu lại thành tệp không có macro.")
    return kind


def _why(kind: str, data: bytes, name: str) -> str:
    if kind in {"docx", "xlsx"} and data.startswith(_OLE):
        return (
            f"Tệp “{name}” được đặt mật khẩu hoặc lưu theo định dạng cũ. "
            f"Hãy bỏ mật khẩu và lưu lại thành .{kind}."
        )
    return f"Nội dung tệp “{name}” không đúng với phần mở rộng .{kind}, hoặc tệp bị hỏng."


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    """
    Return the entries of a packed document; none where it is no such thing or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    # The last is what zipfile raises for a packing or a version that it does not know.
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []
    size = sum(member.file_size for member in members)
    return members if size <= _UNPACKED_LIMIT and len(members) <= _ENTRIES_LIMIT else []


def _ooxml(part: str) -> Callable[[bytes], bool]:
    def looks(data: bytes) -> bool:
        names = {member.filename for member in _members(data)}
        return "[Content_Types].xml" in names and part in names

    return looks


def _odf(mimetype: str) -> Callable[[bytes], bool]:
    # OpenDocument puts an uncompressed "mimetype" first, so that it can be told by its first bytes.
    start = re.compile(rb"PK\x03\x04.{26}mimetype" + re.escape(mimetype.encode()), re.DOTALL)
    return lambda data: bool(start.match(data)) and bool(_members(data))


def _ole(*streams: str) -> Callable[[bytes], bool]:
    names = [stream.encode("utf-16-le") for stream in streams]
    return lambda data: data.startswith(_OLE) and any(name in data for name in names)


def _text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 0
    return b"\0" not in data


_LOOKS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": lambda data: b"%PDF-" in data[:1024],
    "docx": _ooxml("word/document.xml"),
    "xlsx": _ooxml("xl/workbook.xml"),
    "odt": _odf("application/vnd.oasis.opendocument.text"),
    "ods": _odf("application/vnd.oasis.opendocument.spreadsheet"),
    "doc": _ole("WordDocument"),
    "xls": _ole("Workbook", "Book"),
    "png": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
    "jpg": lambda data: data.startswith(b"\xff\xd8\xff"),
    "txt": _text,
    "csv": _text,
}


def _has_macros(kind: str, data: bytes) -> bool:
    if kind in {"doc", "xls"}:
        return "_VBA_PROJECT".encode("utf-16-le") in data
    if kind in {"docx", "xlsx"}:
        return any(
            member.filename.lower().endswith(("vbaproject.bin", "vbadata.xml"))
            for member in _members(data)
        )
    if kind in {"odt", "ods"}:
        return any(member.filename.startswith(("Basic/", "Scripts/")) for member in _members(data))
    return False
