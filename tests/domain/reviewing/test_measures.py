"""What the rules suggest can be taken as it is: a measure that simplification applies."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.reviewing.made import TODAY, days, record
from tinhgon.domain.procedures import Basis, CopyKind, Manner, Paper, Record, Step
from tinhgon.domain.reviewing import Facts, Profile, Twin, shipped_rules, suggestions
from tinhgon.domain.simplification import Measure, MeasureKind, find_conflicts, targets

RICH = record(
    steps=(
        Step(1, "Lấy ý kiến các sở", "Phòng A", days(1), "Công văn"),
        Step(2, "Xin ý kiến Bộ", "Phòng B", days(1), "Công văn"),
        Step(3, "Tổng hợp", "Phòng B", days(1), "Báo cáo"),
        Step(4, "Chuyển hồ sơ", "Văn thư", days(1)),
    ),
    papers=(
        Paper("Văn bản của Sở Nội vụ", CopyKind.CERTIFIED),
        Paper("Sơ yếu lý lịch"),
        Paper("Tờ trình"),
    ),
    dossier_sets=3,
    time_limit=days(30),
    conditions=("Có uy tín",),
    bases=(Basis("Thông tư 1", "01/2010/TT-BNV", ended_on=date(2020, 1, 1)),),
)
FACTS = Facts(
    TODAY,
    cases=0,
    elsewhere=tuple(Profile(f"Sở {n}", limit=days(5)) for n in range(3)),
    twins=(Twin("NB-00007", "Cấp thẻ"),),
)


def test_between_them_the_examples_try_every_rule() -> None:
    found = {
        each.rule
        for of in (RICH, record(manners=(Manner.POST,)))
        for each in suggestions(of, FACTS)
    }

    assert found == {rule.id for rule in shipped_rules()}


@pytest.mark.parametrize("of", [RICH, record(manners=(Manner.POST,))])
def test_each_suggestion_is_a_measure_on_a_part_that_is_there(of: Record) -> None:
    for each in suggestions(of, FACTS):
        measure = Measure(MeasureKind(each.measure), each.target, each.value)
        assert each.target in {target.key for target in targets(of, measure.kind)}, each
        assert not find_conflicts(of, [measure]), each
