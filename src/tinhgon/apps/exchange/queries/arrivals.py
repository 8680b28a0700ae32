"""The log of packages that came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.audit.queries import history_of
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.enums import CHANGES, HANDLING_LABELS, Handling, Subject
from tinhgon.apps.exchange.models import Arrival, ArrivalFile
from tinhgon.domain.access import Permission
from tinhgon.domain.exchange import ANSWERS, Message
from tinhgon.domain.vntext import fold

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the log, as the address says them."""

    words: str = ""
    subject: str = ""
    handling: str = ""
    answer: str = ""
    number: str = "1"

    @classmethod
    def read(cls, query: dict[str, Any]) -> Self:
        return cls(
            words=query.get("q", "")[:200],
            subject=query.get("loai", ""),
            handling=query.get("tinh-trang", ""),
            answer=query.get("ma", ""),
            number=query.get("page", "1"),
        )

    def query(self) -> str:
        kept = {
            "q": self.words,
            "loai": self.subject,
            "tinh-trang": self.handling,
            "ma": self.answer,
        }
        return urlencode({name: value for name, value in kept.items() if value})


Option = tuple[str, str, bool]


class ArrivalsPage(TypedDict):
    page: Page[Arrival]
    asked: Asked
    query: str
    subjects: list[Option]
    handlings: list[Option]
    answers: list[Option]
    can_receive: bool


class ArrivalPage(TypedDict):
    arrival: Arrival
    parts: list[ArrivalFile]
    history: list[Event]
    can_handle: bool
    is_change: bool


def get_visible_arrival(*, user: User, pk: int) -> Arrival:
    """
    Return the package, if the person may see it.

    :raises Arrival.DoesNotExist: also when it exists but is hidden from the person.
    """
    related = ("owner", "received_by", "handled_by", "directive__document", "dispatch__document")
    return Arrival.objects.visible_to(user).select_related(*related, "earlier").get(pk=pk)


def get_file(*, arrival: Arrival, pk: int) -> ArrivalFile:
    """
    :raises ArrivalFile.DoesNotExist: if the package has no such file.
    """
    return arrival.parts.select_related("file").get(pk=pk)


def earlier_of(message: Message, *, owner: Agency) -> Arrival | None:
    """
    Return the arrival of the document that a message to `owner` asks to recall, update or replace:
    what the same sender sent to the same agency.
    """
    taken = Arrival.objects.filter(owner=owner, sender_id=message.sender.id)
    taken = taken.filter(taken_key__isnull=False).exclude(subject=Subject.STATUS)
    ids = {message.purpose.document_id, *(reply.document_id for reply in message.replies)} - {""}
    found = taken.filter(document_id__in=ids).first()
    if found is not None:
        return found
    for reply in message.replies:
        same = taken.filter(code=reply.code, issued_on=reply.issued_on)
        if reply.code and reply.issued_on and (found := same.first()):
            return found
    return None


def receiving_agencies(user: User) -> QuerySet[Agency]:
    """Return the agencies for which the person may receive packages, the tops of his branch."""
    register = user.access.paths(Permission.REGISTER_DOCUMENT)
    upload = user.access.paths(Permission.UPLOAD_DIRECTIVE)
    both = {path for path in (*register, *upload) if path.startswith(register)}
    return Agency.objects.filter(path__in=[p for p in both if p.startswith(upload)]).order_by(
        "path"
    )


def matching(*, user: User, asked: Asked) -> QuerySet[Arrival]:
    """Return the packages that the filters leave, newest first."""
    rows = Arrival.objects.visible_to(user).select_related("owner", "directive", "dispatch")
    for word in fold(asked.words).split():
        rows = rows.filter(folded__contains=word)
    if asked.subject in Subject.values:
        rows = rows.filter(subject=asked.subject)
    if asked.answer in ANSWERS:
        rows = rows.filter(answer=asked.answer)
    if asked.handling in {each.value for each in Handling}:
        rows = rows.filter(_is(Handling(asked.handling)))
    return rows


def waiting() -> Q:
    """Return what waits for a person, as `Arrival.waits` says it of one."""
    is_open = Q(subject__in=CHANGES) | Q(subject=Subject.STATUS, dispatch=None)
    return is_open & Q(taken_key__isnull=False, outcome="")


def _is(handling: Handling) -> Q:
    match handling:
        case Handling.REFUSED:
            return Q(taken_key=None)
        case Handling.WAITING:
            return waiting()
        case Handling.HANDLED:
            return ~Q(outcome="")
    return Q(taken_key__isnull=False, outcome="") & ~waiting()


def arrivals_page(*, user: User, asked: Asked) -> ArrivalsPage:
    """Return one page of the log that the person may see."""
    return {
        "page": Paginator(matching(user=user, asked=asked), PAGE_SIZE).get_page(asked.number),
        "asked": asked,
        "query": asked.query(),
        "subjects": [(v, words, v == asked.subject) for v, words in Subject.choices],
        "handlings": [
            (each.value, words, each.value == asked.handling)
            for each, words in HANDLING_LABELS.items()
        ],
        "answers": [
            (code, f"{code} – {row.words}", code == asked.answer)
            for code, row in ANSWERS.items()
            if row.ours
        ],
        "can_receive": receiving_agencies(user).exists(),
    }


def arrival_page(*, user: User, arrival: Arrival) -> ArrivalPage:
    """Return everything the page of one package shows; templates query nothing."""
    return {
        "arrival": arrival,
        "parts": list(arrival.parts.select_related("file")),
        "history": history_of(arrival),
        "can_handle": arrival.waits and policies.may_register(user, arrival.owner),
        "is_change": arrival.subject in CHANGES,
    }
