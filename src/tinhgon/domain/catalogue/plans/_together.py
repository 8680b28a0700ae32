"""The procedures of the blocks and the rows of the lists, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tinhgon.domain.catalogue._match import likeness
from tinhgon.domain.catalogue._model import Row
from tinhgon.domain.vntext import fold

from ._model import PlanFinding, PlannedProcedure, PlanProblem
from ._tables import planned

_LIKE = 0.72


def with_rows(
    procedures: Sequence[PlannedProcedure],
    rows: Sequence[Row],
    *,
    has_plans: bool,
    has_columns: bool,
) -> tuple[list[PlannedProcedure], list[PlanProblem]]:
    """
    Return the procedures of the blocks with what the list adds; without blocks, the rows.

    Names alone of what is not approved are no blocks (`has_plans`): they stand beside the rows.
    """
    if not has_plans:
        return _with_refused([planned(row) for row in rows], procedures), []
    pairs = _pairs(procedures, rows)
    out = [
        _with_row(each, rows[pairs[n]]) if n in pairs else each for n, each in enumerate(procedures)
    ]
    problems: list[PlanProblem] = []
    used = set(pairs.values())
    for m, row in enumerate(rows):
        if m in used:
            continue
        listed = planned(row)
        if listed.not_approved or (has_columns and listed.implementation):
            out.append(listed)
        else:
            problems.append(
                PlanProblem(
                    PlanFinding.LIST,
                    f"Danh mục có “{row.name[:120]}” nhưng không thấy phương án của thủ tục này.",
                    row.position,
                )
            )
    if used:
        problems += [
            PlanProblem(
                PlanFinding.LIST,
                "Thủ tục có phương án nhưng không có trong danh mục.",
                each.position,
            )
            for n, each in enumerate(procedures)
            if n not in pairs and not each.not_approved
        ]
    return out, problems


def _with_refused(
    out: list[PlannedProcedure], refused: Sequence[PlannedProcedure]
) -> list[PlannedProcedure]:
    """Say of the procedures which are not approved; those that have no row come behind."""
    places = {_key(each): n for n, each in enumerate(out)}
    for each in refused:
        at = places.get(_key(each))
        if at is None:
            out.append(each)
        else:
            out[at] = replace(out[at], not_approved=each.not_approved)
    return out


def _key(each: PlannedProcedure) -> str:
    return _bare(fold(each.name))


def _pairs(procedures: Sequence[PlannedProcedure], rows: Sequence[Row]) -> dict[int, int]:
    """Return which procedure is which row: by code, then by how alike the names are."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    codes = {row.code: m for m, row in enumerate(rows) if row.code}
    names = {fold(row.name): m for m, row in enumerate(rows)}
    for n, each in enumerate(procedures):
        bare = fold(each.name)
        known = (codes.get(each.code or ""), names.get(bare), names.get(_bare(bare)))
        m = next((m for m in known if m is not None and m not in used), None)
        if m is not None:
            pairs[n] = m
            used.add(m)
    scores = sorted(
        (
            (-likeness(each.name, row.name), abs(n - m), n, m)
            for n, each in enumerate(procedures)
            for m, row in enumerate(rows)
            if n not in pairs and m not in used
        ),
    )
    for unlike, _, n, m in scores:
        if -unlike >= _LIKE and n not in pairs and m not in used:
            pairs[n] = m
            used.add(m)
    return pairs


def _bare(name: str) -> str:
    return name.removeprefix("thu tuc ").strip()


def _with_row(each: PlannedProcedure, row: Row) -> PlannedProcedure:
    listed_ = planned(row)
    return replace(
        each,
        code=each.code or row.code,
        agency=each.agency or listed_.agency,
        field=row.field if row.field and "field" not in row.inferred else each.field,
        measures=each.measures or listed_.measures,
        implementation=each.implementation or listed_.implementation,
        costs=listed_.costs if each.costs.is_empty else each.costs,
        list_name=row.name,
        not_approved=each.not_approved or listed_.not_approved,
    )
