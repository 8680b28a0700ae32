"""Plans for tests, made by the real actions."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tests.factories.agencies import make_agency
from tests.factories.people import make_user
from tests.factories.procedures import AT
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind, RecommendationMove, Verdict
from tinhgon.apps.plans.models import (
    FormerDraft,
    LegalChange,
    Measure,
    Plan,
    PlanDecision,
    PlanItem,
    Recommendation,
)
from tinhgon.apps.plans.queries.issuing import Issuer
from tinhgon.apps.reviews.enums import Outcome, Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.uploads import Upload

_numbers = itertools.count(1_001)  # none that a test names
PDF = Upload("van-ban.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")


def make_done_review(
    agency: Agency,
    review_round: ReviewRound | None = None,
    *,
    outcome: Outcome = Outcome.AMEND,
    **values: Any,
) -> Review:
    """Make a review that found something to do, in a round run by the agency above."""
    review_round = review_round or make_review_round(agency.parent or agency)
    return make_review(
        review_round,
        agency,
        values.pop("version", None),
        status=Status.ANSWERED.value,
        outcome=outcome.value,
        outcome_reason="Không còn cần thiết",
        answered_at=AT,
        answered_by=make_user(agency, "officer"),
        **values,
    )


def make_plan(
    agency: Agency,
    by: User | None = None,
    *,
    reviews: Sequence[Review] = (),
    at: datetime = AT,
) -> Plan:
    """Make a plan in draft with one procedure to amend, or with those of the reviews."""
    reviews = list(reviews) or [make_done_review(agency)]
    return actions.draft_plan(
        review_round=reviews[0].round,
        agency=agency,
        reviews=reviews,
        by=by or make_user(agency, "officer"),
        at=at,
    )


def entry(
    kind: MeasureKind = MeasureKind.SHORTEN, target: str = "time_limit", **values: Any
) -> actions.MeasureEntry:
    """Return a measure as it is entered: the time limit shortened to three days."""
    if kind is MeasureKind.SHORTEN:
        values.setdefault("value", {"amount": "3", "unit": "working_day"})
    return actions.MeasureEntry(
        kind=kind, target=target, **{"reason": "Giảm thời gian chờ đợi", **values}
    )


def make_measure(item: PlanItem, by: User | None = None, **values: Any) -> Measure:
    return actions.add_measure(
        item=item,
        entry=values.pop("entry", None) or entry(**values),
        by=by or make_user(item.plan.agency, "officer"),
        at=AT,
        seen=item.version,
    )


def make_legal_change(item: PlanItem, by: User | None = None, **values: Any) -> LegalChange:
    defaults: dict[str, Any] = {
        "text": "Quyết định số 15/2022/QĐ-UBND",
        "provision": "khoản 2 Điều 5",
        "work": "Sửa đổi, bổ sung",
        "agency": item.plan.agency,
        "due_on": date(2024, 12, 31),
    }
    return actions.add_legal_change(
        item=item,
        entry=actions.LegalChangeEntry(**{**defaults, **values}),
        by=by or make_user(item.plan.agency, "officer"),
        at=AT,
        seen=item.version,
    )


def vouch_for(plan: Plan) -> None:
    """Let the head stand behind the reviews of the plan, and the Office check them."""
    rows = Review.objects.filter(plan_items__plan=plan)
    rows.update(
        status=Status.CHECKED.value,
        **dict.fromkeys(["confirmed_at", "checked_at"], AT),
        **dict.fromkeys(["confirmed_by", "checked_by"], make_user(plan.agency, "head")),
    )


def make_ready(agency: Agency, n: int = 1) -> Plan:
    """Make a plan that its head may confirm: every procedure has a measure."""
    review_round = make_review_round(agency.parent or agency)
    plan = make_plan(agency, reviews=[make_done_review(agency, review_round) for _ in range(n)])
    for item in plan.items.all():
        item.plan = plan
        make_measure(item)
    vouch_for(plan)
    return plan


def make_confirmed(agency: Agency, n: int = 1) -> Plan:
    plan = make_ready(agency, n)
    actions.confirm_plan(plan=plan, by=make_user(agency, "head"), at=AT, seen=plan.version)
    return plan


def opinion(agency: Agency, text: str = "Đủ nội dung, lý do rõ ràng.") -> actions.Opinion:
    return actions.Opinion(agency=agency, text=text)


def make_assessor(agency: Agency) -> User:
    """Make somebody who may assess plans of the agency: nobody who sits in it himself."""
    if agency.parent is not None:
        return make_user(agency.parent, "coordinator")
    return make_user(make_agency("Văn phòng", parent=agency), "coordinator", scope=agency)


def make_assessed(agency: Agency, n: int = 1) -> Plan:
    plan = make_confirmed(agency, n)
    office = agency.parent or agency
    actions.assess_plan(
        plan=plan,
        opinion=opinion(office),
        by=make_assessor(agency),
        at=AT,
        seen=plan.version,
    )
    return plan


def make_submitted_plan(agency: Agency, n: int = 1) -> Plan:
    plan = make_assessed(agency, n)
    actions.submit_plan(
        plan=plan,
        letter=actions.Letter("12", AT.date()),
        by=make_user(agency, "head"),
        at=AT,
        seen=plan.version,
    )
    return plan


def signed_decision(issuer: Agency, **values: Any) -> actions.SignedDecision:
    return actions.SignedDecision(
        issuer=issuer,
        subject="phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ",
        number=values.pop("number", str(next(_numbers))),
        issued_on=values.pop("issued_on", AT.date()),
        signer_name="Nguyễn Văn A",
        signer_title="CHỦ TỊCH",
        **values,
    )


def make_decided(
    agency: Agency, n: int = 1, verdict: Verdict = Verdict.APPROVED
) -> tuple[Plan, PlanDecision]:
    """Make a plan on which a decision was recorded, the same for each of its procedures."""
    plan = make_submitted_plan(agency, n)
    above = agency.parent or agency
    decision = actions.record_decision(
        plans=[actions.Seen(plan, plan.version)],
        verdicts={item.pk: actions.Decided(verdict, "Chưa phù hợp") for item in plan.items.all()},
        signed=signed_decision(above),
        by=make_user(above, "clerk"),
        at=AT,
    )
    return plan, decision


def make_text(owner: Agency, verdict: Verdict = Verdict.APPROVED, **values: Any) -> LegalChange:
    """Make a legal text that a decided plan of the owner is to change."""
    plan = make_ready(owner)
    change = make_legal_change(plan.items.select_related("plan__agency").get(), **values)
    decide(plan, verdict)
    change.refresh_from_db()
    return change


def make_former_draft(agency: Agency) -> FormerDraft:
    """Make the first draft of a text, whose place a second one took."""
    change, by = make_text(agency), make_user(agency, "officer")
    actions.draft_text(change=change, upload=PDF, by=by, at=AT, seen=change.version)
    actions.redraft_text(
        change=change,
        upload=Upload("ban-2.pdf", PDF.content_type, PDF.data + b"2"),
        reason="Theo góp ý của Sở Tư pháp",
        by=by,
        at=AT,
        seen=change.version,
    )
    return change.former_drafts.get()


def issued_text(in_force_on: date = date(2024, 7, 8), **values: Any) -> actions.IssuedText:
    """Return what stands on a signed text that takes the place of the old one: the province's."""
    top = Agency.objects.filter(parent=None).earliest("pk")
    defaults: dict[str, Any] = {
        "issuer": Issuer(top.name, top),
        "doc_type": "quyết định",
        "number": str(next(_numbers)),
        "symbol": "QĐ-UBND",
        "issued_on": date(2024, 7, 5),
        "subject": "sửa đổi, bổ sung quy định",
        "signer_authority": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
    }
    return actions.IssuedText(in_force_on=in_force_on, **{**defaults, **values})


def make_issued_text(agency: Agency, **values: Any) -> LegalChange:
    change = make_text(agency)
    by = make_user(agency, "officer")
    text = issued_text(**values)
    actions.issue_text(change=change, text=text, by=by, at=AT, seen=change.version)
    return change


def decide(
    plan: Plan,
    verdict: Verdict = Verdict.APPROVED,
    verdicts: Mapping[int, actions.Decided] | None = None,
) -> PlanDecision:
    """Take a plan in draft all the way to its decision."""
    agency, above = plan.agency, plan.agency.parent or plan.agency
    plan.refresh_from_db()
    vouch_for(plan)
    head, coordinator = make_user(agency, "head"), make_assessor(agency)
    actions.confirm_plan(plan=plan, by=head, at=AT, seen=plan.version)
    said = opinion(above)
    actions.assess_plan(plan=plan, opinion=said, by=coordinator, at=AT, seen=plan.version)
    letter = actions.Letter("12", AT.date())
    actions.submit_plan(plan=plan, letter=letter, by=head, at=AT, seen=plan.version)
    return actions.record_decision(
        plans=[actions.Seen(plan, plan.version)],
        verdicts=verdicts
        or {item.pk: actions.Decided(verdict, "Chưa phù hợp") for item in plan.items.all()},
        signed=signed_decision(above),
        by=make_user(above, "clerk"),
        at=AT,
    )


MINISTRY = "Bộ Nội vụ"


def make_recommendation(
    agency: Agency, authority: str = MINISTRY, *, legal_text: str = ""
) -> Recommendation:
    """Make what a decision recommends to a ministry, still to be sent."""
    plan = make_ready(agency)
    if legal_text:
        item = plan.items.select_related("plan__agency").get()
        make_legal_change(item, text=legal_text)
    decide(plan, Verdict.RECOMMENDED_UP)
    found = Recommendation.objects.select_related("item__plan__agency").get(item__plan=plan)
    if authority:
        actions.address_recommendation(
            recommendation=found,
            asked=actions.Asked(authority),
            by=make_user(agency, "officer"),
            at=AT,
            seen=found.version,
        )
    return found


def sent_letter(**values: Any) -> actions.SentLetter:
    defaults: dict[str, Any] = {
        "number": str(next(_numbers)),
        "symbol": "UBND-SNV",
        "issued_on": AT.date(),
        "answer_by": date(2024, 8, 1),
    }
    return actions.SentLetter(**{**defaults, **values})


def make_sent(agency: Agency, **values: Any) -> Recommendation:
    """Make a recommendation whose letter is out; `legal_text` names what is to change."""
    found = make_recommendation(agency, legal_text=values.pop("legal_text", ""))
    actions.send_recommendations(
        seen=[actions.SeenRecommendation(found, found.version)],
        letter=sent_letter(**values),
        by=make_user(agency.parent or agency, "clerk"),
        at=AT,
    )
    return found


Told = tuple[actions.Said, actions.AnswerPaper]
_SAID = ("reason", "measures", "text", "due_on")


def answer(move: RecommendationMove = RecommendationMove.AGREE, **values: Any) -> Told:
    """Return what a ministry answers of a procedure, and the document in which it does."""
    said: dict[str, Any] = {
        "text": "Thông tư số 02/2021/TT-BNV" if move is not RecommendationMove.REFUSE else "",
        "reason": "" if move is RecommendationMove.AGREE else "Chưa đủ căn cứ",
    }
    said |= {name: values.pop(name) for name in _SAID if name in values}
    paper: dict[str, Any] = {
        "number": str(next(_numbers)),
        "symbol": "BNV-CCVC",
        "issued_on": AT.date(),
    }
    return actions.Said(move, **said), actions.AnswerPaper(**{**paper, **values})


def record_answer(
    found: Recommendation, told: Told, *, by: User, at: datetime = AT, seen: int = 0
) -> None:
    """Record what a ministry answers of one procedure."""
    said, paper = told
    answered = actions.Answered(found, seen or found.version, said)
    actions.answer_recommendations(answers=[answered], paper=paper, by=by, at=at)
