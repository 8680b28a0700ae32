from __future__ import annotations

import pytest

from tinhgon.domain.catalogue import read_catalogue
from tinhgon.domain.officialdoc import read_text

from .decisions import reading, table


def _split(cell: str) -> tuple[str, ...]:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Cơ quan thực hiện"),
            ("1", "Thẩm định đề án sắp xếp tổ chức", cell),
        )
    )
    return catalogue.rows[0].agencies


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("Sở Nội vụ", ("Sở Nội vụ",)),
        ("Sở Nội vụ.", ("Sở Nội vụ",)),
        ("- Sở Nội vụ - UBND tỉnh", ("Sở Nội vụ", "UBND tỉnh")),
        ("- Sở Nội vụ; - UBND cấp xã.", ("Sở Nội vụ", "UBND cấp xã")),
        ("+ Sở Nội vụ + UBND tỉnh", ("Sở Nội vụ", "UBND tỉnh")),
        ("Sở Nội vụ, Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Sở Nội vụ và Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Sở Nội vụ, các sở ngành liên quan", ("Sở Nội vụ", "các sở ngành liên quan")),
        ("Sở Nông nghiệp và Phát triển nông thôn", ("Sở Nông nghiệp và Phát triển nông thôn",)),
        ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Bộ, cơ quan ngang Bộ", ("Bộ, cơ quan ngang Bộ",)),
        ("Cơ quan, tổ chức, đơn vị được giao", ("Cơ quan, tổ chức, đơn vị được giao",)),
        (
            "Cục Công tác phía Nam (Bộ Nội vụ, tại thành phố), Sở Nội vụ",
            ("Cục Công tác phía Nam (Bộ Nội vụ, tại thành phố)", "Sở Nội vụ"),
        ),
        (
            "Cơ quan quản lý ngành, lĩnh vực, địa phương",
            ("Cơ quan quản lý ngành, lĩnh vực, địa phương",),
        ),
        (
            "+ Cơ quan thực hiện TTHC: Sở Nội vụ + Cơ quan có thẩm quyền quyết định: UBND tỉnh",
            ("Sở Nội vụ", "UBND tỉnh"),
        ),
        ("Các phòng chuyên môn (nếu có)", ("Các phòng chuyên môn (nếu có)",)),
        ("Sở Nội vụ, Sở Nội vụ", ("Sở Nội vụ",)),
    ],
)
def test_names_in_a_cell(cell: str, names: tuple[str, ...]) -> None:
    assert _split(cell) == names


def test_two_columns_give_both_in_their_order() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Thẩm quyền giải quyết", "Cơ quan thực hiện"),
            ("1", "Giao biên chế công chức", "UBND tỉnh", "Sở Nội vụ"),
        )
    )
    assert catalogue.rows[0].agencies == ("UBND tỉnh", "Sở Nội vụ")


def test_a_cell_of_places_gives_only_what_is_labelled() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Địa điểm thực hiện"),
            (
                "1",
                "Giao biên chế công chức",
                (
                    "- Nơi tiếp nhận: Trung tâm Phục vụ hành chính công; "
                    "- Cơ quan trực tiếp thực hiện: Sở Nội vụ "
                    "- Cơ quan có thẩm quyền quyết định: Chủ tịch UBND tỉnh"
                ),
            ),
            ("2", "Thẩm định đề án", "Trung tâm Phục vụ hành chính công"),
        )
    )
    assert [row.agencies for row in catalogue.rows] == [("Sở Nội vụ", "Chủ tịch UBND tỉnh"), ()]


def test_exports_of_portals_part_names_by_spaces() -> None:
    export = table(
        ("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"),
        ("1.004201", "Thành lập hội", "Bộ Nội vụ", "Bộ Nội vụ Sở Nội vụ Bộ Nội vụ", "Hội"),
        ("1.004202", "Đổi tên hội", "Bộ Nội vụ", "Giám đốc Sở Nội vụ UBND cấp xã", "Hội"),
        ("1.004203", "Giải thể hội", "Bộ Nội vụ", "", ""),
    )
    rows = read_catalogue(read_text(export)).rows
    assert [row.agencies for row in rows] == [
        ("Bộ Nội vụ", "Sở Nội vụ"),
        ("Giám đốc Sở Nội vụ", "UBND cấp xã"),
        (),
    ]
    assert rows[2].field is None
    assert [row.position for row in rows] == ["1", "2", "3"]
