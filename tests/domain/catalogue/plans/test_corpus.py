"""The reading of real, labelled plans keeps to its bounds (skipped where they are missing)."""

from __future__ import annotations

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from tinhgon.domain.catalogue import plan_json, read_plan
from tinhgon.domain.officialdoc import read

SHARED = Path(os.environ.get("TINHGON_SHARED", Path(__file__).parents[4].parent / "shared"))
FOLDER = SHARED / "corpus" / "simplification-plans"
BOUNDS = {
    "header": 0.95,
    "rows_f1": 0.95,
    "measures_f1": 0.92,
    "reason": 0.95,
    "implementation": 0.95,
    "cost_before": 0.97,
    "cost_after": 0.97,
    "saved": 0.97,
    "ratio_percent": 0.97,
}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"labelled plans not found at {FOLDER}")


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_all_labelled_plans_together_and_on_average(suffix: str) -> None:
    score = runpy.run_path(str(SHARED / "corpus" / "score.py"))
    tally, compare = score["Tally"], score["score_plan"]

    class Tallies(dict[str, Any]):
        def __missing__(self, key: str) -> Any:
            self[key] = tally()
            return self[key]

    total, each = Tallies(), dict[str, list[float]]()
    for path in sorted(FOLDER.glob("*.json")):
        file = path.with_suffix(suffix)
        answer = plan_json(read_plan(read(file.read_bytes(), file.name)))
        own = Tallies()
        compare(answer, json.loads(path.read_text("utf-8")), own, lambda _: None)
        for field, part in own.items():
            total[field].add(part.right, part.predicted, part.wanted)
            if part.wanted or part.predicted:
                each.setdefault(field, []).append(part.f1)
    short = {
        field: (round(total[field].f1, 3), round(sum(each[field]) / len(each[field]), 3))
        for field, bound in BOUNDS.items()
        if min(total[field].f1, sum(each[field]) / len(each[field])) < bound
    }
    assert short == {}


def test_what_real_plans_state_of_themselves_agrees_with_what_was_read() -> None:
    wrong = []
    for path in sorted(FOLDER.glob("*.json")):
        if json.loads(path.read_text("utf-8")).get("list_stored") is False:
            continue
        file = path.with_suffix(".txt")
        plan = read_plan(read(file.read_bytes(), file.name))
        wrong += [(path.name, problem.text) for problem in plan.problems]
        wrong += [(path.name, piece.text) for piece in plan.unread]
    assert wrong == []
