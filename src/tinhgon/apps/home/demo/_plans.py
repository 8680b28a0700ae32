"""What the reviews found to simplify, and how far each agency's plan has come."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions as plans
from tinhgon.apps.plans.enums import MeasureKind, Verdict
from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.apps.plans.queries.planning import load_work
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.simplification import CountingRule

from ._registry import OFFICERS

FILE = "phuong-an-mau.toml"
DECISION = "phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ lần 1"
_STATES = ("draft", "confirmed", "assessed", "submitted", "decided")


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of one agency in one round, as the data tells it."""

    round: str
    agency: str
    state: str
    items: Sequence[dict[str, Any]]
    opinion: str = ""

    def is_past(self, state: str) -> bool:
        reached = "assessed" if self.state == "returned" else self.state
        return _STATES.index(reached) >= _STATES.index(state)


def planned(name: str) -> list[Planned]:
    """Return the plans of the round with this name."""
    path = resources.files("tinhgon.apps.home").joinpath("data", FILE)
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["plan"]
    return [
        Planned(row["round"], row["agency"], row["state"], row["item"], row.get("opinion", ""))
        for row in rows
        if row["round"] == name
    ]


@dataclass(frozen=True, slots=True)
class Days:
    """When the agencies drafted, the heads confirmed, the Office assessed, the plans went up."""

    drafted: datetime
    confirmed: datetime
    assessed: datetime
    submitted: datetime


@dataclass(slots=True)
class PlanStory:
    """Tells how the plans of a round were drafted, judged and decided on."""

    people: dict[str, User]
    office: Agency
    days: Days

    def tell(self, review_round: ReviewRound, name: str) -> list[Plan]:
        """Let each agency take its plan as far as the data says."""
        reviews = {
            str(review.procedure_version.name): review
            for review in review_round.reviews.exclude(outcome="").select_related(
                "round__round", "agency", "procedure_version"
            )
        }
        return [self._live(review_round, each, reviews) for each in planned(name)]

    def _live(self, review_round: ReviewRound, told: Planned, reviews: dict[str, Review]) -> Plan:
        chosen = [reviews[item["procedure"]] for item in told.items]
        agency = chosen[0].agency
        officer, head = people_of(self.people, agency)
        plan = plans.draft_plan(
            review_round=review_round,
            agency=agency,
            reviews=chosen,
            by=officer,
            at=self.days.drafted,
        )
        items = plan.items.select_related("plan__agency", "review__procedure_version")
        for item, row in zip(items.order_by("order"), told.items, strict=True):
            self._write(item, row, officer)
        if any(measure.get("left_out") for row in told.items for measure in row.get("measure", ())):
            self._choose(plan, told, officer)
        plan.refresh_from_db()
        self._move(plan, told, head)
        return plan

    def _write(self, item: PlanItem, row: dict[str, Any], officer: User) -> None:
        at = self.days.drafted
        plans.describe_item(
            item=item, proposal=row["proposal"], by=officer, at=at, seen=item.version
        )
        for each in row.get("measure", ()):
            said = {name: value for name, value in each.items() if name != "left_out"}
            entry = plans.MeasureEntry(**{**said, "kind": MeasureKind(each["kind"])})
            plans.add_measure(item=item, entry=entry, by=officer, at=at, seen=item.version)
        for each in row.get("text", ()):
            text = plans.LegalChangeEntry(
                each["text"],
                item.plan.agency,
                each.get("provision", ""),
                each["work"],
                each["due_on"],
            )
            plans.add_legal_change(item=item, entry=text, by=officer, at=at, seen=item.version)

    def _choose(self, plan: Plan, told: Planned, officer: User) -> None:
        """Narrow the draft to what the planner chose: what is left out can be given back."""
        work = load_work(
            user=officer,
            review_round=plan.round,
            agency=plan.agency,
            rule=CountingRule(),
            today=self.days.drafted.date(),
        )
        rows = {row["procedure"]: row.get("measure", ()) for row in told.items}
        chosen = [
            measure.pk
            for item in work.items.values()
            for measure, said in zip(item.measures.all(), rows[str(item)], strict=True)
            if not said.get("left_out")
        ]
        seen = {each.pk: each.version for each in work.plans}
        at = self.days.drafted + timedelta(hours=2)
        plans.apply_choice(work=work, chosen=chosen, seen=seen, by=officer, at=at)

    def _move(self, plan: Plan, told: Planned, head: User) -> None:
        days, office = self.days, self.people["dieuphoi"]
        opinion = plans.Opinion(self.office, told.opinion)
        if told.is_past("confirmed"):
            plans.confirm_plan(plan=plan, by=head, at=days.confirmed, seen=plan.version)
        if told.state == "returned":
            plans.return_plan(
                plan=plan, opinion=opinion, by=office, at=days.assessed, seen=plan.version
            )
        elif told.is_past("assessed"):
            plans.assess_plan(
                plan=plan, opinion=opinion, by=office, at=days.assessed, seen=plan.version
            )
        if told.is_past("submitted"):
            letter = plans.Letter(str(100 + plan.pk), days.submitted.date())
            plans.submit_plan(
                plan=plan, letter=letter, by=head, at=days.submitted, seen=plan.version
            )


def decide(
    drafted: Iterable[Plan], *, issuer: Agency, signed: tuple[str, date], by: User, at: datetime
) -> None:
    """Record one decision on all these plans, as the data says."""
    rows = {
        (each.agency, item["procedure"]): item for each in planned("Lần 1") for item in each.items
    }
    seen = [plans.Seen(plan, plan.version) for plan in drafted]
    items = PlanItem.objects.filter(plan__in=[each.plan for each in seen]).select_related(
        "plan__agency", "review__procedure_version"
    )
    verdicts = {item.pk: _decided(item, rows[item.plan.agency.name, str(item)]) for item in items}
    number, day = signed
    plans.record_decision(
        plans=seen,
        verdicts=verdicts,
        signed=plans.SignedDecision(
            issuer, DECISION, number, day, symbol="QĐ-UBND", signer_title="Chủ tịch"
        ),
        by=by,
        at=at,
    )


def _decided(item: PlanItem, row: dict[str, Any]) -> plans.Decided:
    own = [measure.pk for measure in item.measures.order_by("order")]
    granted = frozenset(own[place - 1] for place in row.get("granted", ()))
    return plans.Decided(Verdict(row["verdict"]), row.get("refused", ""), granted)


def people_of(people: dict[str, User], agency: Agency) -> tuple[User, User]:
    """Return who drafts at an agency, and its head."""
    officer = people.get(f"cv{agency.pk}") or people[OFFICERS.get(agency.label, f"cq{agency.pk}")]
    return officer, people.get(f"tt{agency.pk}") or people["giamdoc"]
