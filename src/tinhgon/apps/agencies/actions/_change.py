from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.agencies import policies
from tinhgon.apps.agencies.entries import AGENCY
from tinhgon.apps.agencies.enums import Kind, Level, SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.policies import AgencyRefused
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change, Entry
from tinhgon.apps.search import actions as search
from tinhgon.common.people import Person
from tinhgon.domain.vntext import fold, format_date

from . import _rows
from ._rows import NewAgency

_TWO = 2


@transaction.atomic
def add_agency(
    *, parent: Agency, new: NewAgency, on: date, basis: str, by: Person, at: datetime
) -> Agency:
    """
    Add an agency below `parent` from `on` on.

    :raises PermissionDenied: if `by` does not manage agencies there.
    :raises AgencyRefused: if the parent is not there by then, or has one of that name.
    """
    policies.check_manage(by, parent)
    agency = _rows.create(new, parent=parent, on=on, basis=basis)
    changes = [
        Change("Tên", "", agency.name),
        Change("Trực thuộc", "", parent.name),
        Change("Loại", "", f"{Level(agency.level).label}; {Kind(agency.kind).label}"),
        Change("Từ ngày", "", format_date(on)),
    ]
    search.index(AGENCY, [agency.pk])
    audit.record("agencies.added", agency, by=by, at=at, changes=changes, reason=basis)
    return agency


@transaction.atomic
def rename_agency(
    *,
    agency: Agency,
    name: str,
    short_name: str,
    symbol: str,
    on: date,
    basis: str,
    by: Person,
    at: datetime,
    version: int,
) -> Agency:
    """
    Give the agency another name, short name or symbol from `on` on; it stays the same body.

    :raises PermissionDenied: if `by` does not manage it.
    :raises AgencyRefused: if the day is yet to come or before a recorded change, or the name is
        taken.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_manage(by, agency)
    _rows.check_past(on, at.date())
    _check_open(agency, on)
    _rows.check_name(name, parent=agency.parent, on=on, own=agency)
    pairs = [
        ("Tên", agency.name, name),
        ("Tên viết tắt", agency.short_name, short_name),
        ("Ký hiệu", agency.symbol, symbol),
    ]
    changes = [Change(field, old, new) for field, old, new in pairs if old != new]
    if not changes:
        raise AgencyRefused("Tên, tên viết tắt và ký hiệu đều như cũ.")
    agency.change(
        seen_version=version,
        name=name,
        short_name=short_name,
        symbol=symbol,
        folded_name=fold(name),
    )
    _rows.new_state(agency, on=on, basis=basis)
    changes.append(Change("Từ ngày", "", format_date(on)))
    search.index(AGENCY, [agency.pk])
    search.index_named(agency.pk)
    audit.record("agencies.renamed", agency, by=by, at=at, changes=changes, reason=basis)
    return agency


@transaction.atomic
def move_agency(
    *,
    agency: Agency,
    parent: Agency,
    on: date,
    basis: str,
    by: Person,
    at: datetime,
    version: int,
) -> Agency:
    """
    Hang the agency, and all below it, under another from `on` on.

    :raises PermissionDenied: if `by` does not manage both.
    :raises AgencyRefused: if the day is yet to come, or the new parent stands below the agency.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_manage(by, agency, parent)
    _rows.check_past(on, at.date())
    _check_open(agency, on)
    if (parent.path or "").startswith(agency.path or "/"):
        raise AgencyRefused("Cơ quan cấp trên mới không được nằm dưới chính cơ quan này.")
    if parent == agency.parent:
        raise AgencyRefused(f"{agency.label} đã trực thuộc {parent.label}.")
    if not parent.exists_on(on):
        raise AgencyRefused(f"{parent.label} không tồn tại vào ngày {format_date(on)}.")
    _rows.check_name(agency.name, parent=parent, on=on, own=agency)
    old = agency.parent.name if agency.parent else ""
    _rows.move_below(agency, parent, on=on, basis=basis, version=version)
    changes = [Change("Trực thuộc", old, parent.name), Change("Từ ngày", "", format_date(on))]
    search.index(AGENCY, [agency.pk])
    audit.record("agencies.moved", agency, by=by, at=at, changes=changes, reason=basis)
    return agency


@transaction.atomic
def merge_agencies(
    *,
    agencies: Sequence[tuple[Agency, int]],
    into: Agency | NewAgency,
    on: date,
    basis: str,
    by: Person,
    at: datetime,
) -> list[Succession]:
    """
    End `agencies`, each given with the version seen, in favour of one that takes them over.

    What stood below them is moved below it. Open assignments follow by an action of their own, from
    the successions that are returned.

    :raises PermissionDenied: if `by` does not manage all of them, the successor included.
    :raises AgencyRefused: if one is not there, or too few are named.
    :raises StaleObject: if one changed since it was seen.
    """
    olds = [agency for agency, _ in agencies]
    policies.check_manage(by, *olds)
    if len(olds) < (_TWO if isinstance(into, NewAgency) else 1):
        raise AgencyRefused("Chọn ít nhất một cơ quan nữa để sáp nhập.")
    if isinstance(into, Agency):
        policies.check_manage(by, into)
        if into in olds:
            raise AgencyRefused("Cơ quan tiếp nhận không thể đồng thời kết thúc.")
        if not into.exists_on(on):
            raise AgencyRefused(f"{into.label} không tồn tại vào ngày {format_date(on)}.")
    for agency, version in agencies:
        _rows.close(agency, on=on, ending=basis, version=version)
    heir = (
        into
        if isinstance(into, Agency)
        else _rows.create(into, parent=olds[0].parent, on=on, basis=basis)
    )
    successions = [
        row
        for agency in olds
        for row in _rows.link(agency, [heir], on=on, kind=SuccessionKind.WHOLE, basis=basis)
    ]
    for agency in olds:
        for child in _rows.children_on(agency, on):
            _rows.check_past(on, at.date())
            _rows.move_below(child, heir, on=on, basis=basis, version=child.version)
            search.index(AGENCY, [child.pk])
    search.index(AGENCY, [heir.pk, *(agency.pk for agency in olds)])
    names = "; ".join(agency.name for agency in olds)
    entries = [_ended("agencies.merged", agency, [heir], on, basis) for agency in olds]
    entries.append(
        Entry("agencies.took_over", heir, (Change("Tiếp nhận", "", names),), reason=basis)
    )
    audit.record_all(entries, by=by, at=at)
    return successions


@transaction.atomic
def split_agency(
    *,
    agency: Agency,
    into: Sequence[Agency | NewAgency],
    ends: bool,
    on: date,
    basis: str,
    by: Person,
    at: datetime,
    version: int,
) -> list[Succession]:
    """
    Give parts of the agency to others; with `ends` it is no more after that.

    :raises PermissionDenied: if `by` does not manage it and the receivers.
    :raises AgencyRefused: if too few are named, or it ends while others still stand below it.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_manage(by, agency, *(heir for heir in into if isinstance(heir, Agency)))
    if len(into) < (_TWO if ends else 1):
        raise AgencyRefused(
            "Nêu ít nhất hai cơ quan tiếp nhận." if ends else "Nêu cơ quan tiếp nhận."
        )
    if ends:
        _rows.check_childless(agency, on)
        _rows.close(agency, on=on, ending=basis, version=version)
    else:
        _rows.check_living(agency, on)
        agency.change(seen_version=version)
    heirs = [
        heir
        if isinstance(heir, Agency)
        else _rows.create(heir, parent=agency.parent, on=on, basis=basis)
        for heir in into
    ]
    _check_heirs(agency, heirs, on)
    successions = _rows.link(agency, heirs, on=on, kind=SuccessionKind.PART, basis=basis)
    search.index(AGENCY, [agency.pk, *(heir.pk for heir in heirs)])
    audit.record_all(
        [_ended("agencies.split", agency, heirs, on if ends else None, basis)], by=by, at=at
    )
    return successions


@transaction.atomic
def end_agency(
    *,
    agency: Agency,
    heirs: Sequence[Agency],
    on: date,
    reason: str,
    by: Person,
    at: datetime,
    version: int,
) -> list[Succession]:
    """
    End the agency on `on`, the first day on which it is no more.

    One heir takes over the whole, several a part each, none leaves only the reason.

    :raises PermissionDenied: if `by` does not manage it.
    :raises AgencyRefused: if it ended already, others stand below it, or no reason is given.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_manage(by, agency)
    if not reason.strip():
        raise AgencyRefused("Nêu lý do hoặc văn bản căn cứ.")
    _rows.check_childless(agency, on)
    _check_heirs(agency, heirs, on)
    _rows.close(agency, on=on, ending=reason, version=version)
    kind = SuccessionKind.WHOLE if len(heirs) == 1 else SuccessionKind.PART
    successions = _rows.link(agency, heirs, on=on, kind=kind, basis=reason[:300])
    search.index(AGENCY, [agency.pk])
    audit.record_all([_ended("agencies.ended", agency, heirs, on, reason)], by=by, at=at)
    return successions


def _check_open(agency: Agency, on: date) -> None:
    """An end that is recorded and lies ahead leaves the agency open to other changes until then."""
    if agency.ended_on is not None and agency.ended_on <= on:
        raise AgencyRefused(f"{agency.label} đã kết thúc từ ngày {format_date(agency.ended_on)}.")


def _check_heirs(agency: Agency, heirs: Sequence[Agency], on: date) -> None:
    for heir in heirs:
        if heir == agency:
            raise AgencyRefused("Cơ quan không thể kế thừa chính mình.")
        if not heir.exists_on(on):
            raise AgencyRefused(f"{heir.label} không tồn tại vào ngày {format_date(on)}.")


def _ended(
    kind: str, agency: Agency, heirs: Sequence[Agency], on: date | None, basis: str
) -> Entry:
    changes = [Change("Kế thừa", "", "; ".join(heir.name for heir in heirs))] if heirs else []
    if on:
        changes.append(Change("Kết thúc từ ngày", "", format_date(on)))
    return Entry(kind, agency, tuple(changes), reason=basis)
