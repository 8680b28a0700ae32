from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from tinhgon.domain.vntext import fold

from .models import Chain, Event, ref

_BATCH = 2_000
_PAGE = 100


class Seal(TypedDict):
    """Niêm: where the trail ended at a moment, to be kept elsewhere."""

    number: int
    digest: str
    at: str
    count: int


@dataclass(frozen=True, slots=True)
class Problem:
    number: int
    text: str

    def __str__(self) -> str:
        return f"Dòng {self.number}: {self.text}"


@dataclass(slots=True)
class Verification:
    """What a walk along the chain found."""

    count: int = 0
    last_number: int = 0
    last_digest: str = ""
    problems: list[Problem] = field(default_factory=list)

    def add(self, number: int, text: str) -> None:
        self.problems.append(Problem(number, text))


def verify(*, seal: Seal | None = None) -> Verification:
    """
    Walk the whole trail and say which rows were changed, are missing or were added by hand.

    Somebody who may write to the database can compute every digest anew: only a seal kept
    elsewhere finds that. Safe beside writers: what the chain said before the walk must be there,
    what the walk met must be in the chain after.
    """
    return walk(_in_order(), end=_end, seal=seal)


def walk(
    events: Iterable[Event], *, end: Callable[[], Chain], seal: Seal | None = None
) -> Verification:
    """
    Verify a trail that comes row by row in the order of its numbers; `end` says what the chain
    says now, before the walk and after it.
    """
    found = Verification()
    before = end()
    previous, known = "", True
    sealed = _Sealed(seal)
    for event in events:
        if event.number > found.last_number + 1:
            _report_gap(found, event.number - 1)
            known = False
        if known and event.digest_after(previous) != event.digest:
            found.add(event.number, f"nội dung đã bị sửa ({event.kind}, {event.subject_name})")
        previous, known = event.digest, True
        found.count += 1
        found.last_number, found.last_digest = event.number, event.digest
        sealed.meet(event)
        if event.number == before.number and event.digest != before.digest:
            found.add(event.number, "mã băm không khớp với điểm cuối của chuỗi")
    if found.last_number < before.number:
        _report_gap(found, before.number)
    if found.last_number > (after := end().number):
        found.add(after + 1, "không do hệ thống ghi: nằm ngoài điểm cuối của chuỗi")
    sealed.judge(found)
    return found


def _end() -> Chain:
    return Chain.objects.filter(pk=1).first() or Chain()


def _in_order() -> Iterator[Event]:
    """Read by key in batches, so that neither memory nor a long transaction is needed."""
    last = -1
    while batch := list(Event.objects.filter(number__gt=last).order_by("number")[:_BATCH]):
        yield from batch
        last = batch[-1].number


def _report_gap(found: Verification, up_to: int) -> None:
    first = found.last_number + 1
    text = "bị mất" if first == up_to else f"bị mất, cùng các dòng sau đến dòng {up_to}"
    found.add(first, text)


class _Sealed:
    """What a walk met of what a seal covers."""

    def __init__(self, seal: Seal | None) -> None:
        self._seal = seal
        self._count = 0
        self._digest: str | None = None

    def meet(self, event: Event) -> None:
        if self._seal is None or event.number > self._seal["number"]:
            return
        self._count += 1
        if event.number == self._seal["number"]:
            self._digest = event.digest

    def judge(self, found: Verification) -> None:
        if self._seal is None or self._seal["number"] == 0:
            return
        number, told = self._seal["number"], self._seal["count"]
        if self._digest is None:
            found.add(number, "có trong niêm nhưng không còn trong nhật ký")
        elif self._digest != self._seal["digest"]:
            found.add(number, "không khớp với niêm: nhật ký đến dòng này đã bị viết lại")
        if self._count != told:
            found.add(number, f"niêm ghi {told} dòng, nhật ký còn {self._count} dòng")


def current_seal() -> Seal:
    """Return the seal of the trail as it ends now."""
    end = _end()
    event = Event.objects.filter(number=end.number).first()
    return Seal(
        number=end.number,
        digest=end.digest,
        at=event.at.isoformat() if event else "",
        count=Event.objects.filter(number__lte=end.number).count(),
    )


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the trail is narrowed by, as it stands in the address."""

    words: str = ""
    kind: str = ""
    who: str = ""  # an actor_ref
    subject: str = ""  # a subject_ref
    since: date | None = None
    until: date | None = None
    before: int | None = None  # older than this number
    after: int | None = None  # newer than this number


class TrailPage(TypedDict):
    events: list[Event]
    newer: int | None
    older: int | None
    who: str
    subject: str


def trail_page(*, wanted: TrailFilter) -> TrailPage:
    """Return one page of the trail, newest first, found by key however long the trail is."""
    events = _matching(wanted)
    if wanted.after is not None:
        found = list(events.filter(number__gt=wanted.after).order_by("number")[: _PAGE + 1])
        more_newer, found = len(found) > _PAGE, found[:_PAGE][::-1]
        more_older = bool(found)
    else:
        if wanted.before is not None:
            events = events.filter(number__lt=wanted.before)
        found = list(events[: _PAGE + 1])
        more_older, found = len(found) > _PAGE, found[:_PAGE]
        more_newer = wanted.before is not None
    return TrailPage(
        events=found,
        newer=found[0].number if found and more_newer else None,
        older=found[-1].number if found and more_older else None,
        who=found[0].actor if found and wanted.who else wanted.who,
        subject=found[0].subject_name if found and wanted.subject else wanted.subject,
    )


def matching_in_order(*, wanted: TrailFilter) -> Iterator[Event]:
    """Yield every event that matches, newest first, read by key in batches."""
    last: int | None = None
    while True:
        events = _matching(wanted)
        batch = list((events if last is None else events.filter(number__lt=last))[:_BATCH])
        yield from batch
        if len(batch) < _BATCH:
            return
        last = batch[-1].number


def made_in(*, actor_ref: str, request_id: str) -> models.QuerySet[Event]:
    """Return what somebody changed with one request, in order."""
    own = Event.objects.filter(actor_ref=actor_ref, request_id=request_id)
    return own.exclude(request_id="").order_by("number")


def history_of(*subjects: models.Model, most: int = 50) -> list[Event]:
    """Return the trail of records, newest first; shown by `audit/_history.html` as `events`."""
    return list(Event.objects.filter(subject_ref__in=[ref(each) for each in subjects])[:most])


def changes_since(subject: models.Model, at: datetime) -> list[Event]:
    """Return what happened to a record after a moment, in order."""
    return list(Event.objects.filter(subject_ref=ref(subject), at__gt=at).order_by("number"))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as it is looked back on from `today`, and what the trail tells since."""

    on: date
    today: date

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    @property
    def night(self) -> datetime:
        """When the day was over."""
        return _start_of(self.on + timedelta(days=1))

    def moved_since(self, rows: str, kinds: Iterable[str], *, of: str = "pk") -> Exists:
        """Return whether the trail knows one of these moves of a row after the day."""
        return Exists(_moves(rows, kinds, of).filter(at__gte=self.night))

    def moved_before(self, rows: str, kinds: Iterable[str], words: str = "") -> Exists:
        """Return whether it knows one by then, that names these words."""
        events = _moves(rows, kinds, "pk").filter(at__lt=self.night)
        return Exists(events.filter(folded__contains=fold(words)) if words else events)


def _moves(rows: str, kinds: Iterable[str], of: str) -> models.QuerySet[Event]:
    subject = Concat(Value(f"{rows}:"), Cast(OuterRef(of), CharField()))
    return Event.objects.filter(kind__in=list(kinds), subject_ref=subject).order_by()


def _matching(wanted: TrailFilter) -> models.QuerySet[Event]:
    events: models.QuerySet[Event] = Event.objects.order_by("-number")
    for word in fold(wanted.words).split():
        events = events.filter(folded__contains=word)
    if wanted.kind:
        events = events.filter(kind=wanted.kind)
    if wanted.who:
        events = events.filter(actor_ref=wanted.who)
    if wanted.subject:
        events = events.filter(subject_ref=wanted.subject)
    if wanted.since:
        events = events.filter(at__gte=_start_of(wanted.since))
    if wanted.until:
        events = events.filter(at__lt=_start_of(wanted.until + timedelta(days=1)))
    return events


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
