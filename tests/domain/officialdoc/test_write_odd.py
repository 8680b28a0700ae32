"""Nothing that a reader may hand over stops a writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from tinhgon.domain.officialdoc import (
    Block,
    BlockKind,
    OfficialDoc,
    Source,
    write_docx,
    write_html,
    write_pdf,
)

from . import pdf
from .documents import DECISION, LETTER, ODD_TABLES, ODD_TEXTS, clause, dash, para

WRITERS: list[Callable[[OfficialDoc], object]] = [write_docx, write_pdf, write_html]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_written(name: str, writer: Callable[[OfficialDoc], object]) -> None:
    text = ODD_TEXTS[name]
    doc = replace(LETTER, subject=text, body=(para(text), para("Hết.")), recipients=(text,))
    assert writer(doc)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", ODD_TABLES)
def test_odd_tables_are_written(name: str, writer: Callable[[OfficialDoc], object]) -> None:
    block = Block(BlockKind.TABLE, "", Source(1, 1), table=ODD_TABLES[name])
    assert writer(replace(LETTER, body=(block,)))


@pytest.mark.parametrize("writer", WRITERS)
def test_parts_may_be_missing(writer: Callable[[OfficialDoc], object]) -> None:
    deep = clause("1.", "Tên mục", dash("a", dash("b")))
    bare = replace(DECISION.annexes[0], label="", title="", reference="", body=(deep,))
    assert writer(OfficialDoc())
    assert writer(OfficialDoc(annexes=(bare,)))
    assert writer(OfficialDoc(doc_type="kế hoạch", annexes=(replace(bare, title="TÊN"),)))


def test_a_letter_without_a_glyph_costs_the_archive_form_only() -> None:
    doc = replace(LETTER, body=(para("Chữ 漢 không có phông."),))
    data = write_pdf(doc, system_fonts=False)
    assert b"<pdfaid:part>" not in data
    assert b"<pdfaid:part>" in write_pdf(LETTER, system_fonts=False)
    pdf.find(pdf.lines(data), "Chữ")


def test_bullets_of_symbol_fonts_become_bullets() -> None:
    doc = replace(LETTER, body=(para("\uf0b7 việc một./."),))
    words = pdf.lines(write_pdf(doc, system_fonts=False))
    pdf.find(words, "• việc một./.")
    texts = [p.text for p in docx.Document(BytesIO(write_docx(doc))).paragraphs]
    assert "• việc một./." in texts
    assert "• việc một" in write_html(doc)
