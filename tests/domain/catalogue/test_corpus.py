"""The reading of real, labelled lists keeps to its bounds (skipped where they are missing)."""

from __future__ import annotations

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from tinhgon.domain.catalogue import catalogue_json, read_catalogue
from tinhgon.domain.officialdoc import read

SHARED = Path(os.environ.get("TINHGON_SHARED", Path(__file__).parents[3].parent / "shared"))
FOLDER = SHARED / "corpus" / "procedure-lists"
BOUNDS = {
    "row_count": 0.95,
    "rows_f1": 0.98,
    "name": 0.98,
    "level": 0.95,
    "field": 0.95,
    "agencies": 0.95,
    "action": 0.95,
    "code": 0.95,
}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"labelled lists not found at {FOLDER}")


def _labels() -> dict[Path, dict[str, Any]]:
    labels = {path: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    return {path: label for path, label in labels.items() if "procedures" in label}


def _answer(path: Path) -> dict[str, Any]:
    return catalogue_json(read_catalogue(read(path.read_bytes(), path.name)))


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_all_labelled_lists_together_and_on_average(suffix: str) -> None:
    score = runpy.run_path(str(SHARED / "corpus" / "score.py"))
    tally, compare = score["Tally"], score["score_catalogue"]

    class Tallies(dict[str, Any]):
        def __missing__(self, key: str) -> Any:
            self[key] = tally()
            return self[key]

    total, each = Tallies(), dict[str, list[float]]()
    for path, label in _labels().items():
        own = Tallies()
        compare(_answer(path.with_suffix(suffix)), label, own, lambda _: None)
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


def test_what_real_decisions_state_of_themselves_agrees_with_what_was_read() -> None:
    wrong = [
        (path.name, problem["text"])
        for path, label in _labels().items()
        for problem in _answer(path.with_suffix(".txt"))["problems"]
        if problem["kind"] == "count" and label.get("list_stored") is not False
    ]
    assert wrong == []
