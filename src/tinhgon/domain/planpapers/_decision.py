"""Quyết định phê duyệt phương án as an official document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tinhgon.domain.officialdoc import Block, BlockKind, OfficialDoc
from tinhgon.domain.procedures import figure_words
from tinhgon.domain.publishing import BLANK, keep, signature_of, titled, with_lead
from tinhgon.domain.vntext import format_date

from ._annex import annex
from ._paper import FORMULA, PlanPaper, item, paragraph, total_words


def decision_document(paper: PlanPaper) -> OfficialDoc:
    """
    Return the decision with its annex; number, day and signer stay blank until it is signed.

    :raises ValueError: if it would approve nothing.
    """
    if not paper.blocks:
        raise ValueError("a decision on no procedure")
    issuer, letter = paper.issuer, paper.decision
    title = f"PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH NỘI BỘ CỦA {paper.drafter.name.upper()}"
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
        doc_type="quyết định",
        subject=paper.subject,
        competence=issuer.head_words.upper(),
        enacting="QUYẾT ĐỊNH:",
        legal_bases=tuple(paragraph(text) for text in _bases(paper)),
        body=_articles(paper),
        signature=paper.signature or signature_of(issuer, deputy=False),
        recipients=_recipients(paper),
        annexes=(annex(paper.blocks, title=title, reference=_reference(paper)),),
    )


def _bases(paper: PlanPaper) -> list[str]:
    proposal = f"Theo đề nghị của {paper.drafter.head_words} tại Tờ trình {paper.submission.words}"
    return [*(with_lead(text) for text in paper.bases), proposal]


def _articles(paper: PlanPaper) -> tuple[Block, ...]:
    sums = total_words(paper)
    what = (
        f"Phê duyệt phương án đơn giản hóa {paper.number_words} của {paper.drafter.name} "
        f"(có Phụ lục kèm theo). {sums}"
    ).strip()
    below = (paragraph(FORMULA),) if sums else ()
    texts = [
        *_recommendation(paper),
        *_duties(paper),
        "Quyết định này có hiệu lực thi hành kể từ ngày ký.",
        _carried_out(paper),
    ]
    return (
        item(BlockKind.ARTICLE, "Điều 1.", what, below),
        *(item(BlockKind.ARTICLE, f"Điều {n}.", text) for n, text in enumerate(texts, 2)),
    )


def _recommendation(paper: PlanPaper) -> Iterator[str]:
    """What only a ministry or the Government can change is recommended to them."""
    if paper.recommended:
        yield (
            "Kiến nghị bộ, cơ quan ngang bộ, cấp có thẩm quyền xem xét, sửa đổi, bổ sung, bãi bỏ "
            f"quy định về {_numbered(paper, paper.recommended)}. Giao {paper.drafter.name} dự thảo "
            f"văn bản kiến nghị, trình {paper.head_words} ký gửi và theo dõi kết quả."
        )


def _duties(paper: PlanPaper) -> Iterator[str]:
    own = [n for n, block in enumerate(paper.blocks, 1) if not block.is_recommended]
    if not own:
        return
    of = f" đối với {_numbered(paper, own)}" if paper.recommended else ""
    yield (
        f"Giao {paper.drafter.name} chủ trì, phối hợp với các cơ quan có liên quan soạn thảo, "
        "trình ban hành văn bản sửa đổi, bổ sung, bãi bỏ theo kiến nghị thực thi; trình công bố "
        f"lại thủ tục hành chính nội bộ sau khi văn bản có hiệu lực{of}."
    )


def _numbered(paper: PlanPaper, places: Sequence[int]) -> str:
    """Return "02 thủ tục (số thứ tự 1, 3 của Phụ lục)"."""
    numbers = ", ".join(str(place) for place in places)
    return f"{figure_words(len(places))} thủ tục (số thứ tự {numbers} của Phụ lục)"


def _carried_out(paper: PlanPaper) -> str:
    office = titled("Chánh Văn phòng", paper.office_words) if paper.office_words else ""
    named = "; ".join(part for part in (office, paper.drafter.head_words) if part)
    return (
        f"{named} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./."
    )


def _recipients(paper: PlanPaper) -> tuple[str, ...]:
    office = [paper.office_words] if paper.office_words else []
    last = len(_articles(paper))
    return (f"Như Điều {last}", *paper.issuer.reported_to, *office, keep(paper.drafter.symbol))


def _reference(paper: PlanPaper) -> str:
    letter = paper.decision
    when = f"ngày {BLANK} tháng {BLANK} năm {paper.written_on.year}"
    if letter.issued_on:
        when = f"ngày {format_date(letter.issued_on)}"
    return (
        f"(Kèm theo Quyết định số {letter.number or BLANK}/{letter.symbol} {when} của "
        f"{paper.issuer.head_words})"
    )
