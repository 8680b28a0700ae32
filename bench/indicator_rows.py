"""
Two review rounds over a registry that `registry_rows` built, with cost sheets, plans, decisions and
texts, written straight to the tables: what the indicators of part 5.7 are counted from.

The first round reviewed every second procedure, the second all of them; nine in ten have a cost
sheet, four in ten a plan. Three plans of four are approved, half of the approved is carried out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Max

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.plans.enums import LegalChangeStatus, PlanStatus, Verdict
from tinhgon.apps.plans.models import (
    LegalChange,
    Plan,
    PlanDecision,
    PlanDecisionLine,
    PlanItem,
)
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Questionnaire, Review, ReviewRound
from tinhgon.apps.reviews.queries.scope import Scope
from tinhgon.domain.reviewing import shipped_questionnaires

from .registry_rows import NOW, TODAY, VIETNAM, Columns, write

OPENED = (date(2025, 2, 3), date(2026, 1, 12))
_PADDING = json.dumps({"rows": ["x" * 40] * 30})
"""About what a short sheet takes: the figures stand behind it in the row."""


MOST = {"province": 2_000, "nation": 300_000}
"""Procedures that the second round reviews, by size."""


def build_rounds(size: str) -> None:
    """Fill a registry with rounds; the same rows every time."""
    by = User.objects.get(username="office")
    root = Agency.objects.order_by("pk")[0]
    rounds = _rounds(root, by)
    rows = _Rows(by, rounds, _procedures()[: MOST[size]])
    write(Review, rows.reviews())
    write(CostSheet, rows.sheets())
    write(Plan, rows.plans())
    write(PlanItem, rows.items())
    decision = _decision(root, by)
    write(PlanDecisionLine, rows.lines(decision.pk))
    write(LegalChange, rows.texts(decision.document_id))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _rounds(root: Agency, by: User) -> list[ReviewRound]:
    programme = Programme.objects.create(
        name="Rà soát, đơn giản hóa thủ tục hành chính nội bộ", agency=root, starts_on=OPENED[0]
    )
    form = shipped_questionnaires()[0]
    questionnaire = Questionnaire.objects.create(
        code=form.code, version=form.version, title=form.title, content=form.content, added_at=NOW
    )
    return [
        ReviewRound.objects.create(
            round=Round.objects.create(programme=programme, name=f"Lần {n}", order=n),
            agency=root,
            questionnaire=questionnaire,
            scope=Scope.of(root, opened).to_json(),
            opened_on=opened,
            due_on=opened + timedelta(days=300),
            created_at=NOW,
            created_by=by,
        )
        for n, opened in enumerate(OPENED, start=1)
    ]


def _procedures() -> list[tuple[int, int, int]]:
    """Return of every procedure: its key, its holder, its newest version."""
    newest = Procedure.objects.annotate(newest=Max("versions")).order_by("pk")
    return list(newest.values_list("pk", "agency", "newest"))


def _decision(root: Agency, by: User) -> PlanDecision:
    document = Document.objects.create(
        direction=Direction.OUTGOING.value,
        owner=root,
        number="1",
        symbol="QĐ-UBND",
        doc_type="quyết định",
        issued_on=OPENED[0],
        registered_at=NOW,
        registered_by=by,
    )
    return PlanDecision.objects.create(
        document=document, issuer=root, code_key="1", recorded_at=NOW, recorded_by=by
    )


class _Rows:
    """Keys run from 1, so that rows may name one another unseen."""

    def __init__(
        self, by: User, rounds: list[ReviewRound], procedures: list[tuple[int, int, int]]
    ) -> None:
        self.by, self.procedures = by, procedures
        self.rounds = rounds
        self.chance = random.Random(5_7)  # noqa: S311 -- a spread, not a secret
        self.written: list[tuple[int, int, int, int]] = []  # place, agency, version, review
        self.costs: dict[int, tuple[Decimal, Decimal]] = {}  # by review
        self.plan_of: dict[tuple[int, int], int] = {}  # place and agency → plan
        self.decided: dict[int, bool] = {}
        self.approved: list[tuple[int, int, int]] = []  # item, review, agency
        self.ended = dict(
            ProcedureVersion.objects.filter(valid_from__isnull=True).values_list("pk", "status")
        )

    def reviews(self) -> Iterator[Columns]:
        for place, review_round in enumerate(self.rounds):
            for procedure, agency, version in self.procedures:
                if place == 0 and procedure % 2:
                    continue
                pk = len(self.written) + 1
                self.written.append((place, agency, version, pk))
                yield {
                    "id": pk,
                    "round_id": review_round.pk,
                    "procedure_id": procedure,
                    "procedure_version_id": version,
                    "agency_id": agency,
                    "status": Status.TO_DO.value,
                    "created_at": NOW,
                    "changed_at": NOW,
                }

    def sheets(self) -> Iterator[Columns]:
        for _, _, _, review in self.written:
            if review % 10 == 0:
                continue
            now = Decimal(round(10 ** self.chance.uniform(5, 8.5)))
            after = (now * self.chance.randint(40, 95) / 100).quantize(Decimal("0.0001"))
            self.costs[review] = now, after
            yield {
                "review_id": review,
                "now": _PADDING,
                "after": _PADDING,
                "sums": "{}",
                "norm": "{}",
                "cost_now": now,
                "cost_after": after,
                "saved": now - after,
                "created_at": NOW,
                "changed_at": NOW,
                "changed_by_id": self.by.pk,
            }

    def plans(self) -> Iterator[Columns]:
        for place, agency, _, _ in self.written:
            if (place, agency) in self.plan_of:
                continue
            pk = len(self.plan_of) + 1
            self.plan_of[place, agency] = pk
            self.decided[pk] = pk % 4 != 0
            day = OPENED[place] + timedelta(days=20 + pk % 90)
            at = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
            status = PlanStatus.APPROVED if self.decided[pk] else PlanStatus.CONFIRMED
            yield {
                "id": pk,
                "round_id": self.rounds[place].pk,
                "agency_id": agency,
                "status": status.value,
                "created_at": at,
                "created_by_id": self.by.pk,
                "changed_at": at,
                "confirmed_at": at,
                "confirmed_by_id": self.by.pk,
                "decided_on": day + timedelta(days=30) if self.decided[pk] else None,
            }

    def items(self) -> Iterator[Columns]:
        amended: set[int] = set()
        number = 0
        for place, agency, version, review in self.written:
            if review % 5 not in {1, 2}:
                continue
            number += 1
            plan = self.plan_of[place, agency]
            done = self.decided[plan] and number % 2 and version not in amended
            amended |= {version} if done else set()
            if self.decided[plan]:
                self.approved.append((number, review, agency))
            yield {
                "id": number,
                "plan_id": plan,
                "review_id": review,
                "as_is_id": version,
                "order": number,
                "conflicts": "[]",
                "notes": "[]",
                "ending": "abolish" if number % 6 == 0 else "",
                "verdict": (Verdict.APPROVED if self.decided[plan] else Verdict.WAITING).value,
                "amendment_id": version if done and version not in self.ended else None,
            }

    def lines(self, decision: int) -> Iterator[Columns]:
        for item, review, _ in self.approved:
            before, after = self.costs.get(review, (None, None))
            yield {
                "decision_id": decision,
                "item_id": item,
                "order": item,
                "verdict": Verdict.APPROVED.value,
                "cost_before": before,
                "cost_after": after,
            }

    def texts(self, document: int) -> Iterator[Columns]:
        for item, review, agency in self.approved:
            is_law = item % 8 != 0
            status = LegalChangeStatus.IN_FORCE if is_law else LegalChangeStatus.DRAFTED
            opened = OPENED[self.written[review - 1][0]]
            in_force_on = opened + timedelta(days=125 + 14 * (item % 2))
            yield {
                "item_id": item,
                "text": "Quyết định số 15/2022/QĐ-UBND",
                "agency_id": agency,
                "due_on": TODAY,
                "status": status.value,
                "document_id": document if is_law else None,
                "in_force_on": in_force_on if is_law else None,
            }
