"""What letters mean by their addressees: tables of phrases."""

from __future__ import annotations

import pytest

from tinhgon.domain.agencynames import Group, GroupKind, Meaning, meaning, split_place

DEPARTMENTS = Group(GroupKind.DEPARTMENTS)
UNITS = Group(GroupKind.UNITS)
DISTRICTS = Group(GroupKind.DISTRICTS)
COMMUNES = Group(GroupKind.COMMUNES)
LOCALITIES = Group(GroupKind.LOCALITIES)


@pytest.mark.parametrize(
    ("phrase", "groups"),
    [
        ("các sở, ban, ngành", [DEPARTMENTS]),
        ("Các sở, ban, ngành thuộc UBND tỉnh", [DEPARTMENTS]),
        ("Các sở, ban, ngành thuộc Ủy ban nhân dân tỉnh;", [DEPARTMENTS]),
        ("các sở, ngành", [DEPARTMENTS]),
        ("các sở, ban ngành", [DEPARTMENTS]),
        ("các Sở, ban, ngành tỉnh", [DEPARTMENTS]),
        ("các sở, ban, ngành Thành phố", [DEPARTMENTS]),
        ("Sở, ban, ngành thuộc Ủy ban nhân dân Thành phố", [DEPARTMENTS]),
        ("Thủ trưởng các sở, ban, ngành", [DEPARTMENTS]),
        ("Thủ trưởng các sở, ban, ngành tỉnh", [DEPARTMENTS]),
        ("Giám đốc các sở", [DEPARTMENTS]),
        ("các cơ quan chuyên môn thuộc UBND tỉnh", [DEPARTMENTS]),
        ("các cơ quan, đơn vị", [DEPARTMENTS]),
        ("các phòng, ban", [DEPARTMENTS]),
        ("các phòng, ban huyện", [DEPARTMENTS]),
        ("Các đơn vị sự nghiệp công lập trực thuộc Ủy ban nhân dân tỉnh", [UNITS]),
        ("UBND các huyện, thành phố", [DISTRICTS]),
        ("Uỷ ban nhân dân các huyện, thành phố", [DISTRICTS]),
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", [DISTRICTS]),
        ("Chủ tịch UBND các huyện, thành phố", [DISTRICTS]),
        ("các huyện, thành phố", [DISTRICTS]),
        ("UBND cấp huyện", [DISTRICTS]),
        ("Ủy ban nhân dân cấp huyện", [DISTRICTS]),
        ("UBND các huyện", [Group(GroupKind.DISTRICTS, frozenset({"huyen"}))]),
        ("UBND các xã, phường", [COMMUNES]),
        ("UBND các xã, phường, thị trấn", [COMMUNES]),
        ("Chủ tịch Ủy ban nhân dân các xã, phường và đặc khu", [COMMUNES]),
        ("Ủy ban nhân dân phường, xã, đặc khu", [COMMUNES]),
        ("Ủy ban nhân dân xã, phường, đặc khu", [COMMUNES]),
        ("UBND cấp xã", [COMMUNES]),
        ("UBND các phường", [Group(GroupKind.COMMUNES, frozenset({"phuong"}))]),
        ("UBND các xã, thị trấn", [Group(GroupKind.COMMUNES, frozenset({"xa", "thi tran"}))]),
        (
            "UBND các xã, phường thuộc thành phố Lạng Sơn",
            [Group(GroupKind.COMMUNES, within="thành phố Lạng Sơn")],
        ),
        (
            "UBND các xã, thị trấn trên địa bàn huyện Cao Lộc",
            [Group(GroupKind.COMMUNES, frozenset({"xa", "thi tran"}), "huyện Cao Lộc")],
        ),
        (
            "UBND các xã, phường huyện Cao Lộc",
            [Group(GroupKind.COMMUNES, within="huyện Cao Lộc")],
        ),
        ("các địa phương", [LOCALITIES]),
        ("các địa phương trên địa bàn tỉnh", [LOCALITIES]),
        ("Thủ trưởng các địa phương", [LOCALITIES]),
        ("các cơ quan, đơn vị và địa phương", [DEPARTMENTS, LOCALITIES]),
        ("các cơ quan, đơn vị, địa phương", [DEPARTMENTS, LOCALITIES]),
        ("Thủ trưởng các cơ quan, đơn vị, địa phương", [DEPARTMENTS, LOCALITIES]),
        ("các sở, ngành và địa phương", [DEPARTMENTS, LOCALITIES]),
        ("các sở, ngành, địa phương", [DEPARTMENTS, LOCALITIES]),
        ("UBND các cấp", [DISTRICTS, COMMUNES]),
        ("các cấp, các ngành", [DEPARTMENTS, DISTRICTS, COMMUNES]),
        ("các sở, ban, ngành và UBND các huyện, thành phố", [DEPARTMENTS, DISTRICTS]),
    ],
)
def test_groups(phrase: str, groups: list[Group]) -> None:
    assert meaning(phrase) == Meaning(groups=tuple(groups))


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Giám đốc Sở Nội vụ", ["Sở Nội vụ"]),
        ("Chánh Văn phòng UBND tỉnh", ["Văn phòng UBND tỉnh"]),
        ("Chánh Thanh tra tỉnh", ["Thanh tra tỉnh"]),
        ("Trưởng Ban Dân tộc", ["Ban Dân tộc"]),
        ("Trưởng ban Ban Quản lý Khu kinh tế", ["Ban Quản lý Khu kinh tế"]),
        ("Chủ tịch UBND huyện Cao Lộc", ["UBND huyện Cao Lộc"]),
        ("UBND thành phố", ["UBND thành phố"]),
        ("UBND huyện", ["UBND huyện"]),
        ("Công an tỉnh", ["Công an tỉnh"]),
        ("Sở NN&PTNT (cơ quan thường trực)", ["Sở NN&PTNT"]),
        ("các sở: Nội vụ, Tư pháp", ["sở Nội vụ", "sở Tư pháp"]),
        (
            "các sở: Văn hóa, Thể thao và Du lịch; Nội vụ",
            ["sở Văn hóa, Thể thao và Du lịch", "sở Nội vụ"],
        ),
        (
            "UBND các huyện: Cao Lộc, Văn Lãng và thành phố Lạng Sơn",
            ["UBND huyện Cao Lộc", "UBND huyện Văn Lãng", "UBND thành phố Lạng Sơn"],
        ),
        ("UBND các xã Gia Cát, Hợp Thành", ["UBND xã Gia Cát", "UBND xã Hợp Thành"]),
        ("", []),
    ],
)
def test_names(phrase: str, names: list[str]) -> None:
    assert meaning(phrase) == Meaning(names=tuple(names))


@pytest.mark.parametrize(
    "phrase",
    [
        "các cơ quan, đơn vị liên quan",
        "Các sở, ngành có liên quan",
        "các cấp, các ngành, các địa phương, đơn vị liên quan",
        "Các cơ quan, đơn vị được giao chủ trì",
    ],
)
def test_what_names_nobody_is_said_to_be_unclear(phrase: str) -> None:
    found = meaning(phrase)
    assert (found.groups, found.names) == ((), ())
    assert "chọn từng cơ quan" in found.unclear


def test_exceptions_are_kept_apart() -> None:
    assert meaning("các sở, ban, ngành (trừ Sở Ngoại vụ, Ban Dân tộc)") == Meaning(
        groups=(DEPARTMENTS,), without=("Sở Ngoại vụ", "Ban Dân tộc")
    )


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("UBND xã Chi Lăng, huyện Tràng Định", ("UBND xã Chi Lăng", "huyện Tràng Định")),
        ("UBND xã Chi Lăng huyện Tràng Định", ("UBND xã Chi Lăng", "huyện Tràng Định")),
        ("xã Mai Pha (thành phố Lạng Sơn)", ("xã Mai Pha", "thành phố Lạng Sơn")),
        ("UBND xã Mai Pha thuộc thành phố Lạng Sơn", ("UBND xã Mai Pha", "thành phố Lạng Sơn")),
        ("UBND xã Chi Lăng", ("UBND xã Chi Lăng", "")),
        ("UBND huyện Cao Lộc", ("UBND huyện Cao Lộc", "")),
    ],
)
def test_the_place_that_tells_two_apart(name: str, parts: tuple[str, str]) -> None:
    assert split_place(name) == parts
