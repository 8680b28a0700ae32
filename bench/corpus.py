"""Scoring a reader against the labelled documents in shared/corpus, one format after another."""

from __future__ import annotations

import argparse
import io
import os
import runpy
import shlex
import shutil
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TINHGON_SHARED", ROOT.parent / "shared"))
NOTHING_TO_MEASURE = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """
    What is measured: the kind of score, its folder, the bounds, and where the misses go.

    `command` is the command of tinhgon that answers with JSON.
    """

    kind: str
    folder: str
    command: str
    bounds: str
    scan_bounds: str
    misses: Path
    about: str


def prepare() -> None:
    """Let this process and the commands it starts find the package."""
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    sys.path.insert(0, str(ROOT / "src"))


def measure(measured: Measured) -> int:
    """Print the tables; return 1 when a bound does not hold, 2 when there is nothing to measure."""
    command = _command(measured)
    corpus = SHARED / "corpus"
    if not (corpus / "score.py").is_file():
        say(f"Không có {corpus / 'score.py'}: đặt thư mục shared cạnh kho mã")
        say("hoặc chỉ ra bằng biến TINHGON_SHARED.")
        return NOTHING_TO_MEASURE
    measured.misses.parent.mkdir(parents=True, exist_ok=True)
    measured.misses.write_text("", encoding="utf-8")
    held = [
        _score(corpus, ext, measured, measured.bounds, command) for ext in ("txt", "docx", "pdf")
    ]
    if shutil.which("tesseract"):
        held.append(_score(corpus, "scan.pdf", measured, measured.scan_bounds, command))
    else:
        say("Trang quét (.scan.pdf): không đo, máy chưa cài tesseract.")
    say(f"Chỗ sai của từng văn bản: {measured.misses.relative_to(ROOT)}")
    return 0 if all(held) else 1


def _command(measured: Measured) -> str:
    parser = argparse.ArgumentParser(description=measured.about)
    default = f"{shlex.quote(sys.executable)} -m tinhgon {measured.command} --json"
    parser.add_argument("--command", default=default, help="lệnh đọc tệp và in JSON")
    return str(parser.parse_args().command)


def _score(corpus: Path, ext: str, measured: Measured, bounds: str, command: str) -> bool:
    """Score one format, print its table, add its misses to the file; say whether all held."""
    folder = str(corpus / measured.folder)
    output = io.StringIO()
    arguments = [measured.kind, folder, "--cmd", command, "--ext", ext, "--misses"]
    sys.argv = ["score.py", *arguments, "--need", bounds]
    problem = ""
    with redirect_stdout(output):
        try:
            status = runpy.run_path(str(corpus / "score.py"))["main"]()
        except SystemExit as e:
            status, problem = 1, str(e)
    with measured.misses.open("a", encoding="utf-8") as out:
        out.write(f"===== .{ext}\n{output.getvalue()}{problem}\n")
    shown = [line for line in output.getvalue().splitlines() if not line.startswith("      ")]
    say("\n".join([*shown, problem]))
    return bool(status == 0)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
