"""What does not agree in a plan: sums, ratios, counts, and parts that are missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from tinhgon.domain.catalogue._checks import count_problems
from tinhgon.domain.catalogue._model import Row, StatedCount
from tinhgon.domain.catalogue._words import level_in
from tinhgon.domain.vntext import fold, format_number, format_percent

from ._model import (
    Agreement,
    PlanFinding,
    PlannedProcedure,
    PlanProblem,
    PrintedCosts,
)

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def agreement(printed: Decimal, saved: Decimal, before: Decimal) -> Agreement:
    """
    Return how a printed percentage stands to saved ÷ before: law fixes no rounding, so both a
    half rounded up and decimals cut off are found (88,2% for 88,286%).

    :raises ZeroDivisionError: where nothing was spent before, a ratio has no meaning.
    """
    if before == 0:
        raise ZeroDivisionError("the ratio of nothing is undefined")
    exact = saved * _HUNDRED / before
    if printed == exact:
        return Agreement.EXACT
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if exact.quantize(step, ROUND_HALF_UP) == printed:
        return Agreement.ROUNDED
    if exact.quantize(step, ROUND_DOWN) == printed:
        return Agreement.TRUNCATED
    return Agreement.DIFFERENT


def ratio_agreement(costs: PrintedCosts) -> Agreement | None:
    """Return how the printed ratio stands to the printed costs, None where it cannot be told."""
    saved = costs.saved
    if saved is None and costs.before is not None and costs.after is not None:
        saved = costs.before - costs.after
    if costs.ratio is None or saved is None or not costs.before:
        return None
    return agreement(costs.ratio, saved, costs.before)


def problems_of(
    procedures: Sequence[PlannedProcedure],
    counts: Sequence[StatedCount],
    totals: PrintedCosts,
) -> Iterator[PlanProblem]:
    """Yield what does not agree, each with a sentence that says what to look at."""
    if not procedures:
        yield PlanProblem(PlanFinding.NO_PLAN, _no_plan(counts))
        return
    yield from _counts(procedures, counts)
    yield from _doubles(procedures)
    for each in _blocks(procedures):
        yield from _costs(each.costs, each.group or each.position)
        yield from _abolished(each)
        if each.not_approved is None:
            yield from _missing(each)
    approved = [each for each in procedures if each.not_approved is None]
    yield from _totals([each.costs for each in _blocks(approved)], totals)


def _counts(
    procedures: Sequence[PlannedProcedure], counts: Sequence[StatedCount]
) -> list[PlanProblem]:
    """Counts are of what is approved; one that includes what is not is right, too."""
    approved = [_as_row(each) for each in procedures if each.not_approved is None]
    everything = [_as_row(each) for each in procedures]
    wrong = [problem.text for problem in count_problems(counts, approved)]
    at_all = {problem.text for problem in count_problems(counts, everything)}
    if not at_all:
        return []
    return [PlanProblem(PlanFinding.COUNT, text) for text in wrong]


def _as_row(each: PlannedProcedure) -> Row:
    """Return what counts are held against."""
    levels = (level_in(text) for text in reversed((each.section or "").split(" > ")))
    return Row(
        position=each.position,
        section=each.section,
        action=None,
        name=each.name,
        level=next((level for level in levels if level), None),
        field=each.field,
        agencies=(),
        legal_basis=None,
        code=each.code,
        note=None,
        source=each.source,
    )


def _no_plan(counts: Sequence[StatedCount]) -> str:
    if counts:
        return (
            f"Văn bản nêu “{counts[0].text}” nhưng trong tệp không có nội dung phương án. "
            "Hãy đọc tệp có phụ lục."
        )
    return "Không thấy phương án đơn giản hóa thủ tục nào trong tệp."


def _blocks(procedures: Sequence[PlannedProcedure]) -> Iterator[PlannedProcedure]:
    """Yield one procedure of each block: those of a group share what is printed."""
    seen: set[str] = set()
    for each in procedures:
        if each.group is None or each.group not in seen:
            yield each
        seen |= {each.group} if each.group else set()


def _doubles(procedures: Sequence[PlannedProcedure]) -> Iterator[PlanProblem]:
    for position, times in Counter(each.position for each in procedures).items():
        if times > 1:
            yield PlanProblem(
                PlanFinding.DOUBLE, f"Số thứ tự {position} có ở {times} thủ tục.", position
            )
    for code, times in Counter(each.code for each in procedures if each.code).items():
        if times > 1:
            yield PlanProblem(PlanFinding.DOUBLE, f"Mã {code} có ở {times} thủ tục.")


def _costs(costs: PrintedCosts, position: str) -> Iterator[PlanProblem]:
    before, after, saved = costs.before, costs.after, costs.saved
    if before is not None and after is not None:
        if after > before:
            yield PlanProblem(
                PlanFinding.COST,
                f"Chi phí sau ({_dong(after)}) lớn hơn chi phí trước ({_dong(before)}).",
                position,
            )
        if saved is not None and saved != before - after:
            yield PlanProblem(
                PlanFinding.SAVED,
                f"Chi phí tiết kiệm in {_dong(saved)}, trong khi "
                f"{_dong(before)} trừ {_dong(after)} là {_dong(before - after)}.",
                position,
            )
    yield from _ratio(costs, position)
    products = ((before, costs.product_before, "trước"), (after, costs.product_after, "sau"))
    for printed, product, words in products:
        if printed is not None and product is not None and printed != product:
            yield PlanProblem(
                PlanFinding.FORMULA,
                f"Phép tính chi phí {words} khi đơn giản hóa cho {_dong(product)}, "
                f"văn bản in {_dong(printed)}.",
                position,
            )


_ABOLISHES = re.compile(
    r"\W*bai bo (?:toan bo )?(?:thu tuc|tthc)(?: hanh chinh)?(?: noi bo)?(?: nay| tren)?\W*"
)


def _abolished(each: PlannedProcedure) -> Iterator[PlanProblem]:
    """What is abolished costs nothing afterwards."""
    ends = any(_ABOLISHES.fullmatch(fold(measure.content)) for measure in each.measures)
    if ends and each.group is None and each.costs.after:
        yield PlanProblem(
            PlanFinding.COST,
            f"Bãi bỏ thủ tục nhưng chi phí sau in {_dong(each.costs.after)}: phải bằng 0.",
            each.position,
        )


def _ratio(costs: PrintedCosts, position: str) -> Iterator[PlanProblem]:
    if costs.ratio is None:
        return
    if costs.before == 0:
        yield PlanProblem(
            PlanFinding.RATIO,
            f"Tỷ lệ cắt giảm in {format_percent(costs.ratio)} trong khi chi phí trước là 0 đồng: "
            "tỷ lệ không xác định.",
            position,
        )
    elif ratio_agreement(costs) is Agreement.DIFFERENT:
        saved = costs.saved
        if saved is None and costs.before is not None and costs.after is not None:
            saved = costs.before - costs.after
        exact = (saved or Decimal(0)) * _HUNDRED / (costs.before or Decimal(1))
        yield PlanProblem(
            PlanFinding.RATIO,
            f"Tỷ lệ cắt giảm in {format_percent(costs.ratio)}, "
            f"tính từ chi phí là {format_percent(exact.quantize(_CENT, ROUND_HALF_UP))}.",
            position,
        )


def _missing(each: PlannedProcedure) -> Iterator[PlanProblem]:
    lacking = [
        words
        for words, there in (
            ("nội dung đơn giản hóa", each.measures),
            ("kiến nghị thực thi", each.implementation),
        )
        if not there
    ]
    if lacking:
        yield PlanProblem(
            PlanFinding.MISSING,
            f"Không đọc được {' và '.join(lacking)}.",
            each.group or each.position,
        )


def _totals(costs: Sequence[PrintedCosts], totals: PrintedCosts) -> Iterator[PlanProblem]:
    for key, words in (("before", "trước"), ("after", "sau"), ("saved", "tiết kiệm")):
        stated = getattr(totals, key)
        known = [value for each in costs if (value := getattr(each, key)) is not None]
        if stated is None or not known:
            continue
        added = sum(known, Decimal(0))
        if added != stated:
            yield PlanProblem(
                PlanFinding.TOTAL,
                f"Tổng chi phí {words} in {_dong(stated)}, "
                f"cộng {len(known)} phương án được {_dong(added)}.",
            )
    if totals.ratio is not None and ratio_agreement(totals) is Agreement.DIFFERENT:
        yield from _ratio(totals, "tổng")


def _dong(value: Decimal) -> str:
    return f"{format_number(value)} đồng"
