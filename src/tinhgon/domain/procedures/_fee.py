"""Phí, lệ phí: whether a procedure has any, and the amount where it says just one."""

from __future__ import annotations

import re
from decimal import Decimal

from tinhgon.domain.vntext import amounts_in, fold, level_fold

from ._record import Record

_NONE = re.compile(r"khong(?! (?:qua|vuot|duoi)\b)|chua quy dinh|mien|0 ?(?:dong|vnd|d)\b")
_A_TIME = frozenset({"", "ho so", "lan", "luot", "thu tuc", "tthc", "truong hop"})


def has_fee(record: Record) -> bool:
    """Return whether the record says that something is to be paid."""
    said = fold(record.fee)
    return bool(said) and _NONE.match(said) is None


def fee_amount(record: Record) -> Decimal | None:
    """
    Return the fee in đồng for one time; None where there is none, several, or one for something
    else (a page, a month).
    """
    if not has_fee(record):
        return None
    found = [each for each in amounts_in(level_fold(record.fee)) if each.unit]
    values = {each.value for each in found}
    is_sure = len(values) == 1 and all(each.per in _A_TIME for each in found)
    return values.pop() if is_sure else None
