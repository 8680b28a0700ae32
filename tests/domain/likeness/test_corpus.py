"""Likeness keeps to its bounds on pairs labelled by hand (skipped where the texts are missing)."""

from __future__ import annotations

import pytest
from bench import bench_likeness as bench
from bench.labelled_procedures import SHARED, TEST, TUNING

pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus" / "procedure-lists").is_dir(),
    reason=f"labelled documents not found at {SHARED}",
)


@pytest.mark.parametrize("half", [TUNING, TEST])
def test_labelled_pairs(half: str) -> None:
    score = bench.measure_pairs(half, show=False)
    assert score.precision >= bench.PRECISION
    assert score.recall >= bench.RECALL


def test_gaps() -> None:
    score = bench.measure_gaps()
    assert score.precision >= bench.PRECISION
    assert score.recall >= bench.PRECISION
