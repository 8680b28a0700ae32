from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.domain.procedures import Action, Kind, Tier
from tinhgon.domain.publishing import Grouping, Item, arrange, read_positions, resolve, roman

LINES = [
    Item("xa", Action.NEW, Kind.BETWEEN, Tier.COMMUNE, "Đất đai"),
    Item("tinh", Action.NEW, Kind.BETWEEN, Tier.PROVINCE, "Nội vụ"),
    Item("noi-bo", Action.NEW, Kind.INSIDE, Tier.PROVINCE, "Đất đai"),
]


def positions(items: list[Item[str]], grouping: Grouping) -> dict[str, str]:
    return {place.key: place.position for place in arrange(items, grouping)}


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [
        (Grouping.NONE, {"xa": "1", "tinh": "2", "noi-bo": "3"}),
        (Grouping.KIND, {"xa": "A.1", "tinh": "A.2", "noi-bo": "B.1"}),
        (Grouping.TIER, {"tinh": "A.1", "noi-bo": "A.2", "xa": "B.1"}),
        (Grouping.FIELD, {"xa": "I.1", "noi-bo": "I.2", "tinh": "II.1"}),
        (Grouping.KIND_FIELD, {"xa": "A.I.1", "tinh": "A.II.1", "noi-bo": "B.1"}),
        (Grouping.TIER_FIELD, {"tinh": "A.I.1", "noi-bo": "A.II.1", "xa": "B.1"}),
    ],
)
def test_lines_are_numbered_within_their_sections(
    grouping: Grouping, expected: dict[str, str]
) -> None:
    assert positions(LINES, grouping) == expected
    assert [place.key for place in arrange(LINES, grouping)] == list(expected)


def test_each_action_has_a_list_of_its_own_in_the_order_of_the_decree() -> None:
    lines = [
        Item("bo", Action.ABOLISHED),
        Item("sua", Action.AMENDED),
        Item("moi", Action.NEW),
    ]

    places = arrange(lines, Grouping.KIND)

    assert [(place.key, place.position) for place in places] == [
        ("moi", "1.1"),
        ("sua", "2.1"),
        ("bo", "3.1"),
    ]
    assert places[2].section == "Danh mục thủ tục hành chính nội bộ bị bãi bỏ"


def test_a_section_that_would_be_the_only_one_has_no_heading() -> None:
    [place] = arrange([Item("a", Action.NEW, field="Đất đai")], Grouping.KIND_FIELD)

    assert (place.position, place.section) == ("1", "")


def test_the_section_names_all_headings() -> None:
    place = arrange(LINES, Grouping.KIND_FIELD)[1]

    assert place.section == (
        "Thủ tục hành chính nội bộ giữa các cơ quan hành chính nhà nước > Lĩnh vực Nội vụ"
    )


@settings(deadline=None)
@given(st.integers(1, 399))
def test_roman_figures_read_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    written = [values[c] for c in roman(number)]
    total = sum(-v if v < n else v for v, n in zip(written, [*written[1:], 0], strict=True))

    assert total == number


items = st.builds(
    Item,
    st.integers(),
    st.sampled_from(Action),
    st.sampled_from(Kind),
    st.sampled_from(Tier),
    st.sampled_from(["", "Đất đai", "Nội vụ"]),
)


@settings(deadline=None)  # busy machines
@given(st.lists(items, unique_by=lambda i: i.key, max_size=20), st.sampled_from(Grouping))
def test_every_line_has_one_place_and_is_found_by_it_again(
    lines: list[Item[int]], grouping: Grouping
) -> None:
    found = {place.key: place.position for place in arrange(lines, grouping)}

    assert set(found) == {line.key for line in lines}
    assert len(set(found.values())) == len(lines)
    for key, position in found.items():
        [named] = read_positions(f"số thứ tự {position} kèm theo Quyết định số 1/QĐ-UBND")
        [match] = resolve(named, found)
        assert match.lines == (key,)
