"""Lines of a list of procedures on which a capture has put several things one behind another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ._cells import COUNTED, MARK, has_cells, lists_procedures, split_cells
from ._phrases import fold
from ._raw import Line

_PART = re.compile(r"^(?:PHỤ LỤC|Phụ lục|PHẦN|Phần)\s+(?:thứ|số|[IVX\d])")
_MARKED = re.compile(r"^(?:[A-H]|[IVX]{1,5})[.)]\s+\S")


def unglued(lines: Sequence[Line]) -> Iterator[Line]:
    """
    Yield the lines, with rows of a list parted from what is glued behind them: the heading of the
    next rows, the head of the next list, the next part of the document.
    """
    listing = False
    for line in lines:
        if not has_cells(line.text):
            listing = listing and not _PART.match(line.text)
            yield line
            continue
        cells = split_cells(line.text)
        listing = listing or lists_procedures(cells)
        pieces = list(_pieces(cells)) if listing else [cells]
        if len(pieces) == 1:
            yield line
            continue
        for number, piece in enumerate(pieces):
            gap = line.gap if number == 0 else False
            yield replace(line, text=" | ".join(piece).strip(), gap=gap)


def _pieces(cells: list[str]) -> Iterator[list[str]]:
    begin = 0
    for at in range(1, len(cells)):
        if at > begin and _begins(cells, at):
            yield _trimmed(cells[begin:at])
            begin = at
    yield cells[begin:]


def _begins(cells: list[str], at: int) -> bool:
    """Tell whether something new begins at a cell which is not the first of its line."""
    cell, rest = cells[at], cells[at:]
    if _PART.match(cell):
        return True
    if COUNTED.fullmatch(fold(cell)) and lists_procedures(rest):
        return True
    if _MARKED.match(cell) and (cell.isupper() or lists_procedures(rest[1:])):
        return True
    following = [text for text in rest[1:] if text]
    return bool(MARK.match(cell)) and len(following) == 1 and len(following[0]) > 3 and at > 1


def _trimmed(cells: list[str]) -> list[str]:
    """The empty cells before what was glued on are not of the row."""
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    return cells
