"""
Measures the reading of official documents against the labelled ones in shared/corpus.

    bench_read.py [--command "tinhgon read --json"]

Prints the tables for .txt, .docx and .pdf, and for scanned pages where tesseract is installed;
the misses go to var/bench-read.txt. Exit status 1 when a bound does not hold, 2 when there is
nothing to measure with.
"""

from __future__ import annotations

import sys
import time

from corpus import NOTHING_TO_MEASURE, ROOT, Measured, measure, prepare, say

LETTERS = Measured(
    kind="read",
    folder="directives",
    command="read",
    bounds="header=0.98,tasks_f1=0.92,due=0.97,assignees=0.92,coordinating=0.90,report=0.90,"
    "targets=0.90",
    scan_bounds="tasks_f1=0.75",
    misses=ROOT / "var" / "bench-read.txt",
    about="Đo việc đọc văn bản trên tập đã gán nhãn ở shared/corpus.",
)


def main() -> int:
    prepare()
    status = measure(LETTERS)
    if status != NOTHING_TO_MEASURE:
        _time_a_long_letter()
    return status


def _time_a_long_letter() -> None:
    """Print how long a letter of some twenty pages takes, read from each format."""
    from tinhgon.domain.directives import read_tasks
    from tinhgon.domain.officialdoc import read, read_text, write_docx, write_pdf

    work = "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát quy trình nội bộ đang áp dụng"
    lines = [f"{n}. {work} số {n}, hoàn thành trước ngày 01/11/2024." for n in range(1, 251)]
    text = "UBND TỈNH\n\nSố: 1/UBND-NC\n\nUBND tỉnh yêu cầu:\n\n" + "\n\n".join(lines)
    doc = read_text(text)
    for name, data in (
        ("a.txt", text.encode()),
        ("a.docx", write_docx(doc)),
        ("a.pdf", write_pdf(doc)),
    ):
        start = time.perf_counter()
        tasks = len(read_tasks(read(data, name)).tasks)
        seconds = time.perf_counter() - start
        say(f"Văn bản dài ({name.partition('.')[2]}): {tasks} nhiệm vụ trong {seconds:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
