"""Reports that have nothing to be counted from say so before zeros are frozen, and sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import Procedure, Tenure
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import ReportPeriod
from tinhgon.apps.reports.queries.sources import agencies_without_procedures, named

from .conftest import signed_in
from .make import AT, make_duty, open_year, report_of

IN_TIME = date(2024, 3, 1)
WILL, ARE = "Số liệu sẽ chốt bằng 0", "Số liệu đã chốt đều bằng 0"


@pytest.fixture
def running(province: Province, office: User) -> ReportPeriod:
    """A period whose last day is over and whose figures still move."""
    return open_year(province, office, frozen=False)


def publish(agency: Agency, on: date = IN_TIME) -> Procedure:
    return make_version(agency, status=Status.PUBLISHED, valid_from=on).procedure


def page(user: User, period: ReportPeriod, agency: Agency) -> str:
    url = report_of(period, agency).get_absolute_url()
    return str(signed_in(user).get(url).content.decode())


def test_an_agency_with_procedures_of_its_own_or_below_it_is_counted(
    running: ReportPeriod, province: Province
) -> None:
    everybody = agencies_without_procedures(running)
    assert len(everybody) == running.reports.exclude(receiver=None).count()
    publish(province.departments[0])
    publish(province.communes[0][0])

    without = agencies_without_procedures(running)

    gone = {province.departments[0], province.communes[0][0], province.districts[0]}
    assert set(everybody) - set(without) == {each.name for each in gone}


def test_what_comes_after_the_cut_off_does_not_count(
    running: ReportPeriod, province: Province
) -> None:
    publish(province.departments[0], running.to_on + timedelta(days=1))

    assert province.departments[0].name in agencies_without_procedures(running)


def test_who_holds_it_on_the_day_counts_not_who_led_its_version(
    running: ReportPeriod, province: Province
) -> None:
    old, new = province.departments[:2]
    procedure = publish(old)
    Tenure.objects.filter(procedure=procedure).delete()
    Tenure.objects.create(procedure=procedure, agency=old, ended_on=date(2024, 6, 1))
    Tenure.objects.create(procedure=procedure, agency=new, started_on=date(2024, 6, 1))

    without = agencies_without_procedures(running)

    assert old.name in without
    assert new.name not in without


def test_who_runs_the_period_is_told_before_freezing(
    running: ReportPeriod, province: Province, office: User, now: datetime
) -> None:
    shown = signed_in(office).get(running.get_absolute_url()).content.decode()
    assert "Sẽ chốt bằng 0" in shown
    assert "cơ quan nữa" in shown
    assert "/nhap" in shown
    other = signed_in(make_user(province.departments[0], "officer"))
    assert "Sẽ chốt bằng 0" not in other.get(running.get_absolute_url()).content.decode()

    actions.freeze_period(period=running, by=office, at=AT)

    assert (
        "Sẽ chốt bằng 0" not in signed_in(office).get(running.get_absolute_url()).content.decode()
    )


def test_the_trail_of_freezing_names_them_and_says_that_it_was_the_daily_run(
    running: ReportPeriod, province: Province
) -> None:
    actions.freeze_period(period=running, by=System(), at=AT)

    event = Event.objects.get(kind="reports.period_frozen")
    said = {each["field"]: each["to"] for each in event.changes}
    assert province.departments[0].name in said["Chưa có thủ tục, số liệu bằng 0"]
    assert said["Cách chốt"] == "tự động, sau khi hết ngày chốt"


def test_the_agency_is_told_where_to_enter_its_work(
    running: ReportPeriod, home: Agency, office: User, province: Province, now: datetime
) -> None:
    officer = make_user(home, "officer")
    shown = page(officer, running, home)
    assert WILL in shown
    assert "cũng chưa được giao nhiệm vụ nào" in shown
    duty = make_duty(province.committee, [home], office)
    duty.programme = running.programme
    duty.save()
    assert "cũng chưa được giao nhiệm vụ nào" not in page(officer, running, home)
    running.change(seen_version=running.version, frozen_at=AT)
    frozen = page(officer, running, home)
    assert (WILL in frozen, ARE in frozen) == (False, True)
    assert "rồi chọn “Điều chỉnh số liệu” trước khi gửi" in frozen


def test_an_agency_with_procedures_is_told_nothing(
    running: ReportPeriod, home: Agency, office: User, now: datetime
) -> None:
    publish(home)
    officer = make_user(home, "officer")
    assert WILL not in page(officer, running, home)

    actions.freeze_period(period=running, by=office, at=AT)

    assert ARE not in page(officer, running, home)


def test_a_report_that_was_sent_warns_no_more(
    running: ReportPeriod, home: Agency, office: User, now: datetime
) -> None:
    actions.freeze_period(period=running, by=office, at=AT)
    report, head = report_of(running, home), make_user(home, "head")
    actions.send_nil(report=report, by=head, at=AT, seen=report.version)

    assert ARE not in page(head, running, home)


def test_many_agencies_are_counted() -> None:
    assert list(named([])) == []
    assert list(named(["A", "B"])) == ["2 cơ quan (A; B)"]
    assert list(named(list("ABCDEFG"))) == ["7 cơ quan (A; B; C; D; E và 2 cơ quan nữa)"]


def test_the_history_of_a_report_tells_how_its_period_was_opened_and_frozen(
    running: ReportPeriod, home: Agency, office: User, now: datetime
) -> None:
    actions.freeze_period(period=running, by=System(), at=AT)

    shown = page(make_user(home, "officer"), running, home)
    history = shown[shown.index('id="lich-su"') :]

    assert "Mở kỳ báo cáo</b>: " + office.audit_name in history
    assert "Chốt số liệu kỳ báo cáo</b>: Hệ thống" in history
    assert "tự động, sau khi hết ngày chốt" in history
    assert "Chưa có thay đổi nào được ghi" not in history
