from __future__ import annotations

from tinhgon.domain.procedures import Action, Tier

from .decisions import names, positions, reading, table

HEADINGS = ("STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Ghi chú")
FIRST_NAME = "Thẩm định đề án sắp xếp tổ chức"
SECOND_NAME = "Giao biên chế công chức hằng năm"
THIRD_NAME = "Xếp hạng đơn vị sự nghiệp công lập"


def test_a_plain_list() -> None:
    catalogue = reading(
        table(
            HEADINGS,
            ("1", FIRST_NAME, "Tổ chức bộ máy", "Sở Nội vụ", ""),
            ("2", SECOND_NAME, "Biên chế", "Sở Nội vụ, UBND tỉnh", "Áp dụng từ năm 2025"),
        )
    )
    first, second = catalogue.rows
    assert (first.position, first.name, first.field) == ("1", FIRST_NAME, "Tổ chức bộ máy")
    assert first.agencies == ("Sở Nội vụ",)
    assert first.note is None
    assert second.agencies == ("Sở Nội vụ", "UBND tỉnh")
    assert second.note == "Áp dụng từ năm 2025"
    assert catalogue.decision.code == "1520/QĐ-UBND"
    assert catalogue.problems == ()
    assert catalogue.unread == ()


def test_columns_in_another_order_and_other_words() -> None:
    catalogue = reading(
        table(
            ("TT", "Mã TTHC", "Tên TTHC nội bộ", "Căn cứ pháp lý", "Đơn vị thực hiện"),
            ("1", "1.005388", FIRST_NAME, "Nghị định số 158/2018/NĐ-CP", "- Sở Nội vụ - UBND tỉnh"),
        )
    )
    (row,) = catalogue.rows
    assert row.code == "1.005388"
    assert row.legal_basis == "Nghị định số 158/2018/NĐ-CP"
    assert row.agencies == ("Sở Nội vụ", "UBND tỉnh")


def test_headings_inside_the_table_give_position_level_and_field() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Cơ quan thực hiện"),
            ("A", "THỦ TỤC HÀNH CHÍNH NỘI BỘ CẤP TỈNH", ""),
            ("I", "Lĩnh vực Tổ chức bộ máy", ""),
            ("1", FIRST_NAME, "Sở Nội vụ"),
            ("II", "Lĩnh vực Biên chế (01 TTHC)", ""),
            ("1", SECOND_NAME, "Sở Nội vụ"),
            ("B", "THỦ TỤC HÀNH CHÍNH NỘI BỘ CẤP XÃ", ""),
            ("1", THIRD_NAME, "UBND cấp xã"),
        )
    )
    assert positions(catalogue) == ["A.I.1", "A.II.1", "B.1"]
    assert [row.level for row in catalogue.rows] == [Tier.PROVINCE, Tier.PROVINCE, Tier.COMMUNE]
    assert [row.field for row in catalogue.rows] == [
        "Tổ chức bộ máy",
        "Biên chế",
        "tổ chức bộ máy",
    ]
    assert catalogue.rows[2].inferred == ("field",)
    assert catalogue.rows[1].section == (
        "THỦ TỤC HÀNH CHÍNH NỘI BỘ CẤP TỈNH > Lĩnh vực Biên chế (01 TTHC)"
    )


def test_several_lists_with_an_action_each() -> None:
    catalogue = reading(
        "I. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH\n"
        + table(("STT", "Tên thủ tục hành chính"), ("1", FIRST_NAME), ("2", SECOND_NAME))
        + "\n\nII. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ\n"
        + table(("STT", "Tên thủ tục hành chính", "Căn cứ bãi bỏ"), ("1", THIRD_NAME, "Luật X")),
        subject="công bố thủ tục hành chính nội bộ mới ban hành và bị bãi bỏ",
    )
    assert positions(catalogue) == ["I.1", "I.2", "II.1"]
    assert [row.action for row in catalogue.rows] == [Action.NEW, Action.NEW, Action.ABOLISHED]


def test_the_action_comes_from_the_subject_when_it_names_one_only() -> None:
    annex = table(("STT", "Tên thủ tục hành chính"), ("1", FIRST_NAME))
    one = reading(annex, subject="công bố thủ tục hành chính nội bộ được chuẩn hóa")
    two = reading(annex, subject="công bố thủ tục hành chính nội bộ mới ban hành, thay thế")
    assert one.rows[0].action is Action.STANDARDISED
    assert two.rows[0].action is None


def test_a_missing_cell_is_taken_from_above_but_not_over_a_heading() -> None:
    catalogue = reading(
        table(
            HEADINGS[:4],
            ("A", "Cấp tỉnh", "", ""),
            ("1", FIRST_NAME, "Tổ chức bộ máy", "Sở Nội vụ"),
            ("2", SECOND_NAME, "Như trên", ""),
            ("B", "Cấp xã", "", ""),
            ("1", THIRD_NAME, "", ""),
        ),
        subject="công bố danh mục thủ tục hành chính nội bộ",
    )
    _, second, third = catalogue.rows
    assert (second.field, second.agencies) == ("Tổ chức bộ máy", ("Sở Nội vụ",))
    assert second.inherited == ("field", "agencies")
    assert (third.field, third.agencies, third.inherited) == (None, (), ())


def test_replaced_procedures_name_the_old_and_the_new_one() -> None:
    catalogue = reading(
        table(
            ("TT", "Tên TTHC được thay thế", "Tên TTHC thay thế", "Lĩnh vực"),
            ("1", FIRST_NAME, SECOND_NAME, "Biên chế"),
        )
    )
    (row,) = catalogue.rows
    assert (row.name, row.replaced_by) == (FIRST_NAME, SECOND_NAME)


def test_rows_parted_by_line_breaks_are_put_together() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Mã TTHC", "Lĩnh vực"),
            ("1", FIRST_NAME, "1.005388", "Tổ chức bộ máy"),
        )
        + f"\n\n2\n{SECOND_NAME}\n1.005389\n\n3\n\n{THIRD_NAME}\n1.005390"
    )
    assert names(catalogue) == [FIRST_NAME, SECOND_NAME, THIRD_NAME]
    assert [row.code for row in catalogue.rows] == ["1.005388", "1.005389", "1.005390"]
    assert [row.displaced for row in catalogue.rows] == [False, True, True]
    assert catalogue.rows[2].field == "Tổ chức bộ máy"


def test_a_heading_glued_to_a_row() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Mã TTHC", "Cơ quan thực hiện"),
            ("I", "CẤP TỈNH", "", "1", FIRST_NAME, "1.005388", "Sở Nội vụ"),
            ("2", SECOND_NAME, "1.005389", "Sở Nội vụ"),
        )
    )
    assert positions(catalogue) == ["I.1", "I.2"]
    assert catalogue.rows[0].code == "1.005388"
    assert catalogue.rows[0].agencies == ("Sở Nội vụ",)


def test_a_second_part_is_no_list() -> None:
    catalogue = reading(
        "Phần I. DANH MỤC THỦ TỤC HÀNH CHÍNH\n"
        + table(("STT", "Tên thủ tục hành chính"), ("1", FIRST_NAME))
        + "\n\nPhần II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH\n"
        + table(("STT", "Tên thủ tục hành chính"), ("1", "Nội dung khác"))
    )
    assert names(catalogue) == [FIRST_NAME]


def test_code_footnote_and_level_in_the_name_cell() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Ghi chú"),
            ("1", f"{FIRST_NAME} (1.005388)", ""),
            ("2", f"{SECOND_NAME}[2]", ""),
            ("3", f"{THIRD_NAME} (cấp xã)", ""),
        )
    )
    first, second, third = catalogue.rows
    assert (first.name, first.code) == (FIRST_NAME, "1.005388")
    assert second.name == SECOND_NAME
    assert (third.name, third.level) == (f"{THIRD_NAME} (cấp xã)", Tier.COMMUNE)


def test_columns_without_a_field_of_their_own_are_kept() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí"),
            ("1", FIRST_NAME, "05 ngày làm việc", "Không"),
        )
    )
    assert catalogue.rows[0].extra == (
        ("Thời hạn giải quyết", "05 ngày làm việc"),
        ("Phí, lệ phí", "Không"),
    )


def test_each_row_says_where_it_stood() -> None:
    catalogue = reading(table(HEADINGS[:2], ("1", FIRST_NAME), ("2", SECOND_NAME)))
    first, second = catalogue.rows
    assert second.source.line == first.source.line + 1


def test_cells_that_stand_one_below_another() -> None:
    cells = ["STT", "Tên thủ tục\nhành chính", "Lĩnh vực", "I", "CẤP TỈNH", "1"]
    cells += [f"{FIRST_NAME}\nbộ máy", "Tổ chức", "2", SECOND_NAME, "Biên chế"]
    catalogue = reading("".join(f"{cell}\n|\n" for cell in cells))
    assert positions(catalogue) == ["I.1", "I.2"]
    assert names(catalogue) == [f"{FIRST_NAME} bộ máy", SECOND_NAME]
    assert [row.field for row in catalogue.rows] == ["Tổ chức", "Biên chế"]


def test_a_list_of_paragraphs() -> None:
    catalogue = reading(
        f"I. LĨNH VỰC TỔ CHỨC\n1. {FIRST_NAME}\n2. {SECOND_NAME}\n\n"
        f"II. LĨNH VỰC VIÊN CHỨC\n1. {THIRD_NAME}\n"
    )
    assert positions(catalogue) == ["I.1", "I.2", "II.1"]
    assert [row.field for row in catalogue.rows] == ["TỔ CHỨC", "TỔ CHỨC", "VIÊN CHỨC"]


def test_a_heading_of_the_next_list_inside_the_same_table() -> None:
    catalogue = reading(
        "1. Danh mục thủ tục hành chính được sửa đổi, bổ sung\n"
        + table(("STT", "Tên thủ tục hành chính", "Lĩnh vực"), ("1", FIRST_NAME, "Tổ chức"))
        + "\n2. Danh mục thủ tục hành chính bị bãi bỏ\n"
        + table(("STT", "Tên thủ tục hành chính"), ("1", SECOND_NAME))
    )
    assert positions(catalogue) == ["1.1", "2.1"]
    assert [row.action for row in catalogue.rows] == [Action.AMENDED, Action.ABOLISHED]
    assert catalogue.rows[1].field == "tổ chức bộ máy"


def test_numbers_with_dots_below_numbered_headings() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Cơ quan thực hiện"),
            ("1", "LĨNH VỰC TỔ CHỨC (02 TTHC)", ""),
            ("1.1", FIRST_NAME, "Sở Nội vụ"),
            ("1.2", SECOND_NAME, "Sở Nội vụ"),
        )
    )
    assert positions(catalogue) == ["1.1", "1.2"]
    assert catalogue.rows[0].field == "TỔ CHỨC"


def test_the_rest_of_a_cell_on_the_line_below() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Căn cứ pháp lý"),
            ("1", FIRST_NAME, "- Luật Viên chức;"),
        )
        + "\n- Luật Cán bộ, công chức.\n"
        + table(("2", SECOND_NAME, "Luật Viên chức"))
    )
    assert names(catalogue) == [FIRST_NAME, SECOND_NAME]
    assert catalogue.rows[0].legal_basis == "- Luật Viên chức;\n- Luật Cán bộ, công chức."


def test_the_level_of_the_only_body_but_not_of_one_among_several() -> None:
    annex = table(("STT", "Tên thủ tục hành chính"), ("1", FIRST_NAME))
    one = reading(annex, subject="công bố thủ tục thuộc thẩm quyền giải quyết của UBND cấp xã")
    several = reading(annex, subject="công bố thủ tục của UBND tỉnh, Sở Nội vụ và UBND cấp xã")
    assert (one.rows[0].level, one.rows[0].inferred) == (Tier.COMMUNE, ("level",))
    assert several.rows[0].level is None


def test_cells_wrapped_over_lines() -> None:
    catalogue = reading(
        "STT | Tên thủ tục hành chính | Lĩnh vực | Cơ quan thực hiện\n"
        "1 | Thẩm định đề án\nsắp xếp tổ chức | Tổ chức | Sở Nội vụ\n"
        "2 | Giao biên chế | Biên\nchế | Ủy ban nhân dân\ntỉnh\n"
        "3 | Xếp hạng đơn vị | Viên chức | Sở Nội vụ"
    )
    assert names(catalogue) == [FIRST_NAME, "Giao biên chế", "Xếp hạng đơn vị"]
    assert [row.field for row in catalogue.rows] == ["Tổ chức", "Biên chế", "Viên chức"]
    assert catalogue.rows[1].agencies == ("Ủy ban nhân dân tỉnh",)


def test_rows_torn_in_two_lines() -> None:
    catalogue = reading(
        "STT | Tên thủ tục hành chính | Mã TTHC | Cơ quan thực hiện\n"
        f"1 | {FIRST_NAME}\n1.005388 | Sở Nội vụ\n"
        f"2\n{SECOND_NAME} | 1.005389 | Sở Nội vụ\n"
    )
    assert names(catalogue) == [FIRST_NAME, SECOND_NAME]
    assert [row.code for row in catalogue.rows] == ["1.005388", "1.005389"]


def test_a_heading_without_a_marker_glued_to_a_torn_row() -> None:
    catalogue = reading(
        "STT | Mã số TTHC | Tên thủ tục hành chính | Ghi chú\n"
        f" | Lĩnh vực Viên chức |  | 1\n\n1.005388\n{FIRST_NAME} | Chung | B. THỦ TỤC CẤP XÃ | "
        "STT | Mã số TTHC | Tên thủ tục hành chính | Ghi chú\n"
        f"1 | 1.005389 | {SECOND_NAME} | Riêng | Phần II. NỘI DUNG CỤ THỂ\n"
    )
    first, second = catalogue.rows
    assert (first.name, first.code, first.field, first.note) == (
        FIRST_NAME,
        "1.005388",
        "Viên chức",
        "Chung",
    )
    assert (second.name, second.level, second.note) == (SECOND_NAME, Tier.COMMUNE, "Riêng")
