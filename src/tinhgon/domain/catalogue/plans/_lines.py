"""The text of a plan as lines, with what captures have glued together taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tinhgon.domain.catalogue._refusals import withholds
from tinhgon.domain.catalogue._stream import Kind, Unit
from tinhgon.domain.catalogue._words import field_of_heading
from tinhgon.domain.officialdoc import BlockKind, Source
from tinhgon.domain.vntext import fold

from ._labels import Label, is_cost_line, label_of, meta_of
from ._letters import UPPER
from ._model import PlanPart

_MARKER = re.compile(
    r"(?P<marker>\d{1,3}(?:\.\d{1,3}){1,3}[.)]?|\d{1,3}\s?[.)/]|\(\d{1,2}\)|[IVX]{1,6}[.)/]|"
    r"[IVX]{1,6}(?:\.\d{1,2}){1,3}[.)]?|[A-HK][.)]|[a-zđ]\s?[.)]|[-–+•*])\s+(?=\S)"
)
_GAP = re.compile(rf"\s+(?=[\d(IVXA-HKa-zđ.\-–+•*]{{1,9}}[.)/]?\s|[{UPPER}])")
_BULLET = re.compile(rf"\s+(?=[-–+•]\s+[{UPPER}“\"])")
_CAPITALS = rf"[{UPPER}][{UPPER},\-–]+"
_HEADING = re.compile(
    rf"\s+(?=(?:[A-HK]|[IVX]{{1,6}})[.)]\s+{_CAPITALS}\s+{_CAPITALS})"
    rf"|(?<![A-HKIVX\d][.)])\s+(?=LĨNH VỰC\s+{_CAPITALS})"
)
_LABEL_LETTERS = "NPLKCTĐHMSVB"  # with which the labels of a plan begin
_GLUED = 2

_BLOCKS = (
    (re.compile(r"[IVX]{1,6}[.)/]$"), BlockKind.ROMAN),
    (re.compile(r"[A-HK][.)]$"), BlockKind.LETTER),
    (re.compile(r"\d{1,3}\s?[.)/]$"), BlockKind.CLAUSE),
    (re.compile(r"[\dIVX]{1,6}\.\d"), BlockKind.SUBCLAUSE),
    (re.compile(r"\(\d|[a-zđ]\s?[.)]$"), BlockKind.POINT),
    (re.compile(r"\+$"), BlockKind.PLUS),
    (re.compile(r"[-–•*]$"), BlockKind.DASH),
)
DEPTHS = {kind: depth for depth, kind in enumerate(BlockKind)}
_HEADS = frozenset(
    {BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.ROMAN, BlockKind.LETTER}
)
ITEMS = frozenset({BlockKind.POINT, BlockKind.DASH, BlockKind.PLUS})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan: marker and text, and the label with which the text begins."""

    text: str
    source: Source
    marker: str = ""
    block: BlockKind = BlockKind.PARAGRAPH
    kind: Kind = Kind.TEXT
    label: Label | None = None

    @property
    def printed(self) -> str:
        return f"{self.marker} {self.text}".strip()

    @property
    def bare(self) -> str:
        """The marker without its signs."""
        return self.marker.strip(" .)/(")

    @property
    def depth(self) -> int:
        return DEPTHS[self.block]

    @property
    def section(self) -> PlanPart | None:
        """The part of a block which the line opens."""
        return self.label.part if self.label else None


def lines_of(units: Iterable[Unit]) -> list[Line]:
    """Return the paragraphs, and the rows of tables that are no lists, as lines."""
    out: list[Line] = []
    for unit in units:
        lines = _row(unit) if unit.kind is Kind.ROW else _lines(unit)
        out += [_labelled(line) for line in lines if line.printed or line.kind is Kind.ANNEX]
    return _heads_apart(out)


def _labelled(line: Line) -> Line:
    """A title in capitals, and the heading of a part, are no labels."""
    if line.kind is Kind.ANNEX or line.block is BlockKind.PART:
        return line
    titled = line.block in (*_HEADS, BlockKind.PARAGRAPH) and line.text[:40].isupper()
    return line if titled else replace(line, label=label_of(line.text))


def _row(unit: Unit) -> Iterator[Line]:
    """A row "label | text" is a label with its text; other rows keep their bars."""
    cells = [place.text for place in unit.cells if place.text and not place.above]
    if len(cells) > 1 and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*[.)]?", cells[0]):
        cells = cells[1:]
    if len(cells) < 2:
        for cell in cells:
            for text in cell.split("\n"):
                yield from _pieces(Line(text, unit.source))
        return
    first = " ".join(cells[0].split()).rstrip(" :")
    marked = _MARKER.match(f"{first} ")
    words = first[marked.end() :] if marked else first
    if label_of(words) or meta_of(f"{words}:"):
        head, *more = "\n".join(cells[1:]).split("\n")
        yield from _pieces(Line(f"{first}: {head}", unit.source))
        for text in more:
            yield from _pieces(Line(text, unit.source))
        return
    yield Line(unit.text.replace("\n", " "), unit.source, kind=Kind.ROW)


def _lines(unit: Unit) -> Iterator[Line]:
    if unit.kind is Kind.ANNEX:
        yield Line(unit.text, unit.source, unit.marker, unit.block, unit.kind)
        return
    yield from _pieces(Line(unit.text, unit.source, unit.marker, unit.block, unit.kind))


def _pieces(line: Line) -> Iterator[Line]:
    """Yield the line in pieces where labels stand inside it."""
    texts = _split_at_labels(line.text)
    glued = len(texts) > _GLUED
    first = True
    for text in texts:
        for bullet in _bullets(text) if glued else [text]:
            yield replace(line, text=bullet) if first and line.marker else _marked(line, bullet)
            first = False


def _bullets(text: str) -> Iterator[str]:
    """Part a text before each bullet in it; a dash between capitals parts no items."""
    start = 0
    for gap in _BULLET.finditer(text):
        if not text[max(0, gap.start() - 6) : gap.start()].isupper():
            yield text[start : gap.start()]
            start = gap.end()
    yield text[start:]


def _marked(line: Line, text: str) -> Line:
    """Return a piece with its own marker taken off."""
    found = _MARKER.match(text)
    if found is None:
        return replace(line, text=text, marker="", block=BlockKind.PARAGRAPH)
    marker = found["marker"]
    block = next(kind for pattern, kind in _BLOCKS if pattern.match(marker))
    return replace(line, text=text[found.end() :], marker=marker, block=block)


def _split_at_labels(text: str) -> list[str]:
    """Part a text before each label in it, and before the headings glued to the end of a part."""
    pieces: list[str] = []
    start = 0
    for gap in _GAP.finditer(text):
        if _opens(text, gap.start(), gap.end()):
            pieces.append(text[start : gap.start()])
            start = gap.end()
    pieces.append(text[start:])
    out: list[str] = []
    for piece in pieces:
        out += _HEADING.split(piece) if _parts_at_heading(piece) else [piece]
    return [piece.strip() for piece in out if piece.strip()]


def _parts_at_heading(text: str) -> bool:
    """A heading inside a text follows a sentence, or another heading in capitals."""
    return any(
        text[: found.start()].rstrip()[-1:] in '.;:%)”"' or text[: found.start()][-12:].isupper()
        for found in _HEADING.finditer(text)
    )


def _opens(text: str, before: int, at: int) -> bool:
    """Tell whether a label opens at a place inside a text."""
    found = _MARKER.match(text, at)
    begin = found.end() if found else at
    if text[begin : begin + 1].upper() not in _LABEL_LETTERS:
        return False
    rest = text[begin : begin + 400]
    label = label_of(rest)
    if found:
        return label is not None or is_cost_line(rest)
    if label is None or not label.closed or not label.rest or text[begin].islower():
        return False
    return ":" in rest[len(label.words) : len(label.words) + 3] and text[before - 1] not in '“("'


# -- headings of blocks, glued to what stands before them


def _heads_apart(lines: list[Line]) -> list[Line]:
    """
    Return the lines with the heading "2. Thủ tục …" parted from the line before the label "2.1."
    where a capture has glued it to the part above.
    """
    out: list[Line] = []
    last = 0  # where the lines behind the last label begin
    before = ("", 0)
    for line in lines:
        number, place = _numbered(line)
        opens = number and not (number == before[0] and place > before[1])
        if opens and not any(each.bare == number for each in out[last:]):
            begin = max(0, last - 1)
            for at in range(len(out) - 1, begin - 1, -1):
                parted = _part_head(out[at], number)
                if parted:
                    out[at : at + 1] = parted
                    break
        out.append(line)
        if line.label:
            last, before = len(out), (number, place)
    return out


def _numbered(line: Line) -> tuple[str, int]:
    """ "2" and 1 of the label "2.1."."""
    head, _, place = line.bare.rpartition(".")
    return (head, int(place)) if line.label and head and place.isdigit() else ("", 0)


_HEAD = re.compile(rf"(?:^|\s)(?=([\dIVX]+(?:\.\d+)*)(?:[.)]\s+[{UPPER}“\"\[]|\s+Thủ tục\b))")


def _part_head(line: Line, number: str) -> list[Line]:
    found = [each for each in _HEAD.finditer(line.text) if each[1] == number and each.start() > 0]
    if not found:
        return []
    at = found[-1]
    tail = replace(line, text=line.text[: at.start()].strip())
    head = _marked(Line("", line.source), line.text[at.end() :].strip())
    if not head.marker:  # "2 Thủ tục", its point lost
        head = replace(head, marker=f"{number}.", text=head.text[len(number) :].strip())
        head = replace(head, block=BlockKind.CLAUSE)
    pieces = _HEADING.split(tail.text) if _parts_at_heading(tail.text) else [tail.text]
    first, *more = pieces
    return [replace(tail, text=first), *(_marked(Line("", line.source), p) for p in more), head]


_GROUP_OF_PROCEDURES = re.compile(
    r"^(?:cac |nhom |danh muc )*(?:thu tuc hanh chinh|tthc|thu tuc)(?: noi bo)?"
    r"(?: (?:thuc hien tai |giai quyet (?:o|tai) |ap dung (?:o|tai) )?"
    r"(?:cap (?:tinh|huyen|xa|trung uong)|thuoc|linh vuc|trong|ap dung|giua|do|cua|duoc|bi|moi)\b"
    r"|\s*\(|\s*[,:;]?$)"
)
_OTHER_SECTION = re.compile(r"^(?:cap (?:tinh|huyen|xa|trung uong)\b|danh muc\b|phan [ivx\d]+\b)")


def is_section(line: Line) -> bool:
    """Tell whether a line is a heading above several procedures."""
    if line.kind is Kind.ANNEX or line.block in _CONTAINERS:
        return True
    if line.label is not None or len(line.text) < _FEWEST or line.block in ITEMS:
        return False
    if line.text.endswith((";", ",")):
        return False
    numbered = line.block in (BlockKind.ROMAN, BlockKind.LETTER)
    if withholds(line.text, numbered=numbered) or withholds(line.text.rstrip(" :")):
        return True
    folded = fold(line.text)
    if field_of_heading(line.text) or _GROUP_OF_PROCEDURES.match(folded):
        return line.block is not BlockKind.PARAGRAPH or not line.text.endswith(".")
    if _OTHER_SECTION.match(folded):
        return True
    named = folded.startswith(("thu tuc ", "tthc "))
    return line.text.isupper() and line.block is not BlockKind.CLAUSE and not named


_CONTAINERS = (BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION)
_FEWEST = 6  # letters


def text_lines(text: str) -> list[Line]:
    """Return the lines of the text of a cell."""
    return _heads_apart(
        [
            _labelled(piece)
            for line in text.split("\n")
            if line.strip()
            for piece in _pieces(Line(line.strip(), _NOWHERE))
        ]
    )


_NOWHERE = Source(1, 1)
