from __future__ import annotations

from datetime import date

import pytest

from tests.apps.plans.planned_rows import make_rows
from tests.factories import Province, make_user
from tests.factories.plans import make_decided
from tests.factories.procedures import AT
from tinhgon.apps.plans.queries.indicators.asked import Asked
from tinhgon.apps.plans.queries.indicators.counted import counted
from tinhgon.apps.plans.queries.indicators.scope import rounds_of, scope_of
from tinhgon.apps.reports.queries.facts import facts_of
from tinhgon.domain.reporting import line_of, read_fact
from tinhgon.domain.simplification import Stage

TODAY = AT.date()


@pytest.mark.parametrize("seed", range(2))
def test_a_report_counts_what_the_page_of_indicators_counts(province: Province, seed: int) -> None:
    _, decision = make_decided(province.departments[0])
    agencies = [*province.departments, *province.districts]
    rows = make_rows(province.committee, agencies, decision, seed)
    user = make_user(province.committee, "coordinator")
    programme = rows.rounds[0].round.programme
    for on in (date(2024, 5, 1), TODAY, date(2025, 12, 31)):
        facts = facts_of(programme=programme, agency=province.committee, on=on)
        numbers = line_of(facts).numbers
        scope = scope_of(user, rounds_of(user), Asked(programme=programme.pk), on)
        if scope is None:
            continue
        found = counted(user, scope)
        approved, done = found.total(Stage.APPROVED), found.total(Stage.CARRIED_OUT)
        assert numbers["pham-vi"] == approved.listed
        assert numbers["cat-giam"] == approved.cut
        assert numbers["don-gian-hoa"] == approved.simplified
        assert numbers["chi-phi-truoc"] == approved.before
        assert numbers["tiet-kiem"] == approved.saved
        assert numbers["chua-tinh"] == approved.unassessed
        assert numbers["thuc-thi"] == done.k2.part
        assert [read_fact(each.to_json()) for each in facts] == facts
