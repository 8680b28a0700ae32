"""Official documents made of a plan: tờ trình, văn bản đánh giá, quyết định with its annex."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from tinhgon.apps.agencies.documents import symbol_of
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.publications.documents import letter_of, office_of, signature_of
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.domain.officialdoc import OfficialDoc
from tinhgon.domain.planpapers import (
    Assessed,
    MeasureText,
    PlanBlock,
    PlanPaper,
    Upwards,
    assessment_document,
    decision_document,
    recommendation_document,
    submission_document,
)
from tinhgon.domain.procedures import RuleOwner
from tinhgon.domain.publishing import Letter, default_bases, titled
from tinhgon.domain.simplification import COUNTED
from tinhgon.domain.vntext import format_date

from .enums import PlanStatus, Verdict
from .models import LegalChange, Plan, PlanAssessment, PlanDecision, PlanItem, Recommendation
from .queries.costs import Costs, decided_costs, proposed_costs
from .queries.recommendations import together_with

_DECIDED = (PlanStatus.APPROVED, PlanStatus.APPROVED_IN_PART, PlanStatus.REFUSED)
_SUBMITTED = (PlanStatus.CONFIRMED, PlanStatus.ASSESSED, PlanStatus.SUBMITTED, *_DECIDED)
_APPROVABLE = (
    PlanStatus.ASSESSED,
    PlanStatus.SUBMITTED,
    PlanStatus.APPROVED,
    PlanStatus.APPROVED_IN_PART,
)


def papers_of(plan: Plan, assessments: list[PlanAssessment]) -> list[tuple[str, str]]:
    """Return the papers that a plan has in its state: the name in the address, and the title."""
    status = PlanStatus(plan.status)
    found = [("to-trinh", "Tờ trình")] if status in _SUBMITTED else []
    found += [("danh-gia", "Văn bản đánh giá")] if assessments else []
    found += [("quyet-dinh", "Quyết định và phụ lục")] if status in _APPROVABLE else []
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
    paper = replace(_paper(plan, [], today, is_decision=False), office=office_of(office))
    assessed = Assessed(text, passes=True, consulted=consulted, letter=_blank(office, ""))
    return assessment_document(paper, assessed)


def make_paper(plan: Plan, name: str, *, today: date) -> OfficialDoc | None:
    """Return a paper of the plan by its name in the address; None where it has none such."""
    assessments = list(plan.assessments.select_related("document", "agency")[:1])
    if name not in dict(papers_of(plan, assessments)):
        return None
    is_decision = name == "quyet-dinh"
    paper = _paper(plan, assessments, today, is_decision=is_decision)
    if is_decision:
        return decision_document(paper)
    if name == "danh-gia" and paper.assessed:
        return assessment_document(paper, paper.assessed)
    return submission_document(paper)


def make_recommendation(recommendation: Recommendation, *, today: date) -> OfficialDoc | None:
    """Return the letter upwards, drafted or as it was sent; None while it has no addressee."""
    if not recommendation.authority:
        return None
    together = [recommendation, *together_with(recommendation)]
    plan, letter = recommendation.item.plan, recommendation.letter
    only = {each.item_id for each in together}
    paper = _paper(plan, [], today, is_decision=True, only=only)
    symbol = "-".join(part for part in (paper.issuer.symbol, paper.drafter.symbol) if part)
    requests = dict.fromkeys(r for each in together if (r := each.request.strip()))
    upwards = Upwards(
        authority=recommendation.authority,
        letter=letter_of(letter) if letter else Letter("", symbol),
        request=" ".join(requests),
        answer_by=recommendation.answer_by,
        signature=signature_of(letter) if letter and letter.signer_name else None,
    )
    return recommendation_document(paper, upwards)


def letter_symbol(recommendation: Recommendation) -> str:
    """Return the symbol of letters that the agency drafts for who recommends: "UBND-SNV"."""
    line = recommendation.item.decision_lines.select_related("decision__issuer").first()
    plan = recommendation.item.plan
    issuer = line.decision.issuer if line else plan.round.agency
    return "-".join(part for part in (symbol_of(issuer), symbol_of(recommendation.agency)) if part)


def _paper(
    plan: Plan,
    assessments: list[PlanAssessment],
    today: date,
    *,
    is_decision: bool,
    only: Collection[int] | None = None,
) -> PlanPaper:
    """
    Return what papers say: a decision of what it grants, the others of the plan as it was; `only`
    of some procedures.
    """
    rows = plan.items.all() if only is None else plan.items.filter(pk__in=only)
    items = list(
        rows.select_related(
            "as_is",
            "review__procedure_version__field",
            "review__procedure",
            "review__procedure_version__decision_line__decision__document",
            "review__procedure_version__decision_line__decision__issuer",
        ).prefetch_related("measures", "legal_changes__agency", "decision_lines")
    )
    decision = (
        PlanDecision.objects.filter(lines__item__plan=plan)
        .select_related("document", "issuer")
        .first()
    )
    costs = decided_costs(items) if is_decision else proposed_costs(items)
    issuer = decision.issuer if decision else plan.round.agency
    written = decision.document.issued_on if decision else None
    return PlanPaper(
        issuer=office_of(issuer),
        drafter=office_of(plan.agency),
        office=office_of(assessments[0].agency if assessments else plan.round.agency),
        round_name=_low(str(plan.round)),
        blocks=tuple(
            _block(plan, item, costs.get(item.pk), is_decision=is_decision)
            for item in items
            if not is_decision or _as_decided(item) in {Verdict.WAITING, *COUNTED}
        ),
        written_on=written or today,
        bases=(*default_bases(written or today), *_own_bases(plan, items, written or today)),
        decision=letter_of(decision.document) if decision else _blank(issuer, "QĐ"),
        submission=letter_of(plan.submission) if plan.submission else _blank(plan.agency, "TTr"),
        assessed=_assessed(assessments[0]) if assessments else None,
        signature=signature_of(decision.document) if decision else None,
    )


def _own_bases(plan: Plan, items: list[PlanItem], on: date) -> Iterator[str]:
    """Yield the plan of the province, and the decisions that published what is simplified."""
    basis = plan.round.round.programme.basis.strip()
    known = " ".join(default_bases(on))
    if basis and not any(code in known for code in _CODE.findall(basis)):
        yield basis
    versions = [item.review.procedure_version for item in items]
    lines = [line for each in versions if (line := getattr(each, "decision_line", None))]
    decisions = {line.decision for line in lines if line.decision.status == DecisionStatus.SIGNED}
    for decision in sorted(decisions, key=lambda each: (each.issued_on or on, each.pk)):
        issuer = office_of(decision.issuer)
        subject = _low(decision.document.subject).removeprefix("về việc ").strip()
        of = f" về việc {subject}" if subject else ""
        yield f"{decision.document.title} của {titled(issuer.head, issuer.committee_words)}{of}"


_CODE = re.compile(r"\d+/[\w-]+")


def _as_decided(item: PlanItem) -> Verdict:
    """Return the verdict of the decision, whatever those above answered since."""
    line = next(iter(item.decision_lines.all()), None)
    return Verdict(line.verdict) if line else Verdict.WAITING


def _is_recommended(item: PlanItem) -> bool:
    """Whether the rule is one of the centre: as decided, before that by who made the rule."""
    decided = _as_decided(item)
    if decided is Verdict.WAITING:
        return item.as_is_record.rule_owner is RuleOwner.CENTRE
    return decided is Verdict.RECOMMENDED_UP


def _block(plan: Plan, item: PlanItem, costs: Costs | None, *, is_decision: bool) -> PlanBlock:
    every = not is_decision or _as_decided(item) is not Verdict.PARTLY
    measures = [m for m in item.measures.all() if every or m.granted_by_id]
    kept = {measure.pk for measure in measures}
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
        before=costs.before if costs else None,
        after=costs.after if costs else None,
        is_recommended=_is_recommended(item),
    )


def _change(change: LegalChange) -> str:
    due = f"; hoàn thành chậm nhất ngày {format_date(change.due_on)}" if change.due_on else ""
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
