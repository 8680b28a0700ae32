"""What a workbook would do to the tree: each row new, changed, the same, or in error."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto
from typing import Any

from django.db.models import Max

from tinhgon.apps.agencies.models import Agency
from tinhgon.common.people import Person
from tinhgon.domain.access import Permission
from tinhgon.domain.agencynames import NameIndex, split_place
from tinhgon.domain.vntext import fold, format_date

from ._workbook import COLUMNS, CellError, Row, read_workbook

_TITLES = {column.key: column.title for column in COLUMNS}
_COMPARED = ("name", "short_name", "symbol", "territory_code", "national_id")


class Status(StrEnum):
    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    ERROR = auto()


@dataclass(slots=True)
class Planned:
    """A row with what it would do. `parent` is an agency, or the number of the row making it."""

    row: Row
    status: Status
    agency: Agency | None = None
    parent: Agency | int | None = None
    differences: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def errors(self) -> list[CellError]:
        return self.row.errors

    @property
    def can_be_chosen(self) -> bool:
        return self.status in {Status.NEW, Status.CHANGED}


def plan_import(*, data: bytes, user: Person, today: date) -> list[Planned]:
    """
    Return every row with what it would do; three queries however many rows.

    Only agencies that the person manages are known to it.

    :raises WorkbookUnreadable: if the file cannot be read as a whole.
    """
    planner = _Planner(user, today)
    return [planner.plan(row) for row in read_workbook(data)]


def fingerprint(rows: list[Planned]) -> str:
    """Return a digest of what was previewed: if it differs later, somebody changed the tree."""
    text = "\n".join(f"{r.row.number}|{r.status}|{r.differences}" for r in rows)
    return hashlib.sha256(text.encode()).hexdigest()


class _Planner:
    def __init__(self, user: Person, today: date) -> None:
        self._today = today
        rows = Agency.objects.within(user.access.paths(Permission.MANAGE_AGENCIES))
        living = list(
            rows.existing_on(today)
            .annotate(since=Max("states__started_on"))
            .values_list("pk", "since")
        )
        self._since: dict[int, date | None] = dict(living)
        self._agencies = {a.pk: a for a in rows.filter(pk__in=self._since).select_related("parent")}
        self._index: NameIndex[Agency] = NameIndex()
        self._by_place: dict[tuple[int | None, str], Agency] = {}
        self._by_code: dict[int, Agency] = {}
        for agency in self._agencies.values():
            self._index.add(agency, names=[agency.name, agency.short_name])
            self._by_place[agency.parent_id, agency.folded_name] = agency
            if agency.territory_code:
                self._by_code[agency.territory_code] = agency
        used = Agency.objects.exclude(national_id=None).values_list("national_id", "pk")
        self._ids: dict[str, int] = {code: pk for code, pk in used if code}
        self._made: dict[str, int] = {}  # folded name → row that makes it
        self._seen: dict[tuple[str, str], int] = {}

    def plan(self, row: Row) -> Planned:
        parent = self._parent(row)
        agency = self._existing(row, parent)
        self._check_twice(row)
        if not row.errors:
            self._check(row, agency, parent)
        if row.errors:
            return Planned(row, Status.ERROR, agency)
        if agency is None:
            for name in (row.name, str(row.values.get("short_name", ""))):
                self._made.setdefault(fold(name), row.number)
            return Planned(row, Status.NEW, parent=parent)
        differences = _differences(row.values, agency, parent)
        if differences:
            self._check_day(row, agency)
        if row.errors:
            return Planned(row, Status.ERROR, agency)
        status = Status.CHANGED if differences else Status.SAME
        return Planned(row, status, agency, parent, differences)

    def _parent(self, row: Row) -> Agency | int | None:
        name = row.values.get("parent")
        if not name:
            return None
        own, place = split_place(name)
        found = self._index.find(name).candidates or self._index.find(own).candidates
        if place and len(found) > 1:
            district = self._index.find(place).only
            found = tuple(a for a in found if district and a.parent_id == district.pk)
        if len(found) == 1:
            return found[0]
        if not found and fold(name) in self._made:
            return self._made[fold(name)]
        if found:
            _fault(row, "parent", f"có {len(found)} cơ quan tên “{name}”; ghi thêm tên huyện")
            return None
        alike = "; ".join(a.label for a in self._index.suggest(name))
        hint = f" Có phải: {alike}?" if alike else ""
        _fault(row, "parent", f"không có “{name}” trong phạm vi quản lý.{hint}")
        return None

    def _existing(self, row: Row, parent: Agency | int | None) -> Agency | None:
        pk = self._ids.get(row.values.get("national_id") or "")
        if pk is not None:
            if pk not in self._agencies:
                _fault(row, "national_id", "đã dùng cho cơ quan khác")
            return self._agencies.get(pk)
        code = row.values.get("territory_code")
        if code in self._by_code:
            return self._by_code[code]
        above = parent.pk if isinstance(parent, Agency) else None
        return self._by_place.get((above, fold(row.name))) if above else None

    def _check_twice(self, row: Row) -> None:
        mark = (fold(row.name), fold(str(row.values.get("parent", ""))))
        first = self._seen.setdefault(mark, row.number)
        if first != row.number and row.name:
            _fault(row, "name", f"trùng với dòng {first}")

    def _check(self, row: Row, agency: Agency | None, parent: Agency | int | None) -> None:
        if agency is None:
            on: date = row.values["on"]
            if isinstance(parent, Agency) and not parent.exists_on(on):
                _fault(row, "on", f"{parent.label} không tồn tại vào ngày {format_date(on)}")
            return
        for key, now in (("level", agency.level), ("kind", agency.kind)):
            if row.values[key] != now:
                words = agency.get_level_display() if key == "level" else agency.get_kind_display()
                _fault(row, key, f"{agency.label} đang là {words}; không đổi được bằng tệp")

    def _check_day(self, row: Row, agency: Agency) -> None:
        on: date = row.values["on"]
        if on > self._today:
            _fault(row, "on", "thay đổi chỉ ghi khi đã đến ngày có hiệu lực")
        since = self._since.get(agency.pk)
        if since and on < since:
            _fault(row, "on", f"đã ghi một thay đổi từ ngày {format_date(since)}")


def _differences(
    values: dict[str, Any], agency: Agency, parent: Agency | int | None
) -> list[tuple[str, str, str]]:
    """Return title, old and new of what differs; an empty cell leaves things as they are."""
    found = []
    for key in _COMPARED:
        old, new = getattr(agency, key), values[key]
        if new not in {"", None} and new != old:
            found.append((_TITLES[key], str(old or ""), str(new)))
    if isinstance(parent, Agency) and parent.pk != agency.parent_id:
        found.append((_TITLES["parent"], agency.parent.name if agency.parent else "", parent.name))
    return found


def _fault(row: Row, key: str, reason: str) -> None:
    row.errors.append(CellError(_TITLES[key], reason))
