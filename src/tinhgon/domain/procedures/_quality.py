"""What a record must have before it may be published, each fault explained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold, format_date

from ._enums import Part
from ._flow import adds_up_with, least_time, total_time
from ._record import START, Record
from ._words import LABELS, basis_words, duration_words, part_values

_COMPULSORY = ("name", "steps", "subjects", "bodies")
_EXPECTED = {
    "field": "Chưa ghi lĩnh vực. Danh mục công bố xếp thủ tục theo lĩnh vực.",
    "lead": "Chưa ghi cơ quan chủ trì.",
    "result": "Chưa ghi kết quả thực hiện. Hầu hết thủ tục đều có kết quả.",
    "bases": "Chưa ghi căn cứ pháp lý. Hầu hết thủ tục đều có căn cứ.",
}
_ROWS = {
    "steps": ("Bước", "what"),
    "subjects": ("Đối tượng thứ", ""),
    "bodies": ("Cơ quan giải quyết thứ", "name"),
    "papers": ("Thành phần hồ sơ thứ", "name"),
    "forms": ("Mẫu đơn, tờ khai thứ", "name"),
    "conditions": ("Yêu cầu, điều kiện thứ", ""),
    "bases": ("Căn cứ pháp lý thứ", "document"),
}
"""List → what one of its rows is called, and which field of it must not be empty."""
_VAGUE = re.compile(r"^(cac|mot so|nhung) thu tuc\b|\bthu tuc khac\b(?! nhau)|\bv\. ?v\b|\.\.\.")
_FEWEST_SYLLABLES = 3
_MOST_SYLLABLES = 60


class Severity(StrEnum):
    BLOCKS = auto()
    """Stands in the way of publication."""
    WARNS = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a record: which part, how grave, what is wrong and what to do about it."""

    part: str
    severity: Severity
    text: str

    @property
    def label(self) -> str:
        return LABELS[self.part]


def check(record: Record, *, on: date, same_name: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """
    Return what is wrong with a record that is to be published on a day.

    `same_name`: other procedures of the same agency and level that bear the same name after
    folding, in words. Compulsory parts are the first seven of NĐ 63/2010 điều 8 khoản 2.
    """
    return (
        *_missing(record),
        *_rows(record),
        *_name(record, same_name),
        *_times(record),
        *_order(record),
        *_bases(record, on),
    )


def blocks(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.BLOCKS for finding in findings)


def _missing(record: Record) -> Iterator[Finding]:
    for part in _COMPULSORY:
        if not _says(record, part):
            yield _block(part, f"Chưa có {LABELS[part].lower()}. Đây là bộ phận bắt buộc.")
    if not _says(record, "manners", "manner_text"):
        yield _block("manners", "Chưa nêu cách thức thực hiện. Chọn ít nhất một cách thức.")
    if not _says(record, "papers", "dossier_text"):
        yield _block(
            "papers",
            "Chưa có thành phần hồ sơ. Nếu thủ tục không cần hồ sơ, ghi rõ “Không quy định”.",
        )
    if record.papers and not record.dossier_sets:
        yield _block("dossier_sets", "Chưa ghi số lượng hồ sơ. Ghi số bộ, từ 01 bộ trở lên.")
    if not _says(record, "time_limit", "time_limit_text"):
        yield _block(
            "time_limit",
            "Chưa có thời hạn giải quyết. Nếu văn bản không nêu thời hạn, ghi rõ “Không quy định”.",
        )
    for part, text in _EXPECTED.items():
        if not _says(record, part):
            yield _warn(part, text)


def _says(record: Record, *parts: str) -> bool:
    values = (value for part in parts for value in part_values(record, part))
    return any(value.strip() if isinstance(value, str) else True for value in values)


def _rows(record: Record) -> Iterator[Finding]:
    for part, (called, field) in _ROWS.items():
        for position, row in enumerate(getattr(record, part), 1):
            if not (getattr(row, field) if field else row).strip():
                yield _block(part, f"{called} {position} chưa ghi nội dung.")
    if unknown := [step.number for step in record.steps if not step.actor.strip()]:
        yield _warn("steps", f"Chưa rõ ai thực hiện {_steps(unknown, record)}.")
    for paper in record.papers:
        if paper.quantity < 1:
            yield _block("papers", f"Số lượng của “{paper.name}” phải từ 01 trở lên.")
    if record.bodies and all(body.part is not Part.DECIDING for body in record.bodies):
        yield _warn("bodies", "Chưa nêu cơ quan có thẩm quyền quyết định.")


def _name(record: Record, same_name: tuple[str, ...]) -> Iterator[Finding]:
    syllables = len(record.name.split())
    if _VAGUE.search(fold(record.name)) or 0 < syllables < _FEWEST_SYLLABLES:
        yield _warn("name", "Tên chưa rõ. Tên phải nêu một việc và đối tượng của việc đó.")
    if syllables > _MOST_SYLLABLES:
        yield _warn(
            "name", f"Tên dài {syllables} chữ. Rút gọn còn không quá {_MOST_SYLLABLES} chữ."
        )
    for other in same_name:
        yield _block("name", f"Trùng tên với {other}. Đổi tên hoặc đánh dấu trùng lặp.")


def _times(record: Record) -> Iterator[Finding]:
    untimed = [step.number for step in record.steps if not step.duration]
    if untimed:
        yield _warn("steps", f"Chưa ghi thời gian thực hiện {_steps(untimed, record)}.")
    limit = record.time_limit
    if limit is None or len(untimed) == len(record.steps):
        return
    total = least_time(record.steps, limit.unit)
    if total is None:
        return  # the steps wait in a circle: said elsewhere
    spent = total.at_least(limit.unit)
    taken = f"Thực hiện {_steps(total.path, record)} mất {total.words}"
    allowed = f"thời hạn giải quyết ({duration_words(limit)})"
    if spent > limit.amount:
        yield _block(
            "time_limit", f"{taken}, dài hơn {allowed}. Rút ngắn các bước hoặc sửa thời hạn."
        )
    elif not all(adds_up_with(step.duration, limit) for step in record.steps if step.duration):
        yield _warn(
            "time_limit",
            f"Thời gian các bước ghi theo đơn vị khác với {allowed}, không cộng để so được.",
        )
    elif spent < limit.amount and not untimed:
        yield _warn(
            "time_limit", f"{taken}, ngắn hơn {allowed}. Kiểm tra lại các bước và thời hạn."
        )


def _order(record: Record) -> Iterator[Finding]:
    numbers = {START, *(step.number for step in record.steps)}
    for step in record.steps:
        if unknown := sorted(set(step.after) - numbers):
            names = ", ".join(str(number) for number in unknown)
            yield _block("steps", f"Bước {step.number} chờ bước {names}, không có bước này.")
    if any(step.after for step in record.steps) and total_time(record.steps) is None:
        yield _block("steps", "Các bước chờ nhau thành vòng. Sửa lại thứ tự các bước.")


def _bases(record: Record, on: date) -> Iterator[Finding]:
    for basis in record.bases:
        if basis.ended_on and not basis.holds_on(on):
            yield _block(
                "bases",
                f"{basis_words(basis)} hết hiệu lực từ ngày {format_date(basis.ended_on)}. "
                "Thay bằng văn bản đang có hiệu lực.",
            )
        if basis.issued_on and basis.issued_on > on:
            yield _block(
                "bases", f"{basis_words(basis)} ban hành sau ngày công bố. Kiểm tra lại ngày."
            )


def _steps(numbers: Sequence[int], record: Record) -> str:
    if len(numbers) == 1:
        return f"bước {numbers[0]}"
    if len(numbers) == len(record.steps):
        return "tất cả các bước"
    return f"các bước {', '.join(str(number) for number in numbers)}"


def _block(part: str, text: str) -> Finding:
    return Finding(part, Severity.BLOCKS, text)


def _warn(part: str, text: str) -> Finding:
    return Finding(part, Severity.WARNS, text)
