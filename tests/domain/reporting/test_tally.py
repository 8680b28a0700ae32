from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.reporting.test_facts import ALL, CUT, KEPT, SIMPLER
from tinhgon.domain.reporting import (
    COUNTS,
    Fact,
    add_up,
    line_of,
    read_tally,
    round_counts,
    tally,
)


@given(st.lists(st.sampled_from(ALL)))
def test_a_tally_counts_what_the_table_counts(facts: list[Fact]) -> None:
    line = line_of(facts, round_counts(facts))

    assert dict(tally(facts).line.numbers) == dict(line.numbers)


@given(st.lists(st.sampled_from(ALL)))
def test_it_reads_back_as_it_was_written(facts: list[Fact]) -> None:
    counted = tally(facts)
    read = read_tally(counted.to_json())

    assert dict(read.line.numbers) == dict(counted.line.numbers)
    assert read.figures == counted.figures
    assert all(read.facts_behind(key) == counted.facts_behind(key) for key in COUNTS)


@given(st.lists(st.lists(st.sampled_from(ALL))))
def test_tallies_add_up_to_that_of_all_their_facts(parts: list[list[Fact]]) -> None:
    whole = tally([fact for part in parts for fact in part])
    added = add_up(tally(part) for part in parts)

    assert {k: v for k, v in added.numbers.items() if v} == {
        k: v for k, v in whole.numbers.items() if v
    }
    assert added.figures == whole.figures
    assert all(added.facts_behind(key) == whole.facts_behind(key) for key in COUNTS)


def test_rounds_stand_in_their_order_behind_what_was_reviewed() -> None:
    """One agency knows only the second round, another only the first."""
    keys = [each.key for each in add_up([tally([KEPT]), tally([SIMPLER])]).figures]
    at = keys.index("ra-soat")

    assert keys[at + 1 : at + 3] == ["ra-soat-1", "ra-soat-2"]


def test_an_amount_says_how_many_procedures_are_behind_it() -> None:
    counted = tally(ALL)

    assert counted.line.numbers["tiet-kiem"] == Decimal("1500000.5")
    assert counted.facts_behind("tiet-kiem") == 2
    assert counted.facts_behind("cong-bo") == 3
    assert tally([CUT]).facts_behind("chi-phi-sau") == 0


def test_nothing_counted_is_nothing() -> None:
    assert set(tally([]).line.numbers.values()) == {Decimal(0)}
    assert add_up([]).line.share("k2") is None
