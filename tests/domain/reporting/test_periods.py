from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tinhgon.domain.deadlines import Due, DueKind, last_working_day
from tinhgon.domain.reporting import Cycle, Tier, read_regime, seed_regime
from tinhgon.domain.workdays import official_calendar

REGIME = seed_regime()
CALENDAR = official_calendar(range(2023, 2028))

SPANS = [
    (Cycle.QUARTER, 2024, 1, date(2023, 12, 15), date(2024, 3, 14)),  # over a year's end, leap day
    (Cycle.QUARTER, 2025, 1, date(2024, 12, 15), date(2025, 3, 14)),
    (Cycle.QUARTER, 2024, 2, date(2024, 3, 15), date(2024, 6, 14)),
    (Cycle.QUARTER, 2024, 3, date(2024, 6, 15), date(2024, 9, 14)),
    (Cycle.QUARTER, 2024, 4, date(2024, 9, 15), date(2024, 12, 14)),
    (Cycle.HALF, 2024, 1, date(2023, 12, 15), date(2024, 6, 14)),
    (Cycle.HALF, 2024, 2, date(2024, 6, 15), date(2024, 12, 14)),
    (Cycle.YEAR, 2024, 1, date(2023, 12, 15), date(2024, 12, 14)),
    (Cycle.YEAR, 2025, 1, date(2024, 12, 15), date(2025, 12, 14)),
]


@pytest.mark.parametrize(("cycle", "year", "number", "start", "end"), SPANS)
def test_figures_are_cut_off_on_day_14(
    cycle: Cycle, year: int, number: int, start: date, end: date
) -> None:
    found = REGIME.periodic(cycle, year, number)

    assert (found.from_on, found.to_on) == (start, end)


@pytest.mark.parametrize(
    ("today", "cycle", "year", "number"),
    [
        (date(2024, 11, 26), Cycle.YEAR, 2024, 1),  # a quarter and a half end with it
        (date(2024, 12, 25), Cycle.YEAR, 2024, 1),
        (date(2024, 12, 26), Cycle.QUARTER, 2025, 1),
        (date(2024, 3, 26), Cycle.HALF, 2024, 1),
        (date(2024, 7, 1), Cycle.QUARTER, 2024, 3),
    ],
)
def test_the_period_that_goes_up_next(today: date, cycle: Cycle, year: int, number: int) -> None:
    assert REGIME.next_due(today) == (cycle, year, number)


@pytest.mark.parametrize("cycle", list(Cycle))
@pytest.mark.parametrize("year", range(2019, 2031))
def test_the_periods_of_a_year_follow_one_another_without_gap(cycle: Cycle, year: int) -> None:
    spans = [REGIME.periodic(cycle, year, n + 1) for n in range(REGIME.count(cycle))]
    spans.append(REGIME.periodic(cycle, year + 1, 1))

    assert spans[0].from_on == date(year - 1, 12, 15)
    for before, after in pairwise(spans):
        assert (after.from_on - before.to_on).days == 1


@pytest.mark.parametrize(
    ("tier", "day"),
    [(Tier.COMMUNE, 18), (Tier.DISTRICT, 20), (Tier.DEPARTMENT, 20), (Tier.PROVINCE, 25)],
)
def test_each_tier_sends_in_the_last_month(tier: Tier, day: int) -> None:
    assert REGIME.periodic(Cycle.QUARTER, 2024, 1).due_on[tier] == date(2024, 3, day)
    assert REGIME.periodic(Cycle.YEAR, 2024).due_on[tier] == date(2024, 12, day)


@pytest.mark.parametrize(
    ("cycle", "year", "number", "tier", "due_on", "working"),
    [
        # Saturday 20/12/2025 stays the last day; the last working day is Friday.
        (Cycle.YEAR, 2025, 1, Tier.DISTRICT, date(2025, 12, 20), date(2025, 12, 19)),
        (Cycle.YEAR, 2027, 1, Tier.COMMUNE, date(2027, 12, 18), date(2027, 12, 17)),
        (Cycle.QUARTER, 2023, 1, Tier.PROVINCE, date(2023, 3, 25), date(2023, 3, 24)),
        (Cycle.YEAR, 2024, 1, Tier.PROVINCE, date(2024, 12, 25), date(2024, 12, 25)),
    ],
)
def test_a_day_of_sending_does_not_move_when_it_is_a_day_off(
    cycle: Cycle, year: int, number: int, tier: Tier, due_on: date, working: date
) -> None:
    found = REGIME.periodic(cycle, year, number).due_on[tier]

    assert found == due_on
    assert last_working_day(Due(DueKind.BY, named_day=found), CALENDAR) == working


def test_the_swapped_saturday_is_a_working_day() -> None:
    """A period whose day was set to Saturday 04/5/2024, on which Monday 29/4 was made up for."""
    assert last_working_day(Due(DueKind.BY, named_day=date(2024, 5, 4)), CALENDAR) == date(
        2024, 5, 4
    )


@pytest.mark.parametrize(
    ("cycle", "year", "number", "name"),
    [
        (Cycle.YEAR, 2024, 1, "Văn phòng Chính phủ"),
        (Cycle.YEAR, 2025, 1, "Văn phòng Chính phủ"),  # goes up on 25/12/2025
        (Cycle.QUARTER, 2026, 1, "Bộ Tư pháp"),
        (Cycle.YEAR, 2026, 1, "Bộ Tư pháp"),
    ],
)
def test_the_addressee_follows_the_day_on_which_it_goes_up(
    cycle: Cycle, year: int, number: int, name: str
) -> None:
    assert REGIME.periodic(cycle, year, number).addressee.name == name


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 1, 9), "Văn phòng Chính phủ"), (date(2026, 1, 10), "Bộ Tư pháp")],
)
def test_the_day_on_which_the_addressee_changes(day: date, name: str) -> None:
    assert REGIME.addressee_on(day).name == name


def test_nobody_received_reports_before_there_was_a_rule() -> None:
    with pytest.raises(ValueError, match="nobody"):
        REGIME.addressee_on(date(2009, 1, 1))


@pytest.mark.parametrize(
    ("cycle", "number"), [(Cycle.QUARTER, 0), (Cycle.QUARTER, 5), (Cycle.HALF, 3), (Cycle.YEAR, 2)]
)
def test_a_period_that_is_none(cycle: Cycle, number: int) -> None:
    with pytest.raises(ValueError, match="no"):
        REGIME.periodic(cycle, 2024, number)


@pytest.mark.parametrize(
    ("cycle", "number", "words"),
    [
        (Cycle.QUARTER, 2, "quý II năm 2024"),
        (Cycle.HALF, 1, "6 tháng đầu năm 2024"),
        (Cycle.HALF, 2, "6 tháng cuối năm 2024"),
        (Cycle.YEAR, 1, "năm 2024"),
    ],
)
def test_a_period_is_named_as_letters_name_it(cycle: Cycle, number: int, words: str) -> None:
    assert REGIME.periodic(cycle, 2024, number).name.endswith(words)


def test_what_is_not_sure_says_so() -> None:
    found = REGIME.periodic(Cycle.YEAR, 2024)

    assert str(found.sending) == "Thông tư số 01/2020/TT-VPCP (chưa đối chiếu)"
    assert "(chưa đối chiếu)" in str(found.cut_off)
    assert str(REGIME.addressee_on(date(2026, 2, 1)).basis).endswith("Bộ Tư pháp")


def test_the_sections_are_those_of_the_narrative() -> None:
    titles = [each.title.partition(" ")[0] for each in REGIME.sections]

    assert titles == ["I.", "II.1.", "II.2.", "II.3.", "III.", "IV.", "V."]
    assert len({each.key for each in REGIME.sections}) == len(titles)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"cut_off = []\nsending = []\naddressee = []\nsection = []",
        b'[[cut_off]]\nkind = "decade"',
    ],
)
def test_rules_that_lack_a_part_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_regime(data)
