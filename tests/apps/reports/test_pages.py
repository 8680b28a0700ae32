"""The pages: who sees what, figures that open their facts, one page of many agencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.reports.conftest import signed_in
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.assignments import make_programme
from tests.factories.reports import make_cut, make_edition, make_fact
from tests.workbooks import sheet_lines
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.documents import make_report
from tinhgon.apps.reports.models import ReportPeriod
from tinhgon.domain.directives import summary
from tinhgon.domain.reporting import Proof

from .make import AT, make_duty, open_year, report_of


def page(user: User, name: str, *args: Any, **query: str) -> Any:
    return signed_in(user).get(reverse(f"reports:{name}", args=args), query)


def test_a_commune_sees_its_own_report_and_no_neighbours(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    mine, neighbour = province.communes[0]
    user = make_user(mine)
    own, other = report_of(period, mine), report_of(period, neighbour)

    assert page(user, "report", own.pk).status_code == 200
    for hidden in (other, report_of(period, province.districts[0])):
        assert page(user, "report", hidden.pk).status_code == 404
        assert page(user, "figure", hidden.pk, "cong-bo").status_code == 404
        assert signed_in(user).post(reverse("reports:send", args=[hidden.pk])).status_code == 404
    listed = page(user, "period", period.pk).content.decode()
    assert own.get_absolute_url() in listed
    assert other.get_absolute_url() not in listed
    assert neighbour.name not in page(user, "progress", period.pk).content.decode()
    assert neighbour.name not in str(sheet_lines(page(user, "export", period.pk).content))


def test_who_only_writes_is_told_who_sends(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    told = "Viết xong thì thủ trưởng cơ quan gửi"
    assert told in page(make_user(department), "report", report.pk).content.decode()
    head = page(make_user(department, "head"), "report", report.pk).content.decode()
    assert told not in head
    assert f"Gửi {province.committee.label}" in head


def test_the_signed_report_is_entered_with_what_is_known(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    whole = report_of(period, province.committee)
    form = page(office, "record_sent", whole.pk).context["form"]
    assert (form["symbol"].value(), form["signer_title"].value()) == ("BC-UBND", "CHỦ TỊCH")


def test_a_duty_is_shown_to_who_may_see_it(province: Province, office: User, now: datetime) -> None:
    given, other = province.departments
    duty = make_duty(province.committee, [given], office)
    heading = actions.Heading("Theo văn bản", duty=duty)
    period = open_year(province, office, duties=[duty], headings=[heading])
    for agency, sees in ((given, True), (other, False)):
        user = make_user(agency)
        assert bool(page(user, "period", period.pk).context["duties"]) is sees
        report = report_of(period, agency)
        for name, key in (("period", period.pk), ("report", report.pk)):
            shown = page(user, name, key).content.decode()
            assert (duty.get_absolute_url() in shown) is sees, name
            assert (duty.summary in shown) is sees, name


LONG = "Rà soát 100% thủ tục mới công bố bổ sung " + "và thủ tục của các đơn vị " * 3 + "trực thuộc"


@pytest.mark.parametrize(
    ("told", "addressee"),
    [("", "Văn phòng Chính phủ"), ("its giver", "Văn phòng Chính phủ"), ("Bộ Nội vụ", "Bộ Nội vụ")],
)
def test_a_period_from_a_duty_starts_with_what_a_paper_can_print(
    province: Province, office: User, now: datetime, told: str, addressee: str
) -> None:
    duty = make_duty(province.committee, province.departments, office)
    giver = province.committee.label
    duty.text, duty.report_to = LONG, f"{giver} (qua Văn phòng)" if told == "its giver" else told
    duty.summary = summary(duty.text)
    duty.report_due_on, duty.report_due_text = date(2024, 12, 25), "trước ngày 26/12/2024"
    duty.save()

    start = page(office, "open", **{"nhiem-vu": str(duty.pk)}).context["form"].initial

    assert duty.summary.endswith("…")
    assert start["name"] == f"Báo cáo kết quả: {LONG}"
    assert start["addressee"] == addressee
    assert (start["due_district"], start["due_commune"]) == (date(2024, 12, 25), date(2024, 12, 22))
    assert (start["words_district"], start["words_commune"]) == ("trước ngày 26/12/2024", "")


def test_a_stranger_knows_of_no_period(province: Province, office: User, now: datetime) -> None:
    period = open_year(province, office, only=[province.districts[0].pk])
    stranger = make_user(province.departments[1])

    assert page(stranger, "period", period.pk).status_code == 404
    assert period.name not in page(stranger, "list").content.decode()


def test_the_list_counts_what_its_numbers_open(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    actions.send_nil(report=report, by=make_user(department, "head"), at=AT, seen=report.version)

    [line] = page(office, "list").context["lines"]
    assert (line.asked, line.sent) == (9, 1)
    for value, _, number in line.numbers:
        shown = page(office, "progress", period.pk, **{"tinh-trang": value})
        assert len(shown.context["rows"]) == number, value


def test_each_figure_opens_exactly_its_facts(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    report = report_of(period, province.committee)
    shown = page(office, "report", report.pk)
    figures = [row for row in shown.context["figures"] if row.total]

    assert {row.key for row in figures} >= {"cong-bo", "ra-soat", "ra-soat-1", "tiet-kiem"}
    for row in figures:
        assert row.url in shown.content.decode()
        behind = signed_in(office).get(row.url).context
        added = sum(each.adds for each in behind["rows"])
        assert added == row.total == behind["total"], row.key


def test_a_fact_shows_the_document_that_proves_it(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    report = report_of(period, province.departments[0])
    words = page(office, "figure", report.pk, "bai-bo").content.decode()

    assert "91/QĐ-UBND" in words
    assert "ngày 20/12/2023" in words
    assert "/phuong-an/quyet-dinh/4/" in words


def test_a_figure_is_narrowed_to_one_agency_below(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    root = report_of(period, province.committee)
    district = report_of(period, province.districts[0])

    shown = page(office, "figure", root.pk, "cong-bo", **{"bao-cao": str(district.pk)})
    assert shown.context["total"] == 3  # its own and those of its commune
    odd = page(office, "figure", root.pk, "cong-bo", **{"bao-cao": "x"})
    assert odd.context["total"] == 5
    assert page(office, "figure", root.pk, "khong-co").status_code == 404


def test_pages_of_facts_are_read_piece_by_piece(
    province: Province, office: User, now: datetime
) -> None:
    """Whatever the page, it shows the facts of that place in the whole."""
    period = open_year(province, office)
    names = []
    for agency in (province.departments[0], province.departments[1], province.districts[0]):
        facts = [make_fact(agency) for _ in range(33)]
        make_edition(report_of(period, agency), [*facts, make_fact(agency, published=None)])
        names.append([each.name for each in facts])
    root = report_of(period, province.committee)

    shown = [
        [
            row.fact.name
            for row in page(office, "figure", root.pk, "cong-bo", page=n).context["rows"]
        ]
        for n in ("1", "2")
    ]

    assert [len(each) for each in shown] == [50, 49]
    assert sorted(shown[0] + shown[1]) == sorted(name for each in names for name in each)


def test_what_is_not_sent_is_marked(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    shown = page(office, "report", report_of(period, province.committee).pk)

    assert shown.context["unsent"] == 9
    assert "chưa gửi: số liệu của các cơ quan đó lấy từ hồ sơ" in shown.content.decode()


def test_a_restated_figure_shows_what_it_was_and_why(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    facts = [make_fact(department), make_cut(department), make_fact(department)]
    make_edition(report, facts, reason="Bổ sung Quyết định số 77/QĐ-UBND ký muộn.")

    shown = page(office, "report", report_of(period, province.committee).pk)
    [row] = [row for row in shown.context["figures"] if row.key == "cong-bo"]
    assert (row.was, row.total) == (5, 6)
    assert "Bổ sung Quyết định số 77/QĐ-UBND ký muộn." in shown.content.decode()


def test_figures_that_contradict_are_told(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[1]
    report = report_of(period, department)
    make_edition(report, [make_cut(department, reviews=())])

    shown = page(office, "report", report.pk).content.decode()

    assert "Số liệu chưa khớp" in shown
    assert "đã phê duyệt phương án (1) lớn hơn đã rà soát (0)" in shown


def test_rows_that_do_not_fit_are_told_until_the_report_is_sent(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department, district = province.departments[1], province.districts[1]
    odd = make_fact(department, published=Proof(), name="Cấp tài khoản")
    report = report_of(period, department)
    edition = make_edition(report, [odd])
    make_edition(report_of(period, district), [replace(odd, published=None)])
    edition.figures = {**edition.figures, "numbers": {"cong-bo": "2", "loai-a": "2"}}
    edition.save()

    def said(agency: Agency) -> list[str]:
        shown = page(office, "report", report_of(period, agency).pk).context["findings"]
        return [each.words for each in shown]

    assert {
        "Biểu 1 ghi TTHC nội bộ đã công bố 2, cộng các dòng của Biểu 2 được 1.",
        "“Cấp tài khoản”: chưa có quyết định công bố trong hệ thống.",
    } <= set(said(department))
    twice = "“Cấp tài khoản” có ở hai cơ quan báo cáo."
    assert twice not in said(department)
    assert twice in said(province.committee)
    actions.send(report=report, by=make_user(department, "head"), at=AT, seen=report.version)
    assert not [words for words in said(department) if "Cấp tài khoản" in words]


def test_districts_fold_their_communes(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    district = report_of(period, province.districts[0])
    shown = page(office, "period", period.pk)
    lines = {line.report.pk: line for line in shown.context["lines"]}

    assert len(lines) == 5  # the Office, two departments, two districts
    assert lines[district.pk].figures.asked_below == 2
    unfolded = page(office, "period", period.pk, nhanh=str(district.pk))
    names = {line.report.agency.name for line in unfolded.context["lines"]}
    assert names == {each.name for each in province.communes[0]}


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"cap": "xa"}, 4),
        ({"cap": "xa", "q": "hop thanh"}, 1),
        ({"q": "Hợp Thành"}, 1),
        ({"tinh-trang": "qua-han"}, 0),
        ({"tinh-trang": "chua-gui"}, 9),
        ({"tinh-trang": "x", "cap": "y", "nhanh": "z"}, 5),
        ({"nhanh": "999999"}, 0),
    ],
)
def test_filters_stand_in_the_address(
    province: Province,
    office: User,
    period: ReportPeriod,
    now: datetime,
    query: dict[str, str],
    number: int,
) -> None:
    assert len(page(office, "period", period.pk, **query).context["lines"]) == number


def test_the_workbook_holds_what_the_page_shows(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    department = province.departments[0]
    report = report_of(period, department)
    actions.send(report=report, by=make_user(department, "head"), at=AT, seen=report.version)
    content = page(office, "export", period.pk, q="Nội vụ").content

    rows = sheet_lines(content)
    [row] = [row for row in rows if row and row[0] == 1]
    assert row[1] == "Sở Nội vụ"
    assert "gửi đúng hạn" in str(row[5])
    assert row[10:14] == [2, 2, 1, 0]
    assert BytesIO(content).read(2) == b"PK"


@pytest.mark.parametrize("role", ["officer", "head", "coordinator", "clerk", "leader"])
def test_every_role_opens_its_own_report(
    province: Province, period: ReportPeriod, now: datetime, role: str
) -> None:
    department = province.departments[0]
    user = make_user(department, role)
    report = report_of(period, department)
    shown = page(user, "report", report.pk)

    assert shown.status_code == 200
    writes = role in {"officer", "head", "coordinator"}
    assert shown.context["can"]["write"] is writes
    assert shown.context["can"]["send"] is (role == "head")


def test_pages_ask_as_much_for_many_agencies_as_for_few(
    province: Province, office: User, period: ReportPeriod, now: datetime
) -> None:
    root = report_of(period, province.committee)
    urls = [
        reverse("reports:list"),
        period.get_absolute_url(),
        reverse("reports:progress", args=[period.pk]),
        root.get_absolute_url(),
        reverse("reports:figure", args=[root.pk, "cong-bo"]),
    ]
    client = signed_in(office)
    client.get(urls[0])

    def asked() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(url)
            found.append(len(queries))
        return found

    before = asked()
    for each in (*province.communes[0], *province.communes[1], *province.departments):
        report = report_of(period, each)
        make_edition(report, [make_fact(each)], reason="Bổ sung.")
        actions.write_text(
            report=report,
            section=period.sections.get(key="chi-dao"),
            text="Đã ban hành kế hoạch.",
            by=make_user(each),
            at=AT,
            seen=0,
        )

    assert asked() == before


def test_where_there_is_no_programme_the_page_leads_to_one(province: Province) -> None:
    office = make_user(province.office, "coordinator", scope=province.committee)

    lacking = page(office, "open").content.decode()
    make_programme(province.committee)
    there = page(office, "open").content.decode()

    assert "Chưa có chương trình nào." in lacking
    assert reverse("programmes:list") in lacking[lacking.index("Chưa có chương trình nào.") :]
    assert "Chưa có chương trình nào." not in there


def test_the_printed_report_does_not_say_report_twice(
    province: Province, period: ReportPeriod, now: datetime
) -> None:
    period.name = "Báo cáo kết quả rà soát"
    period.save(update_fields=["name"])

    document = make_report(report_of(period, province.committee), today=now.date())

    opening = document.body[0].text
    assert f"{province.committee.name} báo cáo kết quả rà soát (số liệu" in opening
