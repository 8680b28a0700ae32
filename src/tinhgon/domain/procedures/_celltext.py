"""
The grammar of cells that hold a list: one row of the list a line, its parts between bars.

    2. Thẩm định hồ sơ | Người thực hiện: Sở Nội vụ | Thời gian: 03 ngày làm việc

A backslash keeps the sign after it: \\| is a bar in the text, \\n the end of a line in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tinhgon.domain.vntext import fold

from ._record import Duration
from ._typed import NotADuration
from ._typed import read_duration as typed_duration

_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BULLET = re.compile(r"\A[-+•*–]\s*")
_LABEL = re.compile(r"([^:|\\]{1,60}):\s*(.*)", re.DOTALL)


class NotACell(ValueError):
    """A cell cannot be read; the message tells a person what to write instead."""


def escape(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")
    return f"\\{text}" if _BULLET.match(text) else text


def unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda m: "\n" if m[1] == "n" else m[1], text)


def join_parts(parts: Iterable[str]) -> str:
    return " | ".join(parts)


def split_parts(line: str) -> list[str]:
    """Return the parts between bars, still escaped."""
    if "\\" not in line:
        return [part.strip() for part in line.split("|")]
    parts, start = [], 0
    for bar in _BAR.finditer(line):
        parts.append(line[start : bar.end() - 1].strip())
        start = bar.end()
    return [*parts, line[start:].strip()]


def split_lines(cell: str) -> list[str]:
    """Return the lines that say something, without the dashes that people put in front."""
    lines = (line.strip() for line in cell.split("\n"))
    return [bare for line in lines if line and (bare := _BULLET.sub("", line, count=1).strip())]


def labelled(label: str, value: str) -> str:
    return f"{label}: {escape(value)}".rstrip()


def read_label(part: str) -> tuple[str, str]:
    """Return the folded label and the value of "Nhãn: giá trị"; no label where there is none."""
    found = _LABEL.fullmatch(part)
    return (_label(found[1]), unescape(found[2].strip())) if found else ("", unescape(part))


@lru_cache(maxsize=1024)
def _label(words: str) -> str:
    return fold(words)


def read_duration(text: str) -> Duration:
    """
    Read a time as people type it.

    :raises NotACell: if it is none.
    """
    try:
        return typed_duration(text)
    except NotADuration as e:
        raise NotACell(f"{e} Ghi như “05 ngày làm việc”.") from e
