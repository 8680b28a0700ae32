"""Measures on the version that took the place of the one they were made for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.procedures import make_record
from tinhgon.domain.procedures import Record
from tinhgon.domain.simplification import Measure, MeasureKind, on_version, targets

K = MeasureKind


def last_first(record: Record) -> Record:
    """Return the record with its dossier the other way round, and without its first step."""
    steps = (replace(step, number=step.number - 1) for step in record.steps[1:])
    return replace(record, papers=record.papers[::-1], steps=tuple(steps))


def test_a_measure_goes_to_the_part_that_says_the_same() -> None:
    old = make_record()
    new = last_first(old)
    last = len(old.papers)
    moved = on_version(old, new, Measure(K.DROP_PAPER, "paper:1"))
    assert moved == Measure(K.DROP_PAPER, f"paper:{last}")


@pytest.mark.parametrize(
    "measure",
    [
        Measure(K.DROP_STEP, "step:1"),
        Measure(K.MERGE_STEPS, "step:2", {"with": ["step:1"]}),
        Measure(K.DROP_PAPER, "paper:99"),
    ],
)
def test_a_measure_ends_with_any_part_that_it_needs(measure: Measure) -> None:
    old = make_record()
    assert on_version(old, last_first(old), measure) is None


def test_on_the_same_record_nothing_changes() -> None:
    record = make_record()
    for kind in K:
        for target in targets(record, kind):
            measure = Measure(kind, target.key, {"text": "x"})
            moved = on_version(record, record, measure)
            assert moved is not None
            assert (moved.kind, moved.target) == (kind, target.key)
