"""Which line of a sheet has the headings, and which column is which part of a procedure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from tinhgon.domain.procedures import (
    AGENCY_HEADING,
    AGENCY_KEY,
    CODE_HEADING,
    CODE_KEY,
    COLUMNS,
    STANDING_HEADINGS,
    key_for_heading,
)
from tinhgon.domain.sheets import Cell
from tinhgon.domain.vntext import fold, nfc

_WITHIN = 15
_FEWEST_CELLS = 2
_LIKE = 80
_LONGEST = 120
"""Letters that a heading may have; what is longer is content."""
_ORDER = frozenset({"stt", "tt", "so tt", "so thu tu", "loi"}) | frozenset(
    fold(heading) for heading in STANDING_HEADINGS.values()
)
"""Headings that say nothing of what is in a procedure."""
_SHORT = re.compile(r"\btthc\b")
_ALSO: Mapping[str, tuple[str, ...]] = {
    "name": (
        "Tên thủ tục hành chính",
        "Tên thủ tục hành chính nội bộ",
        "Thủ tục",
        "Nội dung thủ tục",
        "Tên quy trình",
    ),
    "field": ("Lĩnh vực thủ tục", "Tên lĩnh vực", "Ngành, lĩnh vực"),
    "tier": ("Cấp giải quyết", "Cấp hành chính"),
    "kind": ("Loại thủ tục", "Nhóm thủ tục"),
    "lead": ("Đơn vị chủ trì", "Cơ quan thực hiện", "Cơ quan giải quyết", "Đơn vị thực hiện"),
    "national_code": ("Mã thủ tục", "Mã số", "Mã TTHC", "Mã số TTHC"),
    "steps": ("Các bước thực hiện", "Quy trình thực hiện", "Trình tự"),
    "time_limit": ("Thời gian giải quyết", "Thời gian thực hiện", "Thời hạn"),
    "papers": ("Hồ sơ", "Thành phần, số lượng hồ sơ"),
    "result": ("Kết quả", "Sản phẩm"),
    "bases": ("Căn cứ", "Văn bản quy định", "Cơ sở pháp lý"),
    "subjects": ("Đối tượng",),
    "fee": ("Phí", "Lệ phí"),
    "forms": ("Biểu mẫu", "Mẫu đơn"),
    AGENCY_KEY: ("Đơn vị", "Cơ quan quản lý", "Tên cơ quan, đơn vị"),
}


@dataclass(frozen=True, slots=True)
class Header:
    """
    The line with the headings, counted from 1, and what stands in it.

    `columns`: part → place; `is_sure` where every filled heading is one of ours. `likely`: what
    other headings probably mean, for a person to confirm.
    """

    line: int
    headings: tuple[str, ...]
    columns: Mapping[str, int] = field(default_factory=dict)
    likely: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        told = set(self.columns.values())
        return "name" in self.columns and all(
            place in told or not heading or fold(heading) in _ORDER
            for place, heading in enumerate(self.headings)
        )

    @property
    def signature(self) -> str:
        """What two sheets with the same headings share, however these are spelt."""
        text = "\n".join(fold(heading) for heading in self.headings).strip()
        return hashlib.sha256(text.encode()).hexdigest()


def find_header(lines: Sequence[Sequence[Cell]]) -> Header | None:
    """Return the header of a sheet; None where no line near the top can be one."""
    best: Header | None = None
    best_score = (0, 0.0, 0)
    for number, line in enumerate(lines[:_WITHIN], start=1):
        header = header_at(lines, number)
        filled = sum(bool(heading) for heading in header.headings)
        if filled < _FEWEST_CELLS and not header.columns:
            continue
        texts = sum(isinstance(cell, str) for cell in line)
        score = (len(header.columns), len(header.likely), min(texts, filled))
        if score > best_score:
            best, best_score = header, score
    return best


def header_at(lines: Sequence[Sequence[Cell]], number: int) -> Header:
    """Return the header if line `number` has the headings."""
    line = lines[number - 1] if 0 < number <= len(lines) else []
    headings = tuple(_heading(cell) for cell in line)
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        key = key_for_heading(heading) if heading else None
        if key:
            columns.setdefault(key, place)
    return Header(number, headings, columns, _likely(headings, columns))


def column_letter(place: int) -> str:
    """Return how a sheet calls its column: A, B … AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(line: int, place: int | None) -> str:
    """Return "C12"; the line alone where the column is not in the sheet."""
    return f"dòng {line}" if place is None else f"{column_letter(place)}{line}"


def _heading(cell: Cell) -> str:
    return " ".join(nfc(str(cell)).split()).rstrip(" *") if cell is not None else ""


def _likely(headings: Sequence[str], told: Mapping[str, int]) -> dict[str, int]:
    taken = set(told.values())
    asked = [
        (place, _full(heading))
        for place, heading in enumerate(headings)
        if 0 < len(heading) <= _LONGEST and place not in taken and fold(heading) not in _ORDER
    ]
    pairs = sorted(
        (-score, place, key)
        for place, heading in asked
        for key, words in _WORDS.items()
        if key not in told
        for score in [max(_likeness(heading, each) for each in words)]
        if score >= _LIKE
    )
    found: dict[str, int] = {}
    for _, place, key in pairs:
        if key not in found and place not in found.values():
            found[key] = place
    return found


def _full(heading: str) -> str:
    return _SHORT.sub("thu tuc hanh chinh", fold(heading))


def _likeness(one: str, other: str) -> float:
    return max(
        fuzz.ratio(one, other, score_cutoff=_LIKE),
        fuzz.token_sort_ratio(one, other, score_cutoff=_LIKE),
    )


_WORDS: Mapping[str, tuple[str, ...]] = {
    key: tuple(fold(words) for words in (heading, *_ALSO.get(key, ())))
    for key, heading in (
        (CODE_KEY, CODE_HEADING),
        (AGENCY_KEY, AGENCY_HEADING),
        *((column.key, column.heading) for column in COLUMNS.values()),
    )
}
