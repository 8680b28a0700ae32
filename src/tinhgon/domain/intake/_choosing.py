"""Which choices a verdict allows, and what stands in the way of writing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto

from ._lifecycle import BatchKind


class Verdict(StrEnum):
    """What a row is against what is known."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    TWIN = auto()
    """Probably there already under another name: a person decides."""
    ERROR = auto()


class Choice(StrEnum):
    """What becomes of a row."""

    ADD = auto()
    UPDATE = auto()
    SKIP = auto()


_ALLOWED: Mapping[Verdict, tuple[Choice, ...]] = {
    Verdict.NEW: (Choice.ADD, Choice.SKIP),
    Verdict.CHANGED: (Choice.UPDATE, Choice.SKIP),
    Verdict.SAME: (Choice.SKIP,),
    Verdict.TWIN: (Choice.ADD, Choice.UPDATE, Choice.SKIP),
    Verdict.ERROR: (Choice.SKIP,),
}


def allowed(verdict: Verdict, kind: BatchKind = BatchKind.SHEET) -> tuple[Choice, ...]:
    """
    Return what may become of a row with this verdict.

    A decision says of a procedure that it is so, even where nothing of it differs.
    """
    if kind is BatchKind.DECISION and verdict is Verdict.SAME:
        return (Choice.UPDATE, Choice.SKIP)
    return _ALLOWED[verdict]


def usual(verdict: Verdict, kind: BatchKind = BatchKind.SHEET) -> Choice | None:
    """Return what becomes of it unless a person says otherwise; None where he must say."""
    return None if verdict is Verdict.TWIN else allowed(verdict, kind)[0]


def obstacles(*, undecided: int, errors: int, chosen: int, stop_on_error: bool) -> tuple[str, ...]:
    """
    Return what stands in the way of writing, in Vietnamese.

    `undecided`: probable duplicates of which nobody said what they are. `errors`: rows that cannot
    be written. `chosen`: rows to be added or updated.
    """
    found = []
    if undecided:
        found.append(
            f"Còn {undecided} dòng có thể trùng chưa chọn cách xử lý. "
            "Chọn thêm mới, cập nhật hoặc bỏ qua cho từng dòng."
        )
    if errors and stop_on_error:
        found.append(
            f"Còn {errors} dòng có lỗi. Sửa trong tệp rồi nhập lại, "
            "hoặc bỏ chọn “Dừng nếu có lỗi” để chỉ nhập các dòng đúng."
        )
    if not chosen:
        found.append("Không có dòng nào được chọn để ghi.")
    return tuple(found)
