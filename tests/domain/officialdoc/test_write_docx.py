"""The .docx is set as Nghị định 30/2020/NĐ-CP, Phụ lục I says, element by element."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from functools import lru_cache
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tinhgon.domain.officialdoc import OfficialDoc, write_docx

from .documents import ALL, DECISION, LETTER, PLAN, RULES, SUBMISSION, URGENT, clause

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
CENTRE, JUSTIFY, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
)


@lru_cache
def opened(doc: OfficialDoc, body_size_pt: float = 14) -> Document:
    return docx.Document(BytesIO(write_docx(doc, body_size_pt=body_size_pt)))


def everything(document: Document) -> list[Paragraph]:
    """All paragraphs, those in table cells too, in the order of the file."""
    body = document.element.body
    return [Paragraph(p, document) for p in body.iter(qn("w:p"))]


def find(document: Document, text: str) -> Paragraph:
    found = [p for p in everything(document) if p.text.replace("\u00a0", " ").strip() == text]
    assert found, f"{text!r} is not in {[p.text for p in everything(document)]}"
    return found[0]


def mm(length: object) -> float:
    return round(getattr(length, "mm", -1.0), 1)


def test_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = opened(LETTER).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert 20 <= mm(section.top_margin) <= 25
    assert 20 <= mm(section.bottom_margin) <= 25
    assert 30 <= mm(section.left_margin) <= 35
    assert 15 <= mm(section.right_margin) <= 20


ELEMENTS = [
    # document, text, smallest and largest size, bold, italic, alignment
    (LETTER, NATION, 12, 13, True, False, CENTRE),
    (LETTER, "Độc lập - Tự do - Hạnh phúc", 13, 14, True, False, CENTRE),
    (URGENT, "UBND TỈNH LẠNG SƠN", 12, 13, False, False, CENTRE),
    (URGENT, "VĂN PHÒNG", 12, 13, True, False, CENTRE),
    (URGENT, "Số: 08/VP-KSTT", 13, 13, False, False, CENTRE),
    (URGENT, "Lạng Sơn, ngày 02 tháng 01 năm 2024", 13, 14, False, True, CENTRE),
    (
        URGENT,
        "V/v báo cáo số liệu thủ tục hành chính nội bộ",
        *(12, 13, False, False, CENTRE),
    ),
    (URGENT, "HỎA TỐC", 13, 14, True, False, CENTRE),
    (URGENT, "MẬT", 13, 14, True, False, CENTRE),
    (URGENT, "Kính gửi: Sở Nội vụ.", 13, 14, False, False, LEFT),
    (LETTER, "- UBND các huyện, thành phố.", 13, 14, False, False, LEFT),
    (DECISION, "QUYẾT ĐỊNH", 13, 14, True, False, CENTRE),
    (SUBMISSION, "TỜ TRÌNH", 13, 14, True, False, CENTRE),
    (
        PLAN,
        "Rà soát, đơn giản hóa thủ tục hành chính nội bộ năm 2024",
        *(13, 14, True, False, CENTRE),
    ),
    (DECISION, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", 13, 14, True, False, CENTRE),
    (DECISION, "QUYẾT ĐỊNH:", 13, 14, True, False, CENTRE),
    (
        DECISION,
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        *(13, 14, False, True, JUSTIFY),
    ),
    (RULES, "Chương I", 13, 14, True, False, CENTRE),
    (RULES, "QUY ĐỊNH CHUNG", 13, 14, True, False, CENTRE),
    (RULES, "Điều 1. Phạm vi điều chỉnh", 13, 14, True, False, JUSTIFY),
    (PLAN, "I. MỤC ĐÍCH, YÊU CẦU", 13, 14, True, False, JUSTIFY),
    (PLAN, "2. Sở Tài chính bố trí kinh phí theo quy định.", 13, 14, False, False, JUSTIFY),
    (LETTER, "PHÓ CHỦ TỊCH", 13, 14, True, False, CENTRE),
    (LETTER, "Nguyễn Văn A", 13, 14, True, False, CENTRE),
    (LETTER, "Nơi nhận:", 12, 12, True, True, LEFT),
    (LETTER, "- Như trên;", 11, 11, False, False, LEFT),
    (LETTER, "- Lưu: VT, TTPVHCC (NVA).", 11, 11, False, False, LEFT),
    (PLAN, "Phụ lục I", 14, 14, True, False, CENTRE),
    (PLAN, "DANH MỤC THỦ TỤC CẦN RÀ SOÁT", 13, 14, True, False, CENTRE),
    (
        PLAN,
        "(Kèm theo Kế hoạch số 15/KH-UBND ngày 12/01/2024 của UBND tỉnh)",
        *(13, 14, False, True, CENTRE),
    ),
    (PLAN, "Thống kê thủ tục chưa công bố", 11, 14, False, False, LEFT),
    (PLAN, "Nhiệm vụ", 11, 14, True, False, CENTRE),
]


@pytest.mark.parametrize(
    ("doc", "text", "smallest", "largest", "bold", "italic", "alignment"),
    ELEMENTS,
    ids=[str(element[1])[:30] for element in ELEMENTS],
)
def test_element_has_its_type(
    doc: OfficialDoc,
    text: str,
    smallest: float,
    largest: float,
    bold: bool,
    italic: bool,
    alignment: WD_ALIGN_PARAGRAPH,
) -> None:
    paragraph = find(opened(doc), text)
    style = paragraph.style
    assert style is not None
    assert smallest <= style.font.size.pt <= largest
    assert (bool(style.font.bold), bool(style.font.italic)) == (bold, italic)
    assert style.paragraph_format.alignment == alignment
    assert all(run.font.size is None for run in paragraph.runs)


@pytest.mark.parametrize("name", ALL)
def test_every_style_is_times_new_roman_for_every_script(name: str) -> None:
    document = opened(ALL[name])
    used = {p.style.style_id: p.style for p in everything(document) if p.style is not None}
    for style in used.values():
        fonts = style.element.rPr.find(qn("w:rFonts"))
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            assert fonts.get(qn(f"w:{script}")) == "Times New Roman", style.name


def test_body_is_justified_with_first_line_indent_and_spacing() -> None:
    style = find(opened(LETTER), "1. Các sở, ban, ngành thuộc UBND tỉnh:").style
    assert style is not None
    shape = style.paragraph_format
    assert shape.alignment == JUSTIFY
    assert mm(shape.first_line_indent) in (10.0, 12.7)
    assert shape.space_before.pt + shape.space_after.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5


@pytest.mark.parametrize("size", [13, 14])
def test_body_size_can_be_chosen(size: float) -> None:
    document = opened(LETTER, size)
    for text in ("1. Các sở, ban, ngành thuộc UBND tỉnh:", "PHÓ CHỦ TỊCH", "Kính gửi:"):
        style = find(document, text).style
        assert style is not None
        assert style.font.size.pt == size


def test_body_size_outside_the_decree_is_refused() -> None:
    with pytest.raises(ValueError, match="13 hoặc 14"):
        write_docx(LETTER, body_size_pt=12)


def test_header_is_a_table_without_borders() -> None:
    table = opened(LETTER).tables[0]
    assert table.style is None or table.style.name == "Normal Table"
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    issuer, nation = table.rows[0].cells
    assert [p.text for p in issuer.paragraphs if p.text] == ["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"]
    assert nation.paragraphs[0].text == NATION
    widths = [mm(cell.width) for cell in table.rows[0].cells]
    assert sum(widths) == pytest.approx(165, abs=0.3)
    assert widths[0] < widths[1]


def rule_mm(paragraph: Paragraph, room_mm: float) -> float:
    assert paragraph._p.pPr is not None
    assert paragraph._p.pPr.find(qn("w:pBdr")) is not None
    shape = paragraph.paragraph_format
    return room_mm - mm(shape.left_indent) - mm(shape.right_indent)


def test_rule_under_the_motto_is_as_long_as_the_motto() -> None:
    table = opened(LETTER).tables[0]
    rule = table.rows[0].cells[1].paragraphs[2]
    # "Độc lập - Tự do - Hạnh phúc", Times New Roman Bold 13 pt, measured.
    assert rule_mm(rule, mm(table.rows[0].cells[1].width)) == pytest.approx(56.4, abs=1)


def test_rule_under_the_issuer_is_a_third_to_a_half_of_its_line() -> None:
    table = opened(LETTER).tables[0]
    rule = table.rows[0].cells[0].paragraphs[2]
    # "ỦY BAN NHÂN DÂN", Times New Roman Bold 12 pt, measured.
    assert 40.0 / 3 <= rule_mm(rule, mm(table.rows[0].cells[0].width)) <= 40.0 / 2


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2024, 1, 2), "Lạng Sơn, ngày 02 tháng 01 năm 2024"),
        (date(2024, 2, 29), "Lạng Sơn, ngày 29 tháng 02 năm 2024"),
        (date(2024, 3, 5), "Lạng Sơn, ngày 05 tháng 3 năm 2024"),
        (date(2024, 12, 31), "Lạng Sơn, ngày 31 tháng 12 năm 2024"),
    ],
)
def test_date_has_leading_zeros_for_days_and_two_months_only(day: date, printed: str) -> None:
    find(opened(replace(URGENT, date=day)), printed)


def test_blank_number_and_day_keep_room_to_write() -> None:
    cells = opened(LETTER).tables[0].rows[1].cells
    number, day = cells[0].paragraphs[0].text, cells[1].paragraphs[0].text
    assert number.replace("\u00a0", "_") == "Số: _______/UBND-TTPVHCC"
    assert day.replace("\u00a0", "_") == "Lạng Sơn, ngày _______ tháng 3 năm 2024"


def test_no_day_at_all_leaves_three_blanks() -> None:
    cells = opened(replace(LETTER, date_text=None, place=None)).tables[0].rows[1].cells
    assert cells[1].paragraphs[0].text.split() == ["ngày", "tháng", "năm"]


def test_subject_of_a_letter_stands_under_its_number() -> None:
    cell = opened(LETTER).tables[0].rows[1].cells[0]
    assert cell.paragraphs[1].text.startswith("V/v đôn đốc rà soát")


def test_addressees_stand_on_one_line_or_in_a_list() -> None:
    texts = [p.text for p in opened(LETTER).paragraphs if p.text]
    assert texts[:3] == [
        "Kính gửi:",
        "- Các sở, ban, ngành thuộc UBND tỉnh;",
        "- UBND các huyện, thành phố.",
    ]
    assert next(p.text for p in opened(URGENT).paragraphs if p.text) == "Kính gửi: Sở Nội vụ."


def test_legal_bases_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    lines = [p.text for p in opened(DECISION).paragraphs if p.style and p.style.name == "Căn cứ"]
    assert [line[-1] for line in lines] == [";", ";", "."]


def test_text_closes_with_the_closing_sign() -> None:
    open_end = replace(LETTER, body=(*LETTER.body[:-1],))
    last = [p.text for p in opened(open_end).paragraphs if p.text][-1]
    assert last.endswith("trước ngày 05 hằng tháng./.")
    find(opened(LETTER), "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.")


def test_only_the_number_of_an_article_is_bold_where_its_text_is_a_sentence() -> None:
    paragraph = next(p for p in opened(DECISION).paragraphs if p.text.startswith("Điều 3."))
    assert [(run.text, bool(run.bold)) for run in paragraph.runs] == [
        ("Điều 3.", True),
        (" Quyết định này có hiệu lực kể từ ngày ký.", False),
    ]


def test_recipients_stand_left_of_the_signature() -> None:
    table = opened(PLAN).tables[2]
    left, right = table.rows[0].cells
    assert left.paragraphs[0].text == "Nơi nhận:"
    assert [p.text for p in right.paragraphs] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn A",
    ]
    assert right.paragraphs[-1].paragraph_format.space_before.mm == pytest.approx(25, abs=0.1)


def test_page_number_is_centred_above_the_text_and_not_on_the_first_page() -> None:
    document = opened(PLAN)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    style = section.header.paragraphs[0].style
    assert style is not None
    assert style.paragraph_format.alignment == CENTRE
    assert 13 <= style.font.size.pt <= 14
    assert not section.first_page_header.paragraphs[0].text


def test_annexes_begin_new_pages_numbered_from_one_and_lie_across_when_wide() -> None:
    sections = opened(PLAN).sections
    assert [s.orientation for s in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in list(sections)[1:]:
        numbering = section._sectPr.find(qn("w:pgNumType"))
        assert numbering is not None
        assert numbering.get(qn("w:start")) == "1"


def test_an_annex_of_text_stays_upright_whatever_small_table_it_has() -> None:
    text = tuple(clause(f"{n}.", "Nội dung công việc. " * 20) for n in range(1, 30))
    annex = replace(PLAN.annexes[0], body=(*text, *PLAN.annexes[0].body))
    section = opened(replace(PLAN, annexes=(annex,))).sections[1]
    assert section.orientation == WD_ORIENT.PORTRAIT


def test_tables_repeat_their_headings_and_merge_their_cells() -> None:
    table = opened(PLAN).tables[1]
    repeated = [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows]
    assert repeated == [True, False, False, False, False]
    assert table.cell(2, 2)._tc is table.cell(3, 2)._tc
    assert table.cell(4, 0)._tc is table.cell(4, 3)._tc
    assert table.cell(3, 3).text == "15/7/2024"


def test_urgency_and_secrecy_stand_in_red_frames() -> None:
    for text, width in (("HỎA TỐC", 30), ("MẬT", 20)):
        paragraph = find(opened(URGENT), text)
        shape = paragraph.paragraph_format
        inside = 72 - mm(shape.left_indent) - mm(shape.right_indent)
        # The frame stands 3 pt and its own line outside the letters' room.
        assert inside + 2 * 4 * 25.4 / 72 == pytest.approx(width, abs=0.3)
        borders = next(paragraph._p.iter(qn("w:pBdr")))
        assert {edge.tag.split("}")[1] for edge in borders} == {"top", "left", "bottom", "right"}
        assert {edge.get(qn("w:color")) for edge in borders} == {"C00000"}


def test_headings_make_an_outline_to_go_through() -> None:
    def level(text: str) -> str:
        found = next(find(opened(PLAN), text)._p.iter(qn("w:outlineLvl")))
        return str(found.get(qn("w:val")))

    assert [level("KẾ HOẠCH"), level("I. MỤC ĐÍCH, YÊU CẦU"), level("1. Mục đích")] == list("012")


def test_properties_name_the_document_in_vietnamese() -> None:
    properties = opened(DECISION).core_properties
    assert properties.title.startswith("Quyết định số 512/QĐ-UBND: phê duyệt")
    assert properties.language == "vi-VN"
    assert properties.author == "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert properties.created is not None
    assert properties.created.date() == date(2024, 11, 5)


@pytest.mark.parametrize("name", ALL)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    data = write_docx(ALL[name])
    assert data == write_docx(ALL[name])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_signs_of_markup_stay_text() -> None:
    text = "Chi phí < 5 & > 3; \"A\" 'B' ]]> &amp; <w:t>"
    body = (replace(LETTER.body[0], text=text + "./."),)
    find(opened(replace(LETTER, body=body)), text + "./.")
