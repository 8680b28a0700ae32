"""
The messages of the exchange as values; what the sender left out is empty or None, never guessed.

Texts are NFC with single spaces. Days are of Vietnam; moments carry their time zone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ._codes import Business

VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Organ:
    """A sender or receiver: `id` is its code in the exchange (mã định danh, "H37.02.010")."""

    id: str = ""
    in_charge: str = ""  # the agency above it
    name: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The document that a message answers, or that it is about."""

    organ_id: str = ""
    code: str = ""  # "318/UBND-TTPVHCC"
    issued_on: date | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A place that the message went through."""

    organ_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    department: str = ""
    staff: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the message is for, and why; `document_id`: of the document to recall or change."""

    kind: int = Business.NEW.value
    reason: str = ""
    document_id: str = ""
    paper: int = 0  # 1 where a copy on paper follows
    staff: Staff | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the package under the name that its receiver sees."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"
    content_id: str = ""
    description: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def kind(self) -> str:
        """The extension of its name, in small letters."""
        return self.name.rpartition(".")[2].lower()


@dataclass(frozen=True, slots=True)
class Message:
    """One official document on its way from one agency to others."""

    document_id: str = ""
    sender: Organ = Organ()
    receivers: tuple[Organ, ...] = ()
    replies: tuple[Reply, ...] = ()
    number: str = ""
    symbol: str = ""
    place: str = ""
    issued_on: date | None = None
    type_code: int | None = None  # 1: of legal effect, 2: administrative
    type_name: str = ""  # "Công văn"
    type_detail: int | None = None
    subject: str = ""
    content: str = ""
    signer_authority: str = ""  # "KT. CHỦ TỊCH"
    signer_title: str = ""
    signer_name: str = ""
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    priority: int | None = None  # 0 to 3: none, khẩn, thượng khẩn, hỏa tốc
    sphere: str = ""
    typist: str = ""
    copies: int | None = None
    pages: int | None = None
    appendixes: tuple[str, ...] = ()
    steering: int | None = None  # 1 where the document gives orders
    traces: tuple[Trace, ...] = ()
    purpose: Purpose = Purpose()
    attachments: tuple[Attachment, ...] = ()

    @property
    def code(self) -> str:
        """Số, ký hiệu: "318/UBND-TTPVHCC"."""
        return "/".join(part for part in (self.number, self.symbol) if part)

    @property
    def business(self) -> Business:
        return Business(self.purpose.kind)


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """What one receiver says of a document that was sent to it; `code` is a key of STATES."""

    reply: Reply = Reply()
    sender: Organ = Organ()
    code: str = ""
    description: str = ""
    at: datetime | None = None
    staff: Staff | None = None
