"""The papers of the demo: its letter as a Word file, and the reports that agencies answer with."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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
    words = {
        _HEAD: agency.name.upper(),
        _AGENCY: agency.label,
        _NUMBER: number,
        _SYMBOL: symbol,
        _SHORT: about[:120],
        _ABOUT: about,
        _words(_DAY): _words(on),
        _DAY.isoformat(): on.isoformat(),
    }
    name = f"bao-cao-{number}-{symbol}.docx".replace("/", "-")
    return Upload(name=name, content_type=WORD, data=_filled(_blank(), words))


# Writing one Word file takes as long as filling in thirty.
_HEAD, _AGENCY, _NUMBER, _SYMBOL = "COQUANBANHANH", "COQUANBAOCAO", "SOBAOCAO", "KYHIEUBAOCAO"
_SHORT, _ABOUT = "TRICHYEUBAOCAO", "NOIDUNGBAOCAO"


_DAY = date(1999, 12, 31)


def _words(day: date) -> str:
    """Return a day as a paper bears it: of the months only the first two have a leading zero."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


@cache
def _blank() -> tuple[tuple[str, bytes], ...]:
    """Return the parts of a report, with marks for what differs from one to the next."""
    doc = OfficialDoc(
        agency=_HEAD,
        agency_lines=(_HEAD,),
        number=_NUMBER,
        symbol=_SYMBOL,
        place="Lạng Sơn",
        date=_DAY,
        doc_type="báo cáo",
        subject=f"Kết quả thực hiện: {_SHORT}",
        addressees=("Ủy ban nhân dân tỉnh Lạng Sơn",),
        body=(
            _paragraph(1, f"Thực hiện nhiệm vụ được giao, {_AGENCY} báo cáo như sau:"),
            _paragraph(2, f"Đã hoàn thành nội dung: {_ABOUT}"),
            _paragraph(3, "Trong quá trình thực hiện không có vướng mắc vượt thẩm quyền./."),
        ),
        signature=Signature((), "THỦ TRƯỞNG CƠ QUAN", ""),
        recipients=("Như trên", "Lưu: VT"),
    )
    with ZipFile(BytesIO(write_docx(doc))) as packed:
        return tuple((name, packed.read(name)) for name in packed.namelist())


def _filled(parts: tuple[tuple[str, bytes], ...], words: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as target:
        for name, data in parts:
            if any(mark.encode() in data for mark in words):
                text = data.decode()
                for mark, word in words.items():
                    text = text.replace(mark, escape(word))
                target.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED, 1)
            else:
                target.writestr(ZipInfo(name), data, ZIP_DEFLATED, 1)
    return out.getvalue()


def _paragraph(line: int, text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, Source(line, line))
