"""Tờ trình of the agency and văn bản đánh giá of the Office."""

from __future__ import annotations

from tinhgon.domain.officialdoc import Block, BlockKind, Cell, OfficialDoc, Table
from tinhgon.domain.publishing import Letter, Office, keep, signature_of, with_lead
from tinhgon.domain.vntext import format_number

from ._paper import NOWHERE, Assessed, PlanPaper, dashes, item, one_line, paragraph, total_words


def submission_document(paper: PlanPaper) -> OfficialDoc:
    """Return the tờ trình by which the agency lays its plan before the competent authority."""
    name = paper.drafter.name
    body = (
        paragraph(
            f"Thực hiện {paper.round_name}, {name} đã rà soát và xây dựng phương án đơn giản hóa "
            f"{paper.number_words}, kính trình {paper.head_words} xem xét, phê duyệt như sau:"
        ),
        item(BlockKind.ROMAN, "I.", "CĂN CỨ", dashes(with_lead(text) for text in paper.bases)),
        item(BlockKind.ROMAN, "II.", "NỘI DUNG PHƯƠNG ÁN", (_table(paper),)),
        item(BlockKind.ROMAN, "III.", "LỢI ÍCH", (paragraph(_benefit(paper)),)),
        paragraph(
            f"{name} kính trình {paper.head_words} xem xét, quyết định. (Gửi kèm theo dự thảo "
            "Quyết định và Phụ lục phương án đơn giản hóa)./."
        ),
    )
    return _letter_document(
        paper,
        paper.drafter,
        paper.submission,
        doc_type="tờ trình",
        subject=paper.subject,
        addressee=paper.issuer.head_words,
        body=body,
    )


def assessment_document(paper: PlanPaper, assessed: Assessed) -> OfficialDoc:
    """Return the letter by which the Office tells the agency what it found in the plan."""
    asked = f"Đã lấy ý kiến: {one_line(assessed.consulted)}." if assessed.consulted else ""
    found = [paragraph(line.strip()) for line in assessed.opinion.splitlines() if line.strip()]
    conclusion = (
        "Phương án đủ điều kiện trình phê duyệt."
        if assessed.passes
        else f"Đề nghị {paper.drafter.name} hoàn thiện phương án theo các ý kiến trên và gửi lại."
    )
    body = (
        paragraph(
            f"{paper.office.name} đã đánh giá phương án đơn giản hóa {paper.number_words} của "
            f"{paper.drafter.name} và có ý kiến như sau:"
        ),
        item(BlockKind.CLAUSE, "1.", "Nội dung phương án", (_table(paper),)),
        item(BlockKind.CLAUSE, "2.", "Lợi ích của phương án", (paragraph(_benefit(paper)),)),
        item(
            BlockKind.CLAUSE,
            "3.",
            "Ý kiến đánh giá",
            [*found, *([paragraph(asked)] if asked else [])],
        ),
        item(BlockKind.CLAUSE, "4.", "Kết luận", (paragraph(conclusion),)),
        paragraph(f"{paper.office.name} gửi {paper.drafter.name} để thực hiện./."),
    )
    return _letter_document(
        paper,
        paper.office,
        assessed.letter,
        doc_type="công văn",
        subject=f"đánh giá {paper.plan_words}",
        addressee=paper.drafter.name,
        body=body,
    )


def _letter_document(
    paper: PlanPaper,
    sender: Office,
    letter: Letter,
    *,
    doc_type: str,
    subject: str,
    addressee: str,
    body: tuple[Block, ...],
) -> OfficialDoc:
    return OfficialDoc(
        agency=sender.name,
        agency_lines=sender.lines,
        parent_agency=sender.parent_name or None,
        parent_lines=sender.parent_lines,
        number=letter.number or None,
        symbol=letter.symbol,
        place=sender.place,
        date=letter.issued_on,
        date_text=paper.month_words if letter.issued_on is None else None,
        doc_type=doc_type,
        subject=subject,
        addressees=(addressee,),
        body=body,
        signature=signature_of(sender, deputy=False),
        recipients=("Như trên", keep()),
    )


def _benefit(paper: PlanPaper) -> str:
    return total_words(paper) or "Có thủ tục chưa tính chi phí tuân thủ nên chưa tổng hợp được."


def _table(paper: PlanPaper) -> Block:
    heads = ("STT", "Thủ tục", "Nội dung đơn giản hóa", "Tiết kiệm (đồng/năm)")
    rows = [tuple(Cell(head) for head in heads)]
    for number, block in enumerate(paper.blocks, 1):
        saved = "chưa tính" if block.saved is None else format_number(block.saved)
        contents = "; ".join(one_line(each.content) for each in block.measures)
        rows.append((Cell(str(number)), Cell(block.name), Cell(contents), Cell(saved)))
    return Block(BlockKind.TABLE, "", NOWHERE, table=Table(tuple(rows)))
