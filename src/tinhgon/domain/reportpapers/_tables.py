"""Biểu 1 to 5 of a report: no official form was found, the columns are what provinces publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tinhgon.domain.reporting import Fact, Line, Proof
from tinhgon.domain.vntext import format_date, format_number

from ._form import Column, Form, Kind, Value

_PUBLISHED = "TTHC nội bộ đã công bố"
_REVIEWED = "Đã rà soát"
_APPROVED = "Đã phê duyệt phương án"
_COST = "Chi phí tuân thủ (đồng/năm)"
_DONE = "Đã thực thi"
_LEVELS = {
    "central": "Trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
}


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


def documents_of(proofs: Iterable[Proof | None]) -> str:
    """Return each document once, by its day: "12/QĐ-UBND ngày 28/3/2023; …"."""
    known = {proof for proof in proofs if proof is not None and proof.words}
    ordered = sorted(known, key=lambda proof: (proof.on or date.min, proof.words))
    return "; ".join(dict.fromkeys(proof_words(proof) for proof in ordered))


def proof_words(proof: Proof | None) -> str:
    if proof is None:
        return ""
    day = f"ngày {format_date(proof.on)}" if proof.on else ""
    return " ".join(part for part in (proof.words, day) if part)


def summary_form(
    total: Line, lines: Sequence[AgencyLine], rounds: Mapping[str, str], *, sent: str = ""
) -> Form:
    """
    Return Biểu 1: the total, then one row an agency.

    `rounds` names the figures of single rounds ("ra-soat-3": "lần 1") in their order; `sent` is
    the last cell of the total.
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
    whole = AgencyLine("Tổng cộng", total, sent=sent)
    rows = [_summary_row("", whole, rounds)]
    rows += [_summary_row(str(n), each, rounds) for n, each in enumerate(lines, 1)]
    return Form(
        "bieu-1",
        "Biểu 1",
        "TỔNG HỢP KẾT QUẢ RÀ SOÁT, ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH NỘI BỘ THEO CƠ QUAN",
        columns,
        tuple(rows),
        has_total=True,
        notes=_FORMULAS,
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
    before, after = _whole(line.numbers["chi-phi-truoc"]), _whole(line.numbers["chi-phi-sau"])
    return before, after, before - after


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def detail_form(facts: Sequence[Fact]) -> Form:
    """Return Biểu 2: one row a procedure."""
    return Form(
        "bieu-2",
        "Biểu 2",
        "DANH MỤC CHI TIẾT THỦ TỤC HÀNH CHÍNH NỘI BỘ",
        (
            Column("STT", width=5),
            Column("Tên thủ tục", width=48),
            Column("Loại", width=14),
            Column("Cấp thực hiện", width=10),
            Column("Lĩnh vực", width=18),
            Column("Cơ quan", width=26),
            Column("Quyết định công bố", width=22),
            Column("Vòng rà soát, kết quả", width=26),
            Column("Quyết định phê duyệt", width=22),
            Column("Nội dung đơn giản hóa", width=40),
            Column("Trước", (_COST,), Kind.NUMBER, 15),
            Column("Sau", (_COST,), Kind.NUMBER, 15),
            Column("Tiết kiệm", (_COST,), Kind.NUMBER, 15),
            Column("Tỷ lệ", (_COST,), Kind.SHARE, 8),
            Column("Tình trạng thực thi", width=26),
            Column("Văn bản thực thi", width=24),
        ),
        tuple(_detail_row(n, fact) for n, fact in enumerate(facts, 1)),
    )


def _detail_row(place: int, fact: Fact) -> tuple[Value, ...]:
    return (
        str(place),
        fact.name,
        "Giữa các cơ quan" if fact.is_between else "Trong nội bộ cơ quan",
        _LEVELS.get(fact.level, fact.level),
        fact.field,
        fact.agency_name,
        proof_words(fact.published),
        "; ".join(f"{each.name}: {each.outcome}" for each in fact.reviews if each.outcome),
        proof_words(fact.approved),
        fact.measures,
        *_costs(fact),
        standing_words(fact),
        documents_of(fact.carried_out),
    )


def _costs(fact: Fact) -> tuple[Value, Value, Value, Value]:
    if fact.before is None or fact.after is None:
        return None, None, None, None
    before, after = _whole(fact.before), _whole(fact.after)
    share = fact.saved / fact.before if fact.before else None
    return before, after, before - after, share


def standing_words(fact: Fact) -> str:
    """Return how far a procedure is: approved is not carried out."""
    if fact.is_carried_out:
        return "Đã thực thi"
    if fact.counts is not None:
        return f"Chưa thực thi. {fact.open_reason}".strip()
    return "Có phương án, chưa phê duyệt" if fact.is_planned else ""


def supplementary_form(facts: Iterable[Fact]) -> Form:
    """Return Biểu 3: procedures that were missed at first and published later."""
    found = [fact for fact in facts if fact.is_supplementary and fact.published is not None]
    return Form(
        "bieu-3",
        "Biểu 3",
        "THỦ TỤC HÀNH CHÍNH NỘI BỘ CÔNG BỐ BỔ SUNG",
        (
            Column("STT", width=5),
            Column("Tên thủ tục", width=56),
            Column("Loại", width=16),
            Column("Cấp thực hiện", width=12),
            Column("Lĩnh vực", width=20),
            Column("Cơ quan", width=32),
            Column("Quyết định công bố (số, ngày)", width=28),
        ),
        tuple(
            (
                str(n),
                fact.name,
                "Giữa các cơ quan" if fact.is_between else "Trong nội bộ cơ quan",
                _LEVELS.get(fact.level, fact.level),
                fact.field,
                fact.agency_name,
                proof_words(fact.published),
            )
            for n, fact in enumerate(found, 1)
        ),
    )


def difficulty_form(rows: Sequence[DifficultyRow]) -> Form:
    """Return Biểu 4: difficulties and what became of them."""
    return Form(
        "bieu-4",
        "Biểu 4",
        "KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ, ĐỀ XUẤT",
        (
            Column("STT", width=5),
            Column("Cơ quan, đơn vị", width=26),
            Column("Loại vướng mắc", width=18),
            Column("Thủ tục liên quan", width=30),
            Column("Văn bản liên quan", width=26),
            Column("Nội dung vướng mắc", width=44),
            Column("Đã xử lý trong thẩm quyền", width=34),
            Column("Kiến nghị, đề xuất", width=34),
            Column("Cấp có thẩm quyền", width=18),
            Column("Ngày gửi", kind=Kind.DAY, width=11),
            Column("Văn bản trả lời", width=24),
            Column("Tình trạng", width=16),
        ),
        tuple(
            (
                str(n),
                row.agency,
                row.kind,
                row.procedures,
                row.texts,
                row.description,
                row.own_part,
                row.proposal,
                row.level,
                row.sent_on,
                row.answer,
                row.status,
            )
            for n, row in enumerate(rows, 1)
        ),
    )


def progress_form(rows: Sequence[ProgressRow]) -> Form:
    """Return Biểu 5: who sent when, and how often it was reminded."""
    return Form(
        "bieu-5",
        "Biểu 5",
        "TIẾN ĐỘ GỬI BÁO CÁO VÀ ĐÔN ĐỐC",
        (
            Column("STT", width=5),
            Column("Cơ quan, đơn vị", width=40),
            Column("Hạn gửi", kind=Kind.DAY, width=12),
            Column("Ngày gửi", kind=Kind.DAY, width=12),
            Column("Tình trạng", width=28),
            Column("Số lần nhắc, đôn đốc", kind=Kind.NUMBER, width=12),
            Column("Lần nhắc gần nhất", kind=Kind.DAY, width=14),
        ),
        tuple(
            (
                str(n),
                row.agency,
                row.due_on,
                row.sent_on,
                row.status,
                Decimal(row.reminders),
                row.last_reminder,
            )
            for n, row in enumerate(rows, 1)
        ),
    )


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
