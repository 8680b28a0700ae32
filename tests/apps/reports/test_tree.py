"""Which reports stand below which: also when an agency ended, and when all of a list are chosen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.apps.reports.conftest import signed_in
from tests.factories import make_agency, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.apps.reports.queries.content import Content

from .make import AT, report_of


def write(report: Report, text: str) -> None:
    section = report.period.sections.get(key="kien-nghi")
    by = make_user(report.writer)
    actions.write_text(report=report, section=section, text=text, by=by, at=AT, seen=0)


def send(report: Report) -> None:
    actions.send(report=report, by=make_user(report.writer, "head"), at=AT, seen=report.version)


@pytest.fixture
def heir(province: Province, period: ReportPeriod, now: datetime) -> Agency:
    """What took over the whole of the first district; its first commune has sent its report."""
    old, on = province.districts[0], date(2024, 12, 16)
    commune = report_of(period, province.communes[0][0])
    write(commune, "Đề nghị tập huấn.")
    send(commune)
    heir = make_agency("Phường Kỳ Lừa", parent=province.committee, started_on=on)
    old.ended_on = on
    old.save()
    Succession.objects.create(predecessor=old, successor=heir, on=on, kind=SuccessionKind.WHOLE)
    call_command("remind")
    return heir


def page(user: User, name: str, *args: Any, **query: str) -> Any:
    return signed_in(user).get(reverse(f"reports:{name}", args=args), query)


def test_communes_of_an_ended_district_stand_below_its_report(
    province: Province, office: User, period: ReportPeriod, heir: Agency, now: datetime
) -> None:
    district, root = (
        report_of(period, each) for each in (province.districts[0], province.committee)
    )
    assert report_of(period, province.communes[0][0]).receiver == heir
    whole = {row.key: row for row in page(office, "report", root.pk).context["figures"]}
    assert whole["cong-bo"].total == 5
    shown = page(make_user(heir), "report", district.pk)
    numbers = {row.key: row for row in shown.context["figures"]}
    assert (numbers["cong-bo"].own, numbers["cong-bo"].below) == (1, 2)
    [line] = [line for line in shown.context["lines"] if line.is_sent]
    assert line.report.agency == province.communes[0][0]
    assert "Đề nghị tập huấn." in shown.content.decode()
    section = period.sections.get(key="kien-nghi")
    assert (
        "Đề nghị tập huấn."
        in page(make_user(heir), "texts", district.pk, section.pk).content.decode()
    )
    content = Content(district, today=now.date())
    assert [len(each.below) for each in content.sections()] == [0, 1]
    assert sum(row[0] != "" for row in next(content.forms()).rows) == 3  # itself and two communes


def test_the_list_folds_the_communes_of_an_ended_district(
    province: Province, office: User, period: ReportPeriod, heir: Agency, now: datetime
) -> None:
    district = report_of(period, province.districts[0])
    lines = {line.report.pk: line for line in page(office, "period", period.pk).context["lines"]}
    assert len(lines) == 5
    figures = lines[district.pk].figures
    assert (figures.sent_below, figures.asked_below) == (1, 2)
    assert dict(figures.cells)["Đã công bố"] == 3
    opened = page(office, "period", period.pk, nhanh=str(district.pk)).context["lines"]
    assert {line.report.agency for line in opened} == set(province.communes[0])


def test_all_of_the_list_are_those_that_it_shows(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department, commune = (
        report_of(period, each) for each in (province.departments[0], province.communes[0][0])
    )
    for each in (department, commune):
        send(each)
    url = reverse("reports:receive_many", args=[period.pk])
    chairman = make_user(province.committee, "coordinator")
    signed_in(chairman).post(url, {"all_matching": "1"})
    department.refresh_from_db()
    commune.refresh_from_db()
    assert department.status == ReportStatus.RECEIVED
    assert commune.status == ReportStatus.SENT
    urge = reverse("reports:urge", args=[period.pk])
    signed_in(chairman).post(urge, {"all_matching": "1"})
    urged = Report.objects.filter(reminders__isnull=False)
    assert not urged.filter(agency__level="commune").exists()
    assert urged.count() == 4


def test_words_of_a_draft_are_nobody_elses(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    commune, district = province.communes[0][0], report_of(period, province.districts[0])
    report, reader = report_of(period, commune), make_user(province.districts[0])
    section = period.sections.get(key="kien-nghi")

    def seen() -> set[bool]:
        paper = Content(district, today=now.date()).sections()
        return {
            "Bản nháp" in page(reader, "report", district.pk).content.decode(),
            "Bản nháp" in page(reader, "texts", district.pk, section.pk).content.decode(),
            any(written.text == "Bản nháp" for each in paper for written in each.below),
        }

    write(report, "Bản nháp")
    assert seen() == {False}
    send(report)
    assert seen() == {True}
    sent = report_of(period, commune)
    actions.return_report(report=sent, reason="Sửa", by=reader, at=AT, seen=sent.version)
    assert seen() == {False}
