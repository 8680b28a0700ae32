"""Markers of items: "I.", "1.", "1.1.", "a)", "(i)", "-", "+", "Điều 2." and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._model import BlockKind
from ._phrases import UPPER


@dataclass(frozen=True, slots=True)
class Marked:
    """
    A line taken apart: `style` tells markers of one list from those of another ("a)" from "(i)").
    """

    kind: BlockKind
    style: str
    marker: str
    text: str
    depth: int


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_CAPITAL = f"[{UPPER}]"
_TITLE = rf"(?=\s*$|\s+{_CAPITAL})"
_COUNT = rf"(?:{_ROMAN}|\d+)\b"

_PATTERNS: tuple[tuple[str, BlockKind, str], ...] = (
    (
        "part",
        BlockKind.PART,
        rf"(?i:phần)\s+(?:(?i:thứ)\s+\w+|{_ROMAN}|\d+|[A-E])\b[.:]?(?:{_TITLE}|(?=[.:]))",
    ),
    ("chapter", BlockKind.CHAPTER, rf"(?i:chương)\s+{_COUNT}[.:]?{_TITLE}"),
    ("subsection", BlockKind.SUBSECTION, rf"(?i:tiểu\s+mục)\s+{_COUNT}[.:]?{_TITLE}"),
    (
        "section",
        BlockKind.SECTION,
        rf"(?i:mục)\s+{_COUNT}(?:[.:](?=\s)|(?=\s*$)|(?=\s+{_CAPITAL}{{2}}))",
    ),
    ("article", BlockKind.ARTICLE, r"(?i:điều)\s+\d+[a-zđ]?\s*[.:](?!\d)"),
    ("letter", BlockKind.LETTER, r"[A-HK][.)](?=\s+\w)"),
    ("roman", BlockKind.ROMAN, rf"{_ROMAN}\s*[.)](?=\s|{_CAPITAL})|{_ROMAN}\s*[-–/](?=\s)"),
    (
        "number.number",
        BlockKind.SUBCLAUSE,
        r"\d{1,2}(?:\.\d{1,2}){1,3}(?:[.)](?=\s*\D)|(?=\s+[^\s\d%]))",
    ),
    ("number", BlockKind.CLAUSE, r"\d{1,3}\s?\.(?=\s*[^\s\d.,]|\s+\d|\s*$)|\d{1,3}/(?=\s)"),
    ("number)", BlockKind.CLAUSE, r"\d{1,2}\)(?=\s*\S)"),
    ("(number)", BlockKind.POINT, r"\(\d{1,2}\)(?=\s*\S)"),
    ("(roman)", BlockKind.POINT, r"\((?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x)\)(?=\s*\S)"),
    ("(letter)", BlockKind.POINT, r"\([a-zđ]\)(?=\s*\S)"),
    ("point", BlockKind.POINT, r"[a-zđ]\d?\)(?=\s*\S)|[a-zđ]\.(?=\s+\w)"),
    ("dash", BlockKind.DASH, r"[-–—−•*●▪■◦‣·\uf02d\uf0b7\uf0a7](?=\s*[^\s\d\-–—.*]|\s+\d)"),
    ("plus", BlockKind.PLUS, r"\+(?=\s*\S)"),
)

_COMPILED = [
    (style, kind, re.compile(rf"^({pattern})\s*", re.DOTALL)) for style, kind, pattern in _PATTERNS
]

_DEPTH = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "article": 4,
    "letter": 5,
    "roman": 6,
    "number": 7,
    "number)": 8,
    "number.number": 9,
    "point": 20,
    "(number)": 21,
    "(roman)": 22,
    "(letter)": 23,
    "dash": 24,
    "plus": 25,
}


def split_marker(text: str) -> Marked | None:
    """Return the line taken apart into marker and text, or None when it begins with no marker."""
    for style, kind, pattern in _COMPILED:
        found = pattern.match(text)
        if found:
            depth = _DEPTH[style]
            marker, rest = found[1].strip(), text[found.end() :].strip()
            levels = marker.strip(".) ").count(".") if kind is BlockKind.SUBCLAUSE else 0
            return Marked(kind, f"{style}{levels or ''}", marker, rest, depth + levels)
    return None
