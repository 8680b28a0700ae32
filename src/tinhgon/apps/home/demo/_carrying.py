"""How the approved plans of the first round were carried out, as far as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions as plans
from tinhgon.apps.plans.enums import LegalChangeStatus
from tinhgon.apps.plans.models import LegalChange, PlanItem, Recommendation
from tinhgon.apps.plans.queries.issuing import Issuer
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications import actions as publications
from tinhgon.domain.procedures import Move

from ._plans import people_of, planned
from ._programme import FIRST
from ._story import at_hour

# Days before the signature, or before the last day in time, on which the drafters were so far.
DRAFTED, SENT = timedelta(days=14), timedelta(days=5)
AMENDED = date(2024, 6, 20)
ENTERED_LATE, ENTERED_ON = "Sở Giao thông vận tải", date(2024, 8, 20)
WENT_UP, ANSWER_BY = date(2024, 4, 12), date(2024, 12, 31)
MINISTRY = "Bộ Nông nghiệp và Phát triển nông thôn"
LATE_ISSUED, LATE_IN_FORCE = date(2024, 6, 24), date(2024, 6, 28)


@dataclass(slots=True)
class CarryingStory:
    """Tells how legal texts came into force, and which published versions followed them."""

    people: dict[str, User]
    issuer: Agency
    office: Agency

    def tell(self) -> None:
        """Take each text as far as the data says, then show what the registry made of it."""
        rows = {(p.agency, i["procedure"]): i for p in planned(FIRST) for i in p.items}
        items = PlanItem.objects.filter(plan__round__round__name=FIRST).select_related(
            "plan__agency", "review__procedure_version"
        )
        for item in items.order_by("pk"):
            row = rows[item.plan.agency.name, str(item)]
            officer, head = people_of(self.people, item.plan.agency)
            texts = item.legal_changes.select_related("agency", "item__plan__agency")
            for change, told in zip(texts.order_by("pk"), row.get("text", ()), strict=True):
                self._live(change, told, officer)
            if "amended" in row:
                self._amend(item, row["amended"], officer, head)

    def tell_of_autumn(self) -> None:
        """Let what the province cannot decide go up, and one text be entered later than issued."""
        self._recommend()
        self._enter_late()

    def _recommend(self) -> None:
        """The ministry was asked in spring and has not answered yet."""
        at = at_hour(WENT_UP, 15)
        for row in Recommendation.objects.select_related("item__plan__agency", "agency"):
            officer, _ = people_of(self.people, row.agency)
            asked = plans.Asked(row.authority or MINISTRY, row.item.proposal, ANSWER_BY)
            plans.address_recommendation(
                recommendation=row, asked=asked, by=officer, at=at, seen=row.version
            )
            plans.send_recommendations(
                seen=[plans.SeenRecommendation(row, row.version)],
                letter=plans.SentLetter("402", WENT_UP, ANSWER_BY, signer_title="Chủ tịch"),
                by=self.people["vanthu"],
                at=at,
            )

    def _enter_late(self) -> None:
        """One department had issued a text before the cut-off of its report."""
        told = {"number": "38", "issued_on": LATE_ISSUED, "in_force_on": LATE_IN_FORCE}
        change = LegalChange.objects.select_related(
            "agency", "item__plan__agency", "item__review__procedure"
        ).get(status=LegalChangeStatus.SUBMITTED, agency__name=ENTERED_LATE)
        officer, _ = people_of(self.people, change.agency)
        self._issue(change, told, officer, at=at_hour(ENTERED_ON, 9))
        self._publish_late(change.item, officer)

    def _publish_late(self, item: PlanItem, officer: User) -> None:
        """The amended procedure was published in time, too."""
        at = at_hour(ENTERED_ON, 10)
        line = publications.Entered(
            Action.AMENDED,
            str(item),
            record=item.to_be_record,
            procedure=item.review.procedure,
            position="1",
        )
        publications.enter_signed(
            issuer=self.issuer,
            drafter=self.office,
            subject="công bố thủ tục hành chính nội bộ được sửa đổi, bổ sung lĩnh vực giao thông",
            signed=publications.Signed(
                "1120", LATE_IN_FORCE, signer_name="", signer_title="Chủ tịch", symbol="QĐ-UBND"
            ),
            lines=[line],
            by=self.people["dieuphoi"],
            at=at,
        )
        item.refresh_from_db()
        plans.link_amendment(item=item, version=_newest(item), by=officer, at=at, seen=item.version)

    def _live(self, change: LegalChange, told: Mapping[str, Any], officer: User) -> None:
        last = told.get("issued_on", told["due_on"])
        if told["state"] == "planned":
            return
        plans.draft_text(
            change=change,
            upload=None,
            by=officer,
            at=at_hour(last - DRAFTED, 9),
            seen=change.version,
        )
        if told["state"] == "drafted":
            return
        plans.submit_text(
            change=change, upload=None, by=officer, at=at_hour(last - SENT, 9), seen=change.version
        )
        if told["state"] == "in_force":
            self._issue(change, told, officer)

    def _issue(
        self,
        change: LegalChange,
        told: Mapping[str, Any],
        officer: User,
        at: datetime | None = None,
    ) -> None:
        """Record the text as issued; `at`: when it was entered, if not on its own days."""
        agency = self.issuer if told.get("by_province") else change.agency
        issuer = Issuer(agency.name, agency)
        text = plans.IssuedText(
            issuer=issuer,
            doc_type="quyết định",
            number=told["number"],
            symbol=f"QĐ-{agency.symbol}",
            issued_on=told["issued_on"],
            in_force_on=told["in_force_on"],
            subject=f"sửa đổi, bổ sung {change.provision} {change.text}",
            **issuer.signature,  # the demo invents nobody: whoever signs is told by title only
        )
        plans.issue_text(
            change=change,
            text=text,
            by=officer,
            at=at or at_hour(told["issued_on"], 16),
            seen=change.version,
        )
        plans.bring_into_force(
            change=change, by=officer, at=at or at_hour(told["in_force_on"], 8), seen=change.version
        )

    def _amend(self, item: PlanItem, how: str, officer: User, head: User) -> None:
        at = at_hour(AMENDED, 9)
        if how == "published":
            plans.link_amendment(
                item=item, version=_newest(item), by=officer, at=at, seen=item.version
            )
            return
        draft = plans.draft_amendment(item=item, by=officer, at=at, seen=item.version)
        self._send(draft, officer, head, at)

    def _send(self, draft: ProcedureVersion, officer: User, head: User, at: datetime) -> None:
        for move, who in ((Move.SEND, officer), (Move.CONFIRM, head)):
            procedures.move_version(version=draft, move=move, by=who, at=at, seen=draft.version)


def _newest(item: PlanItem) -> ProcedureVersion:
    reviewed = item.review.procedure_version
    return ProcedureVersion.objects.filter(procedure=reviewed.procedure_id).latest("number")
