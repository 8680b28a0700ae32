"""Which known procedure a row is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Generic, TypeVar

from tinhgon.domain.procedures import CellFault, Record

from ._choosing import Verdict

K = TypeVar("K")


class How(StrEnum):
    """By what a row was found to be about a known procedure."""

    LOCAL_CODE = auto()
    NATIONAL_CODE = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class Target(Generic[K]):
    """
    A known procedure that a row may be about; `agency` is the key of who holds it.

    `closed` says why its content cannot be changed now, empty where it can.
    """

    key: K
    agency: int
    record: Record
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """What a piece of rows is compared with: by local code, national code, and name."""

    local: Mapping[str, Target[K]] = field(default_factory=dict)
    national: Mapping[str, Target[K]] = field(default_factory=dict)
    named: Mapping[tuple[int, str, str], Sequence[Target[K]]] = field(default_factory=dict)
    """(agency, tier, key of the name) → those that bear it."""


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """The procedure that a row is about, or the column and reason why that cannot be told."""

    target: Target[K] | None = None
    how: How | None = None
    fault: CellFault | None = None


def find(
    known: Known[K], *, local_code: str, national_code: str, agency: int, tier: str, name_key: str
) -> Found[K]:
    """
    Return which known procedure a row is about: by its local code, else by its national code, else
    by agency, level and name.

    A code that is not known, or that belongs to another agency, is a fault and no new procedure.
    """
    if local_code:
        target = known.local.get(local_code.upper())
        if target is None:
            return Found(fault=CellFault("local_code", f"Không có thủ tục mang mã {local_code}."))
        return _held_by(target, How.LOCAL_CODE, agency, "local_code")
    if national_code and (target := known.national.get(national_code)):
        return _held_by(target, How.NATIONAL_CODE, agency, "national_code")
    same = known.named.get((agency, tier, name_key), ())
    if len(same) > 1:
        return Found(
            fault=CellFault("name", f"Có {len(same)} thủ tục trùng tên này. Ghi rõ mã nội bộ.")
        )
    return Found(same[0], How.NAME) if same else Found()


def _held_by(target: Target[K], how: How, agency: int, column: str) -> Found[K]:
    if target.agency == agency:
        return Found(target, how)
    return Found(
        fault=CellFault(column, "Mã này là của thủ tục do cơ quan khác giữ; kiểm tra lại mã.")
    )


def compare(
    record: Record | None, target: Target[K] | None, *, faults: Collection[object], twin: bool
) -> Verdict:
    """Return the verdict of a row that says `record`, about `target` or about nothing known."""
    if faults or record is None:
        return Verdict.ERROR
    if target is not None:
        return Verdict.SAME if record == target.record else Verdict.CHANGED
    return Verdict.TWIN if twin else Verdict.NEW
