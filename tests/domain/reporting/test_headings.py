from __future__ import annotations

import pytest

from tinhgon.domain.reporting import followed, free_key


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("A B C", "A B C", [0, 1, 2]),
        ("A B C", "C a B", [2, 0, 1]),  # the same words wherever they stand
        ("A B C", "A X C", [0, 1, 2]),  # renamed
        ("A B C D", "B X D", [1, 2, 3]),  # one gone, one renamed
        ("A B C", "X A Y", [None, 0, None]),  # two went after A, one came
        ("A B C", "A C", [0, 2]),
        ("A B C", "A N B C", [0, None, 1, 2]),
        ("A B", "N M B", [None, None, 1]),  # one went, two came: nobody knows which is which
    ],
)
def test_headings_go_on_by_their_words(old: str, new: str, found: list[int | None]) -> None:
    assert followed(old.split(), new.split()) == found


@pytest.mark.parametrize(
    ("wanted", "order", "key"),
    [("kien-nghi", 2, "muc-4"), ("chi-dao", 2, "chi-dao"), ("", 5, "muc-5"), ("", 3, "muc-4")],
)
def test_keys_of_sections_stay_apart(wanted: str, order: int, key: str) -> None:
    assert free_key(wanted, order, {"kien-nghi", "muc-2", "muc-3"}) == key
