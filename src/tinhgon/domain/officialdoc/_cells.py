"""Cells of plain text: parted by bars, fenced by them, or one below another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ._phrases import fold
from ._raw import Line, tidy

_BAR = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
COUNTED = re.compile(r"^(?:stt|tt|so tt|so thu tu)\b")
MARK = re.compile(r"^(?:[A-H]|[IVX]{1,5})[.)/]?$")
_PROCEDURE = re.compile(r"\bthu tuc\b|\btthc\b")
_RULED = re.compile(r"^\|?[\s:|-]*-{3,}[\s:|-]*$")
_BEGINS_ROW = re.compile(r"^(?:\d{1,3}|[A-H]|[IVX]{1,5})[.)/]?(?:\s|$)")
_ENDS_LIST = re.compile(r"^(?:phu luc|phan\s*(?:thu|[ivx\d]|$)|noi nhan|dieu \d)")
_LONGEST_CELL = 40  # lines
_NARROWEST = 2  # columns
_FENCES = 3  # bars, at least


def split_cells(text: str) -> list[str]:
    """Return the cells of a line; bars that touch a letter are letters themselves."""
    return [tidy(cell) for cell in _BAR.split(text)]


def has_cells(text: str) -> bool:
    """Tell whether bars part the line into cells; a bar alone on its line is none."""
    return bool(_BAR.search(text)) and text.strip(" |") != ""


def lists_procedures(cells: Sequence[str]) -> bool:
    """Tell whether these are the headings of a numbered list of procedures."""
    folded = [fold(cell) for cell in cells]
    return (
        len(cells) > 1
        and any(map(COUNTED.match, folded))
        and any(map(_PROCEDURE.search, folded[1:]))
    )


def without_fences(lines: Sequence[Line]) -> list[Line]:
    """
    Return the lines with the bars around whole rows taken off, and the rows of dashes left out.

    Only a table whose first row has a bar at both ends is fenced; elsewhere a bar at an end parts
    an empty cell from the others.
    """
    out: list[Line] = []
    fenced = False
    for line in lines:
        bars = line.text.startswith("|") and line.text.endswith("|")
        if not has_cells(line.text) and not _RULED.match(line.text):
            fenced = False
        elif not fenced:
            first = not out or not has_cells(out[-1].text)
            fenced = first and bars and line.text.count("|") >= _FENCES
        if not fenced:
            out.append(line)
        elif not _RULED.match(line.text):
            text = line.text.removeprefix("|")
            out.append(replace(line, text=text.removesuffix("|") if bars else text))
    return out


def lay_cells(lines: Sequence[Line]) -> list[Line]:
    """
    Return the lines with lists whose cells stand one below another, each ended by a bar on a line
    of its own, as lines of cells.

    The head is the first line; which cells make a row is found later by their numbers.
    """
    out: list[Line] = []
    at = 0
    while at < len(lines):
        cells, end = _cells_below(lines, at)
        width = next((n for n, cell in enumerate(cells) if _BEGINS_ROW.match(cell.text)), 0)
        if width < _NARROWEST or not lists_procedures([cell.text for cell in cells[:width]]):
            out.append(lines[at])
            at += 1
            continue
        head = " | ".join(cell.text for cell in cells[:width])
        out.append(replace(cells[0], text=head, end_line=cells[width - 1].end_line))
        out += cells[width:]
        at = end
    return out


def _cells_below(lines: Sequence[Line], at: int) -> tuple[list[Line], int]:
    """Return the cells from here on, and the index after the last bar."""
    cells: list[Line] = []
    if not COUNTED.match(fold(lines[at].text)) or has_cells(lines[at].text):
        return cells, at
    begin, end = at, at
    for index in range(at, len(lines)):
        text = lines[index].text
        if text.strip() == "|":
            parts = lines[begin:index]
            joined = " ".join(part.text for part in parts)
            if parts:
                cells.append(replace(parts[0], text=joined, end_line=parts[-1].end_line, gap=False))
            begin = end = index + 1
        elif index - begin > _LONGEST_CELL or _ENDS_LIST.match(fold(text)):
            break
        elif cells and COUNTED.fullmatch(fold(text)):
            break  # the head of the next list
    return cells, end
