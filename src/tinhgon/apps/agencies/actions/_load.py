from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction

from tinhgon.apps.agencies.entries import AGENCY
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.imports import Body, Territory, read_territory
from tinhgon.apps.agencies.models import Agency, AgencyState, Succession
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Actor, Change
from tinhgon.apps.search import actions as search
from tinhgon.domain.vntext import fold


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many were new."""

    agencies: int
    successions: int


@transaction.atomic
def load_territory(*, by: Actor, at: datetime, data: bytes) -> Loaded:
    """
    Enter the agencies and successions of a province that are not there yet.

    What is there stays as people have made it, so that loading twice, or a newer file, is safe.
    An agency is known again by its territory code or first name, together with its first day.

    :raises imports.TerritoryUnreadable: if `data` is no file of a province.
    """
    territory = read_territory(data)
    known = _known()
    rows = {
        key: known[_mark(body)] for key, body in territory.bodies.items() if _mark(body) in known
    }
    new = [body for body in territory.bodies.values() if body.key not in rows]
    new.sort(key=lambda body: _depth(territory, body))
    for _, tier in groupby(new, key=lambda body: _depth(territory, body)):
        _create(list(tier), rows)
    links = _link(territory, rows)
    search.index(AGENCY, [rows[body.key].pk for body in new])
    if new or links:
        root = next(rows[key] for key, body in territory.bodies.items() if not body.parent)
        changes = [
            Change("Số cơ quan nạp thêm", "", str(len(new))),
            Change("Số quan hệ kế thừa nạp thêm", "", str(links)),
        ]
        audit.record("agencies.loaded", root, by=by, at=at, changes=changes)
    return Loaded(len(new), links)


def _known() -> dict[tuple[object, object], Agency]:
    """Return the agencies in the database by what the file knows them by."""
    first: dict[int, AgencyState] = {}
    for state in AgencyState.objects.select_related("agency").order_by("-started_on"):
        first[state.agency_id] = state
    return {
        (state.agency.territory_code or fold(state.name), state.agency.started_on): state.agency
        for state in first.values()
    }


def _mark(body: Body) -> tuple[object, object]:
    return body.territory_code or fold(body.name), body.started_on


def _depth(territory: Territory, body: Body) -> int:
    depth = 0
    while body.parent:
        body = territory.bodies[body.parent]
        depth += 1
    return depth


def _create(bodies: list[Body], rows: dict[str, Agency]) -> None:
    """Insert bodies whose parents are in `rows`; their paths need their keys, hence the update."""
    made = Agency.objects.bulk_create(
        Agency(
            name=body.name,
            short_name=body.short_name,
            symbol=body.symbol,
            level=body.level,
            kind=body.kind,
            parent=rows.get(body.parent),
            territory_code=body.territory_code,
            national_id=body.national_id,
            order=body.order,
            folded_name=fold(body.name),
            started_on=body.started_on,
            ended_on=body.ended_on,
            ending=body.ending[:300],
        )
        for body in bodies
    )
    states = []
    for body, agency in zip(bodies, made, strict=True):
        parent = rows.get(body.parent)
        agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
        rows[body.key] = agency
        states.append(
            AgencyState(
                agency=agency,
                name=body.name,
                short_name=body.short_name,
                symbol=body.symbol,
                parent=parent,
                started_on=body.started_on,
                ended_on=body.ended_on,
                basis=body.basis,
            )
        )
    Agency.objects.bulk_update(made, ["path"], batch_size=200)
    AgencyState.objects.bulk_create(states)


def _link(territory: Territory, rows: dict[str, Agency]) -> int:
    there = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    new = [
        Succession(
            predecessor=rows[link.predecessor],
            successor=rows[link.successor],
            on=link.on,
            kind=SuccessionKind.PART if link.is_part else SuccessionKind.WHOLE,
            basis=link.basis,
            is_sure=link.is_sure,
        )
        for link in territory.links
        if (rows[link.predecessor].pk, rows[link.successor].pk) not in there
    ]
    Succession.objects.bulk_create(new)
    return len(new)
