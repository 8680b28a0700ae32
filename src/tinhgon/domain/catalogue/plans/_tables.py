"""Plans printed as tables: one row a procedure, with columns for what is to change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum, auto

from tinhgon.domain.catalogue._columns import Column
from tinhgon.domain.catalogue._lists import ListTable
from tinhgon.domain.catalogue._marks import Record
from tinhgon.domain.catalogue._model import Row
from tinhgon.domain.catalogue._refusals import REFUSING
from tinhgon.domain.officialdoc import Source
from tinhgon.domain.vntext import fold, level_fold

from ._amounts import percent_in, yearly_amount
from ._costs import costs_of
from ._labels import label_of
from ._lines import Line, text_lines
from ._measures import measures_of
from ._model import (
    NotApproved,
    PlannedMeasure,
    PlannedProcedure,
    PlanPart,
    PrintedCosts,
)
from ._refused import not_approved


class PlanColumn(StrEnum):
    """What a column says of the plan of a procedure."""

    CONTENT = auto()
    REASON = auto()
    REFUSAL = auto()
    IMPLEMENTATION = auto()
    BENEFIT = auto()
    BEFORE = auto()
    AFTER = auto()
    SAVED = auto()
    RATIO = auto()
    TIME = auto()


_COST = r"\b(?:chi phi|cptt|kinh phi)\b"
# In this order: the first that fits decides.
_HEADINGS: tuple[tuple[PlanColumn, str], ...] = (
    (PlanColumn.REFUSAL, rf"^(?:ly do|nguyen nhan)\b.*\b{REFUSING}\b"),
    (PlanColumn.RATIO, r"\bt[yi] le\b(?!.*\bthoi (?:gian|han)\b)|^%"),
    (
        PlanColumn.SAVED,
        (
            rf"{_COST}.*\b(?:tiet kiem|cat giam duoc|tiet giam|giam duoc)\b|\btiet kiem\b.*{_COST}|"
            r"^(?:chi phi|so tien|muc) (?:cat giam|giam|tiet kiem)\b(?!.*\b(?:truoc|sau)\b)|"
            r"^tiet kiem\b"
        ),
    ),
    (PlanColumn.BEFORE, rf"{_COST}.*\b(?:truoc|hien tai|hien hanh|hien nay)\b|\btruoc\b.*{_COST}"),
    (PlanColumn.AFTER, rf"{_COST}.*\b(?:sau|du kien|moi)\b|\bsau\b.*{_COST}"),
    (PlanColumn.TIME, r"\bthoi (?:gian|han)\b|\bso ngay\b"),
    (
        PlanColumn.IMPLEMENTATION,
        (
            r"kien nghi|thuc thi|\bvan ban\b.*(?:sua doi|bai bo|thay the|dieu chinh)|"
            r"(?:sua doi|bai bo).*\bvan ban\b|lo trinh"
        ),
    ),
    (PlanColumn.BENEFIT, r"loi ich|hieu qua|chi phi"),
    (
        PlanColumn.CONTENT,
        (
            r"noi dung(?! (?:thu tuc|tthc))|phuong an|de xuat|don gian hoa|cat giam|"
            r"bo phan (?:cau thanh|tao thanh)|thanh phan ho so"
        ),
    ),
    (PlanColumn.REASON, r"^ly do|^nguyen nhan|co so de xuat|\bly do\b"),
)
_COMPILED = [(column, re.compile(pattern)) for column, pattern in _HEADINGS]
_UNITS = (
    (re.compile(r"\b(?:ty|ti) dong"), Decimal(10**9)),
    (re.compile(r"\btrieu dong|\btr\.? ?dong|\btrd\b"), Decimal(10**6)),
    (re.compile(r"\b(?:nghin|ngan) dong|1[., ]?000 ?(?:dong|d)\b"), Decimal(1000)),
)
_SUM_ROW = re.compile(r"^(?:tong(?: cong| so| hop)?|cong)\b")
_FIGURES = (PlanColumn.BEFORE, PlanColumn.AFTER, PlanColumn.SAVED, PlanColumn.RATIO)
_WORDED = frozenset(
    {
        PlanColumn.CONTENT,
        PlanColumn.REASON,
        PlanColumn.IMPLEMENTATION,
        PlanColumn.BENEFIT,
        PlanColumn.REFUSAL,
    }
)


def plan_column(heading: str) -> PlanColumn | None:
    """Return what a column with this heading says of a plan, None where it says nothing."""
    text = fold(heading)
    last = text.rpartition(": ")[2] if text.count(": ") == 1 else text
    for words in dict.fromkeys((text, last)):
        for column, pattern in _COMPILED:
            if pattern.search(words):
                return column
    return None


def is_plan(listing: ListTable) -> bool:
    """Tell whether a list has columns for a plan; a list of the first part has at most one."""
    return bool({plan_column(heading) for heading in listing.columns.headings} - {None})


def as_plan(listing: ListTable) -> ListTable:
    """Return the list with the columns left to the plan which a list takes for legal bases."""
    columns = listing.columns
    kinds = tuple(
        Column.OTHER if kind is Column.LEGAL_BASIS and plan_column(heading) else kind
        for kind, heading in zip(columns.kinds, columns.headings, strict=True)
    )
    return replace(listing, columns=replace(columns, kinds=kinds))


def is_sum(row: Row) -> bool:
    """Tell whether a row sums up the others."""
    return bool(_SUM_ROW.match(fold(row.name)))


def sums_of(listing: ListTable) -> Iterator[tuple[Source, PrintedCosts]]:
    """Yield the rows that sum up a table, whose cells may be merged over the name."""
    for item in listing.items:
        if not isinstance(item, Record) or not any(map(_SUM_ROW.match, map(fold, item.cells))):
            continue
        cells = [
            (heading, text)
            for heading, text in zip(listing.columns.headings, item.cells, strict=True)
            if text
        ]
        yield item.source, _costs(cells)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row by what they say; `other` have no field of their own."""

    texts: Mapping[PlanColumn, Sequence[str]]
    times: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str], ...]

    def lines(self, column: PlanColumn) -> Sequence[str]:
        return self.texts.get(column, ())


def planned(row: Row) -> PlannedProcedure:
    """Return the procedure of a row; columns without a field of their own are kept."""
    cells = _sorted_out(row)
    reason = "\n".join(cells.lines(PlanColumn.REASON)) or None
    measures, rest = _measures("\n".join(cells.lines(PlanColumn.CONTENT)), reason)
    from_times = () if measures else _of_times(cells.times, reason)
    benefit = _clean(cells.lines(PlanColumn.BENEFIT)) or rest[1]
    why = _clean(cells.lines(PlanColumn.REFUSAL))
    beside = None if measures else reason or row.note
    return PlannedProcedure(
        position=row.position,
        name=row.name,
        source=row.source,
        code=row.code,
        agency="; ".join(row.agencies) or None,
        field=row.field,
        section=row.section,
        measures=measures or from_times,
        implementation=_clean(cells.lines(PlanColumn.IMPLEMENTATION)) or rest[0],
        benefit=benefit,
        costs=_row_costs(row, benefit, timed=bool(cells.times)),
        other=cells.other if from_times else (*cells.other, *cells.times),
        not_approved=not_approved(row.headings, why, beside) or _said_beside(row, why),
    )


def _said_beside(row: Row, why: str | None) -> NotApproved | None:
    """A column of reasons for not approving says of whose row it is filled that it was not."""
    if why is None:
        return None
    heading = next(each for each, _ in row.extra if plan_column(each) is PlanColumn.REFUSAL)
    return NotApproved(heading, why)


def _sorted_out(row: Row) -> _Cells:
    texts: dict[PlanColumn, list[str]] = {}
    times: list[tuple[str, str]] = []
    other: list[tuple[str, str]] = []
    for heading, text in row.extra:
        column = plan_column(heading)
        if column is PlanColumn.TIME:
            times.append((heading, text))
        elif column in _WORDED:
            texts.setdefault(column, []).append(_reflowed(text))
        elif column is None:
            other.append((heading, text))
    return _Cells(texts, tuple(times), tuple(other))


def _row_costs(row: Row, benefit: str | None, *, timed: bool) -> PrintedCosts:
    costs = _costs(row.extra)
    if timed and costs == PrintedCosts(ratio=costs.ratio):
        costs = PrintedCosts()  # the ratio beside columns of times is one of time
    return costs_of(benefit) if costs.is_empty and benefit else costs


def _reflowed(text: str) -> str:
    """Return the text of a cell without the line ends at which a page wrapped it."""
    out: list[str] = []
    for line in text_lines(text):
        goes_on = out and not line.marker and not line.label and not out[-1].endswith(_STOPS)
        if goes_on:
            out[-1] = f"{out[-1]} {line.text}"
        else:
            out.append(line.printed)
    return "\n".join(out)


_STOPS = (".", ";", ":")


def _clean(texts: Sequence[str]) -> str | None:
    return re.sub(r"^[-–+•*]\s*", "", "\n".join(texts).strip()) or None


def _measures(
    content: str, reason: str | None
) -> tuple[tuple[PlannedMeasure, ...], tuple[str | None, str | None]]:
    """Return the measures of a cell, and what it says of carrying out and of the benefit."""
    parts: dict[PlanPart, list[str]] = {PlanPart.IMPLEMENTATION: [], PlanPart.BENEFIT: []}
    lines: list[Line] = []
    part = PlanPart.CONTENT
    for line in text_lines(content):
        part = line.section or part
        if part in parts:
            rest = line.label.rest if line.label else line.printed
            parts[part] += [rest] if rest else []
        else:
            lines.append(line)
    measures = measures_of(lines)
    implementation, benefit = (
        _clean(parts[each]) for each in (PlanPart.IMPLEMENTATION, PlanPart.BENEFIT)
    )
    return _with_reasons(measures, reason), (implementation, benefit)


def _with_reasons(
    measures: tuple[PlannedMeasure, ...], reason: str | None
) -> tuple[PlannedMeasure, ...]:
    """Reasons of a column go one to each measure where there are as many, else to all."""
    if reason is None:
        return measures
    own = [each.content for each in measures_of(text_lines(reason))]
    if len(own) == len(measures) > 1:
        return tuple(
            replace(each, reason=each.reason or why)
            for each, why in zip(measures, own, strict=True)
        )
    label = label_of(reason)
    text = label.rest if label and label.part is PlanPart.REASON else reason
    return tuple(replace(each, reason=each.reason or text) for each in measures)


def _of_times(times: Sequence[tuple[str, str]], reason: str | None) -> tuple[PlannedMeasure, ...]:
    """Columns of times before and after, and no other content: together they are the measure."""
    if len(times) < 2:
        return ()
    content = "; ".join(f"{heading}: {text}" for heading, text in times)
    return (PlannedMeasure(content, reason),)


def _costs(cells: Sequence[tuple[str, str]]) -> PrintedCosts:
    """Return the costs of the columns of figures; a unit in the heading counts for its cells."""
    figures: dict[PlanColumn, Decimal | None] = {}
    for heading, text in cells:
        column = plan_column(heading)
        if column not in _FIGURES or figures.get(column) is not None:
            continue
        folded = level_fold(text.replace("\n", " "))
        if column is PlanColumn.RATIO:
            figures[column] = percent_in(folded, bare=True)
            continue
        amount = yearly_amount(folded, bare=True)
        alone = not re.search(r"[a-z]", folded)
        figures[column] = amount * _unit(heading) if amount is not None and alone else amount
    return PrintedCosts(*(figures.get(column) for column in _FIGURES))


def _unit(heading: str) -> Decimal:
    folded = fold(heading)
    return next((unit for pattern, unit in _UNITS if pattern.search(folded)), Decimal(1))
