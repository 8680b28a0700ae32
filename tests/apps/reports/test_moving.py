"""A report is written, sent, returned, received; what letters asked ends with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.apps.reports.conftest import signed_in
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.reports import make_edition, make_fact
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit.models import Event
from tinhgon.apps.documents.models import Document
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.reports import actions, documents
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report, ReportBasis, ReportPeriod, ReportText

from .make import AT, make_duty, open_year, report_of


def sent(period: ReportPeriod, agency: Agency, at: datetime = AT) -> Report:
    report = report_of(period, agency)
    actions.send(report=report, by=make_user(agency, "head"), at=at, seen=report.version)
    return report_of(period, agency)


def post(user: User, name: str, report: Report, **values: Any) -> Any:
    data = {"version": report.version, **values}
    return signed_in(user).post(reverse(f"reports:{name}", args=[report.pk]), data)


def status_of(report: Report) -> ReportStatus:
    return ReportStatus(Report.objects.get(pk=report.pk).status)


def test_from_the_commune_over_the_district_to_the_province(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    """The whole way, through the pages, without JavaScript."""
    commune, district = province.communes[0][0], province.districts[0]
    report = report_of(period, commune)
    officer, head = make_user(commune), make_user(commune, "head")
    section = period.sections.get(key="kien-nghi")
    wrote = post(officer, "write", report, section=section.pk, text="Đề nghị tập huấn.", version=0)
    assert wrote.status_code == 302
    assert post(officer, "send", report).status_code == 403
    assert post(head, "send", report).status_code == 302

    above = make_user(district)
    report = report_of(period, commune)
    page = signed_in(above).get(report.get_absolute_url())
    assert "Đề nghị tập huấn." in page.content.decode()
    assert post(above, "receive", report).status_code == 302

    own = report_of(period, district)
    assert "Đề nghị tập huấn." in signed_in(above).get(own.get_absolute_url()).content.decode()
    assert post(make_user(district, "head"), "send", own).status_code == 302
    assert post(office, "receive", report_of(period, district)).status_code == 302
    assert status_of(report) is status_of(own) is ReportStatus.RECEIVED


def test_who_receives_is_told_and_who_wrote_is_told_of_the_receipt(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    commune, district = province.communes[0][0], province.districts[0]
    above, own = make_user(district), make_user(commune)
    report = sent(period, commune)
    actions.receive(report=report, by=above, at=AT, seen=report.version)

    told = Notice.objects.filter(url=report.get_absolute_url())
    assert "gửi Báo cáo năm 2024" in told.get(user=above).text
    assert "đã nhận" in told.filter(user=own).latest("pk").text


def test_nil_takes_one_click_and_stays_known_when_received(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    commune = province.communes[0][1]
    report = report_of(period, commune)
    post(make_user(commune, "head"), "send_nil", report)
    report = report_of(period, commune)
    assert (report.status, report.is_nil) == (ReportStatus.NIL, True)

    post(make_user(province.districts[0]), "receive", report)
    report = report_of(period, commune)
    assert (report.status, report.is_nil) == (ReportStatus.RECEIVED, True)


def test_what_was_returned_tells_why_and_keeps_its_first_day(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = sent(period, department)
    no_reason = post(office, "return", report, reason="  ")
    assert no_reason.status_code == 422
    assert "Ghi rõ lý do" in no_reason.content.decode()

    post(office, "return", report, reason="Thiếu quyết định công bố bổ sung.")
    report = report_of(period, department)
    assert report.status == ReportStatus.RETURNED
    head = make_user(department, "head")
    page = signed_in(head).get(report.get_absolute_url()).content.decode()
    assert "Thiếu quyết định công bố bổ sung." in page

    later = AT + timedelta(days=9)  # after the last day
    actions.send(report=report, by=head, at=later, seen=report.version)
    report = report_of(period, department)
    assert report.sent_on == AT.date()
    assert report.sent_at == later
    assert report.reason == ""
    assert not report.is_late_on(later.date())


def test_a_report_is_taken_back_until_it_is_received(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    head = make_user(department, "head")
    report = sent(period, department)
    assert post(head, "recall", report).status_code == 302
    assert status_of(report) is ReportStatus.DRAFT
    assert not ReportBasis.objects.filter(report=report).exists()

    report = sent(period, department)
    post(office, "receive", report)
    refused = post(head, "recall", report_of(period, department))
    assert refused.status_code == 422
    assert status_of(report) is ReportStatus.RECEIVED


def test_nothing_is_sent_before_the_figures_are_frozen(
    province: Province, office: User, now: datetime
) -> None:
    period = open_year(province, office, frozen=False)
    department = province.departments[0]
    head = make_user(department, "head")
    report = report_of(period, department)

    refused = post(head, "send", report)

    assert refused.status_code == 422
    assert "chưa chốt" in refused.content.decode()
    page = signed_in(head).get(report.get_absolute_url()).content.decode()
    assert reverse("reports:send", args=[report.pk]) not in page
    assert "chốt sau ngày 14/12/2024" in page


def test_the_figures_on_which_it_rested_are_kept(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    district, commune = province.districts[0], province.communes[0][0]
    sent(period, commune)
    report = sent(period, district)
    below = report_of(period, commune)

    bases = {each.edition.report_id: each.was_sent for each in report.bases.all()}
    assert bases == {report.pk: True, below.pk: True}

    make_edition(below, [make_fact(commune)] * 1, reason="Bỏ một thủ tục ghi trùng.")
    page = signed_in(office).get(report.get_absolute_url())
    numbers = {row.key: row for row in page.context["figures"]}
    assert numbers["cong-bo"].total == 3  # as it was sent: 1 of its own, 2 of the commune
    assert "Bỏ một thủ tục ghi trùng." in page.content.decode()


def test_what_others_wrote_since_the_head_read_it_stops_the_sending(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    officer, head = make_user(department), make_user(department, "head")
    section = period.sections.get(key="chi-dao")
    actions.write_text(report=report, section=section, text="Câu mới", by=officer, at=AT, seen=0)

    before = AT - timedelta(minutes=1)
    stopped = post(head, "send", report, read_at=before.isoformat())
    assert stopped.status_code == 422
    assert status_of(report) is ReportStatus.DRAFT
    assert post(head, "send", report, read_at=AT.isoformat()).status_code == 302


def test_words_that_came_while_the_head_was_sending_stop_it(
    province: Province, period: ReportPeriod, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An officer is faster at the row by a moment: the head has not read what he wrote."""
    department = province.departments[0]
    officer, head = make_user(department), make_user(department, "head")
    section, report = period.sections.get(key="chi-dao"), report_of(period, department)
    change = Report.change

    def late(self: Report, **values: Any) -> None:
        other = report_of(period, department)
        actions.write_text(report=other, section=section, text="x", by=officer, at=AT, seen=0)
        change(self, **values)

    read_at = (AT - timedelta(minutes=1)).isoformat()
    for name in ("send", "send_nil"):
        with monkeypatch.context() as patched:
            patched.setattr(Report, "change", late)
            stopped = post(head, name, report, read_at=read_at)
        assert stopped.status_code == 422
        assert status_of(report) is ReportStatus.DRAFT


@pytest.mark.parametrize("read_at", ["0001-01-01T00:00:00+14:00", "2024-12-16T09:00", "x\0"])
def test_an_odd_moment_of_reading_is_none(
    province: Province, period: ReportPeriod, now: datetime, read_at: str
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    answer = post(make_user(department, "head"), "send", report, read_at=read_at)
    assert answer.status_code in {302, 422}


def test_what_is_taken_back_or_returned_shows_nothing_of_how_it_was_sent(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    head = make_user(department, "head")
    for undo, by in (("recall", head), ("return", office)):
        report = report_of(period, department)
        post(head, "send_nil", report)
        post(by, undo, report_of(period, department), reason="Có phát sinh")
        report = report_of(period, department)
        assert not report.is_nil
        words = signed_in(head).get(report.get_absolute_url()).content.decode()
        assert "Gửi lần đầu" in words
        paper = documents.make_report(report, today=now.date())
        assert not any("không phát sinh" in block.text for block in paper.walk())
        assert "báo cáo không phát sinh" not in words


def test_the_signed_document_of_a_report_that_is_taken_back_is_out_of_sight(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    values = {
        "number": "512",
        "symbol": "BC-UBND",
        "issued_on": "16/12/2024",
        "signer_title": "Phó Chủ tịch",
        "signer_name": "Người ký",
    }
    post(office, "record_sent", report_of(period, province.committee), file=_pdf(), **values)
    report = report_of(period, province.committee)
    assert "512/BC-UBND" in signed_in(office).get(report.get_absolute_url()).content.decode()
    assert post(office, "recall", report).status_code == 302
    report = report_of(period, province.committee)
    words = signed_in(office).get(report.get_absolute_url()).content.decode()
    assert "Gửi qua trục" not in words
    assert reverse("reports:document", args=[report.pk]) not in words
    client = signed_in(office)
    assert client.get(reverse("reports:document", args=[report.pk])).status_code == 404
    paper = documents.make_report(report, today=now.date())
    assert (paper.number, paper.date) == (None, None)
    again = post(office, "record_sent", report, file=_pdf(), **{**values, "number": "513"})
    assert again.status_code == 302
    document = report_of(period, province.committee).document
    assert document
    assert document.code == "513/BC-UBND"
    assert Document.objects.filter(doc_type="báo cáo").count() == 1


def test_a_report_that_is_taken_back_counts_as_not_sent(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    commune = province.communes[0][0]
    report = sent(period, commune)
    post(make_user(commune, "head"), "recall", report)
    [line] = signed_in(office).get(reverse("reports:list")).context["lines"]
    assert line.sent == 0
    listed = signed_in(office).get(period.get_absolute_url()).context["lines"]
    district = province.districts[0]
    [below] = [each for each in listed if each.report.agency == district]
    assert (below.figures.sent_below, below.figures.asked_below) == (0, 2)
    late = report_of(period, commune).due_on + timedelta(days=1)
    at = datetime.combine(late, now.timetz())
    actions.urge(reports=[report_of(period, commune)], by=make_user(district), at=at)
    assert Notice.objects.filter(text__contains="đã quá hạn 18/12/2024").exists()


@pytest.mark.parametrize("name", ["send", "send_nil", "receive", "return", "recall"])
def test_the_second_of_two_is_told(
    province: Province, office: User, period: ReportPeriod, now: datetime, name: str
) -> None:
    department = province.departments[0]
    head = make_user(department, "head")
    sends = name in {"send", "send_nil"}
    report = report_of(period, department) if sends else sent(period, department)
    user = office if name in {"receive", "return"} else head
    Report.objects.filter(pk=report.pk).update(version=report.version + 1)

    response = post(user, name, report, reason="Số chưa khớp")

    assert response.status_code == 422
    assert "Người khác vừa thay đổi" in response.content.decode()
    assert status_of(report) is ReportStatus(report.status)


def test_a_superior_does_not_write_or_send_for_an_agency(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    chairman = make_user(province.committee, "head")
    report = report_of(period, province.departments[0])
    section = period.sections.get(key="chi-dao")

    for user in (chairman, office):
        assert post(user, "send", report).status_code == 403
        assert post(user, "write", report, section=section.pk, text="x").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.send_nil(report=report, by=chairman, at=AT, seen=report.version)


def test_nobody_receives_his_own_report(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    head = make_user(department, "head")
    report = sent(period, department)

    assert post(head, "receive", report).status_code == 403
    assert post(head, "return", report, reason="x").status_code == 403


def test_a_report_in_time_is_no_late_work_where_the_letter_wants_the_work_before(
    province: Province, office: User, now: datetime
) -> None:
    department = province.departments[0]
    duty = make_duty(province.committee, [department], office, due_on=date(2024, 12, 10))
    period = open_year(province, office, duties=[duty])
    report = sent(period, department, at=AT)
    assert date(2024, 12, 10) < AT.date() <= report.due_on
    actions.receive(report=report, by=office, at=AT, seen=report.version)

    share = Assignment.objects.get(duty=duty)
    assert (share.status, share.done_on) == ("accepted", date(2024, 12, 10))
    assert share.answers.get().text.endswith(f"gửi ngày {AT.day:02d}/{AT.month}/{AT.year}")


def test_receiving_ends_the_share_of_the_duty_on_the_day_of_sending(
    province: Province, office: User, now: datetime
) -> None:
    agencies = [province.departments[0], province.departments[1]]
    duty = make_duty(province.committee, agencies, office)
    period = open_year(province, office, duties=[duty])
    report = sent(period, agencies[0], at=AT)
    actions.receive(report=report, by=office, at=AT + timedelta(days=7), seen=report.version)

    mine = Assignment.objects.get(duty=duty, agency=agencies[0])
    assert (mine.status, mine.done_on, mine.percent) == ("accepted", AT.date(), 100)
    assert mine.answers.get().kind == "record"
    other = Assignment.objects.get(duty=duty, agency=agencies[1])
    assert other.status != "accepted"

    nil = report_of(period, agencies[1])
    actions.send_nil(report=nil, by=make_user(agencies[1], "head"), at=AT, seen=nil.version)
    actions.receive(report=nil, by=office, at=AT, seen=nil.version)
    other.refresh_from_db()
    assert other.answers.get().kind == "nil"


def test_a_duty_of_another_agency_cannot_be_answered(
    province: Province, office: User, now: datetime
) -> None:
    duty = make_duty(province.departments[0], [province.departments[1]], office)

    with pytest.raises(actions.Refused, match="do cơ quan yêu cầu báo cáo giao"):
        open_year(province, office, duties=[duty])


def test_the_report_of_the_province_goes_up_as_a_signed_document(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    report = report_of(period, province.committee)
    page = signed_in(office).get(reverse("reports:record_sent", args=[report.pk]))
    assert page.status_code == 200
    pdf = _pdf()
    response = post(
        office,
        "record_sent",
        report,
        number="512",
        symbol="BC-UBND",
        issued_on="16/12/2024",
        signer_title="Phó Chủ tịch",
        signer_name="Người ký",
        file=pdf,
    )

    assert response.status_code == 302
    report = report_of(period, province.committee)
    assert report.status == ReportStatus.SENT
    assert report.document
    assert report.document.code == "512/BC-UBND"
    assert report.bases.count() == 3
    file: Any = signed_in(office).get(reverse("reports:document", args=[report.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def _pdf() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7 bao cao", content_type="application/pdf")


@pytest.mark.parametrize("day", ["13/12/2024", "17/12/2024"])
def test_a_signed_report_is_not_from_before_the_cut_off_nor_from_tomorrow(
    province: Province, office: User, period: ReportPeriod, now: datetime, day: str
) -> None:
    response = post(
        office,
        "record_sent",
        report_of(period, province.committee),
        number="512",
        symbol="BC-UBND",
        issued_on=day,
        signer_title="Phó Chủ tịch",
        signer_name="Người ký",
        file=_pdf(),
    )

    assert response.status_code == 422
    assert "Ngày văn bản phải từ ngày chốt" in response.content.decode()


def test_words_are_saved_as_they_are_typed(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report, officer = report_of(period, department), make_user(department)
    section = period.sections.get(key="chi-dao")
    url = reverse("reports:write", args=[report.pk])
    client = signed_in(officer)

    def save(text: str, version: int) -> Any:
        data = {"section": section.pk, "text": text, "version": version}
        return client.post(url, data, headers={"X-Autosave": "1"})

    first = save("Ban hành kế hoạch", 0)
    assert (first.status_code, first["X-Version"]) == (200, "1")
    second = save("Ban hành kế hoạch số 12", 1)
    assert second["X-Version"] == "2"
    assert save("Ban hành kế hoạch số 12", 2)["X-Version"] == "2"  # nothing new
    assert report.texts.get().text == "Ban hành kế hoạch số 12"
    # The trail has one line for one sitting, not one a second.
    assert Event.objects.filter(kind="reports.written").count() == 1


def test_two_officers_on_one_section_keep_both_texts_before_them(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    section = period.sections.get(key="chi-dao")
    first, second = make_user(department, name="Lan"), make_user(department, name="Hùng")
    actions.write_text(report=report, section=section, text="Bản của Lan", by=first, at=AT, seen=0)

    url = reverse("reports:write", args=[report.pk])
    data = {"section": section.pk, "text": "Bản của Hùng", "version": 0}
    typed = signed_in(second).post(url, data, headers={"X-Autosave": "1"})
    assert typed.status_code == 422
    assert "Người khác vừa sửa mục này" in typed.content.decode()

    page = signed_in(second).post(url, data)
    assert page.status_code == 422
    words = page.content.decode()
    assert "Bản của Hùng</textarea>" in words
    assert "Bản của Lan" in words
    [view] = [v for v in page.context["sections"] if v.section == section]
    signed_in(second).post(url, {**data, "version": view.version})
    assert report.texts.get().text == "Bản của Hùng"
    assert Event.objects.filter(kind="reports.written").count() == 2


def test_nothing_comes_into_a_report_that_was_sent(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    officer = make_user(department)
    section = period.sections.get(key="chi-dao")
    report = sent(period, department)

    response = post(officer, "write", report, section=section.pk, text="Muộn", version=0)

    assert response.status_code == 422
    assert not ReportText.objects.exists()


@pytest.mark.parametrize("values", [{"section": 999_999}, {"section": ""}, {"version": "x"}])
def test_forged_sections_and_versions(
    province: Province, period: ReportPeriod, now: datetime, values: dict[str, Any]
) -> None:
    department = province.departments[0]
    section = period.sections.get(key="chi-dao")
    data = {"section": section.pk, "text": "x", "version": 0, **values}
    report = report_of(period, department)

    response = signed_in(make_user(department)).post(
        reverse("reports:write", args=[report.pk]), data
    )

    assert response.status_code in {404, 422}
    assert not ReportText.objects.exists()


def test_a_section_of_another_period_is_none_of_this(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    foreign = open_year(province, office).sections.get(key="chi-dao")
    report = report_of(period, department)

    response = post(make_user(department), "write", report, section=foreign.pk, text="x", version=0)

    assert response.status_code == 404


def test_many_are_received_at_one_stroke(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    first, second = (sent(period, each) for each in province.departments)
    other = report_of(period, province.districts[0])  # not sent
    below = sent(period, province.communes[0][0])  # goes to the district
    url = reverse("reports:receive_many", args=[period.pk])
    ticks = [f"{each.pk}:{each.version}" for each in (first, other)] + [
        f"{second.pk}:{second.version - 1}",  # seen before it was sent
        "x:1",
        "1",
    ]

    response = signed_in(office).post(url, {"pk": ticks}, follow=True)

    words = response.content.decode()
    assert "Đã nhận 1 báo cáo." in words
    assert "vừa có người khác thay đổi" in words
    assert status_of(first) is ReportStatus.RECEIVED
    assert status_of(second) is ReportStatus.SENT
    assert status_of(other) is ReportStatus.DRAFT
    assert status_of(below) is ReportStatus.SENT

    signed_in(office).post(url, {"all_matching": "1"})
    assert status_of(second) is ReportStatus.RECEIVED


def test_a_district_receives_only_its_communes(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    mine, foreign = (sent(period, communes[0]) for communes in province.communes)
    officer = make_user(province.districts[0])
    url = reverse("reports:receive_many", args=[period.pk])

    signed_in(officer).post(url, {"pk": [f"{r.pk}:{r.version}" for r in (mine, foreign)]})

    assert status_of(mine) is ReportStatus.RECEIVED
    assert status_of(foreign) is ReportStatus.SENT
    assert post(officer, "receive", foreign).status_code == 404


def test_agencies_that_have_not_sent_are_urged_once_a_day(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    slow, fast = province.departments
    person = make_user(slow)
    sent(period, fast)
    url = reverse("reports:urge", args=[period.pk])
    keys = [f"{report_of(period, each).pk}:1" for each in (slow, fast)]

    signed_in(office).post(url, {"pk": keys})
    again = signed_in(office).post(url, {"pk": keys}, follow=True)

    report = report_of(period, slow)
    assert report.reminders.count() == 1
    assert "đôn đốc" in Notice.objects.filter(user=person).latest("pk").text
    assert "Không có cơ quan nào cần đôn đốc thêm" in again.content.decode()
    assert Event.objects.filter(kind="reports.urged").count() == 1
