"""The reading of real, labelled documents keeps to its bounds (skipped where they are missing)."""

from __future__ import annotations

import json
import os
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tinhgon.domain.directives import read_tasks, tasks_json
from tinhgon.domain.officialdoc import header_json, read

SHARED = Path(os.environ.get("TINHGON_SHARED", Path(__file__).parents[3].parent / "shared"))
FOLDER = SHARED / "corpus" / "directives"
BOUNDS = {
    "tasks_f1": 0.92,
    "due": 0.97,
    "assignees": 0.92,
    "coordinating": 0.90,
    "report": 0.90,
    "targets": 0.90,
}

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"labelled documents not found at {FOLDER}"
)


def _score() -> dict[str, Any]:
    return runpy.run_path(str(SHARED / "corpus" / "score.py"))


def _answer(path: Path) -> dict[str, Any]:
    doc = read(path.read_bytes(), path.name)
    return {"header": header_json(doc), **tasks_json(read_tasks(doc))}


def test_all_labelled_texts_together_and_on_average() -> None:
    score = _score()
    tally, compare = score["Tally"], score["score_read"]
    total: dict[str, Any] = {}
    each: dict[str, list[float]] = {}
    for label in sorted(FOLDER.glob("*.json")):
        own = _tallied(tally, compare, label)
        for field, part in own.items():
            total.setdefault(field, tally()).add(part.right, part.predicted, part.wanted)
            if part.wanted or part.predicted:
                each.setdefault(field, []).append(part.f1)
    short = {
        field: (round(total[field].f1, 3), round(sum(each[field]) / len(each[field]), 3))
        for field, bound in BOUNDS.items()
        if min(total[field].f1, sum(each[field]) / len(each[field])) < bound
    }
    assert short == {}


def _tallied(
    tally: type[Any], compare: Callable[..., None], label: Path, misses: list[str] | None = None
) -> dict[str, Any]:
    class Tallies(dict[str, Any]):
        def __missing__(self, key: str) -> Any:
            self[key] = tally()
            return self[key]

    own = Tallies()
    notes: list[str] = [] if misses is None else misses
    wanted = json.loads(label.read_text(encoding="utf-8"))
    compare(_answer(label.with_suffix(".txt")), wanted, own, notes.append)
    return own


def test_the_letter_that_started_the_project_is_read_without_an_error() -> None:
    score = _score()
    misses: list[str] = []
    own = _tallied(score["Tally"], score["score_read"], FOLDER / "000-seed.json", misses)
    assert misses == []
    assert {field: part.f1 for field, part in own.items()} == dict.fromkeys(own, 1.0)


def test_a_letter_that_gives_no_work_has_no_tasks() -> None:
    for label in (SHARED / "corpus" / "other").glob("001-*.json"):
        assert _answer(label.with_suffix(".txt"))["tasks"] == []
