from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.models import Versioned
from tinhgon.domain.costing import (
    Comparison,
    HourlyValue,
    Sides,
    from_json,
)

from .enums import CONFIDENCE_CHOICES, CONFIDENCE_STATES, Confidence

_NOTHING = Decimal(0)
_BASE_IS_NULL = [f"base_{name}__isnull" for name in ("now", "after", "norm", "at")]


class HourlyNorm(models.Model):
    """
    Định mức thu nhập bình quân 01 người/01 giờ: an hourly value that the Office added.

    Those that the software ships with are data of `domain.costing`. Never changed once added: who
    errs adds another one.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=12, decimal_places=2)  # đồng an hour
    since = models.DateField()
    source = models.CharField(max_length=500)
    formula = models.CharField(max_length=300, blank=True)
    is_standard = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="hourly_norm_above_nothing"),
            models.CheckConstraint(condition=~Q(source=""), name="hourly_norm_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def as_value(self) -> HourlyValue:
        """The norm as a value of the domain."""
        return HourlyValue(
            self.code,
            self.name,
            self.value,
            self.since,
            self.source,
            self.formula,
            is_standard=self.is_standard,
        )


class CostSheetQuerySet(models.QuerySet["CostSheet"]):
    def visible_to(self, user: User) -> Self:
        """Sheets of reviews of the person's branch, and of rounds that are run on it."""
        return self.filter(branch(user, "review__agency") | branch(user, "review__round__agency"))


class CostSheet(Versioned):
    """
    Bảng tính chi phí tuân thủ: what a reviewed procedure costs now and after its simplification.

    `now` and `after` are the two sides as JSON of `domain.costing`, without the hourly value:
    `norm` is that of their round, for both. The columns beside them repeat the result, to four
    decimals, for lists and sums. `sums` holds for each side, exactly, the hours that the norm
    counts for and the đồng beside them: another norm needs no rows.

    `base_now`, `base_after` and `base_norm` keep what the head first confirmed, from the first
    change after it on: against them a real cut is told from a better figure. `re_estimate` and
    `real_cut` are these two, in đồng a year: what is left of `saved` was confirmed.

    `confidence` is that of the least sure figure of either side. `reckoned` is by which version of
    our reckoning the columns were filled: what is behind is filled anew when the server starts.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="cost_sheet")
    now = models.JSONField()
    after = models.JSONField()
    sums = models.JSONField(default=dict)
    norm = models.JSONField()
    cost_now = models.DecimalField(max_digits=24, decimal_places=4, default=_NOTHING)
    cost_after = models.DecimalField(max_digits=24, decimal_places=4, default=_NOTHING)
    saved = models.DecimalField(max_digits=24, decimal_places=4, default=_NOTHING)
    re_estimate = models.DecimalField(max_digits=24, decimal_places=4, default=_NOTHING)
    real_cut = models.DecimalField(max_digits=24, decimal_places=4, default=_NOTHING)
    confidence = models.CharField(max_length=8, choices=CONFIDENCE_CHOICES, blank=True)
    reckoned = models.PositiveSmallIntegerField(default=0)
    base_now = models.JSONField(null=True)
    base_after = models.JSONField(null=True)
    base_norm = models.JSONField(null=True)
    base_at = models.DateTimeField(null=True)  # when the head confirmed them
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[CostSheet]] = models.Manager.from_queryset(CostSheetQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_now__gte=0, cost_after__gte=0), name="cost_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(**dict.fromkeys(_BASE_IS_NULL, True))
                | Q(**dict.fromkeys(_BASE_IS_NULL, False)),
                name="baseline_whole_or_not_at_all",
            ),
        ]
        # Sums over many sheets never touch the rows, which are mostly JSON.
        indexes = [
            models.Index(
                fields=["review", "cost_now", "cost_after", "re_estimate", "real_cut"],
                name="cost_sheet_split",
            ),
            models.Index(fields=["reckoned"], name="cost_sheet_reckoned"),
        ]

    def __str__(self) -> str:
        return f"Chi phí: {self.review}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:sheet", args=[self.review_id])

    @cached_property
    def sides(self) -> Sides:
        """
        Both sides as values of the domain.

        :raises NotASheet: if somebody wrote to the database by hand.
        """
        return self.under(self.norm)

    def under(self, norm: Mapping[str, Any]) -> Sides:
        """
        Both sides under an hourly value as JSON, such as the one that they had when it was kept.

        :raises NotASheet: as `sides`.
        """
        return _sides(self.now, self.after, norm)

    @property
    def baseline(self) -> Sides | None:
        """
        Both sides as the head first confirmed them; None as long as nothing changed since.

        :raises NotASheet: as `sides`.
        """
        if self.base_at is None:
            return None
        return _sides(self.base_now, self.base_after, self.base_norm)

    @property
    def used_keys(self) -> frozenset[str]:
        """The keys of rows that the sheet has or was confirmed with: no new row may get one."""
        sides = (self.now, self.after, self.base_now, self.base_after)
        return frozenset(row["key"] for side in sides if side for row in side["rows"])

    @property
    def confidence_state(self) -> tuple[str, str]:
        """How sure the figures are, in a word, and the kind of state that stands beside it."""
        if not self.confidence:
            return "chưa ghi", "none"
        return CONFIDENCE_STATES[Confidence(self.confidence)]

    @property
    def comparison(self) -> Comparison:
        """What lists show, from the columns."""
        return Comparison(self.cost_now, self.cost_after)


def _sides(now: Any, after: Any, norm: Any) -> Sides:
    return Sides(*(from_json({**side, "hourly": norm}) for side in (now, after)))


class NormChange(models.Model):
    """
    Lần áp dụng định mức mới: a round took another hourly value, and what that did to the saving.

    All of the difference is re-estimate: both sides of every sheet took the new value at once.
    """

    review_round = models.ForeignKey(
        ReviewRound, on_delete=models.CASCADE, related_name="norm_changes"
    )
    old_norm = models.CharField(max_length=60, blank=True)
    new_norm = models.CharField(max_length=60)
    sheets = models.PositiveIntegerField()
    now_was = models.DecimalField(max_digits=24, decimal_places=4)
    now_became = models.DecimalField(max_digits=24, decimal_places=4)
    saved_was = models.DecimalField(max_digits=24, decimal_places=4)
    saved_became = models.DecimalField(max_digits=24, decimal_places=4)
    reason = models.CharField(max_length=500)
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-applied_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.review_round}: {self.new_norm}"

    @property
    def re_estimate(self) -> Decimal:
        """By how much the saving changed without any cut, in đồng a year."""
        return self.saved_became - self.saved_was
