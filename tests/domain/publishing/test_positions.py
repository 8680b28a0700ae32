from __future__ import annotations

import pytest

from tinhgon.domain.publishing import read_positions, resolve

QD = "Quyết định số 12/QĐ-UBND ngày 05/01/2024 của Chủ tịch Ủy ban nhân dân tỉnh"


@pytest.mark.parametrize(
    ("text", "numbers", "markers"),
    [
        (f"số thứ tự 01, 02 mục A Danh mục kèm theo {QD}", ("1", "2"), ("muc A",)),
        (f"các thủ tục tại STT 3; 5 và 7 kèm theo {QD}", ("3", "5", "7"), ()),
        (f"thủ tục số 10 Mục B Phần I Phụ lục II {QD}", ("10",), ("muc B", "phan I", "phu luc II")),
        (f"từ số thứ tự 2 đến số thứ tự 5 mục II {QD}", ("2", "3", "4", "5"), ("muc II",)),
        (f"số thứ tự XI.1, XI.25 của mục 1 {QD}", ("XI.1", "XI.25"), ("muc 1",)),
        (f"STT 3-5 {QD}", ("3", "4", "5"), ()),
        (f"13 thủ tục tại mục B {QD}", (), ("muc B",)),
        (f"Bãi bỏ toàn bộ {QD}", (), ()),
    ],
)
def test_places_are_read(text: str, numbers: tuple[str, ...], markers: tuple[str, ...]) -> None:
    [named] = read_positions(text)

    assert named.numbers == numbers
    assert tuple(" ".join(marker) for marker in named.markers) == markers
    assert named.document.code == "12/QĐ-UBND"


def test_places_in_two_sections_are_two_and_share_the_part_around_them() -> None:
    first, second = read_positions(f"số 1, 2 mục A và số 4 mục B Phần I {QD}")

    assert (first.numbers, first.markers) == (("1", "2"), (("muc", "A"), ("phan", "I")))
    assert (second.numbers, second.markers) == (("4",), (("muc", "B"), ("phan", "I")))


def test_each_decision_has_its_own_places() -> None:
    found = read_positions(f"số thứ tự 1 mục A {QD}; số thứ tự 2 Quyết định số 9/QĐ-UBND")

    assert [(named.document.code, named.numbers) for named in found] == [
        ("12/QĐ-UBND", ("1",)),
        ("9/QĐ-UBND", ("2",)),
    ]


@pytest.mark.parametrize("text", ["", "số thứ tự 01 mục A", f"theo {QD}", "5 đến 2"])
def test_what_names_no_place_gives_none(text: str) -> None:
    assert read_positions(text) == ()


def test_a_range_that_runs_backwards_is_two_numbers() -> None:
    [named] = read_positions(f"số thứ tự 7 đến 3 {QD}")

    assert named.numbers == ("7", "3")


POSITIONS = {
    "a1": "A.1",
    "a2": "A.2",
    "b1": "B.1",
    "b10": "B.10",
    "deep": "B.XI.1",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số thứ tự 01, 02 mục A", [("1", ("a1",)), ("2", ("a2",))]),
        ("số thứ tự 1 mục A Phần I", [("1", ("a1",))]),  # the only part is no part of positions
        ("số thứ tự 2", [("2", ("a2",))]),
        ("số thứ tự XI.1", [("XI.1", ("deep",))]),
        ("số thứ tự 9 mục A", [("9", ())]),
        ("số thứ tự 1 mục C", [("1", ())]),
        ("số thứ tự 10 mục B", [("10", ("b10",))]),
        ("tại mục A", [("A.1", ("a1",)), ("A.2", ("a2",))]),
        ("tại mục C", [("mục C", ())]),
    ],
)
def test_places_are_found_in_the_annex(
    text: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    [named] = read_positions(f"{text} {QD}")

    assert [(match.asked, match.lines) for match in resolve(named, POSITIONS)] == expected


def test_a_number_that_stands_in_two_sections_is_not_clear() -> None:
    [named] = read_positions(f"số thứ tự 1 {QD}")

    [match] = resolve(named, POSITIONS)

    assert not match.is_clear
    assert match.lines == ("a1", "b1", "deep")


def test_a_full_position_means_one_line_though_others_end_alike() -> None:
    [named] = read_positions(f"số thứ tự 2.1 {QD}")

    [match] = resolve(named, {"list": "2.1", "deep": "1.A.2.1"})

    assert match.lines == ("list",)


def test_a_whole_decision_means_all_of_its_lines() -> None:
    [named] = read_positions(f"thay thế {QD}")

    assert named.is_whole
    assert [m.lines for m in resolve(named, POSITIONS)] == [(key,) for key in POSITIONS]
