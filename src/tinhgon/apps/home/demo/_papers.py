"""The papers of the demo: its letter as a Word file, and the reports that agencies answer with."""

from __future__ import annotations

from datetime import date
from importlib import resources

from tinhgon.apps.agencies.models import Agency
from tinhgon.common.uploads import Upload
from tinhgon.domain.officialdoc import (
    Block,
    BlockKind,
    OfficialDoc,
    Signature,
    Source,
    read_text,
    write_docx,
)

LETTER_FILE = "van-ban-318-UBND-TTPVHCC.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter() -> bytes:
    """Return the demo's letter as a Word file."""
    path = resources.files("tinhgon.apps.home").joinpath("data/van-ban-mau.txt")
    return write_docx(read_text(path.read_text(encoding="utf-8")))


def report(agency: Agency, number: str, on: date, about: str) -> Upload:
    """Return the report of an agency on a piece of work, as the Word file that it would send."""
    symbol = f"BC-{agency.symbol or 'UBND'}"
    doc = OfficialDoc(
        agency=agency.name,
        agency_lines=(agency.name.upper(),),
        number=number,
        symbol=symbol,
        place="Lạng Sơn",
        date=on,
        doc_type="báo cáo",
        subject=f"Kết quả thực hiện: {about[:120]}",
        addressees=("Ủy ban nhân dân tỉnh Lạng Sơn",),
        body=(
            _paragraph(1, f"Thực hiện nhiệm vụ được giao, {agency.label} báo cáo như sau:"),
            _paragraph(2, f"Đã hoàn thành nội dung: {about}"),
            _paragraph(3, "Trong quá trình thực hiện không có vướng mắc vượt thẩm quyền./."),
        ),
        signature=Signature((), "THỦ TRƯỞNG CƠ QUAN", ""),
        recipients=("Như trên", "Lưu: VT"),
    )
    name = f"bao-cao-{number}-{symbol}.docx".replace("/", "-")
    return Upload(name=name, content_type=WORD, data=write_docx(doc))


def _paragraph(line: int, text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, Source(line, line))
