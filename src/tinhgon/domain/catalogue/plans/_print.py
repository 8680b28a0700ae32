"""A plan in words, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from tinhgon.domain.catalogue._print import decision_lines, short, unread_lines
from tinhgon.domain.vntext import format_number, format_percent

from ._checks import ratio_agreement
from ._model import Agreement, ApprovedPlan, PlannedProcedure, PrintedCosts


def plan_in_words(plan: ApprovedPlan) -> str:
    """Return the decision, its plans and what to look at, as lines to read."""
    lines = [*decision_lines(plan.decision)]
    lines += [f"Văn bản nêu: {stated.text}" for stated in plan.stated_counts]
    count = len(plan.procedures)
    lines += ["", f"{count} thủ tục:" if count else "Không đọc được phương án nào."]
    section: str | None = None
    for each in plan.procedures:
        if each.section and each.section != section:
            lines += ["", f"[{each.section}]"]
        section = each.section
        lines += _procedure(each)
    if not plan.totals.is_empty:
        lines += ["", f"Cộng theo văn bản: {_costs(plan.totals)}"]
    if plan.problems:
        lines += ["", "Cần xem lại:"]
        for problem in plan.problems:
            where = f"{problem.position}: " if problem.position else ""
            lines.append(f"  - {where}{problem.text}")
    lines += unread_lines(plan.unread)
    return "\n".join(lines) + "\n"


def _procedure(each: PlannedProcedure) -> Iterator[str]:
    yield f"  {each.position}. {each.name}"
    facts = [
        f"mã {each.code}" if each.code else "",
        f"lĩnh vực {each.field}" if each.field else "",
        each.agency or "",
        f"chung phương án {each.group}" if each.group else "",
    ]
    known = "; ".join(fact for fact in facts if fact)
    if known:
        yield f"      {known}"
    if each.not_approved:
        why = f": {short(each.not_approved.reason)}" if each.not_approved.reason else ""
        verb = "trả lại để hoàn thiện" if each.not_approved.returned else "không được phê duyệt"
        yield f"      {verb}{why}"
    for measure in each.measures:
        yield f"      - {short(measure.content)}"
        if measure.reason:
            yield f"        lý do: {short(measure.reason)}"
    if each.implementation:
        yield f"      kiến nghị thực thi: {short(each.implementation)}"
    if not each.costs.is_empty:
        yield f"      {_costs(each.costs)}"
    elif each.benefit:
        yield f"      lợi ích: {short(each.benefit)}"


def _costs(costs: PrintedCosts) -> str:
    amounts = (
        ("chi phí trước", costs.before),
        ("sau", costs.after),
        ("tiết kiệm", costs.saved),
    )
    parts = [
        f"{words} {format_number(value)} đồng" for words, value in amounts if value is not None
    ]
    if costs.ratio is not None:
        cut = " (cắt bớt số lẻ)" if ratio_agreement(costs) is Agreement.TRUNCATED else ""
        parts.append(f"tỷ lệ {format_percent(costs.ratio)}{cut}")
    return ", ".join(parts)
