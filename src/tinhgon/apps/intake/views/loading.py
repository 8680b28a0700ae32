from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.intake import queries
from tinhgon.apps.intake.models import Batch, BatchRow


def batch_or_404(request: UserRequest, pk: int) -> Batch:
    try:
        return queries.get_visible_batch(user=request.user, pk=pk)
    except Batch.DoesNotExist:
        raise Http404 from None


def row_or_404(request: UserRequest, pk: int, row: int) -> BatchRow:
    try:
        return queries.get_visible_row(user=request.user, pk=pk, row=row)
    except BatchRow.DoesNotExist:
        raise Http404 from None
