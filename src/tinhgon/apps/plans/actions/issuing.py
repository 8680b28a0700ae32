"""A legal text that was changed, as it was signed, and how it enters the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import LegalChangeMove
from tinhgon.apps.plans.models import LegalChange
from tinhgon.apps.plans.queries.issuing import Issuer
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.legalref import code_faults, split_code
from tinhgon.domain.officialdoc import OfficialDoc, Signature, signing_fault
from tinhgon.domain.vntext import fold, format_date

from ._texts import move_text


@dataclass(frozen=True, slots=True)
class IssuedText:
    """
    The new text as it was signed, and the first day on which it is law.

    `as_printed`: the person says that the symbol stands so on the paper, unusual as it is.
    """

    issuer: Issuer
    doc_type: str
    number: str
    symbol: str
    issued_on: date
    in_force_on: date
    subject: str
    signer_name: str = ""
    signer_title: str = ""
    signer_authority: str = ""
    as_printed: bool = False
    upload: Upload | None = None

    @property
    def code(self) -> tuple[str, str]:
        """Number and symbol as the register keeps them."""
        return split_code(self.number, self.symbol)


@transaction.atomic
def issue_text(
    *, change: LegalChange, text: IssuedText, by: User, at: datetime, seen: int
) -> Document:
    """
    Record the new text as it was signed; it is law from its day on.

    It stands in the register of its issuer; one from outside, such as a ministry, among what came
    in to the agency that works on the text. A document that changes several texts is entered once.

    :raises IllegalMove, PermissionDenied: as `policies.check_text`; also if `by` may not record
        what the issuer signs.
    :raises StaleObject: if the text changed since `seen` was seen.
    :raises FileRefused: if the file cannot be taken.
    :raises Refused: if its days cannot be, or number, symbol, kind, issuer and signature do not
        fit together.
    """
    policies.check_text(by, LegalChangeMove.ISSUE, change)
    if text.issuer.agency is not None:
        policies.check_issuer(by, change, text.issuer.agency)
    _check_days(text, at.date())
    _check_code(text)
    _check_signature(text)
    file = files.store_optional(text.upload, at=at)
    document, entries = _document(change, text, file, by=by, at=at)
    moved = move_text(
        change,
        LegalChangeMove.ISSUE,
        by=by,
        seen=seen,
        document=document,
        in_force_on=text.in_force_on,
    )
    changes = (
        *moved,
        audit.Change("Văn bản", "", f"{document.title} của {document.agency_name}"),
        audit.Change("Có hiệu lực từ", "", format_date(text.in_force_on)),
    )
    audit.record_all([audit.Entry("plans.text_issued", change, changes), *entries], by=by, at=at)
    return document


def _check_days(text: IssuedText, today: date) -> None:
    if text.issued_on > today:
        raise Refused("Ngày ban hành không thể sau hôm nay.", "issued_on")
    if text.in_force_on < text.issued_on:
        raise Refused("Ngày có hiệu lực không thể trước ngày ban hành.", "in_force_on")


def _check_code(text: IssuedText) -> None:
    faults = code_faults(
        *text.code, kind=text.doc_type.strip(), issuer=text.issuer.body, year=text.issued_on.year
    )
    for fault in faults:
        if fault.is_sure:
            raise Refused(fault.words, fault.field)
        if not text.as_printed:
            words = f"{fault.words} Nếu văn bản in đúng như vậy thì đánh dấu ô này."
            raise Refused(words, "as_printed")


def _check_signature(text: IssuedText) -> None:
    if not (text.signer_title.strip() or text.signer_authority.strip()):
        return
    fault = signing_fault(
        text.signer_authority, text.signer_title, is_collective=text.issuer.is_collective
    )
    if fault:
        raise Refused(fault[1], f"signer_{fault[0]}")


def _document(
    change: LegalChange, text: IssuedText, file: StoredFile | None, *, by: User, at: datetime
) -> tuple[Document, list[audit.Entry]]:
    """Return the document in the register, and what the trail is still to say of it."""
    owner = text.issuer.agency or change.agency
    known = _known(owner, text)
    if known is not None:
        lacks = file is not None and known.file_id is None
        if not lacks:
            return known, []
        entry = documents.register_outgoing(document=known, values={}, file=file, by=by, at=at)
        return known, [entry]
    if text.issuer.agency is None:
        return _incoming(change.agency, text, file, by=by, at=at), []
    return _outgoing(owner, text, file, by=by, at=at)


def _known(owner: Agency, text: IssuedText) -> Document | None:
    """Return the document where it is in the register already, by another text that it changes."""
    number, symbol = text.code
    rows = Document.objects.filter(
        direction=Direction.OUTGOING if text.issuer.agency else Direction.INCOMING,
        owner=owner,
        number=number[:20],
        symbol=symbol[:60],
        issued_on=text.issued_on,
        agency_name=text.issuer.name[:255],
        legal_changes__isnull=False,
    )
    kind = fold(text.doc_type.strip()[:60])
    return next((each for each in rows.order_by("pk") if fold(each.doc_type) == kind), None)


def _outgoing(
    owner: Agency, text: IssuedText, file: StoredFile | None, *, by: User, at: datetime
) -> tuple[Document, list[audit.Entry]]:
    number, symbol = text.code
    document = documents.draft_outgoing(
        owner=owner,
        doc_type=text.doc_type.strip()[:60],
        symbol=symbol,
        subject=text.subject.strip(),
        by=by,
        at=at,
    )
    values: dict[str, str | date | None] = {
        "number": number[:20],
        "issued_on": text.issued_on,
        "agency_name": text.issuer.name[:255],
        "signer_name": text.signer_name.strip()[:150],
        "signer_title": text.signer_title.strip()[:150],
        "signer_authority": text.signer_authority.strip()[:200],
    }
    entry = documents.register_outgoing(document=document, values=values, file=file, by=by, at=at)
    return document, [entry]


def _incoming(
    owner: Agency, text: IssuedText, file: StoredFile | None, *, by: User, at: datetime
) -> Document:
    number, symbol = text.code
    authority = tuple(part.strip() for part in text.signer_authority.split(";") if part.strip())
    doc = OfficialDoc(
        agency=text.issuer.name,
        number=number,
        symbol=symbol,
        date=text.issued_on,
        doc_type=text.doc_type.strip(),
        subject=text.subject.strip(),
        signature=Signature(authority, text.signer_title.strip(), text.signer_name.strip()),
    )
    return documents.register_incoming(
        doc=doc, text="", cited=(), owner=owner, file=file, by=by, at=at
    )
