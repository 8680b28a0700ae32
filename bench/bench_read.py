"""
Measures the reading of official documents against the labelled ones in shared/corpus.

    bench_read.py [--command "tinhgon read --json"]

Prints the tables for .txt, .docx and .pdf, and for scanned pages where tesseract is installed;
the misses go to var/bench-read.txt. Exit status 1 when a bound does not hold, 2 when there is
nothing to measure with.
"""

from __future__ import annotations

import argparse
import io
import os
import runpy
import shlex
import shutil
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TINHGON_SHARED", ROOT.parent / "shared"))
BOUNDS = (
    "header=0.98,tasks_f1=0.92,due=0.97,assignees=0.92,coordinating=0.90,report=0.90,targets=0.90"
)
SCAN_BOUNDS = "tasks_f1=0.75"
MISSES = ROOT / "var" / "bench-read.txt"


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Đo việc đọc văn bản trên tập đã gán nhãn ở shared/corpus."
    )
    default = f"{shlex.quote(sys.executable)} -m tinhgon read --json"
    parser.add_argument("--command", default=default, help="lệnh đọc tệp và in JSON")
    command = parser.parse_args().command
    corpus = SHARED / "corpus"
    if not (corpus / "score.py").is_file():
        _say(f"Không có {corpus / 'score.py'}: đặt thư mục shared cạnh kho mã")
        _say("hoặc chỉ ra bằng biến TINHGON_SHARED.")
        return 2
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    sys.path.insert(0, str(ROOT / "src"))
    MISSES.parent.mkdir(parents=True, exist_ok=True)
    MISSES.write_text("", encoding="utf-8")
    held = [_measure(corpus, ext, BOUNDS, command) for ext in ("txt", "docx", "pdf")]
    if shutil.which("tesseract"):
        held.append(_measure(corpus, "scan.pdf", SCAN_BOUNDS, command))
    else:
        _say("Trang quét (.scan.pdf): không đo, máy chưa cài tesseract.")
    _time_a_long_letter()
    _say(f"Chỗ sai của từng văn bản: {MISSES.relative_to(ROOT)}")
    return 0 if all(held) else 1


def _measure(corpus: Path, ext: str, bounds: str, command: str) -> bool:
    """Score one format, print its table, add its misses to the file; say whether all held."""
    arguments = ["read", str(corpus / "directives"), "--cmd", command, "--ext", ext]
    output = io.StringIO()
    sys.argv = ["score.py", *arguments, "--misses", "--need", bounds]
    problem = ""
    with redirect_stdout(output):
        try:
            status = runpy.run_path(str(corpus / "score.py"))["main"]()
        except SystemExit as e:
            status, problem = 1, str(e)
    with MISSES.open("a", encoding="utf-8") as out:
        out.write(f"===== .{ext}\n{output.getvalue()}{problem}\n")
    shown = [line for line in output.getvalue().splitlines() if not line.startswith("      ")]
    _say("\n".join([*shown, problem]))
    return bool(status == 0)


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
        _say(f"Văn bản dài ({name.partition('.')[2]}): {tasks} nhiệm vụ trong {seconds:.2f} s")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
