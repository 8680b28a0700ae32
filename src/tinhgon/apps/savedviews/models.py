from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.common.models import Versioned

from .enums import ListName


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """Views of one's own, and those shared with an agency where one works."""
        agencies = [position.agency_id for position in user.current_positions]
        return self.filter(Q(user=user) | Q(agency__in=agencies))


class SavedView(Versioned):
    """
    Bộ lọc đã lưu: a list as somebody wants to find it again.

    `query` is what stands in the address after "?": filters, order and columns. Everybody at
    `agency` may use it where it is shared; each sees in it only what he may see.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40, choices=ListName)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SavedView]] = models.Manager.from_queryset(SavedViewQuerySet)()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="one_view_a_name")
        ]
        indexes = [models.Index(fields=["agency", "page"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(self.page)}?{self.query}"


class ListHabit(models.Model):
    """
    Cách xem danh sách của một người: the columns of a list in their order (none: the usual ones),
    and the saved view with which it opens.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=40, choices=ListName)
    columns = models.JSONField(default=list)
    opens_with = models.ForeignKey(
        SavedView, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="one_habit_a_list")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_page_display()}"
