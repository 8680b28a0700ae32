"""Whatever comes in, either a document comes out or a message."""

from __future__ import annotations

import contextlib
import functools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.officialdoc.letters import DECISION, DIRECTIVE_LETTER
from tests.domain.officialdoc.words import docx
from tinhgon.domain.officialdoc import OfficialDoc, Unreadable, read, read_text, write_pdf

_MAGIC = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]
_NAMES = ["a.docx", "a.pdf", "a.txt", "a", "../x.doc", ""]
_LINES = [*DIRECTIVE_LETTER.splitlines(), *DECISION.splitlines()]


@functools.cache
def whole(kind: str) -> bytes:
    if kind == "pdf":
        return write_pdf(read_text(DIRECTIVE_LETTER))
    return docx(*filter(None, DIRECTIVE_LETTER.splitlines()))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(_MAGIC), st.binary(max_size=600), st.sampled_from(_NAMES))
def test_any_bytes(magic: bytes, rest: bytes, name: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read(magic + rest, name), OfficialDoc)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["docx", "pdf"]), st.data())
def test_damaged_files(kind: str, data: st.DataObject) -> None:
    spoilt = bytearray(whole(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        assert isinstance(read(bytes(spoilt), f"a.{kind}"), OfficialDoc)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    assert isinstance(read_text(text), OfficialDoc)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_LINES), max_size=40))
def test_lines_in_any_order_are_all_kept(lines: list[str]) -> None:
    doc = read_text("\n".join(lines))

    assert isinstance(doc, OfficialDoc)
    for block in doc.walk():
        assert 1 <= block.source.line <= block.source.end_line <= max(1, len(lines))
