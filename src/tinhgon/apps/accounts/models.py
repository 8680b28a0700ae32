from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from tinhgon.apps.agencies.models import Agency
from tinhgon.common import clock
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Access, Grant, Permission


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser, Versioned):
    """
    Người dùng: a person. What he may do comes from his positions, never from the account itself.
    """

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    full_name = models.CharField(max_length=150)
    folded_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def audit_ref(self) -> str:
        return f"accounts.user:{self.pk}"

    @property
    def audit_name(self) -> str:
        return f"{self.full_name} ({self.username})"

    @cached_property
    def current_positions(self) -> list[Position]:
        """The positions held today, the first being the one shown as the person's own."""
        return list(self.positions.held_on(clock.today()).select_related("agency", "scope", "role"))

    @cached_property
    def access(self) -> Access:
        """What the person may do today, and where in the tree."""
        return Access(
            tuple(
                Grant(
                    path=(position.scope or position.agency).path or "",
                    permissions=frozenset(Permission(p) for p in position.role.permissions),
                )
                for position in self.current_positions
            )
        )


class Role(models.Model):
    """
    Vai trò: a named set of permissions; shipped by domain.access, editable by an administrator.
    """

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300)
    permissions = models.JSONField(default=list)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class PositionQuerySet(models.QuerySet["Position"]):
    def held_on(self, day: date) -> Self:
        """Return the positions held on `day`."""
        return self.filter(Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gt=day))


class Position(Versioned):
    """
    Vị trí công tác: a person holds a role at an agency between two days.

    It reaches the subtree of `scope`, or of the agency itself where scope is empty: the Office's
    coordinator sits in the Office and looks after the whole province.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="positions")
    scope = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=150, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Position]] = models.Manager.from_queryset(PositionQuerySet)()

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="position_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}, {self.agency}"
