"""What was written is read again as the same document."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tinhgon.domain.officialdoc import (
    Block,
    OfficialDoc,
    Source,
    read,
    write_docx,
    write_pdf,
)

from .documents import ALL

_NOWHERE = Source(1, 1)
_SHARED = Path(os.environ.get("TINHGON_SHARED", Path(__file__).parents[3] / "../shared"))


def placeless(block: Block) -> Block:
    """The block without its place in the file; a table's text is its cells once more."""
    children = tuple(placeless(child) for child in block.children)
    text = "" if block.table else block.text
    return replace(block, text=text, source=_NOWHERE, children=children)


def content(doc: OfficialDoc) -> OfficialDoc:
    return replace(
        doc,
        legal_bases=tuple(placeless(block) for block in doc.legal_bases),
        body=tuple(placeless(block) for block in doc.body),
        annexes=tuple(
            replace(annex, source=_NOWHERE, body=tuple(placeless(b) for b in annex.body))
            for annex in doc.annexes
        ),
    )


@pytest.mark.parametrize("name", ALL)
def test_docx_is_read_as_it_was_written(name: str) -> None:
    assert content(read(write_docx(ALL[name]), f"{name}.docx")) == content(ALL[name])


# Without tables: a PDF holds their letters and lines, not their cells.
@pytest.mark.parametrize("name", ["letter", "urgent", "decision", "submission"])
def test_pdf_is_read_as_it_was_written(name: str) -> None:
    data = write_pdf(ALL[name], system_fonts=False)
    assert content(read(data, f"{name}.pdf")) == content(ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_head_items_and_foot_of_a_pdf_are_read_as_they_were_written(name: str) -> None:
    doc = ALL[name]
    again = read(write_pdf(doc, system_fonts=False), f"{name}.pdf")
    assert (again.agency, again.parent_agency) == (doc.agency, doc.parent_agency)
    assert (again.number, again.symbol, again.doc_type) == (doc.number, doc.symbol, doc.doc_type)
    assert (again.place, again.date) == (doc.place, doc.date)
    assert (again.addressees, again.recipients) == (doc.addressees, doc.recipients)
    assert again.signature == doc.signature
    markers = [block.marker for block in doc.walk() if block.marker]
    assert [block.marker for block in again.walk() if block.marker] == markers
    titles = [(annex.label, annex.title, annex.reference) for annex in doc.annexes]
    assert [(annex.label, annex.title, annex.reference) for annex in again.annexes] == titles


@pytest.fixture
def real_letters() -> list[Path]:
    found = sorted((_SHARED / "corpus" / "directives").glob("*.docx"))
    if not found:
        pytest.skip("The real letters (../shared/corpus/directives) are not on this machine.")
    return found


def test_real_letters_written_again_say_the_same(real_letters: list[Path]) -> None:
    for path in real_letters:
        first = read(path.read_bytes(), path.name)
        again = read(write_docx(first), path.name)
        assert again.signature == first.signature, path.stem
        assert again.recipients == first.recipients, path.stem
        assert again.addressees == first.addressees, path.stem
        assert (again.number, again.symbol) == (first.number, first.symbol), path.stem
        assert (again.date, again.place) == (first.date, first.place), path.stem
        assert (again.doc_type, again.subject) == (first.doc_type, first.subject), path.stem
        markers = [block.marker for block in first.walk() if block.marker]
        assert [block.marker for block in again.walk() if block.marker] == markers, path.stem
