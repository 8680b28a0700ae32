"""
Writes an official document as .pdf through typst, in the layout of NĐ 30/2020.

The template never contains words of the document: they reach it as JSON, so that a "#" or "$" in
a text stays one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path

import typst

from . import _layout as layout
from ._layout import Style, style_for
from ._model import OfficialDoc, Table
from ._printed import MOTTO, NATION, Para, Printed, PrintedAnnex, print_out
from ._table import column_widths_mm, is_figure, place_cells

_NO_DATE = date(2020, 3, 5)
_NO_GLYPH = "could not be displayed with font"


def write_pdf(
    doc: OfficialDoc,
    *,
    body_size_pt: float = layout.BODY_SIZE_PT,
    font_paths: Sequence[Path] = (),
    fonts: Sequence[str] = (layout.FONT, *layout.FALLBACK_FONTS),
    system_fonts: bool = True,
) -> bytes:
    """
    Return the document as a PDF file; the same document and fonts always give the same bytes.

    `font_paths` are folders searched for fonts besides the system's. The first of `fonts` that is
    found is used, and written into the file. The file is PDF/A-2a and PDF/UA-1, unless the text has
    a letter that no font here has: it is then shown as an empty box, which those do not allow.
    """
    data = _data(doc, print_out(doc), body_size_pt, fonts)
    found = typst.Fonts(
        include_system_fonts=system_fonts, font_paths=[str(path) for path in font_paths]
    )
    made = datetime.combine(doc.date or _NO_DATE, time(), UTC)
    try:
        return _compile(data, found, made, lasting=True)
    except typst.TypstError as error:
        if _NO_GLYPH not in error.message:
            raise
        return _compile(data, found, made, lasting=False)


def _compile(
    data: dict[str, object], fonts: typst.Fonts, made: datetime, *, lasting: bool
) -> bytes:
    pdf, _ = typst.compile_with_warnings(
        resources.files(__package__).joinpath("layout.typ").read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=fonts,
        format="pdf",
        # Kept for years (PDF/A) and read aloud (PDF/UA): both want tags, a title and a language.
        pdf_standards=["a-2a", "ua-1"] if lasting else [],
        timestamp=made,
    )
    return pdf


def _data(
    doc: OfficialDoc, printed: Printed, body_size_pt: float, fonts: Sequence[str]
) -> dict[str, object]:
    measures = {
        name.lower(): value
        for name, value in vars(layout).items()
        if name.endswith(("_MM", "_PT", "_EM", "_SHARE")) and isinstance(value, float)
    }
    return {
        "title": printed.title,
        "author": " ".join(printed.agency),
        "fonts": list(fonts),
        "bold_italic_fonts": [layout.BOLD_ITALIC_INSTEAD.get(font, font) for font in fonts],
        "measures": measures,
        "styles": {style: asdict(style_for(style, body_size_pt)) for style in Style},
        "stamp_colour": layout.STAMP_COLOUR,
        "nation": NATION,
        "motto": MOTTO,
        "parent": printed.parent,
        "agency": printed.agency,
        "number": printed.number,
        "date": printed.date,
        "about": printed.about,
        "stamps": [
            {"text": text, "width_mm": layout.stamp_width_mm(text)} for text in printed.stamps
        ],
        "type_name": printed.type_name,
        "subject": printed.subject,
        "addressees": [_para(para) for para in printed.addressees],
        "paras": [_para(para) for para in printed.paras],
        "signer": printed.signer,
        "signer_name": printed.signer_name,
        "recipients": printed.recipients,
        "notes": [_para(para) for para in printed.notes],
        "annexes": [_annex(annex) for annex in printed.annexes],
    }


def _annex(annex: PrintedAnnex) -> dict[str, object]:
    width = layout.text_width_mm(landscape=annex.landscape)
    return {
        "label": annex.label,
        "title": annex.title,
        "reference": annex.reference,
        "landscape": annex.landscape,
        "width_mm": width,
        "paras": [_para(para, width) for para in annex.paras],
    }


def _para(para: Para, width_mm: float = layout.TEXT_WIDTH_MM) -> dict[str, object]:
    return {
        "style": para.style,
        "text": para.text,
        "lead": para.lead,
        "lead_bold": para.lead_bold,
        "level": para.level,
        "table": _table(para.table, width_mm) if para.table else None,
    }


def _table(table: Table, width_mm: float) -> dict[str, object]:
    return {
        "widths_mm": column_widths_mm(table, width_mm),
        "header_rows": table.header_rows,
        "cells": [
            {**asdict(placed), "figure": is_figure(placed.text)} for placed in place_cells(table)
        ],
    }
