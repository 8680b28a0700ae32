"""A period: opened with the agencies that are asked, changed while it is open, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import PeriodKind
from tinhgon.apps.reports.models import (
    PeriodDeadline,
    PeriodDuty,
    PeriodSection,
    Report,
    ReportPeriod,
)
from tinhgon.apps.reports.queries.expected import Expected, expected_agencies
from tinhgon.apps.reports.queries.people import acting_for
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.reporting import followed, free_key
from tinhgon.domain.vntext import fold, format_date, format_number

from ._shared import tell


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time, with the words of the letter ("trước ngày 05/7/2024") if it has any."""

    due_on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of the narrative; `duty` is what a letter wants told there."""

    title: str
    hint: str = ""
    duty: Duty | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a period asks. `deadlines`: the levels that are asked; `due_on`: when the whole goes up.

    `only`: just these agencies with those below them; None for all of the levels.
    """

    name: str
    kind: PeriodKind
    programme: Programme
    agency: Agency
    from_on: date
    to_on: date
    addressee: str
    due_on: date
    deadlines: Mapping[Level, Deadline]
    headings: Sequence[Heading]
    basis: str = ""
    duties: Sequence[Duty] = ()
    only: Collection[int] | None = field(default=None)


@transaction.atomic
def open_period(*, asked: Asked, by: User, at: datetime) -> ReportPeriod:
    """
    Open the period: each agency that it asks has its report from now on, and its people are told.

    :raises PermissionDenied: if `by` may not run periods of the agency.
    :raises Refused: if the days contradict one another, nobody is asked, a section is missing or
        comes twice, or a duty was given by another agency, is of another programme, hidden from
        `by` or withdrawn.
    """
    policies.check_manage(by, asked.agency)
    _check_days(asked)
    _check_headings(asked.headings)
    _check_duties(asked, by)
    expected = expected_agencies(asked.agency, list(asked.deadlines), asked.to_on, only=asked.only)
    if not expected:
        raise Refused(
            f"Không có cơ quan nào ở các cấp đã chọn vào ngày {format_date(asked.to_on)}.",
            "levels",
        )
    period = ReportPeriod.objects.create(
        name=asked.name.strip(),
        kind=asked.kind,
        programme=asked.programme,
        agency=asked.agency,
        from_on=asked.from_on,
        to_on=asked.to_on,
        addressee=asked.addressee.strip(),
        basis=asked.basis.strip(),
        opened_on=at.date(),
        created_at=at,
        created_by=by,
    )
    _keep_parts(period, asked)
    reports = _make_reports(period, asked, expected)
    _tell_all(period, reports, at=at)
    changes = [
        audit.Change("Số liệu", "", f"{format_date(asked.from_on)} – {format_date(asked.to_on)}"),
        audit.Change("Số cơ quan phải báo cáo", "", format_number(len(expected))),
        audit.Change("Nơi nhận", "", asked.addressee),
    ]
    audit.record("reports.period_opened", period, by=by, at=at, changes=changes)
    return period


def _check_days(asked: Asked) -> None:
    if asked.to_on < asked.from_on:
        raise Refused("Ngày chốt số liệu không thể trước ngày bắt đầu.", "to_on")
    for level, deadline in asked.deadlines.items():
        if deadline.due_on > asked.due_on:
            raise Refused(
                f"Hạn gửi của {level.label.lower()} sau hạn gửi lên trên.", f"due_{level.value}"
            )


def _check_headings(headings: Sequence[Heading]) -> None:
    titles = [fold(each.title) for each in headings]
    if not titles:
        raise Refused("Báo cáo cần ít nhất một mục lời văn.", "headings")
    if len(set(titles)) < len(titles):
        raise Refused("Có hai mục trùng tên.", "headings")


def _check_duties(asked: Asked, by: User) -> None:
    told = (heading.duty for heading in asked.headings)
    duties = {duty.pk: duty for duty in (*asked.duties, *told) if duty is not None}
    if Duty.objects.visible_to(by).filter(pk__in=list(duties)).count() < len(duties):
        raise Refused("Có nhiệm vụ không thuộc phạm vi anh/chị xem được.", "duties")
    for duty in duties.values():
        _check_duty(duty, asked)


def _check_duty(duty: Duty, asked: Asked) -> None:
    if duty.issuer_id != asked.agency.pk:
        raise Refused("Kỳ báo cáo chỉ trả lời nhiệm vụ do cơ quan yêu cầu báo cáo giao.", "duties")
    if duty.programme_id not in (None, asked.programme.pk):
        raise Refused(f"Nhiệm vụ “{duty.summary}” thuộc chương trình khác.", "duties")
    if duty.withdrawn_at is not None:
        raise Refused(f"Nhiệm vụ “{duty.summary}” đã thu hồi.", "duties")


def _keep_parts(period: ReportPeriod, asked: Asked) -> None:
    PeriodDeadline.objects.bulk_create(
        PeriodDeadline(period=period, level=level, due_on=each.due_on, due_text=each.words[:300])
        for level, each in asked.deadlines.items()
    )
    taken: set[str] = set()
    PeriodSection.objects.bulk_create(
        _section(period, each, order, taken) for order, each in enumerate(asked.headings, start=1)
    )
    duties = {duty.pk: duty for duty in asked.duties}
    PeriodDuty.objects.bulk_create(PeriodDuty(period=period, duty=duty) for duty in duties.values())


def _make_reports(period: ReportPeriod, asked: Asked, expected: Sequence[Expected]) -> list[Report]:
    own = Report(period=period, agency=asked.agency, receiver=None, due_on=asked.due_on)
    rows = [
        Report(
            period=period,
            agency=each.agency,
            receiver=each.receiver,
            due_on=asked.deadlines[Level(each.agency.level)].due_on,
        )
        for each in expected
    ]
    return Report.objects.bulk_create([own, *rows], batch_size=500)


def _tell_all(period: ReportPeriod, reports: Sequence[Report], *, at: datetime) -> None:
    people = acting_for(
        [each.agency_id for each in reports],
        Permission.WRITE_REPORT,
        Permission.SEND_REPORT,
        on=at.date(),
    )
    for report in reports:
        if report.receiver is not None and report.agency_id in people:
            due = format_date(report.due_on)
            text = f"{period.name}: gửi {report.receiver.label} chậm nhất ngày {due}."
            tell(people[report.agency_id], text, report, at=at)


@dataclass(frozen=True, slots=True)
class Changed:
    """What of an open period may be changed; deadlines by the levels that it asks."""

    name: str
    addressee: str
    basis: str
    due_on: date
    deadlines: Mapping[Level, Deadline]
    headings: Sequence[Heading]


@transaction.atomic
def change_period(
    *, period: ReportPeriod, changed: Changed, by: User, at: datetime, seen: int
) -> None:
    """
    Change the words, days and sections of an open period; the days of its reports follow.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if the period is over, or a section goes in which somebody has written.
    :raises StaleObject: if the period changed since `seen` was seen.
    """
    policies.check_manage(by, period.agency)
    _check_open(period)
    _check_headings(changed.headings)
    old = _told(period)
    period.change(
        seen_version=seen,
        name=changed.name.strip(),
        addressee=changed.addressee.strip(),
        basis=changed.basis.strip(),
    )
    _change_days(period, changed)
    _change_sections(period, changed.headings)
    new = _told(period)
    changes = [
        audit.Change(words, old.get(words, ""), new.get(words, ""))
        for words in dict.fromkeys([*old, *new])
        if old.get(words) != new.get(words)
    ]
    if changes:
        audit.record("reports.period_changed", period, by=by, at=at, changes=changes)


def _check_open(period: ReportPeriod) -> None:
    if period.closed_on is not None:
        raise Refused("Kỳ báo cáo đã kết thúc.")


def _told(period: ReportPeriod) -> dict[str, str]:
    own = period.reports.filter(receiver=None).values_list("due_on", flat=True).first()
    found = {
        "Tên": period.name,
        "Nơi nhận": period.addressee,
        "Căn cứ": period.basis,
        "Hạn gửi lên trên": format_date(own) if own else "",
    }
    for each in period.deadlines.order_by("pk"):
        found[f"Hạn {each.get_level_display().lower()}"] = (
            f"{format_date(each.due_on)} {each.due_text}".strip()
        )
    found["Các mục"] = "; ".join(period.sections.values_list("title", flat=True))
    return found


def _change_days(period: ReportPeriod, changed: Changed) -> None:
    for each in period.deadlines.all():
        deadline = changed.deadlines.get(Level(each.level))
        if deadline is None:
            continue
        if deadline.due_on > changed.due_on:
            words = each.get_level_display().lower()
            raise Refused(f"Hạn gửi của {words} sau hạn gửi lên trên.", f"due_{each.level}")
        each.due_on, each.due_text = deadline.due_on, deadline.words[:300]
        each.save(update_fields=["due_on", "due_text"])
        asked = period.reports.filter(agency__level=each.level).exclude(receiver=None)
        asked.update(due_on=deadline.due_on)
    period.reports.filter(receiver=None).update(due_on=changed.due_on)


def _change_sections(period: ReportPeriod, headings: Sequence[Heading]) -> None:
    known = list(period.sections.all())
    places = followed([each.title for each in known], [each.title for each in headings])
    kept = {place: known[place] for place in places if place is not None}
    for each in known:
        if each not in kept.values():
            _drop(each)
    taken = {each.key for each in kept.values()}
    for order, (heading, place) in enumerate(zip(headings, places, strict=True), start=1):
        section = kept[place] if place is not None else _section(period, heading, order, taken)
        section.order, section.title = order, heading.title.strip()[:300]
        section.save()


def _drop(section: PeriodSection) -> None:
    if section.texts.exclude(text="").exists():
        raise Refused(
            f"Mục “{section.title}” đã có cơ quan viết lời văn nên không bỏ được. Muốn đổi tên thì "
            "sửa ngay trên dòng của mục đó, chưa thêm, bớt mục khác ở cùng chỗ.",
            "headings",
        )
    section.texts.all().delete()
    section.delete()


def _section(period: ReportPeriod, heading: Heading, order: int, taken: set[str]) -> PeriodSection:
    """Return a new section, under a key that no other of the period has."""
    key = free_key(heading.key, order, taken)
    taken.add(key)
    return PeriodSection(
        period=period,
        key=key,
        order=order,
        title=heading.title.strip()[:300],
        hint=heading.hint.strip()[:500],
        duty=heading.duty,
    )


@transaction.atomic
def close_period(*, period: ReportPeriod, by: User, at: datetime, seen: int) -> None:
    """
    End the period: nobody sends or receives for it any more.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if it is over already.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check_manage(by, period.agency)
    _check_open(period)
    period.change(seen_version=seen, closed_on=at.date())
    audit.record("reports.period_closed", period, by=by, at=at)
