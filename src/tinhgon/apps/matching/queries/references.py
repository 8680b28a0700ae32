"""The lists that inventories are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from tinhgon.apps.matching.models import ReferenceItem, ReferenceList

_SIZE = 100
_MOST_NAMED = 1_000


class ReferencePage(TypedDict):
    reference: ReferenceList
    page: Page[ReferenceItem]


def references() -> QuerySet[ReferenceList]:
    """Return all lists, the newest first, each with its `size`: published ones, for everybody."""
    return ReferenceList.objects.annotate(size=Count("items")).select_related("created_by")


def reference_page(*, pk: int, number: str) -> ReferencePage:
    """
    Return one list with a page of its items.

    :raises ReferenceList.DoesNotExist: if there is none.
    """
    reference = references().get(pk=pk)
    return {
        "reference": reference,
        "page": Paginator(reference.items.all(), _SIZE).get_page(number),
    }


def items_named(*, reference: ReferenceList, keys: Iterable[int]) -> list[ReferenceItem]:
    """Return the items with these keys that the list has, in its order."""
    wanted = list(keys)[:_MOST_NAMED]
    return list(reference.items.filter(pk__in=wanted).select_related("reference"))
