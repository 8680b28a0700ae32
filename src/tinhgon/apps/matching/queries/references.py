"""The lists that inventories are compared with."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from tinhgon.apps.matching.models import ReferenceItem, ReferenceList

_SIZE = 100
_MOST_NAMED = 1_000


def references() -> QuerySet[ReferenceList]:
    """Return all lists, the newest first, each with its `size`: published ones, for everybody."""
    return ReferenceList.objects.annotate(size=Count("items")).select_related("created_by")


def items_page(reference: ReferenceList, number: str) -> Page[ReferenceItem]:
    """Return a page of the items of a list, in its order; the first or last for a wrong number."""
    return Paginator(reference.items.all(), _SIZE).get_page(number)


def items_named(*, reference: ReferenceList, keys: Iterable[int]) -> list[ReferenceItem]:
    """Return the items with these keys that the list has, in its order."""
    wanted = list(keys)[:_MOST_NAMED]
    return list(reference.items.filter(pk__in=wanted).select_related("reference"))
