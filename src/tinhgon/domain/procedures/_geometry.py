"""What is placed in a swimlane, and the measures of it in points of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ._graph import Flow, Node

TEXT_SIZE = 12
LINE = 15
BOX_WIDTH = 148
HEADER = 120


class Point(NamedTuple):
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    @property
    def right(self) -> int:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Lane:
    """`lines`: its name as it fits into the header, the first `HEADER` of its width."""

    name: str
    lines: tuple[str, ...]
    rect: Rect


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place; `lines`: what is done, as it fits into the box of a step."""

    node: Node
    rect: Rect
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Routed:
    flow: Flow
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A band with its place."""

    lanes: tuple[Lane, ...]
    nodes: tuple[Placed, ...]
    flows: tuple[Routed, ...]
    rect: Rect


@dataclass(frozen=True, slots=True)
class Layout:
    strips: tuple[Strip, ...]
    width: int
    height: int
