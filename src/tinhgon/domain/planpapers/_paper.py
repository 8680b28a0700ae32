"""What the papers of a plan say, before it is put into their forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tinhgon.domain.officialdoc import Block, BlockKind, Signature, Source
from tinhgon.domain.procedures import figure_words
from tinhgon.domain.publishing import Letter, Office, month_words, office_of, titled
from tinhgon.domain.vntext import format_number, format_share

NOWHERE = Source(1, 1)
_BLANK = Letter()
FORMULA = (
    "Chi phí tiết kiệm = chi phí tuân thủ trước khi đơn giản hóa - chi phí tuân thủ sau khi đơn "
    "giản hóa; tỷ lệ cắt giảm = chi phí tiết kiệm / chi phí tuân thủ trước khi đơn giản hóa."
)


@dataclass(frozen=True, slots=True)
class MeasureText:
    """One nội dung đơn giản hóa as it is printed, with its reason."""

    content: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """
    The block of one procedure (TT 02/2017/TT-VPCP).

    `implementation` are the sentences of the kiến nghị thực thi. `before` and `after` count in đồng
    a year, exact; None where the cost was not assessed. `is_recommended`: the rule belongs to a
    ministry or the Government, to whom the authority can only recommend (NĐ 63/2010 điều 31).
    """

    name: str
    measures: tuple[MeasureText, ...]
    implementation: tuple[str, ...] = ()
    code: str = ""
    agency: str = ""
    field: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    is_recommended: bool = False

    @property
    def printed(self) -> tuple[Decimal, Decimal] | None:
        """The costs before and after in whole đồng, as papers print them; None: not assessed."""
        if self.before is None or self.after is None:
            return None
        return _whole(self.before), _whole(self.after)

    @property
    def saved(self) -> Decimal | None:
        """What is saved between the printed costs, so that they and it add up."""
        return None if self.printed is None else self.printed[0] - self.printed[1]


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the Office found: its text, whom it asked, whether the plan may be submitted."""

    opinion: str
    passes: bool
    consulted: str = ""
    letter: Letter = _BLANK


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """All that the papers of one plan say."""

    issuer: Office
    """The competent authority."""
    drafter: Office
    office: Office
    """It assesses."""
    round_name: str
    blocks: tuple[PlanBlock, ...]
    written_on: date
    bases: tuple[str, ...] = ()
    decision: Letter = _BLANK
    submission: Letter = _BLANK
    assessed: Assessed | None = None
    signature: Signature | None = None  # of the signed decision

    @property
    def subject(self) -> str:
        return f"phê duyệt {self.plan_words}"

    @property
    def plan_words(self) -> str:
        return f"phương án đơn giản hóa thủ tục hành chính nội bộ của {self.drafter.name}"

    @property
    def number_words(self) -> str:
        """Return "03 thủ tục hành chính nội bộ"."""
        return f"{figure_words(len(self.blocks))} thủ tục hành chính nội bộ"

    @property
    def head_words(self) -> str:
        """Return whom the body addresses: "Chủ tịch Ủy ban nhân dân tỉnh"."""
        return titled(self.issuer.head, self.issuer.committee_words)

    @property
    def office_words(self) -> str:
        return office_of(self.written_on, self.issuer.level, self.issuer.unit)

    @property
    def month_words(self) -> str:
        return month_words(self.written_on)

    @property
    def totals(self) -> tuple[Decimal, Decimal] | None:
        """The sums of the printed costs before and after; None where one was not assessed."""
        printed = [block.printed for block in self.blocks if block.printed is not None]
        if len(printed) < len(self.blocks) or not printed:
            return None
        nothing = Decimal(0)
        return sum((b for b, _ in printed), nothing), sum((a for _, a in printed), nothing)

    @property
    def recommended(self) -> tuple[int, ...]:
        """Where in the annex, from 1, the procedures stand whose rule belongs to those above."""
        return tuple(n for n, block in enumerate(self.blocks, 1) if block.is_recommended)


def cost_lines(costs: tuple[Decimal, Decimal] | None) -> tuple[str, ...]:
    """Return the four lines of the benefit, from costs before and after in whole đồng a year."""
    if costs is None:
        return ("Chi phí tuân thủ TTHC: chưa tính",)
    before, after = costs
    saved = before - after
    ratio = format_share(saved / before if before else None)
    return (
        f"Chi phí tuân thủ TTHC trước khi đơn giản hóa: {format_number(before)} đồng/năm",
        f"Chi phí tuân thủ TTHC sau khi đơn giản hóa: {format_number(after)} đồng/năm",
        f"Chi phí tiết kiệm: {format_number(saved)} đồng/năm",
        f"Tỷ lệ cắt giảm chi phí: {ratio}",
    )


def total_words(paper: PlanPaper) -> str:
    """Return the sums in one sentence, "" where a cost is not known."""
    if paper.totals is None:
        return ""
    before, after, saved, ratio = cost_lines(paper.totals)
    return f"Tổng {_low(before)}; {_low(after)}; {_low(saved)}; {_low(ratio)}."


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _low(text: str) -> str:
    return text[0].lower() + text[1:]


def one_line(text: str) -> str:
    """Return the text on one line without the stop at its end: so that it reads back as it was."""
    return " ".join(text.split()).rstrip(" .;")


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, NOWHERE)


def item(kind: BlockKind, marker: str, text: str, below: Iterable[Block] = ()) -> Block:
    return Block(kind, text, NOWHERE, marker, tuple(below))


def dashes(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(item(BlockKind.DASH, "-", f"{one_line(line)}.") for line in lines)
