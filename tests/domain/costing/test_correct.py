from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tinhgon.domain.costing import (
    BadFigure,
    Confidence,
    Note,
    Sides,
    Term,
    correct,
    correct_all,
    split,
    state,
)

from .sheets import row, sheet

NOW = sheet(row("a", hours=8), row("b", hours=4))
FOLLOWS = Note(Term.HOURS, follows=True, share=Fraction(1, 2), low=Decimal(1), high=Decimal(3))
SIDES = Sides(NOW, replace(NOW, rows=(NOW.rows[0], NOW.rows[1].with_value(FOLLOWS, Decimal(2)))))
NOTE = Note(Term.HOURS, source="Bấm giờ", by="Hoa", confidence=Confidence.MEDIUM)


def test_a_figure_that_was_the_same_moves_on_both_sides() -> None:
    found = correct(SIDES, "a", NOTE, Decimal(6))
    assert found.now.rows[0] == found.after.rows[0]
    assert found.now.rows[0].note(Term.HOURS) == NOTE
    assert split(SIDES, found).real_cut == 0


def test_a_figure_that_follows_keeps_its_share() -> None:
    found = correct(SIDES, "b", NOTE, Decimal(10))
    after = found.after.rows[1]
    assert after.hours == 5
    assert after.note(Term.HOURS) == Note(
        Term.HOURS, follows=True, share=Fraction(1, 2), confidence=Confidence.MEDIUM
    )
    assert split(SIDES, found).real_cut == 0


def test_a_share_from_before_shares_were_kept_is_told_by_the_figures() -> None:
    old = Note(Term.HOURS, follows=True)
    sides = Sides(NOW, replace(NOW, rows=(NOW.rows[0], NOW.rows[1].with_value(old, Decimal(2)))))
    found = correct(sides, "b", NOTE, Decimal(0))
    assert found.after.rows[1].note(Term.HOURS).share == Fraction(1, 2)
    assert correct(found, "b", NOTE, Decimal(6)).after.rows[1].hours == 3


@pytest.mark.parametrize("share", [Fraction(1, 3), Fraction(1, 2), Fraction(5, 7), Fraction(0)])
@pytest.mark.parametrize("between", [["0"], ["0.01"], ["7", "0", "0.0003", "10000"], []])
def test_a_figure_typed_again_leaves_the_cut_as_it_was(share: Fraction, between: list[str]) -> None:
    now = sheet(row("a", hours=16))
    cut = Note(Term.HOURS, follows=True, share=share)
    part = round(Decimal(16) * share.numerator / share.denominator, 4)
    after = now.rows[0].with_value(cut, part)
    start = Sides(now, replace(now, rows=(after,)))
    found = start
    for typed in (*between, "16"):
        found = correct(found, "a", NOTE, Decimal(typed))
    assert found.after.rows[0].hours == after.hours
    assert found.after.rows[0].note(Term.HOURS).share == share
    assert split(start, found).real_cut == 0


@pytest.mark.parametrize("stated", ["0", "1", "5"])
@pytest.mark.parametrize("between", ["0", "1", "5"])
def test_what_was_stated_outlives_a_now_that_was_the_same_for_a_while(
    stated: str, between: str
) -> None:
    found = state(Sides(NOW, NOW), "a", NOTE, Decimal(stated))
    for typed in (between, "8"):
        found = correct(found, "a", NOTE, Decimal(typed))
    assert [found.now.rows[0].hours, found.after.rows[0].hours] == [8, Decimal(stated)]


def test_what_is_stated_as_it_is_now_is_the_same_again() -> None:
    cut = state(Sides(NOW, NOW), "a", NOTE, Decimal(1))
    found = correct(state(cut, "a", NOTE, Decimal(8)), "a", NOTE, Decimal(9))
    assert found.after.rows[0].hours == 9


def test_what_was_stated_for_later_stays() -> None:
    stated = state(SIDES, "a", NOTE, Decimal(1))
    assert stated.now == NOW
    assert correct(stated, "a", NOTE, Decimal(9)).after.rows[0].hours == 1


def test_times_and_subjects_of_the_whole() -> None:
    subjects = Note(Term.SUBJECTS, source="Báo cáo")
    found = correct_all(SIDES, subjects, Decimal(20))
    assert [found.now.subjects, found.after.subjects] == [20, 20]
    times = Note(Term.TIMES)
    less = correct_all(found, times, Decimal("0.5"), after=True)
    assert [less.now.times, less.after.times] == [1, Decimal("0.5")]
    assert [one.times for one in (correct_all(less, times, Decimal(3)).after,)] == [Decimal("0.5")]
    assert less.now.note(None, Term.SUBJECTS) == subjects


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadFigure):
        correct(SIDES, "a", NOTE, Decimal(-1))
    with pytest.raises(KeyError):
        state(SIDES, "z", NOTE, Decimal(1))
