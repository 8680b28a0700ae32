"""Word documents: letterheads in every layout, lists, boxes, tables."""

from __future__ import annotations

import unicodedata

import pytest

from tests.domain.officialdoc.words import (
    box,
    cell,
    centred,
    docx,
    item,
    level,
    lists,
    para,
    run,
    table,
)
from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, read

LEFT = ("UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
NUMBER = "Số: 45/SNV-CCHC"
ABOUT = "V/v cử đầu mối|rà soát quy trình"
DAY = "Lạng Sơn, ngày 05 tháng 5 năm 2025"

HEADS = {
    "a table, row by row": table((cell(*LEFT), cell(*RIGHT)), (cell(NUMBER, ABOUT), cell(DAY))),
    "a table of one row with line breaks": table(
        (cell("|".join(LEFT), NUMBER, ABOUT), cell("|".join(RIGHT), DAY))
    ),
    "a table inside a table": table(
        (cell(table((cell(*LEFT),), (cell(NUMBER, ABOUT),))), cell(*RIGHT, DAY))
    ),
    "tabs": "".join(
        para("<w:r><w:tab/></w:r>", left, "<w:r><w:tab/></w:r>", right)
        for left, right in ((LEFT[0], RIGHT[0]), (LEFT[1], RIGHT[1]), (NUMBER, DAY))
    )
    + para("<w:r><w:tab/></w:r>", "V/v cử đầu mối")
    + para("<w:r><w:tab/></w:r>", "rà soát quy trình"),
    "spaces": "".join(
        para(f"    {left}{' ' * 14}{right}")
        for left, right in ((LEFT[0], RIGHT[0]), (LEFT[1], RIGHT[1]), (NUMBER, DAY))
    )
    + para(ABOUT),
    "paragraphs": "".join(map(para, (*LEFT, *RIGHT, NUMBER, DAY, ABOUT))),
    "subject in a box": table((cell(*LEFT, NUMBER), cell(*RIGHT, DAY)))
    + para(box("V/v cử đầu mối rà soát quy trình")),
}
BODY = (
    centred("Kính gửi: Các phòng chuyên môn."),
    para("Để kịp thời hạn, Sở Nội vụ đề nghị:"),
    para("1. Phòng Tổ chức cử một người."),
)
FOOT = table(
    (
        cell("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
        cell("KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC", "", "Vi Thị Mẫu"),
    )
)


@pytest.mark.parametrize("layout", HEADS)
def test_letterhead(layout: str) -> None:
    doc = read(docx(HEADS[layout], *BODY, FOOT), "a.docx")

    assert (doc.agency, doc.parent_agency) == ("Sở Nội vụ", "UBND tỉnh Lạng Sơn")
    assert (doc.number, doc.symbol) == ("45", "SNV-CCHC")
    assert (doc.place, str(doc.date)) == ("Lạng Sơn", "2025-05-05")
    assert doc.subject == "cử đầu mối rà soát quy trình"
    assert doc.addressees == ("Các phòng chuyên môn",)
    assert doc.recipients == ("Như trên", "Lưu: VT")
    assert doc.signature is not None
    assert doc.signature.authority == ("KT. GIÁM ĐỐC",)
    assert (doc.signature.title, doc.signature.name) == ("PHÓ GIÁM ĐỐC", "Vi Thị Mẫu")
    assert [block.marker for block in doc.body] == ["", "1."]
    assert doc.unread == ()


def body(*parts: str, numbering: str = "") -> OfficialDoc:
    return read(docx(*parts, numbering=numbering), "a.docx")


def printed(doc: OfficialDoc) -> list[str]:
    return [f"{block.marker} {block.text}".strip() for block in doc.walk()]


def test_lists_are_numbered_as_word_numbers_them() -> None:
    doc = body(
        item("Việc một", 1),
        item("phần đầu", 1, 1),
        item("phần sau", 1, 1),
        item("gạch", 1, 2),
        item("Việc hai", 1),
        item("phần đầu", 1, 1),
        numbering=lists(
            level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "bullet", "-")
        ),
    )

    assert printed(doc) == [
        "1. Việc một",
        "a) phần đầu",
        "b) phần sau",
        "- gạch",
        "2. Việc hai",
        "a) phần đầu",
    ]
    assert [child.marker for child in doc.body[0].children] == ["a)", "b)"]


def test_lists_of_several_levels_in_one_number() -> None:
    doc = body(
        item("Chung", 1),
        item("Riêng", 1, 1),
        item("Riêng nữa", 1, 1),
        numbering=lists(level(0, "upperRoman", "%1.", start=2), level(1, "decimal", "%1.%2.")),
    )

    assert printed(doc)[0] == "II. Chung"
    assert printed(doc)[1:] == ["II.1. Riêng", "II.2. Riêng nữa"]


def test_a_second_list_may_restart_or_go_on() -> None:
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    doc = body(
        *(item(f"việc {n}", n) for n in (1, 2, 3, 3)),
        numbering=lists(level(0, "decimal", "%1."), numbers=numbers),
    )

    assert [block.marker for block in doc.body] == ["1.", "2.", "1.", "2."]


def test_text_is_put_together_from_its_runs() -> None:
    doc = body(
        para(
            "Rà ",
            "so",
            "át",
            "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>",
            f"<w:ins>{run(' thêm')}</w:ins>",
            f"<w:hyperlink>{run(' liên kết')}</w:hyperlink>",
            run("ẩn", "<w:rPr><w:vanish/></w:rPr>"),
            run("\u00a0  có  nhiều   dấu cách."),
        )
    )

    assert doc.body[0].text == "Rà soát thêm liên kết có nhiều dấu cách."


def test_decomposed_letters_are_composed() -> None:
    doc = body(para(unicodedata.normalize("NFD", "Rà soát thủ tục đúng hạn.")))

    assert doc.body[0].text == "Rà soát thủ tục đúng hạn."


def test_soft_breaks_part_paragraphs_but_not_sentences() -> None:
    long = "Các sở, ban, ngành tổ chức rà soát toàn bộ quy trình nội bộ đã được công bố theo Luật"
    doc = body(
        para("1. Việc một.|2. Việc hai:|- chi tiết."),
        para(f"{long} và các văn bản|Hướng dẫn thi hành."),
    )

    assert [block.marker for block in doc.body] == ["1.", "2.", ""]
    assert doc.body[2].text == f"{long} và các văn bản Hướng dẫn thi hành."


def test_a_box_is_read_once() -> None:
    doc = body(para("Trước."), para(box("Trong hộp.")), para("Sau."))

    assert printed(doc) == ["Trước.", "Trong hộp.", "Sau."]


def test_table_of_data_with_merged_cells() -> None:
    merged = '<w:gridSpan w:val="2"/>'
    doc = body(
        para("Bảng việc:"),
        table(
            (cell("STT"), cell("Việc"), cell("Hạn")),
            (cell("I. Nhóm một", properties=merged), cell("Quý I")),
            (cell("1", properties='<w:vMerge w:val="restart"/>'), cell("Lập"), cell("3/2025")),
            (cell("", properties="<w:vMerge/>"), cell("Gửi", "ngay"), cell("4/2025")),
        ),
    )

    found = doc.body[1]
    assert found.kind is BlockKind.TABLE
    assert found.table is not None
    rows = [[(c.text, c.columns, c.rows) for c in row] for row in found.table.rows]
    assert rows == [
        [("STT", 1, 1), ("Việc", 1, 1), ("Hạn", 1, 1)],
        [("I. Nhóm một", 2, 1), ("Quý I", 1, 1)],
        [("1", 1, 2), ("Lập", 1, 1), ("3/2025", 1, 1)],
        [("Gửi\nngay", 1, 1), ("4/2025", 1, 1)],
    ]
