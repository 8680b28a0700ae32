from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.procedures import Act, Action, Conflict, Fault, find_cycle, standing

NEW, AMENDED, REPLACED = Action.NEW, Action.AMENDED, Action.REPLACED
STANDARDISED, ABOLISHED = Action.STANDARDISED, Action.ABOLISHED


def act(
    line: str,
    action: Action,
    version: str | None,
    on: str,
    signed: str = "2020-01-01",
    order: int = 0,
) -> Act[str]:
    return Act(line, action, version, date.fromisoformat(on), date.fromisoformat(signed), order)


CASES: dict[str, tuple[list[Act[str]], str, list[Conflict[str]]]] = {
    "nothing known": ([], "", []),
    "published": ([act("a", NEW, "1", "2020-03-01")], "1: 2020-03-01 a – …", []),
    "amended and abolished": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", AMENDED, "2", "2021-03-01"),
            act("c", ABOLISHED, None, "2022-03-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2021-03-01 b – 2022-03-01 c",
        [],
    ),
    "standardised, then another procedure in its place": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", STANDARDISED, "2", "2021-03-01"),
            act("c", REPLACED, None, "2022-03-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2021-03-01 b – 2022-03-01 c",
        [],
    ),
    "takes the place of another procedure": (
        [act("a", REPLACED, "1", "2020-03-01")],
        "1: 2020-03-01 a – …",
        [],
    ),
    "replaced by a version of its own": (
        [act("a", NEW, "1", "2020-03-01"), act("b", REPLACED, "2", "2021-03-01")],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2021-03-01 b – …",
        [],
    ),
    "abolished and published again": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", ABOLISHED, None, "2021-03-01"),
            act("c", NEW, "2", "2022-03-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2022-03-01 c – …",
        [],
    ),
    "a decision between two others becomes known last": (
        [
            act("a", NEW, "1", "2020-03-01", "2020-02-01"),
            act("c", AMENDED, "3", "2022-03-01", "2022-02-01"),
            act("b", AMENDED, "2", "2021-03-01", "2023-02-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2021-03-01 b – 2022-03-01 c; 3: 2022-03-01 c – …",
        [],
    ),
    "signed to end later, amended before": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", ABOLISHED, None, "2025-07-01", "2023-01-01"),
            act("c", AMENDED, "2", "2024-03-01", "2024-01-01"),
        ],
        "1: 2020-03-01 a – 2024-03-01 c; 2: 2024-03-01 c – 2025-07-01 b",
        [],
    ),
    "ended and begun anew on one day": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", ABOLISHED, None, "2021-03-01", order=1),
            act("c", NEW, "2", "2021-03-01", order=2),
        ],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2021-03-01 c – …",
        [],
    ),
    "two versions on one day, the one signed later prevails": (
        [
            act("b", AMENDED, "2", "2021-03-01", "2021-02-02"),
            act("c", AMENDED, "3", "2021-03-01", "2021-02-01"),
            act("a", NEW, "1", "2020-03-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 c; 2: 2021-03-01 b – …",
        [Conflict(Fault.SAME_DAY, "b", "c")],
    ),
    "two lines of one decision on one procedure": (
        [
            act("b", NEW, "2", "2021-03-01", order=2),
            act("a", NEW, "1", "2021-03-01", order=1),
        ],
        "2: 2021-03-01 b – …",
        [Conflict(Fault.SAME_DAY, "b", "a")],
    ),
    "published and abolished on one day": (
        [
            act("a", NEW, "1", "2021-03-01", "2021-02-01"),
            act("b", ABOLISHED, None, "2021-03-01", "2021-02-02"),
        ],
        "",
        [Conflict(Fault.SAME_DAY, "b", "a")],
    ),
    "new though in force": (
        [act("a", NEW, "1", "2020-03-01"), act("b", NEW, "2", "2021-03-01")],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2021-03-01 b – …",
        [Conflict(Fault.NEW_THOUGH_IN_FORCE, "b", "a")],
    ),
    "abolishes what was never published": (
        [act("a", ABOLISHED, None, "2020-03-01")],
        "",
        [Conflict(Fault.ENDS_NOTHING, "a")],
    ),
    "abolished twice": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", ABOLISHED, None, "2021-03-01"),
            act("c", ABOLISHED, None, "2022-03-01"),
            act("d", REPLACED, None, "2022-03-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 b",
        [Conflict(Fault.ENDS_NOTHING, "c"), Conflict(Fault.ENDS_NOTHING, "d")],
    ),
    "amends what was never published": (
        [act("a", AMENDED, "1", "2020-03-01")],
        "1: 2020-03-01 a – …",
        [Conflict(Fault.AMENDS_NOTHING, "a")],
    ),
    "standardises what is abolished": (
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", ABOLISHED, None, "2021-03-01"),
            act("c", STANDARDISED, "2", "2022-03-01"),
        ],
        "1: 2020-03-01 a – 2021-03-01 b; 2: 2022-03-01 c – …",
        [Conflict(Fault.AMENDS_NOTHING, "c")],
    ),
}


@pytest.mark.parametrize(("acts", "periods", "conflicts"), CASES.values(), ids=CASES.keys())
def test_what_was_in_force_when(
    acts: list[Act[str]], periods: str, conflicts: list[Conflict[str]]
) -> None:
    found = standing(acts)
    shown = "; ".join(
        f"{p.version}: {p.start} {p.begun_by} – " + (f"{p.end} {p.ended_by}" if p.end else "…")
        for p in found.periods
    )
    assert shown == periods
    assert list(found.conflicts) == conflicts


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2020-02-29", None),
        ("2020-03-01", "1"),
        ("2021-02-28", "1"),
        ("2021-03-01", "2"),
        ("2022-02-28", "2"),
        ("2022-03-01", None),
        ("2023-03-01", "3"),
        ("2099-01-01", "3"),
    ],
)
def test_on_a_day(day: str, version: str | None) -> None:
    found = standing(
        [
            act("a", NEW, "1", "2020-03-01"),
            act("b", AMENDED, "2", "2021-03-01"),
            act("c", ABOLISHED, None, "2022-03-01"),
            act("d", NEW, "3", "2023-03-01"),
        ]
    )
    period = found.on(date.fromisoformat(day))
    assert (period.version if period else None) == version


@pytest.mark.parametrize(
    ("action", "version"),
    [(ABOLISHED, "1"), (NEW, None), (AMENDED, None), (STANDARDISED, None)],
)
def test_an_action_that_contradicts_its_version_is_refused(
    action: Action, version: str | None
) -> None:
    with pytest.raises(ValueError, match=action):
        act("a", action, version, "2020-03-01")


@st.composite
def acts(draw: st.DrawFn) -> list[Act[int]]:
    found = []
    for line in range(draw(st.integers(0, 8))):
        action = draw(st.sampled_from(Action))
        ends = action is ABOLISHED or (action is REPLACED and draw(st.booleans()))
        on, signed_on = (draw(st.dates(date(2024, 1, 1), date(2024, 1, 6))) for _ in range(2))
        found.append(Act(line, action, None if ends else -line, on, signed_on, line))
    return found


@given(acts(), st.data())
def test_any_history(found: list[Act[int]], data: st.DataObject) -> None:
    history = standing(found)
    shuffled = data.draw(st.permutations(found))
    assert standing(shuffled) == history, "the order in which decisions become known is nothing"

    for before, after in pairwise(history.periods):
        assert before.end is not None
        assert before.start < before.end <= after.start
    by_line = {a.line: a for a in found}
    for period in history.periods:
        assert (by_line[period.begun_by].version, by_line[period.begun_by].on) == (
            period.version,
            period.start,
        )
        assert (period.end is None) is (period.ended_by is None)
        assert period.end is None or by_line[period.ended_by or 0].on == period.end

    visible = {p.begun_by for p in history.periods} | {p.ended_by for p in history.periods}
    visible |= {c.line for c in history.conflicts} | {c.other for c in history.conflicts}
    assert set(by_line) <= visible, "no act is lost"

    for day in (date(2024, 1, n) for n in range(1, 8)):
        known = [a for a in found if a.on <= day]
        last = max(known, key=lambda a: (a.on, a.signed_on, a.order), default=None)
        period_on = history.on(day)
        assert (period_on.version if period_on else None) == (last.version if last else None)


@pytest.mark.parametrize(
    ("replaces", "circle"),
    [
        ({}, ()),
        ({"b": ["a"], "c": ["a", "b"]}, ()),
        ({"a": ["a"]}, ("a", "a")),
        ({"b": ["a"], "a": ["b"]}, ("a", "b", "a")),
        ({"b": ["a"], "c": ["b"], "a": ["c"], "d": ["c"]}, ("a", "b", "c", "a")),
    ],
)
def test_circles_of_replacement(replaces: dict[str, list[str]], circle: tuple[str, ...]) -> None:
    found = find_cycle(replaces)
    assert sorted(set(found)) == sorted(set(circle))
    assert found[:1] == found[-1:]
    for former, later in pairwise(found):
        assert former in replaces[later]
