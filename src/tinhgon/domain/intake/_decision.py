"""The rows of a published decision, as the registry takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from tinhgon.domain.catalogue import Catalogue, Row, record_of
from tinhgon.domain.officialdoc import Source
from tinhgon.domain.procedures import Action, Kind, Record
from tinhgon.domain.vntext import fold

_INSIDE = ("trong noi bo", "noi bo co quan", "noi bo don vi", "noi bo mot co quan")
_SHORT = 400


@dataclass(frozen=True, slots=True)
class ReadRow:
    """
    One row with its place in the document.

    `action` is None where the document does not tell it. `old_name`: the procedure whose place a
    replacing one takes. `agencies` are names as printed. `said` is what the row says as printed.
    """

    position: str
    section: str
    action: Action | None
    record: Record
    agencies: tuple[str, ...]
    place: str
    line: int
    said: str
    old_name: str = ""
    note: str = ""


def rows_of(catalogue: Catalogue) -> tuple[ReadRow, ...]:
    """Return the rows of the lists in their order."""
    return tuple(_row(row) for row in catalogue.rows)


def onto(base: Record, read: Record) -> Record:
    """
    Return what a decision says of a known procedure: parts that it does not have stay as they were.

    A list without the second part names a procedure and its field, and leaves the content alone.
    """
    usual = Record(name="")
    said = {
        part.name: value
        for part in fields(Record)
        if (value := getattr(read, part.name)) != getattr(usual, part.name)
    }
    return replace(base, **said)


def first_day(catalogue: Catalogue) -> date | None:
    """Return the first day of the decision, where it says one for the whole of it."""
    days = [effect.on for effect in catalogue.effects if effect.on and not effect.of]
    return days[0] if days else None


def place_words(source: Source) -> str:
    page = f"trang {source.page}, " if source.page else ""
    last = f"–{source.end_line}" if source.end_line > source.line else ""
    return f"{page}dòng {source.line}{last}"


def _row(row: Row) -> ReadRow:
    folded = fold(row.section or "")
    inside = any(words in folded for words in _INSIDE)
    record = record_of(row, kind=Kind.INSIDE if inside else Kind.BETWEEN)
    new_name = row.replaced_by if row.action is Action.REPLACED else None
    if new_name:
        record = replace(record, name=new_name)
    return ReadRow(
        position=row.position,
        section=row.section or "",
        action=row.action,
        record=record,
        agencies=row.agencies,
        place=place_words(row.source),
        line=row.source.line,
        said="\n".join(part for part in _said(row) if part),
        old_name=row.name if new_name else "",
        note=row.note or "",
    )


def _said(row: Row) -> Iterator[str]:
    yield row.name
    yield row.replaced_by or ""
    yield "; ".join(row.agencies)
    yield (row.legal_basis or "")[:_SHORT]
    yield from (f"{heading}: {text}"[:_SHORT] for heading, text in row.extra)
