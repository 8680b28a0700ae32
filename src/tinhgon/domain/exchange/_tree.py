"""From bytes to elements, without being harmed: no declarations, no network, bounded in all."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from lxml import etree

from ._codes import PackageRefused
from ._limits import Limits, megabytes

_ZIP = b"PK\x03\x04"
_CHUNK = 256 * 1024
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # what zipfile raises for a packing that it does not know
    RuntimeError,
    ValueError,
    OSError,
    OverflowError,
)


def parse(data: bytes, limits: Limits) -> etree._Element:
    """
    Return the root of a package: an XML file, or a zip that holds exactly one.

    :raises PackageRefused: 10 for what is no such file, is too big, or declares entities.
    """
    if len(data) > limits.package:
        raise PackageRefused("10", f"Gói tin lớn hơn {megabytes(limits.package)} MB.")
    if data.startswith(_ZIP):
        data = _unpacked(data, limits)
    _survey(data, limits)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # bounded above; without it base64 of 10 MB would not be read
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise PackageRefused("10", "Tệp không phải là XML đúng quy cách.") from e
    return root


def unpack_single(data: bytes, limits: Limits, *, most: int) -> bytes | None:
    """
    Return the one file of a zip, None where the zip holds more or other things than one file.

    :raises PackageRefused: 21 where it unpacks to more than `most` or is no whole zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            if len(infos) != 1 or infos[0].is_dir():
                return None
            return _read(packed, infos[0], limits, most=most, code="21")
    except _ZIP_FAULTS as e:
        raise PackageRefused("21", "Tệp nén đính kèm bị hỏng hoặc được đặt mật khẩu.") from e


def _unpacked(data: bytes, limits: Limits) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = [info for info in packed.infolist() if not info.is_dir()]
            if len(infos) != 1:
                raise PackageRefused(
                    "10", f"Tệp nén phải chứa đúng một gói tin, tệp này chứa {len(infos)} tệp."
                )
            return _read(packed, infos[0], limits, most=limits.package, code="10")
    except _ZIP_FAULTS as e:
        raise PackageRefused("10", "Tệp nén bị hỏng hoặc được đặt mật khẩu.") from e


def _read(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, *, most: int, code: str
) -> bytes:
    """Unpack with one's own count: what a zip says of its sizes need not be so."""
    most = min(most, max(info.compress_size * limits.ratio, _CHUNK))
    content = bytearray()
    with packed.open(info) as file:
        while chunk := file.read(_CHUNK):
            content += chunk
            if len(content) > most:
                raise PackageRefused(code, "Tệp nén có nội dung lớn bất thường nên không được mở.")
    return bytes(content)


class _Survey:
    """
    Counts elements, attributes and depth, and stops at any declaration, before a tree is made.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._depth = self._elements = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._declared

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1 + len(attributes)
        if self._depth > self._limits.depth or self._elements > self._limits.elements:
            raise PackageRefused("10", "Gói tin có quá nhiều tầng, phần tử hoặc thuộc tính.")

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _declared(self, *declaration: object) -> None:
        raise _declares()


def _survey(data: bytes, limits: Limits) -> None:
    survey = _Survey(limits)
    try:
        given = 0
        for piece in _pieces(data):
            survey.parser.Parse(piece, False)  # noqa: FBT003 — expat takes it by place only
            given += len(piece)
            # A tag is held whole until it ends: one that does not is stopped, not gathered.
            if given - survey.parser.CurrentByteIndex > limits.mark:
                raise PackageRefused("10", "Gói tin có một thẻ dài bất thường.")
        survey.parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, LookupError) as e:
        raise PackageRefused("10", "Tệp không phải là XML đúng quy cách.") from e


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))


def _declares() -> PackageRefused:
    return PackageRefused(
        "10", "Gói tin có khai báo DTD hoặc entity, là điều gói tin edXML không được có."
    )
