from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tinhgon.domain.procedures import Act, Action, Severity, Status
from tinhgon.domain.publishing import (
    Cause,
    Days,
    Ended,
    Known,
    Line,
    Problem,
    check_days,
    check_lines,
    lead_time_on,
)
from tinhgon.domain.workdays import WorkCalendar

TODAY = date(2024, 7, 8)
DAYS = Days(TODAY, issued_on=date(2024, 7, 1), effective_on=date(2024, 7, 15))


def act(line: str, action: Action, version: str | None, on: date) -> Act[str]:
    return Act(line, action, version, on, on)


IN_FORCE = [act("old-new", Action.NEW, "v1", date(2024, 1, 1))]
ABOLISHED = [*IN_FORCE, act("old-end", Action.ABOLISHED, None, date(2024, 5, 1))]
LATER = [*IN_FORCE, act("later", Action.AMENDED, "v3", date(2024, 8, 1))]
SAME_DAY = [*IN_FORCE, act("twin", Action.AMENDED, "v3", date(2024, 7, 15))]
AHEAD = [act("ahead", Action.NEW, "v1", date(2024, 9, 1))]
DECISIONS = {
    "old-new": "Quyết định số 1",
    "old-end": "Quyết định số 2",
    "later": "Quyết định số 3",
    "twin": "Quyết định số 4",
    "ahead": "Quyết định số 5",
}


def line(action: Action, **values: Any) -> Line[str]:
    version = None if action is Action.ABOLISHED else "v2"
    status = None if version is None else Status.SUBMITTED
    base = Line("l1", "A.1 Thủ tục", action, "p", version, status=status)
    return replace(base, **values)


def causes(
    lines: list[Line[str]], acts: list[Act[str]], days: Days = DAYS, **known: Any
) -> list[Cause]:
    return [problem.cause for problem in problems(lines, acts, days, **known)]


def problems(
    lines: list[Line[str]], acts: list[Act[str]], days: Days = DAYS, **known: Any
) -> tuple[Problem[str], ...]:
    seen = Known(acts={"p": acts, **known.pop("others", {})}, decisions=DECISIONS, **known)
    return check_lines(lines, days=days, known=seen, needed=Status.SUBMITTED)


@pytest.mark.parametrize(
    ("action", "acts", "expected"),
    [
        (Action.NEW, [], []),
        (Action.NEW, ABOLISHED, []),
        (Action.NEW, IN_FORCE, [Cause.ALREADY_IN_FORCE]),
        (Action.NEW, AHEAD, [Cause.DISTURBS]),
        (Action.AMENDED, IN_FORCE, []),
        (Action.AMENDED, [], [Cause.NEVER_IN_FORCE]),
        (Action.AMENDED, ABOLISHED, [Cause.NOT_IN_FORCE]),
        (Action.AMENDED, SAME_DAY, [Cause.SAME_DAY]),
        (Action.AMENDED, LATER, []),
        (Action.STANDARDISED, [], [Cause.NEVER_IN_FORCE]),
        (Action.ABOLISHED, IN_FORCE, []),
        (Action.ABOLISHED, [], [Cause.NEVER_IN_FORCE]),
        (Action.ABOLISHED, ABOLISHED, [Cause.NOT_IN_FORCE]),
        (Action.ABOLISHED, AHEAD, [Cause.NOT_IN_FORCE]),
        (Action.ABOLISHED, LATER, [Cause.DISTURBS]),
        (Action.REPLACED, IN_FORCE, []),
        (Action.REPLACED, [], [Cause.REPLACES_NOTHING]),
    ],
)
def test_a_line_is_held_against_what_is_in_force(
    action: Action, acts: list[Act[str]], expected: list[Cause]
) -> None:
    assert causes([line(action)], acts) == expected


def test_the_words_name_the_decision_that_ended_it() -> None:
    [problem] = problems([line(Action.ABOLISHED)], ABOLISHED)

    assert problem.text == "A.1 Thủ tục: đã hết hiệu lực từ ngày 01/5/2024 theo Quyết định số 2."
    assert (problem.line, problem.severity) == ("l1", Severity.BLOCKS)


def test_the_words_name_the_decision_that_keeps_it_in_force() -> None:
    [problem] = problems([line(Action.NEW)], IN_FORCE)

    assert "theo Quyết định số 1" in problem.text


def test_what_it_replaces_must_be_in_force() -> None:
    taker = line(Action.REPLACED, ends=(Ended("q", "Thủ tục cũ"),))

    [problem] = problems([taker], [])

    assert problem.cause is Cause.NEVER_IN_FORCE
    assert "Thủ tục cũ" in problem.text
    assert causes([taker], [], others={"q": IN_FORCE}) == []


def test_a_procedure_may_be_split_into_two() -> None:
    ends = (Ended("q", "Thủ tục cũ"),)
    takers = [
        line(Action.REPLACED, ends=ends),
        line(Action.REPLACED, ends=ends, key="l2", procedure="p2", version="w"),
    ]

    assert causes(takers, [], others={"q": IN_FORCE}) == []


def test_what_it_replaces_cannot_be_published_by_it_too() -> None:
    taker = line(Action.REPLACED, ends=(Ended("q", "Thủ tục kia"),))
    twin = line(Action.AMENDED, key="l2", label="A.2 Thủ tục kia", procedure="q", version="w")

    assert Cause.ENDS_ITS_OWN in causes([taker, twin], [], others={"q": IN_FORCE})


def test_procedures_cannot_replace_one_another_in_a_circle() -> None:
    taker = line(Action.REPLACED, ends=(Ended("q", "Thủ tục kia"),))

    [problem] = problems([taker], [], others={"q": IN_FORCE}, replaces={"q": ["r"], "r": ["p"]})

    assert problem.cause is Cause.CYCLE
    assert "A.1 Thủ tục" in problem.text
    assert "Thủ tục kia" in problem.text


def test_a_circle_among_others_is_not_this_decisions_fault() -> None:
    taker = line(Action.REPLACED, ends=(Ended("q", "Thủ tục kia"),))

    assert causes([taker], [], others={"q": IN_FORCE}, replaces={"x": ["y"], "y": ["x"]}) == []


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.SUBMITTED])
def test_versions_must_stand_where_the_move_needs_them(status: Status) -> None:
    assert causes([line(Action.NEW, status=status)], []) == [Cause.NOT_READY]


def test_newer_content_that_was_published_meanwhile_stands_in_the_way() -> None:
    late = line(Action.AMENDED, superseded_by="Quyết định số 9")

    [problem] = problems([late], IN_FORCE)

    assert problem.cause is Cause.SUPERSEDED
    assert "Quyết định số 9" in problem.text


@pytest.mark.parametrize(
    ("proposed_on", "expected"),
    [(date(2024, 7, 2), [Cause.BEFORE_PROPOSAL]), (date(2024, 7, 1), [])],
)
def test_it_cannot_be_signed_before_it_was_proposed(
    proposed_on: date, expected: list[Cause]
) -> None:
    assert causes([line(Action.NEW, proposed_on=proposed_on)], []) == expected


def test_a_decision_without_lines_is_none() -> None:
    assert causes([], []) == [Cause.NO_LINES]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (Days(TODAY, date(2024, 7, 1), date(2024, 7, 15)), []),
        (Days(TODAY, date(2024, 7, 1), date(2024, 7, 8)), []),  # five working days later
        (Days(TODAY, date(2024, 7, 1), date(2024, 7, 5)), [Cause.SHORT_LEAD]),
        (Days(TODAY, date(2024, 7, 1), None), [Cause.SHORT_LEAD]),
        (Days(TODAY, date(2024, 7, 9), date(2024, 8, 1)), [Cause.IN_FUTURE]),
        (Days(TODAY, date(2024, 7, 1), date(2024, 6, 30)), [Cause.BEFORE_SIGNING]),
        (
            Days(TODAY, date(2024, 7, 1), date(2024, 7, 15), date(2024, 7, 2)),
            [Cause.BEFORE_SUBMISSION],
        ),
        (Days(TODAY, date(2024, 7, 1), date(2024, 7, 15), date(2024, 7, 1)), []),
        (Days(TODAY, effective_on=date(2024, 8, 1)), []),
    ],
)
def test_days_are_held_against_one_another(days: Days, expected: list[Cause]) -> None:
    found: tuple[Problem[str], ...] = check_days(days, WorkCalendar())

    assert [problem.cause for problem in found] == expected


def test_too_short_a_time_is_told_with_its_source_and_stops_nothing() -> None:
    days = Days(TODAY, date(2024, 7, 1), date(2024, 7, 4))

    [problem] = check_days(days, WorkCalendar())  # type: ignore[var-annotated]

    assert problem.severity is Severity.WARNS
    assert "03 ngày làm việc" in problem.text
    assert "Điều 15 Nghị định số 63/2010/NĐ-CP" in problem.text


def test_before_the_decree_there_was_no_such_rule() -> None:
    assert lead_time_on(date(2010, 10, 13)) is None
    assert lead_time_on(date(2010, 10, 14)) is not None
