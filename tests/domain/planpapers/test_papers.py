from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tinhgon.domain.catalogue import ApprovedPlan, read_plan
from tinhgon.domain.officialdoc import OfficialDoc, read, write_docx, write_pdf
from tinhgon.domain.planpapers import (
    Assessed,
    MeasureText,
    PlanBlock,
    PlanPaper,
    assessment_document,
    decision_document,
    submission_document,
)
from tinhgon.domain.publishing import Letter, Office

D = Decimal
COMMITTEE = Office(
    "Ủy ban nhân dân tỉnh Lạng Sơn",
    ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    place="Lạng Sơn",
    head="Chủ tịch",
    self_name="UBND tỉnh",
    symbol="UBND",
    level="province",
)
DEPARTMENT = Office(
    "Sở Nội vụ",
    ("SỞ NỘI VỤ",),
    "Ủy ban nhân dân tỉnh Lạng Sơn",
    ("UBND TỈNH LẠNG SƠN",),
    "Lạng Sơn",
    "Giám đốc",
    symbol="SNV",
)
OFFICE = Office(
    "Văn phòng Ủy ban nhân dân tỉnh", ("VĂN PHÒNG",), place="Lạng Sơn", head="Chánh Văn phòng"
)
BLOCKS = (
    PlanBlock(
        "Thẩm định đề án vị trí việc làm",
        (
            MeasureText(
                "Rút ngắn thời hạn giải quyết từ 15 ngày làm việc xuống 10 ngày làm việc",
                "Hồ sơ đã được xem xét một lần ở phòng chuyên môn",
            ),
            MeasureText(
                "Bỏ giấy tờ “Bản sao quyết định thành lập”", "Cơ quan giải quyết đã có văn bản này"
            ),
        ),
        ("Sửa đổi, bổ sung khoản 2 Điều 7 Quyết định số 41/2021/QĐ-UBND; Sở Nội vụ",),
        code="1.005388",
        agency="Sở Nội vụ",
        field="Tổ chức bộ máy",
        before=D("96496000"),
        after=D("72372000"),
    ),
    PlanBlock(
        "Giao biên chế công chức hằng năm",
        (MeasureText("Bãi bỏ thủ tục hành chính", "Hai năm không phát sinh"),),
        ("Bãi bỏ điểm c khoản 1 Điều 4 Quyết định số 18/2022/QĐ-UBND; Sở Nội vụ",),
        before=D("30000000.5"),
        after=D(0),
    ),
)
PAPER = PlanPaper(
    COMMITTEE,
    DEPARTMENT,
    OFFICE,
    "đợt rà soát lần 2",
    BLOCKS,
    date(2024, 10, 7),
    ("Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",),
    Letter("1877", "QĐ-UBND", date(2024, 10, 7)),
    Letter("512", "TTr-SNV", date(2024, 9, 30)),
)


def read_back(
    document: OfficialDoc, write: Callable[[OfficialDoc], bytes], kind: str
) -> ApprovedPlan:
    return read_plan(read(write(document), f"quyet-dinh.{kind}"))


@pytest.mark.parametrize(("write", "kind"), [(write_docx, "docx"), (write_pdf, "pdf")])
def test_the_annex_reads_back_as_it_was(write: Callable[[OfficialDoc], bytes], kind: str) -> None:
    plan = read_back(decision_document(PAPER), write, kind)

    assert [each.name for each in plan.procedures] == [block.name for block in BLOCKS]
    assert [each.code for each in plan.procedures] == ["1.005388", None]
    for each, block in zip(plan.procedures, BLOCKS, strict=True):
        assert [
            (measure.content.rstrip("."), (measure.reason or "").rstrip("."))
            for measure in each.measures
        ] == [(measure.content, measure.reason) for measure in block.measures]
        assert (each.costs.before, each.costs.after) == block.printed
        assert each.costs.saved == block.saved
        assert block.implementation[0] in (each.implementation or "")
    assert [each.costs.ratio for each in plan.procedures] == [D(25), D(100)]
    assert plan.totals.before == D(126496001)
    assert not plan.problems
    assert not plan.unread


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        # T1 and T2 of a third of a đồng: whole đồng, a half up, and the saving between those
        ("9773104.3333", "4511188.5", ["9.773.104", "4.511.189", "5.261.915", "53,84%"]),
        ("0.4", "0.2", ["0", "0", "0", "không xác định"]),
        ("1000000", "800004", ["1.000.000", "800.004", "199.996", "19,99%"]),
    ],
)
def test_papers_print_whole_dong_that_add_up(before: str, after: str, lines: list[str]) -> None:
    block = replace(BLOCKS[0], before=D(before), after=D(after))
    document = decision_document(replace(PAPER, blocks=(block, block)))
    words = [each.text for part in document.annexes[0].body for each in part.walk()]
    found = [
        text.rstrip(".").rpartition(": ")[2] for text in words if "phí" in text and ":" in text
    ]

    assert [text.removesuffix(" đồng/năm") for text in found][:4] == lines
    plan = read_back(document, write_docx, "docx")
    assert not [each for each in plan.problems if each.kind.value in {"saved", "total"}]


def test_what_belongs_to_a_ministry_is_recommended_in_an_article_of_its_own() -> None:
    up = replace(BLOCKS[1], is_recommended=True)
    articles = [
        each.text for each in decision_document(replace(PAPER, blocks=(BLOCKS[0], up))).body
    ]

    assert articles[1].startswith("Kiến nghị bộ, cơ quan ngang bộ, cấp có thẩm quyền")
    assert "01 thủ tục (số thứ tự 2 của Phụ lục)" in articles[1]
    assert articles[2].endswith("đối với 01 thủ tục (số thứ tự 1 của Phụ lục).")
    document = decision_document(replace(PAPER, blocks=(up,)))
    assert len(document.body) == 4
    assert not [each for each in document.body if "soạn thảo, trình ban hành" in each.text]
    assert document.recipients[0] == "Như Điều 4"
    mixed = decision_document(replace(PAPER, blocks=(BLOCKS[0], up)))
    assert mixed.recipients[0] == "Như Điều 5"
    assert len(read_back(mixed, write_docx, "docx").procedures) == 2


def test_there_is_no_decision_on_nothing() -> None:
    with pytest.raises(ValueError, match="no procedure"):
        decision_document(replace(PAPER, blocks=()))


@pytest.mark.parametrize(("month", "shown"), [(1, "01"), (2, "02"), (3, "3"), (12, "12")])
def test_january_and_february_have_two_digits(month: int, shown: str) -> None:
    paper = replace(PAPER, decision=Letter("", "QĐ-UBND"), written_on=date(2024, month, 7))

    assert decision_document(paper).date_text == f"ngày tháng {shown} năm 2024"


def test_what_had_no_cost_or_is_not_assessed_says_so() -> None:
    nothing = replace(BLOCKS[0], before=D(0), after=D(0))
    unknown = replace(BLOCKS[1], before=None, after=None)
    document = decision_document(replace(PAPER, blocks=(nothing, unknown)))
    words = [block.text for part in document.annexes[0].body for block in part.walk()]

    assert "Tỷ lệ cắt giảm chi phí: không xác định." in words
    assert "Chi phí tuân thủ TTHC: chưa tính." in words
    assert not document.body[0].children


@pytest.mark.parametrize("passes", [True, False])
def test_the_office_says_what_it_found(passes: bool) -> None:
    assessed = Assessed("Đủ nội dung.\nLý do rõ.", passes, consulted="Sở Tư pháp")
    document = assessment_document(PAPER, assessed)
    words = " ".join(block.text for part in document.body for block in part.walk())

    assert "Lý do rõ." in words
    assert "Đã lấy ý kiến: Sở Tư pháp." in words
    assert ("đủ điều kiện trình" in words) is passes
    assert document.addressees == ("Sở Nội vụ",)


def test_the_submission_lays_the_plan_before_the_authority() -> None:
    document = submission_document(PAPER)

    assert document.addressees == ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",)
    assert document.number == "512"
    again = read(write_docx(document), "to-trinh.docx")
    assert again.doc_type == "tờ trình"
