from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.apps.publications.models import Decision


def get_visible_decision(*, user: User, pk: int) -> Decision:
    """
    Return the decision, if the person may see it.

    :raises Decision.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Decision.objects.visible_to(user)
        .select_related("document", "submission", "issuer", "drafter", "created_by")
        .get(pk=pk)
    )
