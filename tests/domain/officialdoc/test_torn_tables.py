"""Tables of plain text: bars, empty cells, and lists whose rows a capture has torn."""

from __future__ import annotations

from tinhgon.domain.officialdoc import BlockKind, OfficialDoc, Source, Table, read_text


def _tables(doc: OfficialDoc) -> list[Table]:
    blocks = [*doc.walk(), *(b for annex in doc.annexes for top in annex.body for b in top.walk())]
    return [block.table for block in blocks if block.table is not None]


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_empty_cells_stay_cells() -> None:
    (table,) = _tables(
        read_text("STT | Việc | Hạn | Ghi chú\nA | Sở Nội vụ |  | \n | Rà soát |  | x")
    )
    assert _texts(table) == [
        ["STT", "Việc", "Hạn", "Ghi chú"],
        ["A", "Sở Nội vụ", "", ""],
        ["", "Rà soát", "", "x"],
    ]


def test_a_bar_that_touches_a_letter_parts_no_cells() -> None:
    (table,) = _tables(read_text("Mã | Tên\nA|B | tên thứ nhất\nC | tên thứ hai"))
    assert _texts(table)[1] == ["A|B", "tên thứ nhất"]


def test_rows_know_their_lines() -> None:
    (table,) = _tables(read_text("Trước bảng\n\nMã | Tên\nA | một\nB | hai"))
    assert table.row_sources == (Source(3, 3), Source(4, 4), Source(5, 5))


LIST = "STT | Tên thủ tục hành chính | Mã\n1 | Thẩm định đề án | 1.004201"


def test_pieces_of_torn_rows_belong_to_the_list() -> None:
    (table,) = _tables(read_text(f"{LIST}\n\n2\n\nGiao biên chế\n1.004202\n\n3\nXếp hạng đơn vị"))
    assert _texts(table)[2:] == [["2"], ["Giao biên chế"], ["1.004202"], ["3"], ["Xếp hạng đơn vị"]]


def test_a_heading_ends_a_torn_list() -> None:
    doc = read_text(f"{LIST}\n\n2\nGiao biên chế\n\nPHẦN II. NỘI DUNG CỤ THỂ\n\n1. Thẩm định đề án")
    (table,) = _tables(doc)
    assert _texts(table)[-1] == ["Giao biên chế"]
    assert [block.kind for block in doc.body][-1] is BlockKind.PART


def test_a_figure_that_does_not_count_on_numbers_a_page() -> None:
    text = "\n".join(f"Dòng {n} của văn bản." for n in range(6))
    (table,) = _tables(read_text(f"{text}\n\n{LIST}\n5\n2 | Giao biên chế | 1.004202"))
    assert _texts(table)[1:] == [
        ["1", "Thẩm định đề án", "1.004201"],
        ["2", "Giao biên chế", "1.004202"],
    ]


def test_a_figure_that_comes_again_with_cells_numbers_a_page() -> None:
    text = "\n".join(f"Dòng {n} của văn bản." for n in range(6))
    (table,) = _tables(read_text(f"{text}\n\n{LIST}\n2\n2 | Giao biên chế | 1.004202"))
    assert len(table.rows) == 3


def test_a_table_of_duties_takes_no_paragraph_behind_it() -> None:
    doc = read_text("STT | Việc | Hạn\n1 | Rà soát\n\nYêu cầu các đơn vị thực hiện nghiêm túc.")
    (table,) = _tables(doc)
    assert len(table.rows) == 2
    assert doc.body[-1].text == "Yêu cầu các đơn vị thực hiện nghiêm túc."


def test_a_heading_glued_to_the_reference_of_an_annex_is_its_own() -> None:
    doc = read_text(
        "Số: 1/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc công bố danh mục\n\nĐiều 1. Công bố danh mục.\n\n"
        "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLương Trọng Nghĩa\n\nDANH MỤC\n"
        "(Kèm theo Quyết định số 1/QĐ-UBND (bản chính)) A. THỦ TỤC MỚI\n\nNội dung"
    )
    annex = doc.annexes[-1]
    assert annex.reference == "Kèm theo Quyết định số 1/QĐ-UBND (bản chính"
    assert [(block.marker, block.text) for block in annex.body[:1]] == [("A.", "THỦ TỤC MỚI")]


def test_a_container_torn_from_its_number_is_put_together() -> None:
    doc = read_text("Phần\nI. DANH MỤC THỦ TỤC\n\nNội dung")
    assert (doc.body[0].kind, doc.body[0].marker) == (BlockKind.PART, "Phần I.")


def test_bars_around_rows_and_rows_of_dashes_are_no_cells() -> None:
    text = "| Mã | Tên | Hạn |\n|---|:---:|---|\n| A | tên thứ nhất | |\n|  | tên thứ hai | mai |"
    (table,) = _tables(read_text(text))
    assert _texts(table) == [
        ["Mã", "Tên", "Hạn"],
        ["A", "tên thứ nhất", ""],
        ["", "tên thứ hai", "mai"],
    ]


def test_an_empty_last_cell_of_a_table_without_fences_stays() -> None:
    (table,) = _tables(read_text("Mã | Tên | Hạn\n | tên thứ nhất | \nB | tên thứ hai | mai"))
    assert _texts(table)[1] == ["", "tên thứ nhất", ""]


def test_a_heading_between_rows_belongs_to_the_list_over_blank_lines() -> None:
    doc = read_text(
        f"{LIST}\n\nB. THỦ TỤC CẤP XÃ\n\n1 | Giao biên chế | 1.004202\n\n"
        "C. DANH MỤC THỦ TỤC BỊ BÃI BỎ\n\nSTT | Tên thủ tục hành chính\n1 | Xếp hạng đơn vị"
    )
    first, second = _tables(doc)
    assert _texts(first)[2:] == [["B. THỦ TỤC CẤP XÃ"], ["1", "Giao biên chế", "1.004202"]]
    assert _texts(second)[1] == ["1", "Xếp hạng đơn vị"]


def test_the_head_of_the_next_list_ends_the_one_before_it() -> None:
    text = f"{LIST}\nPHỤ LỤC 2\nDANH MỤC BÃI BỎ\nSTT | Tên thủ tục hành chính\n1 | Giao biên chế"
    first, second = _tables(read_text(text))
    assert len(first.rows) == 2
    assert _texts(second)[1] == ["1", "Giao biên chế"]


def test_cells_one_below_another_are_the_cells_of_a_list() -> None:
    text = "STT\n|\nTên thủ tục\nhành chính\n|\n1\n|\nThẩm định\nđề án\n|\n2\n|\nGiao biên chế\n|"
    (table,) = _tables(read_text(text))
    assert _texts(table) == [
        ["STT", "Tên thủ tục hành chính"],
        ["1"],
        ["Thẩm định đề án"],
        ["2"],
        ["Giao biên chế"],
    ]


def test_what_is_glued_behind_a_row_stands_alone() -> None:
    rows = (
        f"{LIST} | | II | Lĩnh vực Biên chế\n1 | Giao biên chế | 1.004202 | B. THỦ TỤC CẤP XÃ | "
        "STT | Tên thủ tục hành chính\n1 | Xếp hạng đơn vị | Phần II. NỘI DUNG CỤ THỂ"
    )
    doc = read_text(rows)
    first, second = _tables(doc)
    assert _texts(first)[1:] == [
        ["1", "Thẩm định đề án", "1.004201"],
        ["II", "Lĩnh vực Biên chế"],
        ["1", "Giao biên chế", "1.004202"],
    ]
    assert _texts(second) == [["STT", "Tên thủ tục hành chính"], ["1", "Xếp hạng đơn vị"]]
    assert (doc.body[-1].marker, doc.body[-1].text) == ("Phần II.", "NỘI DUNG CỤ THỂ")
