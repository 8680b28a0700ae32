"""Which rows of a file are which rows of a sheet, whatever their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.costing import By, Named, RowGroup, Side, pair


def named(text: str) -> Named:
    """Return a row said as "mark|words|how|group|side", of which all but words may be left out."""
    mark, what, how, group, side = (*text.split("|"), "", "", "")[:5]
    return Named(
        frozenset(filter(None, mark.split("+"))),
        RowGroup(group or "other"),
        Side(side or "performing"),
        what,
        how,
    )


def said(rows: list[str], known: list[str]) -> list[str]:
    found = pair([named(row) for row in rows], [named(row) for row in known])
    return [
        f"{each.by} {each.could_be} {each.alike}"
        if each.by is By.UNCLEAR
        else f"{each.by} {each.place}"
        for each in found
    ]


@pytest.mark.parametrize(
    ("rows", "known", "expected"),
    [
        # A mark goes before words, in whatever order they stand.
        (["b|Họp", "a|In"], ["a|Họp", "b|In"], ["mark 1", "mark 0"]),
        (["|Báo cáo", "|Tờ trình"], ["|Tờ trình", "|Báo cáo"], ["words 1", "words 0"]),
        # Words are folded: tones, capitals and spaces do not tell jobs apart.
        (["|HOP  lien nganh"], ["x|Họp liên ngành"], ["words 0"]),
        (["|Họp"], ["x|In"], ["nothing None"]),
        (["y|Họp"], ["x|Họp"], ["words 0"]),  # a mark that nobody knows
        # A row that was copied with its mark: the one that kept its words is it, the other is new.
        (["a|Họp", "a|Họp lần hai"], ["a|Họp"], ["mark 0", "nothing None"]),
        (["a|Họp lần hai", "a|In"], ["a|Họp", "b|In"], ["unclear (0,) (1,)", "unclear (0,) (0,)"]),
        (["a|Họp", "a|Họp"], ["a|Họp"], ["unclear (0,) (1,)", "unclear (0,) (0,)"]),
        # The same words in two groups, or done in two ways, are told apart by these.
        (
            ["|In||submit", "|In||prepare"],
            ["|In||prepare", "|In||submit"],
            ["words 1", "words 0"],
        ),
        (["|In|màu", "|In|đen"], ["|In|đen", "|In|màu"], ["words 1", "words 0"]),
        (["|In||other|deciding", "|In"], ["|In", "|In||other|deciding"], ["words 1", "words 0"]),
        (["|In|đen"], ["|In|màu"], ["words 0"]),  # one of each: no choice
        (["|Họp", "|Họp"], ["|Họp", "|Họp"], ["unclear (0, 1) (1,)", "unclear (0, 1) (0,)"]),
        (["|Họp"], ["p|Họp", "q|Họp"], ["unclear (0, 1) ()"]),
        (["q|Họp", "|Họp"], ["p|Họp", "q|Họp"], ["mark 1", "words 0"]),  # a mark leaves no choice
    ],
)
def test_rows_are_known_again(rows: list[str], known: list[str], expected: list[str]) -> None:
    assert said(rows, known) == expected


names = st.lists(
    st.builds(
        "{}|{}|{}".format,
        st.sampled_from(["", "a", "b", "c"]),
        st.sampled_from(["Họp", "In", "Nộp"]),
        st.sampled_from(["", "x"]),
    ),
    max_size=6,
)


@given(names, st.lists(st.sampled_from(["a|Họp", "b|In", "c|In", "d|Nộp|x"]), unique=True))
def test_no_two_are_the_same_row_and_order_is_nothing(rows: list[str], known: list[str]) -> None:
    found = pair([named(row) for row in rows], [named(row) for row in known])
    places = [each.place for each in found if each.place is not None]
    assert len(places) == len(set(places))
    order = list(reversed(range(len(rows))))
    again = pair([named(rows[n]) for n in order], [named(row) for row in known])
    assert [(found[n].by, found[n].place) for n in order] == [(e.by, e.place) for e in again]
