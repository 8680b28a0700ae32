from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.costing import (
    REACH_WORDS,
    Confidence,
    Note,
    Reach,
    Row,
    Sheet,
    Sides,
    Term,
    band,
    confidence,
    figure_band,
    money,
    saving_band,
)
from tinhgon.domain.vntext import format_share

from .sheets import few, row, sheet, sides

TARGET = Decimal("0.2")


def unsure(one: Row, term: Term, low: str, high: str) -> Row:
    value = one.value(term)
    return one.with_value(Note(term, low=Decimal(low), high=Decimal(high)), value)


@pytest.mark.parametrize(
    ("note", "ends"),
    [
        (Note(Term.HOURS), ("10", "10")),
        (Note(Term.HOURS, confidence=Confidence.HIGH), ("10", "10")),
        (Note(Term.HOURS, confidence=Confidence.MEDIUM), ("8", "12")),
        (Note(Term.HOURS, confidence=Confidence.LOW), ("5", "20")),
        (Note(Term.HOURS, confidence=Confidence.LOW, low=Decimal(9)), ("9", "20")),
        (Note(Term.HOURS, low=Decimal(9), high=Decimal(14)), ("9", "14")),
        # Ends on the wrong side of the figure leave it standing.
        (Note(Term.HOURS, low=Decimal(11), high=Decimal(7)), ("10", "10")),
    ],
)
def test_the_ends_of_a_figure(note: Note, ends: tuple[str, str]) -> None:
    found = figure_band(Term.HOURS, Decimal(10), note)
    assert [found.low, found.likely, found.high] == [Decimal(ends[0]), 10, Decimal(ends[1])]


def test_no_end_lies_beyond_what_can_be() -> None:
    found = figure_band(Term.HOURS, Decimal(9_000), Note(Term.HOURS, confidence=Confidence.LOW))
    assert found.high == 10_000


def test_the_cost_lies_between_all_low_and_all_high() -> None:
    one = sheet(
        unsure(row("prepare", hours=10), Term.HOURS, "8", "12"), row("submit", hours=1), subjects=1
    )
    found = band(one)
    assert [money(x) for x in (found.low, found.likely, found.high)] == [
        money(Decimal(9 * 48_248)),
        money(Decimal(11 * 48_248)),
        money(Decimal(13 * 48_248)),
    ]


def test_how_sure_a_sheet_is_says_its_least_sure_figure() -> None:
    low = row("a", hours=1).with_value(Note(Term.HOURS, confidence=Confidence.LOW), Decimal(1))
    high = row("b", hours=1).with_value(Note(Term.HOURS, confidence=Confidence.HIGH), Decimal(1))
    assert confidence(sheet()) is None
    assert confidence(sheet(high)) is Confidence.HIGH
    assert confidence(sheet(high, low)) is Confidence.LOW
    assert confidence(sheet(high, replace(low, gone="Bỏ"))) is Confidence.HIGH
    note = Note(Term.SUBJECTS, confidence=Confidence.MEDIUM)
    assert confidence(sheet(high, notes=(note,))) is Confidence.MEDIUM


def test_the_number_of_subjects_does_not_matter_to_the_share() -> None:
    now = sheet(
        row("a", hours=8),
        row("b", hours=2),
        notes=(Note(Term.SUBJECTS, confidence=Confidence.LOW),),
    )
    after = replace(now, rows=(now.rows[0], replace(now.rows[1], gone="Bỏ bước")))
    found = saving_band(Sides(now, after))
    assert found.ratio is not None
    assert (found.ratio.low, found.ratio.high) == (TARGET, TARGET)
    assert found.reach(TARGET) is Reach.CERTAIN
    assert found.saved.low < found.saved.likely < found.saved.high


@pytest.mark.parametrize(
    ("low", "high", "reach", "words"),
    [
        # 2 of 10 hours are cut; the doubt of the 8 that stay decides whether that is 20%.
        ("7", "8", Reach.CERTAIN, "chắc chắn đạt"),
        ("7", "9", Reach.POSSIBLE, "có thể đạt"),
        ("8", "8", Reach.CERTAIN, "chắc chắn đạt"),
    ],
)
def test_what_doubt_does_to_the_target(low: str, high: str, reach: Reach, words: str) -> None:
    stays = unsure(row("a", hours=8), Term.HOURS, low, high)
    now = sheet(stays, row("b", hours=2))
    found = saving_band(Sides(now, replace(now, rows=(stays,))))
    assert found.reach(TARGET) is reach
    assert REACH_WORDS[reach] == words


def test_a_saving_that_never_reaches_the_target_and_one_that_is_not_defined() -> None:
    now = sheet(row("a", hours=9), row("b", hours=1))
    after = replace(now, rows=now.rows[:1])
    assert saving_band(Sides(now, after)).reach(TARGET) is Reach.MISSED
    nothing = replace(now, subjects=Decimal(0))
    assert saving_band(Sides(nothing, nothing)).reach(TARGET) is Reach.UNDEFINED


def test_no_share_where_the_cost_before_may_be_nothing() -> None:
    maybe = unsure(row("a", hours=1), Term.HOURS, "0", "2")
    after = sheet(row("b", hours=1))
    assert saving_band(Sides(sheet(maybe), after)).ratio is None


def test_no_row_at_all() -> None:
    found = saving_band(Sides(sheet(), sheet()))
    assert [found.saved.low, found.saved.high] == [0, 0]
    assert found.ratio is None


def test_a_saving_is_as_sure_as_the_least_sure_figure_of_both_sides() -> None:
    sure, guessed = (
        sheet(row("a", hours=2).with_value(Note(Term.HOURS, confidence=each), Decimal(2)))
        for each in (Confidence.HIGH, Confidence.LOW)
    )
    for now, after in ((sure, guessed), (guessed, sure)):
        assert saving_band(Sides(now, after)).confidence is Confidence.LOW
    assert saving_band(Sides(sure, sure)).confidence is Confidence.HIGH


def test_a_figure_that_follows_is_one_unknown() -> None:
    before = unsure(row("sets", hours=2), Term.HOURS, "1", "4")
    half = Note(Term.HOURS, low=Decimal("0.5"), high=Decimal(2), follows=True)
    now = sheet(before)
    after = sheet(before.with_value(half, Decimal(1)))
    found = saving_band(Sides(now, after))
    assert found.ratio is not None
    assert format_share(found.ratio.low) == format_share(found.ratio.high) == "50,00%"
    apart = sheet(before.with_value(replace(half, follows=False), Decimal(1)))
    doubtful = saving_band(Sides(now, apart))
    assert doubtful.ratio is not None
    assert doubtful.ratio.low < 0 < doubtful.ratio.high


def test_the_ends_are_those_of_the_worst_and_of_the_best_case() -> None:
    """All combinations of ends by hand: hours are one unknown, subjects are two."""
    stays = unsure(row("a", hours=8), Term.HOURS, "6", "9")
    goes = unsure(row("b", hours=2), Term.HOURS, "1", "4")
    subjects = Note(Term.SUBJECTS, low=Decimal(5), high=Decimal(20))
    fewer = Note(Term.SUBJECTS, low=Decimal(3), high=Decimal(12))
    now = sheet(stays, goes, notes=(subjects,), subjects=10)
    after = replace(sheet(stays, notes=(fewer,), subjects=6), hourly=now.hourly)
    hour = now.hourly.value * now.times
    found = saving_band(Sides(now, after))

    cases = [
        (hour * (a + b) * many, hour * a * few_)
        for a in (Decimal(6), Decimal(9))
        for b in (Decimal(1), Decimal(4))
        for many in (Decimal(5), Decimal(20))
        for few_ in (Decimal(3), Decimal(12))
    ]
    assert found.saved.low == min(before - later for before, later in cases)
    assert found.saved.high == max(before - later for before, later in cases)
    assert found.ratio is not None
    shares = [(before - later) / before for before, later in cases]
    assert abs(found.ratio.low - min(shares)) < Decimal("1e-9")
    assert abs(found.ratio.high - max(shares)) < Decimal("1e-9")


def test_a_long_sheet_with_every_figure_in_doubt_is_reckoned() -> None:
    """What is combined does not grow with the rows, nor with what each side has for itself."""
    low = Confidence.LOW
    notes = [Note(term, confidence=low) for term in (Term.HOURLY, Term.TIMES, Term.SUBJECTS)]
    rows = [
        row(f"r{n}", hours=n + 1).with_value(Note(Term.HOURS, confidence=low), Decimal(n + 1))
        for n in range(300)
    ]
    now = sheet(*rows, notes=tuple(notes), subjects=10)
    after = replace(sheet(*rows[:150], notes=tuple(notes), subjects=6), times=now.times)
    found = saving_band(Sides(now, after))

    assert found.saved.low < found.saved.likely < found.saved.high


@few
@given(sides(2), st.randoms())
def test_whatever_the_true_figures_are_the_saving_lies_in_its_band(
    both: Sides, random: Random
) -> None:
    found = saving_band(both)
    for _ in range(4):
        shares: dict[object, Fraction] = {}
        now, after = (_true_year(both, side, shares, random) for side in (both.now, both.after))
        assert Fraction(found.saved.low) <= now - after <= Fraction(found.saved.high)
        if found.ratio is not None and now:
            share = (now - after) / now
            assert Fraction(found.ratio.low) - _NEAR <= share <= Fraction(found.ratio.high) + _NEAR


_NEAR = Fraction(1, 10**6)


def _true_year(
    both: Sides, side: Sheet, shares: dict[object, Fraction], random: Random
) -> Fraction:
    """Return the cost with true figures between their ends, those that both sides share alike."""
    cost = Fraction(0)
    for one in side.rows:
        if side.counts(one):
            at = {t: _true(both, side, one, t, shares, random) for t in Term}
            once = at[Term.HOURS] * at[Term.HOURLY] + at[Term.SERVICES] + at[Term.FEES]
            cost += once * at[Term.TIMES] * at[Term.SUBJECTS]
    return cost


def _true(
    both: Sides,
    side: Sheet,
    one: Row,
    term: Term,
    shares: dict[object, Fraction],
    random: Random,
) -> Fraction:
    value = side.value(one, term)
    if side is both.after and one.note(term).follows and value:
        value = next((r.value(term) for r in both.now.rows if r.key == one.key), None) or value
    is_own = one.value(term) is not None
    share = shares.setdefault(
        (one.key if is_own else "", term, value), Fraction(random.randint(0, 4), 4)
    )
    ends = figure_band(term, side.value(one, term), side.note(one, term))
    return Fraction(ends.low) + share * (Fraction(ends.high) - Fraction(ends.low))
