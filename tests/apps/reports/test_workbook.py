"""The offline workbook from hand to hand: out, filled in, handed in, looked at, written."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from tests.background import work_off
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.workbooks import Shown, all_sheets, filled_in, of_sheets
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions as work
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit.models import Event
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import (
    FigureRemark,
    PeriodDuty,
    Report,
    ReportPeriod,
    ReportText,
    ReturnedWorkbook,
)
from tinhgon.domain.difficulties import kinds

from .conftest import signed_in
from .make import AT, make_duty, open_year, report_of
from .offline import FIGURES, NIL, TASKS, TROUBLES, WORDS, hand_in, merge, workbook

KIND = next(iter(kinds().values()))


def full(data: bytes) -> bytes:
    """Return the workbook with something new on each sheet."""
    return filled_in(
        data,
        {
            (TASKS, "E2"): 60,
            (TASKS, "F2"): "=Đã trình, chờ ký\ndòng hai",
            (TASKS, "G2"): "12/BC-SNV",
            (TASKS, "H2"): date(2024, 12, 15),
            (WORDS, "D2"): "- Đã ban hành 03 văn bản.",
            (TROUBLES, "C2"): KIND.label,
            (TROUBLES, "D2"): "Hai nghị định khác nhau",
            (TROUBLES, "E2"): "Khác nhau về thời hạn.",
            (TROUBLES, "F2"): "Đã hỏi sở.",
            (TROUBLES, "H2"): "Chính phủ, Thủ tướng Chính phủ",
            (FIGURES, "E2"): "Phải là 3, theo Quyết định số 5/QĐ-UBND",
        },
    )


def written(report: Report) -> tuple[Any, ...]:
    """Return all that a workbook could have written."""
    return (
        list(Assignment.objects.order_by("pk").values_list("percent", "version")),
        list(ReportText.objects.filter(report=report).values_list("text", flat=True)),
        Difficulty.objects.count(),
        FigureRemark.objects.count(),
    )


def test_the_agency_works_offline_and_nothing_is_lost(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    out = workbook(officer, report)
    answer = hand_in(officer, period, full(out))
    assert answer.status_code == 200
    assert not answer.context["faults"]
    assert answer.context["to_write"] == 4
    assert written(report)[1:] == ([], 0, 0)

    done = merge(officer, answer)

    assert "Đã ghi tệp ngoại tuyến" in done.content.decode()
    assignment = Assignment.objects.get(agency=report.agency)
    assert (assignment.percent, assignment.status) == (60, "in_progress")
    note = assignment.notes.get()
    assert note.text == ("=Đã trình, chờ ký\ndòng hai\nVăn bản: 12/BC-SNV ngày 15/12/2024.")
    assert note.by == officer
    [text] = ReportText.objects.filter(report=report)
    assert (text.text, text.written_by) == ("- Đã ban hành 03 văn bản.", officer)
    difficulty = Difficulty.objects.get()
    assert (difficulty.title, difficulty.kind) == ("Hai nghị định khác nhau", KIND.code)
    assert (difficulty.agency, difficulty.status) == (report.agency, "new")
    assert difficulty.due_on == date(2024, 12, 30)
    remark = FigureRemark.objects.get()
    assert remark.figure == "cong-bo"
    page = signed_in(officer).get(report.get_absolute_url()).content.decode()
    remarks = reverse("reports:remarks", args=[report.pk])
    assert remarks in page
    said = signed_in(officer).get(remarks).content.decode()
    assert "Phải là 3, theo Quyết định số 5/QĐ-UBND" in said
    assert "Ghi tệp ngoại tuyến" in page
    # What goes out next says all of it, and coming back unchanged says nothing new.
    again = workbook(officer, report)
    sheets = all_sheets(again)
    assert sheets[WORDS][1][3] == "- Đã ban hành 03 văn bản."
    assert sheets[TASKS][1][4] == "60"
    assert "Đã trình, chờ ký" in sheets[TASKS][1][3]
    assert sheets[TROUBLES][1][0] == difficulty.code
    assert sheets[FIGURES][1][4].startswith("Phải là 3")
    unchanged = hand_in(officer, period, again)
    assert unchanged.context["items"] == []
    assert "Tệp không có nội dung mới" in unchanged.content.decode()


def test_the_receiver_enters_what_came_by_mail(
    period: ReportPeriod, report: Report, officer: User, office: User, now: datetime
) -> None:
    answer = hand_in(office, period, full(workbook(officer, report)))
    assert "nộp thay" in answer.content.decode()

    merge(office, answer)

    assert Assignment.objects.get(agency=report.agency).percent == 60
    assert ReportText.objects.get(report=report).written_by == office
    assert Difficulty.objects.get().agency == report.agency
    [notice] = Notice.objects.filter(user=officer, kind="reports.report")
    assert "đã ghi tệp ngoại tuyến của cơ quan vào báo cáo" in notice.text
    for kind in ("reports.written", "assignments.progress_reported", "reports.workbook_merged"):
        event = Event.objects.get(kind=kind)
        assert event.reason == "Nhập thay theo tệp ngoại tuyến mà cơ quan gửi."
        assert event.actor_ref == office.audit_ref


def test_a_district_enters_for_its_commune_what_it_gave_itself(
    period: ReportPeriod, province: Province, now: datetime
) -> None:
    """It checks the answers to this work, so on its own page it may not say how far it is."""
    district, commune = province.districts[0], province.communes[0][0]
    person = make_user(district, "officer")
    duty = make_duty(district, [commune], make_user(district, "coordinator"))
    PeriodDuty.objects.create(period=period, duty=duty)
    report = report_of(period, commune)
    assignment = Assignment.objects.get(duty=duty)
    url = reverse("assignments:progress", args=[assignment.pk])
    data = {"percent": 10, "text": "x", "version": assignment.version}
    assert signed_in(person).post(url, data).status_code == 403

    answer = hand_in(person, period, full(workbook(person, report)))
    merge(person, answer)

    assignment.refresh_from_db()
    assert assignment.percent == 60


def test_who_may_do_what(
    period: ReportPeriod, report: Report, officer: User, province: Province, now: datetime
) -> None:
    data = full(workbook(officer, report))
    answer = hand_in(officer, period, data)
    found: ReturnedWorkbook = answer.context["workbook"]
    pages = [
        (reverse("reports:workbook", args=[report.pk]), "get"),
        (reverse("reports:remarks", args=[report.pk]), "get"),
        (found.get_absolute_url(), "get"),
        (reverse("reports:workbook_file", args=[found.pk]), "get"),
        (reverse("reports:merge_workbook", args=[found.pk]), "post"),
        (reverse("reports:discard_workbook", args=[found.pk]), "post"),
    ]
    neighbour = make_user(province.departments[1], "officer")
    for url, method in pages:
        assert getattr(signed_in(neighbour), method)(url).status_code == 404, url
    told = hand_in(neighbour, period, data)
    assert told.status_code == 422
    assert "anh/chị không nộp thay được" in told.content.decode()
    assert found.get_absolute_url() not in listed(neighbour, period)
    reader = make_user(report.agency, "leader")
    assert signed_in(reader).get(found.get_absolute_url()).status_code == 200
    for url, method in (pages[0], *pages[4:]):
        assert getattr(signed_in(reader), method)(url).status_code == 403, url
    assert hand_in(reader, period, data).status_code == 403
    make_user(province.committee, "leader").positions.update(user=neighbour)
    told = hand_in(neighbour, period, data)
    assert "nơi nhận mà cơ quan đó đang trực thuộc, nộp được" in told.content.decode()
    assert reverse("reports:workbook", args=[report.pk]) not in told.content.decode()
    assert found.get_absolute_url() in listed(officer, period)
    everything = reverse("reports:all_workbooks", args=[period.pk])
    assert signed_in(reader).post(everything).status_code == 403


def listed(user: User, period: ReportPeriod) -> str:
    return str(signed_in(user).get(reverse("reports:workbooks", args=[period.pk])).content.decode())


def test_who_lacks_a_right_for_one_sheet_is_told_and_nothing_is_written(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    role = officer.positions.get().role
    role.permissions = [each for each in role.permissions if each != "raise_difficulty"]
    role.save()
    before = written(report)

    told = merge(officer, hand_in(officer, period, full(workbook(officer, report))))

    assert told.status_code == 422
    assert "không ghi được trang “Khó khăn, vướng mắc”" in told.content.decode()
    assert written(report) == before


def test_a_workbook_of_another_period_names_it(
    period: ReportPeriod,
    report: Report,
    officer: User,
    province: Province,
    office: User,
    now: datetime,
) -> None:
    other = open_year(province, office, name="Báo cáo quý IV")
    told = hand_in(officer, other, full(workbook(officer, report)))

    assert told.status_code == 422
    assert "Tệp này là của Sở Nội vụ, Báo cáo năm 2024. Mở kỳ báo cáo đó" in (told.content.decode())
    assert not ReturnedWorkbook.objects.exists()
    assert not StoredFile.objects.exists()


def forged(data: bytes, change: Any) -> bytes:
    sheets = all_sheets(data)
    token = sheets["_tinhgon"][0][0]
    sheets["_tinhgon"] = [[change(token)]]
    return of_sheets(sheets)


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-2] + "xx",
        lambda token: "x" + token,
        lambda _: "khong:phai:dau",
        lambda _: signing.dumps({"report": 1}, salt="reports.workbook"),
        lambda _: signing.dumps([1], salt="reports.workbook"),
        lambda token: signing.dumps(
            signing.loads(token, salt="reports.workbook"), salt="reports.workbook", key="k" * 40
        ),
    ],
)
def test_a_forged_seal_is_refused(
    period: ReportPeriod, report: Report, officer: User, now: datetime, change: Any
) -> None:
    told = hand_in(officer, period, forged(workbook(officer, report), change))

    assert told.status_code == 422
    assert "Dấu xác thực của tệp không đúng" in told.content.decode()
    assert not StoredFile.objects.exists()


def test_a_workbook_that_waits_outlives_the_key_that_sealed_it(
    period: ReportPeriod, report: Report, officer: User, now: datetime, settings: Any
) -> None:
    """The installation took another key, or a later make of the software refuses older seals."""
    shown = hand_in(officer, period, full(workbook(officer, report)))
    url = shown.context["workbook"].get_absolute_url()
    before = written(report)
    settings.SECRET_KEY = "x" * 60
    settings.SECRET_KEY_FALLBACKS = []

    page = signed_in(officer).get(url)

    assert page.status_code == 200
    assert "Dấu xác thực của tệp không đúng" in page.content.decode()
    assert "Sửa trong chính tệp này" not in page.content.decode()
    assert merge(officer, page).status_code == 422
    assert written(report) == before


def test_a_thousand_cells_beside_the_form_are_counted_not_listed(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    cells = {(WORDS, f"{column}{line}"): "x" for column in "JKLMN" for line in range(20, 220)}
    shown = hand_in(officer, period, filled_in(workbook(officer, report), cells))

    page = shown.content.decode()
    assert page.count("nằm ngoài các cột") == 50
    assert "50 chỗ đầu trong 1.000 chỗ" in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"\x00\x01", "không phải là Excel dạng .xlsx"),
        ("a.xlsx", b"PK\x03\x04x", "bị hỏng"),
        ("a.pdf", b"%PDF-1.7", "không phải là Excel dạng .xlsx"),
        ("a.xlsx", of_sheets({"A": [["b"]]}), "không phải là tệp ngoại tuyến"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    period: ReportPeriod, officer: User, now: datetime, name: str, data: bytes, words: str
) -> None:
    told = hand_in(officer, period, data, name)

    assert told.status_code == 422
    assert words in told.content.decode()


def test_a_workbook_under_another_name_is_refused_by_its_kind(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    told = hand_in(officer, period, workbook(officer, report), "tep.docx")

    assert told.status_code == 422
    assert "Các loại được nhận: xlsx" in told.content.decode()


def test_no_file_at_all_is_told(period: ReportPeriod, officer: User, now: datetime) -> None:
    url = reverse("reports:workbooks", args=[period.pk])
    assert signed_in(officer).post(url, {}).status_code == 422


def test_faults_are_shown_and_nothing_is_written(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    before = written(report)
    wrong = {(TASKS, "C2"): "31/12", (TASKS, "E2"): 150, (WORDS, "B2"): "x"}
    data = filled_in(full(workbook(officer, report)), wrong)
    answer = hand_in(officer, period, data)

    shown = answer.content.decode()
    assert "Trang “Nhiệm vụ”, ô C2: ô khóa" in shown
    assert "Trang “Thuyết minh”, ô B2: ô khóa" in shown
    cells = [each.cell for each in answer.context["faults"]]
    assert cells == ["C2", "E2", "B2"], "sheet by sheet, as they are mended"
    assert "Ghi vào báo cáo" not in shown
    assert "sẽ ghi" not in shown
    assert "Có lỗi, cần nộp lại" in shown
    told = merge(officer, answer)
    assert told.status_code == 422
    assert "Tệp có lỗi" in told.content.decode()
    assert written(report) == before


def test_a_faulty_workbook_is_replaced_by_the_next_of_its_agency(
    period: ReportPeriod, report: Report, officer: User, office: User, now: datetime
) -> None:
    data = full(workbook(officer, report))
    wrong = filled_in(data, {(TASKS, "E2"): 150})
    faulty: ReturnedWorkbook = hand_in(officer, period, wrong).context["workbook"]
    assert faulty.status == "faulty"
    assert "Có lỗi, cần nộp lại" in listed(office, period)
    # The very same file again is the same; one that is wrong elsewhere takes its place.
    assert hand_in(officer, period, wrong).context["workbook"] == faulty
    other = hand_in(office, period, filled_in(data, {(TASKS, "E2"): "x"})).context["workbook"]
    faulty.refresh_from_db()
    assert (faulty.status, faulty.replaced_by, faulty.decided_by) == ("replaced", other, office)
    waiting = hand_in(officer, period, filled_in(data, {(WORDS, "D3"): "Một"})).context["workbook"]

    good = hand_in(officer, period, data).context["workbook"]

    other.refresh_from_db()
    waiting.refresh_from_db()
    assert (other.status, other.replaced_by) == ("replaced", waiting)
    assert (waiting.status, waiting.replaced_by, good.status) == ("waiting", None, "waiting")
    page = signed_in(officer).get(faulty.get_absolute_url()).content.decode()
    assert other.get_absolute_url() in page
    assert "Đã thay bằng tệp nộp sau" in page
    event = Event.objects.filter(kind="reports.workbook_returned", changes__2__isnull=False)
    assert [each.changes[2]["field"] for each in event] == ["Thay tệp có lỗi"] * 2
    url = reverse("reports:merge_workbook", args=[faulty.pk])
    data_back = {"version": faulty.version, "shown": "x"}
    assert signed_in(officer).post(url, data_back).status_code == 422


def test_faulty_workbooks_of_other_agencies_stay(
    period: ReportPeriod, report: Report, officer: User, province: Province, now: datetime
) -> None:
    commune = province.communes[0][0]
    person = make_user(commune, "officer")
    wrong = filled_in(workbook(person, report_of(period, commune)), {(TASKS, "E2"): 150})
    faulty: ReturnedWorkbook = hand_in(person, period, wrong).context["workbook"]

    hand_in(officer, period, full(workbook(officer, report)))

    faulty.refresh_from_db()
    assert faulty.status == "faulty"


def test_a_workbook_that_the_records_made_faulty_is_replaced_too(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    data = workbook(officer, report)
    first: ReturnedWorkbook = hand_in(
        officer, period, filled_in(data, {(NIL, "C2"): "Có"})
    ).context["workbook"]
    assert first.status == "waiting"
    section = period.sections.get(key="chi-dao")
    actions.write_text(report=report, section=section, text="Đã làm", by=officer, at=AT, seen=0)

    next_one = hand_in(officer, period, filled_in(data, {(WORDS, "D3"): "Một"}))

    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("replaced", next_one.context["workbook"])


def test_a_workbook_that_the_storage_lost_does_not_stop_the_next(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    data = workbook(officer, report)
    cells = [{(WORDS, "D3"): "Một"}, {(WORDS, "D3"): "Hai"}]
    lost: ReturnedWorkbook = hand_in(officer, period, filled_in(data, cells[0])).context["workbook"]
    lost.file.content.storage.delete(str(lost.file.content.name))

    found = hand_in(officer, period, filled_in(data, cells[1])).context["workbook"]

    lost.refresh_from_db()
    assert (lost.status, found.status) == ("waiting", "waiting")


def test_what_was_wrong_only_that_day_is_handed_in_anew(
    period: ReportPeriod, report: Report, officer: User
) -> None:
    cells = {(TASKS, "F2"): "x", (TASKS, "G2"): "12/BC-SNV", (TASKS, "H2"): "17/12/2024"}
    with time_machine.travel(AT, tick=False):
        data = filled_in(workbook(officer, report), cells)
        early: ReturnedWorkbook = hand_in(officer, period, data).context["workbook"]
    assert early.status == "faulty"

    with time_machine.travel(AT + timedelta(days=2), tick=False):
        page = signed_in(officer).get(early.get_absolute_url()).content.decode()
        assert "Nộp lại</a> chính tệp này để ghi" in page
        assert "Ghi vào báo cáo" not in page
        again: ReturnedWorkbook = hand_in(officer, period, data).context["workbook"]

    early.refresh_from_db()
    assert (again.status, early.replaced_by) == ("waiting", again)


def test_a_faulty_workbook_is_put_aside(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    wrong = filled_in(full(workbook(officer, report)), {(TASKS, "E2"): 150})
    found: ReturnedWorkbook = hand_in(officer, period, wrong).context["workbook"]

    url = reverse("reports:discard_workbook", args=[found.pk])
    signed_in(officer).post(url, {"version": found.version})

    found.refresh_from_db()
    assert found.status == "discarded"


def test_who_was_faster_is_shown_beside_and_a_person_chooses(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    section = period.sections.get(key="chi-dao")
    last = period.sections.get(key="kien-nghi")
    data = filled_in(
        workbook(officer, report),
        {(WORDS, "D2"): "Của tệp", (WORDS, "D3"): "Cũng của tệp", (TASKS, "F2"): "Của tệp"},
    )
    colleague = make_user(report.agency, "head")
    for each in (section, last):
        actions.write_text(report=report, section=each, text="Của họ", by=colleague, at=AT, seen=0)
    assignment = Assignment.objects.get(agency=report.agency)
    work.report_progress(
        assignment=assignment,
        percent=80,
        text="Của họ",
        upload=None,
        by=colleague,
        at=AT,
        version=assignment.version,
    )
    answer = hand_in(officer, period, data)
    shown = answer.content.decode()
    assert answer.context["to_choose"] == 3
    assert "Của họ" in shown
    assert "Của tệp" in shown
    names = [each.item.name for each in answer.context["items"]]
    assert names[0] == f"nhiem-vu-NV-{assignment.pk}"

    told = merge(officer, answer)
    assert told.status_code == 422
    assert "Chọn bản giữ lại cho 3 dòng" in told.content.decode()
    choices = dict(zip(names, ("tep", "ca-hai", "he-thong"), strict=True))
    merge(officer, answer, **choices)

    assert ReportText.objects.get(section=section).text == "Của họ\n\nCủa tệp"
    assert ReportText.objects.get(section=last).text == "Của họ"
    assignment.refresh_from_db()
    assert assignment.percent == 80  # the workbook says nothing of it
    assert [each.text for each in assignment.notes.all()] == ["Của tệp", "Của họ"]


def test_what_changes_after_it_was_shown_is_shown_again(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    answer = hand_in(officer, period, full(workbook(officer, report)))
    section = period.sections.get(key="chi-dao")
    head = make_user(report.agency, "head")
    actions.write_text(report=report, section=section, text="Vừa viết", by=head, at=AT, seen=0)
    before = written(report)

    told = merge(officer, answer)

    assert told.status_code == 422
    assert "Có người vừa sửa nội dung liên quan" in told.content.decode()
    assert "Vừa viết" in told.content.decode()
    assert written(report) == before
    merge(officer, told, **{f"thuyet-minh-MUC-{section.pk}": "tep"})
    assert ReportText.objects.get(section=section).text == "- Đã ban hành 03 văn bản."


def test_work_that_was_answered_meanwhile_is_told_and_the_rest_written(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    data = full(workbook(officer, report))
    assignment = Assignment.objects.get(agency=report.agency)
    work.submit_nil(assignment=assignment, text="", by=officer, at=AT, version=assignment.version)

    answer = hand_in(officer, period, data)
    assert "không ghi được" in answer.content.decode()
    assert answer.context["to_write"] == 3
    merge(officer, answer)

    assert not assignment.notes.exists()
    assert ReportText.objects.filter(report=report).exists()


def test_the_same_file_is_handed_in_once(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    data = full(workbook(officer, report))
    first = hand_in(officer, period, data).context["workbook"]
    answer = hand_in(officer, period, data)
    assert answer.context["workbook"] == first
    merge(officer, answer)
    before = written(report)

    told = hand_in(officer, period, data)
    assert told.status_code == 422
    assert "Tệp này đã được ghi vào báo cáo ngày 16/12/2024" in told.content.decode()
    twice = merge(officer, answer)
    assert twice.status_code == 422
    # Saved again by another program it is another file, and says nothing new.
    saved = hand_in(officer, period, of_sheets(all_sheets(data) | {"Z": []}))
    assert {each.item.verdict.value for each in saved.context["items"]} == {"da-co"}
    nothing = merge(officer, saved)
    assert "Tệp không có nội dung nào mới" in nothing.content.decode()
    assert written(report) == before


def test_a_workbook_is_put_aside_and_may_come_again(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    data = full(workbook(officer, report))
    first: ReturnedWorkbook = hand_in(officer, period, data).context["workbook"]
    url = reverse("reports:discard_workbook", args=[first.pk])
    assert signed_in(officer).post(url, {"version": "9"}).status_code == 422
    signed_in(officer).post(url, {"version": first.version})
    first.refresh_from_db()
    assert first.status == "discarded"
    assert hand_in(officer, period, data).context["workbook"] != first


def test_a_report_that_was_sent_takes_nothing(
    period: ReportPeriod, report: Report, officer: User, office: User, now: datetime
) -> None:
    data = full(workbook(officer, report))
    answer = hand_in(officer, period, data)
    actions.send_nil(report=report, by=make_user(report.agency, "head"), at=AT, seen=report.version)
    before = written(report)

    assert merge(officer, answer).status_code == 422
    shown = signed_in(officer).get(answer.context["workbook"].get_absolute_url())
    assert "Thủ trưởng cơ quan rút lại" in shown.content.decode()
    again = hand_in(officer, period, filled_in(data, {(WORDS, "D3"): "x"}))
    assert again.status_code == 422
    assert "rút lại, hoặc nơi nhận trả lại báo cáo, rồi nộp tệp" in again.content.decode()
    gone = signed_in(officer).get(reverse("reports:workbook", args=[report.pk]), follow=True)
    assert "Không tải được tệp ngoại tuyến" in gone.content.decode()
    assert written(report) == before

    fresh = report_of(period, report.agency)
    actions.receive(report=fresh, by=office, at=AT, seen=fresh.version)
    again = hand_in(officer, period, filled_in(data, {(WORDS, "D3"): "x"}))
    assert "Đề nghị nơi nhận trả lại báo cáo" in again.content.decode()


def test_a_period_that_is_over_takes_nothing(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    data = full(workbook(officer, report))
    answer = hand_in(officer, period, data)
    period.change(seen_version=period.version, closed_on=AT.date())

    assert merge(officer, answer).status_code == 422
    again = hand_in(officer, period, filled_in(data, {(WORDS, "D3"): "x"}))
    assert "Kỳ báo cáo đã kết thúc" in again.content.decode()


def test_odd_confirmations_are_told(
    period: ReportPeriod, report: Report, officer: User, now: datetime
) -> None:
    found = hand_in(officer, period, full(workbook(officer, report))).context["workbook"]
    url = reverse("reports:merge_workbook", args=[found.pk])
    before = written(report)
    for data in (
        {},
        {"version": "x", "shown": "y"},
        {"version": "99999999999999999999", "shown": "y"},
        {"version": "1", "shown": "\0"},
        {"version": "1", "shown": "z" * 64, "giu-": "gi", "giu-x": "tep"},
    ):
        assert signed_in(officer).post(url, data).status_code == 422, data
    assert written(report) == before


def test_who_took_an_agency_over_works_for_it(
    period: ReportPeriod, report: Report, province: Province, now: datetime
) -> None:
    heir = province.departments[1]
    report.change(seen_version=report.version, successor=heir)
    assignment = Assignment.objects.get(agency=report.agency)
    assignment.change(seen_version=assignment.version, agency=heir)
    person = make_user(heir, "officer")

    merge(person, hand_in(person, period, full(workbook(person, report))))

    assignment.refresh_from_db()
    assert assignment.percent == 60
    assert Difficulty.objects.get().agency == heir
    assert ReportText.objects.get(report=report).written_by == person


def test_figures_stay_empty_until_they_are_frozen(
    province: Province, office: User, now: datetime
) -> None:
    period = open_year(province, office, frozen=False)
    report = report_of(period, province.departments[0])
    sheets = all_sheets(workbook(make_user(report.agency), report))

    assert len(sheets[FIGURES]) == 1
    assert "Số liệu của kỳ này chưa chốt" in str(sheets["Hướng dẫn"])
    assert len(sheets[TASKS]) == 1
    assert "không có nhiệm vụ nào đang thực hiện" in str(sheets["Hướng dẫn"])
    assert "Sở Nội vụ" in str(sheets["Hướng dẫn"])


def test_all_workbooks_come_as_one_archive(
    period: ReportPeriod, report: Report, office: User, province: Province, now: datetime
) -> None:
    actions.send_nil(report=report, by=make_user(report.agency, "head"), at=AT, seen=report.version)
    answer = signed_in(office).post(reverse("reports:all_workbooks", args=[period.pk]))
    assert answer.status_code == 302
    work_off()

    job = Job.objects.get()
    assert job.file is not None
    with job.file.content.open("rb") as content, zipfile.ZipFile(content) as archive:
        names = archive.namelist()
        data = {name: archive.read(name) for name in names}
    assert not [name for name in names if "so-noi-vu" in name]  # it was sent
    [commune] = [name for name in names if "gia-cat" in name]
    assert all_sheets(data[commune])[TASKS][1][1].startswith("Rà soát")
    person = make_user(province.communes[0][0], "officer")
    assert hand_in(person, period, full(data[commune])).status_code == 200


@pytest.mark.office
def test_what_libreoffice_saved_again_says_the_same(
    period: ReportPeriod, report: Report, officer: User, now: datetime, tmp_path: Path
) -> None:
    calc = shutil.which("localc")
    if calc is None:
        pytest.skip("LibreOffice Calc (localc) is not installed.")
    out = workbook(officer, report)
    (tmp_path / "goc.xlsx").write_bytes(out)
    (tmp_path / "dien.xlsx").write_bytes(full(out))
    shares = {(TASKS, "E2"): Shown(0.45, "0%"), (TASKS, "F2"): "Đã làm."}
    (tmp_path / "phan-tram.xlsx").write_bytes(filled_in(out, shares))
    folder = tmp_path / "luu"
    subprocess.run(  # noqa: S603 — the program of the machine, on files of this test
        [
            calc,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder),
            str(tmp_path / "goc.xlsx"),
            str(tmp_path / "dien.xlsx"),
            str(tmp_path / "phan-tram.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    empty = hand_in(officer, period, (folder / "goc.xlsx").read_bytes())
    assert (empty.context["faults"], empty.context["items"]) == ([], [])
    percent = hand_in(officer, period, (folder / "phan-tram.xlsx").read_bytes())
    assert [each.item.said["percent"] for each in percent.context["items"]] == ["45"]
    answer = hand_in(officer, period, (folder / "dien.xlsx").read_bytes())
    assert (answer.context["faults"], answer.context["notes"]) == ([], [])
    merge(officer, answer)
    note = Assignment.objects.get(agency=report.agency).notes.get()
    assert note.text == ("=Đã trình, chờ ký\ndòng hai\nVăn bản: 12/BC-SNV ngày 15/12/2024.")
    assert ReportText.objects.get(report=report).text == "- Đã ban hành 03 văn bản."
