"""Word documents as lines: paragraphs, text boxes, lists, tables of layout and tables of data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ._columns import belongs_to_layout
from ._errors import Unreadable
from ._join import is_finished
from ._limits import MAX_PARAGRAPHS
from ._markers import split_marker
from ._model import Cell, Table
from ._numbering import Numbering, W, to_int, value
from ._package import Package
from ._raw import Capture, Line, Side, tidy, tidy_keeping_gaps
from ._stamp import Stamp, stamp_of_boxes

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "word/document.xml"
_NOT_WORD = "Tệp không có nội dung văn bản Word. Hãy mở bằng Word, lưu lại dạng .docx rồi thử lại."
_TOO_LONG = "Văn bản dài quá 300 trang. Hãy tách thành nhiều tệp."
_LAYOUT_ROWS = 12
_SENTENCE = 90  # an unfinished line as long as this is no heading


def read_docx(package: Package) -> Capture:
    """
    Return the lines of a Word document.

    :raises Unreadable: if it has no readable text part or is too long.
    """
    root = package.xml(_main_part(package))
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Unreadable(_NOT_WORD)
    folder = _main_part(package).rpartition("/")[0]
    reader = _Reader(
        Numbering(package.xml(f"{folder}/numbering.xml")),
        _Styles(package.xml(f"{folder}/styles.xml")),
    )
    lines = list(reader.blocks(body, Side.FULL))
    notes = _footnotes(package.xml(f"{folder}/footnotes.xml"))
    return Capture(_numbered(lines), stamp_of_boxes(reader.boxes), notes)


def _main_part(package: Package) -> str:
    rels = package.xml("_rels/.rels")
    for each in rels if rels is not None else ():
        if str(each.get("Type", "")).endswith("/officeDocument"):
            return str(each.get("Target", _MAIN)).lstrip("/")
    return _MAIN


def _numbered(lines: list[Line]) -> list[Line]:
    """A Word document has no lines: the paragraphs are counted."""
    out: list[Line] = []
    gap = False
    for line in lines:
        if not line.text and line.table is None:
            gap = True
            continue
        number = len(out) + 1
        out.append(replace(line, line=number, end_line=number, gap=gap))
        gap = False
    return out


def _footnotes(root: etree._Element | None) -> list[str]:
    notes = []
    for note in root.findall(W + "footnote") if root is not None else ():
        text = tidy("".join(str(t.text or "") for t in note.iter(W + "t")))
        if text:
            notes.append(text)
    return notes


class _Styles:
    """What paragraph styles say about alignment and lists, through their ancestors."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = root.findall(W + "style") if root is not None else []
        self._styles = {each.get(W + "styleId", ""): each for each in styles}

    def chain(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """
        Yield the paragraph's own properties, then those of its style and what that is based on.
        """
        if properties is not None:
            yield properties
        style = self._styles.get(value(properties, "pStyle") or "")
        for _ in range(12):
            if style is None:
                return
            inner = style.find(W + "pPr")
            if inner is not None:
                yield inner
            style = self._styles.get(value(style, "basedOn") or "")


@dataclass(frozen=True, slots=True)
class Box:
    """A floating text box: its lines and where it stands on the page, in points, where known."""

    lines: tuple[str, ...]
    x: float | None
    y: float | None


class _Reader:
    def __init__(self, numbering: Numbering, styles: _Styles) -> None:
        self.numbering = numbering
        self.styles = styles
        self.boxes: list[Box] = []
        self.count = 0

    def blocks(self, parent: etree._Element, side: Side) -> Iterator[Line]:
        """Yield the lines of everything below the element, in reading order."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child, side)
            elif child.tag == W + "tbl":
                yield from self._table(child, side)
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "smartTag"):
                yield from self.blocks(child, side)
            elif child.tag == _MC + "AlternateContent":
                chosen = _chosen(child)
                if chosen is not None:
                    yield from self.blocks(chosen, side)

    def _paragraph(self, element: etree._Element, side: Side) -> Iterator[Line]:
        self.count += 1
        if self.count > MAX_PARAGRAPHS:
            raise Unreadable(_TOO_LONG)
        properties = element.find(W + "pPr")
        marker = self._marker(properties)
        text, boxes = _content(element)
        for box in boxes:
            yield from self._box(box, side)
        centred = self._is_centred(properties)
        pieces = [tidy_keeping_gaps(piece) for piece in text.split("\n")]
        before: str | None = None
        for piece in pieces:
            printed = f"{marker} {piece}".strip() if before is None else piece
            if printed or len(pieces) == 1:
                continues = _goes_on(before, printed)
                yield Line(printed, 0, 0, side=side, centred=centred, continues=continues)
            before = printed or before

    def _marker(self, properties: etree._Element | None) -> str:
        number, level = None, None
        for each in self.styles.chain(properties):
            inner = each.find(W + "numPr")
            if inner is None:
                continue
            number = number if number is not None else value(inner, "numId")
            level = level if level is not None else value(inner, "ilvl")
            if number is not None:
                break
        if number is None or number == "0":
            return ""
        return self.numbering.marker(number, to_int(level, 0))

    def _is_centred(self, properties: etree._Element | None) -> bool:
        for each in self.styles.chain(properties):
            alignment = value(each, "jc")
            if alignment is not None:
                return alignment == "center"
        return False

    # -- text boxes

    def _box(self, box: etree._Element, side: Side) -> Iterator[Line]:
        lines = list(self.blocks(box, side))
        anchor = next(box.iterancestors(_WP + "anchor"), None)
        found = Box(
            tuple(line.text for line in lines if line.text),
            _offset(anchor, "positionH"),
            _offset(anchor, "positionV"),
        )
        if anchor is not None and Stamp.is_part(found.lines):
            self.boxes.append(found)
            return
        yield from lines

    # -- tables

    def _table(self, element: etree._Element, side: Side) -> Iterator[Line]:
        rows = list(_rows(element))
        if _is_layout(rows):
            yield from self._layout(rows, side)
            return
        table = _Grid(self, element).table()
        if table.rows:
            text = "\n".join(" | ".join(cell.text for cell in row) for row in table.rows)
            yield Line(text, 0, 0, table=table, continues=False)

    def _layout(self, rows: list[etree._Element], side: Side) -> Iterator[Line]:
        for row in rows:
            cells = _cells(row)
            for index, cell in enumerate(cells):
                yield from self.blocks(cell, _column(index, len(cells), side))

    def cell_text(self, cell: etree._Element) -> str:
        """Return the text of a cell of data, one line a paragraph."""
        lines = []
        for line in self.blocks(cell, Side.FULL):
            text = tidy(line.text) if line.table is None else line.text
            if text:
                lines.append(text)
        return "\n".join(lines)


def _goes_on(before: str | None, text: str) -> bool | None:
    """A line break typed inside a paragraph may end a sentence or tear it."""
    if before is None:
        return False
    torn = len(before) > _SENTENCE and not is_finished(before) and split_marker(text) is None
    return True if torn else None


def _column(index: int, count: int, side: Side) -> Side:
    if count == 1:
        return side
    if index == 0:
        return Side.LEFT
    return Side.RIGHT if index == count - 1 else Side.FULL


def _offset(anchor: etree._Element | None, tag: str) -> float | None:
    place = anchor.find(f"{_WP}{tag}/{_WP}posOffset") if anchor is not None else None
    if place is None or place.text is None:
        return None
    return to_int(place.text, 0) / 12700


def _chosen(alternate: etree._Element) -> etree._Element | None:
    """The same content stands twice, for new and for old readers: read it once."""
    choice = alternate.find(_MC + "Choice")
    return choice if choice is not None else alternate.find(_MC + "Fallback")


_SKIPPED: frozenset[object] = frozenset(
    W + tag for tag in ("pPr", "rPr", "del", "moveFrom", "instrText", "tbl")
)
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}


def _content(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """Return the text of a paragraph and the text boxes anchored in it."""
    text: list[str] = []
    boxes: list[etree._Element] = []
    _walk(paragraph, text, boxes)
    return "".join(text), boxes


def _walk(element: etree._Element, text: list[str], boxes: list[etree._Element]) -> None:
    for child in element:
        tag = child.tag
        if tag == W + "t":
            text.append(str(child.text or "").replace("\n", " "))
        elif tag in _SIGNS:
            text.append(_SIGNS[tag])
        elif tag == W + "txbxContent":
            boxes.append(child)
        elif tag == _MC + "AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                _walk(chosen, text, boxes)
        elif tag == W + "r" and _is_hidden(child):
            continue
        elif tag not in _SKIPPED:
            _walk(child, text, boxes)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val", "true") not in ("0", "false")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins"):
            yield from _rows(child)


def _cells(row: etree._Element) -> list[etree._Element]:
    out = []
    for child in row:
        if child.tag == W + "tc":
            out.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins"):
            out.extend(_cells(child))
    return out


def _is_layout(rows: list[etree._Element]) -> bool:
    """
    A table that only puts things side by side: letterhead, addressees, recipients and signature.
    """
    if not rows or len(rows) > _LAYOUT_ROWS:
        return False
    if max(len(_cells(row)) for row in rows) > 3:
        return False
    texts = (_content_lines(paragraph) for row in rows for paragraph in row.iter(W + "p"))
    return any(belongs_to_layout(text) for lines in texts for text in lines)


def _content_lines(paragraph: etree._Element) -> list[str]:
    return [tidy(piece) for piece in _content(paragraph)[0].split("\n")]


@dataclass(slots=True)
class _Open:
    """A cell which may still grow downwards."""

    text: str
    columns: int
    rows: int = 1


class _Grid:
    """A table of data: cells with what they span."""

    def __init__(self, reader: _Reader, element: etree._Element) -> None:
        self.reader = reader
        self.rows = list(_rows(element))

    def table(self) -> Table:
        growing: dict[int, _Open] = {}
        made = [self._row(row, growing) for row in self.rows]
        rows = tuple(
            tuple(Cell(cell.text, cell.columns, cell.rows) for cell in row) for row in made if row
        )
        return Table(rows, max(1, self._header_rows()))

    def _row(self, row: etree._Element, growing: dict[int, _Open]) -> list[_Open]:
        out: list[_Open] = []
        column = to_int(value(row.find(W + "trPr"), "gridBefore"), 0)
        for cell in _cells(row):
            properties = cell.find(W + "tcPr")
            width = max(1, to_int(value(properties, "gridSpan"), 1))
            if column in growing and _continues_above(properties):
                growing[column].rows += 1
            else:
                made = _Open(self.reader.cell_text(cell), width)
                out.append(made)
                growing[column] = made
            column += width
        return out

    def _header_rows(self) -> int:
        count = 0
        for row in self.rows:
            if row.find(f"{W}trPr/{W}tblHeader") is None:
                break
            count += 1
        return count


def _continues_above(properties: etree._Element | None) -> bool:
    merge = properties.find(W + "vMerge") if properties is not None else None
    return merge is not None and merge.get(W + "val") != "restart"
