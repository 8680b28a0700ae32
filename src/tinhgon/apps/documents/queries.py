from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.domain.catalogue import Decision
from tinhgon.domain.vntext import nfc

from .models import Document

HEADING = {
    "number": 20,
    "symbol": 60,
    "subject": 1000,
    "agency_name": 255,
    "signer_name": 120,
    "signer_title": 120,
    "signer_authority": 200,
}
"""The texts of a heading, with how many letters each may have."""


def heading_of(said: Decision) -> dict[str, str]:
    """Return what a decision says of itself as the register takes it; its day in ISO form."""
    texts = {
        "number": said.number,
        "symbol": said.symbol,
        "subject": said.subject,
        "agency_name": said.agency,
        "signer_name": said.signer_name,
        "signer_title": said.signer_title,
        "signer_authority": said.signer_authority,
    }
    return {
        **{name: nfc(texts[name] or "")[:most] for name, most in HEADING.items()},
        "issued_on": said.date.isoformat() if said.date else "",
    }


def get_visible_document(*, user: User, pk: int) -> Document:
    """
    Return the document, if the person may see it.

    :raises Document.DoesNotExist: also when it exists but is hidden from the person.
    """
    return Document.objects.visible_to(user).select_related("file").get(pk=pk)
