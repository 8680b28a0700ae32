"""What stands in the file: the lines of each section, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.apps.assessments.enums import DECIDING, GONE, HEADINGS, SAVING, SECTIONS
from tinhgon.domain.costing import GROUP_WORDS, MOST_ROWS, Named, RowGroup, Side
from tinhgon.domain.procedures import unguard
from tinhgon.domain.sheets import Cell, SheetUnreadable, kind_of, read_sheets
from tinhgon.domain.vntext import fold

_MOST_LINES = 2 * MOST_ROWS + 100
_WHAT, _HOW, _SOURCE, _KEY = 1, 2, 11, 12
_FIGURES = slice(3, 9)
_LONGEST = 300
_GROUPS = {fold(words): group for group, words in GROUP_WORDS.items()}
_HEADS = frozenset(fold(words) for words in ("Tổng cộng", HEADINGS[_WHAT], "(1)"))


@dataclass(frozen=True, slots=True)
class Said:
    """One row as the file says it: its line, its group, and the text of each of its cells."""

    number: int
    group: RowGroup
    cells: tuple[str, ...]

    @property
    def side(self) -> Side:
        return Side.DECIDING if self.cells[_WHAT].endswith(DECIDING) else Side.PERFORMING

    @property
    def what(self) -> str:
        return self.cells[_WHAT].removesuffix(DECIDING).strip()

    @property
    def how(self) -> str:
        return self.cells[_HOW]

    @property
    def gone(self) -> str:
        """Why the job is no longer done, "" for one that is."""
        note = self.cells[_SOURCE]
        return note.removeprefix(GONE) if note.startswith(GONE) else ""

    @property
    def source(self) -> str:
        return "" if self.gone else self.cells[_SOURCE]

    @property
    def mark(self) -> str:
        return self.cells[_KEY]

    @property
    def figures(self) -> tuple[str, ...]:
        return self.cells[_FIGURES]

    def named(self, *marks: str) -> Named:
        """Return what the row is called, with these marks."""
        known = frozenset(mark for mark in marks if mark)
        return Named(known, self.group, self.side, self.what, self.how)

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with its words: nothing is cut off or passed over in silence."""
        if not self.what:
            yield f"Dòng {self.number}: có số liệu mà chưa ghi tên công việc. Ghi tên ở cột (1)."
        for place in (_WHAT, _HOW, _SOURCE):
            if len(self.cells[place]) > _LONGEST:
                yield (
                    f"Dòng {self.number}: cột “{HEADINGS[place]}” dài quá {_LONGEST} ký tự. "
                    "Ghi gọn lại."
                )


def read_sections(data: bytes) -> Mapping[str, Sequence[Said]]:
    """
    Return the rows of sections I and II, where the file has them.

    :raises SheetUnreadable: if it cannot be read as a sheet, or has no section I.
    """
    lines = read_sheets(data, kind_of(data), most_rows=_MOST_LINES)[0].lines
    marks = {fold(words): words for words in (*SECTIONS, SAVING)}
    found: dict[str, list[tuple[int, Sequence[Cell]]]] = {}
    current = ""
    for number, line in enumerate(lines, start=1):
        first = fold(str(line[0])) if line and line[0] is not None else ""
        if first in marks:
            current = marks[first]
            found[current] = []
        elif current in SECTIONS:
            found[current].append((number, line))
    if SECTIONS[0] not in found:
        raise SheetUnreadable(
            "Không thấy mục I của biểu mẫu 03/SCM-KSTT. Tải tệp mẫu ở trang này, điền rồi nhập lại."
        )
    return {words: tuple(_rows(found[words])) for words in SECTIONS if words in found}


def _rows(lines: Sequence[tuple[int, Sequence[Cell]]]) -> Iterator[Said]:
    group = RowGroup.PREPARE
    for number, cells in lines:
        said = Said(number, group, tuple(_text(cells, place) for place in range(len(HEADINGS))))
        called = fold(said.cells[_WHAT])
        # A row may be called as its group is: it has figures, which a heading has not.
        if called in _GROUPS and not any(said.figures):
            group = _GROUPS[called]
        elif called not in _HEADS and (called or any(said.figures) or said.mark):
            yield said


def _text(cells: Sequence[Cell], place: int) -> str:
    """Return a cell as text; a number as officials write it, so that it reads as it is meant."""
    value = cells[place] if place < len(cells) else None
    if value is None:
        return ""
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return f"{exact.normalize():f}".replace(".", ",")
    return unguard(str(value)).strip()
