from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.procedures.enums import ACTION_CHOICES
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, branch
from tinhgon.common.models import Versioned

from .enums import GROUPING_CHOICES, STATE_KINDS, STATUS_CHOICES, DecisionStatus, Grouping


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Signed decisions, which anybody may read, and drafts of the person's own branch."""
        return self.filter(Q(status=DecisionStatus.SIGNED) | branch(user, "drafter"))


class Decision(Versioned):
    """
    Quyết định công bố thủ tục hành chính: a signed document whose lines make procedures so.

    `document` holds number, day, signer and the signed file, blank until it comes back from
    signing; `submission` is the tờ trình. `drafter` is the agency that drafts it, `issuer` the one
    in whose name it is signed. `effective_on` empty in a draft means from the day of signing.
    `grouping` says what the sections of the annex are made of. `issued_on` repeats the day of the
    document once it is signed: lists go by it.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="decision")
    submission = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12, choices=STATUS_CHOICES, default=DecisionStatus.DRAFT.value
    )
    issued_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    grouping = models.CharField(
        max_length=12, choices=GROUPING_CHOICES, default=Grouping.KIND.value
    )
    bases = models.JSONField(default=list)  # căn cứ, a line each
    deputy_signs = models.BooleanField(default=False)  # KT. CHỦ TỊCH
    # Issuer, number, symbol and day of a signed one, so that no two bear the same.
    code_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    is_imported = models.BooleanField(default=False)  # signed before it was entered here
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[Decision]] = models.Manager.from_queryset(DecisionQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "effective_on"]),
            models.Index(fields=["status", "issued_on", "id"], name="decision_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="decision_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status=DecisionStatus.SIGNED.value)
                | Q(issued_on__isnull=False, effective_on__isnull=False, recorded_at__isnull=False),
                name="signed_decision_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(grouping__in=[value for value, _ in GROUPING_CHOICES]),
                name="decision_grouping_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("publications:detail", args=[self.pk])

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[DecisionStatus(self.status)]


class LineQuerySet(models.QuerySet["DecisionLine"]):
    def repeat_days(self) -> None:
        """Write from when to when the version of each is in force, as the version has it."""
        version = ProcedureVersion.objects.filter(pk=OuterRef("version"))
        self.filter(version__isnull=False).update(
            valid_from=Subquery(version.values("valid_from")),
            valid_to=Subquery(version.values("valid_to")),
        )


class DecisionLine(models.Model):
    """
    Dòng của quyết định: what the decision does to one procedure.

    `version` comes into force by it; empty where the line only abolishes. `position` is the place
    in the annex as printed ("A.1"), under the headings `section`. `abolishes` is the line of an
    earlier decision that this one takes back, where it was named by its position.
    `coded` is the national code that this line wrote to a procedure that had none. `valid_from` and
    `valid_to` repeat those of the version, so that what a decision keeps in force is counted
    without reading the versions of a nation.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveIntegerField()
    position = models.CharField(max_length=40, blank=True)
    section = models.CharField(max_length=500, blank=True)
    action = models.CharField(max_length=12, choices=ACTION_CHOICES)
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="decision_lines"
    )
    version = models.OneToOneField(
        ProcedureVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decision_line",
    )
    printed_name = models.CharField(max_length=1000, blank=True)
    abolishes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="abolished_by"
    )
    note = models.CharField(max_length=500, blank=True)
    coded = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[DecisionLine]] = models.Manager.from_queryset(LineQuerySet)()

    class Meta:
        ordering = ["order", "pk"]
        indexes = [
            models.Index(
                fields=["decision", "valid_from", "valid_to"],
                condition=Q(valid_from__isnull=False),
                name="line_in_force",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "procedure"], name="one_line_a_procedure_in_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(action="abolished", version=None)
                | (~Q(action="abolished") & Q(version__isnull=False)),
                name="line_brings_a_version_or_abolishes",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None, valid_to=None)
                | Q(valid_from__isnull=False, version__isnull=False),
                name="line_is_in_force_by_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.printed_name}"


class LineEnding(models.Model):
    """Thủ tục bị thay thế: a line that replaces takes the place of this procedure."""

    line = models.ForeignKey(DecisionLine, on_delete=models.CASCADE, related_name="endings")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="endings")
    printed_name = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "procedure"], name="ended_once_by_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.line} → {self.printed_name}"
