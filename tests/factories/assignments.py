from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.people import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.calendars.models import CalendarDay
from tinhgon.apps.directives.enums import DueKind, Part
from tinhgon.apps.directives.models import Directive, Proposal, ProposalAgency
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.workdays import official_calendar, seed_days

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LETTER_ON = date(2024, 3, 26)
ISSUED_AT = datetime(2024, 3, 26, 15, tzinfo=VIETNAM)
CALENDAR = official_calendar([2024, 2025])
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"

_numbers = itertools.count(100)


def make_calendar() -> None:
    """Fill the table of days with the official ones of 2024 and 2025."""
    CalendarDay.objects.bulk_create(
        CalendarDay(day=e.date, is_working=e.is_working, reason=e.reason, source=e.source)
        for e in seed_days(2024, 2025)
    )


def make_programme(agency: Agency, *, max_extensions: int = 1) -> Programme:
    return Programme.objects.create(
        name="Rà soát, đơn giản hóa thủ tục hành chính nội bộ",
        agency=agency,
        starts_on=date(2022, 12, 2),
        max_extensions=max_extensions,
    )


def make_directive(
    issuer: Agency, by: User, *, programme: Programme | None = None, issued_on: date = LETTER_ON
) -> Directive:
    """Make a letter as it stands before it is issued, without any proposal."""
    document = Document.objects.create(
        direction=Direction.OUTGOING,
        owner=issuer,
        number=str(next(_numbers)),
        symbol="UBND-TTPVHCC",
        issued_on=issued_on,
        agency_name=issuer.name,
        subject="Về việc thực thi phương án đơn giản hóa thủ tục hành chính nội bộ",
        registered_at=ISSUED_AT,
        registered_by=by,
    )
    return Directive.objects.create(
        document=document, issuer=issuer, programme=programme, created_at=ISSUED_AT, created_by=by
    )


def make_proposal(
    directive: Directive,
    lead: Iterable[Agency],
    cooperating: Iterable[Agency] = (),
    *,
    text: str = "Hoàn thành thực thi phương án đơn giản hóa đã được phê duyệt",
    due_on: date | None = date(2024, 6, 30),
    due_text: str = "trước ngày 01/7/2024",
    named_on: date | None = date(2024, 7, 1),
    included: bool = True,
) -> Proposal:
    proposal = Proposal.objects.create(
        directive=directive,
        order=directive.proposals.count() + 1,
        text=text,
        summary=text[:80],
        included=included,
        due_kind=DueKind.BEFORE if due_on else DueKind.NONE,
        due_on=due_on,
        due_text=due_text if due_on else "",
        named_on=named_on if due_on else None,
    )
    ProposalAgency.objects.bulk_create(
        ProposalAgency(proposal=proposal, agency=agency, part=part)
        for part, agencies in ((Part.LEAD, lead), (Part.COOPERATING, cooperating))
        for agency in agencies
    )
    return proposal


def issue(directive: Directive, by: User, *, at: datetime = ISSUED_AT) -> list[Duty]:
    """Issue the letter as the page does."""
    return actions.issue_directive(
        directive=directive, by=by, at=at, version=directive.version, calendar=CALENDAR
    )


def make_assignment(
    agency: Agency,
    by: User,
    *,
    issuer: Agency | None = None,
    due_on: date | None = date(2024, 6, 30),
    text: str = "Hoàn thành thực thi phương án đơn giản hóa đã được phê duyệt",
    programme: Programme | None = None,
) -> Assignment:
    """Make a letter with one piece of work for `agency`, and issue it."""
    giver = issuer or agency.parent
    assert giver is not None
    directive = make_directive(giver, by, programme=programme)
    make_proposal(directive, [agency], due_on=due_on, text=text)
    (duty,) = issue(directive, by)
    return reload(duty.assignments.get())


def submit(assignment: Assignment, by: User, *, at: datetime = ISSUED_AT) -> Assignment:
    """Answer for the work with a report of the day."""
    actions.submit_proof(
        assignment=reload(assignment),
        document_code=f"{next(_numbers)}/BC",
        document_on=at.date(),
        text="",
        upload=actions.Upload("bao-cao.pdf", "application/pdf", PDF),
        by=by,
        at=at,
        version=assignment.version,
    )
    return reload(assignment)


def reload(assignment: Assignment) -> Assignment:
    """Return the assignment anew from the database, as a page loads it."""
    return Assignment.objects.select_related(
        "agency", "duty__issuer", "duty__parent", "duty__programme", "duty__directive__document"
    ).get(pk=assignment.pk)


def make_letter(issuer: Agency, by: User, *, issued_at: datetime) -> Directive:
    """Make a later issued letter, with one piece of work of its own."""
    directive = make_directive(issuer, by, issued_on=issued_at.date())
    make_proposal(directive, [issuer], text="Theo dõi việc thực hiện văn bản này", due_on=None)
    issue(directive, by, at=issued_at)
    return directive


def system_coordinator(agency: Agency) -> User:
    """Return somebody who may do everything for `agency`, to bring records into being."""
    return make_user(agency, "coordinator", name="Người tạo mẫu")


def upload(name: str = "bao-cao.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="application/pdf")
