from __future__ import annotations

from tinhgon.apps.accounts.models import User

from .models import Notice


def unread_count(*, user: User) -> int:
    """Return how many notices the person has not read, for the bell."""
    return Notice.objects.filter(user=user, read_at=None).count()
