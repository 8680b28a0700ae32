from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.agencies import policies
from tinhgon.apps.agencies.entries import AGENCY
from tinhgon.apps.agencies.imports import Planned, Status, fingerprint, plan_import
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.policies import AgencyRefused
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change, Entry
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.search import actions as search
from tinhgon.common.models import StaleObject
from tinhgon.common.people import Person
from tinhgon.domain.vntext import fold, format_date

from . import _rows
from ._rows import NewAgency


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    changed: int


_KINDS = frozenset({"xlsx", "xls", "ods"})


@transaction.atomic
def keep_import_file(
    *, data: bytes, name: str, content_type: str, by: Person, at: datetime
) -> StoredFile:
    """
    Keep a workbook for its preview.

    :raises FileRefused: if it is no workbook at all.
    :raises WorkbookUnreadable: if it is none of agencies; nothing is kept then.
    """
    stored = store_file(data=data, name=name, content_type=content_type, at=at, allowed=_KINDS)
    plan_import(data=data, user=by, today=at.date())
    return stored


@transaction.atomic
def import_agencies(
    *, data: bytes, name: str, chosen: Collection[int], seen: str, by: Person, at: datetime
) -> Imported:
    """
    Do what was previewed of a workbook, for the chosen rows, all of it or nothing.

    :param seen: the fingerprint of the preview.
    :raises WorkbookUnreadable: if the file cannot be read.
    :raises AgencyRefused: if nothing is chosen, or a chosen row cannot be done.
    :raises StaleObject: if the rows would now do something else than was previewed.
    """
    rows = plan_import(data=data, user=by, today=at.date())
    if fingerprint(rows) != seen:
        raise StaleObject
    wanted = [row for row in rows if row.row.number in chosen and row.can_be_chosen]
    if not wanted:
        raise AgencyRefused("Chọn ít nhất một dòng để nhập.")
    made: dict[int, Agency] = {}
    entries = []
    for row in wanted:
        try:
            entries.append(
                _add(row, made, by, name) if row.agency is None else _change(row, by, name)
            )
        except AgencyRefused as e:
            raise AgencyRefused(f"Dòng {row.row.number}: {e}") from e
    _index(wanted, made)
    audit.record_all(entries, by=by, at=at)
    added = sum(row.status == Status.NEW for row in wanted)
    return Imported(added, len(wanted) - added)


def _add(row: Planned, made: dict[int, Agency], by: Person, file: str) -> Entry:
    values = row.row.values
    parent = made.get(row.parent) if isinstance(row.parent, int) else row.parent
    if parent is None:
        raise AgencyRefused(f"cơ quan cấp trên ở dòng {row.parent} chưa được chọn.")
    policies.check_manage(by, parent)
    agency = _rows.create(_new(values), parent=parent, on=values["on"], basis=values["basis"])
    made[row.row.number] = agency
    changes = (
        Change("Tên", "", agency.name),
        Change("Trực thuộc", "", parent.name),
        Change("Từ ngày", "", format_date(values["on"])),
    )
    return Entry("agencies.added", agency, changes, reason=_reason(values, file))


def _change(row: Planned, by: Person, file: str) -> Entry:
    agency, values = row.agency, row.row.values
    assert agency is not None  # noqa: S101 — for the type checker
    policies.check_manage(by, agency)
    changed = {
        key: values[key]
        for key in ("name", "short_name", "symbol", "territory_code", "national_id")
        if values[key] not in {"", None} and values[key] != getattr(agency, key)
    }
    if "name" in changed:
        _rows.check_name(values["name"], parent=agency.parent, on=values["on"], own=agency)
        changed["folded_name"] = fold(values["name"])
    if changed:
        agency.change(seen_version=agency.version, **changed)
        _rows.new_state(agency, on=values["on"], basis=values["basis"])
    if isinstance(row.parent, Agency) and row.parent.pk != agency.parent_id:
        policies.check_manage(by, row.parent)
        if (row.parent.path or "").startswith(agency.path or "/"):
            raise AgencyRefused("cơ quan cấp trên mới nằm dưới chính cơ quan này.")
        _rows.move_below(
            agency, row.parent, on=values["on"], basis=values["basis"], version=agency.version
        )
    changes = tuple(Change(*difference) for difference in row.differences)
    return Entry("agencies.changed", agency, changes, reason=_reason(values, file))


def _index(rows: Collection[Planned], made: dict[int, Agency]) -> None:
    changed = [row.agency.pk for row in rows if row.agency]
    search.index(AGENCY, [*changed, *(agency.pk for agency in made.values())])
    for agency in changed:
        search.index_named(agency)


def _new(values: dict[str, Any]) -> NewAgency:
    return NewAgency(
        name=values["name"],
        level=values["level"],
        kind=values["kind"],
        short_name=values["short_name"],
        symbol=values["symbol"],
        territory_code=values["territory_code"],
        national_id=values["national_id"],
    )


def _reason(values: dict[str, Any], file: str) -> str:
    return f"{values['basis']} (nhập từ tệp {file})"
