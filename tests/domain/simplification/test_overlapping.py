from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.simplification import (
    Growth,
    Listed,
    Planned,
    PlannedAgain,
    Stage,
    growth,
    growth_of_one,
)

DAYS = st.none() | st.integers(0, 5).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
AMOUNTS = st.none() | st.integers(0, 10_000)
PLANS = st.builds(PlannedAgain, st.booleans(), AMOUNTS, AMOUNTS, DAYS, DAYS, DAYS, DAYS)


def said_by_growth(before: int | None, plans: Sequence[PlannedAgain]) -> list[Growth]:
    """Return the same from the rule as it is written down."""
    planned = [
        Planned(0, number, plan.cut, _money(plan.before), _money(plan.after), *plan[3:])
        for number, plan in enumerate(plans)
    ]
    return [
        Growth(
            stage,
            step.on,
            step.share.cut,
            step.share.simplified,
            int(step.share.saved),
            int(step.share.before),
        )
        for stage in Stage
        for step in growth([Listed(0, _money(before))], planned, stage=stage)
    ]


def _money(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


@given(AMOUNTS, st.lists(PLANS, min_size=1, max_size=4))
def test_a_pattern_says_what_the_rule_says(before: int | None, plans: list[PlannedAgain]) -> None:
    if before is None:  # what is assessed in a plan is assessed
        plans = [plan._replace(before=None) for plan in plans]
    assert list(growth_of_one(before, plans)) == said_by_growth(before, plans)
