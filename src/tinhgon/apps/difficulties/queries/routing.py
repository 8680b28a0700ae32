"""Where a difficulty goes next, by the tree as it stands on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import root_of, states_on
from tinhgon.apps.difficulties.enums import Move
from tinhgon.apps.difficulties.models import DifficultyStep
from tinhgon.domain.difficulties import Station, next_station


@dataclass(frozen=True, slots=True)
class Way:
    """Who comes after a holder, None for the centre, and the Office of the province, if any."""

    above: Agency | None
    office: Agency | None


def way_from(holder: Agency, *, on: date) -> Way:
    """Return whom `holder` asks next on `on`; one query."""
    rows = states_on(on).filter(Q(agency=holder) | _offices(holder)).select_related("parent")
    found = list(rows)
    own = next((state for state in found if state.agency_id == holder.pk), None)
    parent = own.parent if own else None
    office = next(
        (s.agency for s in found if s.agency.kind == Kind.OFFICE and _is_top(s.parent)), None
    )
    above = next_station(
        _station(holder),
        parent=_station(parent) if parent else None,
        office=_station(office) if office else None,
    )
    known = {each.pk: each for each in (parent, office) if each}
    return Way(known[above.key] if above else None, office)


def _offices(holder: Agency) -> Q:
    """Return the condition of an Office right below the top of the tree of `holder`."""
    top = (holder.path or "/").split("/")[1]
    return Q(agency__kind=Kind.OFFICE, parent=int(top) if top else None)


def _is_top(agency: Agency | None) -> bool:
    return agency is not None and agency.parent_id is None


def _station(agency: Agency) -> Station:
    return Station(agency.pk, is_top=agency.parent_id is None)


def office_or_top(agency: Agency, *, on: date) -> Agency:
    """Return who answers for the province: its Office, or the committee where there is none."""
    state = states_on(on).filter(_offices(agency)).first()
    return state.agency if state else root_of(agency)


def asked_at_centre(steps: Iterable[DifficultyStep]) -> str:
    """Return whom at the centre a difficulty was laid before last, by its trail."""
    asked = [step.addressee for step in steps if step.move == Move.SEND_TO_CENTRE.value]
    return asked[-1] if asked else ""


def is_department_of(office: Agency, agency: Agency, *, on: date) -> bool:
    """Return whether the Office may refer to an agency on a day: a department of its committee."""
    rows = states_on(on).filter(parent=office.parent_id, agency__kind=Kind.DEPARTMENT)
    return rows.filter(agency=agency).exists()
