from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import queries
from tinhgon.apps.publications.models import Decision


def decision_or_404(request: UserRequest, pk: int) -> Decision:
    try:
        return queries.get_visible_decision(user=request.user, pk=pk)
    except Decision.DoesNotExist:
        raise Http404 from None
