"""Joining lines into paragraphs: by the layout where it is known, by the words where it is not."""

from __future__ import annotations

import re
from dataclasses import replace

from ._markers import split_marker
from ._phrases import is_upper
from ._raw import Line

_END = re.compile(r"[.;:!?…][\"”’)\]]*$")
_WORD_TORN = re.compile(r"\w[-–]$")
_REFERENCE_WORD = re.compile(r"\b(?:điểm|khoản|[Đđ]iều|mục|chương|tiết)$")
_TORN_HEAD = re.compile(r"^(?:phần|chương|mục|điều)$", re.IGNORECASE)
_LONG = 150  # a line of paragraph length: a heading is shorter

# Words that cannot be the last of a line that is finished.
_OPEN_WORDS = frozenset(
    (
        "của", "và", "với", "các", "cho", "tại", "về", "trong", "theo", "do", "là", "hoặc", "những",
        "để", "từ", "trên", "được", "bởi", "nhằm", "khi", "số", "ngày", "tháng", "đã", "sẽ",
        "đang", "cùng", "giữa", "Sở", "Cục", "Vụ",
    )
)  # fmt: skip


def is_finished(text: str) -> bool:
    """True when the text ends with the sign of an end."""
    return bool(_END.search(text))


def _open(text: str) -> bool:
    last = text.split()[-1] if text.split() else ""
    return last in _OPEN_WORDS or text.endswith(",")


def glue(first: str, second: str) -> str:
    """Join two pieces of a sentence; a word torn at its hyphen is put together without a space."""
    if _WORD_TORN.search(first) and second[:1].isalnum():
        return first + second
    return f"{first} {second}"


def wrap_width(lines: list[Line]) -> int | None:
    """
    Return the width in letters to which a text was wrapped, None when its lines are paragraphs.
    """
    lengths = sorted(len(each.text) for each in lines if each.continues is None and not each.table)
    if len(lengths) < 6 or lengths[-1] > 160:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(length >= 0.8 * width for length in lengths)
    return width if full >= 0.4 * len(lengths) and width > 40 else None


def _continues(
    before: Line, line: Line, following: Line | None, width: int | None, *, spaced: bool
) -> bool:
    if line.table or before.table:
        return False
    if line.continues is not None:
        return line.continues
    if _REFERENCE_WORD.search(before.text) or _TORN_HEAD.match(before.text):
        return True
    if split_marker(line.text):
        return _is_dash_inside(before, line, following, width)
    if is_finished(before.text):
        return bool(width) and not line.gap and _is_full(before.text, line.text, width or 0)
    if is_upper(line.text) != is_upper(before.text):
        return False
    return _goes_on(before, line, width, spaced=spaced)


def _goes_on(before: Line, line: Line, width: int | None, *, spaced: bool) -> bool:
    """The line before has no end: does this one, without a marker, go on with it?"""
    if line.gap:
        return len(before.text) > _LONG and not width
    if line.text[:1].islower() or _open(before.text) or spaced:
        return True
    if width:
        return len(before.text) >= 0.75 * width
    return len(before.text) > _LONG


def _is_dash_inside(before: Line, line: Line, following: Line | None, width: int | None) -> bool:
    """A lone dash after a long unfinished line is a dash of its sentence, not a bullet."""
    mark = split_marker(line.text)
    if mark is None or mark.style != "dash" or is_finished(before.text) or line.gap:
        return False
    if width:
        return len(before.text) >= 0.8 * width and not _is_bullet(following)
    return len(before.text) > _LONG and not _is_bullet(following) and not _is_bullet(before)


def _is_bullet(line: Line | None) -> bool:
    mark = split_marker(line.text) if line is not None and not line.table else None
    return mark is not None and mark.style == "dash"


def _is_full(before: str, after: str, width: int) -> bool:
    """True when the first word of the next line would not have fitted on the line before."""
    last_line = before.rsplit("\n", 1)[-1]
    return len(last_line) + 1 + len(after.split(" ", 1)[0]) > width - 3


def join_lines(lines: list[Line], width: int | None) -> list[Line]:
    """Join the lines that belong together; each result is one paragraph or one table."""
    joined: list[Line] = []
    spaced = sum(line.gap for line in lines) > 0.6 * len(lines)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        before = _seen(joined[-1], lines[index - 1], width) if joined else None
        if before and _continues(before, line, following, width, spaced=spaced):
            end = max(joined[-1].end_line, line.end_line)
            text = glue(joined[-1].text, line.text)
            joined[-1] = replace(joined[-1], text=text, end_line=end)
        else:
            joined.append(line)
    return joined


def _seen(paragraph: Line, last: Line, width: int | None) -> Line:
    """In a wrapped text the last printed line counts, else all that was joined so far."""
    return last if width else paragraph
