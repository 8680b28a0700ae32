from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures.enums import TIER_CHOICES
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, branch
from tinhgon.common.models import Versioned

from .enums import GapRuling, Ruling

# Plain values: members of an enum would be written into migrations with their module.
_RULINGS = [value for value, _ in Ruling.choices]
_GAP_RULINGS = [value for value, _ in GapRuling.choices]


class PairVerdictQuerySet(models.QuerySet["PairVerdict"]):
    def visible_to(self, user: User) -> Self:
        """Verdicts on procedures of the person's branch, of which he may see both."""
        seen = Procedure.objects.visible_to(user).values("pk")
        own = branch(user, "one__agency") | branch(user, "other__agency")
        return self.filter(own, one__in=seen, other__in=seen)


class PairVerdict(models.Model):
    """
    Kết luận về hai thủ tục: what a person said of two that looked alike, so that nobody asks again.

    `one` and `other` stand in the order of their keys. `kept` is the one that stays, or that the
    other is the local copy of; empty for two that differ.
    """

    one = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+")
    ruling = models.CharField(max_length=10, choices=Ruling.choices)
    kept = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[PairVerdict]] = models.Manager.from_queryset(
        PairVerdictQuerySet
    )()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_verdict_a_pair"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="pair_stands_in_the_order_of_its_keys"
            ),
            models.CheckConstraint(condition=Q(ruling__in=_RULINGS), name="ruling_of_a_pair_known"),
            models.CheckConstraint(
                condition=Q(ruling=Ruling.DIFFERENT.value, kept=None)
                | ~Q(ruling=Ruling.DIFFERENT.value) & Q(kept__isnull=False),
                name="one_is_kept_unless_both_differ",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"

    def get_absolute_url(self) -> str:
        return reverse("matching:pair", args=[self.one_id, self.other_id])


class ReferenceList(Versioned):
    """
    Danh mục tham chiếu: a published list that inventories are compared with.

    `source` is the decision or list it was read from. `tier` and `fields` say for whom it is meant,
    where that is narrower than what its rows say.
    """

    name = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    tier = models.CharField(max_length=10, choices=TIER_CHOICES, blank=True)
    fields = models.JSONField(default=list)  # names of fields
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # of the file: no list twice
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("matching:reference", args=[self.pk])


class ReferenceItem(models.Model):
    """Dòng của danh mục tham chiếu: one procedure of the list, as printed."""

    reference = models.ForeignKey(ReferenceList, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    position = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=1000)
    tier = models.CharField(max_length=10, choices=TIER_CHOICES, blank=True)
    field = models.CharField(max_length=150, blank=True)
    agencies = models.JSONField(default=list)
    legal_basis = models.TextField(blank=True)
    code = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "order"], name="reference_order_once")
        ]

    def __str__(self) -> str:
        return self.name


class GapVerdict(models.Model):
    """
    Kết luận về thủ tục còn sót: whether an agency takes an item of a reference list up.

    `agency` is the one whose inventory was compared; `version` the draft that was made of the item.
    """

    item = models.ForeignKey(ReferenceItem, on_delete=models.CASCADE, related_name="verdicts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ruling = models.CharField(max_length=10, choices=GapRuling.choices)
    version = models.ForeignKey(
        ProcedureVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "agency"], name="one_verdict_a_gap"),
            models.CheckConstraint(
                condition=Q(ruling__in=_GAP_RULINGS), name="ruling_of_a_gap_known"
            ),
            models.CheckConstraint(
                condition=Q(ruling=GapRuling.ACCEPTED.value, version__isnull=False)
                | Q(ruling=GapRuling.DISMISSED.value, version=None),
                name="accepted_gap_has_its_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.agency})"
