"""What is known of a procedure: the parts of NĐ 63/2010, điều 8, as values that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ._enums import CopyKind, Kind, Manner, Part, RuleOwner, Tier, Unit

START = 0
"""In `Step.after`: the step begins at once and waits for no other."""

LONGEST = 99_999
"""The greatest amount of any unit that a duration may have."""


@dataclass(frozen=True, slots=True)
class Duration:
    """
    A time limit: 05 ngày làm việc. A month is not turned into days.

    :raises ValueError: if the amount is not above nothing, is beyond `LONGEST` or has more than
        four decimals: no rule says so, and sums of such times would not be exact.
    """

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not 0 < self.amount <= LONGEST:
            raise ValueError(f"a time above 0 and up to {LONGEST} expected, not {self.amount}")
        if self.amount != round(self.amount, 4):
            raise ValueError(f"a time of at most four decimals expected, not {self.amount}")


@dataclass(frozen=True, slots=True)
class Step:
    """
    Bước: what is done, by whom, in what time, with what product.

    `number` counts from 1 in the order of the record. `after` holds the numbers of the steps that
    must be over before; empty means the one before (the first step waits for nothing), so that
    steps run one after another unless somebody says otherwise. `START` alone: it begins at once.
    """

    number: int
    what: str
    actor: str = ""
    duration: Duration | None = None
    product: str = ""
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Thành phần hồ sơ: one paper to hand in. `quantity` is copies in one set."""

    name: str
    copy: CopyKind = CopyKind.ORIGINAL
    quantity: int = 1
    form: str = ""
    compulsory: bool = True


@dataclass(frozen=True, slots=True)
class Body:
    """Cơ quan giải quyết: an agency with its part, by the name printed."""

    part: Part
    name: str


@dataclass(frozen=True, slots=True)
class Basis:
    """
    Căn cứ pháp lý: a document with the place in it.

    `code` is number and symbol ("30/2020/NĐ-CP"), empty for a law named by its title. `ended_on`:
    the first day on which the document is no longer in force, where known.
    """

    document: str
    code: str = ""
    issued_on: date | None = None
    article: str = ""
    clause: str = ""
    point: str = ""
    ended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.ended_on is None or day < self.ended_on


@dataclass(frozen=True, slots=True)
class Form:
    """Mẫu đơn, mẫu tờ khai: `file` is the key of a stored file, where there is one."""

    name: str
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """
    The full content of one version of a procedure.

    `time_limit` is the whole time from the full dossier to the result, None where the rule sets
    none: `time_limit_text` then says so. `dossier_sets` is the number of sets of the dossier.

    :raises ValueError: if the steps are not numbered 1, 2, 3 in their order.
    """

    name: str
    kind: Kind = Kind.BETWEEN
    tier: Tier = Tier.PROVINCE
    is_interconnected: bool = False
    field: str = ""
    lead: str = ""
    rule_owner: RuleOwner | None = None
    national_code: str = ""
    steps: tuple[Step, ...] = ()
    manners: tuple[Manner, ...] = ()
    manner_text: str = ""
    papers: tuple[Paper, ...] = ()
    dossier_sets: int | None = None
    dossier_text: str = ""
    time_limit: Duration | None = None
    time_limit_text: str = ""
    subjects: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    result: str = ""
    fee: str = ""
    forms: tuple[Form, ...] = ()
    conditions: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()

    def __post_init__(self) -> None:
        numbers = [step.number for step in self.steps]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"steps numbered 1, 2, 3 in their order expected, not {numbers}")
