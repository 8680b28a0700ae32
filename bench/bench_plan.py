"""
Measures the reading of decisions on simplification plans against the labelled ones in
shared/corpus.

    bench_plan.py [--command "tinhgon plan --json"]

Prints the tables for .txt, .docx and .pdf, and for scanned pages where tesseract is installed;
the misses go to var/bench-plan.txt. Exit status 1 when a bound does not hold, 2 when there is
nothing to measure with.
"""

from __future__ import annotations

import sys

from corpus import ROOT, Measured, measure, prepare

PLANS = Measured(
    kind="plan",
    folder="simplification-plans",
    command="plan",
    bounds="rows_f1=0.95,measures_f1=0.92,implementation=0.95,reason=0.95,"
    "cost_before=0.97,cost_after=0.97,saved=0.97,ratio_percent=0.97",
    scan_bounds="row_count=0.95",  # the one labelled scan holds no plan
    misses=ROOT / "var" / "bench-plan.txt",
    about="Đo việc đọc phương án đơn giản hóa trên tập đã gán nhãn ở shared/corpus.",
)


def main() -> int:
    prepare()
    return measure(PLANS)


if __name__ == "__main__":
    sys.exit(main())
