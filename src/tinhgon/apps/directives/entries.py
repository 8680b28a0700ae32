"""Letters as the search finds them: by heading, number and symbol, and by the text of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from tinhgon.apps.search.sources import Entry, Source

from .enums import DIRECTIVE_STATUS_CHOICES, DirectiveStatus
from .models import Directive, Recipient

DIRECTIVE = "directive"
_LABELS = dict(DIRECTIVE_STATUS_CHOICES)


def _refs() -> Iterable[tuple[int, date | None]]:
    rows = Directive.objects.order_by().values_list("pk", "created_at")
    return ((pk, created_at.date()) for pk, created_at in rows)


def _entries(refs: Collection[int]) -> Iterator[Entry]:
    """A letter is seen by the branch of its issuer, and of each agency that it gave work to."""
    paths: dict[int, list[str]] = defaultdict(list)
    addressed = Recipient.objects.filter(directive__in=refs)
    for ref, path in addressed.values_list("directive", "agency__path"):
        paths[ref].append(path or "")
    for directive in Directive.objects.filter(pk__in=refs).select_related("document", "issuer"):
        document, status = directive.document, DirectiveStatus(directive.status)
        yield Entry(
            ref=directive.pk,
            title=document.subject or document.title,
            subtitle=" · ".join(filter(None, (document.title, document.agency_name))),
            note="" if status is DirectiveStatus.ISSUED else _LABELS[status],
            codes=(document.code,),
            body=document.text,
            url=directive.get_absolute_url(),
            paths=[directive.issuer.path or "", *paths[directive.pk]],
            rank_on=document.issued_on or directive.created_at.date(),
            weight=-1 if status is DirectiveStatus.DISCARDED else 0,
        )


SOURCES = [Source(DIRECTIVE, "Văn bản chỉ đạo", "letter", 30, _refs, _entries)]
