"""Whether a workbook says that nothing arose, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tinhgon.domain.vntext import fold

from ._layout import LAYOUTS, Part
from ._model import Place, Row
from ._read import Filled, Returned

NIL_ANSWERS = _YES, _NO = "Có", "Không"
_TOLD = 5
_QUESTION = "Kỳ này cơ quan báo cáo không phát sinh (không có nội dung nào phải báo cáo)?"


def nil_row(version: int, *, said: bool) -> Row:
    """Return the row that asks whether nothing arose; `said`: it was said before, not yet sent."""
    values = nil_values(is_nil=said)
    return Row("KPS", version, {"question": _QUESTION, **values}, values)


def nil_values(*, is_nil: bool) -> dict[str, str]:
    """Return what the row of a report says that is nil, or is not."""
    return {"nil": _YES if is_nil else ""}


def is_nil(answer: str) -> bool:
    """Return whether the answer says that nothing arose."""
    return fold(answer) == fold(_YES)


def nil_faults(returned: Returned, sections: Sequence[Row]) -> Iterator[Place]:
    """
    Yield what is wrong with the answer: it is none of the list, or what stands on the other sheets,
    or in the `sections` of the report by now, says something else.
    """
    for row in returned.of(Part.NIL):
        answer = row.values["nil"]
        if answer and fold(answer) not in map(fold, NIL_ANSWERS):
            words = f"“{answer[:60]}” không có trong danh sách. Chọn {_YES} hoặc {_NO}."
            yield row.place("nil", words)
        elif is_nil(answer) and (told := [*_filled(returned), *_stored(returned, sections)]):
            more = f" và {len(told) - _TOLD} chỗ nữa" if len(told) > _TOLD else ""
            yield row.place(
                "nil",
                f"đã chọn {_YES} nhưng {'; '.join(told[:_TOLD])}{more} có nội dung. Chọn {_NO}, "
                "hoặc xóa nội dung đó.",
            )


def _filled(returned: Returned) -> Iterator[str]:
    """Yield where the workbook tells of something."""
    for row in returned.rows:
        name = next(iter(_told_in(row)), None)
        if name is not None:
            yield f"trang “{LAYOUTS[row.part].sheet}”, ô {row.cells[name]}"


def _told_in(row: Filled) -> Iterator[str]:
    """Yield the columns that say something: words whenever they were written, else what is new."""
    if row.part is Part.NIL:
        return
    for name, text in row.values.items():
        if text and (name in row.changed or row.part is Part.WORDS):
            yield name


def _stored(returned: Returned, sections: Sequence[Row]) -> Iterator[str]:
    """Yield the sections that somebody wrote in since, and that the workbook does not empty."""
    told = {row.key for row in returned.of(Part.WORDS) if row.values["text"] or row.is_changed}
    for each in sections:
        if each.stored["text"] and each.key not in told:
            yield f"mục “{each.cells['section']}” trên hệ thống"
