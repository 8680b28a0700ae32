"""Form 03/SCM-KSTT coming back with new rows, copied rows, too many, and what cannot be kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import StrictClient
from tests.workbooks import line_of, sheet_lines, with_cells, with_lines
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.domain.costing import MOST_ROWS, Row, Term

from .door import confirm, fields, fresh, link, parsed, upload, url, words

pytestmark = pytest.mark.django_db


def new(what: str, hours: float, *, mark: str = "", how: str = "") -> list[Any]:
    """Return a line of the form for a job that an officer adds: one time, ten subjects."""
    return ["", what, how, hours, "", "", "", 1, 10, "", "", "Bấm giờ", mark]


@pytest.fixture
def data(client: StrictClient, sheet: CostSheet, officer: User) -> bytes:
    client.force_login(officer)
    return bytes(client.get(url("workbook", sheet)).content)


def added(data: bytes, now: list[list[Any]], after: list[list[Any]]) -> bytes:
    """Return the form with lines below the last paper of each section."""
    first = line_of(data, "Báo cáo kết quả")
    second = line_of(data, "Báo cáo kết quả", after=True)
    return with_lines(data, {first: now, second: after})


def rows(sheet: CostSheet) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the rows of both sides by their words."""
    sides = fresh(sheet).sides
    now, after = ({row.what: row for row in side.rows} for side in (sides.now, sides.after))
    return now, after


def test_new_rows_of_both_sections_are_known_by_their_words_not_their_place(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    swapped = added(
        data,
        [new("Họp liên ngành", 8), new("Khảo sát thực tế", 4)],
        [new("KHẢO SÁT  thực tế", 1), new("Họp liên ngành", 8)],
    )
    preview = upload(client, sheet, swapped)
    assert confirm(client, sheet, preview).status_code == 302
    now, after = rows(sheet)
    assert now["Họp liên ngành"].key == after["Họp liên ngành"].key
    assert now["Khảo sát thực tế"].key == after["KHẢO SÁT  thực tế"].key
    # Only the one that became shorter saves anything, and that is said of it.
    assert fresh(sheet).saved == Decimal(3 * 10 * 48_248)
    assert after["KHẢO SÁT  thực tế"].note(Term.HOURS).stated
    assert not after["Họp liên ngành"].note(Term.HOURS).stated


def test_the_preview_says_which_row_each_line_is(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    changed = added(data, [new("Họp", 8)], [new("Thuê xe", 2)])
    line = line_of(changed, "Tờ trình")
    page = words(upload(client, sheet, with_cells(changed, {(line, 1): "Tờ trình của sở"})))
    assert "dòng có sẵn, tên cũ: Tờ trình" in page
    assert "dòng mới; không có ở mục II" in page
    assert "dòng mới, chỉ có ở mục II" in page
    assert f"như dòng {line + 1} ở mục I" in page


def test_what_the_file_no_longer_has_is_named_before_it_goes(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    lines = sheet_lines(data)
    gone = [n for n, line in enumerate(lines) if line[1] == "Báo cáo kết quả"]
    without = with_cells(data, {(n, place): "" for n in gone for place in range(len(lines[n]))})
    preview = upload(client, sheet, without)
    assert "ghi tệp thì bỏ khỏi cả hai bên 1 Báo cáo kết quả" in words(preview)
    confirm(client, sheet, preview)
    assert "Báo cáo kết quả" not in rows(sheet)[0]


def test_without_marks_the_rows_of_the_sheet_are_known_by_their_words(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    lines = sheet_lines(data)
    bare = with_cells(data, {(n, 12): "" for n in range(len(lines)) if len(lines[n]) > 12})
    preview = upload(client, sheet, bare)
    assert "dòng có sẵn, theo tên" in words(preview)
    assert confirm(client, sheet, preview).status_code == 302
    before, after = sheet.sides, fresh(sheet).sides
    assert {r.key: r for r in after.now.rows} == {r.key: r for r in before.now.rows}
    assert {r.key: r for r in after.after.rows} == {r.key: r for r in before.after.rows}


def test_a_row_copied_with_its_mark_is_a_new_one(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    copied = added(
        data,
        [new("Tờ trình bổ sung", 3, mark="paper-1")],
        [new("Tờ trình bổ sung", 1, mark="paper-1")],
    )
    preview = upload(client, sheet, copied)
    assert confirm(client, sheet, preview).status_code == 302
    now, after = rows(sheet)
    assert now["Tờ trình"].key == "paper-1"
    assert now["Tờ trình bổ sung"].key == after["Tờ trình bổ sung"].key == "own-1"


def test_rows_that_cannot_be_told_apart_are_refused_until_a_person_marks_them(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    twice = added(data, [new("Họp", 8), new("Họp", 4)], [new("Họp", 3), new("Họp", 8)])
    first = line_of(twice, "Họp")
    page = upload(client, sheet, twice)
    assert not parsed(page).select("[name=token]")
    assert f"chưa rõ “Họp” là việc nào ở mục I: dòng {first + 1}, dòng {first + 2}" in words(page)
    assert "Ghi cùng một mã, tự đặt cũng được (ví dụ A1)" in words(page)
    # A mark of his own making on both lines says which is which; the other pair is then clear.
    later = line_of(twice, "Họp", after=True)
    marked = with_cells(twice, {(first + 1, 12): "A1"})
    places = [n for n, line in enumerate(sheet_lines(marked)) if line[1] == "Họp"]
    assert places[:2] == [first, later]
    preview = upload(client, sheet, with_cells(marked, {(places[2], 12): "A1"}))
    assert confirm(client, sheet, preview).status_code == 302
    sides = fresh(sheet).sides
    now = {row.key: row.hours for row in sides.now.rows if row.what == "Họp"}
    after = {row.key: row.hours for row in sides.after.rows if row.what == "Họp"}
    assert {key: (now[key], after[key]) for key in now} == {
        "own-1": (Decimal(8), Decimal(8)),
        "own-2": (Decimal(4), Decimal(3)),
    }


def test_a_line_that_may_be_either_of_two_rows_of_the_sheet_is_refused(
    client: StrictClient, sheet: CostSheet, officer: User, data: bytes
) -> None:
    for version in (1, 2):
        said = {"version": version, "group": "other", "what": "Họp"}
        assert client.post(url("add_row", sheet), said).status_code == 302
    file = client.get(url("workbook", sheet)).content
    places = [n for n, line in enumerate(sheet_lines(file)) if line[1] == "Họp"]
    page = words(upload(client, sheet, with_cells(file, {(n, 12): "" for n in places})))
    assert "chưa rõ là dòng nào trong bảng: “Họp” (mã own-1), “Họp” (mã own-2)" in page


def test_more_rows_than_a_sheet_may_have_are_refused_in_the_preview(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    many = added(data, [new(f"Việc {n}", 1) for n in range(MOST_ROWS)], [])
    page = upload(client, sheet, many)
    assert page.status_code == 200
    assert not parsed(page).select("[name=token]")
    there = len(sheet.sides.now.rows)
    said = f"Mục I có {MOST_ROWS + there} dòng công việc, tối đa {MOST_ROWS} dòng"
    assert said in words(page)
    assert fresh(sheet).version == 1


def test_rows_of_both_sides_together_are_counted(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    some = MOST_ROWS - len(sheet.sides.now.rows)
    many = added(
        data,
        [new(f"Việc {n}", 1) for n in range(some)],
        [new(f"Việc khác {n}", 1) for n in range(some)],
    )
    page = upload(client, sheet, many)
    assert not parsed(page).select("[name=token]")
    assert f"tính cả dòng chỉ có ở một bên; tối đa {MOST_ROWS} dòng" in words(page)
    # As many as there may be go in, and the sheet then takes no more.
    full = added(data, [new(f"Việc {n}", 1) for n in range(some)], [])
    assert confirm(client, sheet, upload(client, sheet, full)).status_code == 302
    assert client.get(url("sheet", sheet)).status_code == 200
    said = {"version": 2, "group": "other", "what": "Thêm nữa"}
    answer = client.post(url("add_row", sheet), said)
    assert (answer.status_code, f"Bảng đã có {MOST_ROWS} dòng" in words(answer)) == (422, True)


def test_a_cost_that_cannot_be_is_refused_in_the_preview_and_in_the_cells(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    line = line_of(data, "Tờ trình")
    absurd = {(line, 3): 10_000, (line, 7): 100_000, (line, 8): 100_000_000}
    page = upload(client, sheet, with_cells(data, absurd))
    assert not parsed(page).select("[name=token]")
    assert "Chi phí một năm vượt mức có thể có" in words(page)
    cells = {"hours": "10000", "times": "100000", "subjects": "100000000"}
    typed = {f"now.paper-1.{name}": value for name, value in cells.items()}
    answer = client.post(url("write", sheet), {"version": 1, **typed})
    assert answer.status_code == 422
    assert "Chi phí một năm vượt mức có thể có" in words(answer)
    assert fresh(sheet).version == 1


def test_nothing_of_a_line_is_passed_over_or_cut_off(
    client: StrictClient, sheet: CostSheet, data: bytes
) -> None:
    page = words(upload(client, sheet, added(data, [new("", 8), new("x" * 301, 1)], [])))
    line = line_of(data, "Báo cáo kết quả")
    assert f"Dòng {line + 2}: có số liệu mà chưa ghi tên công việc" in page
    assert f"Dòng {line + 3}: cột “Các công việc khi thực hiện TTHC” dài quá 300 ký tự" in page


def test_a_new_row_never_gets_the_key_of_one_that_was_taken_out(
    client: StrictClient, sheet: CostSheet, officer: User, data: bytes
) -> None:
    """Else the split of a later saving would take the new job for the old one."""
    said = {"version": 1, "group": "other", "what": "Họp"}
    client.post(url("add_row", sheet), said)
    kept = fresh(sheet)
    kept.base_now, kept.base_after, kept.base_norm = kept.now, kept.after, kept.norm
    kept.base_at = kept.changed_at
    kept.save()
    client.post(url("remove_row", sheet), {"version": 2, "key": "own-1"})
    client.post(url("add_row", sheet), {**said, "version": 3, "what": "In"})
    assert rows(sheet)[0]["In"].key == "own-2"
    file = client.get(url("workbook", sheet)).content
    preview = upload(client, sheet, added(file, [new("Nộp", 1)], [new("Nộp", 1)]))
    confirm(client, sheet, preview)
    assert rows(sheet)[0]["Nộp"].key == "own-3"


@pytest.fixture
def alone(client: StrictClient, sheet: CostSheet, data: bytes) -> CostSheet:
    """A sheet with a job that only the after side has."""
    confirm(client, sheet, upload(client, sheet, added(data, [], [new("Tra cứu dữ liệu", 2)])))
    return fresh(sheet)


def test_a_row_of_section_two_alone_is_changed_on_its_page(
    client: StrictClient, alone: CostSheet
) -> None:
    address = link(client.get(url("sheet", alone)), "Tra cứu dữ liệu")
    assert address == url("row", alone, "own-1") + "?ben=sau"
    page = client.get(address)
    data = fields(page, "main form") | {"hours-value": "3", "what": "Tra cứu", "source": "Đo"}
    assert client.post(address, data).status_code == 302
    row = rows(alone)[1]["Tra cứu"]
    assert [row.key, row.hours, row.source] == ["own-1", 3, "Đo"]
    assert "Tra cứu" not in rows(alone)[0]


def test_a_row_of_section_two_alone_does_not_stand_in_the_way_of_a_plain_save(
    client: StrictClient, alone: CostSheet
) -> None:
    data = fields(client.get(url("sheet", alone)), "#cells")
    data |= {"now.paper-1.hours": "5", "after.own-1.hours": "1", "after.own-1.source": "Sổ"}
    assert client.post(url("write", alone), data).status_code == 302
    row = rows(alone)[1]["Tra cứu dữ liệu"]
    assert [row.hours, row.source] == [1, "Sổ"]
    assert rows(alone)[0]["Tờ trình"].hours == 5
    # A script sends the one cell that was changed.
    typed = {"version": fresh(alone).version, "after.own-1.source": "Sổ mới"}
    answer = client.post(url("write", alone), typed, headers={"X-Cells": "1"})
    assert answer.status_code == 200
    assert rows(alone)[1]["Tra cứu dữ liệu"].source == "Sổ mới"


def test_a_row_of_section_two_alone_is_taken_out(client: StrictClient, alone: CostSheet) -> None:
    data = fields(client.get(url("sheet", alone)), f'[action="{url("remove_row", alone)}"]')
    answer = client.post(url("remove_row", alone), data | {"key": "own-1"})
    assert answer.status_code == 302
    assert "Tra cứu dữ liệu" not in rows(alone)[1]


def test_what_is_doubtful_of_it_leads_to_it(client: StrictClient, alone: CostSheet) -> None:
    typed = {"version": alone.version, "after.own-1.hours": "400"}
    client.post(url("write", alone), typed)
    page = parsed(client.get(url("sheet", alone)))
    links = [str(a["href"]) for a in page.select("details a")]
    assert url("row", alone, "own-1") + "?ben=sau" in links
    assert all(client.get(address).status_code == 200 for address in links)
