from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.domain.reporting.test_facts import ALL, APPROVED, CUT, KEPT, SIMPLER, fact
from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, read, write_docx, write_pdf
from tinhgon.domain.publishing import Letter, Office
from tinhgon.domain.reporting import Fact, line_of, round_counts
from tinhgon.domain.reportpapers import (
    AgencyLine,
    Column,
    DifficultyRow,
    Form,
    Kind,
    ProgressRow,
    ReportPaper,
    SectionText,
    Told,
    Written,
    agency_line,
    check_template,
    default_template,
    detail_form,
    difficulty_form,
    progress_form,
    report_document,
    sentences,
    summary_form,
    supplementary_form,
    template_document,
    template_of,
)

ROUNDS = {each.key: each.words.removeprefix("đã rà soát ") for each in round_counts(ALL)}
TOTAL = line_of(ALL, round_counts(ALL))
TOLD = Told(TOTAL, date(2024, 12, 14), ROUNDS)
SECTIONS = (
    SectionText("chi-dao", "I. Công tác chỉ đạo, điều hành", "Ban hành kế hoạch.\n\nHọp giao ban."),
    SectionText("cong-bo", "II.1. Thống kê, công bố, công khai"),
    SectionText("ra-soat", "II.2. Rà soát, phê duyệt phương án"),
    SectionText(
        "thuc-thi",
        "II.3. Thực thi phương án",
        below=(Written("UBND xã Yên Khoái", "Đã xong.\nKhông vướng mắc."), Written("UBND xã", " ")),
    ),
)


def lines() -> list[AgencyLine]:
    own = line_of([CUT, SIMPLER], round_counts(ALL))
    return [
        agency_line("Sở Nội vụ", [CUT, SIMPLER], own, sent="18/12/2024, đúng hạn"),
        agency_line("UBND huyện Lộc Bình", [KEPT], line_of([KEPT], round_counts(ALL))),
    ]


def paper(**values: object) -> ReportPaper:
    office = Office(
        name="Ủy ban nhân dân tỉnh Lạng Sơn",
        lines=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
        parent_name="",
        parent_lines=(),
        place="Lạng Sơn",
        head="Chủ tịch",
        deputy="Phó Chủ tịch",
        self_name="UBND tỉnh",
        superior="",
        symbol="UBND",
        level="province",
        is_office=False,
    )
    usual: dict[str, object] = {
        "sender": office,
        "receiver": "Văn phòng Chính phủ",
        "period": "kết quả năm 2024",
        "programme": "rà soát, đơn giản hóa thủ tục hành chính nội bộ",
        "basis": "Công văn số 1927/VPCP-KSTT ngày 25/3/2024",
        "from_on": date(2023, 12, 15),
        "told": TOLD,
        "sections": SECTIONS,
        "forms": (summary_form(TOTAL, lines(), ROUNDS), detail_form(ALL)),
        "written_on": date(2024, 12, 20),
        "letter": Letter("", "BC-UBND"),
    }
    return ReportPaper(**{**usual, **values})  # type: ignore[arg-type]


def texts(document: OfficialDoc) -> list[str]:
    return [f"{block.marker} {block.text}".strip() for block in document.walk() if block.text]


def test_the_narrative_says_what_the_figures_are() -> None:
    first, second = sentences("cong-bo", TOLD)
    assert first == (
        "Tính đến ngày 14/12/2024, đã công bố 03 thủ tục hành chính nội bộ (02 thủ tục giữa các cơ "
        "quan, 01 thủ tục trong nội bộ cơ quan), gồm: 02 thủ tục cấp tỉnh, 01 thủ tục cấp xã."
    )
    assert second == "Số thủ tục còn hiệu lực: 02."
    reviewed = sentences("ra-soat", TOLD)
    assert reviewed[0] == (
        "Đã rà soát 03/03 thủ tục đã công bố, đạt 100,00% (lần 1: 02 thủ tục, lần 2: 01 thủ tục)."
    )
    assert "02 thủ tục (01 thủ tục bãi bỏ, 01 thủ tục đơn giản hóa)" in reviewed[1]
    assert (
        sentences("thuc-thi", TOLD)[0] == "Đã thực thi phương án đối với 01/02 thủ tục, đạt 50,00%."
    )
    assert sentences("kien-nghi", TOLD) == []


def test_the_narrative_of_nothing_says_so() -> None:
    told = Told(line_of([]), date(2024, 12, 14), {})
    assert sentences("cong-bo", told) == [
        "Tính đến ngày 14/12/2024, chưa có thủ tục hành chính nội bộ công bố."
    ]
    assert sentences("thuc-thi", told) == ["Chưa có phương án được phê duyệt nên chưa thực thi."]


SECTION_KEYS = ("cong-bo", "ra-soat", "thuc-thi")


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [fact(reviews=())],
        [fact(level="ward", reviews=())],
        [fact(published=None)],
        [fact(is_in_force=False)],
        [fact(approved=APPROVED, is_listed=False)],
        [fact(approved=APPROVED)],
        [replace(SIMPLER, before=None, saved=Decimal(0))],
        [replace(SIMPLER, saved=Decimal(0))],
        [CUT, SIMPLER],
    ],
)
def test_no_sentence_is_about_nothing(facts: list[Fact]) -> None:
    rounds = round_counts([*facts, KEPT])
    told = Told(line_of(facts, rounds), date(2024, 12, 14), {each.key: "lần 1" for each in rounds})
    for words in (each for key in SECTION_KEYS for each in sentences(key, told)):
        assert not re.search(r"không xác định|\b00[ /]|\b0(,00)?( đồng|%)|\(\)|: ?\.|, ?\.", words)


def test_the_narrative_says_plainly_what_was_not_done() -> None:
    told = Told(line_of([fact(reviews=())]), date(2024, 12, 14), {})
    assert sentences("ra-soat", told) == [
        "Chưa rà soát thủ tục nào trong số 01 thủ tục đã công bố.",
        "Chưa có phương án đơn giản hóa được phê duyệt.",
    ]
    waiting = Told(line_of([SIMPLER]), date(2024, 12, 14), {})
    assert sentences("thuc-thi", waiting) == [
        "Chưa thực thi phương án đã phê duyệt của 01 thủ tục (lý do tại Biểu 2)."
    ]
    costly = Told(line_of([replace(SIMPLER, saved=Decimal(0))]), date(2024, 12, 14), {})
    assert sentences("ra-soat", costly)[-1] == (
        "Chi phí tuân thủ trước đơn giản hóa là 3.000.000 đồng/năm; các phương án đã phê duyệt "
        "chưa làm giảm chi phí này."
    )


def test_heads_span_their_columns_and_rows() -> None:
    form = Form(
        "x",
        "Biểu",
        "",
        (
            Column("STT"),
            Column("a", ("Nhóm",)),
            Column("b", ("Nhóm",), Kind.SHARE),
            Column("c", ("Khác", "Sâu"), Kind.NUMBER),
        ),
        (("1", "x", None, Decimal("1500.5")),),
    )
    assert [(h.text, h.row, h.column, h.rows, h.columns) for h in form.heads()] == [
        ("STT", 0, 0, 3, 1),
        ("Nhóm", 0, 1, 1, 2),
        ("Khác", 0, 3, 1, 1),
        ("a", 1, 1, 2, 1),
        ("b", 1, 2, 2, 1),
        ("Sâu", 1, 3, 1, 1),
        ("c", 2, 3, 1, 1),
    ]
    assert [cell.text for cell in form.as_table().rows[-1]] == ["1", "x", "-", "1.500,5"]


def test_every_form_has_a_value_for_each_column() -> None:
    difficulty = DifficultyRow("A", "B", "", "", "C", "", "", "D", date(2024, 5, 1), "", "mới")
    progress = ProgressRow("A", date(2024, 12, 18), None, "chưa gửi", 2, date(2024, 12, 17))
    forms = [
        summary_form(TOTAL, lines(), ROUNDS),
        detail_form(ALL),
        supplementary_form([replace(KEPT, is_supplementary=True)]),
        difficulty_form([difficulty]),
        progress_form([progress]),
    ]
    for form in forms:
        assert form.rows
        assert {len(row) for row in form.rows} == {len(form.columns)}
        table = form.as_table()
        assert table.header_rows == form.head_rows
        width = sum(cell.columns for cell in table.rows[0])
        assert width == len(form.columns)


def test_the_summary_names_each_document_once_and_its_rows_add_up() -> None:
    form = summary_form(TOTAL, lines(), ROUNDS)
    labels = [(column.above, column.label) for column in form.columns]
    whole, first, _ = form.rows
    place = labels.index((("TTHC nội bộ đã công bố",), "Tổng"))
    assert [row[place] for row in form.rows] == [Decimal(3), Decimal(2), Decimal(1)]
    place = labels.index((("TTHC nội bộ đã công bố",), "Quyết định công bố (số, ngày)"))
    assert first[place] == "12/QĐ-UBND ngày 28/3/2023"
    before, after, saved = (
        whole[labels.index((("Chi phí tuân thủ (đồng/năm)",), each))]
        for each in ("Trước", "Sau", "Tiết kiệm")
    )
    assert isinstance(before, Decimal)
    assert isinstance(after, Decimal)
    assert before - after == saved


def test_a_table_too_wide_for_a_page_is_printed_in_parts() -> None:
    form = summary_form(TOTAL, lines(), ROUNDS)
    parts = list(form.printed())
    assert [part.label for part in parts] == ["Biểu 1a", "Biểu 1b", "Biểu 1c"]
    assert all(part.columns[:2] == form.columns[:2] for part in parts)
    assert [c for part in parts for c in part.columns[2:]] == list(form.columns[2:])
    for n, row in enumerate(form.rows):
        assert [v for part in parts for v in part.rows[n][2:]] == list(row[2:])
    assert [part.notes for part in parts] == [(), (), form.notes]
    assert list(detail_form(ALL).printed()) == [detail_form(ALL)]


def test_a_report_has_sections_own_words_and_those_of_others_by_name() -> None:
    said = texts(report_document(paper()))
    assert said[0] == (
        "Thực hiện Công văn số 1927/VPCP-KSTT ngày 25/3/2024, Ủy ban nhân dân tỉnh Lạng Sơn báo "
        "cáo kết quả năm 2024 (số liệu từ ngày 15/12/2023 đến ngày 14/12/2024) như sau:"
    )
    assert "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH" in said
    assert "Họp giao ban." in said
    assert said.count("II. KẾT QUẢ THỰC HIỆN") == 1
    assert said.index("II. KẾT QUẢ THỰC HIỆN") < said.index("II.1. Thống kê, công bố, công khai")
    assert "- UBND xã Yên Khoái: Đã xong." in said
    assert not any("UBND xã:" in each for each in said)
    assert said[-1].endswith("./.")


def test_what_a_letter_asks_for_is_numbered_and_left_out_where_nothing_is_said() -> None:
    asked = (
        SectionText("nv", "Theo yêu cầu tại 391/UBND-VP: Rà soát", "Đã rà soát 12 quy trình."),
        SectionText("kho-khan", "Khó khăn, vướng mắc và nguyên nhân"),
        SectionText("kien-nghi", "Kiến nghị, đề xuất", below=(Written("Sở Nội vụ", "Tập huấn."),)),
    )
    found = texts(report_document(paper(sections=asked)))
    assert found[1:-1] == [
        "1. Theo yêu cầu tại 391/UBND-VP: Rà soát",
        "Đã rà soát 12 quy trình.",
        "2. Kiến nghị, đề xuất",
        "- Sở Nội vụ: Tập huấn.",
    ]


def test_a_nil_report_says_that_nothing_arose() -> None:
    said = texts(report_document(paper(is_nil=True, forms=())))
    assert any("không phát sinh" in each for each in said)


def test_the_shipped_template_comes_back_from_word_as_it_went() -> None:
    shipped = template_document(default_template())
    back = read(write_docx(shipped), "mau.docx")
    assert check_template(back, {"cong-bo"}) == []
    template = template_of(back)
    assert template.subject == shipped.subject
    assert [block.text for block in template.body] == [block.text for block in shipped.body]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Báo cáo «ten_co_quan»", "Không có trường «ten_co_quan»."),
        ("Đạt «so:khong-co»", "Không có trường «so:khong-co»."),
        ("Mục «muc:cong-bo» như sau", "phải đứng một mình"),
        ("«muc:khac»", "Không có trường «muc:khac»."),
        ("Đạt «so:cong-bo thủ tục", "thiếu một nửa"),
    ],
)
def test_a_field_that_is_not_known_is_named(text: str, words: str) -> None:
    shipped = template_document(default_template())
    block = replace(shipped.body[0], text=text, kind=BlockKind.PARAGRAPH)
    faults = check_template(replace(shipped, body=(*shipped.body, block)), {"cong-bo"})
    assert [words in each.words for each in faults] == [True]
    assert faults[0].text == text


def test_a_template_without_sections_would_say_nothing() -> None:
    shipped = template_document(default_template())
    [fault] = check_template(replace(shipped, body=shipped.body[:1]), set())
    assert "«cac_muc»" in fault.words


def test_fields_may_stand_for_figures_and_single_sections() -> None:
    shipped = default_template()
    body = (
        replace(shipped.body[0], text="Công bố «so:cong-bo», rà soát «ty_le:ty-le-ra-soat»"),
        replace(shipped.body[1], text="«muc:cong-bo»"),
        replace(shipped.body[1], text="«muc:dot-xuat»"),
    )
    said = texts(report_document(paper(), replace(shipped, body=body)))
    assert said[0] == "Công bố 03, rà soát 100,00%"
    assert said[1:3] == ["II. KẾT QUẢ THỰC HIỆN", "II.1. Thống kê, công bố, công khai"]


@pytest.mark.parametrize("place", [1, 2])
def test_sections_that_a_template_does_not_name_follow_those_that_it_names(place: int) -> None:
    shipped = default_template()
    body = list(shipped.body)
    fields = [replace(shipped.body[1], text=f"«muc:{key}»") for key in ("cong-bo", "ra-soat")]
    inside = replace(shipped.body[0], text="Phần chính", children=tuple(fields))
    body[1:2] = fields if place == 1 else [inside]
    said = texts(report_document(paper(), replace(shipped, body=tuple(body))))
    order = [
        said.index(words)
        for words in (
            "II.1. Thống kê, công bố, công khai",
            "II.2. Rà soát, phê duyệt phương án",
            "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
            "II.3. Thực thi phương án",
        )
    ]
    assert order == sorted(order)
    assert said.count("II. KẾT QUẢ THỰC HIỆN") == 1
    assert "- UBND xã Yên Khoái: Đã xong." in said
    assert said[-1].endswith("./.")


def test_a_report_can_be_written_in_both_formats() -> None:
    document = report_document(paper())
    assert write_pdf(document).startswith(b"%PDF")
    back = read(write_docx(document), "bao-cao.docx")
    assert back.doc_type == "báo cáo"
    assert back.subject == document.subject
