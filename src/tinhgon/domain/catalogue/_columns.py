"""Which column of a list holds what, told by its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold


class Column(StrEnum):
    """What a column holds."""

    NUMBER = auto()
    CODE = auto()
    NAME = auto()
    REPLACED_BY = auto()
    FIELD = auto()
    LEVEL = auto()
    AGENCIES = auto()
    PLACE = auto()
    LEGAL_BASIS = auto()
    NOTE = auto()
    PUBLICATION = auto()
    OTHER = auto()


# In this order: the first that fits decides ("Địa điểm/Cơ quan thực hiện" is a place).
_HEADINGS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"^(?:s ?tt|tt|so tt|so thu tu|no|#)$"),
    (Column.PUBLICATION, r"(?:quyet dinh|qd)(?: da)? cong bo|so thu tu (?:tai|trong|theo)"),
    (Column.NOTE, r"^ghi chu"),
    (Column.CODE, r"^ma\b|^so ho so|^(?!ten ).*\bma (?:so|tthc|thu tuc|ho so)\b"),
    (Column.LEGAL_BASIS, (
        r"can cu|co so phap ly|van ban quy dinh|\bvbqppl\b|\bqppl\b|ten (?:vb|van ban)|"
        r"^van ban"
    )),
    (Column.REPLACED_BY, r"^(?:ten )?(?:tthc|thu tuc).*(?<!duoc )(?<!bi )\b(?:thay the|moi)$"),
    (Column.OTHER, (
        r"ban hanh|co quan cong bo|phoi hop|thoi han|thoi gian|\bphi\b|cach thuc|muc do|"
        r"truc tuyen|buu chinh|ket qua|quy trinh|doi tuong|dich vu cong"
    )),
    (Column.NAME, (
        r"^ten (?:thu tuc|tthc|danh muc|quy trinh|cua thu tuc)|^ten$|"
        r"^(?:thu tuc hanh chinh|tthc|danh muc (?:thu tuc|tthc)|thu tuc)\b|"
        r"^noi dung (?:thu tuc|tthc)|"

            r"^ten (?!co quan|don vi|van ban|vb|mau|bieu|linh vuc)"
        r".*\b(?:tthc|thu tuc|dich vu|quy trinh)"
    )),
    (Column.FIELD, r"linh vuc|^nganh\b"),
    (Column.PLACE, r"dia diem|noi (?:tiep nhan|thuc hien)"),
    (Column.AGENCIES, r"co quan|don vi|tham quyen|nguoi co tham quyen|chu the"),
    (Column.LEVEL, r"^cap\b"),
)  # fmt: skip
_COMPILED = [(column, re.compile(pattern)) for column, pattern in _HEADINGS]
_MARKS = re.compile(r"\s*\[\d+\]\s*|\(\d+\)$")
_LONGEST_HEADING = 140


def column_of(heading: str) -> Column:
    """Return what a column with this heading holds."""
    text = fold(_MARKS.sub(" ", heading)).strip(" .:*")
    return next((column for column, pattern in _COMPILED if pattern.search(text)), Column.OTHER)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one list, from left to right, with their headings."""

    kinds: tuple[Column, ...]
    headings: tuple[str, ...]

    def at(self, column: Column) -> int | None:
        """Return where the first such column stands."""
        return self.kinds.index(column) if column in self.kinds else None

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def numbered(self) -> bool:
        """Tell whether rows are numbered; exports of portals are not."""
        return Column.NUMBER in self.kinds


def read_header(headings: Sequence[str]) -> Columns | None:
    """Return the columns, None where the row is not the head of a list of procedures."""
    cells = [heading for heading in headings if heading]
    if len(cells) < 2 or max(map(len, cells)) > _LONGEST_HEADING:
        return None
    kinds = [column_of(heading) if heading else Column.OTHER for heading in headings]
    if not headings[0] and len(cells) > 1 and Column.NUMBER not in kinds:
        kinds[0] = Column.NUMBER  # the head of the numbers is often left blank
    if Column.NAME not in kinds and Column.REPLACED_BY in kinds:
        kinds[kinds.index(Column.REPLACED_BY)] = Column.NAME
    if Column.NAME not in kinds:
        return None
    known = [kind for kind in kinds if kind is not Column.OTHER]
    if len(known) < 2 or not {Column.NUMBER, Column.CODE} & set(known):
        return None
    return Columns(_once(kinds), tuple(headings))


def _once(kinds: list[Column]) -> tuple[Column, ...]:
    """Only agencies may have several columns; a second one of another kind is kept apart."""
    out: list[Column] = []
    for kind in kinds:
        repeated = kind in out and kind not in (Column.AGENCIES, Column.OTHER)
        out.append(Column.OTHER if repeated else kind)
    return tuple(out)
