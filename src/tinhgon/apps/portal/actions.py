"""What everybody may send us, and what the Office does with it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
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
_MAILED_WITHIN = 7  # days in which the mail of an answer is tried again
_log = logging.getLogger(__name__)


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

    Whoever left an e-mail gets the answer by mail, each answer once, as soon as it is committed.

    :raises IllegalMove, PermissionDenied, StaleObject: as `_move`.
    """
    change = audit.Change("Trả lời", suggestion.answer, answer)
    again = suggestion.answer == answer
    mailed_at = suggestion.answer_mailed_at if again else None
    _move(
        suggestion,
        Move.ANSWER,
        by=by,
        at=at,
        seen=seen,
        changes=(change,),
        answer=answer,
        answer_mailed_at=mailed_at,
        reason="",
    )
    transaction.on_commit(lambda: mail_answer(pk=suggestion.pk, at=at))


def mail_answer(*, pk: int, at: datetime) -> bool:
    """
    Mail the answer to who left an e-mail, unless it went out already; return whether it did now.

    What the server of mail does not take waits for the daily run.
    """
    waiting = queries.answers_to_mail().filter(pk=pk)
    if not waiting.update(answer_mailed_at=at):
        return False
    suggestion = Suggestion.objects.select_related("procedure").get(pk=pk)
    try:
        notices.mail_outside(
            address=suggestion.sender_email,
            subject=f"Trả lời góp ý về thủ tục {suggestion.procedure.local_code}",
            body=render_to_string("portal/mail/answer.txt", queries.answer_letter(suggestion)),
        )
    except OSError:
        _log.warning("answer to suggestion %s could not be mailed", pk, exc_info=True)
        Suggestion.objects.filter(pk=pk, answer_mailed_at=at).update(answer_mailed_at=None)
        return False
    return True


def mail_answers(*, at: datetime) -> int:
    """Mail the answers of the last days that could not be mailed when they were given."""
    since = at - timedelta(days=_MAILED_WITHIN)
    waiting = queries.answers_to_mail().filter(decided_at__gte=since).order_by("pk")
    return sum(mail_answer(pk=pk, at=at) for pk in waiting.values_list("pk", flat=True))


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
