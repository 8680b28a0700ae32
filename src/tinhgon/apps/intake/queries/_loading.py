from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.apps.intake.models import Batch, BatchRow


def get_visible_batch(*, user: User, pk: int) -> Batch:
    """
    Return the batch, if the person may see it.

    :raises Batch.DoesNotExist: also when it exists but is hidden from the person.
    """
    rows = Batch.objects.visible_to(user)
    return rows.select_related("agency", "file", "created_by", "decision__document").get(pk=pk)


def get_visible_row(*, user: User, pk: int, row: int) -> BatchRow:
    """
    Return a row of a batch by its key, if the person may see it.

    :raises BatchRow.DoesNotExist: also when it exists but is hidden from the person.
    """
    batches = Batch.objects.visible_to(user).filter(pk=pk)
    return BatchRow.objects.select_related(
        "batch__agency",
        "batch__file",
        "agency",
        "target__agency",
        "base__procedure__agency",
        "ends",
        "abolishes__decision__document",
    ).get(pk=row, batch__in=batches)
