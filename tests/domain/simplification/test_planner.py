from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.domain.simplification import (
    Answer,
    Barrier,
    Candidate,
    CostRule,
    CountingRule,
    Least,
    NumberRule,
    OutOfTime,
    Problem,
    Reach,
    Subject,
    Totals,
    Wish,
    choose,
    evaluate,
)

D = Decimal
Saving = Callable[[str, frozenset[str]], Decimal]


def rule(least: str = "0.2", saved: str = "0.2", **values: Any) -> CountingRule:
    return CountingRule(number_target=D(least), cost_target=D(saved), **values)


def adding(savings: Mapping[str, int]) -> Saving:
    """Savings that add up."""
    return lambda procedure, keys: sum((D(savings[key]) for key in keys), D(0))


def subjects(n: int, before: int = 100, agency: str = "") -> list[Subject]:
    return [Subject(f"{agency}p{place}", agency, D(before)) for place in range(n)]


def candidate(key: str, procedure: str, effort: str = "1", **values: Any) -> Candidate:
    return Candidate(key, procedure, D(effort), **values)


def taken(answer: Answer) -> tuple[str, ...]:
    assert answer.choice is not None
    return answer.choice.totals.measures


def test_the_least_effort_that_reaches_both_targets() -> None:
    candidates = [
        candidate("dear", "p0", "9"),
        candidate("cheap", "p1", "2"),
        candidate("cheapest", "p2", "1"),
    ]
    problem = Problem(subjects(5), candidates, adding({"dear": 100, "cheap": 100, "cheapest": 99}))

    answer = choose(problem)

    assert taken(answer) == ("cheap",)
    assert answer.choice is not None
    assert (answer.choice.bound, answer.choice.is_proven) == (D(2), True)
    assert answer.choice.gap(Least.EFFORT) == 0
    [reached] = answer.choice.totals.reached
    assert reached.number_ratio == D("0.2")
    assert reached.cost_ratio == D("0.2")


def test_the_next_best_does_without_something() -> None:
    candidates = [candidate("a", "p0", "1"), candidate("b", "p1", "3"), candidate("c", "p2", "2")]
    answer = choose(Problem(subjects(5), candidates, adding({"a": 100, "b": 100, "c": 100})))

    assert taken(answer) == ("a",)
    assert answer.choice is not None
    assert answer.choice.next_best is not None
    assert answer.choice.next_best.measures == ("c",)


def test_a_hair_short_is_short() -> None:
    """0.1 + 0.2 of floating point must not pass for the target."""
    big = 10**15
    candidates = [candidate("short", "p0", "1"), candidate("enough", "p0", "2", ends=True)]
    savings = adding({"short": big // 5 - 1, "enough": big // 5})
    problem = Problem([Subject("p0", before=D(big))], candidates, savings)

    assert taken(choose(problem)) == ("enough",)


def test_measures_on_one_procedure_are_valued_together() -> None:
    values = {
        frozenset({"a"}): D(10),
        frozenset({"b"}): D(15),
        frozenset({"a", "b"}): D(20),
    }
    problem = Problem(
        [Subject("p0", before=D(100))],
        [candidate("a", "p0", "1"), candidate("b", "p0", "1")],
        lambda procedure, keys: values[keys],
    )

    assert taken(choose(problem)) == ("a", "b")


def test_abolition_stands_alone() -> None:
    candidates = [candidate("end", "p0", "1", ends=True), candidate("paper", "p0", "1")]
    wish = Wish(rule(saved="1"), locked_in=frozenset({"paper"}))

    problem = Problem(subjects(1), candidates, adding({"end": 100, "paper": 5}))

    assert taken(choose(replace(problem, wish=replace(wish, locked_in=frozenset())))) == ("end",)
    answer = choose(replace(problem, wish=wish))
    assert answer.choice is None
    assert Barrier.LOCKED_IN in answer.unreached[0].barriers


def test_locks_are_kept() -> None:
    candidates = [candidate(key, f"p{n}", str(n + 1)) for n, key in enumerate("abc")]
    problem = Problem(subjects(5), candidates, adding(dict.fromkeys("abc", 100)))

    out = choose(replace(problem, wish=Wish(locked_out=frozenset("a"))))
    kept = choose(replace(problem, wish=Wish(locked_in=frozenset("c"))))

    assert taken(out) == ("b",)
    assert taken(kept) == ("c",)


def test_two_measures_that_exclude_each_other_are_not_both_taken() -> None:
    candidates = [candidate(key, f"p{n}", str(n + 1)) for n, key in enumerate("abc")]
    problem = Problem(
        subjects(5),
        candidates,
        adding(dict.fromkeys("abc", 100)),
        Wish(rule("0.4", "0.4"), exclusions=(frozenset("ab"),)),
    )

    assert taken(choose(problem)) == ("a", "c")


def test_each_agency_reaches_its_own_targets() -> None:
    scope = [*subjects(2, agency="A"), *subjects(2, agency="B")]
    candidates = [
        candidate("a1", "Ap0", "1"),
        candidate("a2", "Ap1", "1"),
        candidate("b1", "Bp0", "9"),
    ]
    problem = Problem(scope, candidates, adding({"a1": 100, "a2": 100, "b1": 100}))
    each = replace(problem, wish=Wish(reach=Reach.EACH_AGENCY))
    budget = replace(each, wish=replace(each.wish, effort_budget=D(10)))

    assert len(taken(choose(problem))) == 1
    for asked in (each, budget):
        answer = choose(asked)
        assert len(taken(answer)) == 2
        assert answer.choice is not None
        assert [r.agency for r in answer.choice.totals.reached] == ["A", "B"]
        assert answer.choice.is_proven
        assert answer.choice.bound == 10


def test_an_agency_out_of_reach_does_not_keep_the_others_from_theirs() -> None:
    scope = [*subjects(2, agency="A"), *subjects(2, agency="B")]
    problem = Problem(
        scope,
        [candidate("a", "Ap0")],
        adding({"a": 100}),
        Wish(reach=Reach.EACH_AGENCY),
    )

    answer = choose(problem)

    assert taken(answer) == ("a",)
    [miss] = answer.unreached
    assert (miss.agency, miss.most_counted, miss.needed_counted) == ("B", 0, 1)
    assert miss.barriers == (Barrier.MEASURES,)


def test_under_a_common_budget_only_those_are_named_that_fall_short() -> None:
    scope = [*subjects(2, agency="A"), *subjects(2, agency="B")]
    candidates = [candidate("a", "Ap0", "1"), candidate("b", "Bp0", "9")]
    problem = Problem(
        scope,
        candidates,
        adding({"a": 100, "b": 100}),
        Wish(reach=Reach.EACH_AGENCY, effort_budget=D(5)),
    )

    answer = choose(problem)

    assert answer.choice is None
    [miss] = answer.unreached
    assert (miss.agency, miss.most_counted, miss.needed_counted) == ("B", 0, 1)
    assert miss.barriers == (Barrier.BUDGET,)


BARRIERS: dict[str, tuple[Wish, set[Barrier]]] = {
    "number": (Wish(rule("0.6", "0.1")), {Barrier.NUMBER_TARGET}),
    "cost": (Wish(rule("0.2", "0.9")), {Barrier.COST_TARGET}),
    "both": (Wish(rule("0.6", "0.9")), {Barrier.MEASURES}),
    "locked out": (Wish(locked_out=frozenset("a")), {Barrier.LOCKED_OUT, Barrier.COST_TARGET}),
    "budget": (Wish(effort_budget=D("0.5")), {Barrier.BUDGET}),
    "exclusions": (
        Wish(rule("0.4", "0.1"), exclusions=(frozenset("ab"),)),
        {Barrier.EXCLUSIONS, Barrier.NUMBER_TARGET},
    ),
}


@pytest.mark.parametrize("case", BARRIERS)
def test_what_stands_in_the_way(case: str) -> None:
    wish, barriers = BARRIERS[case]
    candidates = [candidate("a", "p0", "1"), candidate("b", "p1", "1")]
    problem = Problem(subjects(5), candidates, adding({"a": 100, "b": 50}), wish)

    answer = choose(problem)

    assert answer.choice is None
    [miss] = answer.unreached
    assert set(miss.barriers) == barriers


def test_what_is_the_most_within_reach() -> None:
    candidates = [candidate("a", "p0", "1"), candidate("b", "p1", "1")]
    wish = Wish(rule("0.6", "0.9"), effort_budget=D(1))
    [miss] = choose(Problem(subjects(5), candidates, adding({"a": 100, "b": 50}), wish)).unreached

    assert (miss.most_counted, miss.needed_counted) == (1, 3)
    assert miss.most_saved == D(100)
    assert miss.needed_saved == D(450)


def test_what_earlier_rounds_reached_counts_once() -> None:
    scope = [
        Subject("p0", before=D(100), counted=True, saved=D(60)),
        *(Subject(f"p{n}", before=D(100)) for n in range(1, 5)),
    ]
    candidates = [candidate("more", "p0", "1"), candidate("other", "p1", "1")]
    problem = Problem(scope, candidates, adding({"more": 40, "other": 40}))

    assert taken(choose(problem)) in {("more",), ("other",)}
    more = replace(problem, wish=Wish(rule("0.4", "0.2")))
    assert taken(choose(more)) == ("other",)


def test_k1_counts_only_what_ends() -> None:
    candidates = [candidate("paper", "p0", "1"), candidate("end", "p1", "5", ends=True)]
    wish = Wish(rule("0.2", "0", number=NumberRule.K1))

    assert taken(
        choose(Problem(subjects(5), candidates, adding({"paper": 9, "end": 9}), wish))
    ) == ("end",)


def test_c_prime_is_held_against_the_procedures_with_plans() -> None:
    candidates = [candidate("some", "p0", "1"), candidate("much", "p1", "2")]
    wish = Wish(rule("0.2", "0.2", cost=CostRule.C_PRIME))

    found = choose(Problem(subjects(5), candidates, adding({"some": 19, "much": 20}), wish))

    assert taken(found) == ("much",)


def test_the_shortest_time_and_then_the_least_effort() -> None:
    candidates = [
        candidate("slow", "p0", "1", days=90),
        candidate("quick", "p1", "5", days=30),
        candidate("quick and light", "p2", "4", days=30),
    ]
    savings = adding(dict.fromkeys([each.key for each in candidates], 100))
    problem = Problem(subjects(5), candidates, savings, Wish(least=Least.TIME))

    answer = choose(problem)

    assert taken(answer) == ("quick and light",)
    assert answer.choice is not None
    assert answer.choice.bound == 30
    assert taken(choose(replace(problem, wish=Wish(least=Least.EFFORT)))) == ("slow",)


def test_a_procedure_with_many_measures_is_planned_from_exact_values() -> None:
    keys = [f"m{n:02}" for n in range(12)]

    def saving(procedure: str, chosen: frozenset[str]) -> Decimal:
        return D(100) * (1 - D("0.95") ** len(chosen))

    problem = Problem(
        [Subject("p0", before=D(100))], [candidate(key, "p0") for key in keys], saving
    )

    answer = choose(problem)

    assert answer.choice is not None
    assert answer.choice.partial == ("p0",)
    assert not answer.choice.is_proven
    assert answer.choice.totals.is_enough
    assert len(answer.choice.totals.measures) == 5


def test_nothing_is_to_be_done_where_the_targets_are_reached() -> None:
    scope = [Subject("p0", before=D(100), counted=True, saved=D(20))]

    answer = choose(Problem(scope, [], adding({})))

    assert taken(answer) == ()
    assert answer.choice is not None
    assert answer.choice.next_best is None


def test_nothing_spent_before_is_no_target() -> None:
    problem = Problem(subjects(5, before=0), [candidate("a", "p0")], adding({"a": 0}))

    [reached] = evaluate(problem, taken(choose(problem))).reached

    assert reached.needed_saved is None
    assert reached.cost_ratio is None
    assert reached.is_enough


def test_two_things_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="key of its own"):
        Problem(subjects(1), [candidate("a", "p0"), candidate("a", "p0")], adding({}))
    with pytest.raises(ValueError, match="out of scope"):
        Problem(subjects(1), [candidate("a", "other")], adding({}))


KEYS = "abcdefg"


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    agencies = draw(st.sampled_from([[""], ["A", "B"]]))
    scope = [
        Subject(
            f"p{n}",
            draw(st.sampled_from(agencies)),
            D(draw(st.integers(0, 50))),
            counted := draw(st.integers(0, 9)) == 0,
            D(draw(st.integers(0, 5))) if counted else D(0),
        )
        for n in range(draw(st.integers(1, 5)))
    ]
    candidates = [
        Candidate(
            key,
            draw(st.sampled_from(scope)).key,
            D(draw(st.integers(0, 8))) / 2,
            draw(st.integers(1, 5)),
            draw(st.integers(1, 4)) * 30,
            draw(st.integers(0, 3)) == 0,
        )
        for key in KEYS[: draw(st.integers(0, len(KEYS)))]
    ]
    worth = {each.key: D(draw(st.integers(0, 40))) / 3 for each in candidates}
    overlap = draw(st.sampled_from([D("1"), D("0.8"), D("1.1")]))

    def saving(procedure: str, keys: frozenset[str]) -> Decimal:
        return sum((worth[key] for key in sorted(keys)), D(0)) * overlap ** (len(keys) - 1)

    some = st.frozensets(st.sampled_from(KEYS), max_size=1)
    wish = Wish(
        rule=CountingRule(
            draw(st.sampled_from(NumberRule)),
            draw(st.sampled_from(CostRule)),
            D(draw(st.integers(0, 10))) / 10,
            D(draw(st.integers(0, 10))) / 10,
        ),
        least=draw(st.sampled_from(Least)),
        reach=draw(st.sampled_from(Reach)),
        locked_in=draw(some),
        locked_out=draw(some),
        exclusions=tuple(
            draw(st.lists(st.frozensets(st.sampled_from(KEYS), min_size=2, max_size=3), max_size=1))
        ),
        effort_budget=draw(st.none() | st.integers(0, 20).map(D)),
        agency_budgets=draw(
            st.sampled_from([{}, {"A": D(3)}, {"A": D(5), "B": D("2.5")}, {"": D(6)}])
        ),
    )
    return Problem(scope, candidates, saving, wish)


def every_choice(problem: Problem) -> Iterator[Totals]:
    """Every choice that keeps to locks, exclusions and budgets."""
    wish, candidates = problem.wish, {each.key: each for each in problem.candidates}
    agency = {each.key: each.agency for each in problem.subjects}
    locked = wish.locked_in & candidates.keys()
    for size in range(len(candidates) + 1):
        for keys in combinations(sorted(candidates), size):
            chosen = [candidates[key] for key in keys]
            ends = {each.procedure for each in chosen if each.ends}
            if any(sum(c.procedure == procedure for c in chosen) > 1 for procedure in ends):
                continue
            if not locked <= set(keys) or set(keys) & wish.locked_out:
                continue
            if any(len(set(keys) & each) > 1 for each in wish.exclusions):
                continue
            totals = evaluate(problem, keys)
            if wish.effort_budget is not None and totals.effort > wish.effort_budget:
                continue
            if any(
                sum((c.effort for c in chosen if agency[c.procedure] == name), D(0)) > budget
                for name, budget in wish.agency_budgets.items()
            ):
                continue
            yield totals


@settings(max_examples=150)
@given(problems())
def test_no_choice_is_better_than_the_one_chosen(problem: Problem) -> None:
    least = problem.wish.least
    enough = [totals for totals in every_choice(problem) if totals.is_enough]

    answer = choose(problem)

    if not enough:
        assert answer.unreached
        return
    assert answer.unreached == ()
    assert answer.choice is not None
    totals = answer.choice.totals
    assert totals in enough
    assert totals == evaluate(problem, totals.measures)
    assert totals.amount(least) == min(each.amount(least) for each in enough)
    assert answer.choice.is_proven
    assert answer.choice.gap(least) == 0


@settings(max_examples=80)
@given(problems())
def test_the_next_best_is_the_best_that_gives_something_up(problem: Problem) -> None:
    problem = replace(problem, wish=replace(problem.wish, reach=Reach.WHOLE))
    least = problem.wish.least
    answer = choose(problem)
    if answer.choice is None:
        return
    chosen = set(answer.choice.totals.measures)
    others = [
        totals
        for totals in every_choice(problem)
        if totals.is_enough and not chosen <= set(totals.measures)
    ]
    found = answer.choice.next_best
    assert bool(others) == (found is not None)
    if found is not None:
        assert found.amount(least) == min(each.amount(least) for each in others)


@settings(max_examples=60)
@given(problems(), st.randoms())
def test_the_order_of_what_is_asked_changes_nothing(problem: Problem, order: Any) -> None:
    mixed_subjects, mixed_candidates = list(problem.subjects), list(problem.candidates)
    order.shuffle(mixed_subjects)
    order.shuffle(mixed_candidates)

    other = choose(replace(problem, subjects=mixed_subjects, candidates=mixed_candidates))

    assert other == choose(problem)


@settings(max_examples=80)
@given(problems())
def test_the_most_within_reach_is_the_most(problem: Problem) -> None:
    problem = replace(problem, wish=replace(problem.wish, reach=Reach.WHOLE))
    answer = choose(problem)
    possible = list(every_choice(problem))
    if answer.choice is not None or not possible:
        return
    [miss] = answer.unreached
    assert miss.most_counted == max(each.reached[0].counted for each in possible)
    assert miss.most_saved == max(each.reached[0].saved for each in possible)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    candidates = [candidate("a", "p0", "1"), candidate("b", "p1", "3")]
    choose(Problem(subjects(5), candidates, adding({"a": 100, "b": 100})))

    assert capfd.readouterr() == ("", "")


def test_the_last_digit_of_a_sum_does_not_depend_on_the_order_of_procedures() -> None:
    worth = {"a": D(1) / 3, "b": D(1) / 3, "c": D(1)}
    scope = [Subject(f"p{n}", before=D(9)) for n in range(3)]
    candidates = [candidate(key, f"p{n}") for n, key in enumerate(worth)]

    def saving(procedure: str, keys: frozenset[str]) -> Decimal:
        return sum((worth[key] for key in keys), D(0))

    totals = {
        evaluate(Problem(list(order), candidates, saving), worth) for order in permutations(scope)
    }
    assert len(totals) == 1


def test_what_could_not_be_tried_in_time_is_not_called_impossible() -> None:
    candidates = [candidate(f"m{place}", f"p{place}", "2") for place in range(50)]
    problem = Problem(
        subjects(50), candidates, adding({each.key: 90 for each in candidates}), Wish(rule())
    )

    with pytest.raises(OutOfTime):
        choose(problem, seconds=0.0)

    assert len(taken(choose(problem))) >= 10
