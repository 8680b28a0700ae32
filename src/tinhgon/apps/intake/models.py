from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures.enums import ACTION_CHOICES
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, branch
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.models import Versioned

from .enums import (
    CHOICE_CHOICES,
    KIND_CHOICES,
    STATE_KINDS,
    STATUS_CHOICES,
    VERDICT_CHOICES,
    VERDICT_KINDS,
    BatchStatus,
    Verdict,
)


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: User) -> Self:
        """Batches of the person's own branch."""
        return self.filter(branch(user, "agency"))


class Batch(Versioned):
    """
    Đợt nhập: one file of procedures on its way into the registry, and what became of it.

    `agency` holds the rows that name none. Of a sheet: `header_line` and `columns` (part of a
    procedure → place in the line). Of a decision: `heading`, what it says of itself, corrected by
    people; `findings` to look at, `unread` pieces with their place. `notes` tell of the reading.
    """

    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    status = models.CharField(
        max_length=10, choices=STATUS_CHOICES, default=BatchStatus.UPLOADED.value
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sheet_name = models.CharField(max_length=100, blank=True)
    header_line = models.PositiveIntegerField(null=True, blank=True)
    headings = models.JSONField(default=list)
    signature = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    heading = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)  # rows in the file
    compared = models.PositiveIntegerField(default=0)  # of them so far
    as_proposals = models.BooleanField(default=True)  # else drafts, which nobody waits for
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="batch"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[Batch]] = models.Manager.from_queryset(BatchQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="batch_status_known",
            ),
            models.CheckConstraint(
                condition=Q(written_at=None, written_by=None)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="batch_written_at_with_written_by",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("intake:detail", args=[self.pk])

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[BatchStatus(self.status)]

    @property
    def percent(self) -> int:
        return 100 * self.compared // self.total if self.total else 0


class BatchPiece(models.Model):
    """Phần tệp chờ đối chiếu: lines of a sheet as they were read, until they are compared."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pieces")
    order = models.PositiveIntegerField()
    lines = models.JSONField()  # [number of the line, its cells]

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="piece_order_once_a_batch")
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.order}"


class BatchRow(models.Model):
    """
    Dòng của đợt nhập: one procedure as the file says it, with its verdict and what was chosen.

    `cells` are those of a sheet, `record` what a decision says. `target` is the known procedure
    that the row is about, or its probable twin; `base` is the version that it was compared with,
    when that had the row version `seen`. `errors` list {"column", "cell", "text"}.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    place = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=1000, blank=True)
    key = models.CharField(max_length=120, blank=True)  # what two rows on one procedure share
    cells = models.JSONField(default=list)
    record = models.JSONField(null=True, blank=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=8, choices=VERDICT_CHOICES)
    choice = models.CharField(max_length=8, choices=CHOICE_CHOICES, blank=True)
    errors = models.JSONField(default=list)
    target = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    base = models.ForeignKey(
        ProcedureVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)  # why `target` is probably the same
    is_outdated = models.BooleanField(default=False)  # the registry changed since the preview
    # Of a decision
    action = models.CharField(max_length=12, choices=ACTION_CHOICES, blank=True)
    position = models.CharField(max_length=40, blank=True)
    section = models.CharField(max_length=500, blank=True)
    said = models.TextField(blank=True)
    agencies = models.JSONField(default=list)  # names as printed
    wanted_code = models.CharField(max_length=20, blank=True)  # the target, where a person said it
    old_name = models.CharField(max_length=1000, blank=True)  # whose place it takes
    ends = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    abolishes = models.ForeignKey(
        DecisionLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="row_order_once_a_batch"),
            models.CheckConstraint(
                condition=Q(verdict__in=[value for value, _ in VERDICT_CHOICES]),
                name="row_verdict_known",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "verdict", "order"]),
            models.Index(fields=["batch", "key"]),
        ]

    def __str__(self) -> str:
        return self.name or f"dòng {self.line}"

    @property
    def state_kind(self) -> str:
        return VERDICT_KINDS[Verdict(self.verdict)]


class RowResult(models.Model):
    """
    Kết quả ghi của dòng: the version that a row made or changed, and its row version after that.

    `before` is the content that an edited draft had, None where the version is of the row's making.
    """

    row = models.OneToOneField(BatchRow, on_delete=models.CASCADE, related_name="result")
    version = models.ForeignKey(
        ProcedureVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen = models.PositiveIntegerField()
    before = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.row} → {self.version}"


class ColumnMatch(models.Model):
    """Ghép cột đã nhớ: which column is which, as somebody said of a sheet with these headings."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    matched_at = models.DateTimeField()
    matched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "signature"], name="headings_matched_once_an_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.signature[:8]}"
