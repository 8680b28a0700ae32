"""What stands in the way of a decision: its lines against all that earlier decisions did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto
from typing import Generic

from tinhgon.domain.procedures import (
    Act,
    Action,
    Conflict,
    Fault,
    Severity,
    Standing,
    Status,
    find_cycle,
    standing,
)
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar

from ._lead_times import lead_time_on
from ._line import K, Line


class Cause(StrEnum):
    """Why a decision cannot be, or should be looked at again."""

    NO_LINES = auto()
    NOT_READY = auto()
    """A version is not where it must be: returned, changed, set aside."""
    SUPERSEDED = auto()
    """A newer version was published since this one was written."""
    NEVER_IN_FORCE = auto()
    NOT_IN_FORCE = auto()
    SAME_DAY = auto()
    ALREADY_IN_FORCE = auto()
    REPLACES_NOTHING = auto()
    DISTURBS = auto()
    """It takes the ground from a later decision that is signed already."""
    CYCLE = auto()
    ENDS_ITS_OWN = auto()
    BEFORE_PROPOSAL = auto()
    BEFORE_SUBMISSION = auto()
    BEFORE_SIGNING = auto()
    IN_FUTURE = auto()
    SHORT_LEAD = auto()
    QUALITY = auto()
    NUMBER_TAKEN = auto()


@dataclass(frozen=True, slots=True)
class Problem(Generic[K]):
    """One thing that is wrong: with a line, or with the whole (`line` None), and in words."""

    cause: Cause
    severity: Severity
    text: str
    line: K | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """
    The days of a decision. `issued_on` None: not signed yet, counted from `today`.

    `submitted_on` is the day of the tờ trình, where it has one.
    """

    today: date
    issued_on: date | None = None
    effective_on: date | None = None
    submitted_on: date | None = None

    @property
    def signed(self) -> date:
        return self.issued_on or self.today

    @property
    def effective(self) -> date:
        return self.effective_on or self.signed


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """
    What signed decisions did before.

    `acts`: procedure → acts on it. `decisions`: line of one of these acts → its decision in words.
    `replaces`: procedure → those whose place it took.
    """

    acts: Mapping[K, Sequence[Act[K]]] = field(default_factory=dict)
    decisions: Mapping[K, str] = field(default_factory=dict)
    replaces: Mapping[K, Sequence[K]] = field(default_factory=dict)


def check_lines(
    lines: Sequence[Line[K]], *, days: Days, known: Known[K], needed: Status
) -> tuple[Problem[K], ...]:
    """
    Return what is wrong with the lines of a decision.

    `needed` is where each version must stand for the move that is to be made.
    """
    if not lines:
        return (_refuse(Cause.NO_LINES, "Quyết định chưa có thủ tục nào."),)
    return (
        *_ready(lines, needed),
        *_proposed(lines, days),
        *_own_endings(lines),
        *_effects(lines, days, known),
        *_cycle(lines, known),
    )


def check_days(days: Days, calendar: WorkCalendar) -> tuple[Problem[K], ...]:
    """Return what is wrong with the days of a decision, whatever its lines."""
    found: list[Problem[K]] = []
    signed, effective = days.signed, days.effective
    if days.issued_on and days.issued_on > days.today:
        found.append(_refuse(Cause.IN_FUTURE, "Ngày ký không thể sau hôm nay."))
    if days.submitted_on and days.submitted_on > signed:
        found.append(
            _refuse(
                Cause.BEFORE_SUBMISSION,
                f"Ngày ký {format_date(signed)} trước ngày của tờ trình "
                f"({format_date(days.submitted_on)}).",
            )
        )
    if effective < signed:
        found.append(
            _refuse(
                Cause.BEFORE_SIGNING,
                f"Ngày có hiệu lực {format_date(effective)} trước ngày ký {format_date(signed)}.",
            )
        )
    elif found_short := _short_lead(signed, effective, calendar):
        found.append(Problem(Cause.SHORT_LEAD, Severity.WARNS, found_short))
    return tuple(found)


def _short_lead(signed: date, effective: date, calendar: WorkCalendar) -> str:
    rule = lead_time_on(signed)
    left = calendar.working_days_between(signed, effective)
    if rule is None or left >= rule.working_days:
        return ""
    return (
        f"Từ ngày ký đến ngày có hiệu lực có {left:02} ngày làm việc. {rule.citation} đặt mức "
        f"ít nhất {rule.working_days:02} ngày làm việc đối với thủ tục của người dân, doanh "
        "nghiệp; với thủ tục nội bộ chỉ để tham khảo."
    )


def _ready(lines: Sequence[Line[K]], needed: Status) -> Iterator[Problem[K]]:
    for line in lines:
        if line.status is not None and line.status is not needed:
            yield _refuse(
                Cause.NOT_READY,
                f"{line.label}: nội dung chưa được Văn phòng kiểm soát xong hoặc đã bị trả lại. "
                "Đưa ra khỏi quyết định, hoặc kiểm soát lại.",
                line.key,
            )
        elif line.superseded_by:
            yield _refuse(
                Cause.SUPERSEDED,
                f"{line.label}: {line.superseded_by} đã công bố nội dung mới hơn từ khi bản này "
                "được soạn. Soạn lại từ nội dung mới.",
                line.key,
            )


def _proposed(lines: Sequence[Line[K]], days: Days) -> Iterator[Problem[K]]:
    for line in lines:
        if days.issued_on and line.proposed_on and days.issued_on < line.proposed_on:
            yield _refuse(
                Cause.BEFORE_PROPOSAL,
                f"{line.label}: nội dung đề xuất ngày {format_date(line.proposed_on)}, sau ngày "
                f"ký quyết định {format_date(days.issued_on)}.",
                line.key,
            )


def _own_endings(lines: Sequence[Line[K]]) -> Iterator[Problem[K]]:
    bringing = {line.procedure: line for line in lines if line.version is not None}
    for line in lines:
        for ended in line.ends:
            if ended.procedure in bringing:
                yield _refuse(
                    Cause.ENDS_ITS_OWN,
                    f"{line.label}: thay thế {ended.name}, nhưng quyết định này cũng công bố "
                    f"thủ tục đó ({bringing[ended.procedure].label}).",
                    line.key,
                )
        if line.action is Action.ABOLISHED and line.procedure in bringing:
            yield _refuse(
                Cause.ENDS_ITS_OWN,
                f"{line.label}: quyết định này vừa công bố vừa bãi bỏ cùng một thủ tục.",
                line.key,
            )


def _effects(lines: Sequence[Line[K]], days: Days, known: Known[K]) -> Iterator[Problem[K]]:
    for line in lines:
        yield from _effect(line, line.procedure, line.label, days, known)
        for ended in line.ends:
            if ended.procedure != line.procedure:
                name = f"{line.label}: thủ tục bị thay thế {ended.name}"
                yield from _effect(line, ended.procedure, name, days, known, ends=True)
        if line.action is Action.REPLACED and not line.ends:
            before = standing(known.acts.get(line.procedure, ()))
            if before.on(days.effective) is None:
                yield _refuse(
                    Cause.REPLACES_NOTHING,
                    f"{line.label}: chưa ghi thủ tục bị thay thế.",
                    line.key,
                )


def _effect(
    line: Line[K], procedure: K, label: str, days: Days, known: Known[K], *, ends: bool = False
) -> Iterator[Problem[K]]:
    """Compare the history of a procedure without and with what the line does to it."""
    acts = known.acts.get(procedure, ())
    version = None if ends else line.version
    act = Act(line.key, line.action, version, days.effective, days.signed, line.order)
    before = standing(acts)
    had = set(before.conflicts)
    for conflict in standing([*acts, act]).conflicts:
        if conflict not in had:
            yield _conflict(conflict, line, label, days, before, known.decisions)


def _conflict(
    conflict: Conflict[K],
    line: Line[K],
    label: str,
    days: Days,
    before: Standing[K],
    decisions: Mapping[K, str],
) -> Problem[K]:
    if conflict.line != line.key:
        later = decisions.get(conflict.line, "một quyết định khác")
        if conflict.fault is Fault.SAME_DAY:
            return _refuse(Cause.SAME_DAY, _same_day(label, later, days), line.key)
        return _refuse(
            Cause.DISTURBS,
            f"{label}: {later} đã sửa đổi hoặc bãi bỏ thủ tục này sau ngày "
            f"{format_date(days.effective)}, nên không còn khớp.",
            line.key,
        )
    match conflict.fault:
        case Fault.SAME_DAY:
            other = decisions.get(conflict.other, "") if conflict.other is not None else ""
            return _refuse(Cause.SAME_DAY, _same_day(label, other, days), line.key)
        case Fault.NEW_THOUGH_IN_FORCE:
            other = decisions.get(conflict.other, "") if conflict.other is not None else ""
            return _refuse(
                Cause.ALREADY_IN_FORCE,
                f"{label}: đang có hiệu lực theo {other}. Chọn sửa đổi, bổ sung hoặc thay thế, "
                "không phải ban hành mới.",
                line.key,
            )
        case Fault.AMENDS_NOTHING | Fault.ENDS_NOTHING:
            return _nothing_there(line, label, days, before, decisions)


def _same_day(label: str, other: str, days: Days) -> str:
    return (
        f"{label}: {other or 'một quyết định khác'} cũng có hiệu lực đối với thủ tục này từ ngày "
        f"{format_date(days.effective)}."
    )


def _nothing_there(
    line: Line[K], label: str, days: Days, before: Standing[K], decisions: Mapping[K, str]
) -> Problem[K]:
    day = format_date(days.effective)
    if not before.periods:
        text = f"{label}: chưa có quyết định nào công bố thủ tục này."
        return _refuse(Cause.NEVER_IN_FORCE, text, line.key)
    ended = [p for p in before.periods if p.end is not None and p.end <= days.effective]
    last = ended[-1] if ended else None
    if last is None or last.end is None or last.ended_by is None:
        first = before.periods[0]
        text = f"{label}: đến ngày {format_date(first.start)} mới có hiệu lực, sau ngày {day}."
        return _refuse(Cause.NOT_IN_FORCE, text, line.key)
    by = decisions.get(last.ended_by, "một quyết định khác")
    text = f"{label}: đã hết hiệu lực từ ngày {format_date(last.end)} theo {by}."
    return _refuse(Cause.NOT_IN_FORCE, text, line.key)


def _cycle(lines: Sequence[Line[K]], known: Known[K]) -> Iterator[Problem[K]]:
    mine = {line.procedure: line for line in lines if line.ends}
    names = {line.procedure: line.label for line in lines}
    names |= {ended.procedure: ended.name for line in lines for ended in line.ends}
    if not mine:
        return
    graph: dict[K, set[K]] = {key: set(ended) for key, ended in known.replaces.items()}
    for procedure, line in mine.items():
        graph.setdefault(procedure, set()).update(ended.procedure for ended in line.ends)
    circle = find_cycle(graph)
    if circle and set(circle) & set(mine):
        words = " → ".join(names.get(procedure, f"{procedure}") for procedure in circle)
        key = next(mine[procedure].key for procedure in circle if procedure in mine)
        yield _refuse(Cause.CYCLE, f"Các thủ tục thay thế nhau thành vòng: {words}.", key)


def _refuse(cause: Cause, text: str, line: K | None = None) -> Problem[K]:
    return Problem(cause, Severity.BLOCKS, text, line)
