"""From a letter to a draft: read it, enter it in the register, propose the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import resolve
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives import policies
from tinhgon.apps.directives.entries import DIRECTIVE
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive, Proposal, ProposalAgency
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.search import actions as search
from tinhgon.domain.deadlines import Due, DueKind, last_day
from tinhgon.domain.directives import (
    Deadline,
    How,
    Origin,
    ProposedTask,
    Reading,
    read_tasks,
    summary,
)
from tinhgon.domain.legalref import find_documents, to_text
from tinhgon.domain.officialdoc import (
    OfficialDoc,
    Passage,
    block_id,
    read,
    read_text,
    write_html,
)
from tinhgon.domain.vntext import is_plausible
from tinhgon.domain.workdays import WorkCalendar

_RECURRENCE_WORDS = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "semiannual": "6 tháng một lần",
    "annual": "hằng năm",
    "ad_hoc": "đột xuất",
    "periodic": "định kỳ",
    "continuous": "thường xuyên",
}


def receive_letter(
    *,
    data: bytes,
    name: str,
    content_type: str,
    issuer: Agency,
    programme: Programme | None,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
    doc: OfficialDoc | None = None,
) -> Directive:
    """
    Read a file into a draft letter of `issuer`.

    Nothing is stored unless all of it is. `doc`: what the caller has read of the file, and knows
    besides.

    :raises PermissionDenied: if `by` may not receive letters for `issuer`.
    :raises Unreadable: if the file cannot be read as a document; the message says what to do.
    :raises FileRefused: if the file may not be stored.
    """
    policies.check_receive(by, issuer)
    doc = doc or read(data, name)
    with transaction.atomic():
        stored = files.store_file(
            data=data, name=name, content_type=content_type, at=at, allowed=LETTERS
        )
        return _draft(doc, stored, issuer, programme, by, at, calendar)


def receive_text(
    *,
    text: str,
    issuer: Agency,
    programme: Programme | None,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
) -> Directive:
    """
    Read pasted text into a draft letter of `issuer`.

    :raises PermissionDenied, Unreadable: as for `receive_letter`.
    """
    policies.check_receive(by, issuer)
    doc = read_text(text)
    with transaction.atomic():
        return _draft(doc, None, issuer, programme, by, at, calendar)


def _draft(
    doc: OfficialDoc,
    stored: StoredFile | None,
    issuer: Agency,
    programme: Programme | None,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
) -> Directive:
    reading = read_tasks(doc)
    text = "\n".join(_lines(doc))
    document = documents.register_incoming(
        doc=doc,
        text=text,
        cited=find_documents(text),
        owner=issuer,
        file=stored,
        by=by,
        at=at,
    )
    directive = Directive.objects.create(
        document=document,
        issuer=issuer,
        programme=programme,
        unread=_unread(doc, reading),
        created_at=at,
        created_by=by,
    )
    tasks = _offered(reading)
    proposals = Proposal.objects.bulk_create(
        _proposal(directive, order, task, calendar) for order, task in enumerate(tasks, start=1)
    )
    _resolve(proposals, on=doc.date or at.date(), issuer=issuer)
    directive.letter_html = write_html(doc, passages=_passages(tasks, proposals))
    directive.save(update_fields=["letter_html"])
    search.index(DIRECTIVE, [directive.pk])
    audit.record(
        "directives.received",
        directive,
        by=by,
        at=at,
        changes=[audit.Change("Nhiệm vụ đọc được", "", str(len(proposals)))],
    )
    return directive


def _proposal(
    directive: Directive, order: int, task: ProposedTask, calendar: WorkCalendar
) -> Proposal:
    place = task.places[0] if task.places else None
    due = _due(task.deadline)
    report = task.report
    report_due = _due(report.deadline if report else None)
    vehicle = report.vehicle if report else None
    return Proposal(
        directive=directive,
        order=order,
        included=not task.optional,
        item=task.item[:40],
        text=task.text,
        summary=summary(task.text),
        block=block_id(place.path, annex=place.annex) if place else "",
        start=place.start if place else None,
        end=place.end if place else None,
        assignees=list(task.assignees),
        coordinating=list(task.coordinating),
        due_kind=due.kind.value,
        named_on=due.named_day,
        within_count=due.count,
        due_text=(task.deadline.text if task.deadline else "")[:300],
        due_on=_last_day(due, calendar),
        recurrence=recurrence_words(task.recurrence)[:60],
        wants_report=report is not None,
        report_to=(report.to if report else "")[:300],
        report_due_text=_report_words(report.deadline if report else None, vehicle),
        report_named_on=report_due.named_day,
        report_due_on=_last_day(report_due, calendar),
        targets=[asdict(target) for target in task.targets],
        cited=[to_text(ref) for ref in task.cited],
        origins={
            name: _origin(origin)
            for name, origin in (
                ("agencies", task.origins.assignees),
                ("due", task.origins.due),
                ("report", task.origins.report),
            )
            if origin
        },
    )


def _due(deadline: Deadline | None) -> Due:
    """Return the deadline as its last day is computed; NONE where the words give no day."""
    if deadline is None:
        return Due(DueKind.NONE)
    if deadline.kind in {DueKind.WITHIN_DAYS, DueKind.WITHIN_WORKING_DAYS}:
        return Due(deadline.kind, count=deadline.within.count if deadline.within else None)
    if deadline.day is None:
        return Due(DueKind.AT_REPORT if deadline.kind is DueKind.AT_REPORT else DueKind.NONE)
    return Due(deadline.kind, deadline.day)


def _last_day(due: Due, calendar: WorkCalendar) -> date | None:
    """Return the last day in time; none of a year that is a slip of the pen."""
    if due.named_day and not is_plausible(due.named_day):
        return None
    return last_day(due, calendar)


def _report_words(deadline: Deadline | None, vehicle: str | None) -> str:
    return (deadline.text if deadline else (vehicle or ""))[:300]


def recurrence_words(code: str | None) -> str:
    """Return "quarterly+annual" as "hằng quý, hằng năm"; empty for None."""
    return ", ".join(_RECURRENCE_WORDS.get(part, part) for part in (code or "").split("+") if part)


def _origin(origin: Origin) -> str:
    return "read" if origin.how in {How.OWN, How.FIELD, How.CELL} else "inherited"


def _resolve(proposals: Sequence[Proposal], *, on: date, issuer: Agency) -> None:
    """
    Turn the names in the letter into agencies of that day; a name that stands for none stays a
    name.
    """
    names = {n: None for p in proposals for n in (*p.assignees, *p.coordinating)}
    found: dict[str, list[Agency]] = {}
    for agency, named_as in resolve(list(names), on=on, issuer=issuer).found:
        found.setdefault(named_as, []).append(agency)
    rows: dict[tuple[int, int], ProposalAgency] = {}
    for proposal in proposals:
        parts = [(Part.LEAD, proposal.assignees), (Part.COOPERATING, proposal.coordinating)]
        for part, part_names in parts:
            for name in part_names:
                for agency in found.get(name, []):
                    row = ProposalAgency(
                        proposal=proposal, agency=agency, part=part, named_as=name[:255]
                    )
                    rows.setdefault((proposal.pk, agency.pk), row)
    ProposalAgency.objects.bulk_create(rows.values())


def _offered(reading: Reading) -> list[ProposedTask]:
    """Return what is offered: the work of the letter, then that of its annexes, not yet chosen."""
    return [*reading.tasks, *(replace(task, optional=True) for task in reading.annex_tasks)]


def _passages(tasks: Sequence[ProposedTask], proposals: Sequence[Proposal]) -> list[Passage]:
    """Return the words of the letter that light up with the card of their proposal."""
    return [
        Passage(
            path=place.path,
            start=place.start,
            end=place.end,
            lights=f"p{proposal.pk}",
            annex=place.annex,
            row=place.row,
            column=place.column,
        )
        for task, proposal in zip(tasks, proposals, strict=True)
        for place in task.places
    ]


def _unread(doc: OfficialDoc, reading: Reading) -> list[dict[str, str]]:
    pieces = [{"text": piece.text, "reason": piece.reason, "block": ""} for piece in doc.unread]
    pieces += [
        {
            "text": piece.text,
            "reason": "Chưa rõ đoạn này có giao việc hay không.",
            "block": block_id(piece.place.path, annex=piece.place.annex),
        }
        for piece in reading.not_understood
    ]
    return pieces


def _lines(doc: OfficialDoc) -> list[str]:
    heading = [doc.subject or ""]
    bases = [f"{block.marker} {block.text}".strip() for block in doc.legal_bases]
    body = [f"{block.marker} {block.text}".strip() for block in doc.walk()]
    return [line for line in (*heading, *bases, *body) if line]
