"""Procedures of a decision against the registry: by code, by name, else what is like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.matching.queries.snapshot import snapshot
from tinhgon.apps.plans.enums import MatchedBy, RowChoice
from tinhgon.apps.plans.models import PlanImport, PlanImportRow
from tinhgon.apps.plans.queries.import_standing import versions_on
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common.batches import batches
from tinhgon.domain.likeness import Fingerprint
from tinhgon.domain.procedures import PUBLISHED, as_national_code, name_key

_OFFERED = 3
_MOST_OFFERED = 20
_LOOKED_AT = 30
_SAYS_SO = "thủ tục "
_MANY = "Nhiều thủ tục trong danh mục cùng tên này"


class _Registry:
    """The published procedures of a branch."""

    def __init__(self, agency: Agency) -> None:
        self._path = agency.path or "/"

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
    Write into the rows what they are matched with; nothing is saved.

    What a person chose stays. A row that was found by code or name is taken, unless a person left
    it out.
    """
    on = date.fromisoformat(plan_import.heading.get("issued_on") or today.isoformat())
    registry = _Registry(plan_import.agency)
    open_rows = [row for row in rows if row.matched_by != MatchedBy.PERSON]
    found, offered = _found(open_rows, registry, today=today)
    wanted = {pk for pk, _ in found.values()} | {row.procedure_id or 0 for row in rows}
    wanted |= {pk for each in offered.values() for pk, _ in each}
    versions = versions_on(plan_import.agency, wanted - {0}, on=on)
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


_Offered = list[tuple[int, tuple[str, ...]]]


def _found(
    rows: Sequence[PlanImportRow], registry: _Registry, *, today: date
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
