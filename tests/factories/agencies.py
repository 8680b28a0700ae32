from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency, AgencyState
from tinhgon.domain.vntext import fold

_numbers = itertools.count(1)
START = date(2020, 1, 1)


def make_agency(
    name: str = "",
    *,
    parent: Agency | None = None,
    level: Level = Level.PROVINCE,
    kind: Kind = Kind.DEPARTMENT,
    symbol: str = "",
    short_name: str = "",
    started_on: date = START,
    ended_on: date | None = None,
) -> Agency:
    """Make an agency below `parent` with its path and first state."""
    name = name or f"Cơ quan số {next(_numbers)}"
    agency = Agency.objects.create(
        name=name,
        short_name=short_name,
        symbol=symbol,
        level=level,
        kind=kind,
        parent=parent,
        folded_name=fold(name),
        started_on=started_on,
        ended_on=ended_on,
    )
    agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
    agency.save(update_fields=["path"])
    AgencyState.objects.create(
        agency=agency,
        name=name,
        short_name=short_name,
        symbol=symbol,
        parent=parent,
        started_on=started_on,
        ended_on=ended_on,
    )
    return agency


@dataclass(frozen=True, slots=True)
class Province:
    """A small province: committee, Office, two departments, two districts, four communes."""

    committee: Agency
    office: Agency
    departments: tuple[Agency, Agency]
    districts: tuple[Agency, Agency]
    communes: tuple[tuple[Agency, Agency], tuple[Agency, Agency]]


def make_province() -> Province:
    """Make the small province, with names that exist in Lạng Sơn in March 2024."""
    committee = make_agency("Ủy ban nhân dân tỉnh Lạng Sơn", kind=Kind.COMMITTEE, symbol="UBND")
    office = make_agency(
        "Văn phòng Ủy ban nhân dân tỉnh", parent=committee, kind=Kind.OFFICE, symbol="VP"
    )
    home_affairs = make_agency("Sở Nội vụ", parent=committee, symbol="SNV")
    justice = make_agency("Sở Tư pháp", parent=committee, symbol="STP")
    cao_loc, van_lang = (
        make_agency(
            f"Ủy ban nhân dân huyện {name}",
            parent=committee,
            level=Level.DISTRICT,
            kind=Kind.COMMITTEE,
            symbol="UBND",
        )
        for name in ("Cao Lộc", "Văn Lãng")
    )
    return Province(
        committee=committee,
        office=office,
        departments=(home_affairs, justice),
        districts=(cao_loc, van_lang),
        communes=(
            (_commune("Gia Cát", cao_loc), _commune("Hợp Thành", cao_loc)),
            (_commune("Tân Mỹ", van_lang), _commune("Hoàng Việt", van_lang)),
        ),
    )


def _commune(name: str, district: Agency) -> Agency:
    return make_agency(
        f"Ủy ban nhân dân xã {name}",
        parent=district,
        level=Level.COMMUNE,
        kind=Kind.COMMITTEE,
        symbol="UBND",
    )
