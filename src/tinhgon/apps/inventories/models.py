from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.procedures.models import Procedure, branch
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.common.models import Versioned
from tinhgon.domain.procedures import REPLIED

from .enums import STATE_KINDS, STATUS_CHOICES, ReplyStatus


class InventoryQuerySet(models.QuerySet["Inventory"]):
    def visible_to(self, user: User) -> Self:
        """Inventories run on the person's branch, and those that asked an agency of it."""
        asked = InventoryReply.objects.filter(branch(user, "agency")).values("inventory")
        return self.filter(branch(user, "agency") | Q(pk__in=asked))


class Inventory(Versioned):
    """
    Đợt thống kê bổ sung: a programme asks agencies once more what they missed ("thống kê còn sót").

    `agency` asks; `due_on` is the last day that is in time. `duty` is the work that wants it: a
    reply that is accepted closes the share of that agency.
    """

    name = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="inventories"
    )
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duty = models.ForeignKey(
        Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="inventories"
    )
    basis = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Inventory]] = models.Manager.from_queryset(InventoryQuerySet)()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")), name="inventory_due_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("inventories:detail", args=[self.pk])


class InventoryReply(Versioned):
    """Trả lời thống kê bổ sung: what one agency that was asked says it missed, or nothing."""

    inventory = models.ForeignKey(Inventory, on_delete=models.CASCADE, related_name="replies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=STATUS_CHOICES, default=ReplyStatus.ASKED.value
    )
    note = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why the Office returned it
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["agency__order", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["inventory", "agency"], name="agency_asked_once_an_inventory"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="reply_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=ReplyStatus.ASKED.value)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="reply_says_who_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.inventory}"

    def get_absolute_url(self) -> str:
        return reverse("inventories:reply", args=[self.pk])

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[ReplyStatus(self.status)]

    def is_late_on(self, day: date) -> bool:
        """Return whether it came, or still has not come, after the last day."""
        if ReplyStatus(self.status) in REPLIED and self.answered_at is not None:
            return self.answered_at.date() > self.inventory.due_on
        return day > self.inventory.due_on


class FoundProcedure(models.Model):
    """Thủ tục thống kê bổ sung: a procedure that an agency named in its reply."""

    reply = models.ForeignKey(InventoryReply, on_delete=models.CASCADE, related_name="found")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "procedure"], name="found_once_a_reply")
        ]

    def __str__(self) -> str:
        return f"{self.reply}: {self.procedure}"
