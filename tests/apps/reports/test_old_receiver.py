"""Whose workbooks a receiver still opens once the tree has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.factories import make_agency, make_user
from tests.factories.agencies import Province
from tests.workbooks import all_sheets, filled_in
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.difficulties.actions import Content, raise_difficulty
from tinhgon.apps.difficulties.enums import Decider
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.models import PeriodDuty, Report, ReportPeriod, ReturnedWorkbook
from tinhgon.domain.difficulties import kinds

from .conftest import signed_in
from .make import AT, make_duty, report_of
from .offline import TASKS, TROUBLES, WORDS, hand_in, workbook

ROLES = ("officer", "head", "coordinator", "clerk", "leader", "administrator")


@dataclass
class Case:
    """A commune of the first district with its workbook, handed in by its officer."""

    report: Report
    commune: Agency
    district: Agency
    other: Agency
    officer: User
    data: bytes
    found: ReturnedWorkbook

    def statuses(self, user: User) -> list[int]:
        """Return how the pages of the workbook answer: shown, taken out, written, put aside."""
        client, key = signed_in(user), self.found.pk
        answers = [
            client.get(self.found.get_absolute_url()),
            client.get(reverse("reports:workbook_file", args=[key])),
            client.post(reverse("reports:merge_workbook", args=[key])),
            client.post(reverse("reports:discard_workbook", args=[key])),
            client.get(reverse("reports:workbook", args=[self.report.pk])),
        ]
        for each in answers:
            if each.streaming:
                b"".join(each.streaming_content)  # type: ignore[attr-defined]
        return [each.status_code for each in answers]


@pytest.fixture
def case(period: ReportPeriod, province: Province, now: datetime) -> Case:
    district, other, commune = *province.districts[:2], province.communes[0][0]
    duty = make_duty(district, [commune], make_user(district, "coordinator"))
    PeriodDuty.objects.create(period=period, duty=duty)
    report, officer = report_of(period, commune), make_user(commune, "officer")
    kind = next(iter(kinds()))
    trouble = Content(kind, "Chưa gửi ai", "Nội bộ.", Decider.PROVINCE, date(2024, 12, 30))
    raise_difficulty(agency=commune, content=trouble, by=officer, at=AT)
    data = filled_in(workbook(officer, report), {(WORDS, "D2"): "Đã làm."})
    found = hand_in(officer, period, data).context["workbook"]
    return Case(report, commune, district, other, officer, data, found)


def move(agency: Agency, parent: Agency) -> None:
    """Put the agency below another one, as a change of the tree does."""
    agency.parent, agency.path = parent, f"{parent.path}{agency.pk}/"
    agency.save()


GONE = [404, 404, 404, 404]


@pytest.mark.parametrize("role", ROLES)
def test_the_old_district_of_a_commune_that_moved_opens_none(
    period: ReportPeriod, case: Case, role: str
) -> None:
    person = make_user(case.district, role)
    assert case.statuses(person)[0] == 200

    move(case.commune, case.other)

    assert case.statuses(User.objects.get(pk=person.pk))[:4] == GONE
    told: Any = hand_in(User.objects.get(pk=person.pk), period, case.data)
    assert told.status_code in {403, 404, 422}
    listing = signed_in(person).get(reverse("reports:workbooks", args=[period.pk]))
    assert case.found.get_absolute_url() not in listing.content.decode()


def test_the_old_district_still_reads_the_report_and_takes_out_no_workbook(case: Case) -> None:
    person = make_user(case.district, "officer")
    move(case.commune, case.other)

    page = signed_in(person).get(case.report.get_absolute_url())

    assert page.status_code == 200
    assert "tải tệp ngoại tuyến" not in page.content.decode()
    assert case.statuses(person)[4] == 403


def test_the_commune_goes_on_and_the_province_still_sees(
    period: ReportPeriod, province: Province, case: Case
) -> None:
    move(case.commune, case.other)

    assert case.statuses(case.officer)[0] == 200
    assert hand_in(case.officer, period, case.data).status_code == 200
    # The report still goes to the old district: nobody of the new one enters for it.
    assert case.statuses(make_user(case.other, "officer"))[0] == 404


@pytest.mark.parametrize("role", ROLES)
def test_once_an_ended_district_is_followed_only_its_heir_opens_them(
    province: Province, case: Case, role: str
) -> None:
    on = date(2024, 12, 16)
    heir = make_agency("Phường Kỳ Lừa", parent=province.committee, started_on=on)
    case.district.ended_on = on
    case.district.save()
    Succession.objects.create(
        predecessor=case.district, successor=heir, on=on, kind=SuccessionKind.WHOLE
    )
    call_command("remind")

    assert case.statuses(make_user(case.district, role))[:4] == GONE
    new = make_user(heir, role)
    assert case.statuses(new)[0] == 200


def test_the_heir_is_handed_no_work_and_no_difficulties(province: Province, case: Case) -> None:
    heir = make_agency("Phường Kỳ Lừa", parent=province.committee)
    Report.objects.filter(pk=case.report.pk).update(receiver=heir)
    case.district.ended_on = date(2024, 12, 16)
    case.district.save()

    own, foreign = (
        all_sheets(workbook(user, case.report))
        for user in (case.officer, make_user(heir, "officer"))
    )

    assert (own[TASKS][1][0][:3], own[TROUBLES][1][0][:3]) == ("NV-", "VM-")
    assert foreign[WORDS] == own[WORDS]
    assert "NV-" not in str(foreign[TASKS])
    assert "Chưa gửi ai" not in str(foreign)


def test_the_list_and_the_policy_agree(
    period: ReportPeriod, province: Province, case: Case
) -> None:
    """The condition of the database and that of one report are the same rule."""
    people = [
        make_user(agency, "officer")
        for agency in (case.commune, case.district, case.other, province.committee)
    ]
    for parent in (case.district, case.other, province.committee):
        move(case.commune, parent)
        report = report_of(period, case.commune)
        for person in (User.objects.get(pk=each.pk) for each in people):
            seen = Report.objects.workbooks_visible_to(person).filter(pk=report.pk).exists()
            assert seen or not policies.may_enter(person, report), (parent, person)
