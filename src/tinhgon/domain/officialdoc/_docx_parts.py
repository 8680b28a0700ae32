"""What python-docx has no call for: fields, drawn rules, tables that keep their widths."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import cast

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from . import _layout as layout
from ._docx_style import element, put_style
from ._layout import Style, style_for

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_TWIPS_PER_MM = 1440 / 25.4
_EIGHTHS_PER_PT = 8
_BLACK = "000000"
_STAMP_LINE_PT = 1.0
_PT_PER_MM = 72 / 25.4
_WORD_VERSION = "15"  # Word 2013 and later
_AFTER_COMPAT = {
    qn(f"w:{name}")
    for name in ("rsids", "themeFontLang", "clrSchemeMapping", "shapeDefaults", "decimalSymbol")
} | {qn("m:mathPr"), qn("w:listSeparator")}
_AFTER_BORDERS = {qn(f"w:{name}") for name in ("spacing", "ind", "jc", "outlineLvl", "rPr")}


def text_width_mm(section: Section) -> float:
    """Return the width between the margins of a section."""
    width = section.page_width or Mm(layout.PAGE_WIDTH_MM)
    return float(width.mm) - layout.MARGIN_LEFT_MM - layout.MARGIN_RIGHT_MM


def add_element(document: Document, made: _Element) -> None:
    """
    Put an element at the end of the document.

    The last child of a body says how its last section looks. To find it again for each of
    thousands of paragraphs, as python-docx does, takes longer than all the rest.
    """
    document.element.body[-1].addprevious(made)


def add_paragraph(document: Document, text: str = "") -> Paragraph:
    """Add a paragraph at the end of the document."""
    made = cast("CT_P", element("p"))
    add_element(document, made)
    paragraph = Paragraph(made, document._body)
    if text:
        paragraph.add_run(text)
    return paragraph


def fill(cell: WordCell, lines: Iterable[tuple[Style, str]]) -> None:
    """Add lines to a cell; its first, empty paragraph is used up."""
    for style, text in lines:
        first = cell.paragraphs[0]
        is_used = len(cell.paragraphs) > 1 or bool(first.runs)
        paragraph = cell.add_paragraph() if is_used else first
        put_style(paragraph, style)
        paragraph.add_run(text)


def add_page_field(paragraph: Paragraph) -> None:
    """Add the number of the page."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "2"), ("end", "")):
        run = paragraph.add_run(text if text == "2" else "")._r
        if kind:
            run.append(element("fldChar", fldCharType=kind))
        elif text == "PAGE":
            instruction = element("instrText")
            instruction.text = " PAGE "
            run.append(instruction)


def add_rule(
    paragraph: Paragraph,
    rule_mm: float,
    room_mm: float,
    height_pt: float = layout.RULE_GAP_PT,
) -> None:
    """Make an empty paragraph a rule in the middle of `room_mm`: a border between two indents."""
    side = Mm(max(0.0, (room_mm - rule_mm) / 2))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.first_line_indent = Mm(0)
    shape.space_before = Pt(layout.RULE_GAP_PT)
    shape.space_after = Pt(0)
    shape.line_spacing = Pt(height_pt)
    _border(paragraph, ("top",), layout.RULE_THICKNESS_PT, _BLACK, space="0")


def add_stamp(paragraph: Paragraph, text: str) -> None:
    """Draw the red frame of a stamp around a paragraph in the issuer's column."""
    size = style_for(Style.STAMP).size_pt
    lines = size * layout.SINGLE_LINE_EM + 2 * _STAMP_LINE_PT
    space = max(0, round((layout.STAMP_HEIGHT_MM * _PT_PER_MM - lines) / 2))
    # The frame is drawn outside the indents, by the space it leaves to the letters.
    width = layout.stamp_width_mm(text) - 2 * (space + _STAMP_LINE_PT) / _PT_PER_MM
    side = Mm((layout.ISSUER_WIDTH_MM - width) / 2)
    paragraph.paragraph_format.left_indent = side
    paragraph.paragraph_format.right_indent = side
    sides = ("top", "left", "bottom", "right")
    _border(paragraph, sides, _STAMP_LINE_PT, layout.STAMP_COLOUR, space=str(space))


def outline(paragraph: Paragraph, level: int) -> None:
    """Put a paragraph into the document's outline (Word's navigation pane); levels count from 1."""
    paragraph._p.get_or_add_pPr().append(element("outlineLvl", val=str(min(level, 9) - 1)))


def restart_pages(section: Section) -> None:
    """Number the pages of a section from 1."""
    old = section._sectPr.find(qn("w:pgNumType"))
    if old is not None:
        section._sectPr.remove(old)
    made = element("pgNumType", start="1")
    after = section._sectPr.find(qn("w:pgMar"))
    if after is not None:
        after.addnext(made)


def set_grid(table: WordTable, widths_mm: Sequence[float]) -> None:
    """Fix the widths of a table's columns, so that no program lays it out anew."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    properties = table._tbl.tblPr
    old = properties.find(qn("w:tblW"))
    if old is not None:
        properties.remove(old)
    total = round(sum(widths_mm) * _TWIPS_PER_MM)
    made = element("tblW", w=str(total), type="dxa")
    style = properties.find(qn("w:tblStyle"))
    if style is not None:
        style.addnext(made)
    else:
        properties.insert(0, made)


def set_margins(table: WordTable, inset_mm: float) -> None:
    """Set the room left and right inside each cell."""
    inset = str(round(inset_mm * _TWIPS_PER_MM))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=inset, type="dxa"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        table._tbl.tblPr.append(margins)


def set_word_version(document: Document) -> None:
    """Say that the file is for today's Word; without that it opens in compatibility mode."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    made = element("compat")
    made.append(
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=_WORD_VERSION,
        )
    )
    after = [child for child in settings if child.tag in _AFTER_COMPAT]
    settings.insert(settings.index(after[0]) if after else len(settings), made)


def fixed_zip(data: bytes) -> bytes:
    """Pack a .docx again without the time of writing."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _border(
    paragraph: Paragraph, sides: Iterable[str], width_pt: float, colour: str, *, space: str
) -> None:
    borders = element("pBdr")
    size = str(round(width_pt * _EIGHTHS_PER_PT))
    for side in sides:
        borders.append(element(side, val="single", sz=size, space=space, color=colour))
    # The schema wants borders before spacing, indents and alignment.
    properties = paragraph._p.get_or_add_pPr()
    after = [child for child in properties if child.tag in _AFTER_BORDERS]
    properties.insert(properties.index(after[0]) if after else len(properties), borders)
