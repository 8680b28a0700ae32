"""Where a difficulty goes, who is asked at the centre, what is like it, how it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.difficulties import (
    DIFFICULTY,
    Counts,
    Move,
    Passage,
    Station,
    Status,
    centre_on,
    count_standings,
    kinds,
    next_station,
    read_centres,
    read_kinds,
    similar,
    standing_on,
)

_CENTRE = '[[centre]]\nname = "{}"\nsince = {}-01-01\nsource = "b"\n'
_KIND = '[[kind]]\ncode = "a"\nlabel = "{}"\nhint = ""\n'
TOP, OFFICE = Station(1, is_top=True), Station(2)
DISTRICT, COMMUNE, DEPARTMENT, UNIT = Station(3), Station(4), Station(5), Station(6)


@pytest.mark.parametrize(
    ("holder", "parent", "office", "expected"),
    [
        (COMMUNE, DISTRICT, OFFICE, DISTRICT),
        (DISTRICT, TOP, OFFICE, OFFICE),
        (COMMUNE, TOP, OFFICE, OFFICE),  # from 1/7/2025, without districts
        (DEPARTMENT, TOP, OFFICE, OFFICE),
        (UNIT, DEPARTMENT, OFFICE, DEPARTMENT),
        (UNIT, OFFICE, OFFICE, OFFICE),  # the centre of public services below the Office
        (OFFICE, TOP, OFFICE, None),
        (DISTRICT, TOP, None, TOP),  # a province without an Office in the tree
        (TOP, None, OFFICE, None),
        (TOP, None, None, None),
    ],
)
def test_the_way_up_is_one_level_at_a_time(
    holder: Station, parent: Station | None, office: Station | None, expected: Station | None
) -> None:
    assert next_station(holder, parent=parent, office=office) == expected


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 6, 20), "Văn phòng Chính phủ"),
        (date(2026, 1, 9), "Văn phòng Chính phủ"),
        (date(2026, 1, 10), "Bộ Tư pháp"),
    ],
)
def test_who_is_asked_at_the_centre_goes_by_the_day(day: date, name: str) -> None:
    assert centre_on(day).name == name
    assert centre_on(day).source


def test_a_day_before_the_list_begins_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="nobody at the centre"):
        centre_on(date(2010, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        '[[centre]]\nname = "A"\nsince = 2024-01-01',
        '[[centre]]\nname = "A"\nsince = "2024"\nsource = "b"',
        _CENTRE.format("A", 2024) + _CENTRE.format("B", 2023),
    ],
)
def test_a_list_of_the_centre_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="centre"):
        read_centres(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '[[kind]]\ncode = "a"\nlabel = "A"',
        '[[kind]]\ncode = "a"\nlabel = ""\nhint = ""',
        _KIND.format("A") + _KIND.format("B"),
    ],
)
def test_kinds_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        read_kinds(text.encode())


def test_the_kinds_that_ship_cover_what_the_letter_asks_about() -> None:
    assert {"basis", "overlap", "authority", "funds", "it", "staffing", "scope"} <= set(kinds())


KNOWN = {
    1: "Chưa xác định được số lượt thực hiện trong năm của thủ tục cử công chức đi đào tạo nên "
    "không tính được chi phí tuân thủ",
    2: "Thông tư quy định hồ sơ điều động viên chức chưa nêu rõ thành phần hồ sơ",
    3: "Phần mềm một cửa chưa liên thông với hệ thống quản lý văn bản nên phải nhập hai lần",
    4: "Công chức xã kiêm nhiệm nhiều việc, chưa được tập huấn tính chi phí tuân thủ",
}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("khong tinh duoc chi phi tuan thu vi khong biet so luot thuc hien trong nam", [1]),
        ("Không rõ thành phần hồ sơ khi điều động viên chức theo thông tư", [2]),
        ("phần mềm chưa liên thông, phải nhập lại hai lần", [3]),
        ("Xã chưa có người được tập huấn cách tính chi phí tuân thủ", [4]),
        ("Chưa bố trí được kinh phí in ấn biểu mẫu", []),
        ("vướng mắc khi thực hiện thủ tục hành chính nội bộ", []),
        ("", []),
    ],
)
def test_what_speaks_of_the_same_is_found_in_any_words(typed: str, expected: list[int]) -> None:
    assert [key for key, _ in similar(typed, KNOWN)] == expected


def test_no_more_are_shown_than_asked_for() -> None:
    many = dict.fromkeys(range(20), KNOWN[1])

    assert [key for key, _ in similar(KNOWN[1], many, most=3)] == [0, 1, 2]


def walk(*steps: tuple[int, str | None, str], due: date = date(2024, 6, 20)) -> list[Passage]:
    """Return a trail of June 2024: day, move, status after it."""
    return [
        Passage(date(2024, 6, day), Move(move) if move else None, Status(status), 1, 2, due)
        for day, move, status in steps
    ]


LIFE = walk(
    (1, None, "new"),
    (3, "send", "passed_up"),
    (5, "take_on", "in_hand"),
    (10, "answer", "answered"),
    (12, "reopen", "in_hand"),
    (22, "answer", "answered"),
    (25, "accept", "closed"),
)


@pytest.mark.parametrize(
    ("day", "status", "answered_on", "overdue", "late"),
    [
        (1, Status.NEW, None, False, False),
        (4, Status.PASSED_UP, None, False, False),
        (10, Status.ANSWERED, 10, False, False),
        (12, Status.IN_HAND, None, False, False),
        (20, Status.IN_HAND, None, False, False),
        (21, Status.IN_HAND, None, True, False),
        (22, Status.ANSWERED, 22, False, True),
        (30, Status.CLOSED, 22, False, True),
    ],
)
def test_a_day_in_the_past_shows_what_was_true_then(
    day: int, status: Status, answered_on: int | None, overdue: bool, late: bool
) -> None:
    standing = standing_on(LIFE, date(2024, 6, day))

    assert standing is not None
    assert standing.status is status
    assert standing.answered_on == (date(2024, 6, answered_on) if answered_on else None)
    assert (standing.is_overdue, standing.was_answered_late) == (overdue, late)
    assert standing.sent_on == (date(2024, 6, 3) if day >= 3 else None)


def test_nothing_stood_before_it_was_raised() -> None:
    assert standing_on(LIFE, date(2024, 5, 31)) is None


def test_what_was_returned_is_open_and_not_overdue() -> None:
    trail = walk((1, None, "new"), (2, "send", "passed_up"), (3, "return", "returned"))
    standing = standing_on(trail, date(2024, 7, 30))

    assert standing is not None
    assert (standing.is_open, standing.is_overdue) == (True, False)


def test_counts_of_a_day() -> None:
    dropped = walk((1, None, "new"), (2, "send", "passed_up"), (3, "withdraw", "closed"))
    waiting = walk((1, None, "new"), (2, "send", "passed_up"))
    draft = walk((1, None, "new"))
    day = date(2024, 6, 26)
    standings = [standing_on(each, day) for each in (LIFE, dropped, waiting, draft)]

    counts = count_standings(each for each in standings if each)

    assert counts == Counts(
        raised=4, answered=1, open=1, overdue=1, answered_late=1, dropped=1, drafts=1
    )


@given(st.lists(st.sampled_from([m for m in Move if m is not Move.TRANSFER]), max_size=12))
def test_whatever_was_done_each_is_answered_open_dropped_or_a_draft(moves: list[Move]) -> None:
    status, day = Status.NEW, date(2024, 1, 1)
    trail = [Passage(day, None, status, 1, 1, None)]
    for move in moves:
        found = DIFFICULTY.transitions.get((status, move))
        if found is None:
            continue
        status, day = found.to, day + timedelta(days=1)
        trail.append(Passage(day, move, status, 1, 2, date(2024, 1, 3)))
    standing = standing_on(trail, day)

    assert standing is not None
    counts = count_standings([standing])
    assert counts.answered + counts.open + counts.dropped + counts.drafts == 1
    assert standing.is_answered or standing.status is not Status.ANSWERED
