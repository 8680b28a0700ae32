"""What is known of a procedure: the parts of NĐ 63/2010, điều 8, as values that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ._enums import CopyKind, Kind, Manner, Part, RuleOwner, Tier, Unit


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit: 05 ngày làm việc. A month is not turned into days."""

    amount: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Step:
    """
    Bước: what is done, by whom, in what time, with what product.

    `number` counts from 1 in the order of the record. `after` holds the numbers of the steps that
    must be over before; empty means the one before (the first step waits for nothing), so that
    steps run one after another unless somebody says otherwise.
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
