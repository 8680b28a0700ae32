"""What changed a saving since the head confirmed it: a real cut, or only a better figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tinhgon.apps.assessments.models import CostSheet
from tinhgon.domain.costing import TERM_WORDS, Correction, Sides, Split, figure, money, split


@dataclass(frozen=True, slots=True)
class Corrected:
    """One figure of now that was given anew, in words."""

    what: str
    was: str
    became: str
    why: str


@dataclass(frozen=True, slots=True)
class SplitView:
    """The saving then and now in đồng a year, and of what the difference is made."""

    confirmed_at: datetime
    was: str
    became: str
    re_estimate: str
    real_cut: str
    corrections: list[Corrected]


def split_of(sheet: CostSheet) -> SplitView | None:
    """Return how the saving changed since the head confirmed it; None if nothing changed since."""
    baseline = sheet.baseline
    if baseline is None or sheet.base_at is None:
        return None
    found = split(baseline, sheet.sides)
    return SplitView(
        sheet.base_at,
        money(found.was),
        money(found.became),
        money(found.re_estimate),
        money(found.real_cut),
        list(_corrected(found, sheet.sides)),
    )


def _corrected(found: Split, sides: Sides) -> Iterator[Corrected]:
    kept = {row.key for row in sides.now.rows}
    for each in found.corrections:
        yield Corrected(*_words(each, is_kept=each.key in kept), each.note.reason)


def _words(each: Correction, *, is_kept: bool) -> tuple[str, str, str]:
    if each.term is None:
        there, gone = ("chưa có", "thêm dòng") if is_kept else ("có", "bỏ dòng")
        return each.what, there, gone
    words = TERM_WORDS[each.term]
    what = f"{each.what}: {words}" if each.key else f"{words} (cả bảng)"
    was, became = ("" if value is None else figure(value) for value in (each.was, each.became))
    return what, was, became
