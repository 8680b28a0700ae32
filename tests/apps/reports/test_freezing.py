from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import python_calamine
import time_machine
from django.core.management import call_command

from tests.factories import make_user
from tests.factories.agencies import Province, make_agency
from tests.factories.procedures import make_version
from tests.factories.reports import (
    make_edition,
    make_fact,
    make_period,
    make_programme,
    make_report,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import Edition, EditionFact, Report, ReportBasis, ReportPeriod
from tinhgon.apps.reports.queries import shares
from tinhgon.apps.reports.queries.content import Content
from tinhgon.common.models import StaleObject
from tinhgon.domain.officialdoc import read
from tinhgon.domain.reporting import read_tally

from .conftest import signed_in
from .make import AT

AFTER = AT + timedelta(hours=1)


@pytest.fixture
def running(province: Province) -> ReportPeriod:
    """A period whose figures still move, asked of one department and one district."""
    period = make_period(province.committee, frozen=False)
    make_report(period, province.committee)
    make_report(period, province.departments[0], province.committee)
    make_report(period, province.districts[0], province.committee)
    return period


def publish(agency: Agency, name: str, on: date = date(2023, 3, 28)) -> ProcedureVersion:
    return make_version(agency, status=Status.PUBLISHED, name=name, valid_from=on)


def facts(period: ReportPeriod, agency: Agency) -> list[str]:
    report = Report.objects.get(period=period, agency=agency)
    rows = EditionFact.objects.filter(edition__report=report).order_by("edition", "pk")
    return [str(each) for each in rows]


def test_figures_are_kept_as_they_stood_on_the_last_day(
    running: ReportPeriod, province: Province
) -> None:
    home, district = province.departments[0], province.districts[0]
    publish(home, "Cấp tài khoản")
    publish(home, "Công bố sau ngày chốt", date(2024, 12, 15))
    publish(province.communes[0][0], "Của một xã không phải báo cáo")
    room = make_agency("Trung tâm trực thuộc sở", parent=home)
    publish(room, "Của đơn vị trực thuộc")
    assert actions.freeze_period(period=running, by=System(), at=AT) == 3
    assert facts(running, home) == ["Cấp tài khoản", "Của đơn vị trực thuộc"]
    assert facts(running, district) == ["Của một xã không phải báo cáo"]
    assert facts(running, province.committee) == []
    edition = Edition.objects.get(report__agency=home)
    assert read_tally(edition.figures).numbers["cong-bo"] == 2
    assert Event.objects.filter(kind="reports.period_frozen").exists()


def test_figures_are_frozen_once_and_never_before_the_day_is_over(
    running: ReportPeriod, province: Province
) -> None:
    early = datetime.combine(running.to_on, AT.timetz())
    with pytest.raises(actions.Refused, match="Hết ngày 14/12/2024"):
        actions.freeze_period(period=running, by=System(), at=early)
    actions.freeze_period(period=running, by=System(), at=AT)
    with pytest.raises(actions.Refused, match="đã chốt"):
        actions.freeze_period(period=running, by=System(), at=AFTER)
    assert Edition.objects.count() == 3


def test_two_who_freeze_at_once_make_one_edition(running: ReportPeriod) -> None:
    same = ReportPeriod.objects.get(pk=running.pk)
    actions.freeze_period(period=running, by=System(), at=AT)
    with pytest.raises(StaleObject):
        actions.freeze_period(period=same, by=System(), at=AT)
    assert Edition.objects.count() == 3


def test_the_daily_run_freezes_what_is_due(running: ReportPeriod, province: Province) -> None:
    other = make_period(
        province.committee,
        frozen=False,
        to_on=date(2025, 3, 14),
        programme=make_programme(province.committee),
    )
    with time_machine.travel(AT, tick=False):
        call_command("remind")
    running.refresh_from_db()
    other.refresh_from_db()
    assert running.frozen_at == AT
    assert other.frozen_at is None


def test_a_closed_period_is_not_frozen_any_more(running: ReportPeriod, office: User) -> None:
    actions.close_period(period=running, by=office, at=AT, seen=running.version)
    with pytest.raises(actions.Refused, match="đã kết thúc"):
        actions.freeze_period(period=running, by=office, at=AT)
    assert not Edition.objects.exists()


def test_a_correction_keeps_both_figures_and_the_reason(
    running: ReportPeriod, province: Province
) -> None:
    home = province.departments[0]
    publish(home, "Cấp tài khoản")
    actions.freeze_period(period=running, by=System(), at=AT)
    report = Report.objects.get(period=running, agency=home)
    officer = make_user(home, "officer")
    with pytest.raises(actions.Refused, match="vẫn như trong báo cáo"):
        restate(report, officer)
    publish(home, "Quyết định nhập muộn")
    with pytest.raises(actions.Refused, match="vì sao"):
        restate(report, officer, "  ")
    edition = restate(report, officer)
    assert edition.number == 2
    assert [read_tally(e.figures).numbers["cong-bo"] for e in report.editions.all()] == [1, 2]
    event = Event.objects.get(kind="reports.restated")
    assert {"field": "TTHC nội bộ đã công bố", "from": "1", "to": "2"} in event.changes
    assert event.reason == "Nhập muộn Quyết định số 12/QĐ-UBND."


def test_a_sent_report_rests_on_what_its_agency_corrected(
    running: ReportPeriod, province: Province, now: datetime
) -> None:
    home = province.departments[0]
    publish(home, "Cấp tài khoản")
    actions.freeze_period(period=running, by=System(), at=AT)
    report = Report.objects.get(period=running, agency=home)
    actions.send(report=report, by=make_user(home, "head"), at=AT, seen=report.version)
    publish(home, "Quyết định nhập muộn")
    edition = restate(report, make_user(home, "officer"))

    assert report.bases.get().edition == edition
    report.refresh_from_db()
    shown = signed_in(make_user(home)).get(report.get_absolute_url()).context
    [row] = [row for row in shown["figures"] if row.key == "cong-bo"]
    assert (row.was, row.total) == (1, 2)
    form = next(Content(report, today=AT.date()).forms())
    assert form.notes[-1] == (
        "Sở Nội vụ điều chỉnh số liệu ngày 16/12/2024: Nhập muộn Quyết định số 12/QĐ-UBND (TTHC "
        "nội bộ đã công bố: 1 → 2; giữa các cơ quan hành chính nhà nước: 1 → 2; cấp tỉnh: 1 → 2; "
        "còn hiệu lực: 1 → 2)."
    )
    assert form.rows[1][-1] == "16/12/2024, gửi đúng hạn"


def test_what_was_corrected_below_after_the_sending_is_no_note_of_the_paper(
    running: ReportPeriod, province: Province, now: datetime
) -> None:
    district = province.districts[0]
    actions.freeze_period(period=running, by=System(), at=AT)
    root = Report.objects.get(period=running, receiver=None)
    below = Report.objects.get(period=running, agency=district)
    edition = below.editions.get()
    ReportBasis.objects.create(report=root, edition=edition)
    make_edition(below, [make_fact(district)], reason="Nhập muộn.")
    notes = next(Content(root, today=AT.date()).forms()).notes
    assert any("Nhập muộn" in each for each in notes)  # not sent yet: it counts with the newest
    Report.objects.filter(pk=root.pk).update(
        status="sent", sent_at=AT, first_sent_at=AT, sent_by=running.created_by
    )
    root.refresh_from_db()
    notes = next(Content(root, today=AT.date()).forms()).notes
    assert not any("Nhập muộn" in each for each in notes)


def restate(
    report: Report, by: User, reason: str = "Nhập muộn Quyết định số 12/QĐ-UBND."
) -> Edition:
    report.refresh_from_db()
    return actions.restate(
        report=report,
        reason=reason,
        by=by,
        at=AFTER,
        seen=report.version,
    )


def test_two_who_correct_at_once_do_not_make_two_editions(
    running: ReportPeriod, province: Province
) -> None:
    home = province.departments[0]
    actions.freeze_period(period=running, by=System(), at=AT)
    publish(home, "Quyết định nhập muộn")
    report = Report.objects.get(period=running, agency=home)
    officer, seen = make_user(home, "officer"), report.version
    restate(Report.objects.get(pk=report.pk), officer)
    publish(home, "Thêm một thủ tục")
    with pytest.raises(StaleObject):
        actions.restate(report=report, reason="Lý do", by=officer, at=AFTER, seen=seen)


def test_the_page_of_a_correction_says_what_would_change(
    running: ReportPeriod, province: Province, now: datetime
) -> None:
    home = province.departments[0]
    publish(home, "Cấp tài khoản")
    actions.freeze_period(period=running, by=System(), at=AT)
    report = Report.objects.get(period=running, agency=home)
    url = f"{report.get_absolute_url()}dieu-chinh/"
    client = signed_in(make_user(home, "officer"))
    assert "Đối chiếu" in client.get(url).content.decode()
    assert "vẫn như trong báo cáo" in client.post(url).content.decode()
    publish(home, "Quyết định nhập muộn")
    page = client.post(url).content.decode()
    assert "Quyết định nhập muộn" in page
    assert "chưa có trong báo cáo" in page
    refused = client.post(url, {"version": report.version, "reason": ""})
    assert refused.status_code == 422
    assert "Ghi rõ vì sao" in refused.content.decode()
    done = client.post(url, {"version": report.version, "reason": "Nhập muộn."}, follow=True)
    assert "Nhập muộn." in done.content.decode()
    assert shares.drift_of(report).changed == []  # type: ignore[union-attr]


def test_only_who_runs_the_period_freezes_it(
    running: ReportPeriod, province: Province, now: datetime
) -> None:
    url = f"/bao-cao/ky/{running.pk}/chot/"
    officer = signed_in(make_user(province.departments[0], "officer"))
    assert officer.post(url).status_code == 403
    office = signed_in(make_user(province.committee, "coordinator"))
    assert "Chốt số liệu" in office.get(running.get_absolute_url()).content.decode()
    assert "Đã chốt số liệu" in office.post(url, follow=True).content.decode()
    assert "Số liệu của kỳ này đã chốt" in office.post(url, follow=True).content.decode()


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_a_report_leaves_as_word_pdf_and_excel(
    period: ReportPeriod, province: Province, now: datetime, kind: str
) -> None:
    office = signed_in(make_user(province.committee, "coordinator"))
    whole = Report.objects.get(period=period, receiver=None)
    answer = office.get(f"{whole.get_absolute_url()}bao-cao.{kind}")
    assert answer.status_code == 200
    if kind == "xlsx":
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.content))
        assert book.sheet_names == ["Biểu 1", "Biểu 2", "Biểu 5"]
        names = [row[1] for row in book.get_sheet_by_name("Biểu 1").to_python() if row[0] == "1"]
        assert names
    if kind == "docx":
        assert read(answer.content, "bao-cao.docx").doc_type == "báo cáo"
    assert office.get(f"{whole.get_absolute_url()}bao-cao.zip").status_code == 404
