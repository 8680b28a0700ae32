"""The daily run: who must send is reminded by the ladder; what ended agencies had goes on."""

from __future__ import annotations

from datetime import date, datetime, time
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from tests.factories import make_agency, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import ReportPeriod, ReportReminder
from tinhgon.apps.reports.queries.waiting import waiting

from .make import VIETNAM, open_year, report_of


def run(day: date) -> str:
    out = StringIO()
    with time_machine.travel(datetime.combine(day, time(7), VIETNAM), tick=False):
        call_command("remind", stdout=out)
    return out.getvalue()


@pytest.fixture
def period(province: Province, office: User) -> ReportPeriod:
    """The year 2024 asked of the province: communes until 18/12, the others until 20/12."""
    return open_year(province, office)


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_an_agency_is_reminded_once_on_each_rung(province: Province, period: ReportPeriod) -> None:
    officer = make_user(province.departments[0])
    report = report_of(period, province.departments[0])

    assert "10 báo cáo chưa gửi" in run(date(2024, 12, 13))  # five working days before the 20th
    assert "0 báo cáo chưa gửi" in run(date(2024, 12, 13))
    assert told(officer) == [
        "◐ sắp đến hạn (còn 5 ngày làm việc), hạn T6 20/12/2024: gửi Báo cáo năm 2024"
    ]
    run(date(2024, 12, 17))
    assert report.reminders.count() == 2
    assert "Nhắc việc" in mail.outbox[0].subject


def test_nobody_is_reminded_of_what_was_sent_or_is_closed(
    province: Province, office: User, period: ReportPeriod
) -> None:
    report = report_of(period, province.departments[0])
    at = datetime(2024, 12, 16, 9, tzinfo=VIETNAM)
    actions.send(
        report=report,
        by=make_user(province.departments[0], "head"),
        at=at,
        seen=report.version,
    )
    run(date(2024, 12, 19))
    assert not report.reminders.exists()
    assert ReportReminder.objects.exists()

    actions.close_period(period=period, by=office, at=at, seen=period.version)
    assert "0 báo cáo chưa gửi" in run(date(2024, 12, 30))


def test_who_took_his_report_back_is_reminded_again(
    province: Province, period: ReportPeriod
) -> None:
    home = province.departments[0]
    officer, head = make_user(home), make_user(home, "head")
    at = datetime(2024, 12, 16, 9, tzinfo=VIETNAM)
    report = report_of(period, home)
    actions.send(report=report, by=head, at=at, seen=report.version)
    report = report_of(period, home)
    actions.recall(report=report, by=head, at=at, seen=report.version)

    run(date(2024, 12, 19))

    assert report.reminders.count() == 1
    assert told(officer) == [
        "◐ sắp đến hạn (còn 1 ngày làm việc), hạn T6 20/12/2024: gửi lại Báo cáo năm 2024"
    ]


def test_who_receives_hears_of_what_stays_late_with_the_list(
    province: Province, office: User, period: ReportPeriod
) -> None:
    district, _ = (make_user(each) for each in province.districts)
    run(date(2024, 12, 23))  # communes are three working days late, the others one

    [line] = [text for text in told(district) if "đã nhắc mà chưa gửi" in text]
    assert line.startswith("▲ 2 cơ quan")
    assert not [text for text in told(office) if "đã nhắc mà chưa gửi" in text]

    run(date(2024, 12, 25))  # now the others are three late
    [line] = [text for text in told(office) if "đã nhắc mà chưa gửi" in text]
    assert line.startswith("▲ 5 cơ quan")
    notice = Notice.objects.filter(user=office, kind="reports.late").latest("pk")
    assert notice.url.endswith("/tien-do/?tinh-trang=qua-han")


def test_a_later_day_begins_the_ladder_anew(province: Province, period: ReportPeriod) -> None:
    run(date(2024, 12, 18))
    report = report_of(period, province.departments[0])
    before = report.reminders.count()
    type(report).objects.filter(pk=report.pk).update(due_on=date(2024, 12, 31))

    run(date(2024, 12, 24))

    assert report.reminders.count() == before + 1


def merge(old: Agency, new: Agency, on: date, kind: SuccessionKind = SuccessionKind.WHOLE) -> None:
    old.ended_on = on
    old.save()
    Succession.objects.create(predecessor=old, successor=new, on=on, kind=kind)


def test_the_heir_writes_for_an_agency_that_ended(
    province: Province, office: User, period: ReportPeriod
) -> None:
    old = province.departments[0]
    new = make_agency("Sở Nội vụ mới", parent=province.committee, started_on=date(2025, 3, 1))
    officer = make_user(new)
    merge(old, new, date(2025, 3, 1))

    assert "Đã chuyển 1 báo cáo cho cơ quan kế thừa lập, 0" in run(date(2025, 3, 3))
    assert "Đã chuyển" not in run(date(2025, 3, 4))

    report = report_of(period, old)
    assert report.writer == new
    assert report.agency == old
    assert any("Lập thay Sở Nội vụ" in text for text in told(officer))
    assert report in waiting(officer, today=date(2025, 3, 4))["reports_to_send"]
    event = Event.objects.get(kind="reports.inherited")
    assert event.changes[0]["to"] == "Sở Nội vụ mới"


def test_when_districts_end_communes_report_to_the_province(
    province: Province, office: User, period: ReportPeriod
) -> None:
    district, communes = province.districts[0], province.communes[0]
    for commune in communes:
        Succession.objects.create(
            predecessor=district,
            successor=commune,
            on=date(2025, 7, 1),
            kind=SuccessionKind.PART,
        )
    district.ended_on = date(2025, 7, 1)
    district.save()

    run(date(2025, 7, 1))

    for commune in communes:
        assert report_of(period, commune).receiver == province.committee
    # Nobody took over the whole of the district: the agency that asks stands in.
    assert report_of(period, district).writer == province.committee


def test_what_was_received_stays_with_the_agency_that_sent_it(
    province: Province, office: User, period: ReportPeriod
) -> None:
    old = province.departments[0]
    at = datetime(2024, 12, 16, 9, tzinfo=VIETNAM)
    report = report_of(period, old)
    actions.send(report=report, by=make_user(old, "head"), at=at, seen=report.version)
    actions.receive(report=report, by=office, at=at, seen=report.version)
    new = make_agency(parent=province.committee, started_on=date(2025, 3, 1))
    merge(old, new, date(2025, 3, 1))

    run(date(2025, 3, 3))

    assert report_of(period, old).successor is None


def test_what_waits_comes_back_first(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    officer, head = make_user(department), make_user(department, "head")
    report = report_of(period, department)
    actions.send(report=report, by=head, at=now, seen=report.version)

    found = waiting(office, today=now.date())
    assert list(found["reports_to_receive"]) == [report]
    own = {row.agency for row in found["reports_to_send"]}
    assert own == {province.office, province.committee}

    actions.return_report(report=report, reason="Sửa", by=office, at=now, seen=report.version)
    found = waiting(officer, today=now.date())
    assert list(found["reports_to_send"]) == [report]
    assert "reports_to_receive" not in found or not found["reports_to_receive"]


def test_who_only_reads_has_nothing_waiting(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    assert waiting(make_user(province.committee, "leader"), today=now.date()) == {}
