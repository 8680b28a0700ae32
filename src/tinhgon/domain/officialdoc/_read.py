"""The door for files and text."""

from __future__ import annotations

from typing import Any

from ._model import OfficialDoc
from ._parse import parse
from ._text import text_lines


def read_text(text: str, *, notes: bool = False) -> OfficialDoc:
    """
    Read pasted text.

    With `notes`, lines beginning "# " are notes about the capture, not text of the document.
    `Source.line` counts all lines of the given text from 1.
    """
    return parse(text_lines(text, notes=notes))


def header_json(doc: OfficialDoc) -> dict[str, Any]:
    """Return the head and foot of the document as plain values, one key a field."""
    signature = doc.signature
    return {
        "agency": doc.agency,
        "parent_agency": doc.parent_agency,
        "number": doc.number,
        "symbol": doc.symbol,
        "place": doc.place,
        "date": doc.date.isoformat() if doc.date else None,
        "date_text": doc.date_text,
        "doc_type": doc.doc_type,
        "subject": doc.subject,
        "addressees": list(doc.addressees),
        "recipients": list(doc.recipients),
        "signer_authority": "; ".join(signature.authority) or None if signature else None,
        "signer_title": signature.title or None if signature else None,
        "signer_name": signature.name or None if signature else None,
        "urgency": doc.urgency,
        "secrecy": doc.secrecy,
    }
