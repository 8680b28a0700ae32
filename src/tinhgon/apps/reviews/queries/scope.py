"""Which procedures a round reviews, as data: branch, field, level, kind, in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Count

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import KIND_CHOICES, TIER_CHOICES
from tinhgon.apps.procedures.models import Field, ProcedureVersion, VersionQuerySet
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.vntext import format_date


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Phạm vi của đợt: procedures held on the branch of `path` and in force `on` a day; of one field,
    level and kind where these are given. The names are for people.
    """

    path: str
    agency: str
    on: date
    field: int | None = None
    field_name: str = ""
    tier: str = ""
    kind: str = ""

    @classmethod
    def of(
        cls, agency: Agency, on: date, *, field: Field | None = None, tier: str = "", kind: str = ""
    ) -> Self:
        return cls(
            path=agency.path or "/",
            agency=agency.name,
            on=on,
            field=field.pk if field else None,
            field_name=field.name if field else "",
            tier=tier,
            kind=kind,
        )

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        return cls(**{**content, "on": date.fromisoformat(content["on"])})

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "agency": self.agency,
            "on": self.on.isoformat(),
            "field": self.field,
            "field_name": self.field_name,
            "tier": self.tier,
            "kind": self.kind,
        }

    @property
    def words(self) -> str:
        """The scope as a sentence without its stop."""
        words = [f"thủ tục của {self.agency} và cơ quan, đơn vị trực thuộc"]
        if self.field_name:
            words.append(f"lĩnh vực {self.field_name}")
        words += [label.lower() for value, label in TIER_CHOICES if value == self.tier]
        words += [label.lower() for value, label in KIND_CHOICES if value == self.kind]
        words.append(f"còn hiệu lực ngày {format_date(self.on)}")
        return ", ".join(words)

    def versions(self, on: date | None = None) -> VersionQuerySet:
        """Return the versions in scope, in force on the day of the scope, or another."""
        rows = VersionQuerySet(ProcedureVersion).in_force_on(on or self.on)
        rows = rows.filter(holder__path__startswith=self.path)
        if self.field is not None:
            rows = rows.filter(field=self.field)
        if self.tier:
            rows = rows.filter(tier=self.tier)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows

    def counts(self) -> dict[int, int]:
        """Return agency → how many procedures of it are in scope."""
        rows = self.versions().values_list("holder").annotate(n=Count("pk")).order_by()
        return dict(rows)


def scope_of(review_round: ReviewRound) -> Scope | None:
    """Return the scope with which a round was opened; None for one made without."""
    return Scope.from_json(review_round.scope) if review_round.scope else None


def left_out(review_round: ReviewRound, scope: Scope, *, today: date) -> VersionQuerySet:
    """Return what is in scope today and not in the round yet: published late, or missed."""
    reviewed = Review.objects.filter(round=review_round).values("procedure")
    return scope.versions(today).exclude(procedure__in=reviewed)
