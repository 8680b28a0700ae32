"""The legal texts that a plan changes, and what was sent about them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans.enums import (
    LEGAL_CHANGE_CHOICES,
    LEGAL_CHANGE_KINDS,
    LEGAL_CHANGE_LABELS,
    LegalChangeStatus,
)
from tinhgon.apps.procedures.models import branch
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.simplification import GRANTED

# Plain values: members of an enum would be written into migrations with their module.
_GRANTED = sorted(verdict.value for verdict in GRANTED)
UNDER_WAY = [
    LegalChangeStatus.PLANNED.value,
    LegalChangeStatus.DRAFTED.value,
    LegalChangeStatus.SUBMITTED.value,
]
_SIGNED = [LegalChangeStatus.ISSUED.value, LegalChangeStatus.IN_FORCE.value]

_NEEDED = Q(measure=None) | Q(measure__granted_by__isnull=False)


def open_on(day: date) -> Q:
    """Return the condition that a text is not law yet on `day`, even where it is by now."""
    later = Q(status__in=_SIGNED, in_force_on__gt=day)
    return Q(status__in=UNDER_WAY) | later


class LegalChangeQuerySet(models.QuerySet["LegalChange"]):
    def visible_to(self, user: User) -> Self:
        """
        Texts of the plans that the person sees, and those that his own branch is to change: these
        only once they are approved, until then the plan is its agency's alone.
        """
        plans = branch(user, "item__plan__agency") | branch(user, "item__plan__round__agency")
        own = branch(user, "agency") & _NEEDED & Q(item__verdict__in=_GRANTED)
        return self.filter(plans | own)

    def moved_by(self, user: User) -> Self:
        """Texts that are the person's own work, in the agency named or in that of the plan."""
        right = Permission.ANSWER
        return self.filter(
            branch(user, "agency", right) | branch(user, "item__plan__agency", right)
        )

    def needed(self) -> Self:
        """Texts that measures need, but for measures that were not approved."""
        return self.filter(_NEEDED)

    def to_carry_out(self) -> Self:
        """Texts that approved measures need; a measure that was not approved needs none."""
        return self.needed().filter(item__verdict__in=_GRANTED)

    def open_on(self, day: date) -> Self:
        """Texts that are not law yet on `day`, even where they are by now."""
        return self.filter(open_on(day))

    def late_on(self, day: date) -> Self:
        return self.open_on(day).filter(due_on__lt=day)


class LegalChange(Versioned):
    """
    Văn bản phải sửa đổi, bãi bỏ: one legal text that must change before a measure is carried out.

    `text` names the document, `provision` the place in it, `work` what is to be done. `measure`
    empty: all measures on the procedure need it. `draft` is the newest draft of the new text,
    `document` the one that was issued, in force from `in_force_on`. `folded` is for search.
    """

    item = models.ForeignKey("PlanItem", on_delete=models.CASCADE, related_name="legal_changes")
    measure = models.ForeignKey(
        "Measure", null=True, blank=True, on_delete=models.CASCADE, related_name="legal_changes"
    )
    text = models.CharField(max_length=500)
    provision = models.CharField(max_length=300, blank=True)
    folded = models.TextField(blank=True)
    work = models.CharField(max_length=500, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=LEGAL_CHANGE_CHOICES, default=LegalChangeStatus.PLANNED.value
    )
    reason = models.TextField(blank=True)  # why it is no longer needed
    draft = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_changes"
    )
    in_force_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[LegalChange]] = models.Manager.from_queryset(
        LegalChangeQuerySet
    )()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in LEGAL_CHANGE_CHOICES]),
                name="legal_change_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["issued", "in_force"])
                | Q(document__isnull=False, in_force_on__isnull=False),
                name="issued_change_has_its_document",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""),
                name="dropped_change_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="legal_change_due"),
            models.Index(
                fields=["item", "status", "in_force_on", "measure"], name="legal_change_of_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.text}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plans:text", args=[self.pk])

    @property
    def status_words(self) -> str:
        return LEGAL_CHANGE_LABELS[LegalChangeStatus(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that stands beside the words where the day does not matter."""
        return LEGAL_CHANGE_KINDS[LegalChangeStatus(self.status)]


class FormerDraft(models.Model):
    """Dự thảo đã thay: a draft of a changed text, whose place another one took, and why."""

    change = models.ForeignKey(LegalChange, on_delete=models.CASCADE, related_name="former_drafts")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        ordering = ["-replaced_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="former_draft_has_a_reason")
        ]

    def __str__(self) -> str:
        return self.file.name


class LegalChangeReminder(models.Model):
    """Nhắc sửa văn bản đã gửi: one step of the ladder for one text, so that none is sent twice."""

    change = models.ForeignKey(LegalChange, on_delete=models.CASCADE, related_name="reminders")
    step = models.IntegerField()  # working days before (-) or after (+) the deadline
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change", "due_on", "step"], name="legal_change_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.step}"
