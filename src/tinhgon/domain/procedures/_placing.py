"""Places one band of a swimlane: rows, then columns and the gaps between, then flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from ._geometry import BOX_WIDTH, HEADER, LINE, TEXT_SIZE, Lane, Placed, Point, Rect, Routed, Strip
from ._graph import Band, Flow, Node, Shape
from ._wrapping import wrap

_BOLD_SIZE = 13  # as wide as bold letters of the size of the text
_MOST_LINES = 6
_INSET = 8
_BETWEEN = 20  # boxes of one lane and column
_PAD = 16  # above and below the boxes of a lane
_TRACK = 9  # lines that run beside one another
_EVENT = 30
_GATEWAY = 24
_EDGE = 24  # left and right of everything
_STUB = 14  # between a step and its fork or join


class Placing:
    """
    The places of one band, top to bottom from a height.

    Flows leave a step at the right and enter one at the left. Between two columns each turns on a
    line of its own; one that passes columns runs in a corridor above the boxes of a lane.
    """

    def __init__(self, band: Band, top: int) -> None:
        self.band = band
        self.top = top
        self.nodes = {node.id: node for node in band.nodes}
        self.last = max(node.column for node in band.nodes)
        self.lines = {
            node.id: wrap(node.step.what, BOX_WIDTH - 2 * _INSET, TEXT_SIZE, _MOST_LINES)
            for node in band.nodes
            if node.shape is Shape.STEP and node.step
        }
        self.stacks = self._stacks()
        self.box_heights = [self._box_height(place) for place in range(len(band.lanes))]
        self.detours: set[str] = set()
        while tangled := self._arrange():
            self.detours |= tangled
        self.gaps = [self._gap(column) for column in range(self.last)]
        self.left = self._columns()
        self.places = {node.id: self._place(node) for node in band.nodes}

    def _arrange(self) -> set[str]:
        """Settle rows and lines; return flows that must make a detour not to run on others."""
        self.corridors: list[list[list[tuple[int, int]]]] = [[] for _ in self.band.lanes]
        self.long = {flow.id: self._corridor(flow) for flow in self.band.flows}
        self.lanes = self._lanes()
        self.middles = self._middles()
        self.tracks: list[list[str]] = []
        for gap in range(self.last):
            try:
                self.tracks.append(self._ordered_lines(gap))
            except CycleError as e:
                return self._turning_once(gap, e.args[1])
        return set()

    def strip(self) -> Strip:
        width = self.left[-1] + self._width(self.last) + _EDGE
        last = self.lanes[-1]
        height = last.rect.y + last.rect.height - self.top
        lanes = tuple(
            Lane(lane.name, lane.lines, Rect(0, lane.rect.y, width, lane.rect.height))
            for lane in self.lanes
        )
        return Strip(
            lanes,
            tuple(Placed(n, self.places[n.id], self.lines.get(n.id, ())) for n in self.band.nodes),
            tuple(Routed(flow, self._route(flow)) for flow in self.band.flows),
            Rect(0, self.top, width, height),
        )

    # Rows

    def _corridor(self, flow: Flow) -> int | None:
        """Return the track above the boxes of the target's lane on which a long flow runs."""
        source, target = self.nodes[flow.source], self.nodes[flow.target]
        is_near = target.column - source.column < 2
        is_straight = self._runs_straight(source, target)
        if flow.id not in self.detours and (is_near or is_straight):
            return None
        tracks = self.corridors[target.lane]
        span = (source.column, target.column)
        for place, taken in enumerate(tracks):
            if all(span[1] <= a or b <= span[0] for a, b in taken):
                taken.append(span)
                return place
        tracks.append([span])
        return len(tracks) - 1

    def _runs_straight(self, source: Node, target: Node) -> bool:
        """Return whether nothing stands between two nodes that are alone in their places."""
        taken = [len(self.stacks.get((source.lane, n), ())) for n in range(self.last + 1)]
        between = taken[source.column : target.column + 1]
        return source.lane == target.lane and between == [1, *[0] * (len(between) - 2), 1]

    def _box_height(self, lane: int) -> int:
        here = [n for n in self.band.nodes if n.lane == lane and n.shape is Shape.STEP]
        most = max((len(self.lines[node.id]) for node in here), default=0)
        timed = any(node.step and node.step.duration for node in here)
        return (1 + most + timed) * LINE + 2 * _INSET

    def _stacks(self) -> dict[tuple[int, int], list[Node]]:
        stacks: dict[tuple[int, int], list[Node]] = defaultdict(list)
        for node in self.band.nodes:
            if node.shape not in (Shape.FORK, Shape.JOIN):
                stacks[node.lane, node.column].append(node)
        return stacks

    def _lanes(self) -> list[Lane]:
        y = self.top
        lanes = []
        for place, name in enumerate(self.band.lanes):
            tallest = max(
                sum(self._height(node) + _BETWEEN for node in stack) - _BETWEEN
                for (lane, _), stack in self.stacks.items()
                if lane == place
            )
            lines = wrap(name, HEADER - 2 * _INSET, _BOLD_SIZE, _MOST_LINES)
            body = max(tallest, len(lines) * LINE) + 2 * _PAD
            height = body + len(self.corridors[place]) * _TRACK
            lanes.append(Lane(name, lines, Rect(0, y, 0, height)))
            y += height
        return lanes

    def _middles(self) -> dict[str, int]:
        """Return the height at which each node stands; a fork or join that of its step."""
        found: dict[str, int] = {}
        for (lane, _), stack in self.stacks.items():
            rect, above = self.lanes[lane].rect, len(self.corridors[lane]) * _TRACK
            whole = sum(self._height(node) + _BETWEEN for node in stack) - _BETWEEN
            y = rect.y + above + (rect.height - above - whole) // 2
            for node in stack:
                found[node.id] = y + self._height(node) // 2
                y += self._height(node) + _BETWEEN
        for node in self.band.nodes:
            if node.shape in (Shape.FORK, Shape.JOIN):
                found[node.id] = found[node.id.split("_", 1)[1]]
        return found

    def _height(self, node: Node) -> int:
        return self.box_heights[node.lane] if node.shape is Shape.STEP else _EVENT

    # Columns

    def _turns(self, flow: Flow) -> list[tuple[int, str]]:
        """Return in which gaps a flow goes up or down, and whose line it follows there."""
        source, target = self.nodes[flow.source], self.nodes[flow.target]
        if self.long[flow.id] is not None:
            return [(source.column, source.id), (target.column - 1, target.id)]
        if source.column == target.column or self.middles[source.id] == self.middles[target.id]:
            return []
        return [(source.column, source.id if source.shape is Shape.FORK else target.id)]

    def _ordered_lines(self, gap: int) -> list[str]:
        """
        Return the nodes whose flows turn in a gap, from left to right.

        The line of a flow that leaves at some height is left of those that enter there: else one
        would run on top of the other.

        :raises CycleError: if no order does.
        """
        keys: dict[str, None] = {}
        leaves: set[tuple[int, str]] = set()
        enters: set[tuple[int, str]] = set()
        for flow in self.band.flows:
            turns = self._turns(flow)
            keys |= {key: None for place, key in turns if place == gap}
            if turns and turns[0][0] == gap:
                leaves.add((self.middles[flow.source], turns[0][1]))
            if turns and turns[-1][0] == gap:
                enters.add((self.middles[flow.target], turns[-1][1]))
        left_of = {
            key: {a for y, a in leaves for z, b in enters if b == key and y == z and a != key}
            for key in keys
        }
        return list(TopologicalSorter(left_of).static_order())

    def _turning_once(self, gap: int, keys: Sequence[str]) -> set[str]:
        found = (
            {flow.id for flow in self.band.flows if self._turns(flow) == [(gap, key)]}
            for key in keys
        )
        return next(flows for flows in found if flows)

    def _gap(self, column: int) -> tuple[int, int, int]:
        """Return the widths of a gap: for forks, for lines, for joins."""
        forks = any(n.shape is Shape.FORK and n.column == column for n in self.band.nodes)
        joins = any(n.shape is Shape.JOIN and n.column == column + 1 for n in self.band.nodes)
        lines = len(self.tracks[column])
        return (
            forks * (_GATEWAY + _STUB),
            max(30, (lines + 1) * _TRACK + 12),
            joins * (_GATEWAY + _STUB + 4),
        )

    def _width(self, column: int) -> int:
        return _EVENT if column in (0, self.last) else BOX_WIDTH

    def _columns(self) -> list[int]:
        left = [HEADER + _EDGE]
        for column, gap in enumerate(self.gaps):
            left.append(left[-1] + self._width(column) + sum(gap))
        return left

    def _place(self, node: Node) -> Rect:
        left, width = self.left[node.column], self._width(node.column)
        y = self.middles[node.id]
        if node.shape is Shape.FORK:
            return Rect(left + width + _STUB, y - _GATEWAY // 2, _GATEWAY, _GATEWAY)
        if node.shape is Shape.JOIN:
            x = left - _STUB - 4 - _GATEWAY
            return Rect(x, y - _GATEWAY // 2, _GATEWAY, _GATEWAY)
        height = self._height(node)
        return Rect(left, y - height // 2, width, height)

    # Flows

    def _route(self, flow: Flow) -> tuple[Point, ...]:
        source, target = self.places[flow.source], self.places[flow.target]
        start = Point(source.right, self.middles[flow.source])
        end = Point(target.x, self.middles[flow.target])
        turns = [self._line(gap, key) for gap, key in self._turns(flow)]
        if not turns:
            return start, end
        if len(turns) == 1:
            return start, Point(turns[0], start.y), Point(turns[0], end.y), end
        lane = self.lanes[self.nodes[flow.target].lane].rect
        y = lane.y + _PAD // 2 + (self.long[flow.id] or 0) * _TRACK
        away, back = turns
        return (
            start,
            Point(away, start.y),
            Point(away, y),
            Point(back, y),
            Point(back, end.y),
            end,
        )

    def _line(self, gap: int, key: str) -> int:
        forks, lines, _ = self.gaps[gap]
        left = self.left[gap] + self._width(gap) + forks
        count = len(self.tracks[gap])
        spread = (lines - 12) // (count + 1)
        return left + spread * (1 + self.tracks[gap].index(key))
