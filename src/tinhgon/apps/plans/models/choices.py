"""What was chosen among the measures of draft plans, so that it can be taken back."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.common.models import Versioned


class MeasureChoiceQuerySet(models.QuerySet["MeasureChoice"]):
    def visible_to(self, user: User) -> Self:
        """Choices made for agencies of the person's branch."""
        return self.filter(branch(user, "agency"))


class MeasureChoice(Versioned):
    """
    Lần chọn nội dung đơn giản hóa: draft plans were narrowed to the measures that somebody chose.

    `agency` is the one whose branch was looked at. `kept` counts the measures that stayed. What was
    taken out is kept whole in `removed`, one for each procedure: its plan and review, whether the
    procedure left the plan (`is_whole`), its measures and the texts that they were to change.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="choices")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kept = models.PositiveIntegerField()
    removed = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[MeasureChoice]] = models.Manager.from_queryset(
        MeasureChoiceQuerySet
    )()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="choice_undone_at_with_undone_by",
            )
        ]

    def __str__(self) -> str:
        return f"Chọn nội dung đơn giản hóa, {self.round}"

    @property
    def measures_removed(self) -> int:
        return sum(len(each["measures"]) for each in self.removed)
