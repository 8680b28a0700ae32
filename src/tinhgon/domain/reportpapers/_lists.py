"""Biểu 2 to 5 of a report: lists of which each column says what it takes from a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tinhgon.domain.reporting import Fact

from ._form import Column, Form, Kind, Value
from ._words import documents_of, proof_words, standing_words, whole_dong

R = TypeVar("R")
Part = tuple[Column, Callable[[R], Value]]
_COST = ("Chi phí tuân thủ (đồng/năm)",)
_LEVELS = {
    "central": "Trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}


@dataclass(frozen=True, slots=True)
class DifficultyRow:
    """One difficulty in Biểu 4."""

    agency: str
    kind: str
    procedures: str
    texts: str
    description: str
    own_part: str
    proposal: str
    level: str
    sent_on: date | None
    answer: str
    status: str


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """The report of one agency in Biểu 5."""

    agency: str
    due_on: date
    sent_on: date | None
    status: str
    reminders: int
    last_reminder: date | None


def _list(number: int, title: str, parts: Sequence[Part[R]], rows: Iterable[R]) -> Form:
    """Return the table with its rows numbered."""
    columns = (Column("STT", width=5), *(column for column, _ in parts))
    made = ((str(n), *(value(row) for _, value in parts)) for n, row in enumerate(rows, start=1))
    return Form(f"bieu-{number}", f"Biểu {number}", title, columns, tuple(made))


def _kind(fact: Fact) -> str:
    return "Giữa các cơ quan" if fact.is_between else "Trong nội bộ cơ quan"


def _level(fact: Fact) -> str:
    return _LEVELS.get(fact.level, fact.level)


def _identity(*widths: int) -> tuple[Part[Fact], ...]:
    """Return the columns that say which procedure it is and who published it when."""
    values: tuple[tuple[str, Callable[[Fact], Value]], ...] = (
        ("Tên thủ tục", lambda fact: fact.name),
        ("Loại", _kind),
        ("Cấp thực hiện", _level),
        ("Lĩnh vực", lambda fact: fact.field),
        ("Cơ quan", lambda fact: fact.agency_name),
        ("Quyết định công bố (số, ngày)", lambda fact: proof_words(fact.published)),
    )
    return tuple(
        (Column(label, width=width), value)
        for (label, value), width in zip(values, widths, strict=True)
    )


def _before(fact: Fact) -> Decimal | None:
    return whole_dong(fact.before)


def _after(fact: Fact) -> Decimal | None:
    return whole_dong(fact.after)


def _saved(fact: Fact) -> Decimal | None:
    """Return what the printed costs differ by, so that they and it add up."""
    before, after = _before(fact), _after(fact)
    return None if before is None or after is None else before - after


def _share(fact: Fact) -> Decimal | None:
    return fact.saved / fact.before if fact.before else None


def _outcomes(fact: Fact) -> str:
    return "; ".join(f"{each.name}: {each.outcome}" for each in fact.reviews if each.outcome)


def detail_form(facts: Iterable[Fact]) -> Form:
    """Return Biểu 2: one row a procedure."""
    parts: tuple[Part[Fact], ...] = (
        *_identity(48, 14, 10, 18, 26, 22),
        (Column("Vòng rà soát, kết quả", width=26), _outcomes),
        (Column("Quyết định phê duyệt", width=22), lambda fact: proof_words(fact.approved)),
        (Column("Nội dung đơn giản hóa", width=40), lambda fact: fact.measures),
        (Column("Trước", _COST, Kind.NUMBER, 15), _before),
        (Column("Sau", _COST, Kind.NUMBER, 15), _after),
        (Column("Tiết kiệm", _COST, Kind.NUMBER, 15), _saved),
        (Column("Tỷ lệ", _COST, Kind.SHARE, 8), _share),
        (Column("Tình trạng thực thi", width=26), standing_words),
        (Column("Văn bản thực thi", width=24), lambda fact: documents_of(fact.carried_out)),
    )
    return _list(2, "DANH MỤC CHI TIẾT THỦ TỤC HÀNH CHÍNH NỘI BỘ", parts, facts)


def supplementary_form(facts: Iterable[Fact]) -> Form:
    """Return Biểu 3: procedures that were missed at first and published later."""
    found = [fact for fact in facts if fact.is_supplementary and fact.published is not None]
    title = "THỦ TỤC HÀNH CHÍNH NỘI BỘ CÔNG BỐ BỔ SUNG"
    return _list(3, title, _identity(56, 16, 12, 20, 32, 28), found)


def difficulty_form(rows: Iterable[DifficultyRow]) -> Form:
    """Return Biểu 4: difficulties and what became of them."""
    parts: tuple[Part[DifficultyRow], ...] = (
        (Column("Cơ quan, đơn vị", width=26), lambda row: row.agency),
        (Column("Loại vướng mắc", width=18), lambda row: row.kind),
        (Column("Thủ tục liên quan", width=30), lambda row: row.procedures),
        (Column("Văn bản liên quan", width=26), lambda row: row.texts),
        (Column("Nội dung vướng mắc", width=44), lambda row: row.description),
        (Column("Đã xử lý trong thẩm quyền", width=34), lambda row: row.own_part),
        (Column("Kiến nghị, đề xuất", width=34), lambda row: row.proposal),
        (Column("Cấp có thẩm quyền", width=18), lambda row: row.level),
        (Column("Ngày gửi", kind=Kind.DAY, width=11), lambda row: row.sent_on),
        (Column("Văn bản trả lời", width=24), lambda row: row.answer),
        (Column("Tình trạng", width=16), lambda row: row.status),
    )
    return _list(4, "KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ, ĐỀ XUẤT", parts, rows)


def progress_form(rows: Iterable[ProgressRow]) -> Form:
    """Return Biểu 5: who sent when, and how often it was reminded."""
    parts: tuple[Part[ProgressRow], ...] = (
        (Column("Cơ quan, đơn vị", width=40), lambda row: row.agency),
        (Column("Hạn gửi", kind=Kind.DAY, width=12), lambda row: row.due_on),
        (Column("Ngày gửi", kind=Kind.DAY, width=12), lambda row: row.sent_on),
        (Column("Tình trạng", width=28), lambda row: row.status),
        (
            Column("Số lần nhắc, đôn đốc", kind=Kind.NUMBER, width=12),
            lambda row: Decimal(row.reminders),
        ),
        (Column("Lần nhắc gần nhất", kind=Kind.DAY, width=14), lambda row: row.last_reminder),
    )
    return _list(5, "TIẾN ĐỘ GỬI BÁO CÁO VÀ ĐÔN ĐỐC", parts, rows)
