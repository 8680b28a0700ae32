"""Which agency has which code in the exchange on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.models import OrganId
from tinhgon.domain.exchange import ORGAN_ID
from tinhgon.domain.vntext import fold

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose code it is; `is_current`: on the day that was asked for."""

    agency: Agency
    is_current: bool


class OrgansPage(TypedDict):
    page: Page[OrganId]
    words: str
    ended: bool
    missing: int
    can_manage: bool


def codes_on(day: date, agencies: Iterable[Agency]) -> dict[int, str]:
    """
    Return the codes that agencies have on `day`, by the key of the agency; none where none is kept.

    Where the list of codes has nothing of an agency, its national identifier counts, if it has the
    form of a code.
    """
    asked = {agency.pk: agency for agency in agencies}
    rows = OrganId.objects.filter(agency__in=asked).order_by("started_on")
    known: dict[int, str] = {}
    listed = set()
    for row in rows:
        listed.add(row.agency_id)
        if row.started_on <= day and (row.ended_on is None or day < row.ended_on):
            known[row.agency_id] = row.code
    for pk, agency in asked.items():
        if pk not in listed and ORGAN_ID.fullmatch(agency.national_id or ""):
            known[pk] = agency.national_id or ""
    return known


def owners_of(codes: Iterable[str], *, on: date) -> dict[str, Owner]:
    """Return whose the codes are or were; those that belong to no agency of ours are absent."""
    asked = set(codes)
    found: dict[str, Owner] = {}
    rows = OrganId.objects.filter(code__in=asked).select_related("agency").order_by("started_on")
    for row in rows:
        is_current = (
            row.started_on <= on
            and (row.ended_on is None or on < row.ended_on)
            and row.agency.exists_on(on)
        )
        found[row.code] = Owner(row.agency, is_current)
    by_nation = Agency.objects.filter(national_id__in=asked - set(found), organ_ids=None)
    for agency in by_nation:
        found[agency.national_id or ""] = Owner(agency, agency.exists_on(on))
    return found


def any_kept() -> bool:
    """Return whether codes are kept at all: where none is, no receiver can be judged by one."""
    return OrganId.objects.exists() or Agency.objects.exclude(national_id=None).exists()


def organs_page(*, user: User, words: str, ended: bool, number: str, today: date) -> OrgansPage:
    """Return one page of the codes of the agencies that the person may see."""
    visible = Agency.objects.visible_to(user)
    rows = OrganId.objects.filter(agency__in=visible).select_related("agency")
    for word in words.split():
        rows = rows.filter(Q(agency__folded_name__contains=fold(word)) | Q(code__icontains=word))
    if not ended:
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=today))
    without = visible.existing_on(today).filter(organ_ids=None, national_id=None)
    return {
        "page": Paginator(rows, PAGE_SIZE).get_page(number),
        "words": words,
        "ended": ended,
        "missing": without.count(),
        "can_manage": policies.can_manage_organs(user),
    }
