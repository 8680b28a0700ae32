"""The page of indicators: a table of agencies rolled up the tree, and how the figures grew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans import policies
from tinhgon.apps.procedures.models import Field
from tinhgon.domain.simplification import (
    Figure,
    Indicators,
    Share,
    Stage,
    Whole,
    indicators,
)

from .asked import STAGES, UNASSESSED, WORD_OF, Asked
from .burnup import BurnUp, burn_up_of
from .counted import Counted, counted
from .meter import STAGE_WORDS, Meter, cost_meter, number_meter
from .rule import PLANNED_WORDS, rule_words
from .scope import Scope, choices, rounds_of, scope_of
from .tree import Branch, branches_on, lowest

ROWS = 12
"""Agencies on a page: of a province without districts there are hundreds side by side."""


class Number(NamedTuple):
    """How many procedures came to a stage, and where they stand."""

    words: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """An agency with all below it, or alone; figures are those of the stage asked for."""

    label: str
    note: str
    open_url: str
    """Where its agencies stand, "" for one without any."""
    below: int
    listed: Number
    stages: tuple[Number, ...]
    unassessed: Number
    figures: tuple[Figure, ...]
    number: Meter
    cost: Meter


class Place(NamedTuple):
    """A branch that has a row; `own`: the agency without those below it."""

    branch: Branch
    own: bool


class IndicatorsPage(TypedDict):
    asked: Asked
    on: date
    scope: Scope | None
    rounds: list[tuple[str, str, bool]]
    fields: list[tuple[str, str, bool]]
    stages: list[tuple[str, str, bool]]
    branch: Branch | None
    up: Asked | None
    page: Page[Place]
    rows: list[Row]
    total: Row | None
    formulas: list[tuple[str, bool]]
    """Each with whether it is an official one."""
    rule_words: list[str]
    differing: int
    burn_up: BurnUp | None
    can_set_rule: bool


def indicators_page(
    *, user: User, asked: Asked, today: date, every: bool = False
) -> IndicatorsPage:
    """
    Return the figures of what is asked for, of the agencies that the person sees: a page of them,
    or every one.
    """
    rounds = rounds_of(user)
    scope = scope_of(user, rounds, asked, today)
    fields = Field.objects.values_list("pk", "name")
    page: IndicatorsPage = {
        "asked": asked,
        "on": asked.on(today),
        "scope": scope,
        "rounds": choices(rounds, scope),
        "fields": [(str(pk), name, pk == asked.field) for pk, name in fields],
        "stages": [(w, STAGE_WORDS[s], s is asked.stage) for w, s in STAGES.items()],
        "branch": None,
        "up": None,
        "page": Paginator[Place]([], ROWS).get_page(1),
        "rows": [],
        "total": None,
        "formulas": [],
        "rule_words": [],
        "differing": 0,
        "burn_up": None,
        "can_set_rule": scope is not None and policies.may_count(user, scope.programme.agency),
    }
    if scope:
        _fill(page, user, scope, every=every)
    return page


def _fill(page: IndicatorsPage, user: User, scope: Scope, *, every: bool) -> None:
    asked, found = page["asked"], counted(user, scope)
    roots = branches_on(user, scope.on, found.wholes)
    top = lowest(roots, found.wholes)
    branch = _asked_for(roots, asked) or top
    shown = found.within(branch.keys()) if branch else found
    table = Table(scope, asked, shown)
    total = table.total(branch)
    page["branch"] = branch if branch is not top else None
    page["up"] = replace(asked, agency=None) if page["branch"] else None
    places = _places(branch, roots, found)
    size = max(len(places), 1) if every else ROWS
    page["page"] = Paginator(places, size).get_page(asked.page)
    page["rows"] = [table.row(each) for each in page["page"].object_list]
    page["total"] = total
    page["formulas"] = [
        (each.formula, each.sign in {total.number.figure.sign, total.cost.figure.sign})
        for each in total.figures
    ]
    page["rule_words"] = [*rule_words(scope.rule, scope.setting), PLANNED_WORDS]
    page["differing"] = shown.differing.total()
    page["burn_up"] = burn_up_of(shown, scope)


def _asked_for(roots: list[Branch], asked: Asked) -> Branch | None:
    if asked.agency is None:
        return None
    return next((found for root in roots if (found := root.find(asked.agency))), None)


def _places(branch: Branch | None, roots: list[Branch], found: Counted) -> list[Place]:
    """Return those below the branch, and the branch alone where it has procedures itself."""
    own = [Place(branch, own=True)] if branch and branch.agency in found.wholes else []
    return [*own, *(Place(each, own=False) for each in (branch.below if branch else roots))]


class Table:
    """Rows of a table over what is counted."""

    def __init__(self, scope: Scope, asked: Asked, found: Counted) -> None:
        self._scope, self._asked, self._found = scope, asked, found
        self._shares = found.shares()

    def total(self, branch: Branch | None) -> Row:
        asked = replace(self._asked, agency=branch.agency if branch else None)
        found = {stage: self._found.total(stage) for stage in Stage}
        return self._of("Tổng số", Branch(0, ""), "", asked, found)

    def row(self, place: Place) -> Row:
        branch, own = place
        keys = [branch.agency] if own else list(branch.keys())
        asked = self._asked.of(branch.agency, own=own)
        label = f"Riêng {branch.label}" if own and branch.below else branch.label
        open_url = asked.table_url if branch.below and not own else ""
        return self._of(label, branch, open_url, asked, self._figures(keys))

    def _figures(self, keys: list[int]) -> dict[Stage, Indicators]:
        whole = sum((self._found.wholes.get(key, Whole()) for key in keys), Whole())
        return {
            stage: indicators(
                whole, sum((self._shares.get((key, stage), Share()) for key in keys), Share())
            )
            for stage in Stage
        }

    def _of(
        self,
        label: str,
        branch: Branch,
        open_url: str,
        asked: Asked,
        found: Mapping[Stage, Indicators],
    ) -> Row:
        chosen, rule = found[asked.stage], self._scope.rule
        return Row(
            label=label,
            note=branch.note,
            open_url=open_url,
            below=len(set(branch.keys())) - 1 if open_url else 0,
            listed=Number("thủ tục", chosen.listed, asked.rows_url()),
            stages=tuple(
                Number(STAGE_WORDS[stage], int(each.k2.part), asked.rows_url(WORD_OF[stage]))
                for stage, each in found.items()
            ),
            unassessed=Number("chưa tính chi phí", chosen.unassessed, asked.rows_url(UNASSESSED)),
            figures=chosen.figures,
            number=number_meter(found, rule, asked.stage),
            cost=cost_meter(found, rule, asked.stage),
        )
