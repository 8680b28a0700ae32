"""Numbers, markers and words by which rows are told from headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tinhgon.domain.officialdoc import Source
from tinhgon.domain.vntext import fold

from ._words import field_of_heading, level_in

NUMBER = re.compile(
    r"^\(?(?:\d{1,4}[a-zđ]?|\d{1,3}(?:\.\d{1,3}){1,3}|[A-Z]\d{1,3}|[IVX]{1,5}(?:\.\d{1,3})+)\s*[.)/]?$"
)
MARK = re.compile(r"^(?:[A-HK]|[IVX]{1,6}|[a-zđ])\s*[.)/]?$|^\(?[IVX]{1,5}\)?$")
HEAD_MARK = re.compile(r"^(?:[A-HK]|[IVX]{1,6})\s*[.)/]?$")
MARKED = re.compile(
    r"^(?P<mark>(?:[A-HK]|[IVX]{1,6})(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2})?)\s*[.)/:-]+\s*(?P<text>\D.*)$",
    re.DOTALL,
)
CODE = re.compile(r"\b\d\.?\d{6}\b")
_HEADING_WORDS = re.compile(
    r"^(?:cac )?(?:linh vuc|thu tuc hanh chinh|tthc|cap (?:tinh|xa|huyen|"
    r"trung uong)|danh muc|nhom|muc |phan )"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above rows: its marker as printed and its text."""

    marker: str
    text: str
    source: Source
    style: str = ""


@dataclass(slots=True)
class Record:
    """
    The cells of one procedure, by column.

    `above` are the columns which a cell from a row above covers, `beyond` the texts of cells for
    which the list has no column.
    """

    number: str
    cells: list[str]
    above: set[int]
    source: Source
    displaced: bool = False
    beyond: list[str] = field(default_factory=list)


Item = Heading | Record


def is_number(text: str) -> bool:
    """Tell whether a cell holds the number of a row."""
    return bool(NUMBER.match(text.strip()))


def plain_number(number: str) -> str:
    text = number.strip("()./ ")
    return str(int(text)) if text.isdigit() else text


def looks_like_heading(text: str) -> bool:
    folded = fold(text)
    if not _HEADING_WORDS.match(folded):
        return False
    has_level = level_in(text) is not None or "thuoc" in folded or "noi bo" in folded
    return field_of_heading(text) is not None or has_level or text.isupper() or "(" in text


def style_of(mark: str) -> str:
    """Return the kind of a marker: those of one kind stand on one level."""
    bare = mark.strip(" .)/(:-")
    if re.fullmatch(r"[IVX]+", bare):
        return "roman"
    if re.fullmatch(r"[A-Z]", bare):
        return "letter"
    if bare.isdigit():
        return "number"
    return "point" if re.fullmatch(r"[a-zđ]", bare) else f"sub{bare.count('.')}"
