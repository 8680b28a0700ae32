"""What a record must have before it may be published, each fault explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold, format_date

from ._enums import Unit
from ._flow import HOURS_A_WORKING_DAY, Total, total_time
from ._record import Duration, Record
from ._words import LABELS, basis_words, duration_words

_COMPULSORY = ("name", "steps", "subjects", "bodies")
_VAGUE = ("thủ tục khác", "các thủ tục", "một số thủ tục", "v.v", "...", "…")
_MOST_WORDS = 60


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
        *_name(record, same_name),
        *_times(record),
        *_order(record),
        *_bases(record, on),
    )


def blocks(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.BLOCKS for finding in findings)


def _missing(record: Record) -> Iterator[Finding]:
    for part in _COMPULSORY:
        if not getattr(record, part):
            yield _block(part, f"Chưa có {LABELS[part].lower()}. Đây là bộ phận bắt buộc.")
    if not (record.manners or record.manner_text):
        yield _block("manners", "Chưa nêu cách thức thực hiện. Chọn ít nhất một cách thức.")
    if not (record.papers or record.dossier_text):
        yield _block(
            "papers",
            "Chưa có thành phần hồ sơ. Nếu thủ tục không cần hồ sơ, ghi rõ “Không quy định”.",
        )
    if record.papers and record.dossier_sets is None:
        yield _block("dossier_sets", "Chưa ghi số bộ hồ sơ.")
    if record.time_limit is None and not record.time_limit_text:
        yield _block(
            "time_limit", "Chưa có thời hạn giải quyết. Nếu không có, ghi rõ “Không quy định”."
        )
    for part, words in (("result", "kết quả thực hiện"), ("bases", "căn cứ pháp lý")):
        if not getattr(record, part):
            yield _warn(part, f"Chưa có {words}. Hầu hết thủ tục đều có.")


def _name(record: Record, same_name: tuple[str, ...]) -> Iterator[Finding]:
    folded = fold(record.name)
    if any(fold(words) in folded for words in _VAGUE):
        yield _warn("name", "Tên chưa cụ thể: tên phải nêu một việc và đối tượng của việc đó.")
    if len(record.name.split()) > _MOST_WORDS:
        yield _warn("name", f"Tên dài hơn {_MOST_WORDS} chữ. Rút gọn cho ngắn gọn, chính xác.")
    if record.name and len(record.name.split()) < 2:
        yield _warn("name", "Tên chưa rõ: tên phải nêu việc làm và đối tượng.")
    for other in same_name:
        yield _block("name", f"Trùng tên với {other}. Đổi tên hoặc đánh dấu trùng lặp.")


def _times(record: Record) -> Iterator[Finding]:
    limit = record.time_limit
    timed = [step for step in record.steps if step.duration]
    if limit is None or not timed:
        return
    untimed = [str(step.number) for step in record.steps if not step.duration]
    if untimed:
        yield _warn("steps", f"Bước {', '.join(untimed)} chưa ghi thời gian thực hiện.")
    total = total_time(record.steps)
    if total is None:
        return  # the order of steps is wrong: said elsewhere
    if (more := _compare(total, limit)) is None:
        yield _warn(
            "time_limit",
            "Thời gian các bước và thời hạn giải quyết ghi theo đơn vị khác nhau, không so được.",
        )
    elif more > 0:
        yield _block(
            "time_limit",
            f"Tổng thời gian các bước là {total.words}, dài hơn thời hạn giải quyết "
            f"{duration_words(limit)}.",
        )
    elif more < 0 and not untimed:
        yield _warn(
            "time_limit",
            f"Tổng thời gian các bước là {total.words}, ngắn hơn thời hạn giải quyết "
            f"{duration_words(limit)}.",
        )


def _compare(total: Total, limit: Duration) -> int | None:
    """Return 1, 0, -1 as the steps take more, the same, less than the limit; None: cannot say."""
    if limit.unit in (Unit.HOUR, Unit.WORKING_DAY) and not total.days and not total.months:
        hours = limit.amount * (HOURS_A_WORKING_DAY if limit.unit is Unit.WORKING_DAY else 1)
        return (total.hours > hours) - (total.hours < hours)
    if limit.unit is Unit.DAY and not total.hours and not total.months:
        return (total.days > limit.amount) - (total.days < limit.amount)
    if limit.unit is Unit.MONTH and not total.hours and not total.days:
        return (total.months > limit.amount) - (total.months < limit.amount)
    return None


def _order(record: Record) -> Iterator[Finding]:
    numbers = {step.number for step in record.steps}
    for step in record.steps:
        if unknown := set(step.after) - numbers:
            names = ", ".join(str(n) for n in sorted(unknown))
            yield _block("steps", f"Bước {step.number} chờ bước {names}, không có bước này.")
    if record.steps and total_time(record.steps) is None:
        yield _block("steps", "Các bước chờ nhau thành vòng. Sửa lại thứ tự các bước.")


def _bases(record: Record, on: date) -> Iterator[Finding]:
    for basis in record.bases:
        if not basis.holds_on(on) and basis.ended_on:
            yield _block(
                "bases",
                f"{basis_words(basis)} hết hiệu lực từ ngày {format_date(basis.ended_on)}. "
                "Thay bằng văn bản đang có hiệu lực.",
            )
        if basis.issued_on and basis.issued_on > on:
            yield _block(
                "bases", f"{basis_words(basis)} ban hành sau ngày công bố. Kiểm tra lại ngày."
            )


def _block(part: str, text: str) -> Finding:
    return Finding(part, Severity.BLOCKS, text)


def _warn(part: str, text: str) -> Finding:
    return Finding(part, Severity.WARNS, text)
