"""Names and groups of letters → the agencies of that day, in the real tree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import Resolution, resolve, successions_since, successors_on

pytestmark = pytest.mark.usefixtures("lang_son")

MARCH = date(2024, 3, 25)
MERGED = date(2025, 5, 1)
TWO_TIERS = date(2025, 7, 15)


def _agency(label: str, on: date = MARCH) -> Agency:
    found = [a for a in Agency.objects.existing_on(on) if a.label == label]
    assert len(found) == 1, label
    return found[0]


def _resolve(*names: str, on: date = MARCH, issuer: str = "UBND tỉnh") -> Resolution:
    return resolve(names, on=on, issuer=_agency(issuer, on))


@pytest.mark.parametrize(
    ("name", "on", "count"),
    [
        ("các sở, ban, ngành", MARCH, 20),
        ("Các sở, ban, ngành thuộc UBND tỉnh", MARCH, 20),
        ("Thủ trưởng các sở, ban, ngành", MARCH, 20),
        ("Thủ trưởng các sở, ban, ngành", MERGED, 15),
        ("UBND các huyện, thành phố", MARCH, 11),
        ("Chủ tịch UBND các huyện, thành phố", MARCH, 11),
        ("UBND cấp huyện", MARCH, 11),
        ("UBND các huyện", MARCH, 10),
        ("UBND các xã, phường", MARCH, 200),
        ("UBND các xã, phường, thị trấn", MARCH, 200),
        ("UBND cấp xã", date(2024, 12, 1), 194),
        ("UBND các phường", MARCH, 5),
        ("UBND các xã, phường", TWO_TIERS, 65),
        ("UBND các phường", TWO_TIERS, 4),
        ("các cơ quan, đơn vị và địa phương", MARCH, 31),
        ("các cơ quan, đơn vị và địa phương", TWO_TIERS, 80),
        ("UBND các xã, thị trấn thuộc huyện Cao Lộc", MARCH, 22),
        ("các sở, ban, ngành (trừ Sở Ngoại vụ, Ban Dân tộc)", MARCH, 18),
    ],
)
def test_groups(name: str, on: date, count: int) -> None:
    found = _resolve(name, on=on)
    assert found.unknown == []
    assert len(found.found) == count
    assert {named_as for _, named_as in found.found} == {name}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("Giám đốc Sở Nội vụ", "Sở Nội vụ"),
        ("SNV", "Sở Nội vụ"),
        ("STP", "Sở Tư pháp"),
        ("Sở Nông nghiệp và PTNT", "Sở NN&PTNT"),
        ("Sở NN&PTNT", "Sở NN&PTNT"),
        ("Sở GD&ĐT", "Sở GD&ĐT"),
        ("Sở LĐ-TB&XH", "Sở LĐ-TB&XH"),
        ("Sở TN&MT", "Sở TN&MT"),
        ("Sở KH&ĐT", "Sở KH&ĐT"),
        ("Sở Văn hoá, Thể thao và Du lịch", "Sở VHTT&DL"),
        ("Sở Văn hóa, Thể thao và Du lịnh", "Sở VHTT&DL"),
        ("Ban Dân tộc tỉnh", "Ban Dân tộc"),
        ("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("Chánh Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("Trung tâm Phục vụ hành chính công tỉnh", "TTPVHCC tỉnh"),
        ("TTPVHCC", "TTPVHCC tỉnh"),
        ("Chánh Thanh tra tỉnh", "Thanh tra tỉnh"),
        ("UBND huyện Cao Lộc", "UBND huyện Cao Lộc"),
        ("Chủ tịch Uỷ ban nhân dân huyện Cao Lộc", "UBND huyện Cao Lộc"),
        ("UBND thành phố", "UBND thành phố Lạng Sơn"),
        ("UBND TP. Lạng Sơn", "UBND thành phố Lạng Sơn"),
        ("UBND xã Gia Cát", "UBND xã Gia Cát"),
        ("UBND xã Hoà Cư", "UBND xã Hòa Cư"),
        ("Chủ tịch UBND tỉnh", "UBND tỉnh"),
    ],
)
def test_single_names(name: str, label: str) -> None:
    found = _resolve(name)
    assert found.unknown == []
    assert [(a.label, named_as) for a, named_as in found.found] == [(label, name)]


def test_a_list_of_names_in_one_phrase() -> None:
    found = _resolve("các sở: Nội vụ, Tư pháp", "UBND các huyện: Cao Lộc, Văn Lãng")
    assert [a.label for a, _ in found.found] == [
        "Sở Nội vụ",
        "Sở Tư pháp",
        "UBND huyện Cao Lộc",
        "UBND huyện Văn Lãng",
    ]


def test_districts_that_are_no_more_are_not_replaced_silently() -> None:
    found = _resolve("UBND các huyện, thành phố", on=TWO_TIERS)
    assert found.found == []
    [unknown] = found.unknown
    assert unknown.reason == "Từ ngày 01/7/2025 không còn cơ quan cấp huyện."


def test_an_agency_that_ended_is_said_to_with_its_heirs() -> None:
    [unknown] = _resolve("Sở Kế hoạch và Đầu tư", on=MERGED).unknown
    assert unknown.reason == "Sở KH&ĐT kết thúc từ ngày 01/3/2025."
    assert unknown.suggestions == ("Sở Tài chính",)


def test_an_agency_that_is_yet_to_come_is_said_to() -> None:
    [unknown] = _resolve("Sở Nông nghiệp và Môi trường").unknown
    assert unknown.reason == "Sở NN&MT chỉ có từ ngày 01/3/2025."


def test_two_of_one_name_are_told_apart_by_their_district() -> None:
    [unknown] = _resolve("UBND xã Chi Lăng").unknown
    assert unknown.reason == "Có 2 cơ quan như vậy."
    assert set(unknown.suggestions) == {
        "UBND xã Chi Lăng, huyện Tràng Định",
        "UBND xã Chi Lăng, huyện Chi Lăng",
    }
    [(agency, _)] = _resolve("UBND xã Chi Lăng, huyện Tràng Định").found
    assert agency.parent is not None
    assert agency.parent.label == "UBND huyện Tràng Định"


@pytest.mark.parametrize(
    "name", ["UBND xã Tân Bính", "Sở Nội vị", "Công an tỉnh", "Cao Lộc", "UBND"]
)
def test_what_is_not_certain_is_unknown_with_few_suggestions(name: str) -> None:
    found = _resolve(name)
    assert found.found == []
    assert [u.name for u in found.unknown] == [name]
    assert len(found.unknown[0].suggestions) <= 3


def test_a_suggestion_can_be_typed_back() -> None:
    [unknown] = _resolve("UBND xã Tân Bính").unknown
    assert unknown.suggestions
    for suggestion in unknown.suggestions:
        assert len(_resolve(suggestion).found) == 1


def test_who_is_not_named_is_unclear() -> None:
    [unknown] = _resolve("các cơ quan, đơn vị có liên quan").unknown
    assert "chọn từng cơ quan" in unknown.reason


def test_a_letter_older_than_the_data_is_said_to_be() -> None:
    issuer = _agency("UBND tỉnh")
    [unknown] = resolve(["các sở, ban, ngành"], on=date(2018, 5, 1), issuer=issuer).unknown
    assert unknown.reason == "Danh mục cơ quan chưa có dữ liệu cho ngày 01/5/2018."


def test_a_district_writes_to_its_own_communes_only() -> None:
    found = _resolve("UBND các xã, thị trấn", issuer="UBND huyện Cao Lộc")
    assert len(found.found) == 22
    [unknown] = _resolve("Sở Nội vụ", issuer="UBND huyện Cao Lộc").unknown
    assert unknown.reason == "Sở Nội vụ không phải cấp dưới của UBND huyện Cao Lộc."
    [unknown] = _resolve("UBND các huyện, thành phố", issuer="UBND huyện Cao Lộc").unknown
    assert unknown.reason == "Cơ quan ban hành không có cơ quan cấp huyện trực thuộc."


def test_a_department_writes_to_whom_its_committee_leads() -> None:
    assert len(_resolve("UBND các huyện, thành phố", issuer="Sở Nội vụ").found) == 11
    assert len(_resolve("các sở, ban, ngành", issuer="Văn phòng UBND tỉnh").found) == 20


def test_a_name_given_twice_is_found_once_and_each_name_keeps_its_own() -> None:
    found = _resolve("Sở Nội vụ", "Sở Nội vụ", "Giám đốc Sở Nội vụ")
    assert [named_as for _, named_as in found.found] == ["Sở Nội vụ", "Giám đốc Sở Nội vụ"]


def test_one_query_for_any_number_of_known_names(django_assert_num_queries: Any) -> None:
    issuer = _agency("UBND tỉnh")
    names = ["các sở, ban, ngành", "UBND các huyện, thành phố", "UBND các xã, phường", "SNV"]
    with django_assert_num_queries(1):
        assert len(resolve(names, on=MARCH, issuer=issuer).found) == 232


def test_a_new_name_counts_from_its_day_on() -> None:
    agency = _agency("Thanh tra tỉnh")
    agency.states.update(ended_on=date(2024, 6, 1))
    agency.states.create(
        name="Thanh tra tỉnh Lạng Sơn mới", started_on=date(2024, 6, 1), parent=agency.parent
    )
    assert _resolve("Thanh tra tỉnh").found[0][0] == agency
    assert _resolve("Thanh tra tỉnh Lạng Sơn mới", on=date(2024, 6, 1)).found[0][0] == agency
    assert not _resolve("Thanh tra tỉnh Lạng Sơn mới").found


@pytest.mark.parametrize(
    ("label", "on", "heirs"),
    [
        ("Sở Tư pháp", TWO_TIERS, [("Sở Tư pháp", True)]),
        ("Sở Nội vụ", MERGED, [("Sở Nội vụ", True), ("Sở DT&TG", False)]),
        ("UBND xã Đại Đồng", date(2025, 1, 1), [("UBND thị trấn Thất Khê", True)]),
        ("UBND xã Đại Đồng", TWO_TIERS, [("UBND xã Thất Khê", True)]),
        ("UBND xã Bính Xá", TWO_TIERS, [("UBND xã Đình Lập", False), ("UBND xã Kiên Mộc", False)]),
        ("UBND xã Sơn Hà", TWO_TIERS, []),
        ("UBND xã Sơn Hà", date(2019, 1, 1), []),
    ],
)
def test_successors_are_followed_to_the_day(
    label: str, on: date, heirs: list[tuple[str, bool]]
) -> None:
    found = successors_on(_agency(label), on)
    assert [(heir.agency.label, heir.is_whole) for heir in found] == heirs


def test_what_nobody_confirmed_stays_marked_down_the_chain() -> None:
    heirs = successors_on(_agency("UBND huyện Cao Lộc"), TWO_TIERS)
    assert [h.agency.label for h in heirs if not h.is_sure] == ["UBND tỉnh"]


def test_successions_since_a_day() -> None:
    rows = successions_since(date(2024, 12, 1), until=date(2025, 3, 1))
    assert {row.on for row in rows} == {date(2024, 12, 1), date(2025, 3, 1)}
    assert len(rows) == 2 + 12
    assert successions_since(date(2025, 3, 2), until=date(2025, 6, 30)) == []
