"""Which agency a name is, however it is written."""

from __future__ import annotations

import pytest

from tinhgon.domain.agencynames import NameIndex, name_key

NAMES = {
    "province": ("Ủy ban nhân dân tỉnh Lạng Sơn", "UBND tỉnh", ""),
    "office": ("Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn", "Văn phòng UBND tỉnh", "VP"),
    "home": ("Sở Nội vụ", "", "SNV"),
    "culture": ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "SVHTTDL"),
    "farming": ("Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT", "SNN"),
    "labour": ("Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH", "SLĐTBXH"),
    "plan": ("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "SKHĐT"),
    "media": ("Sở Thông tin và Truyền thông", "Sở TT&TT", "STTTT"),
    "science": ("Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN"),
    "ethnic": ("Ban Dân tộc", "", "BDT"),
    "zone": ("Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn", "BQL KKTCK", "BQLKKTCK"),
    "city": ("Ủy ban nhân dân thành phố Lạng Sơn", "UBND thành phố Lạng Sơn", ""),
    "cao loc": ("Ủy ban nhân dân huyện Cao Lộc", "UBND huyện Cao Lộc", ""),
    "cao loc town": ("Ủy ban nhân dân thị trấn Cao Lộc", "UBND thị trấn Cao Lộc", ""),
    "quy hoa": ("Ủy ban nhân dân xã Quý Hòa", "UBND xã Quý Hòa", ""),
    "tan hoa": ("Ủy ban nhân dân xã Tân Hòa", "UBND xã Tân Hòa", ""),
    "tan hoa'": ("Ủy ban nhân dân xã Tân Hoa", "UBND xã Tân Hoa", ""),
    "chi lang 1": ("Ủy ban nhân dân xã Chi Lăng", "UBND xã Chi Lăng", ""),
    "chi lang 2": ("Ủy ban nhân dân xã Chi Lăng", "UBND xã Chi Lăng", ""),
    "tan minh": ("Ủy ban nhân dân xã Tân Minh", "UBND xã Tân Minh", ""),
}


@pytest.fixture(scope="module")
def index() -> NameIndex[str]:
    index: NameIndex[str] = NameIndex(place="Lạng Sơn")
    for item, (name, short, symbol) in NAMES.items():
        index.add(item, names=[name, short], symbol=symbol)
    return index


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("UBND tỉnh", "province"),
        ("Ủy ban nhân dân tỉnh", "province"),
        ("UBND tỉnh Lạng Sơn", "province"),
        ("Văn phòng UBND tỉnh", "office"),
        ("VP UBND tỉnh Lạng Sơn", "office"),
        ("VPUBND tỉnh", "office"),
        ("Văn phòng Uỷ ban nhân dân tỉnh", "office"),
        ("sở Nội vụ", "home"),
        ("Sở Nội vụ tỉnh", "home"),
        ("Sở Nội vụ tỉnh Lạng Sơn", "home"),
        ("Sở Nội vụ Lạng Sơn", "home"),
        ("SNV", "home"),
        ("Sở Văn hoá, Thể thao và Du lịch", "culture"),
        ("Sở Văn hóa - Thể thao và Du lịch", "culture"),
        ("Sở VHTT&DL", "culture"),
        ("Sở VH,TT&DL", "culture"),
        ("Sở NN&PTNT", "farming"),
        ("Sở NN và PTNT", "farming"),
        ("SNN", "farming"),
        ("Sở LĐ-TB&XH", "labour"),
        ("Sở LĐTBXH", "labour"),
        ("Sở Lao động — Thương binh và Xã hội", "labour"),
        ("Sở Kế hoạch - Đầu tư", "plan"),
        ("Sở KH&ĐT", "plan"),
        ("Sở TT&TT", "media"),
        ("Sở KHCN", "science"),
        ("Ban Dân tộc tỉnh", "ethnic"),
        ("UBND TP Lạng Sơn", "city"),
        ("UBND thành phố Lạng Sơn", "city"),
        ("thành phố Lạng Sơn", "city"),
        ("Uỷ ban nhân dân huyện Cao Lộc", "cao loc"),
        ("huyện Cao Lộc", "cao loc"),
        ("UBND TT Cao Lộc", "cao loc town"),
        ("UBND xã Quý Hoà", "quy hoa"),
        ("UBND xa Quy Hoa", "quy hoa"),
        ("UBND xã Tân Hoà", "tan hoa"),
        ("UBND xã Tân Hoa", "tan hoa'"),
    ],
)
def test_found(index: NameIndex[str], written: str, item: str) -> None:
    assert index.find(written).only == item


@pytest.mark.parametrize("written", ["Sở Ngoại vụ", "Cao Lộc", "UBND xã Tân", "UBND", "", "XYZ"])
def test_not_found(index: NameIndex[str], written: str) -> None:
    assert index.find(written).candidates == ()


def test_two_of_one_name_are_both_given(index: NameIndex[str]) -> None:
    found = index.find("UBND xã Chi Lăng")
    assert (found.only, set(found.candidates)) == (None, {"chi lang 1", "chi lang 2"})


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("UBND thành phố", {"city"}),
        ("Sở Khoa học", {"science"}),
        ("Ban Quản lý Khu kinh tế cửa khẩu", {"zone"}),
        ("Sở", set(NAMES) & {"home", "culture", "farming", "labour", "plan", "media", "science"}),
        ("UBND xã Tân", set()),
        ("UBND huyện Cao", set()),
    ],
)
def test_begun(index: NameIndex[str], written: str, candidates: set[str]) -> None:
    assert set(index.find_begun(written).candidates) == candidates


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("Sở Thông tin và Truền thông", "media"),
        ("Sở Nông nghiệp và Phát triển nông thông", "farming"),
        ("UBND xã Tân Bình", None),
        ("UBND xã Tân Min", None),
        ("Sở Nội vị", None),
        ("Sở Khoa học và Đầu tư", None),
    ],
)
def test_slips_are_forgiven_only_where_nothing_else_is_near(
    index: NameIndex[str], written: str, item: str | None
) -> None:
    assert index.find_near(written).only == item


def test_suggestions_are_the_likest(index: NameIndex[str]) -> None:
    assert index.suggest("UBND xã Tân Bình")[0] == "tan minh"
    assert index.suggest("Sở Ngoại vụ")[0] == "home"
    assert len(index.suggest("UBND xã Tân")) <= 3
    assert index.suggest("Tập đoàn Dầu khí Quốc gia") == []


def test_keys() -> None:
    assert name_key("Sở TN&MT") == name_key("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG")
    assert name_key("Uỷ ban nhân dân tỉnh") == name_key("UBND tỉnh") != name_key("UBND")
