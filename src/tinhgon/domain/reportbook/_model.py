from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeGuard

from tinhgon.domain.sheets import Cell
from tinhgon.domain.vntext import format_date, nfc

from ._layout import LAYOUTS, Part

Value = Cell | Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row of a sheet: its key, the version of what it shows, its cells by column.

    `stored` is what a returned row is compared with: what the records say where it would write.
    """

    key: str
    version: int
    cells: Mapping[str, Value]
    stored: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """All that a workbook says when it goes out; `notes` are sentences about what it lacks."""

    agency: str
    period: str
    receiver: str
    due: str
    made_on: date
    rows: Mapping[Part, Sequence[Row]]
    kinds: Sequence[str]
    deciders: Sequence[str]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where something stands in a workbook and what is to be said of it; `cell` is "" for a sheet.
    """

    sheet: str
    cell: str
    words: str

    def __str__(self) -> str:
        where = f"Trang “{self.sheet}”" if self.sheet else "Tệp"
        return f"{where}{', ô ' + self.cell if self.cell else ''}: {self.words}"


@dataclass(frozen=True, slots=True)
class Seal:
    """
    What a workbook was when it went out, so that it is known again and compared.

    `rows` gives of each part and key the version and the digest of each cell by column.
    """

    report: int
    made_at: str
    rows: Mapping[Part, Mapping[str, tuple[int, Mapping[str, str]]]]

    @classmethod
    def of(cls, book: Book, *, report: int, made_at: str) -> Seal:
        """Return the seal of a workbook that goes out."""
        rows = {
            part: {row.key: (row.version, _digests(part, row)) for row in rows}
            for part, rows in book.rows.items()
        }
        return cls(report, made_at, rows)

    def to_json(self) -> dict[str, Any]:
        rows = {
            part.value: {key: [version, dict(cells)] for key, (version, cells) in found.items()}
            for part, found in self.rows.items()
        }
        return {"form": _FORM, "report": self.report, "made_at": self.made_at, "rows": rows}

    @classmethod
    def from_json(cls, data: Any) -> Seal:
        """
        Return what `to_json` wrote.

        :raises KeyError, TypeError, ValueError: if it is of another make.
        """
        if data["form"] != _FORM:
            raise ValueError("a workbook of another form")
        rows = {
            Part(part): {key: (int(seen), dict(cells)) for key, (seen, cells) in found.items()}
            for part, found in data["rows"].items()
        }
        return cls(int(data["report"]), str(data["made_at"]), rows)


_FORM = 1
"""Raised when sheets or columns change their meaning: older workbooks are then refused."""


def _digests(part: Part, row: Row) -> dict[str, str]:
    return {column.name: digest(row.cells.get(column.name)) for column in LAYOUTS[part].columns[1:]}


def digest(value: Value) -> str:
    """Return a short fingerprint of a cell, the same for a number and its text."""
    return hashlib.blake2s(as_text(value).encode(), digest_size=6).hexdigest()


def as_text(value: Value) -> str:
    """
    Return a cell as it is compared and kept: composed letters, lines parted by one sign, nothing
    around it; a number without a zero at the end.
    """
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    text = nfc(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(_plain, text)).strip()


def _plain(letter: str) -> str:
    """Return the letter, nothing for what no program keeps in a cell: control signs, halves."""
    is_odd = letter not in "\n\t" and unicodedata.category(letter) in {"Cc", "Cs"}
    return "" if is_odd or letter in _NO_LETTERS else letter


_NO_LETTERS = "\ufffe\uffff"


def is_number(value: Value) -> TypeGuard[int | float | Decimal]:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def note_words(result: str, code: str, signed_on: date | None) -> str:
    """Return how a result is kept with the document that proves it."""
    day = f" ngày {format_date(signed_on)}" if signed_on else ""
    proof = f"Văn bản: {code}{day}." if code else ""
    return "\n".join(filter(None, (result, proof)))
