"""Calendar feeds: whose they are, and what stands in them."""

from __future__ import annotations

import hashlib
import hmac
from typing import TypedDict

from django.db.models import QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.models import Assignment, FeedToken
from tinhgon.domain.access import Permission

from . import filters
from .lines import RELATED


class FeedsPage(TypedDict):
    feeds: list[FeedToken]
    agencies: list[Agency]
    own: list[Agency]


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def feeds_page(*, user: User) -> FeedsPage:
    """Return the person's own feeds that work, and what a new one may be of."""
    return {
        "feeds": list(
            FeedToken.objects.filter(user=user, revoked_at=None)
            .select_related("agency")
            .order_by("created_at", "pk")
        ),
        "agencies": agencies_to_follow(user),
        "own": policies.own_agencies(user),
    }


def agencies_to_follow(user: User) -> list[Agency]:
    """Return the agencies whose deadlines the person may follow: all that he may see."""
    return list(
        Agency.objects.within(user.access.paths(Permission.SEE)).order_by("level", "order", "name")
    )


def get_own_feed(*, user: User, pk: int) -> FeedToken:
    """
    Return a feed of the person's own.

    :raises FeedToken.DoesNotExist: if it is somebody else's or is none.
    """
    return FeedToken.objects.get(user=user, pk=pk)


def feed_for(token: str) -> FeedToken:
    """
    Return the feed that the token opens.

    :raises FeedToken.DoesNotExist: if it opens none, was revoked, or its owner has left or may not
        see the agency any more.
    """
    digest = digest_of(token)
    feed = FeedToken.objects.select_related("user", "agency").get(
        digest=digest, revoked_at=None, user__is_active=True
    )
    seen = feed.agency is None or feed.user.access.allows(Permission.SEE, feed.agency.path or "/")
    if not hmac.compare_digest(feed.digest, digest) or not seen:
        raise FeedToken.DoesNotExist
    return feed


def deadlines_of(feed: FeedToken) -> QuerySet[Assignment]:
    """Return the unanswered work with a day, of the one agency or of the person's own."""
    agencies = [feed.agency] if feed.agency else policies.own_agencies(feed.user)
    return (
        Assignment.objects.filter(
            filters.AT_WORK,
            agency__in=[agency.pk for agency in agencies],
            due_on__isnull=False,
        )
        .select_related(*RELATED)
        .order_by("due_on", "pk")
    )
