"""Rounds with plans of every kind, straight in the tables; and how the domain alone counts them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.conftest import VIETNAM
from tests.factories import make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import make_programme_round, make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.plans.enums import LegalChangeStatus, MeasureKind, PlanStatus, Verdict
from tinhgon.apps.plans.models import (
    LegalChange,
    Measure,
    Plan,
    PlanDecisionLine,
    PlanItem,
    StatedCosts,
)
from tinhgon.apps.plans.queries.carrying import carrying_of
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.simplification import COUNTED, Listed, Planned

FIRST = date(2023, 3, 1)


@dataclass
class Rows:
    """Two rounds of one programme over the procedures of some agencies, by chance."""

    root: Agency
    agencies: Sequence[Agency]
    by: User
    chance: random.Random
    decision: Any
    rounds: list[ReviewRound] = field(default_factory=list)

    def make(self, procedures: int) -> None:
        first = make_programme_round(self.root, "Lần 1")
        second = Round.objects.create(programme=first.programme, name="Lần 2", order=3)
        for place, each in enumerate((first, second)):
            opened = datetime(2023 + place, 3, 1, 9, tzinfo=VIETNAM)
            scope = {"path": self.root.path, "agency": self.root.name, "on": str(opened.date())}
            due_on = opened.date() + timedelta(days=200)
            self.rounds.append(
                make_review_round(
                    self.root, at=opened, round=each, scope=scope, due_on=due_on, created_by=self.by
                )
            )
        plans = {
            (review_round.pk, agency.pk): self._plan(review_round, agency, number)
            for review_round in self.rounds
            for agency in self.agencies
            for number in (1, 2)
        }
        for _ in range(procedures):
            self._procedure(plans)

    def _day(self, since: date, most: int = 300) -> date:
        return since + timedelta(days=self.chance.randrange(most))

    def _plan(self, review_round: ReviewRound, agency: Agency, number: int) -> Plan:
        status = self.chance.choice(
            [
                PlanStatus.DRAFT,
                PlanStatus.CONFIRMED,
                PlanStatus.WITHDRAWN,
                PlanStatus.APPROVED,
                PlanStatus.APPROVED,
                PlanStatus.APPROVED_IN_PART,
            ]
        )
        day = self._day(review_round.opened_on)
        at = datetime(day.year, day.month, day.day, 23, 30, tzinfo=VIETNAM)
        is_decided = status in (PlanStatus.APPROVED, PlanStatus.APPROVED_IN_PART)
        return Plan.objects.create(
            round=review_round,
            agency=agency,
            number=number,
            status=status.value,
            created_at=at,
            created_by=self.by,
            changed_at=at,
            confirmed_at=at,
            confirmed_by=self.by,
            decided_on=self._day(day, 200) - timedelta(days=20) if is_decided else None,
        )

    def _procedure(self, plans: dict[tuple[int, int], Plan]) -> None:
        chance = self.chance
        agency = chance.choice(self.agencies)
        began = datetime(2022, 1, 1, 9, tzinfo=VIETNAM)
        version = make_version(agency, self.by, status=Status.PUBLISHED, at=began)
        taken = chance.choice([(0,), (1,), (0, 1), (0, 1)])
        for place in taken:
            holder = agency if chance.random() < 0.8 else chance.choice(self.agencies)
            review = make_review(self.rounds[place], holder, version)
            if chance.random() < 0.8:
                self._sheet(review)
            if chance.random() < 0.7:
                plan = plans[self.rounds[place].pk, holder.pk]
                self._item(plan, review)
        if chance.random() < 0.3:
            last = version.procedure.versions.order_by("valid_from").last()
            assert last
            assert last.valid_from
            last.valid_to = self._day(last.valid_from + timedelta(days=1), 700)
            last.is_superseded = chance.random() < 0.3  # by another procedure
            last.save()

    def _money(self, most: int = 10**9) -> Decimal:
        return Decimal(self.chance.randrange(most)) + Decimal(self.chance.randrange(9999)) / 10_000

    def _pair(self) -> tuple[Decimal, Decimal]:
        before = self._money()
        return before, (before * self.chance.randrange(101) / 100).quantize(Decimal("0.0001"))

    def _sheet(self, review: Review) -> None:
        before, after = self._pair()
        CostSheet.objects.create(
            review=review,
            now={},
            after={},
            norm={},
            cost_now=before,
            cost_after=after,
            saved=before - after,
            created_at=review.created_at,
            changed_at=review.created_at,
            changed_by=self.by,
        )

    def _item(self, plan: Plan, review: Review) -> None:
        chance = self.chance
        verdict = Verdict.WAITING
        if plan.decided_on:
            verdict = chance.choice([v for v in Verdict if v is not Verdict.WAITING])
        ending = chance.choice(["", "", "abolish", "merge"])
        item = PlanItem.objects.create(
            plan=plan,
            review=review,
            as_is=review.procedure_version,
            order=1,
            ending=ending,
            verdict=verdict.value,
            is_live=verdict is not Verdict.REFUSED and plan.status != PlanStatus.WITHDRAWN.value,
        )
        if chance.random() < 0.3:
            item.cost_before, item.cost_after = self._pair()
            item.norm = {}
            item.save()
        if chance.random() < 0.2:
            before, after = self._pair()
            is_whole = chance.random() < 0.7
            StatedCosts.objects.create(item=item, before=before, after=after if is_whole else None)
        line = self._line(item, verdict) if verdict is not Verdict.WAITING else None
        for kind in (MeasureKind.SHORTEN, MeasureKind.ABOLISH)[: 2 if ending else 1]:
            granted = line if verdict in COUNTED and chance.random() < 0.6 else None
            measure = Measure.objects.create(
                item=item, order=1, kind=kind.value, content="Nội dung", granted_by=granted
            )
            self._text(item, measure if chance.random() < 0.5 else None)
        if chance.random() < 0.6:
            self._amend(item)

    def _line(self, item: PlanItem, verdict: Verdict) -> PlanDecisionLine:
        has_costs = self.chance.random() < 0.7
        before, after = self._pair() if has_costs else (None, None)
        return PlanDecisionLine.objects.create(
            decision=self.decision,
            item=item,
            order=1,
            verdict=verdict.value,
            reason="Còn vướng",
            cost_before=before,
            cost_after=after,
        )

    def _text(self, item: PlanItem, measure: Measure | None) -> None:
        status = self.chance.choice(
            [LegalChangeStatus.IN_FORCE, LegalChangeStatus.DROPPED, LegalChangeStatus.ISSUED] * 3
            + [LegalChangeStatus.DRAFTED]
        )
        signed = status in (LegalChangeStatus.IN_FORCE, LegalChangeStatus.ISSUED)
        LegalChange.objects.create(
            item=item,
            measure=measure,
            text="Quyết định số 15/2022/QĐ-UBND",
            agency=item.plan.agency,
            status=status.value,
            reason="Không còn cần",
            document=self.decision.document if signed else None,
            in_force_on=self._day(FIRST, 700) if signed else None,
        )

    def _amend(self, item: PlanItem) -> None:
        last = item.review.procedure.versions.order_by("valid_from").last()
        assert last
        assert last.valid_from
        began = max(self._day(FIRST, 700), last.valid_from + timedelta(days=1))
        ProcedureVersion.objects.filter(pk=last.pk).update(valid_to=began, is_superseded=True)
        last.pk, last.number, last._state.adding = None, last.number + 1, True
        last.valid_from = began
        last.save()
        item.amendment = last
        item.save()


@dataclass(frozen=True)
class Reckoned:
    """What the domain is given, put together without the queries of indicators."""

    listed: list[Listed[int]]
    planned: list[Planned[int]]
    agency_of: dict[int, int]


def reckoned(rounds: Sequence[ReviewRound], on: date) -> Reckoned:
    """Return the reviews of the rounds as values of the domain, row by row."""
    items = PlanItem.objects.with_endings().select_related("plan", "amendment")
    by_review = {item.review_id: item for item in items}
    done = carrying_of(by_review.values(), today=on)
    baseline: dict[int, Decimal | None] = {}
    planned, agency_of = [], {}
    for place, review_round in enumerate(rounds):
        for review in Review.objects.filter(round=review_round):
            item = by_review.get(review.pk)
            if item and (item.verdict == Verdict.REFUSED or item.plan.status == "withdrawn"):
                item = None
            before, after = _costs(review, item)
            agency_of[review.procedure_id] = review.agency_id
            if baseline.get(review.procedure_id) is None:
                baseline[review.procedure_id] = before
            if item:
                planned.append(
                    Planned(
                        review.procedure_id,
                        place,
                        _is_cut(item),
                        before,
                        after,
                        begun_on=review_round.opened_on,
                        planned_on=_planned_on(item),
                        approved_on=item.plan.decided_on
                        if Verdict(item.verdict) in COUNTED
                        else None,
                        carried_out_on=done[item.pk].done_on,
                    )
                )
    return Reckoned([Listed(*each) for each in baseline.items()], planned, agency_of)


def _planned_on(item: PlanItem) -> date:
    created = item.plan.created_at.astimezone(VIETNAM).date()
    return min(created, item.plan.decided_on or created)


def _is_cut(item: PlanItem) -> bool:
    if item.verdict != Verdict.PARTLY:
        return bool(item.ending)
    granted = item.measures.filter(granted_by__isnull=False)
    return any(measure.kind in {"abolish", "merge"} for measure in granted)


def _costs(review: Review, item: PlanItem | None) -> tuple[Decimal | None, Decimal | None]:
    if item and Verdict(item.verdict) in COUNTED:
        for line in item.decision_lines.all():
            if line.cost_before is not None:
                return line.cost_before, line.cost_after
    if item and item.cost_before is not None:
        return item.cost_before, item.cost_after
    sheet = CostSheet.objects.filter(review=review).first()
    if sheet:
        return sheet.cost_now, sheet.cost_after
    stated = StatedCosts.objects.filter(item=item).first() if item else None
    if stated and stated.before is not None and stated.after is not None:
        return stated.before, stated.after
    return None, None


def make_rows(root: Agency, agencies: Sequence[Agency], decision: Any, seed: int) -> Rows:
    by = make_user(root, "coordinator")
    rows = Rows(root, agencies, by, random.Random(seed), decision)  # noqa: S311 — a spread
    rows.make(40)
    return rows
