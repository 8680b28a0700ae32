"""Decisions as everybody may read them: signed ones only, with what they do."""

from __future__ import annotations

from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count

from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine

PAGE_SIZE = 50
LINES_A_PAGE = 200


class DecisionsPage(TypedDict):
    page: Page[Any]


class DecisionPage(TypedDict):
    decision: Decision
    page: Page[Any]
    counts: list[tuple[str, int]]


def get_signed_decision(*, pk: int) -> Decision:
    """
    Return a signed decision.

    :raises Decision.DoesNotExist: also when it exists but is not signed.
    """
    signed = Decision.objects.filter(status=DecisionStatus.SIGNED)
    return signed.select_related("document__file", "issuer").get(pk=pk)


def decisions_page(*, number: str) -> DecisionsPage:
    """Return the signed decisions, the newest first."""
    signed = Decision.objects.filter(status=DecisionStatus.SIGNED)
    found = signed.select_related("document", "issuer").order_by("-document__issued_on", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(number)
    shown = list(page)
    lines = DecisionLine.objects.filter(decision__in=shown).order_by()
    counts = dict(lines.values_list("decision").annotate(number=Count("pk")))
    for decision in shown:
        decision.line_count = counts.get(decision.pk, 0)  # type: ignore[attr-defined]
    page.object_list = shown
    return {"page": page}


def decision_page(*, pk: int, number: str) -> DecisionPage:
    """
    Return a signed decision with its lines.

    :raises Decision.DoesNotExist: also when it exists but is not signed.
    """
    decision = get_signed_decision(pk=pk)
    lines = decision.lines.select_related("procedure", "version").defer(
        "version__content", "version__folded"
    )
    counted = dict(decision.lines.order_by().values_list("action").annotate(number=Count("pk")))
    labels = dict(DecisionLine._meta.get_field("action").flatchoices)
    return {
        "decision": decision,
        "page": Paginator(lines, LINES_A_PAGE).get_page(number),
        "counts": [(labels[each], counted[each]) for each in labels if each in counted],
    }
