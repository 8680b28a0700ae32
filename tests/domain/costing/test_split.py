from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from tinhgon.domain.costing import Note, Sheet, Side, Sides, Split, Term, compare, split

from .sheets import few, hourly, row, sheet, sides

A, B = row("a", hours=8), row("b", hours=2)
NOW = sheet(A, B, subjects=1, hourly=hourly(1_000))
CUT = replace(NOW, rows=(A, replace(B, gone="Bỏ bước 2")))


def change(was: Sides, became: Sides) -> tuple[int, int, int, int]:
    found = split(was, became)
    return int(found.was), int(found.became), int(found.re_estimate), int(found.real_cut)


def test_another_step_less_is_a_real_cut() -> None:
    later = replace(NOW, rows=(replace(A, gone="Bỏ bước 1"), CUT.rows[1]))
    assert change(Sides(NOW, CUT), Sides(NOW, later)) == (2_000, 10_000, 0, 8_000)


def test_better_hours_on_both_sides_are_none() -> None:
    now = replace(NOW, rows=(A, replace(B, hours=Decimal(5))))
    after = replace(now, rows=(A, replace(now.rows[1], gone="Bỏ bước 2")))
    found = split(Sides(NOW, CUT), Sides(now, after))
    assert [found.re_estimate, found.real_cut] == [3_000, 0]
    (only,) = found.corrections
    assert (only.key, only.term) == ("b", Term.HOURS)
    assert [only.was, only.became] == [2, 5]


def test_a_new_norm_and_more_subjects_are_none() -> None:
    def later(one: Sheet) -> Sheet:
        return replace(one, hourly=hourly(3_000), subjects=Decimal(2))

    found = split(Sides(NOW, CUT), Sides(later(NOW), later(CUT)))
    assert found == Split(
        Decimal(2_000), Decimal(12_000), Decimal(10_000), Decimal(0), found.corrections
    )
    assert [(each.key, each.term) for each in found.corrections] == [
        ("", Term.HOURLY),
        ("", Term.SUBJECTS),
    ]


def test_fewer_times_after_stay_the_same_cut() -> None:
    often = replace(NOW, times=Decimal(12))
    seldom = replace(NOW, times=Decimal(4))
    now = replace(often, rows=(replace(A, hours=Decimal(10)), B))
    after = replace(now, times=Decimal(4))
    assert change(Sides(often, seldom), Sides(now, after)) == (80_000, 96_000, 16_000, 0)


def test_a_share_of_a_corrected_figure_stays_that_share() -> None:
    follows = Note(Term.HOURS, follows=True, share=Fraction(1, 2))
    half = A.with_value(follows, Decimal(4))
    corrected = replace(A, hours=Decimal(12))
    after = corrected.with_value(follows, Decimal(6))
    was = Sides(NOW, replace(NOW, rows=(half, B)))
    now = replace(NOW, rows=(corrected, B))
    assert change(was, Sides(now, replace(now, rows=(after, B)))) == (4_000, 6_000, 2_000, 0)


def test_rows_that_come_and_go() -> None:
    new = row("c", hours=3)
    now = replace(NOW, rows=(A, new))
    was_after = replace(NOW, rows=(A, row("d", hours=1)))
    after = replace(NOW, rows=(A, row("d", hours=1)))
    found = split(Sides(NOW, was_after), Sides(now, after))
    # Before: 2 hours less, 1 more. Later b is none of the procedure, and 3 hours of c go.
    assert [found.was, found.became] == [1_000, 2_000]
    assert [found.re_estimate, found.real_cut] == [-2_000, 3_000]
    assert [(each.key, each.term) for each in found.corrections] == [("c", None), ("b", None)]


def test_a_forgotten_job_of_what_was_abolished_is_no_cut() -> None:
    now = replace(NOW, rows=(A,))
    found = row("c", hours=5)
    more = replace(NOW, rows=(A, found))

    def abolished(one: Sheet) -> Sheet:
        return replace(one, rows=tuple(replace(each, gone="Bãi bỏ thủ tục") for each in one.rows))

    was = Sides(now, abolished(now))
    assert change(was, Sides(more, abolished(more))) == (8_000, 13_000, 5_000, 0)
    left_out = replace(more, rows=abolished(now).rows)
    assert change(was, Sides(more, left_out)) == (8_000, 13_000, 5_000, 0)
    # The only job known was cut, but the one found later is still done: nothing is saved by it.
    kept = replace(more, rows=(*abolished(now).rows, found))
    assert change(was, Sides(more, kept)) == (8_000, 8_000, 0, 0)


def test_a_job_that_others_do_afterwards_stays_that_cut() -> None:
    def handed_over(one: Sheet) -> Sheet:
        return replace(one, rows=(one.rows[0], replace(one.rows[1], side=Side.DECIDING)))

    more = replace(NOW, rows=(A, replace(B, hours=Decimal(3))))
    was = Sides(NOW, handed_over(NOW))
    assert change(was, Sides(more, handed_over(more))) == (2_000, 3_000, 1_000, 0)


def test_a_row_that_was_left_out_after_is_cut() -> None:
    was = Sides(NOW, replace(NOW, rows=(A,)))
    now = replace(NOW, rows=(A, replace(B, hours=Decimal(3))))
    assert change(was, Sides(now, replace(now, rows=(A,)))) == (2_000, 3_000, 1_000, 0)


@few
@given(sides(2), sides(2))
def test_both_shares_make_up_the_whole_change(one: Sides, other: Sides) -> None:
    was = Sides(one.now, one.after)
    became = Sides(
        replace(other.now, include_deciding=one.now.include_deciding),
        replace(other.after, include_deciding=one.now.include_deciding),
    )
    found = split(was, became)
    assert Fraction(found.re_estimate) + Fraction(found.real_cut) == (
        Fraction(found.became) - Fraction(found.was)
    )
    assert found.became == compare(became.now, became.after).saved


@few
@given(sides(2))
def test_what_did_not_change_has_neither(both: Sides) -> None:
    found = split(both, both)
    assert [found.re_estimate, found.real_cut] == [0, 0]
    assert found.corrections == ()
