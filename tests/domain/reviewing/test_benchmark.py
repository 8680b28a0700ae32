from __future__ import annotations

from decimal import Decimal

from tests.domain.reviewing.made import days, record
from tinhgon.domain.procedures import Duration, Unit
from tinhgon.domain.reviewing import Measured, Profile, benchmark, profile_of


def test_ours_against_the_others() -> None:
    ours = profile_of(record(time_limit=days(10)), agency="Sở A", cost=Decimal("1500000.6"))
    others = [
        Profile("Sở B", papers=1, sets=1, steps=3, limit=days(5), cost=Decimal(1000000)),
        Profile("Sở C", papers=4, sets=2, steps=5, limit=Duration(Decimal(16), Unit.HOUR)),
        Profile("Sở D", papers=1, limit=Duration(Decimal(3), Unit.DAY)),
    ]

    found = {each.measured: each for each in benchmark(ours, others)}

    papers = found[Measured.PAPERS]
    assert (papers.ours, papers.least, papers.middle, papers.most) == ("02", "01", "01", "04")
    assert (papers.sign, papers.others, papers.best) == (1, 3, ("Sở B", "Sở D"))
    time = found[Measured.TIME]
    assert (time.ours, time.least, time.others) == ("10 ngày làm việc", "02 ngày làm việc", 2)
    assert time.middle == "3,5 ngày làm việc"
    assert found[Measured.STEPS].sign == -1
    assert found[Measured.COST].ours == "1.500.001"


def test_nobody_to_compare_with() -> None:
    assert benchmark(profile_of(record(), agency="Sở A"), []) == ()


def test_what_only_we_have_is_not_compared() -> None:
    ours = profile_of(record(time_limit=None, dossier_sets=None), agency="Sở A")
    measured = [each.measured for each in benchmark(ours, [Profile("Sở B", steps=2, sets=1)])]

    assert measured == [Measured.PAPERS, Measured.STEPS]


def test_a_cost_is_rounded_as_money_is_and_a_moment_is_no_nothing() -> None:
    ours = profile_of(record(), agency="Sở A", cost=Decimal("2.5"))
    moment = Duration(Decimal("0.0001"), Unit.HOUR)
    others = [Profile("Sở B", cost=Decimal("3.5"), limit=moment)]
    found = {each.measured: each for each in benchmark(ours, others)}

    assert (found[Measured.COST].ours, found[Measured.COST].least) == ("3", "4")
    assert found[Measured.TIME].least == "0,0001 ngày làm việc"
