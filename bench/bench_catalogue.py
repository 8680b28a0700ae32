"""
Measures the reading of published lists of procedures against the labelled ones in shared/corpus.

    bench_catalogue.py [--command "tinhgon catalogue --json"]

Prints the tables for .txt, .docx and .pdf, and for scanned pages where tesseract is installed;
the misses go to var/bench-catalogue.txt. Exit status 1 when a bound does not hold, 2 when there
is nothing to measure with.
"""

from __future__ import annotations

import sys
import time

from corpus import NOTHING_TO_MEASURE, ROOT, Measured, measure, prepare, say

LISTS = Measured(
    kind="catalogue",
    folder="procedure-lists",
    command="catalogue",
    bounds="row_count=0.95,rows_f1=0.98,name=0.98,level=0.95,field=0.95,agencies=0.95,"
    "action=0.95,code=0.95",
    scan_bounds="rows_f1=0.90,name=0.95",
    misses=ROOT / "var" / "bench-catalogue.txt",
    about="Đo việc đọc danh mục thủ tục trên tập đã gán nhãn ở shared/corpus.",
)
ROWS = 200


def main() -> int:
    prepare()
    status = measure(LISTS)
    if status != NOTHING_TO_MEASURE:
        _time_a_long_list()
    return status


def _time_a_long_list() -> None:
    """Print how long a list of two hundred procedures takes, read from each format."""
    from tinhgon.domain.catalogue import read_catalogue
    from tinhgon.domain.officialdoc import read, read_text, write_docx, write_pdf

    head = "STT | Tên thủ tục hành chính | Lĩnh vực | Cơ quan thực hiện | Căn cứ pháp lý"
    basis = "Nghị định số 158/2018/NĐ-CP ngày 22/11/2018 của Chính phủ"
    lines = [
        f"{n} | Thẩm định đề án sắp xếp tổ chức bộ máy thứ {n} | Tổ chức bộ máy | "
        f"Sở Nội vụ, Ủy ban nhân dân tỉnh | {basis}"
        for n in range(1, ROWS + 1)
    ]
    text = "DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ\n\n" + "\n".join([head, *lines])
    doc = read_text(text)
    for name, data in (
        ("a.txt", text.encode()),
        ("a.docx", write_docx(doc)),
        ("a.pdf", write_pdf(doc)),
    ):
        start = time.perf_counter()
        rows = len(read_catalogue(read(data, name)).rows)
        seconds = time.perf_counter() - start
        say(f"Danh mục dài ({name.partition('.')[2]}): {rows} thủ tục trong {seconds:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
