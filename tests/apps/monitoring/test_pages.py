from __future__ import annotations

import io
import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook

from tests.conftest import StrictClient
from tests.factories import Province, make_agency, make_user
from tests.factories.assignments import make_assignment, make_programme
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.assignments.queries.figures import figures
from tinhgon.apps.audit.models import Event
from tinhgon.apps.calendars.queries import calendar
from tinhgon.apps.monitoring import actions
from tinhgon.apps.monitoring.enums import Group
from tinhgon.apps.monitoring.models import MonitoringSetting
from tinhgon.apps.monitoring.queries.table import Row
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.monitoring import AREA_LABELS, NONE, RANKED, Area, Rule, Tally

from .story import LAST, at

URL = "/theo-doi/"
ODD = ("", "0", "-1", "9" * 40, "x\0y", "\ud800", "2024-99-99", "<b>")


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def shown(client: StrictClient, **query: object) -> Any:
    return client.get(f"{URL}?{urlencode(query)}").context


def whole(rows: list[Row], area: Area) -> Tally:
    place = RANKED.index(area)
    return sum((row.cells[place].tally for row in rows), NONE)


@pytest.mark.parametrize("day", ["", "2024-06-17", "2024-06-30"])
def test_each_number_opens_just_what_it_counts(
    programme: Programme, office: User, province: Province, day: str
) -> None:
    for person in (office, make_user(province.departments[0]), make_user(province.districts[0])):
        client = signed_in(person)
        page = shown(client, ngay=day)
        opened = 0
        for row in (*page["rows"], *page["totals"]):
            for cell in (row.published, *row.cells):
                for each in (cell.asked, cell.done, *cell.more):
                    if each.number:
                        found = client.get(each.url).context["page"].paginator.count
                        assert found == each.number, (row.label, cell.label, each.words)
                        opened += 1
        assert opened > 3


@pytest.mark.parametrize("group", list(Group))
def test_what_a_number_counts_stands_in_the_state_that_it_names(
    programme: Programme, office: User, group: Group
) -> None:
    client, lines = signed_in(office), []
    for word in ("nhiem-vu", "bao-cao", "thong-ke", "ra-soat", "phuong-an", "thuc-thi", "cong-bo"):
        query = {"chuong-trinh": programme.pk, "phan": word, "nhom": group.value}
        day = {"ngay": "2024-06-17"} if group is Group.UNTOLD else {}
        response = client.get(f"{URL}so-lieu/?{urlencode({**query, **day})}")
        lines += response.context["lines"]
    kinds = {line.kind for line in lines}
    expected = {
        Group.DONE: {"done", "donelate"},
        Group.IN_TIME: {"done"},
        Group.DONE_LATE: {"donelate"},
        Group.UNDATED: {"done", "none"},
        Group.OVERDUE: {"late"},
        Group.UNTOLD: {"none"},
    }
    assert lines
    assert group is Group.ASKED or kinds <= expected[group]


def test_today_it_says_what_the_lists_say(programme: Programme, office: User) -> None:
    """The board and the list of assignments, the inbox of reports."""
    client = signed_in(office)
    rows = shown(client)["totals"]
    work = whole(rows, Area.ASSIGNMENTS)
    counted = figures(
        Assignment.objects.visible_to(office).filter(duty__programme=programme),
        today=LAST,
        calendar=calendar(),
    )
    told = {
        View.UNDATED: work.undated,
        View.DATED: work.dated,
        View.LIVE: work.asked,
        View.ANSWERED: work.done,
        View.DONE_LATE: work.done_late,
        View.OVERDUE: work.overdue,
    }
    for view, number in told.items():
        assert counted[view] == number, view
        listed = client.get(f"/nhiem-vu/?chuong-trinh={programme.pk}&trang-thai={view.value}")
        assert listed.context["page"].paginator.count == number, view
    board = client.get(f"/nhiem-vu/bang/?chuong-trinh={programme.pk}").context
    assert sum(total.score.dated for total in board["totals"]) == work.dated
    assert sum(total.score.undated for total in board["totals"]) == work.undated == 2
    late = client.get(f"/nhiem-vu/qua-han/?chuong-trinh={programme.pk}")
    assert late.context["page"].paginator.count == work.overdue

    sent = whole(rows, Area.REPORTS)
    [line] = client.get("/bao-cao/").context["lines"]
    assert (sent.asked, sent.done) == (line.asked, line.sent)
    inbox = {each.name: number for each, number in line.counts.items()}
    assert (inbox["SENT_LATE"], inbox["OVERDUE"]) == (sent.done_late, sent.overdue)


def test_rows_are_ranked_by_the_printed_formula(programme: Programme, office: User) -> None:
    page = shown(signed_in(office), cap="tinh")
    rows: list[Row] = page["rows"]

    gone = [row for row in rows if row.note]
    ranked = [row for row in rows if not row.note]
    points = [row.points for row in ranked if row.points is not None]
    assert len(points) == len(ranked) == 2
    assert points == sorted(points, reverse=True)
    assert [row.place for row in ranked] == [1 + sum(p > own for p in points) for own in points]
    assert {row.of for row in rows} == {len(ranked)}
    # What ended has its figures still, and takes nobody's place.
    assert [(row.place, row.points is None) for row in gone] == [(None, False)]
    assert "60% × tỷ lệ hoàn thành + 40% × tỷ lệ đúng hạn" in page["rule_words"][0]


def test_a_month_ago_stands_beside_today(programme: Programme, office: User) -> None:
    client = signed_in(office)
    now, then = shown(client), shown(client, ngay="2024-06-30")
    was = {row.label: row for row in then["rows"]}

    assert now["before"] == date(2024, 6, 30)
    told = 0
    for row in now["rows"]:
        for cell, old in zip(row.cells, was[row.label].cells, strict=True):
            if cell.change and not (cell.tally + old.tally).untold:
                difference = cell.tally.done - old.tally.done
                sign = "=" if not difference else f"{'▲' if difference > 0 else '▼'} "
                assert cell.change.sign == sign + (str(abs(difference)) if difference else "")
                told += bool(difference)
    assert told


def test_what_a_day_does_not_tell_is_not_compared(programme: Programme, office: User) -> None:
    client = signed_in(office)
    page = shown(client, ngay="2024-06-17")
    then = shown(client, ngay=page["before"].isoformat())
    was = {row.label: row for row in then["rows"]}

    signs = set()
    for row in page["rows"]:
        old = was.get(row.label)
        untold = [
            cell.tally.untold + (old.cells[place].tally.untold if old else 0)
            for place, cell in enumerate(row.cells)
        ]
        for cell, number in zip(row.cells, untold, strict=True):
            if number and cell.change:
                assert (cell.change.sign, cell.change.number) == ("?", None)
                signs.add(cell.change.sign)
        if any(untold):
            changes = (row.completeness.change, row.timeliness.change, row.place_change)
            assert {change.sign for change in changes if change} <= {"?"}
    assert signs == {"?"}


def test_what_cannot_be_told_is_said(programme: Programme, office: User) -> None:
    client = signed_in(office)
    past = client.get(f"{URL}?ngay=17/6/2024").content.decode()

    assert "hồ sơ không còn nói rõ" in past
    assert "không rõ" in past
    assert "hồ sơ không còn nói rõ" not in client.get(URL).content.decode()


def test_a_district_opens_its_communes(
    programme: Programme, office: User, province: Province
) -> None:
    commune = province.communes[0][0]
    make_assignment(commune, office, issuer=province.committee, programme=programme)
    client = signed_in(office)

    folded = {row.label: row for row in shown(client)["rows"]}
    assert commune.label not in folded
    opened = client.get(folded[province.districts[0].label].branch_url).context
    assert [row.label for row in opened["rows"]] == [province.districts[0].label, commune.label]
    assert opened["branch"].label == province.districts[0].label
    assert commune.label in {row.label for row in shown(client, cap="xa")["rows"]}


def test_each_sees_his_branch_alone(programme: Programme, province: Province, office: User) -> None:
    home = province.departments[0]
    page = shown(signed_in(make_user(home)))

    assert [row.label for row in page["rows"]] == [home.label]
    # A rank among one would say nothing.
    assert page["rows"][0].of == 1
    other = signed_in(make_user(province.districts[1]))
    query = {"chuong-trinh": programme.pk, "co-quan": home.pk}
    assert other.get(f"{URL}so-lieu/?{urlencode(query)}").status_code == 404


def test_a_commune_stands_behind_no_district_that_its_people_do_not_see(
    programme: Programme, office: User, province: Province
) -> None:
    district, commune = province.districts[0], province.communes[0][0]
    make_assignment(commune, office, issuer=district, programme=programme)

    page = shown(signed_in(make_user(commune)))

    assert [row.label for row in page["rows"]] == [commune.label]
    assert page["totals"] == []  # they would say its row again
    assert not page["rows"][0].branch_url


def test_a_stranger_finds_nothing(programme: Programme, province: Province) -> None:
    elsewhere = make_agency("Tỉnh khác")
    client = signed_in(make_user(elsewhere, "coordinator"))

    for page in ("", "theo-doi.xlsx", "so-lieu/", f"{programme.pk}/cach-cham-diem/"):
        assert client.get(f"{URL}{page}?chuong-trinh={programme.pk}").status_code == 404, page
    assert client.get(URL).context["programme"] is None
    assert client.get(f"{URL}theo-doi.xlsx")["Location"] == URL


@pytest.mark.parametrize(
    "name", ["chuong-trinh", "cap", "nhanh", "ngay", "sap-xep", "co-quan", "phan", "nhom", "page"]
)
def test_no_address_breaks_the_pages(programme: Programme, office: User, name: str) -> None:
    client = signed_in(office)
    for value in ODD:
        odd = urlencode({name: value.encode("utf-8", "surrogatepass")})
        rest = "" if name == "chuong-trinh" else f"&chuong-trinh={programme.pk}"
        for page in ("", "so-lieu/", "theo-doi.xlsx"):
            status = client.get(f"{URL}{page}?{odd}{rest}").status_code
            assert status in {200, 302, 400, 404}, (page, value)


@pytest.mark.parametrize("sort", ["hang", "co-quan", "qua-han"])
def test_the_workbook_has_what_the_page_shows(
    programme: Programme, office: User, sort: str
) -> None:
    client = signed_in(office)
    page = shown(client, **{"sap-xep": sort, "cap": "tinh"})
    content = client.get(page["asked"].file_url).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    heads = rows[2]
    body = rows[3 : 3 + len(page["rows"])]
    assert [each[0] for each in body] == [row.label for row in page["rows"]]
    for told, row in zip(body, page["rows"], strict=True):
        values = dict(zip(heads, told, strict=True))
        for cell, area in zip(row.cells, RANKED, strict=True):
            assert values[f"{AREA_LABELS[area]}: đã làm"] == cell.tally.done
            assert values[f"{AREA_LABELS[area]}: quá hạn"] == cell.tally.overdue
            assert values[f"{AREA_LABELS[area]}: không hạn"] == cell.tally.undated
            assert values[f"{AREA_LABELS[area]}: đúng hạn"] == cell.tally.in_time
            if cell.change:
                since = values[f"{AREA_LABELS[area]}: đã làm so với tháng trước"]
                assert since == (
                    cell.change.sign if cell.change.number is None else cell.change.number
                )
        assert values["Hạng trong cấp"] == (row.place or "")
        assert values["Điểm"] == float(row.points or 0)
    assert any("60% × tỷ lệ hoàn thành" in str(each[0]) for each in rows)


# How it is set.

EVEN = Rule(50, dict.fromkeys(RANKED, 1), "Quyết định số 12/QĐ-UBND")


def form(seen: int, **values: Any) -> dict[str, Any]:
    weights = {area.value: "1" for area in RANKED}
    usual = {"version": seen, "completeness": "100", "basis": "QĐ 12/QĐ-UBND", **weights}
    return {**usual, **values}


def test_the_rule_is_set_on_its_page_and_ranks_at_once(programme: Programme, office: User) -> None:
    client = signed_in(office)
    url = f"{URL}{programme.pk}/cach-cham-diem/"
    before = {row.label: row.points for row in shown(client)["rows"]}

    response = client.post(url, form(0, is_public="on"))

    assert response.status_code == 302
    page = shown(client)
    assert "100% × tỷ lệ hoàn thành" in page["rule_words"][0]
    assert {row.label: row.points for row in page["rows"]} != before
    assert re.search(r"QĐ 12/QĐ-UBND \(đặt ngày 12/7/2024\)", page["rule_words"][-1])
    event = Event.objects.get(kind="monitoring.set")
    changed = {each["field"]: (each["from"], each["to"]) for each in event.changes}
    assert changed["Tỷ lệ hoàn thành trong điểm"] == ("60%", "100%")
    assert changed["Công khai tiến độ"] == ("không", "có")
    assert "QĐ 12/QĐ-UBND" in client.get(url).content.decode()


def test_opening_the_page_keeps_what_the_ranking_rests_on(
    programme: Programme, office: User
) -> None:
    client, url = signed_in(office), f"{URL}{programme.pk}/cach-cham-diem/"
    client.post(url, form(0))

    client.post(url, form(1, is_public="on", basis="Theo chỉ đạo của Chủ tịch"))

    setting = MonitoringSetting.objects.get()
    assert (setting.basis, setting.is_public) == ("QĐ 12/QĐ-UBND", True)
    assert Event.objects.filter(kind="monitoring.set", reason="Theo chỉ đạo của Chủ tịch").exists()
    client.post(url, form(2, is_public="on", basis="QĐ 15/QĐ-UBND"))
    assert MonitoringSetting.objects.get().basis == "QĐ 15/QĐ-UBND"


@pytest.mark.parametrize(
    "values",
    [
        {"basis": " "},
        {"completeness": "101"},
        {"completeness": "-1"},
        {"completeness": "9" * 30},
        {"assignments": "x"},
        {area.value: "0" for area in RANKED},
        {"version": "7"},
        {"version": "x"},
    ],
)
def test_what_cannot_be_ranked_by_is_refused(
    programme: Programme, office: User, values: dict[str, str]
) -> None:
    url = f"{URL}{programme.pk}/cach-cham-diem/"

    assert signed_in(office).post(url, form(0, **values)).status_code == 422
    assert not MonitoringSetting.objects.exists()


def test_the_second_of_two_is_told(programme: Programme, office: User) -> None:
    def put(seen: int) -> MonitoringSetting:
        return actions.set_monitoring(
            programme=programme, rule=EVEN, is_public=False, by=office, at=at(1, 7), seen=seen
        )

    put(0)
    with pytest.raises(StaleObject):
        put(0)
    put(1)
    assert MonitoringSetting.objects.get().version == 2


def test_only_who_runs_programmes_sets_it(
    programme: Programme, office: User, province: Province
) -> None:
    officer = make_user(province.departments[0])
    assert signed_in(officer).get(f"{URL}{programme.pk}/cach-cham-diem/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.set_monitoring(
            programme=programme, rule=EVEN, is_public=True, by=officer, at=at(1, 7), seen=0
        )
    nothing = Rule(50, dict.fromkeys(RANKED, 0), "QĐ")
    with pytest.raises(Refused):
        actions.set_monitoring(
            programme=programme, rule=nothing, is_public=True, by=office, at=at(1, 7), seen=0
        )


def test_a_programme_without_anything_says_so(province: Province, office: User) -> None:
    make_programme(province.committee)

    page = signed_in(office).get(URL).content.decode()

    assert "Không có cơ quan nào có việc" in page


def test_what_is_to_come_does_not_stand_before_what_runs(
    programme: Programme, office: User, province: Province
) -> None:
    Programme.objects.create(
        name="Giai đoạn sau", agency=province.committee, starts_on=date(2030, 1, 1)
    )

    assert shown(signed_in(office))["programme"] == programme


def test_rows_name_the_level_and_the_branch(
    programme: Programme, office: User, province: Province
) -> None:
    district = province.districts[0]
    query = {"chuong-trinh": programme.pk, "cap": "huyen", "nhanh": district.pk}

    page = signed_in(office).get(f"{URL}so-lieu/?{urlencode(query)}").context

    assert page["where"] == f"{Level.DISTRICT.label}, {district.label}"
