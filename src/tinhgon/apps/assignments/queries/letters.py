"""The letters that lists, board and timeline of assignments are narrowed to."""

from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.directives.enums import DirectiveStatus
from tinhgon.apps.directives.models import Directive

_MOST = 100
# The letter itself, which no list shows.
_WHOLE = ("letter_html", "unread", "document__text", "document__folded")


def issued_letters(user: User, moment: Moment | None = None) -> list[Directive]:
    """Return the letters that a person may choose from, newest first; those issued by a day."""
    unissued = [DirectiveStatus.DRAFT.value, DirectiveStatus.DISCARDED.value]
    found = Directive.objects.visible_to(user).exclude(status__in=unissued)
    if moment and moment.is_past:
        found = found.filter(issued_at__lt=moment.night)
    found = found.select_related("document", "issuer").defer(*_WHOLE)
    return list(found.order_by("-issued_at", "-pk")[:_MOST])
