"""Plans: what an agency proposes for its procedures in a review round."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans.enums import STATE_KINDS, STATUS_CHOICES, STATUS_LABELS, PlanStatus
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.common.models import Versioned
from tinhgon.domain.simplification import DECIDED

# Plain values: members of an enum would be written into migrations with their module.
_NOT_CONFIRMED = [PlanStatus.DRAFT.value, PlanStatus.RETURNED.value, PlanStatus.WITHDRAWN.value]
_DECIDED = sorted(status.value for status in DECIDED)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> Self:
        """Plans of the person's branch, and those of a round that is run on it."""
        return self.filter(branch(user, "agency") | branch(user, "round__agency"))


class Plan(Versioned):
    """
    Phương án đơn giản hóa: what an agency proposes for its procedures in a review round.

    `number` tells the plans of one agency in one round apart (2: a supplementary one). `version`
    counts every change of the plan and of anything in it, so that nobody confirms, assesses or
    decides what he has not seen. `reason` says why it was returned or withdrawn. `submission` is
    the tờ trình.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="plans")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=16, choices=STATUS_CHOICES, default=PlanStatus.DRAFT.value)
    reason = models.TextField(blank=True)
    submission = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_imported = models.BooleanField(default=False)  # approved before it was entered here
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)  # the day of the decision

    objects: ClassVar[models.Manager[Plan]] = models.Manager.from_queryset(PlanQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency", "number"], name="plan_number_once_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="plan_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_NOT_CONFIRMED)
                | Q(is_imported=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_plan_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_DECIDED) | Q(decided_on__isnull=False),
                name="decided_plan_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status", "agency"], name="plan_round_status"),
            models.Index(fields=["agency", "status"], name="plan_agency_status"),
        ]

    def __str__(self) -> str:
        extra = f" (bổ sung {self.number - 1})" if self.number > 1 else ""
        return f"Phương án của {self.agency.name}{extra}, {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("plans:detail", args=[self.pk])

    @property
    def status_words(self) -> str:
        return STATUS_LABELS[PlanStatus(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[PlanStatus(self.status)]
