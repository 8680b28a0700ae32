"""The steps as nodes and flows to be drawn: lanes, columns, forks and joins, bands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from ._flow import critical_path, waits_for
from ._record import Step

NOBODY = "Chưa rõ ai thực hiện"
START_ID, END_ID = "StartEvent", "EndEvent"  # tools have tasks called Start and End themselves


class Shape(StrEnum):
    START = auto()
    END = auto()
    STEP = auto()
    FORK = auto()
    """From here several steps run beside one another."""
    JOIN = auto()
    """Goes on when all of the steps before are over."""
    COMING = auto()
    """Where a flow from an earlier band goes on."""
    GOING = auto()
    """Where a flow leaves for a later band."""


@dataclass(frozen=True, slots=True)
class Node:
    """
    Something drawn in a lane and a column. A fork or join has the column of its step.

    `step` is the step itself; beside a fork or join none; of a flow between two bands its step in
    the other band.
    """

    id: str
    shape: Shape
    lane: int
    column: int
    step: Step | None = None
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    source: str
    target: str
    is_critical: bool = False

    @property
    def id(self) -> str:
        return f"Flow_{self.source}_{self.target}"


@dataclass(frozen=True, slots=True)
class Band:
    """A row of columns from left to right; a long procedure takes several, one under another."""

    lanes: tuple[str, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class _Graph:
    lanes: tuple[str, ...]
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]


def bands(steps: Sequence[Step], widest: int | None = None) -> tuple[Band, ...]:
    """
    Return the steps as graphs of at most `widest` columns of steps; one graph without `widest`.

    Only flows that say something are there: who waits for 1 and 2, where 2 waits for 1, waits for
    2. Nothing can be drawn (no band) where there is no step or the steps wait in a circle.
    """
    order = _order(steps)
    if not order:
        return ()
    graph = _graph(steps, order)
    last = max(node.column for node in graph.nodes.values()) - 1
    count = 1 if widest is None else -(-last // widest)
    width = -(-last // count)
    return tuple(_band(graph, n * width, min(last, n * width + width)) for n in range(count))


def _order(steps: Sequence[Step]) -> list[int]:
    try:
        return list(TopologicalSorter(waits_for(steps)).static_order())
    except CycleError:
        return []


def _graph(steps: Sequence[Step], order: Sequence[int]) -> _Graph:
    waits = _needed(waits_for(steps), order)
    lanes, lane_of = _lanes(steps)
    path = critical_path(steps)
    column: dict[int, int] = {}
    for number in order:
        column[number] = 1 + max((column[n] for n in waits[number]), default=0)
    over = {n for before in waits.values() for n in before}
    first = next(step.number for step in steps if not waits[step.number])
    last = next(n for n in reversed(order) if n not in over)
    nodes = {START_ID: Node(START_ID, Shape.START, lane_of[path[0] if path else first], 0)}
    for step in steps:
        n = step.number
        nodes[_id(n)] = Node(_id(n), Shape.STEP, lane_of[n], column[n], step, n in path)
    end = lane_of[path[-1] if path else last]
    nodes[END_ID] = Node(END_ID, Shape.END, end, 1 + max(column.values()))
    edges = [(_id(n), _id(step.number)) for step in steps for n in waits[step.number]]
    edges += [(START_ID, _id(n)) for n in waits if not waits[n]]
    edges += [(_id(n), END_ID) for n in waits if n not in over]
    critical = set(pairwise([START_ID, *map(_id, path), END_ID])) if path else set()
    return _Graph(lanes, nodes, tuple(Flow(a, b, (a, b) in critical) for a, b in edges))


def _id(number: int) -> str:
    return f"Step_{number}"


def _needed(
    waits: Mapping[int, tuple[int, ...]], order: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Leave out waits for steps that another step waited for is waiting for."""
    before: dict[int, set[int]] = {}
    for number in order:
        before[number] = {m for n in waits[number] for m in (n, *before[n])}
    return {
        number: tuple(n for n in named if not any(n in before[m] for m in named))
        for number, named in waits.items()
    }


def _lanes(steps: Iterable[Step]) -> tuple[tuple[str, ...], dict[int, int]]:
    names: dict[str, str] = {}
    keys = {}
    for step in steps:
        name = " ".join(step.actor.split()) or NOBODY
        keys[step.number] = name.casefold()
        names.setdefault(keys[step.number], name)
    places = {key: place for place, key in enumerate(names)}
    return tuple(names.values()), {number: places[key] for number, key in keys.items()}


def _band(graph: _Graph, after: int, last: int) -> Band:
    """Cut out the columns from beyond `after` up to `last`, with what leads in and out."""
    final = max(node.column for node in graph.nodes.values())
    until = final if last + 1 == final else last
    low = 0 if after == 0 else after + 1
    inside = {i: n for i, n in graph.nodes.items() if low <= n.column <= until}
    nodes = {i: replace(n, column=n.column - after) for i, n in inside.items()}
    flows = []
    for flow in graph.flows:
        source, target = flow.source, flow.target
        if source not in inside and target not in inside:
            continue
        if target not in inside:
            lane, step = graph.nodes[source].lane, graph.nodes[target].step
            target = f"Going_{source}_{target}"
            nodes[target] = Node(
                target, Shape.GOING, lane, last - after + 1, step, flow.is_critical
            )
        elif source not in inside:
            lane, step = graph.nodes[target].lane, graph.nodes[source].step
            source = f"Coming_{source}_{target}"
            nodes[source] = Node(source, Shape.COMING, lane, 0, step, flow.is_critical)
        flows.append(Flow(source, target, flow.is_critical))
    return _in_own_lanes(graph.lanes, *_with_gateways(nodes, flows))


def _with_gateways(
    nodes: Mapping[str, Node], flows: Sequence[Flow]
) -> tuple[list[Node], list[Flow]]:
    """Put a fork behind what several wait for, and a join before what waits for several."""
    found = list(nodes.values())
    led = list(flows)
    for node in nodes.values():
        out = [flow for flow in led if flow.source == node.id]
        if len(out) > 1:
            fork = Node(f"Fork_{node.id}", Shape.FORK, node.lane, node.column)
            found.append(fork)
            led = [replace(f, source=fork.id) if f in out else f for f in led]
            led.append(Flow(node.id, fork.id, any(flow.is_critical for flow in out)))
    for node in nodes.values():
        into = [flow for flow in led if flow.target == node.id]
        if len(into) > 1:
            join = Node(f"Join_{node.id}", Shape.JOIN, node.lane, node.column)
            found.append(join)
            led = [replace(f, target=join.id) if f in into else f for f in led]
            led.append(Flow(join.id, node.id, any(flow.is_critical for flow in into)))
    return found, led


def _in_own_lanes(lanes: Sequence[str], nodes: Sequence[Node], flows: Sequence[Flow]) -> Band:
    """Leave out the lanes in which nothing happens in this band."""
    used = sorted({node.lane for node in nodes})
    return Band(
        tuple(lanes[n] for n in used),
        tuple(replace(node, lane=used.index(node.lane)) for node in nodes),
        tuple(flows),
    )
