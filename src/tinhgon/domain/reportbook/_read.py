"""What stands in a workbook that came back, row by row, known by their keys, never their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from tinhgon.domain.sheets import Cell
from tinhgon.domain.vntext import fold

from ._layout import GUIDE, KEY, LAYOUTS, LISTS, PERCENT, Column, Layout, Part
from ._model import Place, Seal, as_text, digest, is_number
from ._open import Opened

_HEAD_WITHIN = 10
_SHOWN = 80
_LETTERS = 26
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """
    A row as it came back; `key` is "" for a new one. `values` and `cells` (as "E5") go by column,
    those to be filled in only; `label` is what its row is called. `changed`: the columns that say
    something else than when it went out. `doubtful`: those whose number may as well be a share of
    one: 0.5 where nothing shows whether 50% is meant.
    """

    part: Part
    key: str
    label: str
    line: int
    values: Mapping[str, str]
    cells: Mapping[str, str]
    changed: Set[str]
    doubtful: Set[str]

    @property
    def is_changed(self) -> bool:
        return bool(self.changed)

    def place(self, name: str, words: str) -> Place:
        """Return what is to be said of one of its cells."""
        return Place(LAYOUTS[self.part].sheet, self.cells[name], words)


@dataclass(slots=True)
class Returned:
    """The rows, what is wrong (`faults`) and what should only be known (`notes`)."""

    rows: list[Filled] = field(default_factory=list)
    faults: list[Place] = field(default_factory=list)
    notes: list[Place] = field(default_factory=list)

    def of(self, part: Part) -> list[Filled]:
        return [row for row in self.rows if row.part is part]


def read_returned(opened: Opened, seal: Seal) -> Returned:
    """
    Return what a workbook says, compared with its seal.

    Rows may have been sorted, taken out or added, sheets and columns moved. A locked cell that was
    changed, a row whose key is unknown or comes twice, a formula where words are to be filled in,
    a sheet or column that is gone: all of these are faults. Sheets that the workbook did not have
    when it went out are none of ours.
    """
    found = Returned()
    names = {fold(name): name for name in opened.sheets}
    for layout in (each for each in LAYOUTS.values() if each.part in seal.rows):
        name = names.pop(fold(layout.sheet), None)
        if name is None:
            words = "trang này không còn trong tệp. Không xóa, không đổi tên các trang của tệp."
            found.faults.append(Place(layout.sheet, "", words))
            continue
        sheet = _Reading(layout, name, opened)
        sheet.read(seal.rows[layout.part], found)
    for other in names.values():
        if other not in {GUIDE, LISTS}:
            words = "trang do người dùng thêm, nội dung không được ghi vào hệ thống."
            found.notes.append(Place(other, "", words))
    return found


class _Reading:
    """One sheet: where its columns are, and its rows."""

    def __init__(self, layout: Layout, name: str, opened: Opened) -> None:
        self.layout, self.lines = layout, opened.sheets[name].lines
        self.formulas = opened.formulas.get(name, frozenset())
        self.percents = opened.percents.get(name, frozenset())
        self.places: dict[str, int] = {}
        self.head = 0

    def read(self, sealed: Mapping[str, tuple[int, Mapping[str, str]]], found: Returned) -> None:
        if missing := self._find_head():
            words = "; ".join(f"“{each.heading}”" for each in missing)
            said = f"thiếu cột {words}. Giữ nguyên dòng tiêu đề như tệp đã tải."
            found.faults.append(self._at("", said))
            return
        seen: set[str] = set()
        for number, line in enumerate(self.lines[self.head :], start=self.head + 1):
            found.notes += self._beside(line, number)
            texts = {each.name: self._text(line, each, number) for each in self.layout.columns}
            if any(texts.values()) or self._has_formula(number):
                self._row(number, texts, self._doubtful(line, number), sealed, seen, found)
        for key in sealed:
            if key not in seen:
                words = f"dòng {key} không còn trong tệp; nội dung trên hệ thống giữ nguyên."
                found.notes.append(self._at("", words))

    def _find_head(self) -> list[Column]:
        """Find the line of headings; return the columns that it lacks."""
        lacking = list(self.layout.columns)
        for number, line in enumerate(self.lines[:_HEAD_WITHIN], start=1):
            known = {fold(as_text(cell)): place for place, cell in enumerate(line)}
            places = {
                each.name: known[fold(each.heading)]
                for each in self.layout.columns
                if fold(each.heading) in known
            }
            if len(places) > len(self.places):
                self.places, self.head = places, number
                lacking = [each for each in self.layout.columns if each.name not in places]
        return lacking

    def _row(
        self,
        number: int,
        texts: Mapping[str, str],
        doubtful: Set[str],
        sealed: Mapping[str, tuple[int, Mapping[str, str]]],
        seen: set[str],
        found: Returned,
    ) -> None:
        key = texts[KEY]
        fault = self._key_fault(key, texts, sealed, seen)
        if fault:
            found.faults.append(self._at(self._cell(KEY, number), fault))
            return
        columns = self.layout.filled if key else self.layout.open
        found.faults += self._formulas(columns, number)
        known: Mapping[str, str] = {}
        if key:
            seen.add(key)
            known = sealed[key][1]
        found.faults += self._edited(number, texts, known, columns)
        values = {each.name: texts[each.name] for each in columns}
        found.rows.append(
            Filled(
                self.layout.part,
                key,
                texts[self.layout.columns[1].name],
                number,
                values,
                {each.name: self._cell(each.name, number) for each in columns},
                {
                    name
                    for name, text in values.items()
                    if digest(text) != known.get(name, digest(""))
                },
                doubtful,
            )
        )

    def _key_fault(
        self, key: str, texts: Mapping[str, str], sealed: Mapping[str, object], seen: Set[str]
    ) -> str:
        if key in seen:
            return f"mã {key} có hai lần. Mỗi mã một dòng; xóa dòng thừa."
        if key and key not in sealed:
            return f"mã “{_short(key)}” không có trong tệp khi tải về. Chép lại đúng mã của dòng."
        if not key and not self.layout.spare:
            said = _short(next((text for text in texts.values() if text), ""))
            return (
                f"dòng “{said}” không có mã. Trang này không thêm dòng được; ghi vào dòng sẵn có, "
                "hoặc nêu ở trang “Khó khăn, vướng mắc”."
            )
        return ""

    def _edited(
        self,
        number: int,
        texts: Mapping[str, str],
        known: Mapping[str, str],
        filled: Sequence[Column],
    ) -> Iterator[Place]:
        locked = [each for each in self.layout.columns[1:] if each not in filled]
        for each in locked:
            if digest(texts[each.name]) != known.get(each.name, digest("")):
                words = (
                    f"ô khóa của cột “{each.heading}” đã bị sửa thành “{_short(texts[each.name])}”."
                    " Chép lại nội dung như trong tệp đã tải."
                )
                yield self._at(self._cell(each.name, number), words)

    def _formulas(self, columns: Sequence[Column], number: int) -> Iterator[Place]:
        for each in columns:
            cell = self._cell(each.name, number)
            if cell in self.formulas:
                yield self._at(cell, "có công thức. Ghi chữ hoặc số, không dùng công thức.")

    def _has_formula(self, number: int) -> bool:
        return any(self._cell(each.name, number) in self.formulas for each in self.layout.open)

    def _beside(self, line: Sequence[Cell], number: int) -> Iterator[Place]:
        own = set(self.places.values())
        for place, cell in enumerate(line):
            if place not in own and (text := as_text(cell)):
                words = f"“{_short(text)}” nằm ngoài các cột của tệp, không được ghi vào hệ thống."
                yield self._at(f"{_letters(place)}{number}", words)

    def _text(self, line: Sequence[Cell], column: Column, number: int) -> str:
        value = self._value(line, column.name)
        if column.filled and is_number(value) and self._cell(column.name, number) in self.percents:
            text = f"{as_text(Decimal(str(value)) * _WHOLE)}%"
        else:
            text = as_text(value)
        return text.removesuffix("%").rstrip() if column.name == PERCENT else text

    def _doubtful(self, line: Sequence[Cell], number: int) -> Set[str]:
        """Return the columns of per cents with a number up to one that is not shown as one."""
        names = [each.name for each in self.layout.open if each.name == PERCENT]
        return {
            name
            for name in names
            if is_number(value := self._value(line, name))
            and 0 < Decimal(str(value)) <= 1
            and self._cell(name, number) not in self.percents
        }

    def _value(self, line: Sequence[Cell], name: str) -> Cell:
        place = self.places[name]
        return line[place] if place < len(line) else None

    def _cell(self, name: str, number: int) -> str:
        return f"{_letters(self.places[name])}{number}"

    def _at(self, cell: str, words: str) -> Place:
        return Place(self.layout.sheet, cell, words)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _letters(place: int) -> str:
    """Return the letters of a column counted from 0: A, Z, AA."""
    letters = ""
    rest = place + 1
    while rest:
        rest, at = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + at) + letters
    return letters
