from __future__ import annotations

from tinhgon.domain.likeness import Fingerprint, Gap, GapStatus, find_gaps

HELD = [
    Fingerprint(1, "Phê duyệt kế hoạch sử dụng đất cấp tỉnh", field="Đất đai"),
    Fingerprint(2, "Thủ tục điều chỉnh kế hoạch sử dụng đất cấp tỉnh", field="Đất đai"),
    Fingerprint(3, "Thẩm định, phê duyệt bảng giá đất", field="Đất đai", level="province"),
]


def _status(name: str, field: str = "") -> Gap:
    (gap,) = find_gaps(HELD, [Fingerprint(1, name, field=field)])
    return gap


def test_what_is_held_is_present() -> None:
    gap = _status("Điều chỉnh kế hoạch sử dụng đất cấp tỉnh.")
    assert gap.status is GapStatus.PRESENT
    assert gap.twin is not None
    assert gap.twin.item.key == 2


def test_what_is_held_under_another_name_is_shown_with_its_twin() -> None:
    gap = _status("Phê duyệt bảng giá đất")
    assert gap.status is GapStatus.PROBABLY_PRESENT
    assert gap.twin is not None
    assert gap.twin.item.key == 3
    assert gap.reasons == ("tên khác nhau ở: chỉ một bên có “Thẩm định”",)


def test_a_sister_does_not_hide_what_is_missing() -> None:
    gap = _status("Hủy bỏ kế hoạch sử dụng đất cấp tỉnh", field="Đất đai")
    assert gap.status is GapStatus.MISSING
    assert gap.reasons[0] == "danh mục của cơ quan chưa có thủ tục nào trùng với thủ tục này"
    assert "gần nhất là" in gap.reasons[1]
    assert gap.reasons[2] == "cơ quan đang có 3 thủ tục cùng lĩnh vực Đất đai"
    assert 0.5 < gap.confidence <= 1


def test_what_belongs_to_another_level_or_field_is_not_applicable() -> None:
    level = _status("Phê duyệt kế hoạch sử dụng đất cấp xã")
    field = _status("Cử công chức đi học", field="Công chức, viên chức")
    assert level.status is field.status is GapStatus.NOT_APPLICABLE
    assert level.reasons == ("thuộc cấp xã; cơ quan chỉ có thủ tục cấp tỉnh",)
    assert field.reasons == ("lĩnh vực Công chức, viên chức không có trong danh mục của cơ quan",)


def test_levels_and_fields_may_be_said_instead_of_read_from_the_inventory() -> None:
    items = [
        Fingerprint("level", "Phê duyệt kế hoạch sử dụng đất cấp xã"),
        Fingerprint("field", "Cử công chức đi học", field="Công chức"),
    ]
    found = find_gaps(
        HELD,
        items,
        levels=frozenset({"province", "commune"}),
        fields=frozenset({"Đất đai", "Công chức"}),
    )
    assert [g.status for g in found] == [GapStatus.MISSING] * 2


def test_an_empty_inventory_lacks_everything_and_excludes_nothing() -> None:
    found = find_gaps([], HELD)
    assert {g.status for g in found} == {GapStatus.MISSING}
    assert [g.confidence for g in found] == [1.0] * 3


def test_one_row_of_the_inventory_stands_for_one_item_only() -> None:
    held = [Fingerprint(1, "Xác nhận kết quả thi hành án")]
    wanted = [
        Fingerprint(1, "Xác nhận kết quả thi hành án"),
        Fingerprint(2, "Xác nhận kết quả thi hành án dân sự"),
    ]
    alone, both = find_gaps(held, wanted[1:]), find_gaps(held, wanted)
    assert [g.status for g in alone] == [GapStatus.PROBABLY_PRESENT]
    assert [g.status for g in both] == [GapStatus.PRESENT, GapStatus.MISSING]
    assert both[1].reasons[1] == (
        "“Xác nhận kết quả thi hành án” gần giống, nhưng là của “Xác nhận kết quả thi hành án”"
    )
