"""PDF files: columns, page numbers, joined lines; the pages are set here with typst."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import typst

from tests.domain.officialdoc.letters import DECISION, DIRECTIVE_LETTER
from tests.domain.officialdoc.pdf import scanned
from tests.domain.officialdoc.words import docx
from tinhgon.domain.officialdoc import OfficialDoc, header_json, read, read_text, write_pdf
from tinhgon.domain.officialdoc import _read as reading
from tinhgon.domain.officialdoc._limits import MAX_PAGES
from tinhgon.domain.officialdoc._pdf_in import PdfFile

_PAGE = """
#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 2cm),
  header: context if here().page() > 1 { align(center, counter(page).display()) },
  footer: text(9pt)[Trụ sở: số 1, đường Mẫu])
#set text(size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1cm, all: true), spacing: 0.8em)
"""
_HEAD = """
#grid(columns: (2fr, 3fr), align: center, row-gutter: 6pt,
  [#set par(first-line-indent: 0pt); UBND TỈNH LẠNG SƠN \\ *SỞ NỘI VỤ*],
  [#set par(first-line-indent: 0pt); *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\
   *Độc lập - Tự do - Hạnh phúc*],
  [Số: 45/SNV-CCHC], [_Lạng Sơn, ngày 05 tháng 5 năm 2025_],
  text(12pt)[V/v cử đầu mối \\ rà soát quy trình], [])
#align(center)[Kính gửi: Các phòng chuyên môn.]
"""
_FOOT = """
#grid(columns: (1fr, 1fr),
  [#set par(first-line-indent: 0pt, justify: false); #set text(11pt)
   *_Nơi nhận:_* \\ - Như trên; \\ - Các sở: Nội vụ, Tài chính, Tư pháp, \\
   Xây dựng; \\ - Lưu: VT.],
  align(center)[#set par(first-line-indent: 0pt)
   *KT. GIÁM ĐỐC \\ PHÓ GIÁM ĐỐC* \\ #v(2cm) *Vi Thị Mẫu*])
"""
SENTENCE = "Các phòng chuyên môn rà soát quy trình nội bộ đã công bố và gửi kết quả đúng hạn. "


def set_pages(body: str, foot: str = _FOOT) -> bytes:
    return typst.compile((_PAGE + _HEAD + body + foot).encode())


def texts(doc: OfficialDoc) -> list[str]:
    return [f"{block.marker} {block.text}".strip() for block in doc.walk()]


def test_letterhead_in_two_columns() -> None:
    doc = read(set_pages("Sở Nội vụ đề nghị các phòng thực hiện."), "a.pdf")

    assert header_json(doc) == {
        "agency": "Sở Nội vụ",
        "parent_agency": "UBND tỉnh Lạng Sơn",
        "number": "45",
        "symbol": "SNV-CCHC",
        "place": "Lạng Sơn",
        "date": "2025-05-05",
        "date_text": "Lạng Sơn, ngày 05 tháng 5 năm 2025",
        "doc_type": "công văn",
        "subject": "cử đầu mối rà soát quy trình",
        "addressees": ["Các phòng chuyên môn"],
        "recipients": ["Như trên", "Các sở: Nội vụ, Tài chính, Tư pháp, Xây dựng", "Lưu: VT"],
        "signer_authority": "KT. GIÁM ĐỐC",
        "signer_title": "PHÓ GIÁM ĐỐC",
        "signer_name": "Vi Thị Mẫu",
        "urgency": None,
        "secrecy": None,
    }


def test_lines_are_joined_over_pages_without_what_stands_at_their_edges() -> None:
    long = (SENTENCE * 60).strip()
    doc = read(set_pages(f"{long}\n\nĐoạn sau cùng của văn bản này."), "a.pdf")

    assert texts(doc) == [long, "Đoạn sau cùng của văn bản này."]
    assert doc.body[0].source.page == 1
    assert (doc.body[1].source.page or 0) > 1


def test_items_and_their_continuation_lines() -> None:
    body = (
        f"\\1. {SENTENCE * 3}\n\n\\- {SENTENCE * 2}\n\n\\- Làm ngay.\n\n"
        "\\2. Phòng Tổ chức\n\nCử một người."
    )
    doc = read(set_pages(body), "a.pdf")

    assert [block.marker for block in doc.walk()] == ["1.", "-", "-", "2.", ""]
    assert doc.body[0].text == (SENTENCE * 3).strip()
    assert doc.body[0].children[0].text == (SENTENCE * 2).strip()


def test_footnotes_are_kept_apart() -> None:
    body = f"{SENTENCE * 3}#footnote[Theo Kế hoạch năm của Sở.] {SENTENCE * 2}"
    doc = read(set_pages(body), "a.pdf")

    assert any("Theo Kế hoạch năm của Sở." in note for note in doc.notes)
    assert "Theo Kế hoạch năm" not in " ".join(texts(doc))


@pytest.mark.parametrize("text", [DIRECTIVE_LETTER, DECISION], ids=["letter", "decision"])
def test_what_was_written_is_read_again(text: str) -> None:
    written = read_text(text)
    again = read(write_pdf(written), "a.pdf")

    assert header_json(again) == header_json(written)
    assert texts(again) == texts(written)
    assert [b.text for b in again.legal_bases] == [b.text for b in written.legal_bases]


def test_a_long_letter_is_read_to_its_end() -> None:
    data = set_pages("\n\n".join(f"\\{n}. {SENTENCE * 9}" for n in range(1, 75)))
    with PdfFile(data) as pdf:
        assert 20 <= pdf.count <= MAX_PAGES

    doc = read(data, "a.pdf")

    assert [block.marker for block in doc.body] == [f"{n}." for n in range(1, 75)]


def _joined(first: bytes, second: bytes) -> bytes:
    """Return the pages of both files as one."""
    with (
        closing(pypdfium2.PdfDocument(first)) as one,
        closing(pypdfium2.PdfDocument(second)) as two,
        io.BytesIO() as out,
    ):
        one.import_pages(two)
        one.save(out)
        return out.getvalue()


def test_a_scanned_page_among_others_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    text = set_pages(f"\\1. {SENTENCE * 3}")
    data = _joined(text, scanned(text))
    monkeypatch.setattr(reading, "reads_scans", lambda: False)

    doc = read(data, "a.pdf")

    assert [block.marker for block in doc.body] == ["1."]
    [unread] = [piece for piece in doc.unread if piece.source.page == 2]
    assert "Trang 2 là ảnh" in unread.text


@pytest.mark.office
def test_scanned_page_is_recognised() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    doc = read(scanned(set_pages(f"\\1. {SENTENCE * 3}\n\n\\2. Làm ngay.")), "a.pdf")

    assert (doc.number, doc.symbol, str(doc.date)) == ("45", "SNV-CCHC", "2025-05-05")
    assert [block.marker for block in doc.body] == ["1.", "2."]
    assert doc.recipients[0] == "Như trên"
    assert doc.signature is not None
    assert doc.signature.title == "PHÓ GIÁM ĐỐC"


def to_doc(folder: Path) -> None:
    subprocess.run(
        ["/usr/bin/env", "soffice", "--headless", "--convert-to", "doc", "a.docx"],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        check=True,
        capture_output=True,
    )


def to_odt(folder: Path) -> None:
    subprocess.run(
        ["/usr/bin/env", "soffice", "--headless", "--convert-to", "odt", "a.docx"],
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        check=True,
        capture_output=True,
    )


@pytest.mark.office
@pytest.mark.parametrize(("kind", "make"), [("doc", to_doc), ("odt", to_odt)])
def test_old_word_and_opendocument_files(
    kind: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.docx").write_bytes(docx(*filter(None, DIRECTIVE_LETTER.splitlines())))
    make(tmp_path)
    doc = read((tmp_path / f"a.{kind}").read_bytes(), f"a.{kind}")

    assert header_json(doc) == header_json(read_text(DIRECTIVE_LETTER))
