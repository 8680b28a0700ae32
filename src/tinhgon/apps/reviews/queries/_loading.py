from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reviews.models import Evidence, Review, ReviewRound


def get_visible_round(*, user: User, pk: int) -> ReviewRound:
    """
    Return the round, if the person may see it.

    :raises ReviewRound.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = ReviewRound.objects.visible_to(user)
    return found.select_related("agency", "round__programme", "questionnaire").get(pk=pk)


def get_visible_review(*, user: User, pk: int) -> Review:
    """
    Return the review, if the person may see it.

    :raises Review.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Review.objects.visible_to(user)
        .select_related(
            "round__round__programme",
            "round__questionnaire",
            "round__agency",
            "procedure__agency",
            "procedure_version",
            "agency",
            "reviewer",
            "merge_into",
            "answered_by",
            "confirmed_by",
            "checked_by",
        )
        .get(pk=pk)
    )


def get_visible_evidence(*, user: User, pk: int) -> Evidence:
    """
    Return a file of a review that the person may see.

    :raises Evidence.DoesNotExist: also when it exists but is hidden from the person.
    """
    seen = Review.objects.visible_to(user).values("pk")
    return Evidence.objects.filter(review__in=seen).select_related("review", "file").get(pk=pk)
