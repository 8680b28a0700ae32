"""
What the province's service is given: only by the daily run, never while somebody waits for a page.

No step of the work depends on it: a document that waits here is registered and may be sent by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.documents import outgoing, packed
from tinhgon.apps.exchange.enums import SERVICE_LABELS, Service
from tinhgon.apps.exchange.models import Arrival, Dispatch
from tinhgon.apps.exchange.queries import dispatches
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.exchange import PackageRefused

from . import _service

MOST_TRIES = 10
MOST_SILENT = 3  # then the service is down, and the rest waits for the next run


@dataclass(slots=True)
class Sent:
    """What one run did."""

    sent: int = 0
    refused: int = 0
    silent: int = 0
    told: int = 0
    words: list[str] = field(default_factory=list)


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
        raise Refused(f"Văn bản {SERVICE_LABELS[Service(dispatch.service)]}.")
    receivers = dispatches.receivers_of(dispatch)
    codes = dispatches.codes_for(dispatch, receivers, today=at.date())
    if problems := outgoing(dispatch, receivers, codes=codes, at=at).problems:
        raise Refused(" ".join(problems))
    dispatch.change(seen_version=version, service=Service.QUEUED.value, tries=0, service_answer="")
    audit.record("exchange.queued", dispatch, by=by, at=at)
    return dispatch


def send_queued(*, by: audit.Actor, at: datetime) -> Sent:
    """
    Hand what waits to the service, one document a transaction; return what came of it.

    What it does not answer is tried again by the next run, MOST_TRIES times.
    """
    done = Sent()
    if not dispatches.uses_service():
        return done
    waiting = Dispatch.objects.filter(service=Service.QUEUED).select_related("document", "owner")
    for dispatch in waiting.order_by("recorded_at", "pk"):
        if done.silent >= MOST_SILENT:
            break
        _send(dispatch, done, by=by, at=at)
    for arrival in _untold():
        if done.silent >= MOST_SILENT:
            break
        _tell(arrival, done)
    return done


def _send(dispatch: Dispatch, done: Sent, *, by: audit.Actor, at: datetime) -> None:
    receivers = dispatches.receivers_of(dispatch)
    codes = dispatches.codes_for(dispatch, receivers, today=at.date())
    try:
        package = packed(
            dispatch, outgoing(dispatch, receivers, codes=codes, at=at).message, form="qcvn102"
        )
        answer = _service.send_package(package)
    except _service.ServiceSilent as e:
        done.silent += 1
        is_over = dispatch.tries + 1 >= MOST_TRIES
        state = Service.REFUSED if is_over else Service.QUEUED
        _wrote(dispatch, state, str(e), "", by=by, at=at)
        done.words.append(f"{dispatch}: {e}")
        return
    except PackageRefused as e:
        answer = _service.Answer(is_taken=False, words=f"{e.code} – {e}")
    if answer.is_taken:
        done.sent += 1
        _wrote(dispatch, Service.SENT, answer.words, answer.document, by=by, at=at)
    else:
        done.refused += 1
        done.words.append(f"{dispatch}: {answer.words}")
        _wrote(dispatch, Service.REFUSED, answer.words, "", by=by, at=at)


def _wrote(
    dispatch: Dispatch,
    state: Service,
    words: str,
    document: str,
    *,
    by: audit.Actor,
    at: datetime,
) -> None:
    old = Service(dispatch.service)
    with transaction.atomic():
        try:
            dispatch.change(
                seen_version=dispatch.version,
                service=state.value,
                service_answer=words[:500],
                service_id=document or dispatch.service_id,
                service_at=at,
                tries=dispatch.tries + 1,
            )
        except StaleObject:
            # Somebody wrote a state meanwhile; what the service said still counts.
            Dispatch.objects.filter(pk=dispatch.pk).update(
                service=state.value, service_answer=words[:500], service_at=at
            )
        change = audit.Change("Trục", SERVICE_LABELS[old], SERVICE_LABELS[state])
        audit.record("exchange.sent", dispatch, by=by, at=at, changes=[change], reason=words[:500])


def _untold() -> list[Arrival]:
    """Return what was taken in, or decided on, and whose sender was not told so yet."""
    rows = Arrival.objects.filter(taken_key__isnull=False, told=False).exclude(subject="status")
    return [row for row in rows.order_by("received_at")[:500] if row.state_to_tell]


def _tell(arrival: Arrival, done: Sent) -> None:
    try:
        _service.send_state(arrival.document_id, arrival.state_to_tell)
    except _service.ServiceSilent as e:
        done.silent += 1
        done.words.append(f"{arrival}: {e}")
        return
    # Refused or not, it has been told: a package that came by hand is unknown to the service.
    Arrival.objects.filter(pk=arrival.pk).update(told=True)
    done.told += 1
