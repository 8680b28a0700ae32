"""The steps that the actions are made of. Each is called within an action's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr

from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, AgencyState, Succession
from tinhgon.apps.agencies.policies import AgencyRefused
from tinhgon.apps.search import actions as search
from tinhgon.domain.vntext import fold, format_date


@dataclass(frozen=True, slots=True)
class NewAgency:
    """What is typed of an agency that is to be made."""

    name: str
    level: str
    kind: str
    short_name: str = ""
    symbol: str = ""
    territory_code: int | None = None
    national_id: str | None = None


def create(new: NewAgency, *, parent: Agency | None, on: date, basis: str) -> Agency:
    """
    Insert an agency with its path and first state.

    :raises AgencyRefused: if the parent is not there on that day, or has one of this name.
    """
    if parent and not parent.exists_on(on):
        raise AgencyRefused(f"{parent.label} không tồn tại vào ngày {format_date(on)}.")
    check_name(new.name, parent=parent, on=on)
    if new.national_id and Agency.objects.filter(national_id=new.national_id).exists():
        raise AgencyRefused(f"Mã định danh {new.national_id} đã dùng cho cơ quan khác.")
    siblings = (
        Agency.objects.filter(parent=parent).order_by("-order").values_list("order", flat=True)
    )
    agency = Agency.objects.create(
        name=new.name,
        short_name=new.short_name,
        symbol=new.symbol,
        level=new.level,
        kind=new.kind,
        parent=parent,
        territory_code=new.territory_code,
        national_id=new.national_id or None,
        order=(siblings.first() or 0) + 1,
        folded_name=fold(new.name),
        started_on=on,
    )
    agency.path = f"{parent.path if parent else '/'}{agency.pk}/"
    agency.save(update_fields=["path"])
    _state(agency, on=on, basis=basis)
    return agency


def check_name(name: str, *, parent: Agency | None, on: date, own: Agency | None = None) -> None:
    """
    Let no two agencies of one name stand below the same parent.

    :raises AgencyRefused: if there is one on that day, or one that starts later.
    """
    rows = Agency.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), parent=parent)
    if own:
        rows = rows.exclude(pk=own.pk)
    if rows.filter(folded_name=fold(name)).exists():
        where = f" thuộc {parent.label}" if parent else ""
        raise AgencyRefused(f"Đã có {name}{where}.")


def new_state(agency: Agency, *, on: date, basis: str) -> None:
    """
    Record what the agency is from `on` on, as its row says now.

    A state that began on the same day is corrected: one day has one name.

    :raises AgencyRefused: if a later state is recorded already.
    """
    last = agency.states.order_by("-started_on").first()
    if last and last.started_on > on:
        since = format_date(last.started_on)
        raise AgencyRefused(f"Đã ghi một thay đổi từ ngày {since}; chỉ ghi tiếp từ ngày đó trở đi.")
    if last and last.started_on == on:
        last.name, last.short_name, last.symbol = agency.name, agency.short_name, agency.symbol
        last.parent, last.basis = agency.parent, basis or last.basis
        last.save()
        return
    if last:
        last.ended_on = on
        last.save(update_fields=["ended_on"])
    _state(agency, on=on, basis=basis)


def _state(agency: Agency, *, on: date, basis: str) -> None:
    AgencyState.objects.create(
        agency=agency,
        name=agency.name,
        short_name=agency.short_name,
        symbol=agency.symbol,
        parent=agency.parent,
        started_on=on,
        ended_on=agency.ended_on,
        basis=basis,
    )


def close(agency: Agency, *, on: date, ending: str, version: int) -> None:
    """
    End the agency on `on`, the first day on which it is no more.

    :raises AgencyRefused: if it ended already, or was not there by then.
    :raises StaleObject: if it changed since `version` was seen.
    """
    check_living(agency, on)
    agency.change(seen_version=version, ended_on=on, ending=ending[:300])
    agency.states.filter(ended_on=None).update(ended_on=on)


def check_living(agency: Agency, on: date) -> None:
    """
    :raises AgencyRefused: unless the agency exists before `on`, with no end recorded.
    """
    if agency.ended_on is not None:
        raise AgencyRefused(f"{agency.label} đã kết thúc từ ngày {format_date(agency.ended_on)}.")
    if on <= agency.started_on:
        raise AgencyRefused(f"{agency.label} chỉ có từ ngày {format_date(agency.started_on)}.")


def check_past(on: date, today: date) -> None:
    """
    Names and places on the row are those of today, so they are recorded once they hold.

    :raises AgencyRefused: if `on` is yet to come.
    """
    if on > today:
        raise AgencyRefused(
            f"Chưa đến ngày {format_date(on)}; ghi nhận từ ngày thay đổi có hiệu lực."
        )


def move_below(agency: Agency, parent: Agency, *, on: date, basis: str, version: int) -> None:
    """Hang the agency and all below it under `parent`, and what they see in the search."""
    old, new = agency.path or "", f"{parent.path}{agency.pk}/"
    agency.change(seen_version=version, parent=parent)
    Agency.objects.filter(path__startswith=old).update(
        path=Concat(Value(new), Substr("path", len(old) + 1))
    )
    search.move_branch(old=old, new=new)
    agency.path = new
    new_state(agency, on=on, basis=basis)


def children_on(agency: Agency, on: date) -> list[Agency]:
    return list(Agency.objects.filter(parent=agency).existing_on(on))


def check_childless(agency: Agency, on: date) -> None:
    """
    :raises AgencyRefused: if agencies below it would be left without a head.
    """
    number = len(children_on(agency, on))
    if number:
        raise AgencyRefused(
            f"{agency.label} còn {number} cơ quan, đơn vị trực thuộc; "
            "chuyển hoặc kết thúc chúng trước."
        )


def link(
    predecessor: Agency, heirs: Iterable[Agency], *, on: date, kind: SuccessionKind, basis: str
) -> list[Succession]:
    """
    Record who takes over.

    :raises AgencyRefused: if that is recorded already.
    """
    rows = []
    for heir in heirs:
        row, is_new = Succession.objects.get_or_create(
            predecessor=predecessor,
            successor=heir,
            defaults={"on": on, "kind": kind, "basis": basis},
        )
        if not is_new:
            raise AgencyRefused(
                f"Đã ghi {heir.label} kế thừa {predecessor.label} từ ngày {format_date(row.on)}."
            )
        rows.append(row)
    return rows
