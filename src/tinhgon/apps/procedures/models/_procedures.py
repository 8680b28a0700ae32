from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures.enums import (
    ACTION_CHOICES,
    KIND_CHOICES,
    RULE_OWNER_CHOICES,
    STATE_KINDS,
    STATUS_CHOICES,
    TIER_CHOICES,
    Action,
    Kind,
    Status,
    Tier,
)
from tinhgon.common.batches import batches
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED, Record, from_json

# Plain values: members of an enum would be written into migrations with their module.
_PUBLISHED = sorted(status.value for status in PUBLISHED)
_UNPUBLISHED = sorted(status.value for status in UNPUBLISHED)


def branch(user: User, field: str, permission: Permission = Permission.SEE) -> Q:
    """Return the condition that the agency at `field` lies on a branch that the person sees."""
    condition = Q(pk__in=[])
    for path in user.access.paths(permission):
        condition |= Q(**{f"{field}__path__startswith": path})
    return condition


def in_force(day: date) -> Q:
    """Return the condition that a version holds on `day`: only what is published has days."""
    return Q(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Field(models.Model):
    """Lĩnh vực: what a procedure is about, as decisions group them."""

    name = models.CharField(max_length=150)
    folded_name = models.CharField(max_length=300, unique=True)

    class Meta:
        ordering = ["folded_name"]

    def __str__(self) -> str:
        return self.name


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def update(self, **values: Any) -> int:
        """Write also the versions where who holds the procedures changes: see `holder` there."""
        if not {"agency", "agency_id"} & set(values):
            return super().update(**values)
        pks = list(self.values_list("pk", flat=True))
        written = super().update(**values)
        holder = {
            name.replace("agency", "holder"): values[name] for name in values if "agency" in name
        }
        for batch in batches(pks if written else []):
            ProcedureVersion.objects.filter(procedure__in=batch).update(**holder)
        return written

    def visible_to(self, user: User) -> Self:
        """Procedures of the person's branch, and all that were ever published."""
        published = ProcedureVersion.objects.filter(status__in=PUBLISHED).values("procedure")
        return self.filter(branch(user, "agency") | Q(pk__in=published))


class Procedure(Versioned):
    """
    Thủ tục hành chính nội bộ: what stays the same through all versions.

    `agency` holds it now; `Tenure` says who held it before. `canonical` is the procedure that many
    agencies share, of which this one is the local copy. `merged_into` is where a duplicate went.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedures")
    national_code = models.CharField(max_length=30, null=True, blank=True, unique=True)
    canonical = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="local_copies"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Procedure]] = models.Manager.from_queryset(ProcedureQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(canonical=None) | ~Q(canonical=F("pk")),
                name="no_procedure_is_its_own_copy",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="no_procedure_is_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.local_code

    def get_absolute_url(self) -> str:
        return reverse("procedures:detail", args=[self.pk])

    @property
    def local_code(self) -> str:
        """Mã nội bộ: only of this system, never printed as an official code."""
        return f"NB-{self.pk:05}"


class PublishedContent(Exception):
    """What was published is law: its content changes by a new version only."""


CONTENT = frozenset(
    {
        "content",
        "name",
        "sort_name",
        "name_key",
        "field",
        "field_id",
        "kind",
        "tier",
        "is_interconnected",
        "rule_owner",
    }
)
"""Columns of a version that say what it says; they never change once it is published."""


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def update(self, **values: Any) -> int:
        """
        :raises PublishedContent: if it would change what a published version says.
        """
        rows = self
        if CONTENT & set(values):
            if self.filter(status__in=PUBLISHED).exists():
                raise PublishedContent
            rows = self.exclude(status__in=PUBLISHED)  # nor what is published this very moment
        return super(VersionQuerySet, rows).update(**values)

    def in_force_on(self, day: date) -> Self:
        """Versions that signed decisions keep in force on `day`."""
        return self.filter(in_force(day))

    def unpublished(self) -> Self:
        return self.filter(status__in=UNPUBLISHED)

    def visible_to(self, user: User) -> Self:
        """Published versions, which anybody may read, and those of the person's own branch."""
        return self.filter(Q(status__in=PUBLISHED) | branch(user, "holder"))


class ProcedureVersion(Versioned):
    """
    Phiên bản của thủ tục: the full content at one time; never changed once published.

    `content` is the record of `domain.procedures` as JSON; the columns beside it repeat what lists
    filter and sort by. `action` is what its decision does, or will do. `valid_from` and `valid_to`
    (the first day on which it no longer holds) follow from the lines of signed decisions.

    `holder` repeats the agency of the procedure, so that lists of a branch need no join: with
    300,000 versions it would cost more than the whole page may.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=STATUS_CHOICES, default=Status.DRAFT.value)
    action = models.CharField(max_length=12, choices=ACTION_CHOICES, default=Action.NEW.value)
    content = models.JSONField()
    name = models.CharField(max_length=1000)
    sort_name = models.CharField(max_length=200)  # the beginning of vntext.sort_key, to order by
    folded = models.TextField()  # name, codes and agency, for search in lists
    name_key = models.CharField(max_length=64)  # digest of the folded name: finds the same name
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # its lead then
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.ForeignKey(
        Field, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=KIND_CHOICES, default=Kind.BETWEEN.value)
    tier = models.CharField(max_length=10, choices=TIER_CHOICES, default=Tier.PROVINCE.value)
    is_interconnected = models.BooleanField(default=False)
    rule_owner = models.CharField(max_length=10, choices=RULE_OWNER_CHOICES, blank=True)
    reason = models.TextField(blank=True)  # why it was returned or set aside
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_superseded = models.BooleanField(default=False)  # a later version took its place
    fault_count = models.PositiveSmallIntegerField(default=0)  # of the content itself
    disclosed_on = models.DateField(null=True, blank=True)
    disclosed_at_url = models.URLField(blank=True)  # where the public finds it
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ProcedureVersion]] = models.Manager.from_queryset(
        VersionQuerySet
    )()

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="version_number_once_a_procedure"
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(status__in=_UNPUBLISHED),
                name="one_unpublished_version_a_procedure",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUS_CHOICES]),
                name="version_status_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__isnull=False),
                name="version_ends_only_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(status__in=_PUBLISHED),
                name="only_what_is_published_is_in_force",
            ),
        ]
        indexes = [
            # Each has all columns that its lists are made of, so that the table is not touched
            # before the fifty rows of a page are known.
            models.Index(
                fields=["sort_name", "id", "valid_from", "valid_to", "holder"],
                condition=Q(valid_from__isnull=False),
                name="version_in_force_by_name",
            ),
            models.Index(fields=["valid_to", "valid_from", "holder"], name="version_days"),
            # In the order in which shares are counted: a nation is counted without being sorted.
            models.Index(
                fields=["holder", "tier", "valid_from", "valid_to"],
                condition=Q(valid_from__isnull=False),
                name="version_share_of_holder",
            ),
            models.Index(
                fields=["field", "valid_from", "valid_to"],
                condition=Q(valid_from__isnull=False),
                name="version_share_of_field",
            ),
            models.Index(
                fields=["is_superseded", "valid_to", "sort_name", "id", "holder"],
                condition=Q(valid_to__isnull=False),
                name="version_ended",
            ),
            # What agencies held on a day is found by procedure, and so is when one ended.
            models.Index(
                fields=[
                    "procedure",
                    "valid_from",
                    "number",
                    "valid_to",
                    "is_superseded",
                    "id",
                    "holder",
                    "field",
                    "tier",
                ],
                condition=Q(valid_from__isnull=False),
                name="version_of_procedure",
            ),
            models.Index(fields=["status", "sort_name", "id", "holder"], name="version_status"),
            models.Index(
                fields=[
                    "holder",
                    "sort_name",
                    "id",
                    "status",
                    "valid_from",
                    "valid_to",
                    "is_superseded",
                ],
                name="version_holder",
            ),
            models.Index(fields=["sort_name", "id", "holder"], name="version_by_name"),
            models.Index(fields=["changed_at", "id"], name="version_changed"),
            models.Index(fields=["name_key"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("procedures:version", args=[self.procedure_id, self.number])

    @cached_property
    def record(self) -> Record:
        """
        The content as a value of the domain.

        :raises NotARecord: if somebody wrote to the database by hand.
        """
        return from_json(self.content)

    @property
    def state_kind(self) -> str:
        """The kind of state that the page shows beside the words."""
        return STATE_KINDS[Status(self.status)]

    def holds_on(self, day: date) -> bool:
        return (
            self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day < self.valid_to)
        )


class WorkingCopy(models.Model):
    """
    Bản đang nhập: what a person has typed into a draft and not yet saved, right or wrong.

    It belongs to that person alone and is no part of the version: nobody else sees it, the trail
    knows nothing of it. `seen` and `seen_at` tell which content he had before him, and `base` holds
    that content, so that what somebody else saves meanwhile can be told from what he typed.
    """

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="working_copies"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField()
    seen = models.PositiveIntegerField()
    seen_at = models.DateTimeField()
    base = models.JSONField(null=True, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="one_working_copy_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.user})"


class Tenure(models.Model):
    """Cơ quan giữ thủ tục theo thời gian: an agency held a procedure between two days."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="tenures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField(null=True, blank=True)  # empty: from its first day
    ended_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(ended_on=None),
                name="one_agency_holds_a_procedure",
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.agency}"


class FormFile(models.Model):
    """Tệp mẫu đơn, mẫu tờ khai: the file of a form that a version names."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="form_files"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
