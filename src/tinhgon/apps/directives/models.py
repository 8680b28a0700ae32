from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission

from .enums import (
    DIRECTIVE_STATUS_CHOICES,
    DUE_KIND_CHOICES,
    NUMBERED,
    STATE_KINDS,
    DirectiveStatus,
    DueKind,
    Part,
)


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, user: User) -> Self:
        """Letters of the person's own branch, and issued ones that gave work to it."""
        condition = Q(pk__in=[])
        for path in user.access.paths(Permission.SEE):
            condition |= Q(issuer__path__startswith=path)
            condition |= Q(
                pk__in=Recipient.objects.filter(agency__path__startswith=path).values("directive")
            )
        return self.filter(condition)


class Directive(Versioned):
    """
    Văn bản chỉ đạo: a letter that gives work, and what was read out of it.

    `issuer` is the agency in whose name the work is given. `letter_html` is the letter as it
    looks, with an id on each block; `unread` lists what was not understood: {"text", "reason",
    "block"}.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="directive")
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="directives")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="directives"
    )
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="directives"
    )
    status = models.CharField(
        max_length=12, choices=DIRECTIVE_STATUS_CHOICES, default=DirectiveStatus.DRAFT.value
    )
    # What no two letters that give work have in common: issuer, number, symbol and year.
    code_key = models.CharField(max_length=200, blank=True)
    letter_html = models.TextField(blank=True)
    unread = models.JSONField(default=list)
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[models.Manager[Directive]] = models.Manager.from_queryset(DirectiveQuerySet)()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="directive_issued_at_with_issued_by",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in DIRECTIVE_STATUS_CHOICES]),
                name="directive_status_known",
            ),
            models.UniqueConstraint(
                fields=["code_key"],
                condition=~Q(code_key="") & Q(status__in=[status.value for status in NUMBERED]),
                name="letter_issued_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("directives:detail", args=[self.pk])

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[DirectiveStatus(self.status)]


class Proposal(Versioned):
    """
    Nhiệm vụ đề xuất: an assignment as read, before a person confirms it.

    `origins` says for each field whether it was "read", "inherited", or "typed". `block`, `start`
    and `end` point at the sentence in the letter. `named_on` is the day named in the words,
    `due_on` the last day that is in time.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="proposals")
    order = models.PositiveIntegerField()
    included = models.BooleanField(default=True)
    item = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    summary = models.CharField(max_length=200, blank=True)
    block = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    assignees = models.JSONField(default=list)  # names as in the letter
    coordinating = models.JSONField(default=list)
    due_kind = models.CharField(max_length=24, choices=DUE_KIND_CHOICES, default=DueKind.NONE.value)
    named_on = models.DateField(null=True, blank=True)
    within_count = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # of days or working days
    due_text = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=60, blank=True)
    wants_report = models.BooleanField(default=False)
    report_to = models.CharField(max_length=300, blank=True)
    report_due_text = models.CharField(max_length=300, blank=True)
    report_named_on = models.DateField(null=True, blank=True)
    report_due_on = models.DateField(null=True, blank=True)
    targets = models.JSONField(default=list)
    cited = models.JSONField(default=list)
    origins = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.summary or self.text[:80]


class ProposalAgency(models.Model):
    """
    An agency that a proposal will go to: resolved from a name or group in the letter, or chosen.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part, default=Part.LEAD)
    named_as = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "agency"], name="agency_once_a_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.agency} ({self.get_part_display()})"


class Recipient(models.Model):
    """An agency that an issued letter gave work to: what opens the letter to it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="addressed")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "agency"], name="recipient_once")
        ]

    def __str__(self) -> str:
        return str(self.agency)
