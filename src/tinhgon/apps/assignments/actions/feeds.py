from __future__ import annotations

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import FeedToken
from tinhgon.apps.assignments.queries import feeds
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.domain.access import Permission

_BYTES = 32


@transaction.atomic
def create_feed(*, agency: Agency | None, by: User, at: datetime) -> str:
    """
    Make a calendar feed of the person's own work, or of an agency's, and return its token.

    The token is told this once: only its SHA-256 is kept.

    :raises PermissionDenied: if `by` may not see the agency.
    """
    if agency is not None and not by.access.allows(Permission.SEE, agency.path or "/"):
        raise PermissionDenied
    token = secrets.token_urlsafe(_BYTES)
    feed = FeedToken.objects.create(
        user=by, agency=agency, digest=feeds.digest_of(token), created_at=at
    )
    audit.record("assignments.feed_created", feed, by=by, at=at, changes=[_whose(feed)])
    return token


@transaction.atomic
def revoke_feed(*, feed: FeedToken, by: User, at: datetime) -> None:
    """
    Close the feed for good; what is closed stays so.

    :raises PermissionDenied: if it is not the person's own.
    """
    if feed.user_id != by.pk:
        raise PermissionDenied
    if FeedToken.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=at):
        audit.record("assignments.feed_revoked", feed, by=by, at=at, changes=[_whose(feed)])


def _whose(feed: FeedToken) -> Change:
    return Change("Lịch của", "", str(feed.agency) if feed.agency else "việc của tôi")
