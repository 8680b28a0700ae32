"""A province of 300 agencies with 200 duties each, written straight to the tables."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import connection

from tinhgon.apps.accounts.models import Position, Role, User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.enums import AnswerKind, Status
from tinhgon.apps.assignments.models import Answer, Assignment, Duty
from tinhgon.apps.calendars.models import CalendarDay
from tinhgon.apps.directives.enums import DirectiveStatus, DueKind, Part
from tinhgon.apps.directives.models import Directive, Proposal, ProposalAgency, Recipient
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.access import seed_roles
from tinhgon.domain.vntext import fold
from tinhgon.domain.workdays import seed_days

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2024, 6, 20)
ISSUED_AT = datetime(2024, 3, 26, 15, tzinfo=VIETNAM)
DEPARTMENTS, DISTRICTS, COMMUNES = 20, 11, 267
LETTERS, DUTIES_A_LETTER = 10, 20
BATCH = 2_000
COORDINATOR, OFFICER = "nguoi2", "nguoi4"
_STATES = {
    Status.ISSUED: 10,
    Status.ACKNOWLEDGED: 10,
    Status.IN_PROGRESS: 25,
    Status.SUBMITTED: 8,
    Status.RETURNED: 3,
    Status.ACCEPTED: 42,
    Status.WITHDRAWN: 2,
}


@dataclass(frozen=True, slots=True)
class Built:
    programme: Programme
    coordinator: User
    officer: User
    duty: Duty
    draft: Directive


def build() -> None:
    """Fill an empty, migrated database; the same rows every time."""
    chance = random.Random(243)  # noqa: S311 -- a spread, not a secret
    CalendarDay.objects.bulk_create(
        CalendarDay(day=e.date, is_working=e.is_working, reason=e.reason, source=e.source)
        for e in seed_days(2024, 2025)
    )
    agencies = _agencies()
    coordinator = _people(agencies)
    programme = Programme.objects.create(
        name="Rà soát, đơn giản hóa thủ tục hành chính nội bộ",
        agency=agencies[0],
        starts_on=date(2022, 12, 2),
    )
    duties = _duties(programme, coordinator, chance)
    _assign(duties, agencies, coordinator, chance)
    Recipient.objects.bulk_create(
        (
            Recipient(directive=directive, agency=agency)
            for directive in Directive.objects.all()
            for agency in agencies
        ),
        batch_size=BATCH,
    )
    _draft(programme, agencies, coordinator)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def find() -> Built:
    """Return what is measured of the rows that `build` wrote."""
    return Built(
        programme=Programme.objects.get(),
        coordinator=User.objects.get(username=COORDINATOR),
        officer=User.objects.get(username=OFFICER),
        duty=Duty.objects.order_by("-pk")[0],
        draft=Directive.objects.get(status=DirectiveStatus.DRAFT.value),
    )


def _agency(
    name: str, level: Level, kind: Kind, symbol: str, parent: Agency | None = None, order: int = 0
) -> Agency:
    agency = Agency.objects.create(
        name=name,
        symbol=symbol,
        level=level,
        kind=kind,
        parent=parent,
        order=order,
        folded_name=fold(name),
        started_on=date(2020, 1, 1),
    )
    agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
    agency.save(update_fields=["path"])
    return agency


def _agencies() -> list[Agency]:
    committee = _agency("Ủy ban nhân dân tỉnh Lạng Sơn", Level.PROVINCE, Kind.COMMITTEE, "UBND")
    found = [
        committee,
        _agency("Văn phòng UBND tỉnh", Level.PROVINCE, Kind.OFFICE, "VP", committee),
    ]
    found += [
        _agency(f"Sở số {n}", Level.PROVINCE, Kind.DEPARTMENT, f"S{n}", committee, n)
        for n in range(1, DEPARTMENTS + 1)
    ]
    districts = [
        _agency(f"UBND huyện số {n}", Level.DISTRICT, Kind.COMMITTEE, "UBND", committee, n)
        for n in range(1, DISTRICTS + 1)
    ]
    communes = [
        _agency(
            f"UBND xã số {n}", Level.COMMUNE, Kind.COMMITTEE, "UBND", districts[n % DISTRICTS], n
        )
        for n in range(COMMUNES)
    ]
    return [*found, *districts, *communes]


def _people(agencies: list[Agency]) -> User:
    """Two people in each agency; the first of the Office coordinates the whole province."""
    roles = {
        code: Role.objects.update_or_create(
            code=code,
            defaults={
                "name": role.name,
                "description": role.description,
                "permissions": sorted(role.permissions),
            },
        )[0]
        for code, role in seed_roles().items()
    }
    nobody_signs_in = make_password(None)
    users = User.objects.bulk_create(
        User(
            username=f"nguoi{n}",
            email=f"nguoi{n}@langson.example",
            full_name=f"Người dùng {n}",
            password=nobody_signs_in,
        )
        for n in range(2 * len(agencies))
    )
    positions = [
        Position(
            user=user,
            agency=agencies[n // 2],
            role=roles["head" if n % 2 else "officer"],
            started_on=date(2020, 1, 1),
        )
        for n, user in enumerate(users)
    ]
    positions[2].role, positions[2].scope = roles["coordinator"], agencies[0]
    Position.objects.bulk_create(positions)
    return users[2]


def _letter(number: int, programme: Programme, by: User, status: DirectiveStatus) -> Directive:
    document = Document.objects.create(
        direction=Direction.OUTGOING,
        owner=programme.agency,
        number=str(number),
        symbol="UBND-VP",
        issued_on=ISSUED_AT.date(),
        agency_name=programme.agency.name,
        subject="Về việc đơn giản hóa thủ tục hành chính nội bộ",
        registered_at=ISSUED_AT,
        registered_by=by,
    )
    issued = status is not DirectiveStatus.DRAFT
    return Directive.objects.create(
        document=document,
        issuer=programme.agency,
        programme=programme,
        status=status.value,
        created_at=ISSUED_AT,
        created_by=by,
        issued_at=ISSUED_AT if issued else None,
        issued_by=by if issued else None,
    )


def _duties(programme: Programme, by: User, chance: random.Random) -> list[Duty]:
    found = []
    for number in range(LETTERS):
        directive = _letter(number + 1, programme, by, DirectiveStatus.ISSUED)
        for order in range(DUTIES_A_LETTER):
            due_on = TODAY + timedelta(days=chance.randint(-40, 130))
            text = f"Hoàn thành nội dung thứ {order + 1} của đợt rà soát, báo cáo kết quả"
            found.append(
                Duty(
                    directive=directive,
                    programme=programme,
                    issuer=programme.agency,
                    order=order + 1,
                    summary=text,
                    text=text,
                    folded=fold(text),
                    due_kind=DueKind.BY.value,
                    due_on=due_on,
                    issued_at=ISSUED_AT,
                    issued_by=by,
                )
            )
    return Duty.objects.bulk_create(found)


def _assign(duties: list[Duty], agencies: list[Agency], by: User, chance: random.Random) -> None:
    states, weights = list(_STATES), list(_STATES.values())
    rows = []
    for duty in duties:
        for agency, status in zip(
            agencies, chance.choices(states, weights, k=len(agencies)), strict=True
        ):
            assert duty.due_on  # noqa: S101 -- for the type checker
            done = status in {Status.SUBMITTED, Status.ACCEPTED}
            done_on = min(duty.due_on + timedelta(days=chance.randint(-20, 5)), TODAY)
            rows.append(
                Assignment(
                    duty=duty,
                    agency=agency,
                    status=status.value,
                    due_on=duty.due_on,
                    done_on=done_on if done else None,
                    percent=100 if done else chance.randrange(0, 100, 10),
                )
            )
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    Answer.objects.bulk_create(
        (
            Answer(
                assignment=row,
                kind=AnswerKind.PROOF if row.pk % 5 else AnswerKind.NIL,
                document_code="12/BC" if row.pk % 5 else "",
                document_on=row.done_on if row.pk % 5 else None,
                at=_morning(row.done_on),
                by=by,
                accepted=True if row.status == Status.ACCEPTED else None,
                decided_at=_morning(min(row.done_on + timedelta(days=3), TODAY))
                if row.status == Status.ACCEPTED
                else None,
                decided_by=by if row.status == Status.ACCEPTED else None,
            )
            for row in rows
            if row.done_on
        ),
        batch_size=BATCH,
    )


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)


def _draft(programme: Programme, agencies: list[Agency], by: User) -> None:
    """Make a letter of 6 proposals to every agency, ready to be issued."""
    directive = _letter(LETTERS + 1, programme, by, DirectiveStatus.DRAFT)
    proposals = Proposal.objects.bulk_create(
        Proposal(
            directive=directive,
            order=order + 1,
            text=f"Rà soát nhóm thủ tục thứ {order + 1}",
            due_kind=DueKind.BY.value,
            named_on=date(2024, 10, 31),
            due_on=date(2024, 10, 31),
            due_text="chậm nhất ngày 31/10/2024",
        )
        for order in range(6)
    )
    ProposalAgency.objects.bulk_create(
        (
            ProposalAgency(proposal=proposal, agency=agency, part=Part.LEAD)
            for proposal in proposals
            for agency in agencies
        ),
        batch_size=BATCH,
    )
