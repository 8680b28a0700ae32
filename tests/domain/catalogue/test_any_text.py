"""Whatever stands in a list: reading ends, loses no cell and points at true lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.domain.catalogue import catalogue_json, in_words, read_catalogue, record_of
from tinhgon.domain.officialdoc import Block, BlockKind, Cell, OfficialDoc, Source, Table, read_text

from .decisions import decision, table

VOCABULARY = """
    Thủ tục hành chính nội bộ cấp tỉnh cấp xã cấp huyện Lĩnh vực lĩnh vực Sở Nội vụ UBND tỉnh và , ;
    : . ( ) - + | 1 2 3 01 I II A B 1.005388 1.014466.H05 Bước 05 ngày làm việc mới ban hành bãi bỏ
    sửa đổi, bổ sung thay thế chuẩn hóa Như trên PHỤ LỤC PHẦN DANH MỤC NỘI DUNG (12 TTHC) STT Tên
    Quyết định số 75/QĐ-UBND ngày 03/01/2023 Trình tự thực hiện: Thời hạn giải quyết: Căn cứ pháp lý
    Mẫu số 02 Cơ quan thực hiện: [1] “ ” /
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.text(alphabet="aăâbđeêoôơuưỦủ .,;:()/-|0123456789\n", max_size=50),
)
HEADINGS = [
    "STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mã TTHC", "Căn cứ pháp lý",
    "Ghi chú", "Thời hạn giải quyết", "Địa điểm thực hiện", "Quyết định công bố", "Cấp thực hiện",
]  # fmt: skip


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@settings(max_examples=120, deadline=None)
@given(st.lists(TEXTS, max_size=12).map("\n".join), TEXTS, TEXTS)
def test_reading_ends_on_any_text(annex: str, first: str, second: str) -> None:
    for text in (annex, decision(annex, first=first, second=second)):
        catalogue = read_catalogue(read_text(text))
        assert json.loads(json.dumps(catalogue_json(catalogue)))
        assert in_words(catalogue)
        for row in catalogue.rows:
            assert row.name.strip()
            assert record_of(row).name == row.name


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=6))
def test_reading_ends_on_any_rows_below_a_head(rows: list[list[str]]) -> None:
    text = decision(table(HEADINGS[:5], *rows))
    catalogue = read_catalogue(read_text(text))
    lines = text.split("\n")
    for row in catalogue.rows:
        assert 1 <= row.source.line <= row.source.end_line <= len(lines)


LETTERS = st.text(alphabet="abcdeghi", min_size=3, max_size=8)
NAMES = st.lists(LETTERS, min_size=2, max_size=5).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(st.permutations(HEADINGS), st.lists(st.lists(NAMES, min_size=11, max_size=11), max_size=4))
def test_no_word_of_a_table_is_lost(headings: list[str], rows: list[list[str]]) -> None:
    """Each word of each cell stands in a row that was read, in a heading or among the unread."""
    at = headings.index("STT")
    for number, row in enumerate(rows, 1):
        row[at] = str(number)
    cells = [tuple(Cell(text) for text in row) for row in [headings, *rows]]
    block = Block(BlockKind.TABLE, "", Source(1, len(cells)), table=Table(tuple(cells)))
    catalogue = read_catalogue(OfficialDoc(body=(block,)))
    kept = " ".join(_texts(catalogue_json(catalogue))).split()
    for row in rows:
        for text in row[:at] + row[at + 1 :]:
            assert set(text.split()) <= {word.strip(".;,") for word in kept}
