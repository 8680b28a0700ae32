"""What everybody may send us, and what the Office does with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from tinhgon.apps.accounts import queries as accounts
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.access import Permission
from tinhgon.domain.suggesting import SUGGESTION, Arrival, Refusal, refusal

from . import policies, queries
from .enums import STATUS_LABELS, Move, Status
from .models import Suggestion

PUBLIC = audit.System("public", "Người góp ý trên trang công khai")
_LONGEST = 200  # letters of a name in a notice


class NotTaken(Exception):
    """The suggestion is turned away."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """
    What somebody sent. `address` is where from; `seconds` since he opened the form, None where that
    is not known; `trap` is what stands in the input that people do not see.
    """

    text: str
    address: str
    seconds: float | None
    step: int | None = None
    name: str = ""
    email: str = ""
    trap: str = ""


@transaction.atomic
def send_suggestion(*, version: ProcedureVersion, sent: Sent, at: datetime) -> Suggestion:
    """
    Keep a suggestion on a published version until the Office has looked at it.

    :raises NotTaken: with the reason.
    """
    digest = address_digest(sent.address, at=at)
    arrival = Arrival(
        seconds=sent.seconds,
        trap=sent.trap,
        sent=queries.count_sent(digest),
        waiting=queries.count_waiting(at.date()),
    )
    if why := refusal(arrival):
        raise NotTaken(why)
    suggestion = Suggestion.objects.create(
        procedure=version.procedure,
        version_number=version.number,
        step=sent.step,
        text=sent.text,
        sender_name=sent.name,
        sender_email=sent.email,
        address_digest=digest,
        sent_at=at,
    )
    name = version.name if len(version.name) <= _LONGEST else f"{version.name[:_LONGEST]}…"
    notices.notify(
        users=accounts.holding(version.procedure.agency, Permission.CHECK_PROCEDURE, on=at.date()),
        kind="portal.suggested",
        text=f"Góp ý mới về thủ tục: {name}",
        url=suggestion.get_absolute_url(),
        at=at,
    )
    audit.record("portal.suggested", suggestion, by=PUBLIC, at=at)
    return suggestion


def address_digest(address: str, *, at: datetime) -> str:
    """
    Return what is kept of an address: the same for one day, and no way back to it.

    The salt has the key of the site in it, and is another one each day.
    """
    salt = f"tinhgon.portal.{at.date().isoformat()}"
    return salted_hmac(salt, address, algorithm="sha256").hexdigest()


@transaction.atomic
def show_suggestion(*, suggestion: Suggestion, by: User, at: datetime, seen: int) -> None:
    """
    Let the public read it, without an answer.

    :raises IllegalMove, PermissionDenied, StaleObject: as `_move`.
    """
    _move(suggestion, Move.SHOW, by=by, at=at, seen=seen, answer="", reason="")


@transaction.atomic
def answer_suggestion(
    *, suggestion: Suggestion, answer: str, by: User, at: datetime, seen: int
) -> None:
    """
    Let the public read it together with the answer, which takes the place of an earlier one.

    :raises IllegalMove, PermissionDenied, StaleObject: as `_move`.
    """
    change = audit.Change("Trả lời", suggestion.answer, answer)
    _move(
        suggestion,
        Move.ANSWER,
        by=by,
        at=at,
        seen=seen,
        changes=(change,),
        answer=answer,
        reason="",
    )


@transaction.atomic
def decline_suggestion(
    *, suggestion: Suggestion, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Keep it from the public; the reason is for the Office alone.

    :raises IllegalMove, PermissionDenied, StaleObject: as `_move`.
    """
    _move(suggestion, Move.DECLINE, by=by, at=at, seen=seen, answer="", reason=reason)


def _move(
    suggestion: Suggestion,
    move: Move,
    *,
    by: User,
    at: datetime,
    seen: int,
    changes: tuple[audit.Change, ...] = (),
    **values: Any,
) -> None:
    """
    Move it along the table of states.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check(by, move, suggestion)
    old = Status(suggestion.status)
    new = SUGGESTION.transition_for(old, move).to
    suggestion.change(seen_version=seen, status=new.value, decided_at=at, decided_by=by, **values)
    state = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
    audit.record(
        "portal.suggestion_moved",
        suggestion,
        by=by,
        at=at,
        changes=[state, *changes],
        reason=values["reason"],
    )
