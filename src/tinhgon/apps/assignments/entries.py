"""Duties as the search finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from tinhgon.apps.search.sources import Entry, Source

from .models import Assignment, Duty

DUTY = "duty"


def _refs() -> Iterable[tuple[int, date | None]]:
    rows = Duty.objects.order_by().values_list("pk", "issued_at")
    return ((pk, issued_at.date()) for pk, issued_at in rows)


def _entries(refs: Collection[int]) -> Iterator[Entry]:
    """A duty is seen by the branch of who gave it, and of each agency that it was given to."""
    paths: dict[int, list[str]] = defaultdict(list)
    given = Assignment.objects.filter(duty__in=refs).order_by()
    for ref, path in given.values_list("duty", "agency__path"):
        paths[ref].append(path or "")
    duties = Duty.objects.filter(pk__in=refs).select_related("issuer", "directive__document")
    for duty in duties:
        document = duty.directive.document
        yield Entry(
            ref=duty.pk,
            title=duty.summary,
            subtitle=f"{duty.issuer.name} giao · {document.title}",
            note="Đã thu hồi" if duty.withdrawn_at else "",
            body=f"{duty.text} {duty.note}",
            url=duty.get_absolute_url(),
            paths=[duty.issuer.path or "", *paths[duty.pk]],
            agency=duty.issuer.pk,
            rank_on=duty.issued_at.date(),
            weight=-1 if duty.withdrawn_at else 0,
        )


SOURCES = [Source(DUTY, "Nhiệm vụ", "task", 40, _refs, _entries)]
