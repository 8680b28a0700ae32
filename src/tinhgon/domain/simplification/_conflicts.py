"""Which measures cannot be applied, and because of which other one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum, auto

from tinhgon.domain.procedures import (
    HOURS_A_WORKING_DAY,
    CopyKind,
    Duration,
    Manner,
    Record,
    Unit,
    duration_words,
    figure_words,
)

from ._measure import (
    FORMS,
    KIND_WORDS,
    MANNERS,
    SETS,
    TIME_LIMIT,
    Measure,
    MeasureKind,
    condition_key,
    paper_key,
    step_key,
    targets,
)


class Cause(StrEnum):
    """Why a measure is not applied."""

    UNKNOWN_PART = auto()
    """It acts on a part that the record does not have."""
    REMOVED = auto()
    """It acts on a part that another measure takes away."""
    TWICE = auto()
    """Another measure already does the same to the same part."""
    BESIDE_END = auto()
    """Another measure ends the whole procedure."""
    NOT_SHORTER = auto()
    NOT_FEWER = auto()
    NOTHING_CHANGES = auto()
    """The record is so already."""
    INCOMPLETE = auto()
    """It does not say what its kind needs."""
    CIRCLE = auto()
    """The merged steps would wait for a step that waits for them."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    A measure that is not applied: its place among the measures, the cause, what to do about it.

    `other` is the place of the measure in whose way it stands, None where it fails by itself.
    """

    measure: int
    cause: Cause
    text: str
    other: int | None = None


def find_conflicts(record: Record, measures: Sequence[Measure]) -> tuple[Conflict, ...]:
    """Return what cannot be applied to a record, at most one for each measure, in their order."""
    found: dict[int, Conflict] = {}
    for look in (_alone, _beside_end, _twice, _removed):
        left = [(place, each) for place, each in enumerate(measures) if place not in found]
        found.update({c.measure: c for c in look(record, left) if c.measure not in found})
    return tuple(found[place] for place in sorted(found))


_Placed = Sequence[tuple[int, Measure]]


def _alone(record: Record, measures: _Placed) -> Iterator[Conflict]:
    for place, measure in measures:
        if fault := _unknown(record, measure) or _fault(record, measure):
            cause, text = fault
            yield Conflict(place, cause, text)


_Fault = tuple[Cause, str]


def _unknown(record: Record, measure: Measure) -> _Fault | None:
    known = {
        *(step_key(step.number) for step in record.steps),
        *(paper_key(n) for n in range(1, len(record.papers) + 1)),
        *(condition_key(n) for n in range(1, len(record.conditions) + 1)),
    }
    offered = {target.key for target in targets(record, measure.kind)}
    if measure.kind is MeasureKind.DELEGATE:
        offered.add("")
    others = measure.touches[1:] if measure.target else measure.touches
    if (measure.target in offered or _is_there(record, measure)) and all(
        other in known for other in others
    ):
        return None
    return (
        Cause.UNKNOWN_PART,
        f"“{KIND_WORDS[measure.kind]}” chưa chọn đúng phần của thủ tục. Hãy chọn lại.",
    )


def _is_there(record: Record, measure: Measure) -> bool:
    """Return whether the target is a part that is there, although nothing can be gained on it."""
    if measure.kind is MeasureKind.FEWER_SETS:
        return measure.target == SETS
    if measure.kind is MeasureKind.SHORTEN:
        steps = {step_key(step.number) for step in record.steps}
        return measure.target in {TIME_LIMIT, *steps}
    if measure.kind is MeasureKind.ELECTRONIC:
        return measure.target in {paper_key(n) for n in range(1, len(record.papers) + 1)}
    return False


def _fault(record: Record, measure: Measure) -> _Fault | None:
    match measure.kind:
        case MeasureKind.SHORTEN:
            return _not_shorter(record, measure)
        case MeasureKind.FEWER_SETS:
            return _not_fewer(record, measure)
        case MeasureKind.ELECTRONIC:
            return _electronic_already(record, measure)
        case MeasureKind.INTERCONNECT if record.is_interconnected:
            return Cause.NOTHING_CHANGES, "Thủ tục đã thực hiện liên thông."
        case MeasureKind.MERGE if not measure.text("into"):
            return Cause.INCOMPLETE, "Chưa ghi thủ tục được gộp vào thủ tục nào."
        case MeasureKind.FORM if not measure.text("name"):
            return Cause.INCOMPLETE, "Chưa ghi tên mẫu đơn, tờ khai."
        case MeasureKind.DELEGATE if not measure.text("name"):
            return Cause.INCOMPLETE, "Chưa ghi cơ quan, người được phân cấp, ủy quyền."
        case MeasureKind.MERGE_STEPS:
            return _merges_nothing(measure)
        case _:
            return None


def _merges_nothing(measure: Measure) -> _Fault | None:
    others = measure.touches[1:]
    if not others or measure.target in others:
        return Cause.INCOMPLETE, "Chưa chọn các bước khác được gộp vào bước này."
    if "amount" in measure.value and read_time(measure) is None:
        return Cause.INCOMPLETE, "Thời gian của bước sau khi gộp chưa đúng: ghi một số và đơn vị."
    return None


def read_time(measure: Measure) -> Duration | None:
    """Return the time that a measure sets, None where it sets none that makes sense."""
    try:
        amount = Decimal(str(measure.value.get("amount")))
        return Duration(amount, Unit(str(measure.value.get("unit"))))
    except (InvalidOperation, ValueError):
        return None


def time_of(record: Record, target: str) -> Duration | None:
    """Return the time that stands in a part of a record: the time limit or that of a step."""
    if target == TIME_LIMIT:
        return record.time_limit
    return next((s.duration for s in record.steps if step_key(s.number) == target), None)


def _not_shorter(record: Record, measure: Measure) -> _Fault | None:
    old, new = time_of(record, measure.target), read_time(measure)
    if new is None:
        return Cause.INCOMPLETE, "Chưa ghi thời hạn mới: ghi một số và đơn vị."
    if old is None:
        return (
            Cause.NOT_SHORTER,
            "Phần này chưa có thời hạn. Quy định thời hạn mới thì dùng “Nội dung khác”.",
        )
    if _surely_shorter(new, old):
        return None
    text = (
        f"Thời hạn mới ({duration_words(new)}) không chắc ngắn hơn thời hạn hiện nay "
        f"({duration_words(old)}). Ghi thời hạn ngắn hơn, cùng đơn vị."
    )
    return Cause.NOT_SHORTER, text


_LEAST_DAYS = {Unit.DAY: 1, Unit.WORKING_DAY: 1, Unit.MONTH: 28}
"""Days of the calendar that pass at least in one unit."""

_MOST_DAYS = {Unit.DAY: 1, Unit.MONTH: 31}


def _surely_shorter(new: Duration, old: Duration) -> bool:
    """Return whether a time is shorter on whichever day it begins."""
    if new.unit is old.unit:
        return new.amount < old.amount
    hours = {Unit.HOUR: 1, Unit.WORKING_DAY: HOURS_A_WORKING_DAY}
    if new.unit in hours and old.unit in hours:
        return new.amount * hours[new.unit] < old.amount * hours[old.unit]
    if new.unit not in _MOST_DAYS or old.unit not in _LEAST_DAYS:
        return False
    return new.amount * _MOST_DAYS[new.unit] < old.amount * _LEAST_DAYS[old.unit]


def read_sets(measure: Measure) -> int | None:
    """Return the number of sets that a measure leaves, None where that is no number above 0."""
    text = str(measure.value.get("sets", "")).strip()
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else None


def _not_fewer(record: Record, measure: Measure) -> _Fault | None:
    sets = read_sets(measure)
    if sets is None:
        return Cause.INCOMPLETE, "Chưa ghi số bộ hồ sơ mới."
    if record.dossier_sets is None or sets >= record.dossier_sets:
        now = "chưa ghi" if record.dossier_sets is None else f"{figure_words(record.dossier_sets)}"
        return (
            Cause.NOT_FEWER,
            f"Số bộ hồ sơ mới ({figure_words(sets)}) không ít hơn hiện nay ({now}).",
        )
    return None


def _electronic_already(record: Record, measure: Measure) -> _Fault | None:
    if measure.target == MANNERS:
        only = record.manners == (Manner.E_OFFICE,)
        if only or (Manner.E_OFFICE in record.manners and not measure.value.get("only")):
            return Cause.NOTHING_CHANGES, "Hồ sơ đã được gửi, nhận bằng phương thức điện tử."
        return None
    for number, paper in enumerate(record.papers, 1):
        if paper_key(number) == measure.target and paper.copy is CopyKind.ELECTRONIC:
            return Cause.NOTHING_CHANGES, "Giấy tờ này đã là bản điện tử."
    return None


def _beside_end(_record: Record, measures: _Placed) -> Iterator[Conflict]:
    end = next(((place, each) for place, each in measures if each.ends), None)
    if end is None:
        return
    words = KIND_WORDS[end[1].kind].lower()
    for place, measure in measures:
        if place != end[0]:
            name = KIND_WORDS[measure.kind]
            text = f"“{name}” không đi cùng “{words}”: thủ tục không còn nữa. Bỏ một trong hai."
            yield Conflict(place, Cause.BESIDE_END, text, end[0])


def _may_repeat(measure: Measure) -> bool:
    match measure.kind:
        case MeasureKind.OTHER:
            return not (measure.target and measure.value.get("text"))
        case MeasureKind.FORM:
            return measure.target == FORMS
        case _:
            return measure.kind is MeasureKind.DELEGATE


def _twice(_record: Record, measures: _Placed) -> Iterator[Conflict]:
    first: dict[tuple[MeasureKind, str], int] = {}
    for place, measure in measures:
        if _may_repeat(measure):
            continue
        before = first.setdefault((measure.kind, measure.target), place)
        if before != place:
            name = KIND_WORDS[measure.kind]
            text = f"“{name}” ở phần này đã có trong phương án. Bỏ bớt một nội dung."
            yield Conflict(place, Cause.TWICE, text, before)


def _removed(_record: Record, measures: _Placed) -> Iterator[Conflict]:
    # What drops a part goes first: a merger of a part that is dropped is the one in the wrong.
    order = sorted(measures, key=lambda each: each[1].kind is MeasureKind.MERGE_STEPS)
    removers: dict[str, tuple[int, Measure]] = {}
    merged: dict[str, tuple[int, Measure]] = {}
    for place, measure in order:
        if not measure.removes or any(key in removers for key in measure.touches):
            continue
        removers.update(dict.fromkeys(measure.removes, (place, measure)))
        if measure.kind is MeasureKind.MERGE_STEPS:
            merged[measure.target] = (place, measure)
    for place, measure in measures:
        hits = [removers[key] for key in measure.touches if key in removers]
        if measure.kind is MeasureKind.SHORTEN and measure.target in merged:
            hits.append(merged[measure.target])
        for other, remover in hits:
            if other != place:
                text = (
                    f"“{KIND_WORDS[measure.kind]}” tác động vào phần mà "
                    f"“{KIND_WORDS[remover.kind].lower()}” đã bỏ hoặc gộp. Bỏ một trong hai."
                )
                yield Conflict(place, Cause.REMOVED, text, other)
                break
