"""The .pdf is set as Nghị định 30/2020/NĐ-CP, Phụ lục I says: sizes, faces and places."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from tinhgon.domain.officialdoc import OfficialDoc, write_pdf

from . import pdf
from .documents import ALL, DECISION, LETTER, PLAN, RULES, SUBMISSION, URGENT

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LEFT_MARGIN, RIGHT_MARGIN, TOP_MARGIN = 30, 15, 20
TEXT_LEFT, TEXT_RIGHT = LEFT_MARGIN, 210 - RIGHT_MARGIN
ISSUER_MIDDLE, NATION_MIDDLE, PAGE_MIDDLE = 66.0, 148.5, 112.5


@lru_cache
def written(doc: OfficialDoc) -> bytes:
    # The fonts inside typst: the same on every machine.
    return write_pdf(doc, system_fonts=False)


@lru_cache
def placed(doc: OfficialDoc) -> list[pdf.Words]:
    return pdf.lines(written(doc))


def middle(words: pdf.Words) -> float:
    return (words.left + words.right) / 2


ELEMENTS = [
    # document, text, smallest and largest size, face, middle of the line (None: at the left)
    (LETTER, NATION, 12, 13, "Bold", NATION_MIDDLE),
    (LETTER, "Độc lập - Tự do - Hạnh phúc", 13, 14, "Bold", NATION_MIDDLE),
    (URGENT, "UBND TỈNH LẠNG SƠN", 12, 13, "Regular", ISSUER_MIDDLE),
    (URGENT, "VĂN PHÒNG", 12, 13, "Bold", ISSUER_MIDDLE),
    (URGENT, "Số: 08/VP-KSTT", 13, 13, "Regular", ISSUER_MIDDLE),
    (URGENT, "Lạng Sơn, ngày 02 tháng 01 năm 2024", 13, 14, "Italic", NATION_MIDDLE),
    (URGENT, "V/v báo cáo", 12, 13, "Regular", ISSUER_MIDDLE),
    (URGENT, "HỎA TỐC", 13, 14, "Bold", ISSUER_MIDDLE),
    (DECISION, "QUYẾT ĐỊNH", 13, 14, "Bold", PAGE_MIDDLE),
    (SUBMISSION, "TỜ TRÌNH", 13, 14, "Bold", PAGE_MIDDLE),
    (PLAN, "Rà soát, đơn giản hóa", 13, 14, "Bold", PAGE_MIDDLE),
    (DECISION, "CHỦ TỊCH ỦY BAN", 13, 14, "Bold", PAGE_MIDDLE),
    (DECISION, "Căn cứ Luật", 13, 14, "Italic", None),
    (RULES, "Chương II", 13, 14, "Bold", PAGE_MIDDLE),
    (RULES, "NỘI DUNG PHỐI HỢP", 13, 14, "Bold", PAGE_MIDDLE),
    (RULES, "Điều 1. Phạm vi", 13, 14, "Bold", None),
    (PLAN, "I. MỤC ĐÍCH", 13, 14, "Bold", None),
    (LETTER, "1. Các sở", 13, 14, "Regular", None),
    (LETTER, "PHÓ CHỦ TỊCH", 13, 14, "Bold", 150.0),
    (LETTER, "Nguyễn Văn A", 13, 14, "Bold", 150.0),
    (PLAN, "Phụ lục I", 14, 14, "Bold", 30 + 252 / 2),
    (PLAN, "Phụ lục II", 14, 14, "Bold", PAGE_MIDDLE),
    (PLAN, "(Kèm theo Kế hoạch", 13, 14, "Italic", 30 + 252 / 2),
]


@pytest.mark.parametrize(
    ("doc", "text", "smallest", "largest", "face", "centre"),
    ELEMENTS,
    ids=[str(element[1])[:30] for element in ELEMENTS],
)
def test_element_has_its_type_and_place(
    doc: OfficialDoc, text: str, smallest: float, largest: float, face: str, centre: float | None
) -> None:
    words = pdf.find(placed(doc), text)
    assert smallest <= words.size <= largest
    assert words.font.endswith(f"-{face}")
    if centre is None:
        assert words.left == pytest.approx(TEXT_LEFT + 12.7, abs=0.3)
    else:
        assert middle(words) == pytest.approx(centre, abs=0.5)


def test_recipients_are_small_and_at_the_left() -> None:
    lead = pdf.find(placed(LETTER), "Nơi nhận:")
    assert (lead.size, lead.font.split("-")[-1]) == (12, "BoldItalic")
    assert lead.text == "Nơi nhận:"
    assert [w.text for w in placed(LETTER) if w.text == "ơ"] == []
    assert lead.left == pytest.approx(TEXT_LEFT, abs=0.3)
    first = pdf.find(placed(LETTER), "- Như trên;")
    assert (first.size, first.font.split("-")[-1]) == (11, "Regular")
    assert first.left == pytest.approx(TEXT_LEFT, abs=0.3)
    assert pdf.find(placed(LETTER), "- Lưu: VT, TTPVHCC (NVA).").base > first.base


@pytest.mark.parametrize("name", ALL)
def test_all_text_stands_between_the_margins(name: str) -> None:
    sizes = pdf.page_sizes(written(ALL[name]))
    for words in placed(ALL[name]):
        width, height = sizes[words.page]
        assert words.left >= LEFT_MARGIN - 0.3, words
        assert words.right <= width - RIGHT_MARGIN + 0.5, words
        assert words.base <= height - 20, words
        is_page_number = words.text.isdigit() and words.base < TOP_MARGIN
        assert is_page_number or words.base - words.size * 0.35 * 0.7 >= TOP_MARGIN, words


def test_pages_are_a4_and_wide_annexes_lie_across() -> None:
    assert pdf.page_sizes(written(LETTER)) == [(210, 297)]
    assert pdf.page_sizes(written(PLAN)) == [(210, 297), (297, 210), (297, 210), (210, 297)]


def test_number_and_date_stand_on_one_height() -> None:
    number, day = (pdf.find(placed(URGENT), text) for text in ("Số: 08", "Lạng Sơn, ngày 02"))
    assert number.base == pytest.approx(day.base, abs=0.1)


def test_blank_number_and_day_keep_room_to_write() -> None:
    number = pdf.find(placed(LETTER), "Số:").text.replace("\u00a0", "_")
    day = pdf.find(placed(LETTER), "Lạng Sơn, ngày").text.replace("\u00a0", "_")
    assert number == "Số: _______/UBND-TTPVHCC"
    assert day == "Lạng Sơn, ngày _______ tháng 3 năm 2024"


def test_dashes_of_addressees_stand_under_the_colon() -> None:
    lead = pdf.find(placed(LETTER), "Kính gửi:")
    dashes = [pdf.find(placed(LETTER), text) for text in ("- Các sở", "- UBND các huyện")]
    assert dashes[0].left == pytest.approx(dashes[1].left, abs=0.01)
    assert dashes[0].left == pytest.approx(lead.right, abs=2.5)


def test_lines_and_paragraphs_are_apart_as_they_should() -> None:
    words = placed(LETTER)
    first = pdf.find(words, "Để bảo đảm")
    second = words[words.index(first) + 1]
    third = words[words.index(first) + 2]
    single = 14 * 1.149 * 25.4 / 72
    assert single <= second.base - first.base <= 1.5 * single
    assert (third.base - second.base) - (second.base - first.base) >= 6 * 25.4 / 72 - 0.01


def test_full_lines_reach_the_right_margin() -> None:
    assert pdf.find(placed(LETTER), "- Hoàn thành").right == pytest.approx(TEXT_RIGHT, abs=0.3)


def test_numbers_of_documents_are_not_broken_over_lines() -> None:
    for width in range(60, 75):
        text = "a " * (width // 2) + "số 1234/QĐ-UBND-TTPVHCC ngày 12/12/2024"
        doc = replace(LETTER, body=(replace(LETTER.body[0], text=text),))
        words = pdf.lines(write_pdf(doc, system_fonts=False))
        assert sum("1234/QĐ-UBND-TTPVHCC" in w.text for w in words) == 1
        assert sum("12/12/2024" in w.text for w in words) == 1


def rules(doc: OfficialDoc) -> list[tuple[float, float, float]]:
    """Return left end, right end and height of the drawn rules of page 1, in millimetres."""
    document = pdfium.PdfDocument(written(doc))
    page = document[0]
    unit = 25.4 / 72
    out = []
    for shape in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = shape.get_bounds()
        if top - bottom < 3:
            out.append((left * unit, right * unit, (page.get_height() - top) * unit))
    document.close()
    return out


def test_rules_have_their_lengths() -> None:
    issuer, motto, subject = rules(DECISION)
    agency = pdf.find(placed(DECISION), "ỦY BAN NHÂN DÂN")
    assert 1 / 3 <= (issuer[1] - issuer[0]) / (agency.right - agency.left) <= 1 / 2
    words = pdf.find(placed(DECISION), "Độc lập")
    assert motto[0] == pytest.approx(words.left, abs=0.8)
    assert motto[1] == pytest.approx(words.right, abs=0.8)
    title = pdf.find(placed(DECISION), "Về việc phê duyệt")
    assert 1 / 3 <= (subject[1] - subject[0]) / (title.right - title.left) <= 1 / 2
    for left, right, _ in (issuer, motto, subject):
        assert left < right


def test_rules_stand_below_their_lines() -> None:
    issuer, motto, _ = rules(DECISION)
    for rule, text in ((issuer, "TỈNH LẠNG SƠN"), (motto, "Độc lập")):
        base = pdf.find(placed(DECISION), text).base
        assert base + 0.8 < rule[2] < base + 4


def test_page_numbers_stand_above_the_text_except_on_first_pages() -> None:
    numbers = [(w.page, w.text) for w in placed(PLAN) if w.base < TOP_MARGIN]
    assert numbers == [(2, "2")]
    long = replace(LETTER, body=LETTER.body[:-1] * 8 + LETTER.body[-1:])
    shown = [w for w in placed(long) if w.base < TOP_MARGIN]
    assert [(w.page, w.text) for w in shown][:2] == [(1, "2"), (2, "3")]
    assert middle(shown[0]) == pytest.approx(PAGE_MIDDLE, abs=0.5)
    assert 13 <= shown[0].size <= 14


def test_headings_of_a_table_repeat_on_its_next_page() -> None:
    assert [w.page for w in placed(PLAN) if w.text == "Tên thủ tục"] == [1, 2]


def test_signature_is_never_parted_from_the_end_of_the_text() -> None:
    for copies in range(5, 12):
        doc = replace(LETTER, body=LETTER.body[:2] * copies + LETTER.body[-1:])
        words = pdf.lines(write_pdf(doc, system_fonts=False))
        pages = {
            pdf.find(words, text).page
            for text in ("Yêu cầu các cơ quan", "Nơi nhận:", "KT. CHỦ TỊCH", "Nguyễn Văn A")
        }
        assert len(pages) == 1


MARKUP = r'#panic("x") $x^2$ *đậm* _nghiêng_ [a](b) \ @nguon <nhan> // hết `mã` ~ -- "q" #{1+1}'


def test_signs_of_markup_stay_text_wherever_they_stand() -> None:
    doc = replace(
        LETTER,
        agency_lines=("#agency", "$TỈNH$"),
        place="*Nơi*",
        subject="[x] _y_ <z>",
        addressees=("@a #b", "c$"),
        body=(replace(LETTER.body[0], text=MARKUP),),
        recipients=("#r", "*s*"),
    )
    words = pdf.lines(write_pdf(doc, system_fonts=False))
    text = " ".join(w.text for w in words)
    for piece in ("#AGENCY", "$TỈNH$", "*Nơi*, ngày", "V/v [x] _y_ <z>", "- @a #b;", "- c$."):
        assert piece in text
    assert MARKUP in text
    assert "- #r; - *s*." in text


def test_file_says_its_title_language_and_tags() -> None:
    data = written(DECISION)
    document = pdfium.PdfDocument(data)
    assert document.get_metadata_value("Title").startswith("Quyết định số 512/QĐ-UBND: phê duyệt")
    assert document.get_metadata_value("Author") == "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert pdfium.raw.FPDFCatalog_IsTagged(document.raw)
    document.close()
    assert b"/Lang(vi-VN)" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"<pdfaid:part>2</pdfaid:part>" in data


@pytest.mark.parametrize("name", ALL)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert write_pdf(ALL[name], system_fonts=False) == written(ALL[name])


def test_every_vietnamese_letter_is_drawn() -> None:
    letters = "ăâđêôơư" + "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩị" + "óòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    text = f"{letters} {letters.upper()}"
    doc = replace(LETTER, body=(replace(LETTER.body[0], text=text),))
    words = " ".join(w.text for w in pdf.lines(write_pdf(doc, system_fonts=False)))
    assert letters in words
    assert letters.upper() in words


def test_a_document_with_nothing_in_it_is_still_written() -> None:
    document = pdfium.PdfDocument(BytesIO(write_pdf(OfficialDoc(), system_fonts=False)))
    assert len(document) == 1
    document.close()
