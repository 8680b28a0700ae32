"""Official documents made of a plan: tờ trình, văn bản đánh giá, quyết định with its annex."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tinhgon.apps.agencies.documents import symbol_of
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.publications.documents import letter_of, office_of, signature_of
from tinhgon.domain.officialdoc import OfficialDoc
from tinhgon.domain.planpapers import (
    Assessed,
    MeasureText,
    PlanBlock,
    PlanPaper,
    assessment_document,
    decision_document,
    submission_document,
)
from tinhgon.domain.publishing import Letter, default_bases
from tinhgon.domain.simplification import COUNTED
from tinhgon.domain.vntext import format_date

from .enums import PlanStatus, Verdict
from .models import LegalChange, Plan, PlanAssessment, PlanDecision, PlanItem
from .queries.costs import Costs, costs_of

_DECIDED = (PlanStatus.APPROVED, PlanStatus.APPROVED_IN_PART, PlanStatus.REFUSED)
_SUBMITTED = (PlanStatus.CONFIRMED, PlanStatus.ASSESSED, PlanStatus.SUBMITTED, *_DECIDED)
_DRAFTED = (PlanStatus.ASSESSED, PlanStatus.SUBMITTED, *_DECIDED)


def papers_of(plan: Plan, assessments: list[PlanAssessment]) -> list[tuple[str, str]]:
    """Return the papers that a plan has in its state: the name in the address, and the title."""
    status = PlanStatus(plan.status)
    found = [("to-trinh", "Tờ trình")] if status in _SUBMITTED else []
    found += [("danh-gia", "Văn bản đánh giá")] if assessments else []
    found += [("quyet-dinh", "Quyết định và phụ lục")] if status in _DRAFTED else []
    return found


def make_opinion(
    plan: Plan, text: str, *, consulted: str, office: Agency, today: date
) -> OfficialDoc | None:
    """
    Draft the assessment of a plan that waits for it, in the name of the office that assesses; None
    in another state.
    """
    if PlanStatus(plan.status) is not PlanStatus.CONFIRMED:
        return None
    paper = replace(_paper(plan, [], today), office=office_of(office))
    assessed = Assessed(text, passes=True, consulted=consulted, letter=_blank(office, ""))
    return assessment_document(paper, assessed)


def make_paper(plan: Plan, name: str, *, today: date) -> OfficialDoc | None:
    """Return a paper of the plan by its name in the address; None where it has none such."""
    assessments = list(plan.assessments.select_related("document", "agency")[:1])
    if name not in dict(papers_of(plan, assessments)):
        return None
    paper = _paper(plan, assessments, today)
    if name == "to-trinh":
        return submission_document(paper)
    if name == "danh-gia" and paper.assessed:
        return assessment_document(paper, paper.assessed)
    return decision_document(paper)


def _paper(plan: Plan, assessments: list[PlanAssessment], today: date) -> PlanPaper:
    items = list(
        plan.items.select_related(
            "review__procedure_version__field", "review__procedure"
        ).prefetch_related("measures", "legal_changes__agency", "decision_lines")
    )
    decision = (
        PlanDecision.objects.filter(lines__item__plan=plan)
        .select_related("document", "issuer")
        .first()
    )
    costs = costs_of([item.review_id for item in items])
    issuer = decision.issuer if decision else plan.round.agency
    written = decision.document.issued_on if decision else None
    return PlanPaper(
        issuer=office_of(issuer),
        drafter=office_of(plan.agency),
        office=office_of(assessments[0].agency if assessments else plan.round.agency),
        round_name=_low(str(plan.round)),
        blocks=tuple(
            _block(plan, item, costs.get(item.review_id))
            for item in items
            if item.verdict == Verdict.WAITING.value or Verdict(item.verdict) in COUNTED
        ),
        written_on=written or today,
        bases=tuple(default_bases(written or today)),
        decision=letter_of(decision.document) if decision else _blank(issuer, "QĐ"),
        submission=letter_of(plan.submission) if plan.submission else _blank(plan.agency, "TTr"),
        assessed=_assessed(assessments[0]) if assessments else None,
        signature=signature_of(decision.document) if decision else None,
    )


def _block(plan: Plan, item: PlanItem, costs: Costs | None) -> PlanBlock:
    lines = list(item.decision_lines.all())
    measures = [m for m in item.measures.all() if not lines or m.granted_by_id]
    kept = {measure.pk for measure in measures}
    line = lines[-1] if lines else None
    known = (line.cost_before, line.cost_after) if line else (None, None)
    if line is None and costs:
        known = (costs.before, costs.after)
    version = item.review.procedure_version
    own = [item.proposal] if item.proposal.strip() else []
    changes = [c for c in item.legal_changes.all() if not c.measure_id or c.measure_id in kept]
    return PlanBlock(
        name=version.name,
        measures=tuple(MeasureText(m.content, m.reason) for m in measures),
        implementation=(*own, *(_change(change) for change in changes)),
        code=item.review.procedure.national_code or "",
        agency=plan.agency.name,
        field=version.field.name if version.field else "",
        before=known[0],
        after=known[1],
    )


def _change(change: LegalChange) -> str:
    due = f"; hoàn thành trước ngày {format_date(change.due_on)}" if change.due_on else ""
    return f"{_work(change)} {change}; {change.agency.name}{due}"


def _work(change: LegalChange) -> str:
    """Return what is done to the text; a whole sentence stands before a colon."""
    work = change.work.strip()
    return f"{work.rstrip(' .;')}:" if work.endswith(".") else work or "Sửa đổi, bổ sung"


def _assessed(assessment: PlanAssessment) -> Assessed:
    letter = (
        letter_of(assessment.document) if assessment.document else _blank(assessment.agency, "")
    )
    return Assessed(assessment.opinion, assessment.passes, assessment.consulted, letter)


def _blank(agency: Agency, kind: str) -> Letter:
    return Letter("", "-".join(part for part in (kind, symbol_of(agency)) if part))


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
