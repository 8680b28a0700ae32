"""The people of the demo: the accounts that are printed, and one for every other agency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tinhgon.apps.accounts.models import Position, Role, User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.domain.vntext import fold

PASSWORD = "tinhgon-2024"  # noqa: S105 — printed by `make run`, for a demo only
ACCOUNTS = [
    ("dieuphoi", "Cán bộ điều phối", "Văn phòng UBND tỉnh"),
    ("vanthu", "Văn thư", "Văn phòng UBND tỉnh"),
    ("lanhdao", "Lãnh đạo (chỉ xem)", "UBND tỉnh"),
    ("quantri", "Quản trị", "UBND tỉnh"),
    ("chuyenvien", "Chuyên viên đầu mối", "Sở Tư pháp"),
    ("giamdoc", "Thủ trưởng", "Sở Tư pháp"),
    ("huyen", "Cán bộ điều phối", "UBND huyện Cao Lộc"),
    ("xa", "Chuyên viên đầu mối", "UBND xã Gia Cát"),
]


SHOWN_DISTRICT = "Ủy ban nhân dân huyện Cao Lộc"
_WITH_HEADS = {Kind.DEPARTMENT, Kind.OFFICE}


def make_people(at: datetime) -> dict[str, User]:
    """Make the accounts that are printed, and one officer for every other agency of 2024."""
    day = at.date()
    agencies = list(Agency.objects.existing_on(day))
    root = next(a for a in agencies if a.parent_id is None)
    office = next(a for a in agencies if a.kind == Kind.OFFICE)
    justice = next(a for a in agencies if a.name == "Sở Tư pháp")
    district = next(a for a in agencies if a.name == SHOWN_DISTRICT)
    commune = next(a for a in agencies if a.name == "Ủy ban nhân dân xã Gia Cát")
    roles = {role.code: role for role in Role.objects.all()}
    posts: list[tuple[str, str, Agency, Agency | None]] = [
        ("dieuphoi", "coordinator", office, root),
        ("vanthu", "clerk", office, root),
        ("lanhdao", "leader", root, None),
        ("quantri", "administrator", root, None),
        ("chuyenvien", "officer", justice, None),
        ("giamdoc", "head", justice, None),
        ("huyen", "coordinator", district, None),
        ("xa", "officer", commune, None),
    ]
    taken = {office.pk, root.pk, justice.pk, district.pk, commune.pk}
    posts += [
        (f"cq{agency.pk}", "coordinator" if _is_district(agency) else "officer", agency, None)
        for agency in agencies
        if agency.pk not in taken
    ]
    # A head for each agency whose procedures the demo tells of.
    posts += [
        (f"tt{agency.pk}", "head", agency, None)
        for agency in agencies
        if agency.pk not in {justice.pk, root.pk}
        and (
            agency.kind in _WITH_HEADS
            or agency.pk == district.pk
            or agency.parent_id == district.pk
        )
    ]
    # Where a coordinator answers for the agency, another one reviews its procedures.
    posts += [(f"cv{agency.pk}", "officer", agency, None) for agency in (office, district)]
    return _accounts(posts, roles, at)


def _is_district(agency: Agency) -> bool:
    return agency.level == Level.DISTRICT and agency.kind == Kind.COMMITTEE


def _accounts(
    posts: Iterable[tuple[str, str, Agency, Agency | None]],
    roles: dict[str, Role],
    at: datetime,
) -> dict[str, User]:
    shown = {username for username, _, _ in ACCOUNTS}
    secret = User()
    secret.set_password(PASSWORD)
    users, positions = [], []
    for username, role, agency, scope in posts:
        name = f"{roles[role].name}, {agency.label}"
        user = User(
            username=username,
            email=f"{username}@langson.example",
            full_name=name[:150],
            folded_name=fold(name)[:200],
            joined_at=at,
        )
        if username in shown:
            user.password = secret.password
        else:
            user.set_unusable_password()
        users.append(user)
        positions.append((user, agency, scope, roles[role]))
    User.objects.bulk_create(users)
    Position.objects.bulk_create(
        Position(user=user, agency=agency, scope=scope, role=role, started_on=at.date())
        for user, agency, scope, role in positions
    )
    audit.record_all(
        [audit.Entry("accounts.invited", user) for user in users], by=audit.System(), at=at
    )
    return {user.username: user for user in users}
