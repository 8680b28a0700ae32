"""Blocks of field lines → tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tinhgon.domain.legalref import find_documents

from ._coordinating import coordinating
from ._model import Deadline, How, Origin, Origins, ProposedTask, Reason, ReportDuty, deadline_of
from ._outline import Node
from ._plan import FieldLine, bodies, field_line, field_lines, helpers, partners, time_of
from ._report import timing
from ._segment import looks_like_duty
from ._targets import targets
from ._task import Above, Gathered, report_of
from ._when import dues
from ._words import Span, trimmed


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the field lines say about every task of the block."""

    doers: tuple[str, ...]
    doers_from: Origin | None
    partners: tuple[str, ...]
    partners_from: Origin | None
    deadline: Deadline | None
    due_from: Origin | None
    recurrence: str | None
    report: ReportDuty | None = None


def read_block(out: Gathered, title: Node | None, nodes: list[Node], above: Above) -> None:
    """Read a block: its content lines are the tasks, else the items among them, else its title."""
    lines = field_lines(nodes)
    shared = _shared(lines, above)
    wanted = _content(title, nodes, lines)
    for node, span in wanted:
        text = span.of(node.text)
        own_day = None if field_line(node) or node is title else _step_day(text, above)
        out.tasks.append(
            ProposedTask(
                item=node.item
                if node is title
                else (node.parent.item if node.parent and len(wanted) == 1 else node.item),
                text=text,
                places=(node.place(span.start, span.end),),
                lines=(node.block.source.line, node.block.source.end_line),
                assignees=shared.doers,
                coordinating=shared.partners,
                deadline=own_day or shared.deadline,
                recurrence=shared.recurrence,
                report=shared.report,
                targets=targets(text),
                cited=tuple(find_documents(text)),
                origins=Origins(shared.doers_from, shared.partners_from, shared.due_from),
            )
        )
    used = {node.path for node, _ in wanted}
    if title is not None and title.path not in used:
        out.leave(title, Reason.HEADING)
    for node in nodes:
        for below in node.walk():
            if below.path not in used:
                out.leave(below, Reason.FIELD)


def _content(
    title: Node | None, nodes: list[Node], lines: list[FieldLine]
) -> list[tuple[Node, Span]]:
    """Return what in the block is work: content lines, items among them, or the title."""
    found: list[tuple[Node, Span]] = []
    for line in lines:
        if line.kind != "content":
            continue
        if line.value:
            found.append((line.node, trimmed(line.node.text, line.start, line.end)))
        found += [(child, _whole(child)) for child in line.node.children if child.text.strip()]
    items = [node for node in nodes if field_line(node) is None and node.text.strip()]
    announced = any(line.kind == "content" and not line.value for line in lines)
    if not found or not announced:
        found += [(n, _whole(n)) for n in items if announced or looks_like_duty(n.text)]
    if found:
        return found
    return [(title, _whole(title))] if title is not None and title.text.strip() else []


def _step_day(text: str, above: Above) -> Deadline | None:
    """Return the day of a step that has one of its own."""
    firm = [d for d in dues(text, above.issued) if d.firm and d.day]
    return deadline_of(firm[0]) if firm else None


def _whole(node: Node) -> Span:
    return trimmed(node.text, 0, len(node.text), " \t\n:")


def _shared(lines: list[FieldLine], above: Above) -> _Shared:
    shared = _Shared(above.doers, above.doers_from, (), None, above.due, above.due_from, None)
    if (
        lines
        and above.doers_from is not None
        and above.doers_from.how in (How.ADDRESSEES, How.LEADING)
    ):
        shared = replace(shared, doers=(), doers_from=None)
    for line in lines:
        value = line.value
        below = " ; ".join(child.text for child in line.node.children)
        value = value or below
        origin = Origin(How.FIELD, line.node.text, line.node.place())
        if line.kind == "lead" and value:
            value, others = helpers(value)
            with_others = (*(name.text for name in coordinating(value)), *others)
            doers = tuple(name for name in bodies(value) if name not in with_others)
            shared = replace(
                shared, doers=(*(shared.doers if _again(shared) else ()), *doers), doers_from=origin
            )
            when = timing(value, dues(value, above.issued))
            shared = replace(
                shared,
                report=shared.report or report_of(when),
                recurrence=shared.recurrence or when.recurrence,
            )
            if with_others:
                shared = replace(shared, partners=with_others, partners_from=origin)
        elif line.kind == "with" and value:
            shared = replace(
                shared, partners=(*shared.partners, *partners(value)), partners_from=origin
            )
        elif line.kind == "time" and value:
            deadline, recurrence = time_of(value, above.issued)
            shared = replace(
                shared,
                deadline=deadline,
                due_from=origin,
                recurrence=recurrence or shared.recurrence,
            )
    return shared


def _again(shared: _Shared) -> bool:
    return shared.doers_from is not None and shared.doers_from.how is How.FIELD
