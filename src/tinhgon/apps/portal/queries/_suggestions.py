"""What the public suggested: for the Office, and how much of it there is."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.portal.enums import STATUS_LABELS, Status
from tinhgon.apps.portal.models import Suggestion
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED
from tinhgon.domain.vntext import format_date

PAGE_SIZE = 50
SLUGS = {
    "moi": Status.NEW,
    "da-dang": Status.SHOWN,
    "da-tra-loi": Status.ANSWERED,
    "khong-dang": Status.DECLINED,
}


class SuggestionsPage(TypedDict):
    page: Page[Any]
    tabs: list[dict[str, Any]]


class SuggestionPage(TypedDict):
    suggestion: Suggestion
    version: ProcedureVersion
    events: list[Event]


def count_sent(digest: str) -> int:
    """Return how many came from an address on the day that the digest was made for."""
    return Suggestion.objects.filter(address_digest=digest).count()


def count_waiting(day: date) -> int:
    """Return how many of that day nobody has looked at."""
    return Suggestion.objects.filter(status=Status.NEW, sent_at__date=day).count()


def suggestions_page(*, user: User, asked: str, number: str) -> SuggestionsPage:
    """Return the suggestions in one state, the oldest new ones first, else the newest."""
    seen = Suggestion.objects.visible_to(user)
    counts = dict(seen.order_by().values_list("status").annotate(number=Count("pk")))
    status = SLUGS.get(asked, Status.NEW)
    found = seen.filter(status=status).select_related("procedure__agency")
    order = ["sent_at", "pk"] if status is Status.NEW else ["-sent_at", "-pk"]
    page = Paginator(found.order_by(*order), PAGE_SIZE).get_page(number)
    _name(list(page))
    return {
        "page": page,
        "tabs": [
            {
                "label": STATUS_LABELS[each],
                "url": f"?trang-thai={slug}",
                "count": counts.get(each.value, 0),
                "current": each is status,
            }
            for slug, each in SLUGS.items()
        ],
    }


def get_visible_suggestion(*, user: User, pk: int) -> Suggestion:
    """
    Return the suggestion, if the person decides on it.

    :raises Suggestion.DoesNotExist: also when it exists but is hidden from the person.
    """
    seen = Suggestion.objects.visible_to(user)
    return seen.select_related("procedure__agency", "decided_by").get(pk=pk)


def suggestion_page(*, suggestion: Suggestion) -> SuggestionPage:
    """Return what the page of one suggestion shows around it."""
    version = ProcedureVersion.objects.get(
        procedure=suggestion.procedure, number=suggestion.version_number
    )
    return {
        "suggestion": suggestion,
        "version": version,
        "events": audit.history_of(suggestion, most=PAGE_SIZE),
    }


def _name(suggestions: list[Suggestion]) -> None:
    """Give each the name of the procedure that it is about, as it is published now."""
    procedures = {each.procedure_id for each in suggestions}
    rows = ProcedureVersion.objects.filter(procedure__in=procedures, status__in=PUBLISHED)
    names = dict(rows.order_by("number").values_list("procedure", "name"))
    for each in suggestions:
        each.procedure_name = names.get(each.procedure_id, "")  # type: ignore[attr-defined]


def answers_to_mail() -> QuerySet[Suggestion]:
    """Return the answered suggestions whose sender left an e-mail and has not got the answer."""
    answered = Suggestion.objects.filter(status=Status.ANSWERED.value, answer_mailed_at=None)
    return answered.exclude(sender_email="")


def answer_letter(suggestion: Suggestion) -> dict[str, str]:
    """Return what the letter with the answer says; of what was sent it repeats nothing."""
    versions = suggestion.procedure.versions.filter(number=suggestion.version_number)
    page = reverse("portal:procedure", args=[suggestion.procedure_id])
    return {
        "name": suggestion.sender_name,
        "procedure": versions.values_list("name", flat=True).get(),
        "sent_on": format_date(timezone.localtime(suggestion.sent_at).date()),
        "answer": suggestion.answer,
        "agency": suggestion.procedure.agency.name,
        "url": f"{settings.SITE_URL}{page}",
    }
