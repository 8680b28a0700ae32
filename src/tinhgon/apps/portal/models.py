from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import Procedure, branch
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.suggesting import SHOWN

from .enums import STATE_KINDS, STATUS_CHOICES, Status


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def shown(self) -> Self:
        """What the public may read."""
        return self.filter(status__in=[status.value for status in SHOWN])

    def visible_to(self, user: User) -> Self:
        """Suggestions on procedures of the branches that the person's Office controls."""
        return self.filter(branch(user, "procedure__agency", Permission.CHECK_PROCEDURE))


class Suggestion(Versioned):
    """
    Góp ý: what somebody who did not sign in says of a procedure, or of one step of it.

    `step` is the number of the step in the version `version_number`, which he read. Of his address
    only a digest is kept, salted anew each day, to count what it sent on that day. `answer` is
    public once the suggestion is answered; `reason` (why it is not shown) never is, nor the e-mail.
    `answer_mailed_at` is when this answer went to the e-mail, empty where it still has to.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="suggestions")
    version_number = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(max_length=2_000)
    sender_name = models.CharField(max_length=100, blank=True)
    sender_email = models.EmailField(blank=True)
    address_digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=STATUS_CHOICES, default=Status.NEW.value)
    answer = models.TextField(blank=True)
    answer_mailed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[Suggestion]] = models.Manager.from_queryset(
        SuggestionQuerySet
    )()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "sent_at"]),
            models.Index(fields=["address_digest"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="suggestion_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.NEW.value) | Q(decided_at__isnull=False),
                name="suggestion_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Góp ý số {self.pk} về thủ tục {self.procedure.local_code}"

    def get_absolute_url(self) -> str:
        return reverse("suggestions:detail", args=[self.pk])

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[Status(self.status)]
