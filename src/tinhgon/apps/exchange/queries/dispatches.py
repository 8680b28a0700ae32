"""Documents that went to others, and what their receivers said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self, TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import by_kind
from tinhgon.apps.audit.models import Event
from tinhgon.apps.audit.queries import history_of
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.enums import SERVICE_LABELS, Service
from tinhgon.apps.exchange.models import Arrival, Dispatch, DispatchFile, Receiver
from tinhgon.domain.exchange import STATES, Reply, StatusMessage
from tinhgon.domain.vntext import fold

from . import organs

PAGE_SIZE = 50
FEW = 20
"""Receivers that one sees at a glance: more are searched, and their groups are closed at first."""
_AT_SERVICE = [(each.value, words) for each, words in SERVICE_LABELS.items() if each]
Option = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the list, as the address says them."""

    words: str = ""
    state: str = ""
    service: str = ""
    number: str = "1"

    @classmethod
    def read(cls, query: dict[str, Any]) -> Self:
        return cls(
            words=query.get("q", "")[:200],
            state=query.get("trang-thai", ""),
            service=query.get("truc", ""),
            number=query.get("page", "1"),
        )

    def query(self) -> str:
        kept = {"q": self.words, "trang-thai": self.state, "truc": self.service}
        return urlencode({name: value for name, value in kept.items() if value})


class Row(TypedDict):
    dispatch: Dispatch
    receivers: int
    states: list[tuple[str, int]]


class DispatchesPage(TypedDict):
    page: Page[Dispatch]
    rows: list[Row]
    asked: Asked
    query: str
    states: list[Option]
    services: list[Option]


class ReceiverLine(TypedDict):
    receiver: Receiver
    code: str


class ReceiverGroup(TypedDict):
    title: str
    lines: list[ReceiverLine]
    states: list[tuple[str, int]]
    without_code: int


class DispatchPage(TypedDict):
    dispatch: Dispatch
    lines: list[ReceiverLine]
    groups: list[ReceiverGroup]
    receiver_words: str
    has_many: bool
    states: list[tuple[str, int]]
    parts: list[DispatchFile]
    arrivals: list[Arrival]
    history: list[Event]
    uses_service: bool
    can_register: bool
    can_queue: bool
    without_code: int


def uses_service() -> bool:
    """Return whether the province's service is switched on."""
    return bool(settings.LGSP_URL)


def get_visible_dispatch(*, user: User, pk: int) -> Dispatch:
    """
    Return the document that was sent, if the person may see it.

    :raises Dispatch.DoesNotExist: also when it exists but is hidden from the person.
    """
    related = ("document", "owner", "recorded_by")
    return Dispatch.objects.visible_to(user).select_related(*related).get(pk=pk)


def dispatch_of(paper: str) -> Dispatch | None:
    """Return the dispatch of a paper, where it was recorded."""
    return Dispatch.objects.filter(paper=paper).first()


def receivers_of(dispatch: Dispatch) -> list[Receiver]:
    return list(dispatch.receivers.select_related("agency"))


def codes_for(dispatch: Dispatch, receivers: Sequence[Receiver], *, today: date) -> dict[int, str]:
    """Return today's codes of the sender and of the receivers, by the key of the agency."""
    agencies = [each.agency for each in receivers if each.agency]
    return organs.codes_on(today, [dispatch.owner, *agencies])


def matching(*, user: User, asked: Asked) -> QuerySet[Dispatch]:
    """Return the documents that the filters leave, newest first."""
    rows = Dispatch.objects.visible_to(user).select_related("document", "owner")
    for word in fold(asked.words).split():
        rows = rows.filter(document__folded__contains=word)
    if asked.state in {"", *STATES} and "trang-thai" in asked.query():
        told = Receiver.objects.filter(dispatch=OuterRef("pk"), state=asked.state)
        rows = rows.filter(Exists(told))
    if asked.service in {value for value, _ in _AT_SERVICE}:
        rows = rows.filter(service=asked.service)
    receivers = Prefetch("receivers", Receiver.objects.select_related("agency"))
    return rows.prefetch_related(receivers)


def dispatches_page(*, user: User, asked: Asked) -> DispatchesPage:
    """Return one page of what the person's branch sent."""
    page = Paginator(matching(user=user, asked=asked), PAGE_SIZE).get_page(asked.number)
    return {
        "page": page,
        "rows": [_row(dispatch) for dispatch in page],
        "asked": asked,
        "query": asked.query(),
        "states": [
            (code, f"{code} – {state.words}", code == asked.state) for code, state in STATES.items()
        ],
        "services": [(value, words, value == asked.service) for value, words in _AT_SERVICE]
        if uses_service()
        else [],
    }


def _row(dispatch: Dispatch) -> Row:
    receivers = list(dispatch.receivers.all())
    return {"dispatch": dispatch, "receivers": len(receivers), "states": _states(receivers)}


def _states(receivers: Sequence[Receiver]) -> list[tuple[str, int]]:
    """Return how many receivers are in each state, the most common first."""
    return Counter(each.state_words for each in receivers).most_common()


def dispatch_page(*, user: User, dispatch: Dispatch, words: str = "", at: datetime) -> DispatchPage:
    """
    Return everything the page of one document shows; templates query nothing.

    `words`: of the names of the receivers that the groups are narrowed to.
    """
    receivers = receivers_of(dispatch)
    codes = codes_for(dispatch, receivers, today=at.date())
    lines: list[ReceiverLine] = [
        {"receiver": each, "code": each.code or codes.get(each.agency_id or 0, "")}
        for each in receivers
    ]
    service = Service(dispatch.service)
    may = policies.may_register(user, dispatch.owner)
    is_open = service in {Service.UNUSED, Service.REFUSED}
    return {
        "dispatch": dispatch,
        "lines": lines,
        "groups": _groups(lines, words),
        "receiver_words": words,
        "has_many": len(lines) > FEW,
        "states": _states(receivers),
        "parts": list(dispatch.parts.select_related("file")),
        "arrivals": list(_arrivals(user, dispatch)),
        "history": history_of(dispatch, dispatch.document),
        "uses_service": uses_service(),
        "can_register": may,
        "can_queue": may and uses_service() and is_open,
        "without_code": sum(not line["code"] for line in lines),
    }


def _groups(lines: Sequence[ReceiverLine], words: str) -> list[ReceiverGroup]:
    """Return the receivers by the kind of their agency, only those whose name has the words."""
    asked = fold(words).split()
    found = [line for line in lines if all(word in fold(line["receiver"].name) for word in asked)]
    return [
        {
            "title": title,
            "lines": group,
            "states": _states([line["receiver"] for line in group]),
            "without_code": sum(not line["code"] for line in group),
        }
        for title, group in by_kind(found, lambda line: line["receiver"].agency)
    ]


def _arrivals(user: User, dispatch: Dispatch) -> QuerySet[Arrival]:
    rows = Arrival.objects.visible_to(user).filter(dispatch=dispatch)
    return rows.order_by("-received_at", "-pk")[:20]


def get_receiver(*, dispatch: Dispatch, pk: int) -> Receiver:
    """
    :raises Receiver.DoesNotExist: if the document has no such addressee.
    """
    return dispatch.receivers.select_related("dispatch__owner", "dispatch__document").get(pk=pk)


def dispatch_meant(reply: Reply, *, owner: Agency, on: date) -> Dispatch | None:
    """
    Return the document that a message to `owner` is about: by its id, else by number, symbol and
    day. Only what `owner` or an agency below it sent is meant, and where the message says whose
    document it is, only that agency's.
    """
    found = Dispatch.objects.filter(owner__path__startswith=owner.path or "-")
    found = found.select_related("document", "owner")
    sender = organs.owners_of([reply.organ_id], on=on).get(reply.organ_id)
    if sender is not None:
        found = found.filter(owner=sender.agency)
    if reply.document_id and (same := found.filter(exchange_id=reply.document_id).first()):
        return same
    number, _, symbol = reply.code.partition("/")
    if not (number and symbol and reply.issued_on):
        return None
    rows = found.filter(
        document__number=number, document__symbol=symbol, document__issued_on=reply.issued_on
    )
    alike = list(rows[:2])
    return alike[0] if len(alike) == 1 else None


def receiver_meant(status: StatusMessage, *, owner: Agency, on: date) -> Receiver | None:
    """
    Return the receiver whose state a message to `owner` tells; None where it cannot be told for
    sure.
    """
    dispatch = dispatch_meant(status.reply, owner=owner, on=on)
    if dispatch is None:
        return None
    receivers = dispatch.receivers.select_related("dispatch__owner", "dispatch__document")
    if outside := receivers.filter(code=status.sender.id).first():
        return outside
    sender = organs.owners_of([status.sender.id], on=on).get(status.sender.id)
    return receivers.filter(agency=sender.agency).first() if sender else None
