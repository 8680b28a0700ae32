"""Opening the zip file which a .docx or .odt is, without being harmed by it."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from ._errors import Unreadable
from ._limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, RATIO_FROM

_BROKEN = "Tệp bị hỏng hoặc tải về chưa đủ. Hãy mở lại bằng {}, lưu lại rồi thử lần nữa."
_BOMB = "Tệp nén có nội dung lớn bất thường nên không được mở. Hãy lưu lại tệp bằng {}."
_ENTITY = (
    "Tệp có khai báo XML bên ngoài (DTD, entity), văn bản {} bình thường không có. "
    "Hãy lưu lại tệp bằng {} rồi thử lần nữa."
)
_ENCRYPTED = "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
_CHUNK = 256 * 1024
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # what zipfile raises for a packing or a version that it does not know
    RuntimeError,
    ValueError,
    OSError,
    OverflowError,
)


class Package:
    """
    The parts of a zip file; every size is checked as declared and as it really is.

    `program`: what a person saves the file with again.
    """

    def __init__(self, data: bytes, *, program: str = "Word") -> None:
        self._program = program
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = self._zip.infolist()
        except _ZIP_FAULTS as e:
            raise self._fault(_BROKEN) from e
        self._check_declared()
        self._unpacked: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        return [info.filename for info in self._infos]

    def _fault(self, message: str) -> Unreadable:
        return Unreadable(message.replace("{}", self._program))

    def _check_declared(self) -> None:
        if len(self._infos) > MAX_ENTRIES:
            raise self._fault(_BOMB)
        if sum(info.file_size for info in self._infos) > MAX_UNPACKED:
            raise self._fault(_BOMB)
        for info in self._infos:
            if info.flag_bits & 0x1:
                raise Unreadable(_ENCRYPTED)
            large = info.file_size > RATIO_FROM
            if large and info.file_size > MAX_RATIO * max(1, info.compress_size):
                raise self._fault(_BOMB)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, b"" when there is none of that name."""
        if name not in self.names:
            return b""
        pieces: list[bytes] = []
        others = sum(size for other, size in self._unpacked.items() if other != name)
        self._unpacked[name] = 0
        try:
            with self._zip.open(name) as part:
                while piece := part.read(_CHUNK):
                    self._unpacked[name] += len(piece)
                    if others + self._unpacked[name] > MAX_UNPACKED:
                        raise self._fault(_BOMB)
                    pieces.append(piece)
        except _ZIP_FAULTS as e:
            raise self._fault(_BROKEN) from e
        return b"".join(pieces)

    def check_declarations(self) -> None:
        """
        Refuse document types and entities in any XML part.

        :raises Unreadable: if there is one.
        """
        for name in self.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                data = self.read(name)
                if any(mark in data for mark in _DECLARATIONS):
                    raise self._fault(_ENTITY)

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, None when there is none of that name."""
        data = self.read(name)
        if not data:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as e:
            raise self._fault(_BROKEN) from e
