"""Lists in Word and PDF files: merged cells, two rows of headings, rows over several pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.domain.officialdoc.pdf import scanned
from tinhgon.domain.catalogue import Catalogue, read_catalogue
from tinhgon.domain.officialdoc import (
    Annex,
    Block,
    BlockKind,
    Cell,
    OfficialDoc,
    Source,
    Table,
    read,
    read_text,
    write_docx,
    write_pdf,
)
from tinhgon.domain.procedures import Action

from .decisions import HEAD, SECOND, SUBJECT, positions

WRITERS = [
    pytest.param(write_docx, "a.docx", id="docx"),
    pytest.param(write_pdf, "a.pdf", id="pdf"),
]
Writer = Callable[[OfficialDoc], bytes]
NOWHERE = Source(0, 0)


def _reading(table: Table, write: Writer, name: str) -> Catalogue:
    text = HEAD.format(subject=SUBJECT, first="Công bố danh mục.", second=SECOND)
    doc = read_text(text.partition("PHỤ LỤC")[0])
    body = Block(BlockKind.TABLE, "", NOWHERE, table=table)
    annex = Annex("PHỤ LỤC", "DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ", "", (body,), NOWHERE)
    made = OfficialDoc(
        agency=doc.agency,
        agency_lines=doc.agency_lines,
        number=doc.number,
        symbol=doc.symbol,
        place=doc.place,
        date=doc.date,
        doc_type=doc.doc_type,
        subject=doc.subject,
        competence=doc.competence,
        enacting=doc.enacting,
        legal_bases=doc.legal_bases,
        body=doc.body,
        signature=doc.signature,
        recipients=doc.recipients,
        annexes=(annex,),
    )
    return read_catalogue(read(write(made), name))


def _row(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_merged_cells_and_two_rows_of_headings(write: Writer, name: str) -> None:
    table = Table(
        (
            (
                Cell("STT", rows=2),
                Cell("Tên thủ tục hành chính", rows=2),
                Cell("Cách thức thực hiện", columns=2),
                Cell("Lĩnh vực", rows=2),
                Cell("Cơ quan thực hiện", rows=2),
            ),
            _row("Trực tiếp", "Trực tuyến"),
            (Cell("A"), Cell("THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", columns=5)),
            (*_row("1", "Thẩm định đề án", "x", ""), Cell("Biên chế", rows=2), Cell("Sở Nội vụ")),
            _row("2", "Giao biên chế", "x", "x", "UBND tỉnh"),
            (Cell("B", columns=1), Cell("THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", columns=5)),
            _row("1", "Xếp hạng đơn vị", "", "x", "Viên chức", "Sở Nội vụ"),
        ),
        header_rows=2,
    )
    catalogue = _reading(table, write, name)
    assert positions(catalogue) == ["A.1", "A.2", "B.1"]
    first, second, third = catalogue.rows
    assert (first.field, second.field, third.field) == ("Biên chế", "Biên chế", "Viên chức")
    assert second.inherited == ("field",)
    assert second.agencies == ("UBND tỉnh",)
    assert second.extra == (
        ("Cách thức thực hiện: Trực tiếp", "x"),
        ("Cách thức thực hiện: Trực tuyến", "x"),
    )
    assert [row.action for row in catalogue.rows] == [Action.NEW, Action.NEW, Action.ABOLISHED]
    assert catalogue.unread == ()


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_a_name_merged_over_several_rows_is_one_procedure(write: Writer, name: str) -> None:
    table = Table(
        (
            _row("STT", "Tên thủ tục hành chính", "Căn cứ pháp lý"),
            (Cell("1", rows=2), Cell("Thẩm định đề án", rows=2), Cell("Luật Viên chức")),
            _row("Luật Cán bộ, công chức"),
            _row("2", "Giao biên chế", "Luật Viên chức"),
        )
    )
    catalogue = _reading(table, write, name)
    assert positions(catalogue) == ["1", "2"]
    assert catalogue.rows[0].legal_basis == "Luật Viên chức\nLuật Cán bộ, công chức"


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_a_long_list_goes_on_over_pages(write: Writer, name: str) -> None:
    heads = _row("STT", "Tên thủ tục hành chính", "Mã TTHC", "Cơ quan thực hiện")
    rows = [
        _row(
            str(n),
            f"Thẩm định đề án sắp xếp tổ chức số {n}",
            f"1.{n:06}",
            "Sở Nội vụ",
        )
        for n in range(1, 101)
    ]
    catalogue = _reading(Table((heads, *rows)), write, name)
    assert [row.code for row in catalogue.rows] == [f"1.{n:06}" for n in range(1, 101)]
    assert catalogue.problems == ()


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_bullets_inside_cells(write: Writer, name: str) -> None:
    table = Table(
        (
            _row("STT", "Tên thủ tục hành chính", "Cơ quan thực hiện", "Căn cứ pháp lý"),
            _row(
                "1",
                "Thẩm định đề án",
                "- Sở Nội vụ\n- UBND tỉnh",
                "- Luật Viên chức;\n- Luật Cán bộ, công chức.",
            ),
        )
    )
    (row,) = _reading(table, write, name).rows
    assert row.agencies == ("Sở Nội vụ", "UBND tỉnh")
    assert row.legal_basis == "- Luật Viên chức;\n- Luật Cán bộ, công chức."


def test_a_row_of_a_pdf_says_its_page() -> None:
    heads = _row("STT", "Tên thủ tục hành chính")
    rows = [_row(str(n), f"Thẩm định đề án sắp xếp tổ chức số {n}") for n in range(1, 121)]
    catalogue = _reading(Table((heads, *rows)), write_pdf, "a.pdf")
    pages = [row.source.page or 0 for row in catalogue.rows]
    assert pages == sorted(pages)
    assert pages[-1] > pages[0] > 1


@pytest.mark.office
def test_a_scanned_list_is_read_by_its_lines() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    heads = _row("STT", "Tên thủ tục hành chính", "Cơ quan thực hiện")
    rows = [
        _row("1", "Thẩm định đề án sắp xếp tổ chức bộ máy", "Sở Nội vụ"),
        _row("2", "Giao biên chế công chức hằng năm", "Ủy ban nhân dân tỉnh"),
    ]
    body = Block(BlockKind.TABLE, "", NOWHERE, table=Table((heads, *rows)))
    title = Block(BlockKind.PARAGRAPH, "DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ", NOWHERE)
    page = scanned(write_pdf(OfficialDoc(body=(title, body))))
    catalogue = read_catalogue(read(page, "a.pdf"))
    assert [row.name for row in catalogue.rows] == [
        "Thẩm định đề án sắp xếp tổ chức bộ máy",
        "Giao biên chế công chức hằng năm",
    ]
    assert [row.agencies for row in catalogue.rows] == [("Sở Nội vụ",), ("Ủy ban nhân dân tỉnh",)]
