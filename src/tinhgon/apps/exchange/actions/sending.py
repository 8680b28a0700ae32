"""
What the province's service is given: only by the daily run, never while somebody waits for a page.

No step of the work depends on it: a document that waits here is registered and may be sent by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.enums import SERVICE_LABELS, Service
from tinhgon.apps.exchange.models import Arrival, Dispatch
from tinhgon.apps.exchange.packages import NoFile, outgoing, packed
from tinhgon.apps.exchange.queries import dispatches
from tinhgon.apps.notices import actions as notices
from tinhgon.common.refusal import Refused
from tinhgon.domain.exchange import PackageRefused

from . import _service

MOST_TRIES = 10
MOST_SILENT = 3  # one after another: then the service is down, and the rest waits for the next run
_BATCH = 500


@dataclass(slots=True)
class Sent:
    """
    What one run did. `failed`: what could not be handed over for a reason of our own. `silences`:
    how often, up to now, the service did not answer one time after another.
    """

    sent: int = 0
    refused: int = 0
    failed: int = 0
    silent: int = 0
    told: int = 0
    silences: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def is_down(self) -> bool:
        return self.silences >= MOST_SILENT


@transaction.atomic
def queue_dispatch(*, dispatch: Dispatch, by: User, at: datetime, version: int) -> Dispatch:
    """
    Let the daily run hand a document to the service.

    :raises PermissionDenied: if `by` may not register documents of the sender.
    :raises Refused: if the service is off, the document is there already, or lacks something.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_register(by, dispatch.owner)
    if not dispatches.uses_service():
        raise Refused("Chưa bật kết nối với trục. Tải gói tin để gửi bằng tay.")
    if Service(dispatch.service) not in {Service.UNUSED, Service.REFUSED}:
        raise Refused(f"Văn bản {dispatch.service_words}.")
    receivers = dispatches.receivers_of(dispatch)
    codes = dispatches.codes_for(dispatch, receivers, today=at.date())
    if problems := outgoing(dispatch, receivers, codes=codes, at=at).problems:
        raise Refused(" ".join(problems))
    dispatch.change(
        seen_version=version,
        service=Service.QUEUED.value,
        queued_by=by,
        tries=0,
        service_code="",
        service_answer="",
    )
    audit.record("exchange.queued", dispatch, by=by, at=at)
    return dispatch


def send_queued(*, by: audit.Actor, at: datetime) -> Sent:
    """
    Hand what waits to the service, one document a transaction; return what came of it.

    What it does not answer is tried again by the next run, MOST_TRIES times, after what was tried
    less often: no document holds up another.
    """
    done = Sent()
    if not dispatches.uses_service():
        return done
    waiting = Dispatch.objects.filter(service=Service.QUEUED).select_related("document", "owner")
    for dispatch in waiting.order_by("tries", "recorded_at", "pk"):
        if done.is_down:
            break
        _send(dispatch, done, by=by, at=at)
    for arrival in Arrival.objects.untold().order_by("told_tries", "received_at", "pk")[:_BATCH]:
        if done.is_down:
            break
        _tell(arrival, done, by=by, at=at)
    return done


def _send(dispatch: Dispatch, done: Sent, *, by: audit.Actor, at: datetime) -> None:
    try:
        answer = _service.send_package(_package(dispatch, at))
    except (_service.ServiceSilent, NoFile) as e:
        if isinstance(e, NoFile):
            done.failed += 1
        else:
            _count_silence(done)
        is_over = dispatch.tries + 1 >= MOST_TRIES
        state = Service.REFUSED if is_over else Service.QUEUED
        _wrote(dispatch, state, _service.Answer(is_taken=False, words=str(e)), by=by, at=at)
        done.words.append(f"{dispatch}: {e}")
        return
    except PackageRefused as e:
        answer = _service.Answer(is_taken=False, words=f"{e.code} – {e}", code=e.code)
    else:
        done.silences = 0
    if answer.is_taken:
        done.sent += 1
        _wrote(dispatch, Service.SENT, answer, by=by, at=at)
    else:
        done.refused += 1
        done.words.append(f"{dispatch}: {answer.words}")
        _wrote(dispatch, Service.REFUSED, answer, by=by, at=at)


def _count_silence(done: Sent) -> None:
    done.silent += 1
    done.silences += 1


def _package(dispatch: Dispatch, at: datetime) -> bytes:
    receivers = dispatches.receivers_of(dispatch)
    codes = dispatches.codes_for(dispatch, receivers, today=at.date())
    return packed(
        dispatch, outgoing(dispatch, receivers, codes=codes, at=at).message, form="qcvn102"
    )


def _wrote(
    dispatch: Dispatch, state: Service, answer: _service.Answer, *, by: audit.Actor, at: datetime
) -> None:
    old = Service(dispatch.service)
    with transaction.atomic():
        # What the service said counts, whoever wrote on the row meanwhile.
        dispatch.refresh_from_db(from_queryset=Dispatch.objects.select_for_update())
        dispatch.change(
            seen_version=dispatch.version,
            service=state.value,
            service_code=answer.code,
            service_answer=answer.words[:500],
            service_id=answer.document or dispatch.service_id,
            service_at=at,
            tries=dispatch.tries + 1,
        )
        change = audit.Change("Trục", SERVICE_LABELS[old], SERVICE_LABELS[state])
        reason = answer.words[:500]
        audit.record("exchange.sent", dispatch, by=by, at=at, changes=[change], reason=reason)
        if state is Service.REFUSED:
            _warn(dispatch, at=at)


def _warn(dispatch: Dispatch, *, at: datetime) -> None:
    """Tell whoever sent the document that it did not go, and what to do."""
    notices.notify(
        users=[dispatch.queued_by or dispatch.recorded_by],
        kind="exchange.refused",
        text=f"{dispatch} chưa gửi được qua trục: {dispatch.service_answer}. {dispatch.todo}",
        url=dispatch.get_absolute_url(),
        at=at,
    )


def _tell(arrival: Arrival, done: Sent, *, by: audit.Actor, at: datetime) -> None:
    try:
        answer = _service.send_state(arrival.document_id, arrival.state_to_tell)
    except _service.ServiceSilent as e:
        _count_silence(done)
        done.words.append(f"{arrival}: {e}")
        if arrival.told_tries + 1 < MOST_TRIES:
            rows = Arrival.objects.filter(pk=arrival.pk)
            rows.update(told_tries=F("told_tries") + 1, told_answer=str(e)[:500])
            return
        answer = _service.Answer(is_taken=False, words=str(e))
    else:
        done.silences = 0
    if answer.is_taken:
        done.told += 1
    else:
        # A package that came by hand is unknown to the service: it is told by hand as well.
        done.refused += 1
        done.words.append(f"{arrival}: {answer.words}")
    _noted(arrival, answer, by=by, at=at)


def _noted(arrival: Arrival, answer: _service.Answer, *, by: audit.Actor, at: datetime) -> None:
    words = "" if answer.is_taken else answer.words[:500]
    with transaction.atomic():
        Arrival.objects.filter(pk=arrival.pk).update(told=True, told_answer=words)
        said = "trục đã nhận" if answer.is_taken else "trục từ chối"
        change = audit.Change("Báo bên gửi", "", f"{arrival.state_to_tell}: {said}")
        audit.record("exchange.told", arrival, by=by, at=at, changes=[change], reason=words)
