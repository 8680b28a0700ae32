"""A period is opened for whom the tree of its last day has, changed, and closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.apps.reports.conftest import signed_in
from tests.factories import make_agency, make_user
from tests.factories.agencies import Province
from tests.factories.reports import make_programme
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import Report, ReportPeriod, ReportText

from .make import AT, DAYS, HEADINGS, OPENED, asked, make_duty, open_year, report_of


def receivers(period: ReportPeriod) -> dict[str, str]:
    rows = period.reports.select_related("agency", "receiver")
    return {row.agency.name: row.receiver.name if row.receiver else "" for row in rows}


def test_communes_report_to_their_district_and_districts_to_the_province(
    province: Province, office: User
) -> None:
    found = receivers(open_year(province, office))

    for district, communes in zip(province.districts, province.communes, strict=True):
        assert found[district.name] == province.committee.name
        assert {found[commune.name] for commune in communes} == {district.name}
    assert found[province.departments[0].name] == province.committee.name
    assert found[province.office.name] == province.committee.name
    assert found[province.committee.name] == ""
    assert len(found) == 1 + 3 + 2 + 4


def test_without_districts_communes_report_to_the_province(
    province: Province, office: User
) -> None:
    commune = make_agency(
        "Ủy ban nhân dân xã Ba Sơn",
        parent=province.committee,
        level=Level.COMMUNE,
        kind=Kind.COMMITTEE,
    )

    assert receivers(open_year(province, office))[commune.name] == province.committee.name


def test_a_level_that_is_not_asked_is_passed_over(province: Province, office: User) -> None:
    period = open_year(province, office, deadlines={Level.COMMUNE: DAYS[Level.COMMUNE]})
    found = receivers(period)

    assert found[province.communes[0][0].name] == province.committee.name
    assert province.districts[0].name not in found


def test_the_agencies_are_those_of_the_last_day_of_the_figures(
    province: Province, office: User
) -> None:
    gone = make_agency("Sở cũ", parent=province.committee, ended_on=date(2024, 12, 1))
    ending = make_agency("Sở sắp hết", parent=province.committee, ended_on=date(2025, 3, 1))
    later = make_agency("Sở mới", parent=province.committee, started_on=date(2025, 3, 1))
    found = receivers(open_year(province, office))

    assert ending.name in found
    assert {gone.name, later.name}.isdisjoint(found)


def test_units_inside_an_agency_do_not_report(province: Province, office: User) -> None:
    unit = make_agency("Trung tâm Phục vụ hành chính công", parent=province.office, kind=Kind.UNIT)

    assert unit.name not in receivers(open_year(province, office))


def test_only_some_agencies_with_those_below_them(province: Province, office: User) -> None:
    district = province.districts[0]
    found = receivers(open_year(province, office, only=[district.pk]))

    names = {district.name, *(each.name for each in province.communes[0])}
    assert set(found) == {province.committee.name, *names}


def test_each_level_has_its_day_and_the_whole_its_own(province: Province, office: User) -> None:
    period = open_year(province, office)

    assert report_of(period, province.communes[0][0]).due_on == date(2024, 12, 18)
    assert report_of(period, province.districts[0]).due_on == date(2024, 12, 20)
    assert report_of(period, province.committee).due_on == date(2024, 12, 25)


def test_those_who_must_write_are_told_once(province: Province, office: User) -> None:
    officer, head = (make_user(province.departments[0], role) for role in ("officer", "head"))
    leader = make_user(province.departments[0], "leader")
    period = open_year(province, office)

    told = Notice.objects.filter(kind="reports.report")
    assert (
        told.get(user=officer).url == report_of(period, province.departments[0]).get_absolute_url()
    )
    assert "chậm nhất ngày 20/12/2024" in told.get(user=head).text
    assert not told.filter(user=leader).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"to_on": date(2023, 12, 1)}, "to_on"),
        ({"due_on": date(2024, 12, 19)}, "due_district"),
        ({"headings": ()}, "headings"),
        ({"headings": (HEADINGS[0], actions.Heading("i. CHỈ ĐẠO"))}, "headings"),
        ({"only": []}, "levels"),
    ],
)
def test_what_contradicts_itself_is_refused(
    province: Province, office: User, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.Refused) as e:
        actions.open_period(asked=asked(province.committee, **values), by=office, at=OPENED)

    assert e.value.field == field
    assert not ReportPeriod.objects.exists()


def test_a_department_opens_none(province: Province) -> None:
    head = make_user(province.departments[0], "head")

    with pytest.raises(PermissionDenied):
        actions.open_period(asked=asked(province.departments[0]), by=head, at=OPENED)


def _typed(province: Province, **values: Any) -> dict[str, Any]:
    return {
        "name": "Báo cáo quý I năm 2025",
        "kind": "quarter",
        "programme": make_programme(province.committee).pk,
        "agency": province.committee.pk,
        "from_on": "15/12/2024",
        "to_on": "14/3/2025",
        "levels": ["province", "commune"],
        "due_province": "20/3/2025",
        "due_commune": "18/3/2025",
        "addressee": "Văn phòng Chính phủ",
        "due_on": "25/3/2025",
        "headings": "I. Công tác chỉ đạo, điều hành\nMục riêng của tỉnh",
        **values,
    }


def test_the_form_starts_with_the_days_of_the_cycle(office: User, now: datetime) -> None:
    query = {"ky": "quarter", "so": "1", "nam": "2025"}
    page = signed_in(office).get(reverse("reports:open"), query)

    initial = page.context["form"].initial
    assert (initial["from_on"], initial["to_on"]) == (date(2024, 12, 15), date(2025, 3, 14))
    assert "chưa đối chiếu" in page.content.decode()


def test_the_form_starts_with_the_period_that_goes_up_next(office: User, now: datetime) -> None:
    page = signed_in(office).get(reverse("reports:open"))

    initial = page.context["form"].initial
    assert (initial["kind"], initial["to_on"]) == ("year", date(2024, 12, 14))
    assert 'name="so" min="1" max="4" value="1"' in page.content.decode()
    assert 'name="nam" min="2011" max="2198" value="2024"' in page.content.decode()


def test_what_is_hardly_ever_filled_in_is_folded_away_until_it_says_something(
    province: Province, office: User, now: datetime
) -> None:
    url = reverse("reports:open")
    assert '<details class="panel">' in signed_in(office).get(url).content.decode()

    wrong = signed_in(office).post(url, _typed(province, agencies="Sở Không Có"))

    assert '<details class="panel" open>' in wrong.content.decode()
    assert "Không rõ cơ quan" in wrong.content.decode()


@pytest.mark.parametrize("query", [{"ky": "x"}, {"nam": "99999"}, {"so": "9", "ky": "half"}])
def test_an_odd_cycle_in_the_address_opens_a_form_all_the_same(
    office: User, now: datetime, query: dict[str, str]
) -> None:
    assert signed_in(office).get(reverse("reports:open"), query).status_code == 200


def test_a_period_is_opened_by_its_form(province: Province, office: User, now: datetime) -> None:
    client = signed_in(office)
    response = client.post(reverse("reports:open"), _typed(province))

    period = ReportPeriod.objects.get()
    assert response["Location"] == period.get_absolute_url()
    sections = list(period.sections.values_list("key", "title"))
    assert sections == [
        ("chi-dao", "I. Công tác chỉ đạo, điều hành"),
        ("muc-2", "Mục riêng của tỉnh"),
    ]
    assert period.reports.filter(agency__level=Level.COMMUNE).count() == 4
    assert not period.reports.filter(agency__level=Level.DISTRICT).exists()
    assert Event.objects.filter(kind="reports.period_opened").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"due_commune": ""}, "Ghi hạn gửi của cấp này."),
        ({"agencies": "Sở Không Có"}, "Không rõ cơ quan"),
        ({"levels": []}, ""),
        ({"programme": 999_999}, ""),
        ({"duties": [999_999]}, ""),
        ({"agency": 999_999}, ""),
    ],
)
def test_what_is_typed_wrongly_stays_in_the_form(
    province: Province, office: User, now: datetime, values: dict[str, Any], words: str
) -> None:
    response = signed_in(office).post(reverse("reports:open"), _typed(province, **values))

    assert response.status_code == 422
    assert "Báo cáo quý I năm 2025" in response.content.decode()
    assert words in response.content.decode()
    assert set(response.context["form"].errors) == set(values)
    assert not ReportPeriod.objects.exists()


def _edited(period: ReportPeriod, **values: Any) -> dict[str, Any]:
    return {
        "name": period.name,
        "addressee": "Bộ Tư pháp",
        "due_on": "27/12/2024",
        "due_commune": "19/12/2024",
        "due_district": "23/12/2024",
        "due_province": "23/12/2024",
        "headings": "I. Chỉ đạo\nV. Kiến nghị\nVI. Mục thêm",
        "version": period.version,
        **values,
    }


def test_days_sections_and_addressee_change_while_it_is_open(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    response = signed_in(office).post(reverse("reports:edit", args=[period.pk]), _edited(period))
    period.refresh_from_db()

    assert response.status_code == 302
    assert period.addressee == "Bộ Tư pháp"
    assert report_of(period, province.communes[0][0]).due_on == date(2024, 12, 19)
    assert report_of(period, province.committee).due_on == date(2024, 12, 27)
    assert list(period.sections.values_list("title", flat=True))[-1] == "VI. Mục thêm"
    changes = Event.objects.get(kind="reports.period_changed").changes
    told = {each["field"]: (each["from"], each["to"]) for each in changes}
    assert told["Nơi nhận"] == ("Văn phòng Chính phủ", "Bộ Tư pháp")
    assert told["Hạn cấp xã"] == ("18/12/2024", "19/12/2024")


def test_a_section_in_which_somebody_wrote_stays(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    officer = make_user(province.departments[0])
    section = period.sections.get(key="kien-nghi")
    report = report_of(period, province.departments[0])
    actions.write_text(report=report, section=section, text="Đề nghị", by=officer, at=AT, seen=0)

    response = signed_in(office).post(
        reverse("reports:edit", args=[period.pk]), _edited(period, headings="I. Chỉ đạo")
    )

    assert response.status_code == 422
    assert "đã có cơ quan viết" in response.content.decode()
    assert ReportText.objects.filter(section=section, text="Đề nghị").exists()
    period.refresh_from_db()
    assert period.addressee == "Văn phòng Chính phủ"  # nothing of it was kept


def test_the_second_of_two_who_change_it_is_told(
    office: User, period: ReportPeriod, now: datetime
) -> None:
    client = signed_in(office)
    url = reverse("reports:edit", args=[period.pk])
    client.post(url, _edited(period))
    response = client.post(url, _edited(period, addressee="Cơ quan khác"))

    assert response.status_code == 422
    assert "Người khác vừa sửa" in response.content.decode()
    assert "Cơ quan khác" in response.content.decode()
    period.refresh_from_db()
    assert period.addressee == "Bộ Tư pháp"


def test_a_closed_period_moves_no_more(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    head = make_user(province.departments[0], "head")
    client = signed_in(office)
    client.post(reverse("reports:close", args=[period.pk]), {"version": period.version})
    report = report_of(period, province.departments[0])
    response = signed_in(head).post(
        reverse("reports:send", args=[report.pk]), {"version": report.version}
    )

    assert response.status_code == 422
    assert "kỳ báo cáo đã kết thúc" in response.content.decode()
    assert Report.objects.get(pk=report.pk).status == "draft"
    edit = client.post(reverse("reports:edit", args=[period.pk]), _edited(period))
    assert edit.status_code == 422


def test_headings_that_share_a_key_are_two_sections(
    province: Province, office: User, now: datetime
) -> None:
    headings = "V. Kiến nghị, đề xuất\nKiến nghị, đề xuất"
    response = signed_in(office).post(reverse("reports:open"), _typed(province, headings=headings))
    assert response.status_code == 302
    keys = list(ReportPeriod.objects.get().sections.values_list("key", flat=True))
    assert keys == ["kien-nghi", "muc-2"]


def test_a_section_that_is_renamed_keeps_its_key_and_what_was_written(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    section = period.sections.get(key="kien-nghi")
    report, officer = report_of(period, province.departments[0]), make_user(province.departments[0])
    actions.write_text(report=report, section=section, text="Đề nghị", by=officer, at=AT, seen=0)
    headings = "I. Chỉ đạo\nII.1. Thống kê, công bố, công khai\nI. Chung\nV. Đề xuất"
    url = reverse("reports:edit", args=[period.pk])

    renamed = _edited(period, headings="I. Chỉ đạo\nV. Đề xuất, kiến nghị")
    assert signed_in(office).post(url, renamed).status_code == 302
    period.refresh_from_db()
    assert ReportText.objects.get().section.title == "V. Đề xuất, kiến nghị"
    assert signed_in(office).post(url, _edited(period, headings=headings)).status_code == 422
    added = "I. Chỉ đạo\nV. Đề xuất, kiến nghị\nII.1. Thống kê, công bố, công khai"
    assert signed_in(office).post(url, _edited(period, headings=added)).status_code == 302
    found = list(period.sections.values_list("key", flat=True))
    assert found == ["chi-dao", "kien-nghi", "cong-bo"]


def test_a_period_answers_only_duties_of_its_programme_that_its_opener_sees(
    province: Province, office: User, now: datetime
) -> None:
    duty = make_duty(province.committee, [province.departments[0]], office)
    stranger = make_user(province.departments[1], "coordinator")
    own = asked(province.departments[1], duties=[duty], deadlines={})
    with pytest.raises(actions.Refused, match="không thuộc phạm vi"):
        actions.open_period(asked=own, by=stranger, at=OPENED)
    duty.programme = make_programme(province.committee)
    duty.save()
    with pytest.raises(actions.Refused, match="thuộc chương trình khác"):
        open_year(province, office, duties=[duty])
    with pytest.raises(actions.Refused, match="thuộc chương trình khác"):
        open_year(province, office, headings=[actions.Heading("Theo văn bản", duty=duty)])
    assert open_year(province, office, duties=[duty], programme=duty.programme).duties.count() == 1
