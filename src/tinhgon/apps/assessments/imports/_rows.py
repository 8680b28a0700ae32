"""The figures of a line, and where those that are new come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tinhgon.domain.costing import (
    BadFigure,
    Confidence,
    Note,
    Row,
    Sheet,
    Term,
    read_figure,
)

from ._known import Known
from ._lines import Said

FIGURES = (Term.HOURS, Term.HOURLY, Term.SERVICES, Term.FEES, Term.TIMES, Term.SUBJECTS)
"""The figures of a row in the order of their columns."""


@dataclass(frozen=True, slots=True)
class Filler:
    """
    Makes rows of one side: `old` is that side as it is, `base` has the rows to begin with by key.

    `now`, where the side is that of after, has the rows of now: what differs from them is stated.
    """

    old: Sheet
    base: Mapping[str, Row]
    by: str
    on: date
    now: Mapping[str, Row] | None = None

    def row(self, known: Known) -> tuple[Row | None, tuple[str, ...]]:
        """Return the row that a line makes, None with what is wrong in it."""
        said = known.said
        faults = [*said.faults(), *filter(None, [known.fault])]
        row = self.base.get(known.key) or Row(known.key, said.group, said.side, said.what)
        for term, text in zip(FIGURES, said.figures, strict=True):
            try:
                row = self._with_figure(row, term, text)
            except BadFigure as e:
                faults.append(f"Dòng {said.number}: {e}")
        return (None, tuple(faults)) if faults else (_with_words(row, said), ())

    def _with_figure(self, row: Row, term: Term, text: str) -> Row:
        value = read_figure(term, text)
        if term in (Term.HOURLY, Term.TIMES, Term.SUBJECTS):
            if value == self.old.default(term):
                value = None
        elif value is None:
            value = Decimal(0)
        if value == row.value(term):
            return row
        same = self.now.get(row.key) if self.now is not None else None
        note = Note(
            term,
            source="Nhập từ tệp Excel",
            by=self.by,
            on=self.on,
            reason="Số liệu trong tệp",
            confidence=Confidence.MEDIUM,
            stated=same is not None and same.value(term) != value,
        )
        return row.with_value(note, value)


def _with_words(row: Row, said: Said) -> Row:
    return replace(
        row,
        group=said.group,
        side=said.side,
        what=said.what,
        how=said.how,
        source=row.source if said.gone else said.source,
        gone=said.gone,
    )
