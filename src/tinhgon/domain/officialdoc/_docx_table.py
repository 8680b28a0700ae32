"""Writes a table of the model as a Word table: fixed widths, merged cells, repeated headings."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm
from lxml.etree import SubElement, _Element

from . import _layout as layout
from ._docx_parts import add_element
from ._docx_style import element, style_id
from ._layout import Style
from ._model import Table
from ._table import PlacedCell, column_widths_mm, is_figure, place_cells

_TWIPS_PER_MM = 1440 / 25.4
_GRID = "TableGrid"  # id of Word's style with a line around each cell


def add_table(document: Document, table: Table, width_mm: float) -> None:
    """Add the table at the end of the document. Rows are made by hand: cell by cell is too slow."""
    widths = [round(w * _TWIPS_PER_MM) for w in column_widths_mm(table, width_mm)]
    body = CT_Tbl.new_tbl(0, len(widths), Mm(width_mm))
    body.tblStyle_val = _GRID
    body.tblPr.autofit = False
    add_element(document, body)
    _set_table_widths(body, widths)
    grid = {(placed.row, placed.column): placed for placed in place_cells(table)}
    above: dict[int, PlacedCell] = {}
    for row in range(len(table.rows)):
        is_head = row < table.header_rows
        _add_row(body, row, grid, above, widths, is_head=is_head)


def _set_table_widths(body: _Element, widths: Sequence[int]) -> None:
    properties = body.find(qn("w:tblPr"))
    grid = body.find(qn("w:tblGrid"))
    if properties is None or grid is None:
        raise ValueError("A new table has properties and a grid.")
    for old in properties.findall(qn("w:tblW")):
        old.set(qn("w:w"), str(sum(widths)))
        old.set(qn("w:type"), "dxa")
    insets = {"top": layout.TABLE_INSET_ABOVE_MM, "left": layout.TABLE_INSET_MM}
    insets |= {"bottom": insets["top"], "right": insets["left"]}
    margins = element("tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        room = round(insets[side] * _TWIPS_PER_MM)
        margins.append(element(side, w=str(room), type="dxa"))
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)
    for column, width in zip(grid, widths, strict=True):
        column.set(qn("w:w"), str(width))


def _add_row(
    body: _Element,
    row: int,
    grid: dict[tuple[int, int], PlacedCell],
    above: dict[int, PlacedCell],
    widths: Sequence[int],
    *,
    is_head: bool,
) -> None:
    made = SubElement(body, qn("w:tr"))
    properties = SubElement(made, qn("w:trPr"))
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    column = 0
    while column < len(widths):
        start = grid.get((row, column))
        placed = start or above.get(column) or PlacedCell(row, column, 1, 1, "")
        cell = SubElement(made, qn("w:tc"))
        width = sum(widths[column : column + placed.columns])
        cell.append(_cell_properties(placed, width, starts=start is not None, is_head=is_head))
        _add_text(cell, placed.text if start else "", is_head=is_head)
        if start and start.rows > 1:
            above[column] = start
        if column in above and row == above[column].row + above[column].rows - 1:
            del above[column]
        column += placed.columns


def _cell_properties(placed: PlacedCell, width: int, *, starts: bool, is_head: bool) -> _Element:
    made = element("tcPr")
    made.append(element("tcW", w=str(width), type="dxa"))
    if placed.columns > 1:
        made.append(element("gridSpan", val=str(placed.columns)))
    if placed.rows > 1:
        made.append(element("vMerge", val="restart" if starts else "continue"))
    if is_head:
        made.append(element("vAlign", val="center"))
    return made


def _add_text(cell: _Element, text: str, *, is_head: bool) -> None:
    style = style_id(Style.TABLE_HEAD if is_head else Style.TABLE_TEXT)
    for line in text.split("\n"):
        paragraph = SubElement(cell, qn("w:p"))
        properties = SubElement(paragraph, qn("w:pPr"))
        properties.append(element("pStyle", val=style))
        if not is_head and is_figure(text):
            properties.append(element("jc", val="center"))
        if line:
            run = SubElement(paragraph, qn("w:r"))
            written = SubElement(run, qn("w:t"))
            written.text = line
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
