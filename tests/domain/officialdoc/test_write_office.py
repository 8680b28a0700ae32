"""LibreOffice opens the .docx, and prints it as typst prints the same document."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import typst

from tinhgon.domain.officialdoc import write_docx, write_pdf

from . import pdf
from .documents import ALL

pytestmark = pytest.mark.office

# Both programs must set the same font for their pages to be compared.
_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "DejaVu Serif")
_SIDEWAYS_MM = 1.0
# Line heights are those of Times New Roman in the one and those of the font in the other; the
# difference adds up down the page.
_DOWN_SHARE = {"DejaVu Serif": 0.05}
_DOWN_SHARE_ALIKE = 0.02

ELEMENTS = {
    "letter": ["ỦY BAN", "Độc lập", "Số:", "V/v", "Kính gửi:", "- UBND các", "Nơi nhận:", "KT."],
    "urgent": ["VĂN PHÒNG", "Số: 08", "MẬT", "HỎA TỐC", "Kính gửi:", "CHÁNH VĂN PHÒNG"],
    "decision": ["QUYẾT ĐỊNH", "Căn cứ Luật", "QUYẾT ĐỊNH:", "Điều 1.", "Điều 3.", "Phụ lục"],
    "submission": ["TỜ TRÌNH", "Kính gửi:", "1. Số thủ tục", "KT. GIÁM ĐỐC", "Lê Thị C"],
    "plan": ["KẾ HOẠCH", "I. MỤC ĐÍCH", "a) Cắt giảm", "Nhiệm vụ", "Phụ lục I", "Phụ lục II"],
    "rules": ["QUY CHẾ", "Chương I", "Điều 1.", "Mục 1", "Nơi nhận:", "CHỦ TỊCH"],
}


@pytest.fixture(scope="module")
def font() -> str:
    here = typst.Fonts().families()
    for family in _FONTS:
        if family in here:
            return family
    pytest.skip(f"None of the fonts {', '.join(_FONTS)} is installed.")


@pytest.fixture(scope="module")
def printed(font: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The .docx files as LibreOffice prints them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed.")
    folder = tmp_path_factory.mktemp("office")
    for name, doc in ALL.items():
        (folder / f"{name}.docx").write_bytes(write_docx(doc, font=font))
    files = [str(folder / f"{name}.docx") for name in ALL]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)  # noqa: S603 - own files only
    return {name: Path(folder / f"{name}.pdf").read_bytes() for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_pages_are_as_many_and_as_large(name: str, font: str, printed: dict[str, bytes]) -> None:
    ours = write_pdf(ALL[name], fonts=(font,))
    assert pdf.page_sizes(printed[name]) == pdf.page_sizes(ours)


@pytest.mark.parametrize("name", ALL)
def test_elements_stand_at_the_same_places(name: str, font: str, printed: dict[str, bytes]) -> None:
    ours, theirs = pdf.lines(write_pdf(ALL[name], fonts=(font,))), pdf.lines(printed[name])
    share = _DOWN_SHARE.get(font, _DOWN_SHARE_ALIKE)
    for text in ELEMENTS[name]:
        one, other = pdf.find(ours, text), pdf.find(theirs, text)
        assert one.page == other.page, text
        assert one.left == pytest.approx(other.left, abs=_SIDEWAYS_MM), text
        assert one.base == pytest.approx(other.base, rel=share), text
        assert one.size == pytest.approx(other.size, abs=0.1), text
