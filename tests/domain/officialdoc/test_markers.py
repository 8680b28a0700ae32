"""Markers of items, and what only looks like one."""

import pytest

from tinhgon.domain.officialdoc import Block, BlockKind, read_text
from tinhgon.domain.officialdoc._markers import split_marker


@pytest.mark.parametrize(
    ("line", "kind", "marker", "text"),
    [
        ("Phần thứ nhất", BlockKind.PART, "Phần thứ nhất", ""),
        ("Chương II", BlockKind.CHAPTER, "Chương II", ""),
        ("Mục 1. QUY ĐỊNH", BlockKind.SECTION, "Mục 1.", "QUY ĐỊNH"),
        ("Tiểu mục 2", BlockKind.SUBSECTION, "Tiểu mục 2", ""),
        ("Điều 12. Hiệu lực", BlockKind.ARTICLE, "Điều 12.", "Hiệu lực"),
        ("IV. TỔ CHỨC", BlockKind.ROMAN, "IV.", "TỔ CHỨC"),
        ("A. CÔNG VIỆC", BlockKind.LETTER, "A.", "CÔNG VIỆC"),
        ("3. Sở Nội vụ", BlockKind.CLAUSE, "3.", "Sở Nội vụ"),
        ("3.Sở Nội vụ", BlockKind.CLAUSE, "3.", "Sở Nội vụ"),
        ("01. Sở Nội vụ", BlockKind.CLAUSE, "01.", "Sở Nội vụ"),
        ("1.2. Nội dung", BlockKind.SUBCLAUSE, "1.2.", "Nội dung"),
        ("1.2 Nội dung", BlockKind.SUBCLAUSE, "1.2", "Nội dung"),
        ("đ) Sở Y tế", BlockKind.POINT, "đ)", "Sở Y tế"),
        ("(ii) Sở Y tế", BlockKind.POINT, "(ii)", "Sở Y tế"),
        ("(3) Sở Y tế", BlockKind.POINT, "(3)", "Sở Y tế"),
        ("- Rà soát", BlockKind.DASH, "-", "Rà soát"),
        ("– Rà soát", BlockKind.DASH, "–", "Rà soát"),
        ("• Rà soát", BlockKind.DASH, "•", "Rà soát"),
        ("+ Rà soát", BlockKind.PLUS, "+", "Rà soát"),
    ],
)
def test_marker(line: str, kind: BlockKind, marker: str, text: str) -> None:
    found = split_marker(line)

    assert found is not None
    assert (found.kind, found.marker, found.text) == (kind, marker, text)


@pytest.mark.parametrize(
    "line",
    [
        "25/3/2024 của Văn phòng",
        "1.846 tổ chức đã dùng",
        "20% chi phí",
        "2.5 triệu đồng/năm".replace("2.5", "2,5"),
        "Điều 4 Nghị định số 30/2020/NĐ-CP quy định",
        "Mục 2 phần này nói về",
        "Phần mềm dùng chung",
        "Chương trình công tác",
        "(xem danh sách kèm theo)",
        "15 ngày làm việc",
    ],
)
def test_not_a_marker(line: str) -> None:
    assert split_marker(line) is None


def tree(text: str) -> list[tuple[int, str]]:
    """Return depth and marker (or first word) of every block."""
    out: list[tuple[int, str]] = []

    def visit(block: Block, depth: int) -> None:
        out.append((depth, block.marker or block.text.split()[0]))
        for child in block.children:
            visit(child, depth + 1)

    for block in read_text(text).body:
        visit(block, 0)
    return out


def test_lists_end_where_an_outer_marker_stands() -> None:
    assert tree(
        "I. CÔNG VIỆC\n1. Việc một:\na) Phần đầu:\n- chi tiết;\n+ nhỏ hơn;\n- nữa.\nb) Phần sau.\n"
        "2. Việc hai.\nII. TỔ CHỨC\n1. Giao Sở Nội vụ.\n"
    ) == [
        (0, "I."),
        (1, "1."),
        (2, "a)"),
        (3, "-"),
        (4, "+"),
        (3, "-"),
        (2, "b)"),
        (1, "2."),
        (0, "II."),
        (1, "1."),
    ]


def test_paragraph_between_two_points_belongs_to_the_first() -> None:
    assert tree("1. Việc:\na) Một.\nTrường hợp khác làm sau.\nb) Hai.\n2. Việc nữa.\n") == [
        (0, "1."),
        (1, "a)"),
        (2, "Trường"),
        (1, "b)"),
        (0, "2."),
    ]


def test_paragraph_after_a_list_belongs_to_the_item_above_it() -> None:
    assert tree("1. Việc:\n- Một;\n- Hai.\nXong trong quý I.\n2. Việc nữa.\n") == [
        (0, "1."),
        (1, "-"),
        (1, "-"),
        (1, "Xong"),
        (0, "2."),
    ]


def test_farewell_belongs_to_no_item() -> None:
    assert tree(
        "1. Sở Nội vụ\nLập danh sách.\nGửi danh sách.\n2. Sở Y tế\nChuẩn bị thuốc.\n"
        "Trong quá trình thực hiện, có vướng mắc thì báo cáo.\nYêu cầu các đơn vị thực hiện./.\n"
    ) == [
        (0, "1."),
        (1, "Lập"),
        (1, "Gửi"),
        (0, "2."),
        (1, "Chuẩn"),
        (0, "Trong"),
        (0, "Yêu"),
    ]


def test_title_of_a_chapter_stands_on_the_line_below() -> None:
    blocks = read_text("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nÁp dụng cho tỉnh.\n").body

    assert (blocks[0].marker, blocks[0].text) == ("Chương I", "QUY ĐỊNH CHUNG")
    assert blocks[0].children[0].children[0].text == "Áp dụng cho tỉnh."
