"""What a file would make of a sheet: which row each line is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from tinhgon.apps.assessments.enums import SECTIONS, SHORT_WORDS
from tinhgon.domain.costing import MOST_ROWS, BadFigure, Row, Sheet, Sides, check_sides
from tinhgon.domain.sheets import SheetUnreadable

from ._known import Known, known_after, known_now, new_keys
from ._lines import Said, read_sections
from ._rows import FIGURES, Filler

_NOW, _AFTER = SECTIONS
FIGURE_WORDS = tuple(SHORT_WORDS[term] for term in FIGURES)
_NOTHING: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: where it stands, what it says, which row it is, and what is wrong."""

    number: int
    section: str
    what: str
    cells: tuple[str, ...]
    meant: str
    faults: tuple[str, ...]

    @property
    def figures(self) -> list[tuple[str, str]]:
        """The text of each figure with the word for it."""
        return list(zip(FIGURE_WORDS, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What a file would make of the sheet; `sides` is None while anything is wrong with it.

    `faults` are all that is wrong, `dropped` the jobs of the sheet that the file no longer has.
    """

    lines: tuple[Line, ...]
    faults: tuple[str, ...]
    dropped: tuple[str, ...]
    sides: Sides | None


def read_form(
    data: bytes, sheet: Sides, *, by: str, on: date, taken: Set[str] = _NOTHING
) -> Preview:
    """
    Return what a workbook says of both sides; without section II the after side follows now.

    Rows are known again by the mark in their last column, else by their words, never by their
    place. Figures that are as they were keep where they come from. Figures equal to those of the
    sheet as a whole stay those of the sheet. New rows get keys that are not among `taken`.

    :raises SheetUnreadable: if it cannot be read as a sheet, or is not in the layout of the form.
    """
    sections = read_sections(data)
    if not sections[_NOW]:
        raise SheetUnreadable("Mục I không có dòng công việc nào.")
    keys = new_keys(sheet, taken)
    now = known_now(sections[_NOW], sheet, keys)
    after = known_after(sections.get(_AFTER, ()), now, sheet, keys)
    old_now, old_after = _by_key(sheet.now), _by_key(sheet.after)
    filled = _filled(now, Filler(sheet.now, old_after | old_now, by, on))
    rows = {row.key: row for _, row, _ in filled if row}
    later = _filled(after, Filler(sheet.after, rows | old_after, by, on, rows))
    has_after = _AFTER in sections
    kept = {each.key for each in after} if has_after and all(n.key for n in after) else None
    lines = [*_lines(_NOW, filled, kept), *_lines(_AFTER, later)]
    faults = [fault for line in lines for fault in line.faults]
    faults += [fault for words, said in sections.items() for fault in _too_many(words, said)]
    sides = None
    if not faults:
        side = replace(sheet.now, rows=tuple(rows.values()))
        other = replace(sheet.after, rows=tuple(row for _, row, _ in later if row))
        sides, faults = _checked(side, other if has_after else side)
    gone = (old_after | old_now).items()
    used = {each.key for each in (*now, *after)}
    dropped = tuple(row.what for key, row in gone if key not in used)
    return Preview(tuple(lines), tuple(faults), dropped, sides)


def _by_key(side: Sheet) -> dict[str, Row]:
    return {row.key: row for row in side.rows}


_Filled = Sequence[tuple[Known, Row | None, tuple[str, ...]]]


def _filled(lines: Sequence[Known], filler: Filler) -> _Filled:
    return [(known, *filler.row(known)) for known in lines]


def _lines(section: str, filled: _Filled, kept: Set[str] | None = None) -> Iterator[Line]:
    """Yield what the preview shows; `kept` has the keys of section II where all are known."""
    for known, _, faults in filled:
        meant = known.meant
        if kept is not None and known.key and known.key not in kept:
            meant = f"{meant}; không có ở mục II"
        said = known.said
        yield Line(said.number, section.partition(".")[0], said.what, said.figures, meant, faults)


def _too_many(section: str, said: Sequence[Said]) -> Iterator[str]:
    if len(said) > MOST_ROWS:
        yield (
            f"Mục {section.partition('.')[0]} có {len(said)} dòng công việc, tối đa {MOST_ROWS} "
            "dòng. Gộp các việc giống nhau vào một dòng."
        )


def _checked(now: Sheet, after: Sheet) -> tuple[Sides | None, list[str]]:
    sides = Sides(now, after)
    try:
        check_sides(sides)
    except BadFigure as e:
        return None, [str(e)]
    return sides, []
