"""Two columns on one line, as letterheads are printed, taken apart and put in order."""

from __future__ import annotations

import re
from dataclasses import replace

from ._dates import read_place_and_day
from ._markers import split_marker
from ._phrases import MOTTO, MOTTO_LINE_2, after_label, find_phrase, is_phrase, is_upper
from ._raw import GAP, Line, Side
from ._titles import is_title, split_signature

_HEAD_LINES = 40  # a letterhead ends within so many lines

NUMBER_LINE = re.compile(
    r"^S[ốôóồoỐỘỒ]\s*[:.;]?\s*(?P<number>[\w.…_-]*?)\s*[/|]\s*"
    r"(?:(?P<symbol>[A-ZĐ]\w*(?:\s?&\s?\w+)*(?:\s?[-–]\s?[A-ZĐ]\w*(?:\s?&\s?\w+)*)*)"
    r"(?P<rest>.*)|[\s.…_]*)$"
)
ABOUT_LINE = re.compile(r"^[Vv]\s*[/\\]\s*[Vv]\b\s*:?\s*(?P<subject>.*)$", re.DOTALL)


def by_columns(lines: list[Line]) -> list[Line]:
    """
    Put lines of two columns in order: where columns stand side by side, the left one comes first.
    """
    out: list[Line] = []
    right: list[Line] = []
    for line in (piece for each in lines for piece in _split_gap(each)):
        if line.side is Side.FULL:
            out.extend(right)
            right = []
            out.append(line)
        elif line.side is Side.RIGHT:
            right.append(line)
        else:
            out.append(line)
    return out + right


def _is_of_column(text: str) -> bool:
    """
    True for what stands in one of two columns: motto, number, day, subject, recipients, title.
    """
    return (
        find_phrase(MOTTO, text) is not None
        or is_phrase(MOTTO_LINE_2, text)
        or bool(NUMBER_LINE.match(text) or ABOUT_LINE.match(text))
        or read_place_and_day(text) is not None
        or after_label("noi nhan", text) is not None
        or (is_upper(text) and len(text) < 60 and split_marker(text) is None)
    )


_OWN_BLANK = re.compile(r"(?i)(số\s*:?|ngày|tháng|năm|20)\s*\t\s*|\s*\t\s*(?=/|tháng|năm)")


def _split_gap(line: Line) -> list[Line]:
    """
    Take two columns on one line apart; the blanks of "Số:      /UBND" and of a date are no
    columns.
    """
    if GAP not in line.text:
        return [line]
    closed = _OWN_BLANK.sub(lambda m: f"{m[1] or ''} ", line.text)
    pieces = [piece.strip() for piece in closed.split(GAP) if piece.strip()]
    if len(pieces) != 2 or not any(_is_of_column(piece) for piece in pieces):
        return [replace(line, text=" ".join(pieces))]
    return [
        replace(line, text=pieces[0], side=Side.LEFT),
        replace(line, text=pieces[1], side=Side.RIGHT),
    ]


def unmerge(lines: list[Line]) -> list[Line]:
    """Take apart head lines printed on one line ("UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI …")."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        if index > _HEAD_LINES or len(line.text) > 160 or line.table:
            out.append(line)
            continue
        out.extend(replace(line, text=piece) for piece in _pieces(line.text))
    return out


_NUMBER_AND_MORE = re.compile(
    r"^(?P<number>[Ss]ố\s*:?\s*[\w.…]*\s*/\s*[A-ZĐ][\w&]*(?:\s?-\s?[\w&]+)*)\s+"
    r"(?P<rest>\S.*?,\s*ngày\b.*)$"
)


def _pieces(text: str) -> list[str]:
    for phrase in (MOTTO, MOTTO_LINE_2):
        found = find_phrase(phrase, text, 88)
        if found and len(text) > len(phrase) + 3:
            parts = [text[: found[0]], text[found[0] : found[1]], text[found[1] :]]
            kept = [part.strip(" -–_") for part in parts]
            return [piece for part in kept if part for piece in _pieces_of_rest(part, phrase)]
    merged = _NUMBER_AND_MORE.match(text)
    return [merged["number"], merged["rest"]] if merged else [text]


def _pieces_of_rest(part: str, phrase: str) -> list[str]:
    return [part] if find_phrase(phrase, part, 88) else _pieces(part)


def belongs_to_layout(text: str) -> bool:
    """True for what stands in tables that only put things side by side."""
    if not text or len(text) > 160:
        return False
    return (
        find_phrase(MOTTO, text) is not None
        or after_label("noi nhan", text) is not None
        or after_label("kinh gui", text) is not None
        or bool(NUMBER_LINE.match(text))
        or is_title(text)
        or len(split_signature(text)) > 1
    )
