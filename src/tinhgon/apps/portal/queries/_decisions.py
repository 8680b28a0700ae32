"""Decisions as everybody may read them: signed ones only, with what they do."""

from __future__ import annotations

from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count

from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.paging import CountedPaginator

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
    keys = signed.order_by("-issued_on", "-pk").values_list("pk", flat=True)
    page = CountedPaginator(keys, PAGE_SIZE, counted=signed.count()).get_page(number)
    shown = list(page.object_list)
    found = Decision.objects.select_related("document", "issuer").defer("document__text")
    rows = found.in_bulk(shown)
    lines = DecisionLine.objects.filter(decision__in=shown).order_by()
    counts = dict(lines.values_list("decision").annotate(number=Count("pk")))
    for pk, decision in rows.items():
        decision.line_count = counts.get(pk, 0)  # type: ignore[attr-defined]
    page.object_list = [rows[pk] for pk in shown]
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
