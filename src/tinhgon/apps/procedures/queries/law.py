"""The index of cited law: which document, which procedures, whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.models import LegalCitation, LegalDocument, ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED
from tinhgon.domain.vntext import fold

PAGE_SIZE = 50
_SOON_DAYS = 60


class LawFilter(StrEnum):
    ALL = ""
    ENDED = "het-hieu-luc"
    ENDING = "sap-het"
    CHANGED = "sua-doi"


FILTER_WORDS = {
    LawFilter.ALL: "Tất cả văn bản",
    LawFilter.ENDED: "Đã hết hiệu lực, còn thủ tục viện dẫn",
    LawFilter.ENDING: "Hết hiệu lực trong 60 ngày tới",
    LawFilter.CHANGED: "Đã được sửa đổi, bổ sung",
}


class LawListPage(TypedDict):
    page: Page[Any]  # of LegalDocument with `citing`, the number of procedures in force
    words: str
    shown: LawFilter
    filters: list[tuple[str, str]]
    alerts: int  # ended documents that procedures in force still cite


@dataclass(frozen=True, slots=True)
class Citing:
    """A version that cites the document, with the places in it."""

    version: ProcedureVersion
    places: str
    is_in_force: bool


class LawPage(TypedDict):
    document: LegalDocument
    holds: bool
    citing: list[Citing]
    in_force_count: int
    agency_count: int
    can_note: bool
    can_assign: bool


def get_law(*, pk: int) -> LegalDocument:
    """
    Return the cited document; the law is open to everybody signed in.

    :raises LegalDocument.DoesNotExist: if there is none.
    """
    return LegalDocument.objects.get(pk=pk)


def law_list(*, words: str, shown: str, number: str, today: date) -> LawListPage:
    """Return one page of the cited documents with how many procedures in force cite each."""
    which = LawFilter(shown) if shown in set(LawFilter) else LawFilter.ALL
    found = _filtered(LegalDocument.objects.all(), which, today)
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    live = _in_force("citations__version__", today)
    counted = found.annotate(citing=Count("citations__version", filter=live, distinct=True))
    return {
        "page": Paginator(counted.order_by("-citing", "title", "pk"), PAGE_SIZE).get_page(number),
        "words": words,
        "shown": which,
        "filters": [(each.value, FILTER_WORDS[each]) for each in LawFilter],
        "alerts": _alerts(today),
    }


def law_page(*, user: User, document: LegalDocument, today: date) -> LawPage:
    """Return everything the page of one cited document shows."""
    citing = _citing(user, document, today)
    live = [each for each in citing if each.is_in_force]
    return {
        "document": document,
        "holds": document.holds_on(today),
        "citing": citing,
        "in_force_count": len(live),
        "agency_count": len({each.version.procedure.agency_id for each in citing}),
        "can_note": policies.can_note_law(user),
        "can_assign": bool(citing) and policies.can_assign_from_law(user),
    }


def holders(document: LegalDocument, *, on: date) -> list[tuple[Agency, list[str]]]:
    """
    Return the agencies whose procedures in force or under way cite the document, with the names.
    """
    versions = (
        ProcedureVersion.objects.filter(citations__document=document)
        .filter(_in_force("", on) | Q(status__in=UNPUBLISHED))
        .select_related("procedure__agency")
        .defer("content")
        .order_by("procedure__agency__order", "procedure__agency__name", "sort_name")
        .distinct()
    )
    found: dict[int, tuple[Agency, list[str]]] = {}
    for version in versions:
        agency = version.procedure.agency
        names = found.setdefault(agency.pk, (agency, []))[1]
        if version.name not in names:
            names.append(version.name)
    return list(found.values())


def _in_force(prefix: str, day: date) -> Q:
    return Q(
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day}),
        **{f"{prefix}valid_from__lte": day, f"{prefix}status__in": PUBLISHED},
    )


def _filtered(
    found: QuerySet[LegalDocument], which: LawFilter, today: date
) -> QuerySet[LegalDocument]:
    match which:
        case LawFilter.ENDED:
            return found.filter(ended_on__lte=today, pk__in=_cited_in_force(today))
        case LawFilter.ENDING:
            last = date.fromordinal(today.toordinal() + _SOON_DAYS)
            return found.filter(ended_on__gt=today, ended_on__lte=last)
        case LawFilter.CHANGED:
            return found.exclude(changed_on=None)
        case LawFilter.ALL:
            return found


def _alerts(today: date) -> int:
    return _filtered(LegalDocument.objects.all(), LawFilter.ENDED, today).count()


def _cited_in_force(day: date) -> QuerySet[LegalCitation, Any]:
    return LegalCitation.objects.filter(_in_force("version__", day)).values("document")


def _citing(user: User, document: LegalDocument, today: date) -> list[Citing]:
    visible = ProcedureVersion.objects.visible_to(user).filter(
        _in_force("", today) | Q(status__in=UNPUBLISHED)
    )
    rows = (
        LegalCitation.objects.filter(document=document, version__in=visible)
        .select_related("version__procedure__agency")
        .defer("version__content")
        .order_by(F("version__valid_from").desc(nulls_last=True), "version__sort_name", "order")
    )
    places: dict[int, list[str]] = {}
    versions: dict[int, ProcedureVersion] = {}
    for row in rows:
        versions[row.version_id] = row.version
        places.setdefault(row.version_id, []).append(_place(row))
    return [
        Citing(version, "; ".join(filter(None, places[pk])), version.holds_on(today))
        for pk, version in versions.items()
    ]


def _place(row: LegalCitation) -> str:
    parts: Sequence[tuple[str, str]] = (
        ("điểm", row.point),
        ("khoản", row.clause),
        ("Điều", row.article),
    )
    return " ".join(f"{name} {value}" for name, value in parts if value)
