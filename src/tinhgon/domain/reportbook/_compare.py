"""What a returned workbook would change, beside what the records say by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tinhgon.domain.vntext import fold

from ._check import NewDifficulty, day_of, percent_of
from ._layout import Part
from ._model import Row, Seal, as_text, note_words
from ._nil import is_nil, nil_values
from ._read import Filled, Returned


class Verdict(StrEnum):
    """What becomes of a row that was filled in."""

    WRITE = "ghi"
    SAME = "da-co"
    """The records say the same already."""
    STALE = "da-doi"
    """Somebody changed the records since the workbook went out: a person chooses."""
    CLOSED = "khong-ghi"
    """There is nothing any more to write to."""


@dataclass(frozen=True, slots=True)
class Item:
    """
    A row that says something new. `said` is what the workbook says, `stored` what the records say
    by now, by the name of what is written; `version` is that of the records, 0 where there is none.
    """

    part: Part
    key: str
    label: str
    line: int
    verdict: Verdict
    said: Mapping[str, str]
    stored: Mapping[str, str]
    version: int
    new: NewDifficulty | None = None

    @property
    def name(self) -> str:
        """What the item is called in forms."""
        return f"{self.part.value}-{self.key or self.line}"


def compare(
    returned: Returned,
    new: Iterable[NewDifficulty],
    seal: Seal,
    now: Mapping[Part, Sequence[Row]],
) -> list[Item]:
    """
    Return what a workbook without faults would change, in the order of its sheets.

    `now` are the rows that a workbook made at this moment would have.
    """
    found = [*_changed(returned, seal, now), *_added(new, now.get(Part.DIFFICULTIES, ()))]
    order = list(Part)
    return sorted(found, key=lambda item: (order.index(item.part), item.line))


def _changed(returned: Returned, seal: Seal, now: Mapping[Part, Sequence[Row]]) -> Iterator[Item]:
    by_key = {part: {row.key: row for row in rows} for part, rows in now.items()}
    for row in returned.rows:
        if not row.key or not row.is_changed:
            continue
        current = by_key.get(row.part, {}).get(row.key)
        seen = seal.rows[row.part][row.key][0]
        said = _said(row, current)
        yield Item(
            row.part,
            row.key,
            row.label,
            row.line,
            _verdict(said, current, seen),
            said,
            current.stored if current else {},
            current.version if current else 0,
        )


def _verdict(said: Mapping[str, str], current: Row | None, seen: int) -> Verdict:
    if current is None:
        return Verdict.CLOSED
    if said == current.stored:
        return Verdict.SAME
    return Verdict.WRITE if current.version == seen else Verdict.STALE


def _said(row: Filled, current: Row | None) -> dict[str, str]:
    if row.part is Part.NIL:
        return nil_values(is_nil=is_nil(row.values["nil"]))
    if row.part is not Part.TASKS:
        return dict(row.values)
    values = row.values
    known = current.stored["percent"] if current else ""
    percent = percent_of(values["percent"]) if "percent" in row.changed else None
    return {
        "percent": known if percent is None else str(percent),
        "note": note_words(values["result"], values["code"], day_of(values["signed_on"])),
    }


def _added(new: Iterable[NewDifficulty], known: Sequence[Row]) -> Iterator[Item]:
    """Yield the difficulties that were added; one that is known already is not raised again."""
    codes = {_likeness(row.stored): row.key for row in known}
    for each in new:
        said = {**each.row.values, "kind": each.kind, "decider": each.decider}
        twin = codes.get(_likeness(said), "")
        verdict = Verdict.SAME if twin else Verdict.WRITE
        stored = {"code": twin} if twin else {}
        title, line = each["title"], each.row.line
        yield Item(Part.DIFFICULTIES, "", title, line, verdict, said, stored, 0, each)
        codes.setdefault(_likeness(said), f"dòng {each.row.line}")


def _likeness(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(fold(as_text(said.get(name, ""))) for name in ("kind", "title", "description"))
