"""Plans written to Word and PDF files and read back; broken and very large ones."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.catalogue.test_any_text import TEXTS
from tinhgon.domain.catalogue import ApprovedPlan, plan_in_words, plan_json, read_plan
from tinhgon.domain.officialdoc import OfficialDoc, read, read_text, write_docx, write_pdf

from .decisions import contents, decision, figures, kinds, layout, reading, reasons

WRITERS = [
    pytest.param(write_docx, "a.docx", id="docx"),
    pytest.param(write_pdf, "a.pdf", id="pdf"),
]
Writer = Callable[[OfficialDoc], bytes]


def _told(plan: ApprovedPlan) -> list[tuple[object, ...]]:
    return [
        (each.name, each.code, contents(each), reasons(each), each.implementation, figures(each))
        for each in plan.procedures
    ]


@pytest.mark.parametrize(("write", "file"), WRITERS)
@pytest.mark.parametrize(
    "name",
    ["dotted", "lettered", "dashed", "bold", "roman", "numbered-tthc", "table", "table-of-costs"],
)
def test_the_same_is_read_back_from_files(name: str, write: Writer, file: str) -> None:
    doc = read_text(decision(layout(name)))
    assert _told(read_plan(read(write(doc), file))) == _told(read_plan(doc))


@pytest.mark.parametrize(("write", "file"), WRITERS)
def test_rows_that_run_over_pages_stay_whole(write: Writer, file: str) -> None:
    reason = " ".join(["Hồ sơ đã có trên hệ thống quản lý văn bản của cơ quan thẩm định."] * 9)
    head = "STT | Tên TTHC | Nội dung đơn giản hóa | Lý do | Kiến nghị thực thi"
    rows = [
        f"{n} | Thủ tục cử đi học lần {n} | Bỏ bản giấy thứ {n}. | {reason} | Sửa Điều {n} Quy chế."
        for n in range(1, 19)
    ]
    doc = read_text(decision("\n".join([head, *rows])))
    plan = read_plan(read(write(doc), file))
    assert [each.name for each in plan.procedures] == [
        f"Thủ tục cử đi học lần {n}" for n in range(1, 19)
    ]
    assert all(reasons(each) == [reason] for each in plan.procedures)
    assert plan.procedures[17].implementation == "Sửa Điều 18 Quy chế."


@pytest.mark.parametrize(
    "annex",
    [
        "",
        "(Không có nội dung)",
        "1. Ban Tổ chức thực hiện kế hoạch này.\n2. Sở Nội vụ báo cáo kết quả.",
    ],
)
def test_without_a_plan_nothing_is_made_up(annex: str) -> None:
    plan = reading(annex, first="Phê duyệt phương án đơn giản hóa 16 thủ tục hành chính nội bộ.")
    assert plan.procedures == ()
    assert kinds(plan) == ["no_plan"]
    assert "16 thủ tục hành chính nội bộ" in plan.problems[0].text


def test_a_list_alone_gives_procedures_without_measures() -> None:
    plan = reading(
        "STT | Mã TTHC | Tên thủ tục hành chính | Lĩnh vực\n"
        "1 | 1.004321 | Cử đi học | Đào tạo\n2 | 1.004322 | Giao biên chế | Biên chế"
    )
    assert [(each.name, each.code, each.field, each.measures) for each in plan.procedures] == [
        ("Cử đi học", "1.004321", "Đào tạo", ()),
        ("Giao biên chế", "1.004322", "Biên chế", ()),
    ]
    assert kinds(plan) == ["missing", "missing"]


def test_a_row_of_the_list_without_a_plan_is_shown() -> None:
    plan = reading(
        "Phần I. DANH MỤC\nSTT | Tên thủ tục hành chính | Lĩnh vực\n1 | Cử đi học | Đào tạo\n"
        "2 | Giao biên chế công chức | Biên chế\nPhần II. NỘI DUNG\n1. Thủ tục cử đi học\n"
        "1.1. Nội dung đơn giản hóa\nBỏ bản giấy.\n1.2. Kiến nghị thực thi\nSửa Quy chế."
    )
    assert [each.name for each in plan.procedures] == ["Thủ tục cử đi học"]
    assert [(p.kind.value, p.position) for p in plan.problems] == [("list", "2")]


def test_hundreds_of_procedures() -> None:
    block = (
        "{n}. Thủ tục cấp lại giấy tờ số {n} của đơn vị\n{n}.1. Nội dung đơn giản hóa\n- Bỏ bản "
        "giấy.\n- Rút ngắn từ 05 ngày xuống 03 ngày.\nLý do: Đã có bản điện tử.\n{n}.2. Kiến nghị "
        "thực thi\nSửa Điều {n} Quy chế.\n{n}.3. Lợi ích phương án đơn giản hóa\n- Chi phí trước "
        "khi đơn giản hóa: 1.000.000 đồng/năm.\n- Chi phí sau khi đơn giản hóa: 750.000 đồng/năm."
        "\n- Chi phí tiết kiệm: 250.000 đồng/năm.\n- Tỷ lệ cắt giảm chi phí: 25%.\n"
    )
    head = "STT | Mã số | Tên thủ tục hành chính\n"
    count = 400
    rows = "".join(
        f"{n} | 1.{n:06} | Cấp lại giấy tờ số {n} của đơn vị\n" for n in range(1, count + 1)
    )
    text = "".join(block.format(n=n) for n in range(1, count + 1))
    plan = reading(f"Phần I. DANH MỤC\n{head}{rows}Phần II. NỘI DUNG PHƯƠNG ÁN\n{text}")
    assert len(plan.procedures) == count
    assert [each.code for each in plan.procedures] == [f"1.{n:06}" for n in range(1, count + 1)]
    assert not plan.problems
    assert not plan.unread


@settings(max_examples=80, deadline=None)
@given(st.lists(TEXTS, max_size=14).map("\n".join), TEXTS)
def test_reading_ends_on_any_text(annex: str, first: str) -> None:
    for text in (annex, decision(annex, first=first)):
        plan = read_plan(read_text(text))
        assert json.loads(json.dumps(plan_json(plan)))
        assert plan_in_words(plan)


WORDS = st.lists(st.text(alphabet="bcdeghi", min_size=3, max_size=8), min_size=2, max_size=6).map(
    " ".join
)
LINES = st.tuples(st.sampled_from(["", "- ", "+ ", "a) ", "1. "]), WORDS).map("".join)
LABELS = st.sampled_from(
    ["Nội dung đơn giản hóa:", "Lý do:", "Kiến nghị thực thi:", "Lợi ích phương án:"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(LABELS, st.lists(LINES, max_size=4)), min_size=1, max_size=6))
def test_no_word_below_a_heading_is_lost(parts: list[tuple[str, list[str]]]) -> None:
    """Each word stands in a part that was read, or among what was not understood."""
    lines = ["1. Thủ tục cử đi học"]
    for label, texts in parts:
        lines += [label, *texts]
    plan = reading("\n".join(lines))
    kept = set(json.dumps(plan_json(plan), ensure_ascii=False).replace('"', " ").split())
    kept |= {piece for word in kept for piece in word.replace("\\n", " ").split()}
    wanted = {
        word for _, texts in parts for text in texts for word in text.split() if len(word) > 2
    }
    assert not {word for word in wanted if not any(word in each for each in kept)}
