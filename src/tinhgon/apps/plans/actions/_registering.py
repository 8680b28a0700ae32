"""A signed decision on plans as it enters the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans.models import PlanDecision
from tinhgon.apps.plans.queries.decision import code_key
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """What stands on the signed paper; `issuer` is the competent authority."""

    issuer: Agency
    subject: str
    number: str
    issued_on: date
    symbol: str = ""  # empty: as decisions of the issuer have it
    signer_name: str = ""
    signer_title: str = ""
    signer_authority: str = ""
    upload: Upload | None = None

    @property
    def full_symbol(self) -> str:
        own = f"QĐ-{self.issuer.symbol}" if self.issuer.symbol else "QĐ"
        return self.symbol.strip() or own


def register_decision(
    signed: SignedDecision,
    file: StoredFile | None,
    *,
    by: User,
    at: datetime,
    is_imported: bool = False,
) -> tuple[PlanDecision, audit.Entry]:
    """
    Enter the decision into the register, still without lines; return what to record of it.

    :raises Refused: if number or subject is missing, its day lies ahead, or the number is taken.
    :raises StaleObject: if another one took the number at this very moment.
    """
    document, entry = _document(signed, file, by=by, at=at)
    key = code_key(signed.issuer, signed.number, document.symbol, signed.issued_on)
    taken = PlanDecision.objects.select_related("document").filter(code_key=key).first()
    if taken:
        raise Refused(f"Đã ghi {taken.document.title} của cơ quan này.", "number")
    try:
        with transaction.atomic():
            decision = PlanDecision.objects.create(
                document=document,
                issuer=signed.issuer,
                code_key=key,
                is_imported=is_imported,
                recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError:
        raise StaleObject from None
    return decision, entry


def _document(
    signed: SignedDecision, file: StoredFile | None, *, by: User, at: datetime
) -> tuple[Document, audit.Entry]:
    if not signed.number.strip():
        raise Refused("Ghi số của quyết định đã ký.", "number")
    if not signed.subject.strip():
        raise Refused("Ghi trích yếu của quyết định.", "subject")
    if signed.issued_on > at.date():
        raise Refused("Ngày ký không thể sau hôm nay.", "issued_on")
    document = documents.draft_outgoing(
        owner=signed.issuer,
        doc_type="quyết định",
        symbol=signed.full_symbol,
        subject=signed.subject.strip(),
        by=by,
        at=at,
    )
    values: dict[str, str | date | None] = {
        "number": signed.number.strip()[:20],
        "issued_on": signed.issued_on,
        "signer_name": signed.signer_name.strip()[:150],
        "signer_title": signed.signer_title.strip()[:150],
        "signer_authority": signed.signer_authority.strip()[:200],
    }
    entry = documents.register_outgoing(document=document, values=values, file=file, by=by, at=at)
    return document, entry
