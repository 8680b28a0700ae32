"""A signed decision on plans as it came: heading, procedures, what does not agree or was unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tinhgon.apps.documents.queries import heading_of
from tinhgon.apps.plans.enums import RowChoice, Verdict
from tinhgon.apps.plans.models import PlanImportRow
from tinhgon.common.uploads import Upload
from tinhgon.domain.catalogue import (
    ApprovedPlan,
    PlannedProcedure,
    PrintedCosts,
    TextToChange,
    read_plan,
    texts_to_change,
)
from tinhgon.domain.intake import place_words
from tinhgon.domain.officialdoc import Unreadable as Unreadable
from tinhgon.domain.officialdoc import read
from tinhgon.domain.simplification import guess_kind
from tinhgon.domain.vntext import nfc

_LONGEST_UNREAD = 600
_LONGEST_TEXT = 500
_LONGEST_WHY = 2_000
_SUM_DIGITS, _RATIO_DIGITS = 18, 5  # before the comma, as many as `StatedCosts` keeps


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What `PlanImport` keeps of a decision, and its rows, which are not saved yet."""

    heading: dict[str, Any]
    totals: dict[str, str]
    findings: list[str]
    unread: list[dict[str, Any]]
    rows: list[PlanImportRow]


def read_decision(upload: Upload) -> ReadPlan:
    """
    Read a decision on plans.

    :raises Unreadable: if the file cannot be read, or has no plan of any procedure.
    """
    plan = read_plan(read(upload.data, upload.name))
    if not plan.procedures:
        why = " ".join(problem.text for problem in plan.problems)
        raise Unreadable(
            why or "Không thấy phương án đơn giản hóa nào trong văn bản. Kiểm tra lại tệp."
        )
    return ReadPlan(
        heading=heading_of(plan.decision),
        totals=_costs(plan.totals),
        findings=[problem.text for problem in plan.problems if problem.position is None],
        unread=[
            {
                "text": piece.text[:_LONGEST_UNREAD],
                "reason": piece.reason,
                "place": place_words(piece.source),
            }
            for piece in plan.unread
        ],
        rows=list(_rows(plan)),
    )


def _rows(plan: ApprovedPlan) -> Iterator[PlanImportRow]:
    counted: set[str] = set()
    for order, each in enumerate(plan.procedures, start=1):
        block = each.group or each.position
        # One block for several procedures states its costs once: they belong to the first.
        costs = PrintedCosts() if block in counted else each.costs
        shared = each.group if block in counted and not each.costs.is_empty else None
        counted.add(block)
        problems = [p.text for p in plan.problems if p.position in {each.position, each.group}]
        problems += _not_kept(costs)
        texts = texts_to_change(each.implementation or "")
        why = _why_not(each)
        returned = each.not_approved is not None and each.not_approved.returned
        yield PlanImportRow(
            order=order,
            position=each.position[:60],
            name=nfc(each.name)[:1000],
            code=(each.code or "")[:100],
            place=place_words(each.source)[:60],
            section=(each.section or "")[:500],
            said=_said(each, costs, shared),
            problems=list(dict.fromkeys(problems)),
            texts=[_text(text) for text in texts],
            verdict=_verdict(each, texts).value,
            verdict_reason=why[:_LONGEST_WHY],
            choice=RowChoice.LEAVE.value if returned else "",
            reason=why[:_LONGEST_TEXT] if returned else "",
        )


def _said(each: PlannedProcedure, costs: PrintedCosts, shared: str | None) -> dict[str, Any]:
    return {
        "measures": [
            {
                "content": measure.content,
                "reason": measure.reason or "",
                "kind": guess_kind(measure.content).value,
                "granted": each.not_approved is None,
            }
            for measure in each.measures
        ],
        "implementation": each.implementation or "",
        "benefit": each.benefit or "",
        "field": each.field or "",
        "agency": each.agency or "",
        "list_name": each.list_name or "",
        "other": [[label, text] for label, text in each.other],
        "costs": _costs(costs),
        "costs_with": shared or "",
    }


def _text(text: TextToChange) -> dict[str, Any]:
    return {
        "text": text.document[:_LONGEST_TEXT],
        "provision": text.provision[:300],
        "work": text.work,
        "due_on": text.due_on.isoformat() if text.due_on else "",
        "agency": None,
    }


def _why_not(each: PlannedProcedure) -> str:
    """Return why the decision does not approve the plan, "" where it does."""
    said = each.not_approved
    if said is None:
        return ""
    return f"{said.heading}: {said.reason}" if said.reason else said.heading


def _verdict(each: PlannedProcedure, texts: Sequence[TextToChange]) -> Verdict:
    """What only those above can change, the province can only recommend."""
    if each.not_approved:
        return Verdict.REFUSED
    central = bool(texts) and all(text.is_central for text in texts)
    return Verdict.RECOMMENDED_UP if central else Verdict.APPROVED


def _costs(costs: PrintedCosts) -> dict[str, str]:
    return {
        name: f"{value.normalize():f}"
        for name, value in _figures(costs).items()
        if abs(value) < _limit(name)
    }


def _not_kept(costs: PrintedCosts) -> list[str]:
    """Say which figures are too large to be sums or shares: two cells may have run together."""
    return [
        f"Không lấy {_FIGURE_WORDS[name]} in là {value.normalize():f}: lớn quá mức có thể có, xem "
        "lại trong văn bản."
        for name, value in _figures(costs).items()
        if abs(value) >= _limit(name)
    ]


_FIGURE_WORDS = {
    "before": "chi phí trước",
    "after": "chi phí sau",
    "saved": "chi phí tiết kiệm",
    "ratio": "tỷ lệ",
}


def _figures(costs: PrintedCosts) -> dict[str, Decimal]:
    found = {name: getattr(costs, name) for name in _FIGURE_WORDS}
    return {name: value for name, value in found.items() if value is not None}


def _limit(name: str) -> Decimal:
    """Return what a figure stays below, so that `StatedCosts` can keep it."""
    digits = _RATIO_DIGITS if name == "ratio" else _SUM_DIGITS
    return Decimal(10**digits)
