"""Biểu 1 of a report: no official form was found, the columns are what provinces publish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.domain.reporting import Fact, Line
from tinhgon.domain.vntext import format_number

from ._form import Column, Form, Kind, Value
from ._words import documents_of, whole_dong

_PUBLISHED = "TTHC nội bộ đã công bố"
_REVIEWED = "Đã rà soát"
_APPROVED = "Đã phê duyệt phương án"
_COST = "Chi phí tuân thủ (đồng/năm)"
_DONE = "Đã thực thi"


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """
    One agency in Biểu 1: its figures, the documents behind them, and how its report came.

    `published`, `approved` and `done` name documents; `sent` says when the report came and whether
    in time.
    """

    name: str
    line: Line
    published: str = ""
    approved: str = ""
    done: str = ""
    open_reason: str = ""
    difficulties: str = ""
    sent: str = ""


def summary_form(
    total: Line,
    lines: Sequence[AgencyLine],
    rounds: Mapping[str, str],
    *,
    corrected: Sequence[str] = (),
) -> Form:
    """
    Return Biểu 1: the total, then one row an agency.

    `rounds` names the figures of single rounds ("ra-soat-3": "lần 1") in their order; `corrected`
    says which figures were corrected after they were frozen, and why.
    """
    columns = (
        Column("STT", width=5),
        Column("Cơ quan, đơn vị", width=32),
        *_numbers(_PUBLISHED, _OF_PUBLISHED),
        Column("Trong đó công bố bổ sung", (_PUBLISHED,), Kind.NUMBER, 9),
        Column("Quyết định công bố (số, ngày)", (_PUBLISHED,), width=24),
        *(
            Column(words[:1].upper() + words[1:], (_REVIEWED,), Kind.NUMBER, 8)
            for words in rounds.values()
        ),
        Column("Tổng", (_REVIEWED,), Kind.NUMBER, 8),
        Column("Tỷ lệ", (_REVIEWED,), Kind.SHARE, 8),
        *_numbers(_APPROVED, _OF_APPROVED),
        Column("Quyết định phê duyệt (số, ngày)", (_APPROVED,), width=24),
        Column("Tỷ lệ cắt giảm, đơn giản hóa TTHC", kind=Kind.SHARE, width=9),
        *_numbers(_COST, _OF_COST, width=16),
        Column("Tỷ lệ cắt giảm", (_COST,), Kind.SHARE, 9),
        Column("Số TTHC", (_DONE,), Kind.NUMBER, 8),
        Column("Tỷ lệ", (_DONE,), Kind.SHARE, 8),
        Column("Văn bản", (_DONE,), width=24),
        Column("Chưa thực thi, lý do", width=28),
        Column("Vướng mắc, kiến nghị", width=28),
        Column("Ngày báo cáo", width=16),
    )
    whole = AgencyLine("Tổng cộng", total)
    rows = [_summary_row("", whole, rounds)]
    rows += [_summary_row(str(n), each, rounds) for n, each in enumerate(lines, 1)]
    return Form(
        "bieu-1",
        "Biểu 1",
        "TỔNG HỢP KẾT QUẢ RÀ SOÁT, ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH NỘI BỘ THEO CƠ QUAN",
        columns,
        tuple(rows),
        has_total=True,
        notes=(*_FORMULAS, *corrected),
        breaks=tuple(n for n, column in enumerate(columns) if column.label in _FIRST_OF_PARTS),
    )


_OF_PUBLISHED = {
    "cong-bo": "Tổng",
    "loai-a": "Giữa các cơ quan",
    "loai-b": "Trong nội bộ cơ quan",
    "cap-tinh": "Cấp tỉnh",
    "cap-huyen": "Cấp huyện",
    "cap-xa": "Cấp xã",
}
_OF_APPROVED = {
    "phe-duyet": "Số TTHC",
    "bai-bo": "Bãi bỏ",
    "gop": "Gộp",
    "don-gian-hoa": "Đơn giản hóa",
}
_OF_COST = {"chi-phi-truoc": "Trước", "chi-phi-sau": "Sau", "tiet-kiem": "Tiết kiệm"}
# Where papers begin a new part: with what was approved, and with what was carried out.
_FIRST_OF_PARTS = {"Số TTHC"}
_FORMULAS = (
    "Tỷ lệ rà soát = số TTHC đã rà soát / số TTHC đã công bố.",
    "Tỷ lệ cắt giảm, đơn giản hóa TTHC = số TTHC bãi bỏ, gộp, đơn giản hóa / số TTHC phải rà soát.",
    "Tỷ lệ cắt giảm chi phí = chi phí tiết kiệm / chi phí trước đơn giản hóa.",
    "Tỷ lệ thực thi = số TTHC đã thực thi / số TTHC đã phê duyệt cắt giảm, đơn giản hóa.",
)


def _numbers(group: str, keys: Mapping[str, str], width: int = 8) -> Iterator[Column]:
    for label in keys.values():
        yield Column(label, (group,), Kind.NUMBER, width)


def _summary_row(place: str, each: AgencyLine, rounds: Mapping[str, str]) -> tuple[Value, ...]:
    numbers, share = each.line.numbers, each.line.share
    return (
        place,
        each.name,
        *(numbers[key] for key in _OF_PUBLISHED),
        numbers["bo-sung"],
        each.published,
        *(numbers.get(key, Decimal(0)) for key in rounds),
        numbers["ra-soat"],
        share("ty-le-ra-soat"),
        *(numbers[key] for key in _OF_APPROVED),
        each.approved,
        share("k2"),
        *_printed_costs(each.line),
        share("c"),
        numbers["thuc-thi"],
        share("ty-le-thuc-thi"),
        each.done,
        each.open_reason,
        each.difficulties,
        each.sent,
    )


def _printed_costs(line: Line) -> tuple[Decimal, Decimal, Decimal]:
    """Return the costs in whole đồng, so that what is printed adds up."""
    before, after = (
        whole_dong(line.numbers["chi-phi-truoc"]),
        whole_dong(line.numbers["chi-phi-sau"]),
    )
    return before, after, before - after


def agency_line(name: str, facts: Sequence[Fact], line: Line, **words: str) -> AgencyLine:
    """Return the row of one agency in Biểu 1, with the documents that its facts name."""
    open_ones = [fact for fact in facts if fact.counts is not None and not fact.is_carried_out]
    reasons = dict.fromkeys(fact.open_reason for fact in open_ones if fact.open_reason)
    return AgencyLine(
        name,
        line,
        published=documents_of(fact.published for fact in facts),
        approved=documents_of(fact.approved for fact in facts),
        done=documents_of(proof for fact in facts for proof in fact.carried_out),
        open_reason=_few(list(reasons)),
        **words,
    )


_MOST_REASONS = 5


def _few(reasons: Sequence[str]) -> str:
    """Return the first reasons, and how many more Biểu 2 tells."""
    more = len(reasons) - _MOST_REASONS
    rest = [f"và {format_number(more)} lý do khác (Biểu 2)"] if more > 0 else []
    return "; ".join([*reasons[:_MOST_REASONS], *rest])
