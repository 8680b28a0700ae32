from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.refusal import Refused as Refused

from . import policies
from .enums import ListName
from .models import ListHabit, SavedView
from .queries import MOST_LETTERS, kept


@transaction.atomic
def save_view(
    *, page: ListName, name: str, query: str, shared: bool, by: User, at: datetime
) -> SavedView:
    """
    Keep the list as it stands under a name; what one kept under this name before gives way.

    :raises Refused: if the name is missing, the address too long, or there is nobody to share with.
    """
    name, query = " ".join(name.split()), kept(query)
    if not name:
        raise Refused("Đặt tên cho bộ lọc.")
    if len(query) > MOST_LETTERS:
        raise Refused("Bộ lọc này dài quá, không lưu được.")
    values = {"query": query, "agency": _shared_with(by) if shared else None, "changed_at": at}
    view = SavedView.objects.filter(user=by, page=page.value, name=name[:80]).first()
    if view is None:
        view = SavedView.objects.create(user=by, page=page.value, name=name[:80], **values)
        audit.record("savedviews.saved", view, by=by, at=at)
    else:
        view.change(seen_version=view.version, **values)
        audit.record("savedviews.changed", view, by=by, at=at)
    return view


@transaction.atomic
def change_view(
    *, view: SavedView, name: str, shared: bool, by: User, at: datetime, seen: int
) -> None:
    """
    Give a view another name, or share it, or no longer.

    :raises PermissionDenied: if it is not his own.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: if the name is missing or taken, or there is nobody to share with.
    """
    policies.check_own(by, view)
    if not (name := " ".join(name.split())[:80]):
        raise Refused("Đặt tên cho bộ lọc.")
    agency = _shared_with(by) if shared else None
    changes = [
        audit.Change(field, old, new)
        for field, old, new in (
            ("Tên", view.name, name),
            ("Dùng chung", _words(view.agency), _words(agency)),
        )
        if old != new
    ]
    try:
        with transaction.atomic():
            view.change(seen_version=seen, name=name, agency=agency, changed_at=at)
    except IntegrityError:
        raise Refused("Anh/chị đã có bộ lọc mang tên này.") from None
    audit.record("savedviews.changed", view, by=by, at=at, changes=changes)


@transaction.atomic
def delete_view(*, view: SavedView, by: User, at: datetime) -> None:
    """
    Forget a view; lists that opened with it open as usual again.

    :raises PermissionDenied: if it is not his own.
    """
    policies.check_own(by, view)
    audit.record("savedviews.deleted", view, by=by, at=at)
    view.delete()


def choose_columns(*, page: ListName, columns: Sequence[str], by: User) -> None:
    """Remember which columns the person sees in a list; none means the usual ones."""
    ListHabit.objects.update_or_create(
        user=by, page=page.value, defaults={"columns": list(columns)}
    )


def open_with(*, page: ListName, view: SavedView | None, by: User) -> None:
    """
    Remember with which view a list opens for the person.

    :raises Refused: if the view is one of another list.
    """
    if view is not None and view.page != page.value:
        raise Refused("Bộ lọc này thuộc danh sách khác.")
    ListHabit.objects.update_or_create(user=by, page=page.value, defaults={"opens_with": view})


def _shared_with(by: User) -> Agency:
    if not by.current_positions:
        raise Refused("Anh/chị chưa có vị trí công tác nên chưa dùng chung bộ lọc được.")
    return by.current_positions[0].agency


def _words(agency: Agency | None) -> str:
    return agency.name if agency else "Không"
