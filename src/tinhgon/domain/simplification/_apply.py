from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from tinhgon.domain.procedures import (
    HOURS_A_WORKING_DAY,
    LONGEST,
    START,
    Body,
    CopyKind,
    Duration,
    Form,
    Manner,
    Paper,
    Part,
    Record,
    Step,
    Unit,
    adds_up_with,
    duration_words,
    least_time,
    total_time,
    waits_for,
)

from ._conflicts import Cause, Conflict, find_conflicts, read_sets, read_time
from ._measure import (
    FORMS,
    MANNERS,
    TIME_LIMIT,
    Measure,
    MeasureKind,
    body_key,
    condition_key,
    paper_key,
    step_key,
)


@dataclass(frozen=True, slots=True)
class ToBe:
    """
    A procedure after its measures.

    `record` is None where `ending` abolishes it or merges it into another one. `kept` leads from
    the key of each step, paper and condition that is still there to its key in the new record, of
    a step that was merged into another to that one: its work is still done. `gone` are the keys of
    the others. `conflicts` are the measures that were not applied, `notes`
    what somebody should look at.
    """

    record: Record | None
    ending: MeasureKind | None = None
    kept: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()


def apply(record: Record, measures: Sequence[Measure]) -> ToBe:
    """
    Return the procedure as it will be.

    Measures in conflict are left out and named. Where two stand in each other's way, what takes a
    part away goes before what changes it, and what ends the procedure before everything; of two
    of a kind on one part the earlier stands. Otherwise their order changes nothing.
    """
    conflicts = find_conflicts(record, measures)
    left_out = {conflict.measure for conflict in conflicts}
    taken = [each for place, each in enumerate(measures) if place not in left_out]
    ending = next((each.kind for each in taken if each.ends), None)
    if ending:
        return ToBe(None, ending, gone=frozenset(_part_keys(record)), conflicts=conflicts)
    steps, kept = _new_steps(record, taken)
    if total_time(steps) is None and total_time(record.steps) is not None:
        conflicts = (*conflicts, *_in_circles(measures, left_out))
        taken = [each for each in taken if each.kind is not MeasureKind.MERGE_STEPS]
        steps, kept = _new_steps(record, taken)
    kept |= _kept(record.papers, paper_key, taken) | _kept(record.conditions, condition_key, taken)
    after = replace(
        record,
        **_single_parts(record, taken),
        steps=steps,
        papers=_new_papers(record, taken),
        conditions=_new_conditions(record, kept),
        bodies=_new_bodies(record, taken),
        forms=_new_forms(record, taken),
    )
    return ToBe(
        after,
        kept=kept,
        gone=frozenset(key for key in _part_keys(record) if key not in kept),
        conflicts=conflicts,
        notes=tuple(_notes(record, after, taken)),
    )


def _in_circles(measures: Sequence[Measure], left_out: set[int]) -> list[Conflict]:
    text = (
        "Không gộp được các bước này: còn bước ở giữa phải chờ bước trước và được bước sau chờ. "
        "Gộp cả bước ở giữa hoặc chọn bước liền nhau."
    )
    return [
        Conflict(place, Cause.CIRCLE, text)
        for place, each in enumerate(measures)
        if each.kind is MeasureKind.MERGE_STEPS and place not in left_out
    ]


def _part_keys(record: Record) -> list[str]:
    return [
        *(step_key(step.number) for step in record.steps),
        *(paper_key(n) for n in range(1, len(record.papers) + 1)),
        *(condition_key(n) for n in range(1, len(record.conditions) + 1)),
    ]


def _removed(measures: Sequence[Measure]) -> set[str]:
    return {key for each in measures for key in each.removes}


def _kept(rows: Sequence[object], key: Any, measures: Sequence[Measure]) -> dict[str, str]:
    removed = _removed(measures)
    left = [key(n) for n in range(1, len(rows) + 1) if key(n) not in removed]
    return {old: key(n) for n, old in enumerate(left, 1)}


def _new_steps(
    record: Record, measures: Sequence[Measure]
) -> tuple[tuple[Step, ...], dict[str, str]]:
    """Return the steps that are left, numbered anew, and where each of them stands now."""
    removed = _removed(measures)
    steps = {step.number: _changed(record, step, measures) for step in record.steps}
    left = [number for number in steps if step_key(number) not in removed]
    numbers = {old: new for new, old in enumerate(left, 1)}
    waits = _waits(record, measures, set(left))
    result = tuple(
        replace(steps[old], number=new, after=_after(new, sorted(numbers[n] for n in waits[old])))
        for old, new in numbers.items()
    )
    kept = {step_key(old): step_key(new) for old, new in numbers.items()}
    return result, kept | {key: kept[into] for key, into in _merged_into(measures).items()}


def _merged_into(measures: Sequence[Measure]) -> dict[str, str]:
    """Return into which step each step is merged, by the keys of the old record."""
    return {
        key: each.target
        for each in measures
        if each.kind is MeasureKind.MERGE_STEPS
        for key in each.removes
    }


def _after(number: int, waits: list[int]) -> tuple[int, ...]:
    """Return what a step says it waits for: nothing where that is what everybody expects."""
    if waits == ([number - 1] if number > 1 else []):
        return ()
    return tuple(waits) or (START,)


def _waits(record: Record, measures: Sequence[Measure], left: set[int]) -> dict[int, set[int]]:
    """Return what each step that is left waits for; instead of one that is gone, what that did."""
    by_key = {step_key(step.number): step.number for step in record.steps}
    into = {by_key[key]: by_key[target] for key, target in _merged_into(measures).items()}
    before: dict[int, set[int]] = {}
    for number, needed in waits_for(record.steps).items():
        # What is done in one go waits for all that its parts waited for, but not for itself.
        place = into.get(number, number)
        waiting = before.setdefault(place, set())
        waiting.update(into.get(n, n) for n in needed)
    for place, needed_now in before.items():
        needed_now.discard(place)
    return {number: _still_there(number, before, left) for number in left}


def _still_there(number: int, before: Mapping[int, set[int]], left: set[int]) -> set[int]:
    found: set[int] = set()
    seen: set[int] = set()
    waiting = list(before[number])
    while waiting:
        other = waiting.pop()
        if other in seen:
            continue
        seen.add(other)
        if other in left:
            found.add(other)
        else:
            waiting.extend(before[other])
    # What stood between the merged steps and is dropped led from the step to itself.
    return found - {number} if number not in before[number] else found


def _changed(record: Record, step: Step, measures: Sequence[Measure]) -> Step:
    key = step_key(step.number)
    for each in measures:
        if each.kind is MeasureKind.SHORTEN and each.target == key:
            step = replace(step, duration=read_time(each))
        if each.kind is MeasureKind.MERGE_STEPS and each.target == key:
            step = _merged(record, step, each)
        if each.kind is MeasureKind.DELEGATE and key in each.touches:
            step = replace(step, actor=each.text("name"))
    return step


def _merged(record: Record, step: Step, measure: Measure) -> Step:
    others = [each for each in record.steps if step_key(each.number) in measure.removes]
    what = "; ".join(each.what.rstrip(".; ") for each in (step, *others))
    said = {name: measure.text(name) for name in ("what", "actor")}
    products = [each.product for each in (step, *others) if each.product]
    return replace(
        step,
        what=said["what"] or what,
        actor=said["actor"] or step.actor,
        product=measure.text("product") or "; ".join(products),
        duration=read_time(measure) or _sum([step.duration, *(each.duration for each in others)]),
    )


def _sum(times: Sequence[Duration | None]) -> Duration | None:
    """Return the times one after another; None where they do not add up, or one is not known."""
    known = [time for time in times if time]
    if len(known) < len(times) or not all(adds_up_with(known[0], time) for time in known):
        return None
    one_unit = len({time.unit for time in known}) == 1
    unit = known[0].unit if one_unit else Unit.HOUR
    working_days = {Unit.WORKING_DAY: HOURS_A_WORKING_DAY}
    total = sum(
        (time.amount * (1 if one_unit else working_days.get(time.unit, 1)) for time in known),
        Decimal(0),
    )
    return Duration(total, unit) if total <= LONGEST else None


def _new_papers(record: Record, measures: Sequence[Measure]) -> tuple[Paper, ...]:
    removed = _removed(measures)
    papers = []
    for number, paper in enumerate(record.papers, 1):
        key = paper_key(number)
        if key in removed:
            continue
        for each in measures:
            if each.target == key and each.kind is MeasureKind.ELECTRONIC:
                paper = replace(paper, copy=CopyKind.ELECTRONIC)  # noqa: PLW2901
            if each.target == key and each.kind is MeasureKind.FORM:
                paper = replace(paper, form=each.text("name"))  # noqa: PLW2901
        papers.append(paper)
    return tuple(papers)


def _new_conditions(record: Record, kept: Mapping[str, str]) -> tuple[str, ...]:
    rows = enumerate(record.conditions, 1)
    return tuple(condition for n, condition in rows if condition_key(n) in kept)


def _new_bodies(record: Record, measures: Sequence[Measure]) -> tuple[Body, ...]:
    bodies = {body_key(n): body for n, body in enumerate(record.bodies, 1)}
    added = []
    for each in measures:
        if each.kind is not MeasureKind.DELEGATE:
            continue
        name = each.text("name")
        if each.value.get("devolved") and each.target in bodies:
            bodies[each.target] = replace(bodies[each.target], name=name)
        else:
            added.append(Body(Part.DELEGATED, name))
    new = [body for body in dict.fromkeys(added) if body not in record.bodies]
    return (*bodies.values(), *new)


def _new_forms(record: Record, measures: Sequence[Measure]) -> tuple[Form, ...]:
    names = [m.text("name") for m in measures if m.kind is MeasureKind.FORM]
    known = {form.name for form in record.forms}
    return (*record.forms, *(Form(name) for name in dict.fromkeys(names) if name not in known))


def _single_parts(record: Record, measures: Sequence[Measure]) -> dict[str, Any]:
    """Return the parts of one value that differ afterwards."""
    parts: dict[str, Any] = {}
    for each in measures:
        match each.kind:
            case MeasureKind.SHORTEN if each.target == TIME_LIMIT:
                parts["time_limit"] = read_time(each)
                if record.time_limit_text == duration_words(record.time_limit):
                    parts["time_limit_text"] = ""
            case MeasureKind.FEWER_SETS:
                parts["dossier_sets"] = read_sets(each)
            case MeasureKind.INTERCONNECT:
                parts["is_interconnected"] = True
            case MeasureKind.ELECTRONIC if each.target == MANNERS:
                others = () if each.value.get("only") else record.manners
                parts["manners"] = tuple(dict.fromkeys((*others, Manner.E_OFFICE)))
            case MeasureKind.OTHER if each.target and (text := each.text("text")):
                parts[each.target] = text
            case _:
                pass
    return parts


def _notes(before: Record, after: Record, measures: Sequence[Measure]) -> list[str]:
    notes = []
    if after.time_limit and after.time_limit_text and before.time_limit != after.time_limit:
        notes.append(
            "Thời hạn giải quyết đã đổi nhưng phần ghi bằng lời vẫn như cũ: "
            f"“{after.time_limit_text}”. Xem lại nội dung này."
        )
    if note := _time_note(before, after):
        notes.append(note)
    if not after.steps and before.steps:
        notes.append("Không còn bước nào sau đơn giản hóa. Xem lại hoặc đề xuất bãi bỏ thủ tục.")
    if any(each.target == FORMS or each.kind is MeasureKind.FORM for each in measures):
        notes.append("Mẫu đơn, tờ khai mới phải ban hành kèm theo văn bản sửa đổi.")
    return notes


def _time_note(before: Record, after: Record) -> str:
    """Say that the steps became shorter, but the time limit that people are promised did not."""
    limit = after.time_limit
    if limit is None or limit != before.time_limit:
        return ""
    old, new = (least_time(each.steps, limit.unit) for each in (before, after))
    if old is None or new is None or not new.words:
        return ""
    least, was = new.at_least(limit.unit), old.at_least(limit.unit)
    if least < was and least < limit.amount:
        return (
            f"Các bước sau đơn giản hóa mất {new.words}, thời hạn giải quyết vẫn ghi "
            f"{duration_words(limit)}. Cân nhắc rút ngắn thời hạn giải quyết."
        )
    return ""
