"""Nothing arose: said on the page, and in the offline workbook by whoever has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import make_user
from tests.factories.agencies import Province
from tests.workbooks import all_sheets, filled_in, of_sheets
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import Report, ReportPeriod, ReportText

from .conftest import signed_in
from .make import AT, open_year, report_of
from .offline import NIL, TASKS, WORDS, hand_in, merge, workbook

ANSWER = (NIL, "C2")
YES = {ANSWER: "Có"}
WAITS = "đề nghị báo cáo không phát sinh, chờ thủ trưởng gửi"


@pytest.fixture
def head(home: Agency) -> User:
    return make_user(home, "head")


def says_nil(user: User, report: Report, **more: Any) -> Any:
    """Hand in the workbook of the report with the answer that nothing arose."""
    data = filled_in(workbook(user, report), YES | more.get("cells", {}))
    return hand_in(user, report.period, data)


def write(report: Report, text: str, by: User) -> None:
    section = report.period.sections.get(key="chi-dao")
    seen = ReportText.objects.filter(report=report, section=section).values_list("version")
    version = seen[0][0] if seen else 0
    actions.write_text(report=report, section=section, text=text, by=by, at=AT, seen=version)


def test_the_head_sends_it_with_the_workbook(report: Report, head: User, now: datetime) -> None:
    answer = says_nil(head, report)
    shown = answer.content.decode()
    assert f"gửi luôn báo cáo không phát sinh đến {report.period.agency.label}" in shown
    assert "Ghi và gửi báo cáo không phát sinh" in shown

    done = merge(head, answer)

    assert "đã gửi báo cáo không phát sinh" in done.content.decode()
    report.refresh_from_db()
    assert (report.status, report.is_nil, report.sent_by) == ("nil", True, head)
    assert report.nil_proposed is False
    kinds = set(Event.objects.filter(subject_ref=f"reports.report:{report.pk}").values_list("kind"))
    assert {("reports.nil",), ("reports.workbook_merged",)} <= kinds


def test_an_officer_says_it_and_the_head_sends_it(
    report: Report, officer: User, head: User, now: datetime
) -> None:
    answer = says_nil(officer, report)
    shown = answer.content.decode()
    assert "chưa gửi: thủ trưởng Sở Nội vụ gửi ở trang báo cáo" in shown
    assert "Ghi và gửi" not in shown

    assert WAITS in merge(officer, answer).content.decode()

    report.refresh_from_db()
    assert (report.status, report.nil_proposed) == ("draft", True)
    [notice] = Notice.objects.filter(user=head, text__contains="không phát sinh")
    assert "chờ thủ trưởng gửi" in notice.text
    page = signed_in(head).get(report.get_absolute_url())
    assert "Đồng ý thì chọn “Không phát sinh”" in page.content.decode()
    assert "Chờ thủ trưởng cơ quan gửi" in (
        signed_in(officer).get(report.get_absolute_url()).content.decode()
    )
    assert all_sheets(workbook(officer, report))[NIL][1][2] == "Có"
    signed_in(head).post(reverse("reports:send_nil", args=[report.pk]), {"version": report.version})
    report.refresh_from_db()
    assert (report.status, report.nil_proposed) == ("nil", False)


def test_who_receives_the_report_does_not_send_it_for_the_agency(
    report: Report, officer: User, office: User, now: datetime
) -> None:
    data = filled_in(workbook(officer, report), YES)
    answer = hand_in(office, report.period, data)
    assert "Nơi nhận không gửi thay được" in answer.content.decode()

    merge(office, answer)

    report.refresh_from_db()
    assert (report.status, report.nil_proposed) == ("draft", True)
    event = Event.objects.get(kind="reports.nil_proposed")
    assert event.reason == "Nhập thay theo tệp ngoại tuyến mà cơ quan gửi."
    assert event.actor_ref == office.audit_ref


def test_the_head_hands_in_what_an_officer_said_before(
    report: Report, officer: User, head: User, now: datetime
) -> None:
    data = filled_in(workbook(head, report), YES)
    merge(officer, says_nil(officer, report))

    # Saved again by another program it is another file.
    answer = hand_in(head, report.period, of_sheets(all_sheets(data) | {"Z": []}))
    item = answer.context["items"][0].item
    merge(head, answer, **{item.name: "tep"})

    report.refresh_from_db()
    assert report.status == "nil"


def test_it_is_taken_back_by_a_later_workbook_or_by_words(
    report: Report, officer: User, now: datetime
) -> None:
    merge(officer, says_nil(officer, report))
    no = filled_in(workbook(officer, report), {ANSWER: "Không"})

    done = merge(officer, hand_in(officer, report.period, no))

    assert "thôi đề nghị báo cáo không phát sinh" in done.content.decode()
    report.refresh_from_db()
    assert report.nil_proposed is False
    merge(officer, says_nil(officer, report))
    write(report, "Đã ban hành 03 văn bản.", officer)
    report.refresh_from_db()
    assert report.nil_proposed is False


def test_before_the_figures_are_frozen_it_is_only_said(
    province: Province, office: User, now: datetime
) -> None:
    period = open_year(province, office, frozen=False)
    report = report_of(period, province.departments[0])
    head = make_user(report.agency, "head")
    answer = says_nil(head, report)
    assert "sau khi số liệu được chốt" in answer.content.decode()
    assert [(each.said, each.stored) for each in answer.context["items"]] == [
        ("Báo cáo không phát sinh", "")
    ]

    # Frozen between looking and confirming, the same button would send: it is shown again.
    period.change(seen_version=period.version, frozen_at=AT)
    again = merge(head, answer)

    assert again.status_code == 422
    assert "Ghi và gửi báo cáo không phát sinh" in again.content.decode()
    report.refresh_from_db()
    assert (report.status, report.nil_proposed) == ("draft", False)


def test_a_contradiction_is_shown_at_the_cell_and_nothing_is_written(
    report: Report, head: User, now: datetime
) -> None:
    answer = says_nil(head, report, cells={(TASKS, "F2"): "Đã trình"})

    [fault] = answer.context["faults"]
    assert str(fault).startswith("Trang “Không phát sinh”, ô C2: đã chọn Có nhưng")
    assert merge(head, answer).status_code == 422
    report.refresh_from_db()
    assert report.status == "draft"


def test_words_written_meanwhile_stand_against_it(
    report: Report, officer: User, head: User, now: datetime
) -> None:
    answer = says_nil(head, report)
    write(report, "Đã ban hành 03 văn bản.", officer)

    told = merge(head, answer)

    assert told.status_code == 422
    assert "mục “I. Chỉ đạo” trên hệ thống có nội dung" in told.content.decode()


def test_the_workbook_empties_what_was_written_and_says_that_nothing_arose(
    report: Report, officer: User, head: User, now: datetime
) -> None:
    write(report, "Viết nhầm", officer)

    merge(head, says_nil(head, report, cells={(WORDS, "D2"): ""}))

    report.refresh_from_db()
    assert report.status == "nil"
    assert ReportText.objects.get(report=report).text == ""


def test_a_report_with_words_is_not_sent_as_nil_from_its_page(
    report: Report, officer: User, head: User, now: datetime
) -> None:
    write(report, "Đã ban hành 03 văn bản.", officer)

    url = reverse("reports:send_nil", args=[report.pk])
    told = signed_in(head).post(url, {"version": report.version})

    assert told.status_code == 422
    assert "Báo cáo đã có lời văn ở mục “I. Chỉ đạo”" in told.content.decode()
    report.refresh_from_db()
    assert report.status == "draft"


def test_a_report_that_was_returned_meanwhile_asks_again(
    period: ReportPeriod, report: Report, officer: User, head: User, office: User, now: datetime
) -> None:
    data = filled_in(workbook(officer, report), YES)
    actions.send_nil(report=report, by=head, at=AT, seen=report.version)
    sent = report_of(period, report.agency)
    actions.return_report(report=sent, reason="Có 01 thủ tục", by=office, at=AT, seen=sent.version)

    answer = hand_in(head, period, data)
    assert answer.context["to_choose"] == 1
    merge(head, answer, **{answer.context["items"][0].item.name: "he-thong"})

    report.refresh_from_db()
    assert report.status == "returned"


def test_the_report_that_goes_up_as_a_document_does_not_ask(
    period: ReportPeriod, province: Province, now: datetime
) -> None:
    report = report_of(period, province.committee)

    assert NIL not in all_sheets(workbook(make_user(province.committee, "officer"), report))
