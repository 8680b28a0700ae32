"""What a decision does not approve, under the headings that say so."""

from __future__ import annotations

import pytest

from tests.domain.catalogue.plans.decisions import contents, decision, kinds, layout, reading
from tinhgon.domain.catalogue import ApprovedPlan, read_plan
from tinhgon.domain.catalogue._refusals import Ruling, nearest_ruling, ruling_in, withholds
from tinhgon.domain.officialdoc import read_text
from tinhgon.domain.vntext import fold

DOTTED = layout("dotted")
TABLE = layout("table").strip().split("\n")
NAMES = """1. Thủ tục Cử công chức đi đào tạo (Mã số: 1.005400)
2. Thủ tục Thi nâng ngạch công chức, lý do: Thuộc thẩm quyền của bộ.
3. Thủ tục Xếp lương
Thời hạn do luật định.
"""
WITHHELD = ["Cử công chức đi đào tạo", "Thi nâng ngạch công chức", "Xếp lương"]
REASONS = [None, "Thuộc thẩm quyền của bộ.", "Thời hạn do luật định."]
OTHERS = """STT | Tên thủ tục hành chính | {reason}
1 | Cử công chức đi đào tạo | Thời hạn do luật định
2 | Thi nâng ngạch công chức | Chưa đủ căn cứ
"""
ANNEX = """
PHỤ LỤC II
{title}
(Kèm theo Quyết định số 1877/QĐ-UBND ngày 07/10/2024 của Chủ tịch Ủy ban nhân dân tỉnh)

"""


def names(plan: ApprovedPlan, *, approved: bool) -> list[str]:
    return [
        each.name.removeprefix("Thủ tục ").strip()
        for each in plan.procedures
        if (each.not_approved is None) is approved
    ]


def reasons(plan: ApprovedPlan) -> list[str | None]:
    return [each.not_approved.reason for each in plan.procedures if each.not_approved]


@pytest.mark.parametrize(
    ("text", "ruling"),
    [
        ("CÁC THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT", Ruling.REFUSED),
        ("Thủ tục chưa được thông qua", Ruling.REFUSED),
        ("Phương án chưa thống nhất", Ruling.REFUSED),
        ("Nội dung không nhất trí", Ruling.REFUSED),
        ("Thủ tục không đủ điều kiện phê duyệt", Ruling.REFUSED),
        ("Đề nghị tiếp tục nghiên cứu", Ruling.REFUSED),
        ("Các thủ tục bị từ chối", Ruling.REFUSED),
        ("Thủ tục trả lại để hoàn thiện", Ruling.RETURNED),
        ("Đề nghị tiếp tục hoàn thiện phương án", Ruling.RETURNED),
        ("Các thủ tục được phê duyệt", Ruling.APPROVED),
        ("Thủ tục được phê duyệt và thủ tục không được phê duyệt", None),
        ("LĨNH VỰC BIÊN CHẾ", None),
    ],
)
def test_what_a_heading_says(text: str, ruling: Ruling | None) -> None:
    assert ruling_in(text) is ruling


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("Các thủ tục hành chính nội bộ thuộc Sở Nội vụ không được phê duyệt", True),
        ("02 thủ tục không được phê duyệt phương án đơn giản hóa", True),
        ("Thủ tục Thu hồi quyết định trong trường hợp không được phê duyệt", False),
        ("Các thủ tục này chưa thống nhất về thành phần hồ sơ", False),
        ("Các thủ tục không được phê duyệt.", False),
        ("Không được phê duyệt", False),
    ],
)
def test_which_lines_are_headings(text: str, *, is_heading: bool) -> None:
    assert withholds(text) is is_heading


def test_a_number_before_it_makes_a_heading_of_few_words() -> None:
    assert withholds("Không được phê duyệt", numbered=True)


def test_the_nearest_heading_decides() -> None:
    outer, inner = "Các thủ tục không được phê duyệt", "Thủ tục được thông qua"
    assert nearest_ruling([outer, "LĨNH VỰC BIÊN CHẾ"]) == (Ruling.REFUSED, outer)
    assert nearest_ruling([outer, inner]) == (Ruling.APPROVED, inner)
    assert nearest_ruling(["LĨNH VỰC BIÊN CHẾ"]) is None


HEADINGS = [
    "III. CÁC THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT",
    "III. Thủ tục hành chính nội bộ không được thông qua",
    "III. Phương án chưa thống nhất",
    "III. Đề nghị tiếp tục nghiên cứu",
    "III. Không được phê duyệt",
    "B. Danh mục thủ tục hành chính nội bộ chưa được phê duyệt phương án đơn giản hóa",
    "CÁC THỦ TỤC CHƯA THỐNG NHẤT PHƯƠNG ÁN",
    "Các thủ tục không được phê duyệt:",
]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("name", ["dotted", "bold", "lettered", "table"])
def test_names_listed_below_a_heading(name: str, heading: str) -> None:
    plan = reading(f"{layout(name)}\n{heading}\n{NAMES}")

    assert len(names(plan, approved=True)) == 2
    assert names(plan, approved=False) == WITHHELD
    assert reasons(plan) == REASONS
    assert {each.not_approved.heading for each in plan.procedures if each.not_approved} == {
        heading.removeprefix("III. ").removeprefix("B. ").rstrip(":")
    }
    assert plan.procedures[2].code == "1.005400"
    assert len({each.position for each in plan.procedures}) == 5
    assert not plan.problems
    assert not plan.unread


@pytest.mark.parametrize("name", ["dotted", "glued"])
def test_plans_printed_below_a_heading(name: str) -> None:
    text = layout(name)
    assert "LĨNH VỰC BIÊN CHẾ" in text
    plan = reading(text.replace("LĨNH VỰC BIÊN CHẾ", "CÁC PHƯƠNG ÁN KHÔNG ĐƯỢC PHÊ DUYỆT"))

    assess, staff = plan.procedures
    assert (assess.not_approved, staff.not_approved is None) == (None, False)
    assert contents(staff)  # what was proposed stays to be read
    assert not plan.problems


def test_a_plan_with_the_reason_why_it_is_not_approved() -> None:
    text = DOTTED.replace("LĨNH VỰC BIÊN CHẾ", "CÁC PHƯƠNG ÁN KHÔNG ĐƯỢC PHÊ DUYỆT")
    plan = reading(f"{text}1.4. Lý do không phê duyệt: Thời hạn do luật định.\n")

    assert reasons(plan) == ["Thời hạn do luật định."]
    assert plan.procedures[1].benefit
    assert "luật định" not in plan.procedures[1].benefit


def test_a_reason_alone_is_no_measure() -> None:
    head = DOTTED.partition("II. LĨNH VỰC")[0]
    plan = reading(
        f"{head}II. Không được thông qua\n1. Thủ tục Giao biên chế\nLý do: Chưa có cơ sở.\n"
        "2. Thủ tục Cử công chức đi học\nLý do chưa được thông qua: Trùng với quy định khác.\n"
    )

    assert names(plan, approved=False) == ["Giao biên chế", "Cử công chức đi học"]
    assert reasons(plan) == ["Chưa có cơ sở.", "Trùng với quy định khác."]
    assert [each.measures for each in plan.procedures[1:]] == [(), ()]


def test_a_section_without_a_number_stands_over_those_that_begin_anew() -> None:
    other = DOTTED.replace("Thẩm định", "Xem xét").replace("Giao biên", "Điều biên")
    other = other.replace(" (Mã số: 1.005388)", "")
    plan = reading(f"{DOTTED}CÁC THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT\n{other}")
    assert [each.not_approved is None for each in plan.procedures] == [True, True, False, False]
    assert len({each.position for each in plan.procedures}) == 4

    goes_on = other.replace("I. LĨNH VỰC TỔ CHỨC BỘ MÁY", "III. LĨNH VỰC TỔ CHỨC BỘ MÁY")
    first = "CÁC THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT\n1. Thủ tục Xếp lương\n"
    plan = reading(f"{DOTTED}{first}{goes_on.replace('II. LĨNH VỰC BIÊN', 'IV. LĨNH VỰC BIÊN')}")
    assert names(plan, approved=False) == ["Xếp lương"]


def test_what_is_approved_may_come_behind() -> None:
    plan = reading(
        f"A. CÁC THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT\n{NAMES}B. CÁC THỦ TỤC ĐƯỢC PHÊ DUYỆT\n{DOTTED}"
    )
    assert names(plan, approved=False) == WITHHELD
    assert [each.position for each in plan.procedures[3:]] == ["B.I.1", "B.II.1"]


@pytest.mark.parametrize(
    "row",
    [
        "II | Thủ tục không được phê duyệt",
        "B | Không được phê duyệt | | | | |",
        "Các thủ tục chưa được thống nhất",
        "Các thủ tục chưa được thống nhất | | | | | |",
        " | Đề nghị tiếp tục nghiên cứu | | | | |",
    ],
)
def test_a_heading_row_inside_a_table(row: str) -> None:
    plan = reading("\n".join([*TABLE[:3], row, *TABLE[4:]]))

    assess, staff = plan.procedures
    assert assess.not_approved is None
    assert staff.not_approved
    assert fold(staff.not_approved.heading) in fold(row)
    assert contents(staff)
    assert not plan.problems


@pytest.mark.parametrize("before", ["dotted", "table"])
@pytest.mark.parametrize("reason", ["Lý do", "Lý do không phê duyệt", "Ghi chú"])
@pytest.mark.parametrize(
    "title",
    [
        "III. Các thủ tục không được phê duyệt\n\n",
        "CÁC THỦ TỤC CHƯA ĐƯỢC THÔNG QUA\n\n",
        ANNEX.format(title="DANH MỤC THỦ TỤC CHƯA THỐNG NHẤT PHƯƠNG ÁN ĐƠN GIẢN HÓA"),
    ],
)
def test_a_table_of_their_own(title: str, reason: str, before: str) -> None:
    plan = reading(f"{layout(before)}\n\n{title}{OTHERS.format(reason=reason)}")

    assert names(plan, approved=False) == WITHHELD[:2]
    assert reasons(plan) == ["Thời hạn do luật định", "Chưa đủ căn cứ"]
    assert not plan.problems
    assert not plan.unread


def test_an_annex_of_names() -> None:
    annex = ANNEX.format(title="THỦ TỤC HÀNH CHÍNH NỘI BỘ KHÔNG ĐƯỢC PHÊ DUYỆT PHƯƠNG ÁN")
    plan = reading(f"{DOTTED}{annex}{NAMES}")

    assert names(plan, approved=False) == WITHHELD
    assert [each.position for each in plan.procedures[2:]] == ["II.1", "II.2", "II.3"]


@pytest.mark.parametrize("name", ["dotted", "lettered", "table", "in-article"])
def test_an_article_of_names(name: str) -> None:
    text = layout(name)
    whole = decision("", first=text) if name == "in-article" else decision(text)
    said = "Điều 2. Không phê duyệt phương án đơn giản hóa đối với 03 thủ tục sau:\n"
    whole = whole.replace("Điều 3. Chánh", "Điều 4. Chánh")
    whole = whole.replace("Điều 2. Giao", f"{said}{NAMES}Điều 3. Giao")
    plan = read_plan(read_text(whole))

    assert len(names(plan, approved=True)) == 2
    assert names(plan, approved=False) == WITHHELD
    assert reasons(plan) == REASONS
    assert len({each.position for each in plan.procedures}) == 5


def test_a_column_of_reasons_says_it_of_the_rows_where_it_is_filled() -> None:
    head = f"{TABLE[0]} | Lý do không phê duyệt"
    rows = [TABLE[1], f"{TABLE[2]} | ", TABLE[3], f"{TABLE[4]} | Thời hạn do luật định"]
    plan = reading("\n".join([head, *rows]))

    assert reasons(plan) == ["Thời hạn do luật định"]
    assert names(plan, approved=True) == ["Thẩm định đề án vị trí việc làm"]


def test_what_goes_back_is_told_from_what_is_refused() -> None:
    plan = reading(f"{DOTTED}III. Các thủ tục trả lại để hoàn thiện\n{NAMES}")
    assert [each.not_approved.returned for each in plan.procedures if each.not_approved] == [
        True
    ] * 3


def test_counts_are_of_what_is_approved() -> None:
    text = f"{DOTTED}III. CÁC THỦ TỤC KHÔNG ĐƯỢC PHÊ DUYỆT\n{NAMES}"
    said = "Phê duyệt phương án đơn giản hóa {} thủ tục hành chính nội bộ (có Phụ lục kèm theo)."
    assert kinds(reading(text, first=said.format("02"))) == []
    assert kinds(reading(text, first=said.format("05"))) == []
    assert kinds(reading(text, first=said.format("04"))) == ["count"]


@pytest.mark.parametrize(
    "line",
    [
        "Lý do không quy định mẫu đơn: Người nộp tự ghi.",
        "Các sở chưa thống nhất về thời hạn",
        "Kiến nghị Sở Nội vụ tiếp tục nghiên cứu, sửa đổi văn bản.",
    ],
)
def test_words_inside_a_plan_refuse_nothing(line: str) -> None:
    plan = reading(DOTTED.replace("1.2. Kiến nghị", f"{line}\n1.2. Kiến nghị"))
    assert len(plan.procedures) == 2
    assert names(plan, approved=False) == []
