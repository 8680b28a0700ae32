"""
What a decision that approves simplification plans (phương án đơn giản hóa) says.

Values only. Text is kept as printed; what is missing in the document is None or empty, never
guessed. Money counts in đồng a year, ratios in percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from tinhgon.domain.catalogue._model import Article, Decision, Effect, StatedCount, Unread
from tinhgon.domain.officialdoc import Source


class PlanPart(StrEnum):
    """The parts of the block of one procedure (TT 02/2017/TT-VPCP)."""

    CONTENT = auto()  # Nội dung đơn giản hóa
    REASON = auto()  # Lý do
    IMPLEMENTATION = auto()  # Kiến nghị thực thi
    BENEFIT = auto()  # Lợi ích phương án đơn giản hóa
    REFUSAL = auto()  # Lý do không phê duyệt


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """Nội dung đơn giản hóa: one thing that is to change; `reason` is None where none is given."""

    content: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedCosts:
    """
    Chi phí tuân thủ as printed, in đồng a year; `ratio` in percent with its printed decimals.

    `product` is what the printed formula gives, for "before" and "after", where it can be read.
    """

    before: Decimal | None = None
    after: Decimal | None = None
    saved: Decimal | None = None
    ratio: Decimal | None = None
    product_before: Decimal | None = None
    product_after: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self.before is self.after is self.saved is self.ratio is None


@dataclass(frozen=True, slots=True)
class NotApproved:
    """
    Không được phê duyệt: that a decision does not approve the plan of a procedure.

    `returned`: it is to be completed and laid before again. `heading` is what says so, above the
    procedure or its reason; `reason` is None where none is given.
    """

    heading: str
    reason: str | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class PlannedProcedure:
    """
    One procedure of the plan.

    `position` is "B.I.1": markers of the headings above and the number of the block. Procedures
    that share a block carry its position as `group`. `list_name` is how the list of the first
    part words the name. `other` holds parts of the block that have no field, with their labels.
    """

    position: str
    name: str
    source: Source
    code: str | None = None
    agency: str | None = None
    field: str | None = None
    section: str | None = None
    measures: tuple[PlannedMeasure, ...] = ()
    implementation: str | None = None
    benefit: str | None = None
    costs: PrintedCosts = PrintedCosts()
    group: str | None = None
    list_name: str | None = None
    other: tuple[tuple[str, str], ...] = ()
    not_approved: NotApproved | None = None


class Agreement(StrEnum):
    """How a printed ratio stands to the one that follows from the costs."""

    EXACT = auto()
    ROUNDED = auto()
    TRUNCATED = auto()
    DIFFERENT = auto()


class PlanFinding(StrEnum):
    """What is wrong, or cannot be checked."""

    NO_PLAN = auto()
    COUNT = auto()
    SAVED = auto()
    RATIO = auto()
    COST = auto()
    FORMULA = auto()
    TOTAL = auto()
    MISSING = auto()
    LIST = auto()
    DOUBLE = auto()


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Something to look at, in a Vietnamese sentence; `position` where it concerns one block."""

    kind: PlanFinding
    text: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class ApprovedPlan:
    """All that was read of one decision; `totals` are the sums which it states itself."""

    decision: Decision
    articles: tuple[Article, ...]
    effects: tuple[Effect, ...]
    stated_counts: tuple[StatedCount, ...]
    procedures: tuple[PlannedProcedure, ...]
    totals: PrintedCosts = PrintedCosts()
    problems: tuple[PlanProblem, ...] = ()
    unread: tuple[Unread, ...] = ()
