from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse

from tinhgon.apps.agencies.models import Agency
from tinhgon.common import clock
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Access, Grant, Permission


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """
        Return the people whom `user` looks after: who holds or held a position in his branches.
        """
        paths = user.access.paths(Permission.MANAGE_PEOPLE)
        if not paths:
            return self.none()
        inside = Q()
        for path in paths:
            inside |= Q(agency__path__startswith=path)
        return self.filter(Exists(Position.objects.filter(inside, user=OuterRef("pk"))))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)

    def visible_to(self, user: User) -> UserQuerySet:
        return self.get_queryset().visible_to(user)


class User(AbstractBaseUser, Versioned):
    """
    Người dùng: a person. What he may do comes from his positions, never from the account itself.
    """

    username = models.CharField(
        max_length=150,
        unique=True,
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    email = models.EmailField(blank=True)
    full_name = models.CharField(max_length=150)
    folded_name = models.CharField(max_length=600, blank=True)  # name, username, e-mail: for search
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        constraints = [
            # A letter that lets its reader in must reach one person only.
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_an_email",
                condition=~Q(email=""),
                violation_error_message="Địa chỉ thư này đã có người dùng.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_absolute_url(self) -> str:
        return reverse("accounts:detail", args=[self.pk])

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
                    path=position.reach,
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

    @property
    def permission_words(self) -> list[str]:
        """What the role may do, a sentence each."""
        return [p.description for p in Permission if p in self.permissions]


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

    objects = PositionQuerySet.as_manager()

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

    @property
    def reach(self) -> str:
        """The path of the branch over which the role counts."""
        return (self.scope or self.agency).path or ""

    @property
    def last_day(self) -> date | None:
        return self.ended_on - timedelta(days=1) if self.ended_on else None
