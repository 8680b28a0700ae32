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
