"""Calculations to test on, and strategies that make any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tinhgon.domain.costing import (
    Complexity,
    Confidence,
    HourlyValue,
    Note,
    Row,
    RowGroup,
    Sheet,
    Side,
    Sides,
    Term,
)

GROUPS = {group.value: group for group in RowGroup}
few = settings(max_examples=25)
"""For whole calculations, of which each has some dozens of figures."""
NUMBERS = ("hours", "services", "fees", "times", "subjects", "hourly")


def hourly(value: str | int = 48_248) -> HourlyValue:
    return HourlyValue("gdp-2023", "GDP 2023", Decimal(value), date(2023, 12, 29), "Thống kê")


def row(key: str = "prepare", **said: Any) -> Row:
    figures: dict[str, Any] = {n: Decimal(said.pop(n)) for n in NUMBERS if n in said}
    group = said.pop("group", GROUPS.get(key, RowGroup.OTHER))
    side = Side(said.pop("side", "performing"))
    return Row(key, group, side, said.pop("what", key), **figures, **said)


def sheet(*rows: Row, **said: Any) -> Sheet:
    return Sheet(
        rows,
        said.pop("hourly", hourly()),
        Decimal(said.pop("times", 1)),
        Decimal(said.pop("subjects", 11)),
        **said,
    )


def read_case(case: Mapping[str, Any]) -> Sheet:
    """Return the calculation that a case in own.toml says."""
    return sheet(
        *(row(**each) for each in case["rows"]),
        hourly=hourly(case["hourly"]),
        times=case["times"],
        subjects=case["subjects"],
        include_deciding=case.get("include_deciding", False),
    )


def numbers(most: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 10**places).map(lambda n: Decimal(n).scaleb(-places))


hours = numbers(10_000, 4)
money = numbers(100_000_000_000, 2)
times = numbers(100_000, 4)
subjects = numbers(100_000_000, 2)
hourlies = numbers(10_000_000, 2)
texts = st.sampled_from(["", "Nguồn A", "=1+1", "\N{ZERO WIDTH SPACE}ý"])
terms = {
    Term.HOURS: hours,
    Term.HOURLY: hourlies,
    Term.SERVICES: money,
    Term.FEES: money,
    Term.TIMES: times,
    Term.SUBJECTS: subjects,
}


@st.composite
def notes(draw: st.DrawFn) -> tuple[Note, ...]:
    chosen = draw(st.sets(st.sampled_from(Term), max_size=2))
    return tuple(
        Note(
            term,
            draw(texts),
            draw(texts),
            draw(st.none() | st.dates()),
            draw(texts),
            draw(st.none() | st.sampled_from(Confidence)),
            draw(st.none() | terms[term]),
            draw(st.none() | terms[term]),
            draw(st.booleans()),
            draw(st.none() | st.fractions(0, 1, max_denominator=10_000)),
            draw(st.booleans()),
        )
        for term in Term
        if term in chosen
    )


@st.composite
def rows(draw: st.DrawFn, key: str) -> Row:
    return Row(
        key,
        draw(st.sampled_from(RowGroup)),
        draw(st.sampled_from(Side)),
        draw(texts),
        draw(texts),
        draw(hours),
        draw(money),
        draw(money),
        draw(st.none() | times),
        draw(st.none() | subjects),
        draw(st.none() | hourlies),
        draw(texts),
        draw(st.sampled_from(["", "dossier_sets", "manners", "paper:1", "step:2", "paper:x"])),
        draw(st.booleans()),
        draw(st.sampled_from(["", "letter", "copy", "không có"])),
        draw(st.none() | st.sampled_from(Complexity)),
        draw(st.just("") | texts),
        draw(notes()),
    )


@st.composite
def sheets(draw: st.DrawFn, most: int = 3) -> Sheet:
    count = draw(st.integers(0, most))
    return Sheet(
        tuple(draw(rows(f"r{n}")) for n in range(count)),
        replace(hourly(), value=draw(hourlies)),
        draw(times),
        draw(subjects),
        draw(st.booleans()),
        draw(notes()),
    )


@st.composite
def sides(draw: st.DrawFn, most: int = 3) -> Sides:
    """Draw two sides that share most of their rows."""
    now = draw(sheets(most))
    after = []
    for each in now.rows:
        match draw(st.sampled_from(["same", "same", "gone", "other", "dropped"])):
            case "same":
                after.append(each)
            case "gone":
                after.append(replace(each, gone="Bỏ"))
            case "other":
                after.append(draw(rows(each.key)))
    if draw(st.booleans()):
        after.append(draw(rows("new")))
    same = draw(st.booleans())
    return Sides(
        now,
        replace(
            now,
            rows=tuple(after),
            times=now.times if same else draw(times),
            subjects=now.subjects if same else draw(subjects),
        ),
    )
