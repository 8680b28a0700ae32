"""Decisions on plans that were signed before the system knew of them, on their way in."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans.enums import (
    IMPORT_CHOICES,
    IMPORT_KINDS,
    IMPORT_LABELS,
    MATCHED_CHOICES,
    ROW_CHOICES,
    VERDICT_CHOICES,
    ImportStatus,
    Verdict,
)
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, branch
from tinhgon.apps.programmes.models import Round
from tinhgon.common.models import Versioned

from .decisions import PlanDecision
from .items import PlanItem


class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    def visible_to(self, user: User) -> Self:
        """Imports for agencies of the person's branch."""
        return self.filter(branch(user, "agency"))


class PlanImport(Versioned):
    """
    Nhập quyết định phê duyệt phương án: a signed decision as read from its file.

    Its procedures are sought on the branch of `agency`. `round` is the round of the programme in
    which the plans were made; `entered_round`: nothing was reviewed in it before. `heading` is what
    the decision says of itself, corrected by people; `findings` are to be looked at, `unread`
    pieces were not understood, each with its place. `totals` are the sums that it states.
    """

    status = models.CharField(
        max_length=10, choices=IMPORT_CHOICES, default=ImportStatus.PREVIEWED.value
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    entered_round = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    heading = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    decision = models.OneToOneField(
        PlanDecision, null=True, blank=True, on_delete=models.SET_NULL, related_name="plan_import"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[PlanImport]] = models.Manager.from_queryset(
        PlanImportQuerySet
    )()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in IMPORT_CHOICES]),
                name="plan_import_status_known",
            ),
            models.CheckConstraint(
                condition=Q(written_at=None, written_by=None)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="plan_import_written_at_with_written_by",
            ),
        ]

    def __str__(self) -> str:
        number, symbol = (self.heading.get(name, "") for name in ("number", "symbol"))
        return f"Quyết định số {number}/{symbol}" if number else self.file.name

    def get_absolute_url(self) -> str:
        return reverse("plans:import_detail", args=[self.pk])

    @property
    def status_words(self) -> str:
        return IMPORT_LABELS[ImportStatus(self.status)]

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return IMPORT_KINDS[ImportStatus(self.status)]


class PlanImportRow(models.Model):
    """
    Dòng của quyết định đang nhập: one procedure as the decision says it, and what becomes of it.

    `said` is what was read: measures (content, reason, kind), implementation, benefit, costs as
    printed; a measure that was not approved is not `granted`, which `verdict_reason` explains, as
    it does where nothing was approved. `problems` are sums that do not agree, `texts` the legal
    texts to change. `procedure` and `version` are what it was matched with, `offers` what else it
    may be. `item` is what was made of it, `made_review` whether its review was made with it.
    """

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField()
    position = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=1000)
    code = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=60, blank=True)
    section = models.CharField(max_length=500, blank=True)
    said = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    texts = models.JSONField(default=list)
    verdict = models.CharField(
        max_length=16, choices=VERDICT_CHOICES, default=Verdict.APPROVED.value
    )
    verdict_reason = models.TextField(blank=True)  # why not all of it was approved
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.ForeignKey(
        ProcedureVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    matched_by = models.CharField(max_length=8, choices=MATCHED_CHOICES, blank=True)
    offers = models.JSONField(default=list)
    choice = models.CharField(max_length=8, choices=ROW_CHOICES, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why it is left out
    item = models.OneToOneField(
        PlanItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_row"
    )
    made_review = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_import", "order"], name="row_order_once_a_plan_import"
            ),
            models.CheckConstraint(
                condition=~Q(choice="leave") | ~Q(reason=""), name="row_left_out_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="waiting")
                & Q(verdict__in=[value for value, _ in VERDICT_CHOICES]),
                name="imported_row_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["partly", "refused"]) | ~Q(verdict_reason=""),
                name="imported_row_not_approved_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StatedCosts(models.Model):
    """
    Chi phí theo quyết định: the figures that a decision states of one procedure, as printed.

    Đồng a year, `ratio` in percent; None where it states none. They were not computed here: nothing
    says by which norms, and they need not agree with one another. What is computed stands in the
    cost sheet of the review.
    """

    item = models.OneToOneField(PlanItem, on_delete=models.CASCADE, related_name="stated_costs")
    before = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    saved = models.DecimalField(max_digits=22, decimal_places=4, null=True, blank=True)
    ratio = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name_plural = "stated costs"
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False)
                | Q(after__isnull=False)
                | Q(saved__isnull=False)
                | Q(ratio__isnull=False),
                name="stated_costs_state_something",
            )
        ]

    def __str__(self) -> str:
        return f"Chi phí theo quyết định: {self.item}"
