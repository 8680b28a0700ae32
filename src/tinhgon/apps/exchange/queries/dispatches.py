"""Documents that went to others, and what their receivers said."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.exchange.models import Dispatch, Receiver
from tinhgon.domain.exchange import StatusMessage

from . import organs


def dispatch_meant(*, document_id: str, code: str, issued_on: date | None) -> Dispatch | None:
    """Return the document that a message is about: by its id, else by number, symbol and day."""
    found = Dispatch.objects.select_related("document", "owner")
    if document_id and (dispatch := found.filter(exchange_id=document_id).first()):
        return dispatch
    number, _, symbol = code.partition("/")
    if not (number and symbol and issued_on):
        return None
    rows = found.filter(
        document__number=number, document__symbol=symbol, document__issued_on=issued_on
    )
    same = list(rows[:2])
    return same[0] if len(same) == 1 else None


def receiver_meant(status: StatusMessage, *, on: date) -> Receiver | None:
    """Return the receiver whose state a message tells; None where it cannot be told for sure."""
    reply = status.reply
    dispatch = dispatch_meant(
        document_id=reply.document_id, code=reply.code, issued_on=reply.issued_on
    )
    if dispatch is None:
        return None
    receivers = dispatch.receivers.select_related("dispatch__owner", "dispatch__document")
    if outside := receivers.filter(code=status.sender.id).first():
        return outside
    owner = organs.owners_of([status.sender.id], on=on).get(status.sender.id)
    return receivers.filter(agency=owner.agency).first() if owner else None
