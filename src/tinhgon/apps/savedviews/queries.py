from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import parse_qsl, urlencode

from django.db.models import Exists, OuterRef

from tinhgon.apps.accounts.models import User

from .enums import ListName
from .models import ListHabit, SavedView

_NOT_KEPT = {"page"}  # which page of the list one was on
MOST_LETTERS = 2_000


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column to tick: its place among those shown, empty where it is not shown."""

    key: str
    heading: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Menu:
    """What a list offers: the views one may open, and what would be saved now."""

    page: ListName
    query: str
    own: list[SavedView]
    shared: list[SavedView]
    current: SavedView | None
    columns: tuple[str, ...]
    opens_with: SavedView | None

    @property
    def label(self) -> str:
        return str(self.page.label)

    def choices(self, known: Sequence[tuple[str, str]], shown: Sequence[str]) -> list[ColumnChoice]:
        """Return all columns that the list knows (key, heading), those shown first."""
        headings = dict(known)
        ticked = [ColumnChoice(key, headings[key], at) for at, key in enumerate(shown, start=1)]
        others = [ColumnChoice(key, text, None) for key, text in known if key not in shown]
        return ticked + others


class OwnPage(TypedDict):
    own: list[SavedView]
    shared: list[SavedView]
    opened: set[int | None]


def kept(query: str) -> str:
    """Return the query of an address without what is not worth keeping."""
    pairs = parse_qsl(query.lstrip("?"), keep_blank_values=False)
    return urlencode([pair for pair in pairs if pair[0] not in _NOT_KEPT])


def menu(*, user: User, page: ListName, query: str, has_columns: bool = True) -> Menu:
    """Return what the list offers beside itself; one query, and one for columns to choose."""
    opening = ListHabit.objects.filter(user=user, page=page.value, opens_with=OuterRef("pk"))
    found = SavedView.objects.visible_to(user).filter(page=page.value)
    views = list(found.annotate(opens=Exists(opening)))
    here = kept(query)
    return Menu(
        page=page,
        query=here,
        own=[view for view in views if view.user_id == user.pk],
        shared=[view for view in views if view.user_id != user.pk],
        current=next((view for view in views if view.query == here), None),
        columns=columns(user=user, page=page) if has_columns else (),
        opens_with=next((view for view in views if vars(view)["opens"]), None),
    )


def columns(*, user: User, page: ListName) -> tuple[str, ...]:
    """Return the columns that the person chose for the list, none for the usual ones."""
    habit = ListHabit.objects.filter(user=user, page=page.value).first()
    return tuple(habit.columns) if habit else ()


def get_own_view(*, user: User, pk: int) -> SavedView:
    """
    Return a saved view of the person's own.

    :raises SavedView.DoesNotExist: also when it is somebody else's.
    """
    return SavedView.objects.get(user=user, pk=pk)


def own_page(*, user: User) -> OwnPage:
    """Return what the person saved, what is shared with him, and which of them open a list."""
    views = list(
        SavedView.objects.visible_to(user)
        .select_related("user", "agency")
        .order_by("page", "name", "pk")
    )
    opened = ListHabit.objects.filter(user=user).exclude(opens_with=None)
    return {
        "own": [view for view in views if view.user_id == user.pk],
        "shared": [view for view in views if view.user_id != user.pk],
        "opened": set(opened.values_list("opens_with", flat=True)),
    }
