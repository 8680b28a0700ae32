"""Decisions as the search finds them: by heading, number, text, and what they publish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.urls import reverse

from tinhgon.apps.search.sources import Entry, Source

from .enums import STATUS_LABELS, DecisionStatus
from .models import Decision, DecisionLine

DECISION = "decision"
_PUBLIC_PAGE = "portal:decision"  # of an app above this one, hence by its name


def _refs() -> Iterable[tuple[int, date | None]]:
    rows = Decision.objects.order_by().values_list("pk", "effective_on", "created_at")
    return ((pk, effective_on or created_at.date()) for pk, effective_on, created_at in rows)


def _entries(refs: Collection[int]) -> Iterator[Entry]:
    """A signed decision everybody may read; a draft is seen by the branch that drafts it."""
    names: dict[int, list[str]] = defaultdict(list)
    lines = DecisionLine.objects.filter(decision__in=refs).order_by("pk")
    for ref, name in lines.values_list("decision", "printed_name"):
        names[ref].append(name)
    decisions = Decision.objects.filter(pk__in=refs).select_related("document", "drafter")
    for decision in decisions:
        document, status = decision.document, DecisionStatus(decision.status)
        is_signed = status is DecisionStatus.SIGNED
        yield Entry(
            ref=decision.pk,
            title=document.subject or document.title,
            subtitle=" · ".join(filter(None, (document.title, document.agency_name))),
            note="" if is_signed else STATUS_LABELS[status],
            codes=(document.code,) if document.number else (),
            body="\n".join([*names[decision.pk], document.text]),
            url=decision.get_absolute_url(),
            public_url=reverse(_PUBLIC_PAGE, args=[decision.pk]) if is_signed else "",
            paths=[decision.drafter.path or ""],
            for_all=is_signed,
            rank_on=document.issued_on or decision.created_at.date(),
        )


SOURCES = [Source(DECISION, "Quyết định công bố", "file", 20, _refs, _entries)]
