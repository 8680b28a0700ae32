"""How far a document got at one of its receivers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.models import Receiver
from tinhgon.common.refusal import Refused
from tinhgon.domain.exchange import STATES


@transaction.atomic
def tell_state(
    *,
    receiver: Receiver,
    state: str,
    told_at: datetime,
    note: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> bool:
    """
    Write what a receiver said of a document; return whether it is news.

    What was said before the state that is known does not undo it: messages overtake one another,
    and the row is read anew for a message, which nobody is there to send again.

    :param told_at: when the receiver said it.
    :param version: of the receiver as the person saw it; None for a message, which asks nobody.
    :raises PermissionDenied: if `by` may not register documents of the sender.
    :raises Refused: for a state that is not in the table, or a moment that is to come.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_register(by, receiver.dispatch.owner)
    if state not in STATES:
        raise Refused("Chọn một trạng thái trong bảng.", "state")
    if told_at > at:
        raise Refused("Thời điểm này chưa đến.", "told_on")
    is_message = version is None
    if is_message:
        receiver.refresh_from_db(from_queryset=Receiver.objects.select_for_update())
    if is_message and receiver.state_at is not None and told_at < receiver.state_at:
        return False
    change = audit.Change(receiver.name, receiver.state_words, STATES[state].words)
    receiver.change(
        seen_version=receiver.version if version is None else version,
        state=state,
        state_at=told_at,
        state_note=note[:500],
    )
    audit.record(
        "exchange.state_told", receiver.dispatch, by=by, at=at, changes=[change], reason=note[:500]
    )
    return True
