"""The lines drawn on a scanned page: they make its tables, and they disturb recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ._pdf_in import Picture
from ._rows import Rule

_DARK = bytes(ord("1") if grey < 160 else ord("0") for grey in range(256))
_ACROSS = 120  # pixels at 300 to the inch: longer than any stroke of a letter
_DOWN = 90
_THICK = 14  # what is thicker is a picture or the edge of the scan
_STEP = 3  # a line is crooked by less than this from one run to the next
_GAP = 24  # a worn line has holes
_SHORTEST = 100
_HALO = 2  # the grey beside a line


@dataclass(frozen=True, slots=True)
class _Run:
    """Dark pixels in a row of the picture (or in a column): where, from and to."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture without its lines, and the lines in pixels: (x0, y0, x1, y1)."""

    picture: Picture
    across: tuple[tuple[float, float, float, float], ...]
    down: tuple[tuple[float, float, float, float], ...]

    def rules(self, skew: float) -> tuple[Rule, ...]:
        """Return the lines in points, with the skew of the page taken out."""
        scale = 72 / self.picture.dpi
        straight = [_straight(line, skew, scale) for line in self.across]
        upright = [_straight(line, skew, scale) for line in self.down]
        rules = [Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in straight]
        rules += [Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1) for x0, y0, x1, y1 in upright]
        return tuple(rules)


def _straight(
    line: tuple[float, float, float, float], skew: float, scale: float
) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (value * scale for value in line)
    return x0 + skew * y0, y0 - skew * x0, x1 + skew * y1, y1 - skew * x1


def find_lines(picture: Picture) -> Drawn:
    """Return the lines of a page, and the page without them."""
    head, pixels = _parted(picture.data)
    width = int(head.split()[1])
    height = len(pixels) // width if width else 0
    dark = pixels.translate(_DARK)
    rows = [
        run for y in range(height) for run in _runs(dark[y * width : (y + 1) * width], y, _ACROSS)
    ]
    columns = [run for x in range(width) for run in _runs(dark[x::width], x, _DOWN)]
    across, down = list(_lines(rows)), list(_lines(columns))
    clean = bytearray(pixels)
    for runs in across:
        for run in runs:
            for y in range(max(0, run.at - _HALO), min(height, run.at + _HALO + 1)):
                clean[y * width + run.start : y * width + run.end] = b"\xff" * (run.end - run.start)
    for runs in down:
        for run in runs:
            for x in range(max(0, run.at - _HALO), min(width, run.at + _HALO + 1)):
                part = slice(run.start * width + x, run.end * width + x, width)
                clean[part] = b"\xff" * (run.end - run.start)
    return Drawn(
        Picture(head + bytes(clean), picture.dpi),
        tuple((a, b, c, d) for a, b, c, d in map(_ends, across)),
        tuple((b, a, d, c) for a, b, c, d in map(_ends, down)),
    )


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """Return the head of a PGM picture and its pixels."""
    end = data.index(b"\n") + 1
    return data[:end], data[end:]


def _runs(row: bytes, at: int, shortest: int) -> Iterator[_Run]:
    whole = row.replace(b"101", b"111").replace(b"1001", b"1111")
    if b"1" * shortest not in whole:
        return
    for found in re.finditer(rb"1{%d,}" % shortest, whole):
        yield _Run(at, found.start(), found.end())


def _lines(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Yield the runs that together are one line; a slanting line is cut into many short runs."""
    open_: list[list[_Run]] = []
    for run in runs:  # they come ordered by `at`
        still: list[list[_Run]] = []
        joined: list[list[_Run]] = []
        for line in open_:
            if run.at - line[-1].at > _STEP:
                yield from _whole(line)
            elif any(_meet(run, other) for other in line[-8:]):
                joined.append(line)
            else:
                still.append(line)
        merged = sorted((each for line in joined for each in line), key=lambda each: each.at)
        open_ = [*still, [*merged, run]]
    for line in open_:
        yield from _whole(line)


def _meet(run: _Run, other: _Run) -> bool:
    return (
        run.at - other.at <= _STEP and run.start - _GAP < other.end and other.start - _GAP < run.end
    )


def _whole(line: list[_Run]) -> Iterator[list[_Run]]:
    """A line is long and thin all along."""
    start, end = min(run.start for run in line), max(run.end for run in line)
    inked = sum(run.end - run.start for run in line)
    if end - start >= _SHORTEST and inked / (end - start) <= _THICK:
        yield line


def _ends(line: list[_Run]) -> tuple[float, float, float, float]:
    """Return start, place there, end, place there: a slanting line has two places."""
    first = min(line, key=lambda run: run.start)
    last = max(line, key=lambda run: run.end)
    return (first.start, _place(line, first.start), last.end, _place(line, last.end))


def _place(line: list[_Run], along: int) -> float:
    """Return where a line runs at a point along it: the middle of its runs there."""
    near = [run.at for run in line if run.start - _GAP <= along <= run.end + _GAP]
    return sum(near) / len(near)
