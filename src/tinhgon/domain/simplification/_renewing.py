"""A measure that was made for one version of a procedure, on the version that took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from tinhgon.domain.procedures import Record, body_words, paper_words, step_words
from tinhgon.domain.vntext import fold

from ._measure import (
    Measure,
    MeasureKind,
    body_key,
    condition_key,
    paper_key,
    step_key,
    targets,
)

_OTHERS = {MeasureKind.MERGE_STEPS: "with", MeasureKind.DELEGATE: "steps"}


def on_version(old: Record, new: Record, measure: Measure) -> Measure | None:
    """
    Return the measure as it acts on `new`: on the parts that say there what they say in `old`,
    wherever they stand by now. None where one of them is no more.
    """
    keys = _places(old, new)
    there = {target.key for target in targets(new, measure.kind)}
    moved = {key: keys.get(key, key) for key in measure.touches}
    if None in moved.values():
        return None
    target = moved.get(measure.target) or measure.target
    if target not in there:
        return None
    name = _OTHERS.get(measure.kind)
    if name is None:
        return replace(measure, target=target)
    others = [moved[key] for key in measure.touches if key != measure.target]
    return replace(measure, target=target, value={**measure.value, name: others})


def _places(old: Record, new: Record) -> Mapping[str, str | None]:
    """Return each part of `old` that is one of several of its kind → its place in `new`."""
    free: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, words in _parts(new).items():
        free[_kind(key), words].append(key)
    found: dict[str, str | None] = {}
    for key, words in _parts(old).items():
        same = free[_kind(key), words]
        found[key] = same.pop(0) if same else None
    return found


def _parts(record: Record) -> dict[str, str]:
    """Return what the parts say, by their keys."""
    said = {step_key(step.number): step_words(step) for step in record.steps}
    said |= {paper_key(n): paper_words(each) for n, each in enumerate(record.papers, 1)}
    said |= {condition_key(n): each for n, each in enumerate(record.conditions, 1)}
    said |= {body_key(n): body_words(each) for n, each in enumerate(record.bodies, 1)}
    return {key: fold(words) for key, words in said.items()}


def _kind(key: str) -> str:
    return key.partition(":")[0]
