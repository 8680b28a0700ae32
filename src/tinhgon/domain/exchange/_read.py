"""From a package to a message: what is missing or wrong is said with the words of its element."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lxml import etree

from tinhgon.domain.vntext import is_plausible, nfc

from ._check import check, check_size, check_status
from ._codes import PackageRefused
from ._limits import DEFAULT, MEDIA_TYPES, Limits
from ._model import VIETNAM, Attachment, Message, StatusMessage
from ._table import (
    DIALECTS,
    HEADER,
    SOAP,
    STATUS,
    TRACE,
    Dialect,
    Group,
    Kind,
    Leaf,
    Part,
)
from ._tree import parse, unpack_single

_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: .*)?")
_TIME = re.compile(r"[T ](\d{1,2}):(\d{2})(?::(\d{2}))?")
_CID = "cid:"
_DIGESTS = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_PACKED_KINDS = ("docx", "xlsx", "odt", "ods")  # are zips by themselves


def read_package(data: bytes, *, limits: Limits = DEFAULT) -> Message | StatusMessage:
    """
    Read an edXML file of either dialect: a document, or the state of one.

    :raises PackageRefused: with the code that the exchange expects.
    """
    root = parse(data, limits)
    if (status := _status_element(root)) is not None:
        found = StatusMessage(**_values(status, STATUS, _namespace(status)))
        found = replace(found, code=found.code.zfill(2) if found.code else "")
        check_status(found)
        return found
    form = _dialect_of(root)
    message = replace(
        _message(root, form, limits), attachments=tuple(_attachments(root, form, limits))
    )
    check(message, limits)
    return message


def _message(root: etree._Element, form: Dialect, limits: Limits) -> Message:
    headers = _at(root, form.header[0], form.namespace)
    if len(headers) != 1:
        raise PackageRefused(
            "22",
            "Gói tin không có phần thông tin văn bản (MessageHeader)."
            if not headers
            else f"Gói tin chứa {len(headers)} văn bản; mỗi gói tin chỉ được chứa một.",
        )
    traces = next((found for p in form.trace if (found := _at(root, p, form.namespace))), [])
    if len(traces) > 1:
        raise PackageRefused("22", "Gói tin có nhiều phần theo dõi (TraceHeaderList).")
    values = _values(headers[0], HEADER, form.namespace)
    if traces:
        values |= _values(traces[0], TRACE, form.namespace)
    return Message(**values)


def _dialect_of(root: etree._Element) -> Dialect:
    name, namespace = etree.QName(root).localname, _namespace(root)
    for form in DIALECTS:
        if namespace == form.namespace and name in form.roots:
            return form
    raise PackageRefused(
        "22",
        f"Phần tử gốc “{name[:60]}” với không gian tên “{namespace[:100] or 'để trống'}” không "
        "phải của gói tin edXML.",
    )


def _status_element(root: etree._Element) -> etree._Element | None:
    """Return the state of a document: alone, in a SOAP envelope, or in that of a dialect."""
    namespaces = [form.namespace for form in DIALECTS]
    tops = [root]
    if _namespace(root) == SOAP:
        tops = _at(root, "Header", SOAP)
    for namespace in namespaces:
        for top in tops:
            if etree.QName(top).localname == "Status" and _namespace(top) == namespace:
                return top
            for path in ("Status", "edXMLEnvelope/edXMLHeader/Status", "MessageHeader/Status"):
                found = _at(top, path, namespace)
                if len(found) > 1:
                    raise PackageRefused("22", "Gói tin chứa nhiều trạng thái cùng lúc.")
                if found:
                    return found[0]
    return None


def _values(element: etree._Element, parts: Sequence[Part], namespace: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for part in parts:
        value = (
            _leaf(element, part, namespace)
            if isinstance(part, Leaf)
            else _group(element, part, namespace)
        )
        if value is not None:
            values[part.field] = value
    return values


def _record(record: type, element: etree._Element, parts: Sequence[Part], namespace: str) -> Any:
    return record(**_values(element, parts, namespace))


def _group(element: etree._Element, part: Group, namespace: str) -> Any:
    found = _at(element, part.path, namespace)
    if part.many:
        return tuple(_record(part.record, each, part.parts, namespace) for each in found)
    if len(found) > 1:
        raise PackageRefused("22", f"Phần {part.words} ({part.path}) có nhiều hơn một lần.")
    return _record(part.record, found[0], part.parts, namespace) if found else None


def _leaf(element: etree._Element, part: Leaf, namespace: str) -> Any:
    for path in part.paths:
        found = _at(element, path, namespace)
        texts = [text for each in found if (text := _text(each))]
        if part.many:
            return tuple(texts)
        if len(found) > 1:
            raise PackageRefused("22", f"Phần {part.words} ({path}) có nhiều hơn một lần.")
        if texts:
            return _typed(texts[0], part, path)
    return None


def _typed(text: str, part: Leaf, path: str) -> Any:
    value: Any = text
    match part.kind:
        case Kind.WHOLE:
            value = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None
        case Kind.DAY:
            value = _day(text)
        case Kind.MOMENT:
            value = _moment(text)
    if value is None:
        raise PackageRefused("22", f"Không đọc được {part.words} ({path}): “{text[:60]}”.")
    return value


def _day(text: str) -> date | None:
    if found := _DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    return named if is_plausible(named) else None


def _moment(text: str) -> datetime | None:
    day, clock = _day(text), _TIME.search(text)
    if day is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        return None


def _attachments(root: etree._Element, form: Dialect, limits: Limits) -> Iterator[Attachment]:
    found = next((f for p in form.attachments if (f := _at(root, p, form.namespace))), [])
    if len(found) > limits.attachments:
        raise PackageRefused("21", f"Gói tin có quá {limits.attachments} tệp đính kèm.")
    announced = _announced(root, form)
    digests = _digests(root, form)
    left = limits.content
    for element in found:
        attachment = _attachment(element, form, limits, left=left)
        left -= len(attachment.data)
        if announced is not None and attachment.content_id not in announced:
            raise PackageRefused(
                "22", f"Tệp “{attachment.name[:100]}” không có trong danh sách đính kèm (Manifest)."
            )
        _check_digest(attachment, digests)
        yield attachment
    ids = {_bare(_named(each, form, "content_id")) for each in found}
    if announced is not None and (missing := announced - ids):
        raise PackageRefused("21", f"Thiếu nội dung của tệp đính kèm {min(missing)[:100]}.")


def _attachment(element: etree._Element, form: Dialect, limits: Limits, *, left: int) -> Attachment:
    """Return an attachment of at most `left` bytes: what the package may still bring."""
    name = _named(element, form, "name")
    text = "".join(_raw(element, form.attachment["data"], form.namespace).split())
    check_size(len(text) * 3 // 4 - 2, name, limits, left=left)
    data = _decoded(text, name)
    kind = name.rpartition(".")[2].lower()
    if data.startswith(b"PK\x03\x04") and kind not in _PACKED_KINDS:
        # Programs of the national exchange pack each file by itself before they encode it.
        unpacked = unpack_single(data, limits, most=limits.attachment)
        data = data if unpacked is None else unpacked
    check_size(len(data), name, limits, left=left)
    return Attachment(
        name=name,
        data=data,
        content_type=MEDIA_TYPES.get(kind, "application/octet-stream"),
        content_id=_bare(_named(element, form, "content_id")),
        description=_named(element, form, "description"),
    )


def _decoded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as e:
        raise PackageRefused(
            "21", f"Không giải mã được nội dung của tệp “{name[:100]}” (base64)."
        ) from e


def _announced(root: etree._Element, form: Dialect) -> set[str] | None:
    """Return the ids of the manifest; None where the envelope has none of its own."""
    if not form.manifest:
        return None
    references = _at(root, f"{form.manifest}/Reference", form.namespace)
    ids = [_bare(_named(each, form, "content_id")) for each in references]
    if len(set(ids)) < len(ids):
        raise PackageRefused("22", "Danh sách đính kèm (Manifest) có mã tệp trùng nhau.")
    return set(ids)


def _digests(root: etree._Element, form: Dialect) -> dict[str, tuple[str, bytes]]:
    """Return what the signature says of attachments: algorithm and digest by content id."""
    found: dict[str, tuple[str, bytes]] = {}
    for place in _at(root, form.signature, form.namespace) if form.signature else []:
        for reference in place.iter("{*}Reference"):
            uri = reference.get("URI", "")
            method, value = reference.find("{*}DigestMethod"), reference.find("{*}DigestValue")
            if not uri.startswith(_CID) or method is None or value is None:
                continue
            if algorithm := _DIGESTS.get(method.get("Algorithm", "")):
                try:
                    digest = base64.b64decode(_text(value), validate=True)
                except (binascii.Error, ValueError) as e:
                    raise PackageRefused("22", "Giá trị băm trong chữ ký bị hỏng.") from e
                found[_bare(uri)] = (algorithm, digest)
    return found


def _check_digest(attachment: Attachment, digests: dict[str, tuple[str, bytes]]) -> None:
    algorithm, digest = digests.get(attachment.content_id, ("", b""))
    if algorithm and hashlib.new(algorithm, attachment.data).digest() != digest:
        raise PackageRefused(
            "21", f"Tệp “{attachment.name[:100]}” không khớp giá trị băm ghi trong gói tin."
        )


def _named(element: etree._Element, form: Dialect, field: str) -> str:
    found = _at(element, form.attachment[field], form.namespace)
    return _text(found[0]) if found else ""


def _raw(element: etree._Element, name: str, namespace: str) -> str:
    found = _at(element, name, namespace)
    return "".join(map(str, found[0].itertext())) if found else ""


def _bare(content_id: str) -> str:
    return content_id.removeprefix(_CID)


def _at(element: etree._Element, path: str, namespace: str) -> list[etree._Element]:
    """
    Return the elements at the path, of the namespace or of none.

    Programs in use leave the namespace off what stands outside the inner envelope.
    """
    found = [element]
    for step in path.split("/"):
        names = {f"{{{namespace}}}{step}", step}
        found = [child for each in found for child in each if child.tag in names]
    return found


def _namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or ""


def _text(element: etree._Element) -> str:
    """Return the text of an element without elements, in one line; "" of any other."""
    if len(element):
        return ""
    return clean(element.text or "")


def clean(text: str) -> str:
    """Return the text as messages hold it: NFC, one line, without control characters."""
    kept = "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else " " for c in text)
    return " ".join(nfc(kept).split())
