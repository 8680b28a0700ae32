"""Procedures of a decision against the registry: by code, by name, else what is like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.matching.queries.snapshot import snapshot
from tinhgon.apps.plans.enums import MatchedBy, RowChoice
from tinhgon.apps.plans.models import PlanImport, PlanImportRow, PlanItem
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.reviews.models import Review
from tinhgon.common.batches import batches
from tinhgon.domain.likeness import Fingerprint
from tinhgon.domain.procedures import PUBLISHED, as_national_code, name_key
from tinhgon.domain.reviewing import Status

_OFFERED = 3
_MOST_OFFERED = 20
_LOOKED_AT = 30
_SAYS_SO = "thủ tục "
_NOT_LIVE = (
    ", không được phê duyệt hoặc đã rút: lập phương án bổ sung rồi ghi quyết định vào phương án đó"
)
_MANY = "Nhiều thủ tục trong danh mục cùng tên này"


class Registry:
    """The published procedures of a branch, as they stood on the day of a decision."""

    def __init__(self, agency: Agency, *, on: date) -> None:
        self._path = agency.path or "/"
        self._on = on

    def versions(self, procedures: Collection[int]) -> dict[int, ProcedureVersion]:
        """
        Return procedure → the version that the decision was about: in force on its day, else the
        last before it, else the first of all.
        """
        found: dict[int, ProcedureVersion] = {}
        for batch in batches(sorted(procedures)):
            rows = (
                ProcedureVersion.objects.filter(procedure__in=batch, status__in=PUBLISHED)
                .filter(holder__path__startswith=self._path)
                .select_related("procedure__agency", "holder")
                .defer("content")
                .order_by(F("valid_from").asc(nulls_last=True), "number")
            )
            for row in rows:
                begins = row.valid_from
                if row.procedure_id not in found or (begins and begins <= self._on):
                    found[row.procedure_id] = row
        return found

    def by_code(self, codes: Collection[str]) -> dict[str, int]:
        rows = Procedure.objects.filter(
            national_code__in=codes, agency__path__startswith=self._path
        )
        return {code: pk for code, pk in rows.values_list("national_code", "pk") if code}

    def by_name(self, keys: Collection[str]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for batch in batches(sorted(keys)):
            rows = ProcedureVersion.objects.filter(
                name_key__in=batch, status__in=PUBLISHED, holder__path__startswith=self._path
            )
            for key, procedure in rows.order_by().values_list("name_key", "procedure"):
                found[key].add(procedure)
        return found

    def alike(self, row: PlanImportRow, *, today: date) -> list[tuple[int, tuple[str, ...]]]:
        """Return the procedures of today most like one of the decision, with the reasons."""
        known = snapshot(today=today)
        one = Fingerprint("", row.name, field=row.said.get("field", ""))
        found: dict[int, tuple[str, ...]] = {}
        for match in known.find(one, limit=_LOOKED_AT):
            for key in known.names[name_key(match.item.name)]:
                if known.held[key].is_published and known.held[key].path.startswith(self._path):
                    found.setdefault(key, match.likeness.reasons)
        return list(found.items())[:_OFFERED]


def match_rows(plan_import: PlanImport, rows: Sequence[PlanImportRow], *, today: date) -> None:
    """
    Write into the rows what they are matched with and what stands in the way; nothing is saved.

    What a person chose stays. A row that was found by code or name is taken, unless a person left
    it out.
    """
    on = date.fromisoformat(plan_import.heading.get("issued_on") or today.isoformat())
    registry = Registry(plan_import.agency, on=on)
    open_rows = [row for row in rows if row.matched_by != MatchedBy.PERSON]
    found, offered = _found(open_rows, registry, today=today)
    wanted = {pk for pk, _ in found.values()} | {row.procedure_id or 0 for row in rows}
    wanted |= {pk for each in offered.values() for pk, _ in each}
    versions = registry.versions(wanted - {0})
    for row in open_rows:
        pk, how = found.get(row.order, (0, None))
        version = versions.get(pk)
        row.procedure = version.procedure if version else None
        row.matched_by = how.value if how and version else ""
        row.offers = [
            _offer(versions[key], reasons)
            for key, reasons in offered.get(row.order, ())
            if key in versions
        ]
        if row.choice != RowChoice.LEAVE:
            row.choice = RowChoice.TAKE.value if version else ""
    for row in rows:
        row.version = versions.get(row.procedure_id or 0)
    tell_faults(plan_import, rows)


def tell_faults(plan_import: PlanImport, rows: Sequence[PlanImportRow]) -> None:
    """Say of each row why it could not be written as it stands; nothing is saved."""
    taken = _taken(plan_import, [row.procedure_id for row in rows if row.procedure_id])
    first: dict[int, str] = {}
    for row in rows:
        row.fault = ""
        if row.choice == RowChoice.LEAVE or row.procedure_id is None:
            continue
        if row.version is None:
            row.fault = "Thủ tục này chưa có phiên bản nào được công bố thuộc phạm vi nhập."
        elif row.procedure_id in first:
            row.fault = f"Trùng thủ tục với mục {first[row.procedure_id]} của quyết định."
        else:
            row.fault = taken.get(row.procedure_id, "")
        first.setdefault(row.procedure_id, row.position or str(row.order))


def _taken(plan_import: PlanImport, procedures: Collection[int]) -> dict[int, str]:
    """Return procedure → why it takes no imported plan in this round."""
    items = PlanItem.objects.filter(
        review__round__round=plan_import.round_id, review__procedure__in=procedures
    ).select_related("plan__agency", "plan__round__round")
    rows = items.order_by("is_live").values_list(
        "review__procedure", "plan__agency__name", "is_live", "review__status"
    )
    found = {
        procedure: f"Đã có trong phương án của {agency} ở đợt này{'' if is_live else _NOT_LIVE}."
        for procedure, agency, is_live, status in rows
        if is_live or status != Status.ENTERED.value  # a decision entered later tells of it anew
    }
    begun = Review.objects.filter(
        round__round=plan_import.round_id, procedure__in=procedures, plan_items=None
    ).exclude(status=Status.TO_DO.value)
    words = "Đang được rà soát trong hệ thống ở đợt này, không ghi đè được."
    return dict.fromkeys(begun.values_list("procedure", flat=True), words) | found


_Offered = list[tuple[int, tuple[str, ...]]]


def _found(
    rows: Sequence[PlanImportRow], registry: Registry, *, today: date
) -> tuple[dict[int, tuple[int, MatchedBy]], dict[int, _Offered]]:
    """Return, by the order of the rows, what each is found to be, and what the others may be."""
    codes = {row.order: code for row in rows if (code := as_national_code(row.code))}
    by_code = registry.by_code(set(codes.values()))
    keys = {row.order: _keys(row) for row in rows}
    by_name = registry.by_name({key for each in keys.values() for key in each})
    found: dict[int, tuple[int, MatchedBy]] = {}
    offered: dict[int, _Offered] = {}
    for row in rows:
        coded = by_code.get(codes.get(row.order, ""))
        named = {pk for key in keys[row.order] for pk in by_name.get(key, ())}
        if coded:
            found[row.order] = (coded, MatchedBy.CODE)
        elif len(named) == 1:
            found[row.order] = (named.pop(), MatchedBy.NAME)
        elif named:
            offered[row.order] = [(pk, (_MANY,)) for pk in sorted(named)[:_MOST_OFFERED]]
        else:
            offered[row.order] = registry.alike(row, today=today)
    return found, offered


def _keys(row: PlanImportRow) -> set[str]:
    names = {row.name, row.said.get("list_name", "")} - {""}
    return {name_key(each) for name in names for each in _variants(name)}


def _variants(name: str) -> Iterable[str]:
    yield name
    without = name[len(_SAYS_SO) :] if name.lower().startswith(_SAYS_SO) else name
    yield without
    yield f"Thủ tục {without}"


def _offer(version: ProcedureVersion, reasons: Sequence[str]) -> dict[str, Any]:
    return {
        "procedure": version.procedure_id,
        "name": version.name,
        "code": version.procedure.local_code,
        "agency": version.holder.label,
        "reasons": list(reasons),
    }
