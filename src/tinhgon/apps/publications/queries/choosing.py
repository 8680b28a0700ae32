"""What a draft may take in: checked versions, procedures in force, lines named by position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import (
    KIND_CHOICES,
    TIER_CHOICES,
    Status,
)
from tinhgon.apps.procedures.models import Field, Procedure, ProcedureVersion, branch
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import fold

from .positions import NamedDecision, read_places

PAGE_SIZE = 50
MOST_AT_ONCE = 3_000
_LONG = ("content",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a choice is narrowed by, as it stands in the address."""

    words: str = ""
    kind: str = ""
    tier: str = ""
    field: int | None = None
    page: str = "1"

    @classmethod
    def read(cls, query: dict[str, Any]) -> Self:
        kinds, tiers = dict(KIND_CHOICES), dict(TIER_CHOICES)
        kind, tier = query.get("loai", ""), query.get("cap", "")
        return cls(
            words=query.get("q", "").strip()[:200],
            kind=kind if kind in kinds else "",
            tier=tier if tier in tiers else "",
            field=whole_number(query.get("linh-vuc", "")),
            page=query.get("page", "1"),
        )


class ChoicePage(TypedDict):
    decision: Decision
    asked: Asked
    page: Page[Any]
    kinds: list[tuple[str, str]]
    tiers: list[tuple[str, str]]
    fields: list[Field]


class AbolitionPage(TypedDict):
    decision: Decision
    asked: Asked
    page: Page[Any] | None
    text: str
    named: list[NamedDecision]
    has_usable: bool


def waiting_versions(user: User) -> QuerySet[ProcedureVersion]:
    """Return the versions that the Office has checked and no decision has, of his branches."""
    return ProcedureVersion.objects.filter(
        branch(user, "procedure__agency", Permission.DRAFT_DECISION),
        status=Status.CHECKED,
        decision_line=None,
    )


def checked_versions(user: User, asked: Asked) -> QuerySet[ProcedureVersion]:
    """Return the versions that the person may put into a decision, as asked."""
    found = (
        waiting_versions(user).select_related("procedure__agency", "agency", "field").defer(*_LONG)
    )
    return _narrowed(found, asked)


def in_force(user: User, asked: Asked, *, on: date) -> QuerySet[ProcedureVersion]:
    """Return the versions in force on the day whose procedures the person may end, as asked."""
    found = (
        ProcedureVersion.objects.in_force_on(on)
        .filter(branch(user, "procedure__agency", Permission.DRAFT_DECISION))
        .select_related("procedure__agency", "agency", "field", "decision_line__decision__document")
        .defer(*_LONG)
    )
    return _narrowed(found, asked)


def choice_page(*, user: User, decision: Decision, asked: Asked) -> ChoicePage:
    found = checked_versions(user, asked)
    return {
        "decision": decision,
        "asked": asked,
        "page": Paginator(found, PAGE_SIZE).get_page(asked.page),
        "kinds": list(KIND_CHOICES),
        "tiers": list(TIER_CHOICES),
        "fields": list(Field.objects.all()),
    }


def abolition_page(
    *, user: User, decision: Decision, asked: Asked, text: str, on: date
) -> AbolitionPage:
    """Return what may be abolished: found by words, or by the positions that the text names."""
    named = read_places(text, issuer=decision.issuer, on=on) if text else []
    taken = decision.lines.values("procedure")
    found = in_force(user, asked, on=on).exclude(procedure__in=taken)
    return {
        "decision": decision,
        "asked": asked,
        "page": None if text else Paginator(found, PAGE_SIZE).get_page(asked.page),
        "text": text,
        "named": named,
        "has_usable": any(not place.problem for each in named for place in each.places),
    }


def chosen_versions(user: User, pks: list[int]) -> list[ProcedureVersion]:
    """Return those of the keys that the person may put into a decision, by name."""
    return list(checked_versions(user, Asked()).filter(pk__in=pks[:MOST_AT_ONCE]))


def chosen_procedures(user: User, pks: list[int]) -> list[Procedure]:
    """Return those of the keys whose procedures the person may end."""
    found = Procedure.objects.filter(
        branch(user, "agency", Permission.DRAFT_DECISION), pk__in=pks[:MOST_AT_ONCE]
    )
    return list(found.select_related("agency").order_by("pk"))


def chosen_lines(decision: Decision, pks: list[int]) -> list[DecisionLine]:
    """Return those of the keys that are lines of signed decisions of the same issuer."""
    found = DecisionLine.objects.filter(
        pk__in=pks[:MOST_AT_ONCE],
        decision__issuer=decision.issuer,
        decision__code_key__isnull=False,
        version__isnull=False,
    )
    return list(found.select_related("procedure__agency").order_by("pk"))


def _narrowed(found: QuerySet[ProcedureVersion], asked: Asked) -> QuerySet[ProcedureVersion]:
    condition = Q()
    for word in fold(asked.words).split():
        condition &= Q(folded__contains=word)
    if asked.kind:
        condition &= Q(kind=asked.kind)
    if asked.tier:
        condition &= Q(tier=asked.tier)
    if asked.field is not None:
        condition &= Q(field=asked.field)
    return found.filter(condition).order_by("sort_name", "pk")
