"""From a message to a package, in either dialect."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lxml import etree

from ._check import check, check_status
from ._codes import PackageRefused
from ._limits import DEFAULT, Limits
from ._model import VIETNAM, Attachment, Message, StatusMessage
from ._table import HEADER, SOAP, STATUS, TRACE, XLINK, Dialect, Leaf, Part, dialect

_SOAP_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"


def write_package(
    message: Message, *, form: str = "qcvn102", draft: bool = False, limits: Limits = DEFAULT
) -> bytes:
    """
    Return the message as an edXML file.

    `draft`: for a document that the e-office has still to number and sign, whatever it lacks; such
    a package is refused by `read_package`, here and elsewhere.

    :raises PackageRefused: for a message that this very system would not take in.
    """
    if not draft:
        check(message, limits)
    written = dialect(form)
    # One prefix for all: programs in use look for "edXML:" by name.
    root = etree.Element(
        f"{{{written.namespace}}}{written.roots[0]}", nsmap={"edXML": written.namespace}
    )
    _fill(_made(root, written.header[0]), message, HEADER)
    trace = _made(root, written.trace[0])
    trace.set("version", "1.0")
    trace.set("mustUnderstand", "1")
    trace.set("actor", _SOAP_ACTOR)
    _fill(trace, message, TRACE)
    _attach(root, message.attachments, written)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def write_status(status: StatusMessage, *, form: str = "qcvn102") -> bytes:
    """
    Return the state of a document as the exchange passes it on: in a SOAP envelope.

    :raises PackageRefused: for a state that is not known or belongs to no document.
    """
    check_status(status)
    namespace = dialect(form).namespace
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"SOAP-ENV": SOAP, "edXML": namespace})
    header = etree.SubElement(root, f"{{{SOAP}}}Header")
    _fill(etree.SubElement(header, f"{{{namespace}}}Status"), status, STATUS)
    etree.SubElement(root, f"{{{SOAP}}}Body")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _fill(element: etree._Element, value: Any, parts: Sequence[Part]) -> None:
    for part in parts:
        held = getattr(value, part.field)
        many = held if part.many else [held]
        if isinstance(part, Leaf):
            for each in many:
                if each not in (None, ""):
                    _put(element, part, each)
            continue
        for record in many:
            if record is not None:
                _fill(_added(element, part.path), record, part.parts)


def _put(element: etree._Element, part: Leaf, value: Any) -> None:
    *above, last = part.paths[0].split("/")
    parent = _made(element, "/".join(above)) if above else element
    try:
        _added(parent, last).text = _words(value)
    except ValueError as e:  # what XML cannot hold
        raise PackageRefused("22", f"Phần {part.words} có ký tự không hợp lệ.") from e


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%Y/%m/%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value.year:04}/{value.month:02}/{value.day:02}"
    return str(value)


def _attach(root: etree._Element, attachments: Sequence[Attachment], form: Dialect) -> None:
    for number, attachment in enumerate(attachments, start=1):
        content_id = attachment.content_id or f"tep-{number}-{attachment.sha256[:16]}"
        values = {
            "name": attachment.name,
            "content_type": attachment.content_type,
            "content_id": content_id,
            "description": attachment.description,
            "data": base64.b64encode(attachment.data).decode("ascii"),
        }
        if form.manifest:
            reference = _added(_made(root, form.manifest), "Reference")
            reference.set(f"{{{XLINK}}}href", f"cid:{content_id}")
            reference.set(f"{{{XLINK}}}type", "simple")
            announced = {k: v for k, v in values.items() if k != "data"}
            _name_all(reference, announced | {"content_id": f"cid:{content_id}"}, form)
        *above, last = form.attachments[0].split("/")
        _name_all(_added(_made(root, "/".join(above)), last), values, form)


def _name_all(element: etree._Element, values: dict[str, str], form: Dialect) -> None:
    for field, tag in form.attachment.items():
        if values.get(field):
            _added(element, tag).text = values[field]


def _made(element: etree._Element, path: str) -> etree._Element:
    """Return the element at the path, making what is not there."""
    for step in path.split("/"):
        found = element.find(_tag(element, step))
        element = _added(element, step) if found is None else found
    return element


def _added(element: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(element, _tag(element, name))


def _tag(element: etree._Element, name: str) -> str:
    return f"{{{etree.QName(element).namespace}}}{name}"
