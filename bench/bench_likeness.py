"""
Measures the likeness of procedures on pairs labelled by hand (likeness_pairs.toml), the gaps
(likeness_gaps.toml), and the speed at 20,000 procedures.

    bench_likeness.py [--half tuning]

The real names are read from shared/corpus. Prints precision, recall and F1 of the verdicts SAME
and PROBABLY_SAME against the label "same", for both halves, and the misses of the half asked for.
Exit status 1 when a bound does not hold, 2 when there is nothing to measure with.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.labelled_procedures import (
    HERE,
    SHARED,
    TEST,
    TUNING,
    all_rows,
    fingerprint,
    pairs,
    rows_of,
)
from tinhgon.domain.likeness import (
    Fingerprint,
    GapStatus,
    Index,
    Verdict,
    Weights,
    find_gaps,
    find_like,
    find_pairs,
    group_alike,
    judge,
    read_name,
)
from tinhgon.domain.vntext import fold, format_number

PRECISION, RECALL = 0.95, 0.90


# --- pairs ----------------------------------------------------------------------------------------


@dataclass
class Score:
    hit: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hit / ((self.hit + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.hit / ((self.hit + self.missed) or 1)

    def __str__(self) -> str:
        f1 = 2 * self.hit / ((2 * self.hit + self.wrong + self.missed) or 1)
        figures = " ".join(
            f"{name} {format_number(Decimal(value), places=3)}"
            for name, value in (("precision", self.precision), ("recall", self.recall), ("F1", f1))
        )
        return f"{figures}  ({self.hit} đúng, {self.wrong} nhận nhầm, {self.missed} bỏ sót)"

    def add(self, *, wanted: bool, found: bool) -> None:
        self.hit += wanted and found
        self.wrong += found and not wanted
        self.missed += wanted and not found


def measure_pairs(half: str, *, show: bool, lists: bool = True) -> Score:
    """Measure one half; without `lists` as if it were not known which rows stand in one list."""
    weights = Weights({n.folded: n for n in (read_name(r.name) for r in all_rows())}.values())
    names = ("tên khác chữ", "văn bản thật", "tự viết", "hai danh mục")
    total, parts = Score(), {name: Score() for name in names}
    verdicts: Counter[tuple[str, str]] = Counter()
    chosen = [pair for pair in pairs() if pair.half == half]
    for pair in chosen:
        one, other = fingerprint(pair.one), fingerprint(pair.other)
        told = (one, other) if lists else (replace(one, source=None), replace(other, source=None))
        found = judge(*told, weights)
        verdicts[pair.label, found.verdict.value] += 1
        here = {"tự viết" if pair.own else "văn bản thật"}
        if one.source is None or one.source != other.source:
            here.add("hai danh mục")
        if read_name(one.name).folded != read_name(other.name).folded:
            here.add("tên khác chữ")
        near = found.verdict.reaches(Verdict.PROBABLY_SAME)
        for score in (total, *(parts[name] for name in here)):
            score.add(wanted=pair.label == "same", found=near)
        if show and near != (pair.label == "same"):
            say(f"    {pair.label:9} {found.verdict:13} {found.score:.3f}")
            say(f"              {pair.one} | {pair.other}")
            say(f"              {'; '.join(found.reasons)}")
    known = "" if lists else ", không biết danh mục"
    say(f"Nửa {half} ({len(chosen)} cặp{known}): {total}")
    for name, score in parts.items():
        say(f"    {name:13} {score}")
    for label in ("same", "related", "different"):
        counts = ", ".join(f"{v.value} {verdicts[label, v.value]}" for v in Verdict)
        say(f"    nhãn {label:9} → {counts}")
    return total


def measure_lists() -> None:
    """Within one list every row is a procedure of its own: what is found there is a mistake."""
    same = {frozenset((p.one, p.other)) for p in pairs() if p.label == "same"}
    wrong = compared = 0
    for _, group in itertools.groupby(all_rows(), key=lambda row: row.source):
        rows = list(group)
        compared += len(rows) * (len(rows) - 1) // 2
        for found in find_pairs(rows):
            if frozenset((str(found.one.key), str(found.other.key))) not in same:
                wrong += 1
    say(f"Trong từng danh mục: {format_number(compared)} cặp hàng, {wrong} cặp bị nhận nhầm")


# --- gaps -----------------------------------------------------------------------------------------


def measure_gaps() -> Score:
    data = tomllib.loads((HERE / "likeness_gaps.toml").read_text(encoding="utf-8"))
    total = Score()
    for case in data["inventory"]:
        score = _gaps_of(case)
        say(f"Còn sót, {case['list']} so với {case['reference']}: {score}")
        total.hit, total.wrong, total.missed = (
            total.hit + score.hit,
            total.wrong + score.wrong,
            total.missed + score.missed,
        )
    return total


def _gaps_of(case: dict[str, Any]) -> Score:
    refs = list(rows_of(case["list"]))
    without = set(case.get("without", ())) | set(refs[:: case.get("without_every", len(refs) + 1)])
    if "without_every" not in case:
        without = set(case["without"])
    held = [fingerprint(ref) for ref in refs if ref not in without]
    wanted = [fingerprint(ref) for ref in case["rows"] or rows_of(case["reference"])]
    score = Score()
    for gap in find_gaps(held, wanted):
        missing = not _has_twin(gap.reference, held)
        found = gap.status is GapStatus.MISSING
        score.add(wanted=missing, found=found)
        if missing != found:
            twin = gap.twin.item.key if gap.twin else "-"
            say(f"    {gap.reference.key}: {gap.status} (gần nhất {twin}) {'; '.join(gap.reasons)}")
    return score


def _has_twin(item: Fingerprint, held: Iterable[Fingerprint]) -> bool:
    """Say whether the inventory holds the very procedure, on the same level."""
    same = {frozenset((p.one, p.other)) for p in pairs() if p.label == "same"}
    level = read_name(item.name).levels
    return any(
        fold(item.name) == fold(other.name)
        or (
            frozenset((str(item.key), str(other.key))) in same
            and level == read_name(other.name).levels
        )
        for other in held
    )


# --- speed ----------------------------------------------------------------------------------------


def measure_speed() -> None:
    """Print what is used of one processor, whatever else the machine does."""
    many = _twenty_thousand()
    start = time.process_time()
    index = Index(many)
    say(f"Dựng chỉ mục {format_number(len(many))} tên khác nhau: {_since(start)} s")
    times = []
    for item in many[::67]:
        start = time.process_time()
        find_like(Fingerprint("asked", f"{item.name} năm nay", item.field), index)
        times.append(time.process_time() - start)
    times.sort()
    middle, p95 = (_decimal(1000 * times[len(times) * n // 100], 1) for n in (50, 95))
    say(f"Tìm cái giống một thủ tục: trung vị {middle} ms, p95 {p95} ms")
    start = time.process_time()
    found = sum(1 for _ in find_pairs(many))
    say(f"Tìm mọi cặp giống nhau: {format_number(found)} cặp trong {_since(start)} s")
    communes = [
        Fingerprint((commune, item.key), item.name, item.field, "commune")
        for commune in range(65)
        for item in many[::65]
    ]
    start = time.process_time()
    groups = group_alike(communes)
    size = format_number(len(communes))
    say(f"Gộp {size} thủ tục của 65 xã: {len(groups)} nhóm trong {_since(start)} s")


def _since(start: float) -> str:
    return _decimal(time.process_time() - start, 1)


def _decimal(value: float, places: int) -> str:
    return format_number(Decimal(value), places=places)


def _twenty_thousand() -> list[Fingerprint]:
    """Return different names made of the words of real ones, twenty doings of each thing."""
    doings = "Cấp|Cấp lại|Gia hạn|Thu hồi|Điều chỉnh|Phê duyệt|Thẩm định|Công nhận|Hủy bỏ|Đăng ký"
    doings += (
        "|Xác nhận|Bổ nhiệm|Miễn nhiệm|Thành lập|Giải thể|Ban hành|Đánh giá|Kiểm tra|Chấp thuận"
    )
    doings += "|Tiếp nhận"
    real = all_rows()
    words = sorted({w for row in real for w in row.name.lower().split() if w.isalpha()})
    things = []
    for n in range(1000):
        row = real[n * 7 % len(real)]
        own = row.name.split()[1 + n % 3 : 9 + n % 5]
        more = [words[(n * k) % len(words)] for k in (31, 57)]
        things.append((" ".join([*own, *more]), row.field))
    return [
        Fingerprint((n, doing), f"{doing} {thing}", field)
        for n, (thing, field) in enumerate(things)
        for doing in doings.split("|")
    ]


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description="Đo độ giống nhau của thủ tục.")
    parser.add_argument("--half", choices=(TEST, TUNING), default=TEST, help="nửa in chỗ sai")
    half = parser.parse_args().half
    if not (SHARED / "corpus" / "procedure-lists").is_dir():
        say(f"Không có {SHARED / 'corpus'}: đặt thư mục shared cạnh kho mã")
        say("hoặc chỉ ra bằng biến TINHGON_SHARED.")
        return 2
    measure_pairs(TUNING, show=half == TUNING)
    test = measure_pairs(TEST, show=half == TEST)
    measure_pairs(TEST, show=False, lists=False)
    measure_lists()
    measure_gaps()
    measure_speed()
    return 0 if test.precision >= PRECISION and test.recall >= RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
