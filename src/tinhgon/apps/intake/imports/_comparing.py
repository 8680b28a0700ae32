"""Rows of a sheet against the registry: each gets its verdict, and what was wrong cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.apps.intake.policies import right_for
from tinhgon.apps.intake.queries import Holders, current_versions, load_known, names_of_agencies
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.intake import (
    Found,
    Known,
    Nearness,
    Target,
    Verdict,
    cell_name,
    compare,
    find,
    usual,
)
from tinhgon.domain.likeness import Fingerprint
from tinhgon.domain.procedures import (
    AGENCY_HEADING,
    AGENCY_KEY,
    CODE_HEADING,
    CODE_KEY,
    COLUMNS,
    CellFault,
    Record,
    name_key,
    read_row,
    unguard,
)

_HEAD = ("name", "tier", "national_code")
_LONGEST_NAME = 1_000
_TITLES = {
    CODE_KEY: CODE_HEADING,
    AGENCY_KEY: AGENCY_HEADING,
    **{key: column.heading for key, column in COLUMNS.items()},
}
Line = Sequence[Any]  # number of the line, its cells


@dataclass(slots=True)
class _Read:
    """A line on its way to a verdict."""

    line: int
    cells: list[Any]
    values: dict[str, Any]
    agency: Agency | None
    head: Record
    local_code: str = ""
    faults: list[CellFault] = field(default_factory=list)

    @property
    def name(self) -> tuple[int, str, str]:
        holder = self.agency.pk if self.agency else 0
        return (holder, self.head.tier.value, name_key(self.head.name))


class Comparer:
    """Compares the lines of one batch, piece by piece; what it looked up stays for the next."""

    def __init__(self, batch: Batch, user: User, *, on: date) -> None:
        self._batch = batch
        self._on = on
        self._columns: Mapping[str, int] = batch.columns
        self._holders = Holders(user, right_for(batch), on=on)
        self._near: dict[int, Nearness] = {}

    def compare(self, lines: Iterable[Line], *, first: int) -> list[BatchRow]:
        """Return a row for each line, the first with the order `first`; nothing is saved."""
        read = [self._read(number, cells) for number, cells in lines]
        known, versions = self._known(read)
        rows = [self._row(each, known) for each in read]
        for order, row in enumerate(rows, start=first):
            row.order = order
        self._refuse_twice(rows)
        self._find_twins(rows, read, versions)
        for row in rows:
            base = versions.get(row.target_id or 0)
            if base is not None:
                row.base, row.seen = base, base.version
            row.choice = usual(Verdict(row.verdict)) or ""
        return rows

    def _read(self, number: int, cells: list[Any]) -> _Read:
        values = values_of(cells, self._columns)
        head, _ = read_row({key: values[key] for key in _HEAD if key in values})
        code = str(values.pop(CODE_KEY, None) or "").strip()
        named = str(values.pop(AGENCY_KEY, None) or "").strip()
        read = _Read(number, cells, values, self._batch.agency, head, code)
        if named:
            read.agency, why = self._holders.named(named)
            if why:
                read.faults.append(CellFault(AGENCY_KEY, why))
        return read

    def _known(self, read: Sequence[_Read]) -> tuple[Known[int], dict[int, ProcedureVersion]]:
        return load_known(
            local_codes={each.local_code for each in read if each.local_code},
            national_codes={c for each in read if (c := each.head.national_code)},
            names={each.name for each in read if each.agency and each.head.name},
            on=self._on,
        )

    def _row(self, read: _Read, known: Known[int]) -> BatchRow:
        found = self._found(read, known)
        target = found.target
        if found.fault:
            read.faults.append(found.fault)
        record, faults = read_row(read.values, **({"base": target.record} if target else {}))
        read.faults += faults
        if len(record.name) > _LONGEST_NAME:
            read.faults.append(CellFault("name", "Tên thủ tục dài quá 1.000 ký tự. Rút gọn tên."))
        if target is not None and target.closed and record != target.record:
            read.faults.append(CellFault("name", target.closed))
        verdict = compare(record, target, faults=read.faults, twin=False)
        return BatchRow(
            batch=self._batch,
            line=read.line,
            place=f"dòng {read.line}",
            name=record.name[:_LONGEST_NAME],
            key=_key(read, target) if verdict is not Verdict.ERROR else "",
            cells=read.cells,
            agency=read.agency,
            verdict=verdict.value,
            errors=[self._error(read.line, fault) for fault in read.faults],
            target_id=target.key if target else None,
        )

    def _found(self, read: _Read, known: Known[int]) -> Found[int]:
        if read.agency is None:
            return Found()
        agency, tier, key = read.name
        return find(
            known,
            local_code=read.local_code,
            national_code=read.head.national_code,
            agency=agency,
            tier=tier,
            name_key=key,
        )

    def _error(self, line: int, fault: CellFault) -> dict[str, str]:
        return {
            "column": _TITLES.get(fault.key, ""),
            "cell": cell_name(line, self._columns.get(fault.key)),
            "text": fault.text,
        }

    def _refuse_twice(self, rows: Sequence[BatchRow]) -> None:
        keys = {row.key for row in rows if row.key}
        before = BatchRow.objects.filter(batch=self._batch, key__in=keys)
        first = dict(before.order_by("-order").values_list("key", "line"))
        for row in rows:
            if not row.key:
                continue
            line = first.setdefault(row.key, row.line)
            if line != row.line:
                row.verdict, row.key, row.target_id = Verdict.ERROR.value, "", None
                fault = CellFault("name", f"Trùng thủ tục với dòng {line} của tệp.")
                row.errors.append(self._error(row.line, fault))

    def _find_twins(
        self,
        rows: Sequence[BatchRow],
        read: Sequence[_Read],
        versions: dict[int, ProcedureVersion],
    ) -> None:
        new = [
            (row, each)
            for row, each in zip(rows, read, strict=True)
            if row.verdict == Verdict.NEW.value
        ]
        unseen = {row.agency_id for row, _ in new if row.agency_id} - self._near.keys()
        for agency, known in names_of_agencies(unseen, on=self._on).items():
            self._near[agency] = Nearness(known)
        for row, each in new:
            twin = self._near[row.agency_id or 0].twin(_fingerprint(each.head))
            if twin is not None:
                pk, likeness = twin
                row.verdict, row.target_id = Verdict.TWIN.value, int(str(pk))
                row.reasons = list(likeness.reasons)
        missing = {row.target_id for row in rows if row.target_id} - versions.keys()
        versions |= current_versions(missing)


def values_of(cells: Sequence[Any], columns: Mapping[str, int]) -> dict[str, Any]:
    """Return part → what the line has there; columns that the sheet lacks are absent."""
    values: dict[str, Any] = {}
    for key, place in columns.items():
        cell = cells[place] if place < len(cells) else None
        values[key] = unguard(cell) if isinstance(cell, str) else cell
    return values


def record_of(row: BatchRow, base: Record | None) -> Record:
    """Return what a row of a sheet says, laid onto `base` where it is about a known procedure."""
    values = values_of(row.cells, row.batch.columns)
    return read_row(values, **({"base": base} if base else {}))[0]


def _key(read: _Read, target: Target[int] | None) -> str:
    return f"p{target.key}" if target else ":".join(map(str, read.name))


def _fingerprint(record: Record) -> Fingerprint:
    return Fingerprint("", record.name, field=record.field, level=record.tier.value)
