"""
Writes an official document as .docx in the layout of NĐ 30/2020.

Each element has a Word style of its own name, so that people can go on editing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from . import _layout as layout
from ._docx_parts import (
    add_page_field,
    add_paragraph,
    add_rule,
    add_stamp,
    fill,
    fixed_zip,
    outline,
    restart_pages,
    set_grid,
    set_margins,
    set_word_version,
    text_width_mm,
)
from ._docx_style import element, put_style, set_up_styles
from ._docx_table import add_table
from ._layout import Style, style_for
from ._model import OfficialDoc, Table
from ._printable import printable
from ._printed import MOTTO, NATION, Para, Printed, PrintedAnnex, print_out
from ._table import column_count

# A file says when it was made; the document's own date, or this one, keeps its bytes the same.
_NO_DATE = date(2020, 3, 5)
_LONGEST_PROPERTY = 255


def write_docx(
    doc: OfficialDoc, *, body_size_pt: float = layout.BODY_SIZE_PT, font: str = layout.FONT
) -> bytes:
    """Return the document as a .docx file; the same document always gives the same bytes."""
    printed = print_out(doc)
    document = docx.Document(BytesIO(_styled(font, body_size_pt)))
    _Writer(document, body_size_pt).write(printed)
    _set_properties(document, doc, printed)
    buffer = BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue())


@lru_cache(maxsize=8)
def _styled(font: str, body_size_pt: float) -> bytes:
    """Return an empty file with every style set up: that takes longer than most letters."""
    document = docx.Document()
    set_up_styles(document, font, body_size_pt)
    set_word_version(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_properties(document: Document, doc: OfficialDoc, printed: Printed) -> None:
    made = datetime.combine(doc.date or _NO_DATE, time(), UTC)
    properties = document.core_properties
    properties.title = printed.title[:_LONGEST_PROPERTY]
    properties.author = " ".join(printed.agency)[:_LONGEST_PROPERTY]
    properties.last_modified_by = properties.author
    properties.subject = printable(doc.subject or "")[:_LONGEST_PROPERTY]
    properties.comments = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = made
    properties.revision = 1


class _Writer:
    """Adds the parts of one document in the order of the page."""

    def __init__(self, document: Document, body_size_pt: float) -> None:
        self.document = document
        self.body_size_pt = body_size_pt
        self.section = document.sections[0]  # the one that is being written

    def write(self, printed: Printed) -> None:
        self._set_page(self.section)
        self._write_head(printed)
        self._write_title(printed.type_name, printed.subject)
        if printed.addressees:
            self._write_paras(printed.addressees)
            self._gap(layout.PARAGRAPH_GAP_PT)
        self._write_paras(printed.paras)
        self._write_foot(printed)
        self._write_paras(printed.notes)
        for annex in printed.annexes:
            self._write_annex(annex)

    def _set_page(self, section: Section) -> None:
        section.page_width = Mm(layout.PAGE_WIDTH_MM)
        section.page_height = Mm(layout.PAGE_HEIGHT_MM)
        section.left_margin = Mm(layout.MARGIN_LEFT_MM)
        section.right_margin = Mm(layout.MARGIN_RIGHT_MM)
        section.top_margin = Mm(layout.MARGIN_TOP_MM)
        section.bottom_margin = Mm(layout.MARGIN_BOTTOM_MM)
        section.header_distance = Mm(layout.PAGE_NUMBER_FROM_EDGE_MM)
        section.footer_distance = Mm(layout.PAGE_NUMBER_FROM_EDGE_MM)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        put_style(number, Style.PAGE_NUMBER)
        add_page_field(number)

    def _write_head(self, printed: Printed) -> None:
        widths = (layout.ISSUER_WIDTH_MM, layout.NATION_WIDTH_MM)
        table = self._borderless(rows=2, widths_mm=widths)
        issuer, nation = table.rows[0].cells
        fill(issuer, [(Style.PARENT, line) for line in printed.parent])
        fill(issuer, [(Style.AGENCY, line) for line in printed.agency])
        agency = style_for(Style.AGENCY)
        longest = max((layout.bold_width_mm(t, agency.size_pt) for t in printed.agency), default=0)
        if longest:
            rule = min(longest, widths[0]) * layout.ISSUER_RULE_SHARE
            add_rule(issuer.add_paragraph(), rule, widths[0])
        fill(nation, [(Style.NATION, NATION), (Style.MOTTO, MOTTO)])
        motto = layout.bold_width_mm(MOTTO, style_for(Style.MOTTO).size_pt)
        add_rule(nation.add_paragraph(), motto, widths[1])
        left, right = table.rows[1].cells
        fill(left, [(Style.NUMBER, printed.number)])
        if printed.about:
            fill(left, [(Style.ABOUT, printed.about)])
        for stamp in printed.stamps:
            # Word draws one frame around neighbours that are framed alike.
            left.add_paragraph().paragraph_format.line_spacing = Pt(1)
            frame = left.add_paragraph(stamp)
            put_style(frame, Style.STAMP)
            add_stamp(frame, stamp)
        fill(right, [(Style.DATE, printed.date)])

    def _write_title(self, type_name: str, subject: str) -> None:
        if not type_name and not subject:
            return
        if type_name:
            outline(self._add(Style.TYPE_NAME, type_name), 1)
        if subject:
            self._add(Style.SUBJECT, subject)
        self._rule_under(Style.SUBJECT, subject or type_name)

    def _rule_under(self, style: Style, text: str) -> None:
        size = style_for(style, self.body_size_pt).size_pt
        longest = min(layout.bold_width_mm(text, size), layout.TEXT_WIDTH_MM)
        section = self.section
        add_rule(
            add_paragraph(self.document),
            longest * layout.SUBJECT_RULE_SHARE,
            text_width_mm(section),
            layout.SUBJECT_RULE_ROOM_PT,
        )

    def _write_paras(self, paras: Iterable[Para]) -> None:
        for para in paras:
            if para.table:
                self._write_table(para.table)
                continue
            paragraph = self._add(para.style, "")
            if para.lead:
                paragraph.add_run(para.lead).bold = True if para.lead_bold else None
            text = f" {para.text}" if para.lead and para.text else para.text
            paragraph.add_run(text)
            if para.level:
                outline(paragraph, para.level)

    def _write_foot(self, printed: Printed) -> None:
        if not printed.recipients and not printed.signer and not printed.signer_name:
            return
        if printed.paras and not printed.paras[-1].table:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._gap()
        widths = (layout.RECIPIENTS_WIDTH_MM, layout.SIGNATURE_WIDTH_MM)
        table = self._borderless(rows=1, widths_mm=widths)
        left, right = table.rows[0].cells
        if printed.recipients:
            fill(left, [(Style.RECIPIENTS_LEAD, "Nơi nhận:")])
            fill(left, [(Style.RECIPIENT, line) for line in printed.recipients])
        fill(right, [(Style.SIGNER, line) for line in printed.signer])
        name = right.add_paragraph(printed.signer_name)
        put_style(name, Style.SIGNER_NAME)
        name.paragraph_format.space_before = Mm(layout.SIGNATURE_ROOM_MM)
        self._end_table()

    def _write_annex(self, annex: PrintedAnnex) -> None:
        section = self.section = self.document.add_section(WD_SECTION.NEW_PAGE)
        portrait = (Mm(layout.PAGE_WIDTH_MM), Mm(layout.PAGE_HEIGHT_MM))
        section.page_width, section.page_height = portrait[::-1] if annex.landscape else portrait
        section.orientation = WD_ORIENT.LANDSCAPE if annex.landscape else WD_ORIENT.PORTRAIT
        restart_pages(section)
        if annex.label:
            outline(self._add(Style.ANNEX_LABEL, annex.label), 1)
        if annex.title:
            self._add(Style.ANNEX_TITLE, annex.title)
        if annex.reference:
            self._add(Style.ANNEX_REFERENCE, annex.reference)
        self._rule_under(Style.ANNEX_TITLE, annex.reference or annex.title or annex.label)
        self._write_paras(annex.paras)

    def _write_table(self, table: Table) -> None:
        if not column_count(table):
            return
        self._gap(layout.PARAGRAPH_GAP_PT)
        add_table(self.document, table, text_width_mm(self.section))

    def _add(self, style: Style, text: str) -> Paragraph:
        paragraph = add_paragraph(self.document, text)
        put_style(paragraph, style)
        return paragraph

    def _gap(self, height_pt: float = layout.BLOCK_GAP_PT) -> None:
        """Part a table from what stands above it: a table has no space of its own there."""
        paragraph = add_paragraph(self.document)
        paragraph.paragraph_format.line_spacing = Pt(height_pt)
        paragraph.paragraph_format.keep_with_next = True

    def _end_table(self) -> None:
        """Word wants a paragraph after a table; this one takes no room."""
        paragraph = add_paragraph(self.document)
        paragraph.paragraph_format.line_spacing = Pt(1)

    def _borderless(self, rows: int, widths_mm: tuple[float, float]) -> WordTable:
        table: WordTable = self.document.add_table(rows=rows, cols=2)
        set_grid(table, widths_mm)
        set_margins(table, 0)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("cantSplit"))
        return table
