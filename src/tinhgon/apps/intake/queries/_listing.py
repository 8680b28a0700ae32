from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake.enums import BatchKind
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.intake.policies import RIGHTS

_A_PAGE = 50


def list_page(*, user: User, number: str) -> dict[str, Any]:
    """Return the context of the list of batches, the newest first."""
    rows = Batch.objects.visible_to(user).select_related("agency", "file", "created_by")
    rows = rows.annotate(written=Count("rows__result")).defer("unread", "heading", "headings")
    return {
        "page": Paginator(rows.order_by("-created_at", "-pk"), _A_PAGE).get_page(number),
        "may_sheet": bool(user.access.paths(RIGHTS[BatchKind.SHEET])),
        "may_decision": bool(user.access.paths(RIGHTS[BatchKind.DECISION])),
    }


def agencies_for(user: User, kind: BatchKind) -> list[Agency]:
    """Return the agencies for which the person may bring in files of a kind, his own first."""
    own = {position.agency_id for position in user.current_positions}
    return agencies.choosable(user.access.paths(RIGHTS[kind]), own=own)
