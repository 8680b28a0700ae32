"""Công văn kiến nghị: the letter that asks those above to change what only they can change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.domain.officialdoc import Block, BlockKind, OfficialDoc, Signature
from tinhgon.domain.procedures import figure_words
from tinhgon.domain.publishing import Letter, control_agency, keep, signature_of
from tinhgon.domain.vntext import format_date

from ._paper import MeasureText, PlanBlock, PlanPaper, cost_lines, dashes, item, one_line, paragraph

RECOMMENDATION_SUBJECT = (
    "kiến nghị sửa đổi, bổ sung, bãi bỏ quy định để đơn giản hóa thủ tục hành chính nội bộ"
)


@dataclass(frozen=True, slots=True)
class Upwards:
    """What one letter says beside the plan: to whom, what it asks for, until when."""

    authority: str
    letter: Letter
    request: str = ""
    answer_by: date | None = None
    signature: Signature | None = None  # of the letter as it was signed


def recommendation_document(paper: PlanPaper, upwards: Upwards) -> OfficialDoc:
    """
    Return the letter on the procedures of the paper, from the authority that decided on the plan.

    :raises ValueError: if it is about no procedure.
    """
    if not paper.blocks:
        raise ValueError("a recommendation on no procedure")
    issuer, letter = paper.issuer, upwards.letter
    return OfficialDoc(
        agency=issuer.name,
        agency_lines=issuer.lines,
        parent_agency=issuer.parent_name or None,
        parent_lines=issuer.parent_lines,
        number=letter.number or None,
        symbol=letter.symbol,
        place=issuer.place,
        date=letter.issued_on,
        date_text=paper.month_words if letter.issued_on is None else None,
        doc_type="công văn",
        subject=RECOMMENDATION_SUBJECT,
        addressees=(upwards.authority,),
        body=tuple(_body(paper, upwards)),
        signature=upwards.signature or _signature(paper),
        recipients=_recipients(paper),
    )


def _body(paper: PlanPaper, upwards: Upwards) -> Iterator[Block]:
    own = paper.issuer.committee_words or paper.issuer.name
    number = figure_words(len(paper.blocks))
    yield paragraph(
        f"Ngày {format_date(paper.written_on)}, {paper.head_words} ban hành Quyết định "
        f"{paper.decision.words} phê duyệt {paper.plan_words}; trong đó có {number} thủ tục mà quy "
        f"định phải sửa đổi, bổ sung, bãi bỏ thuộc thẩm quyền của {upwards.authority} hoặc do "
        f"{upwards.authority} trình cấp có thẩm quyền. {own} kiến nghị như sau:"
    )
    for place, block in enumerate(paper.blocks, 1):
        yield _block(place, block)
    if upwards.request.strip():
        yield paragraph(f"{one_line(upwards.request)}.")
    until = f" chậm nhất ngày {format_date(upwards.answer_by)}" if upwards.answer_by else ""
    yield paragraph(
        f"Kính đề nghị {upwards.authority} xem xét, quyết định và trả lời{until} để {own} tổ chức "
        "thực hiện./."
    )


def _block(place: int, block: PlanBlock) -> Block:
    code = f" (mã số: {block.code})" if block.code else ""
    agency = (paragraph(f"Cơ quan thực hiện: {block.agency}"),) if block.agency else ()
    parts: Sequence[tuple[str, tuple[Block, ...]]] = (
        ("Nội dung đơn giản hóa", dashes(_measure(each) for each in block.measures)),
        ("Quy định kiến nghị sửa đổi, bổ sung, bãi bỏ", dashes(block.implementation)),
        ("Lợi ích", dashes(cost_lines(block.printed)) if block.printed else ()),
    )
    kept = [part for part in parts if part[1]]
    points = [
        item(BlockKind.POINT, f"{letter})", label, below)
        for letter, (label, below) in zip("abc", kept, strict=False)
    ]
    name = f"Thủ tục: {one_line(block.name)}{code}"
    return item(BlockKind.CLAUSE, f"{place}.", name, [*agency, *points])


def _measure(measure: MeasureText) -> str:
    content, reason = measure.content, measure.reason
    return f"{one_line(content)}. Lý do: {one_line(reason)}" if reason.strip() else content


def _signature(paper: PlanPaper) -> Signature:
    """A committee signs as a body (Nghị định số 30/2020/NĐ-CP điều 13)."""
    head = signature_of(paper.issuer, deputy=False)
    if not paper.issuer.level:
        return head
    return Signature(("TM. ỦY BAN NHÂN DÂN",), head.title, "")


def _recipients(paper: PlanPaper) -> tuple[str, ...]:
    control = control_agency(paper.written_on)
    office = [paper.office_words] if paper.office_words else []
    return ("Như trên", control, paper.drafter.name, *office, keep(paper.drafter.symbol))
