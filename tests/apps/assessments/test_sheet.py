"""A cost sheet through the door: filled, corrected, by two at once, explained, out and in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.procedures import make_record, make_version
from tests.factories.reviews import make_review, make_review_round
from tests.workbooks import line_of, sheet_lines, with_cells
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.reviews.enums import Outcome, Status
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.costing import Change, Side, Term
from tinhgon.domain.procedures import Manner, Paper

pytestmark = pytest.mark.django_db
AT = datetime(2024, 7, 10, 2, tzinfo=UTC)
PARTS: dict[str, Any] = {
    "papers": (Paper("Tờ trình"), Paper("Báo cáo kết quả")),
    "manners": (Manner.IN_PERSON,),
    "dossier_sets": 2,
}
RECORD = make_record("Cử công chức đi đào tạo", **PARTS)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer", name="Nông Thị Hoa")


@pytest.fixture
def review(province: Province) -> Review:
    version = make_version(
        province.departments[0], name=RECORD.name, status=VersionStatus.PUBLISHED, **PARTS
    )
    return make_review(make_review_round(province.office), province.departments[0], version)


@pytest.fixture
def sheet(review: Review, officer: User) -> CostSheet:
    return actions.start_sheet(review=review, by=officer, at=AT)


def url(name: str, review: Review, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[review.pk, *more])


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    main = parsed(response).select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def cell(response: Any, name: str) -> str:
    found = parsed(response).select_one(f'input[name="{name}"]')
    assert found is not None
    return str(found["value"])


def fresh(sheet: CostSheet) -> CostSheet:
    return CostSheet.objects.select_related("review__round", "review__agency").get(pk=sheet.pk)


def typed(client: StrictClient, sheet: CostSheet, cells: dict[str, str], **more: str) -> Any:
    """Post cells as a script does."""
    data = {"version": str(sheet.version), **cells, **more}
    return client.post(url("write", sheet.review), data, headers={"X-Cells": "1"})


def test_a_sheet_begins_with_papers_and_steps_and_the_norm_of_its_round(
    client: StrictClient, review: Review, officer: User
) -> None:
    client.force_login(officer)
    assert "Lập bảng tính chi phí" in words(client.get(url("sheet", review)))
    assert client.post(url("start", review)).status_code == 302
    page = client.get(url("sheet", review))
    assert "Tờ trình" in words(page)
    assert "48.248 đồng/giờ" in words(page)
    assert cell(page, "now.paper-1.hours") == "2"
    assert cell(page, "now..subjects") == "0"
    sheet = CostSheet.objects.get()
    assert sheet.sides.now == sheet.sides.after
    # No subjects yet: the cost is nothing and the share has no meaning.
    assert [sheet.cost_now, sheet.saved] == [0, 0]
    assert "không xác định" in words(page)
    (event,) = Event.objects.filter(kind="assessments.started")
    assert event.reason == "Theo thành phần hồ sơ và trình tự của thủ tục"


def test_nobody_begins_a_second_sheet(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    client.post(url("start", sheet.review))
    assert CostSheet.objects.count() == 1
    assert "đã có bảng tính" in words(client.get(url("sheet", sheet.review)))


def test_the_former_round_fills_the_next(
    client: StrictClient, sheet: CostSheet, officer: User, province: Province
) -> None:
    cells = {"now.paper-1.hours": "5", "now..subjects": "40"}
    actions.write_cells(sheet=sheet, cells=cells, by=officer, at=AT, seen=sheet.version)
    later = make_review_round(province.office, opened_on=date(2025, 3, 1), due_on=date(2025, 10, 1))
    version = sheet.review.procedure_version
    review = make_review(later, province.departments[0], version)
    client.force_login(officer)
    client.post(url("start", review))
    page = client.get(url("sheet", review))
    assert cell(page, "now.paper-1.hours") == "5"
    assert cell(page, "now..subjects") == "40"
    assert "53.977 đồng/giờ" in words(page)  # the norm of its own round


def test_the_shared_procedure_fills_its_local_copies(
    sheet: CostSheet, officer: User, province: Province
) -> None:
    cells = {"now.paper-1.hours": "5", "now..subjects": "40"}
    actions.write_cells(sheet=sheet, cells=cells, by=officer, at=AT, seen=sheet.version)
    other = province.departments[1]
    version = make_version(other, name=RECORD.name, status=VersionStatus.PUBLISHED, **PARTS)
    version.procedure.canonical = sheet.review.procedure
    version.procedure.save()
    review = make_review(sheet.review.round, other, version)
    made = actions.start_sheet(review=review, by=make_user(other, "officer"), at=AT)
    rows = {row.key: row for row in made.sides.now.rows}
    assert rows["paper-1"].hours == 5
    assert rows["paper-1"].part == "paper:1"
    assert made.sides.now.subjects == 0  # how many there are is each agency's own


def test_figures_are_taken_as_typed_and_move_both_sides(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    answer = typed(
        client,
        sheet,
        {"now..subjects": "11", "now.paper-1.hours": "16", "now.paper-1.services": "20.000"},
        reason="Bấm giờ ba hồ sơ",
    )
    assert answer.status_code == 200
    said = answer.json()
    assert said["texts"]["year-now-paper-1"] == "8.711.648"
    assert said["cells"]["after.paper-1.hours"] == "16"
    assert said["version"] == 2
    saved = fresh(sheet)
    row = saved.sides.now.rows[0]
    note = row.note(Term.HOURS)
    assert (note.by, note.on, note.reason) == ("Nông Thị Hoa", note.on, "Bấm giờ ba hồ sơ")
    assert saved.saved == 0
    (event,) = Event.objects.filter(kind="assessments.written")
    assert {
        "field": "Tờ trình: Thời gian thực hiện (giờ)",
        "from": "2",
        "to": "16",
    } in event.changes
    assert event.reason == "Bấm giờ ba hồ sơ"


def test_the_after_side_is_stated_and_saves(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now..subjects": "10"})
    said = typed(client, fresh(sheet), {"after.paper-1.hours": "30 phút"}).json()
    saved = fresh(sheet)
    assert saved.sides.now.rows[0].hours == 2
    assert saved.saved == Decimal(723720)  # 1.5 hours × 48,248 × 10
    assert said["texts"]["total-saved"] == "723.720"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("now.paper-1.hours", "nhiều", "không phải là số"),
        ("now.paper-1.hours", "-1", "không thể là số âm"),
        ("now.paper-1.hours", "4000000", "vượt mức có thể có"),
        ("now.paper-1.hours", "NaN", "không phải là số"),
        ("now..subjects", "-1", "không thể là số âm"),
        ("now.paper-1.what", " ", "Ghi tên công việc"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    client: StrictClient, sheet: CostSheet, officer: User, name: str, text: str, says: str
) -> None:
    client.force_login(officer)
    answer = typed(client, sheet, {name: text, "now.paper-2.hours": "9"})
    assert answer.status_code == 422
    assert says in answer.json()["faults"][name]
    assert fresh(sheet).version == sheet.version
    # Without a script the page comes back with what was typed in its cells.
    data = {"version": sheet.version, name: text, "now.paper-2.hours": "9"}
    page = client.post(url("write", sheet.review), data)
    assert page.status_code == 422
    assert says in words(page)
    assert cell(page, "now.paper-2.hours") == "9"


@pytest.mark.parametrize(
    "name", ["now.paper-9.hours", "before.paper-1.hours", "now.paper-1.cost", "now..hours"]
)
def test_cells_that_are_none_are_refused(
    client: StrictClient, sheet: CostSheet, officer: User, name: str
) -> None:
    client.force_login(officer)
    assert typed(client, sheet, {name: "1"}).status_code == 422
    assert fresh(sheet).version == sheet.version


def test_the_second_of_two_is_told_and_loses_nothing(
    client: StrictClient, sheet: CostSheet, officer: User, province: Province
) -> None:
    other = make_user(province.departments[0], "officer")
    actions.write_cells(
        sheet=fresh(sheet), cells={"now.paper-1.hours": "9"}, by=other, at=AT, seen=1
    )
    client.force_login(officer)
    answer = typed(client, sheet, {"now.paper-1.hours": "12"})
    assert answer.status_code == 409
    assert answer.json()["cells"]["now.paper-1.hours"] == "9"
    assert answer.json()["version"] == 2
    data = {"version": "1", "now.paper-1.hours": "12", "now.paper-2.hours": "3"}
    page = client.post(url("write", sheet.review), data)
    assert page.status_code == 409
    assert cell(page, "now.paper-1.hours") == "12"
    assert cell(page, "now.paper-2.hours") == "3"
    assert "đang lưu: 9" in words(page)
    assert cell(page, "version") == "2"
    assert fresh(sheet).sides.now.rows[0].hours == 9
    # Having looked, he saves his own over it.
    assert client.post(url("write", sheet.review), {**data, "version": "2"}).status_code == 302
    assert fresh(sheet).sides.now.rows[0].hours == 12


def test_what_holds_for_all_rows_has_a_source_too(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now..subjects": "11"})
    page = client.get(url("sheet", sheet.review))
    missing = "Số chung của bảng: chưa ghi nguồn của số lượng đối tượng tuân thủ"
    assert missing in words(page)
    assert parsed(page).select_one('textarea[name="now..source"]') is not None
    answer = typed(client, fresh(sheet), {"now..source": "Sổ theo dõi văn bản năm 2023"})
    assert answer.json()["cells"]["now..source"] == "Sổ theo dõi văn bản năm 2023"
    assert missing not in words(client.get(url("sheet", sheet.review)))
    sides = fresh(sheet).sides
    assert {side.note(None, Term.SUBJECTS).source for side in (sides.now, sides.after)} == {
        "Sổ theo dõi văn bản năm 2023"
    }
    version = fresh(sheet).version
    typed(client, fresh(sheet), {"now..source": "Sổ theo dõi văn bản năm 2023"})
    assert fresh(sheet).version == version
    assert typed(client, fresh(sheet), {"now..what": "x"}).status_code == 422


def test_nothing_changed_writes_nothing(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    assert typed(client, sheet, {"now.paper-1.hours": "2,0"}).status_code == 200
    assert fresh(sheet).version == 1
    assert not Event.objects.filter(kind="assessments.written").exists()


def test_what_stands_in_a_cell_is_read_as_it_is(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now.paper-1.times": "1500", "now.paper-1.hours": "0.125"})
    page = client.get(url("sheet", sheet.review))
    shown = {name: cell(page, name) for name in ("now.paper-1.times", "now.paper-1.hours")}
    assert shown == {"now.paper-1.times": "1500", "now.paper-1.hours": "0,125"}
    again = fresh(sheet)
    assert typed(client, again, shown).status_code == 200
    assert fresh(sheet).version == again.version
    either = typed(client, again, {"now.paper-1.times": "1.500"})
    assert either.status_code == 422
    assert "“1.500” có thể là 1500 hoặc 1,5" in either.json()["faults"]["now.paper-1.times"]


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CHECKED])
def test_what_the_head_confirmed_stands(
    client: StrictClient, sheet: CostSheet, officer: User, status: Status
) -> None:
    review = sheet.review
    review.status, review.outcome = status.value, Outcome.AMEND.value
    review.answered_at = review.confirmed_at = review.checked_at = AT
    review.answered_by = review.confirmed_by = review.checked_by = officer
    review.save()
    client.force_login(officer)
    page = client.get(url("sheet", review))
    assert "Thủ trưởng đã xác nhận phiếu" in words(page)
    assert not parsed(page).select('input[name="now.paper-1.hours"]')
    assert typed(client, sheet, {"now.paper-1.hours": "9"}).status_code == 422


def test_the_office_sees_and_does_not_write(
    client: StrictClient, sheet: CostSheet, province: Province
) -> None:
    client.force_login(make_user(province.office, "coordinator", scope=province.committee))
    page = client.get(url("sheet", sheet.review))
    assert page.status_code == 200
    assert not parsed(page).select('input[name="now.paper-1.hours"]')


def test_who_may_not_begin_a_sheet_is_told_who_does(
    client: StrictClient, review: Review, officer: User, province: Province
) -> None:
    client.force_login(make_user(province.office, "coordinator", scope=province.committee))
    page = client.get(url("sheet", review))
    assert f"Chuyên viên rà soát của {review.agency.label} lập bảng tính" in words(page)
    assert review.get_absolute_url() in {a["href"] for a in parsed(page).select("main a")}
    review.status, review.outcome = Status.CONFIRMED.value, Outcome.AMEND.value
    review.answered_at = review.confirmed_at = AT
    review.answered_by = review.confirmed_by = officer
    review.save()
    assert "trả lại phiếu" in words(client.get(url("sheet", review)))
    client.force_login(officer)
    assert "Thủ trưởng đã xác nhận phiếu" in words(client.get(url("sheet", review)))


def test_a_stranger_finds_nothing(
    client: StrictClient, sheet: CostSheet, province: Province
) -> None:
    client.force_login(make_user(province.departments[1], "officer"))
    for name in ("sheet", "explained", "chart", "workbook"):
        assert client.get(url(name, sheet.review)).status_code == 404
    assert typed(client, sheet, {"now.paper-1.hours": "9"}).status_code == 404


def test_rows_come_and_go_on_both_sides(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    data = {"version": 1, "group": "other", "what": "Họp liên ngành"}
    assert client.post(url("add_row", sheet.review), data)["Location"].endswith("#row-own-1")
    saved = fresh(sheet)
    assert saved.sides.now.rows[-1] == saved.sides.after.rows[-1]
    assert saved.sides.now.rows[-1].what == "Họp liên ngành"
    # A stale version and a row that is gone are told.
    assert client.post(url("add_row", sheet.review), data).status_code == 409
    assert client.post(url("add_row", sheet.review), {"version": 2}).status_code == 422
    gone = {"version": 2, "key": "own-1"}
    assert client.post(url("remove_row", sheet.review), gone).status_code == 302
    assert client.post(url("remove_row", sheet.review), gone).status_code == 422
    assert (
        client.post(url("remove_row", sheet.review), {"version": 1, "key": "paper-1"}).status_code
        == 409
    )
    assert "own-1" not in {row.key for row in fresh(sheet).sides.after.rows}
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"assessments.row_added", "assessments.row_removed"} <= kinds


def form_of(page: Any) -> dict[str, str]:
    form = parsed(page).select_one("main form")
    assert form is not None
    data = {
        str(i["name"]): str(i.get("value", ""))
        for i in form.select("input[name]")
        if i.get("type") != "checkbox" or i.has_attr("checked")
    }
    for select in form.select("select"):
        chosen = select.select_one("option[selected]")
        data[str(select["name"])] = str(chosen["value"]) if chosen else ""
    return data


def test_a_row_says_everything_of_its_figures(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    address = url("row", sheet.review, "paper-1")
    data = form_of(client.get(address))
    # Sending it unchanged changes nothing.
    assert client.post(address, data).status_code == 302
    assert fresh(sheet).version == 1
    data |= {
        "hours-value": "5",
        "hours-low": "4",
        "hours-high": "7",
        "hours-confidence": "medium",
        "hours-source": "Bấm giờ",
        "hours-reason": "Tờ trình dài",
        "performer": "deciding",
        "per_set": "on",
    }
    assert client.post(address, data).status_code == 302
    saved = fresh(sheet).sides
    row, after = saved.now.rows[0], saved.after.rows[0]
    note = row.note(Term.HOURS)
    assert (note.low, note.high, note.source) == (Decimal(4), Decimal(7), "Bấm giờ")
    assert row == after
    assert row.side is Side.DECIDING
    assert row.per_set
    # The row version is kept here as well, and a fault stays where it was typed.
    stale = client.post(address, data | {"hours-value": "6"})
    assert stale.status_code == 422
    assert "Người khác vừa sửa" in words(stale)
    bad = client.post(address, data | {"version": "2", "hours-low": "x"})
    assert bad.status_code == 422
    assert "không phải là số" in words(bad)
    assert client.get(url("row", sheet.review, "khong-co")).status_code == 404


def test_a_row_of_the_after_side_alone(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    address = url("row", sheet.review, "paper-1")
    data = form_of(client.get(address + "?ben=sau")) | {"hours-value": "1"}
    assert data["side"] == "after"
    assert client.post(address, data).status_code == 302
    saved = fresh(sheet).sides
    assert [saved.now.rows[0].hours, saved.after.rows[0].hours] == [2, 1]


def test_the_plan_makes_the_after_side(sheet: CostSheet, officer: User) -> None:
    to_be = replace(RECORD, papers=RECORD.papers[:1], dossier_sets=1)
    cells = {"after.paper-1.hours": "0,5", "after..subjects": "7"}
    actions.write_cells(sheet=sheet, cells=cells, by=officer, at=AT, seen=1)
    first = actions.follow(
        sheet=sheet,
        change=Change(RECORD, to_be, {"paper:1": "paper:1"}),
        by=officer,
        at=AT,
        seen=2,
    )
    after = {row.key: row for row in fresh(sheet).sides.after.rows}
    assert after["paper-2"].gone == "Bỏ thành phần hồ sơ: Báo cáo kết quả"
    assert after["paper-1"].hours == Decimal("0.5")
    assert fresh(sheet).sides.after.subjects == 7
    assert not after["paper-1"].gone
    # Once more: nothing is different, nothing is written.
    again = fresh(sheet)
    second = actions.follow(
        sheet=again,
        change=Change(RECORD, to_be, {"paper:1": "paper:1"}),
        by=officer,
        at=AT,
        seen=again.version,
    )
    assert fresh(sheet).version == 3
    assert [[entry.kind for entry in each] for each in (first, second)] == [
        ["assessments.followed"],
        [],
    ]


def test_what_is_gone_is_shown_with_its_reason(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    change = Change(RECORD, None, {}, "Bãi bỏ thủ tục hành chính")
    cells = {"now..subjects": "10"}
    actions.write_cells(sheet=sheet, cells=cells, by=officer, at=AT, seen=1)
    actions.follow(sheet=sheet, change=change, by=officer, at=AT, seen=2)
    client.force_login(officer)
    page = client.get(url("sheet", sheet.review))
    assert "Bãi bỏ thủ tục hành chính" in words(page)
    assert "100,00%" in words(page)
    # A figure of what is gone is not typed.
    assert typed(client, fresh(sheet), {"after.paper-1.hours": "1"}).status_code == 200
    assert fresh(sheet).version == 3


def test_every_figure_unfolds_and_the_trail_says_who_changed_it(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now..subjects": "10", "now.paper-1.hours": "3"}, reason="Đo lại")
    page = words(client.get(url("explained", sheet.review)))
    assert "Điều 27 Thông tư số 02/2017/TT-VPCP" in page
    assert "người nhập: Nông Thị Hoa" in page
    assert "Tờ trình: Thời gian thực hiện (giờ): 2 → 3" in page
    assert "Đo lại" in page


def test_the_chart_is_an_image_without_scripts_and_has_a_table(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now..subjects": "10"})
    typed(client, fresh(sheet), {"after.paper-1.hours": "1"})
    drawn = client.get(url("chart", sheet.review))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<script" not in drawn.content
    assert "Chuẩn bị hồ sơ" in drawn.content.decode()
    table = parsed(client.get(url("sheet", sheet.review))).select_one("#chart table")
    assert table is not None
    assert "-482.480" in table.get_text()


def upload(client: StrictClient, sheet: CostSheet, data: bytes) -> Any:
    file = SimpleUploadedFile("bieu.xlsx", data)
    return client.post(url("import", sheet.review), {"file": file})


def test_the_form_goes_out_and_comes_back_as_it_was(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now..subjects": "11", "now.paper-1.services": "20.000"})
    typed(client, fresh(sheet), {"after.paper-1.hours": "0,25"})
    before = fresh(sheet)
    data = client.get(url("workbook", sheet.review)).content
    first = [line[0] for line in sheet_lines(data)]
    assert "I. CHI PHÍ THỰC HIỆN THỦ TỤC HÀNH CHÍNH HIỆN TẠI" in first
    assert "II. CHI PHÍ SAU ĐƠN GIẢN HÓA" in first
    assert "III. SO SÁNH LỢI ÍCH" in first
    preview = upload(client, sheet, data)
    assert preview.status_code == 200
    token = cell(preview, "token")
    answer = client.post(url("import", sheet.review), {"token": token, "version": before.version})
    assert answer.status_code == 302
    after = fresh(sheet).sides
    for old, new in ((before.sides.now, after.now), (before.sides.after, after.after)):
        assert {row.key: row for row in new.rows} == {row.key: row for row in old.rows}
        assert [new.times, new.subjects, new.notes] == [old.times, old.subjects, old.notes]
    assert Event.objects.filter(kind="assessments.imported").count() == 1


def test_a_changed_file_is_previewed_and_taken(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    data = client.get(url("workbook", sheet.review)).content
    line = line_of(data, "Tờ trình")
    preview = upload(client, sheet, with_cells(data, {(line, 3): 7.5, (line, 8): "12"}))
    assert "Ghi vào bảng tính" in words(preview)
    assert fresh(sheet).version == 1  # nothing is written before the confirmation
    client.post(url("import", sheet.review), {"token": cell(preview, "token"), "version": 1})
    row = fresh(sheet).sides.now.rows[0]
    assert [row.hours, row.subjects] == [Decimal("7.5"), 12]
    assert row.note(Term.HOURS).source == "Nhập từ tệp Excel"


def test_a_cut_that_a_file_says_outlives_a_cell_that_was_empty_for_a_while(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now.paper-1.services": "20.000"})
    data = client.get(url("workbook", sheet.review)).content
    line = line_of(data, "Tờ trình", after=True)
    preview = upload(client, sheet, with_cells(data, {(line, 5): 0}))
    client.post(url("import", sheet.review), {"token": cell(preview, "token"), "version": 2})
    for said in ("", "20.000"):
        typed(client, fresh(sheet), {"now.paper-1.services": said})
    sides = fresh(sheet).sides
    assert [side.rows[0].services for side in (sides.now, sides.after)] == [20_000, 0]


def test_every_fault_of_a_file_is_shown_and_nothing_taken(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    data = client.get(url("workbook", sheet.review)).content
    line, other = line_of(data, "Tờ trình"), line_of(data, "Báo cáo kết quả")
    bad = with_cells(data, {(line, 3): "nhiều", (other, 3): -4})
    preview = upload(client, sheet, bad)
    assert f"Dòng {line + 1}: “nhiều” không phải là số" in words(preview)
    assert f"Dòng {other + 1}: -4" in words(preview)
    assert not parsed(preview).select('input[name="token"]')


def test_formulas_do_not_come_back_as_formulas(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    typed(client, sheet, {"now.paper-1.what": '=HYPERLINK("http://a")'})
    data = client.get(url("workbook", sheet.review)).content
    assert any("'=HYPERLINK" in str(line[1]) for line in sheet_lines(data))
    preview = upload(client, sheet, data)
    token = {"token": cell(preview, "token"), "version": 2}
    client.post(url("import", sheet.review), token)
    assert fresh(sheet).sides.now.rows[0].what == '=HYPERLINK("http://a")'


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"a;b\n1;2\n"])
def test_files_that_are_no_such_form_are_told(
    client: StrictClient, sheet: CostSheet, officer: User, data: bytes
) -> None:
    client.force_login(officer)
    assert upload(client, sheet, data).status_code == 422


def test_a_token_of_another_sheet_or_a_forged_or_stale_one_is_refused(
    client: StrictClient, sheet: CostSheet, officer: User, province: Province
) -> None:
    client.force_login(officer)
    preview = upload(client, sheet, client.get(url("workbook", sheet.review)).content)
    token = cell(preview, "token")
    address = url("import", sheet.review)
    assert client.post(address, {"token": "x", "version": 1}).status_code == 422
    assert client.post(address, {"token": token, "version": 7}).status_code == 409
    other = make_review(sheet.review.round, province.departments[0])
    actions.start_sheet(review=other, by=officer, at=AT)
    answer = client.post(url("import", other), {"token": token, "version": 1})
    assert answer.status_code == 422
