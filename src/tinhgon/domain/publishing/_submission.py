"""Tờ trình by which a draft decision is laid before whoever signs it."""

from __future__ import annotations

from collections import Counter

from tinhgon.domain.officialdoc import Block, BlockKind, Cell, OfficialDoc
from tinhgon.domain.procedures import figure_words

from ._content import NOWHERE, dashes, paragraph, table_block
from ._paper import ACTION_WORDS, Paper, committee_of, counted, keep, signature_of, with_lead


def submission_document(paper: Paper) -> OfficialDoc:
    """Return the tờ trình by which the drafter lays the decision before whoever signs it."""
    drafter, letter = paper.drafter, paper.submission
    return OfficialDoc(
        agency=drafter.name,
        agency_lines=drafter.lines,
        parent_agency=drafter.parent_name or None,
        parent_lines=drafter.parent_lines,
        number=letter.number or None,
        symbol=letter.symbol,
        place=drafter.place,
        date=letter.issued_on,
        date_text=paper.month_words if letter.issued_on is None else None,
        doc_type="tờ trình",
        subject=f"ban hành Quyết định {paper.subject}",
        addressees=(paper.issuer.head_words,),
        body=tuple(_submission_body(paper)),
        signature=signature_of(drafter, deputy=False),
        recipients=("Như trên", f"Văn phòng {committee_of(paper.issuer)}", keep(drafter.symbol)),
    )


def _submission_body(paper: Paper) -> list[Block]:
    chairman = f"{paper.issuer.head} {committee_of(paper.issuer)}"
    name = paper.drafter.name
    return [
        paragraph(
            f"Thực hiện quy định về thống kê, công bố thủ tục hành chính nội bộ, {name} kính trình "
            f"{chairman} xem xét, ban hành Quyết định {paper.subject}, cụ thể như sau:"
        ),
        _section("I.", "CĂN CỨ BAN HÀNH", dashes([with_lead(text) for text in paper.bases])),
        _section("II.", "KẾT QUẢ THỐNG KÊ, KIỂM SOÁT CHẤT LƯỢNG", tuple(_results(paper))),
        _section("III.", "NỘI DUNG TRÌNH", tuple(_asked(paper))),
        paragraph(
            f"{name} kính trình {chairman} xem xét, quyết định. (Gửi kèm theo dự thảo Quyết định "
            "và Phụ lục danh mục, nội dung cụ thể của từng thủ tục hành chính nội bộ)./."
        ),
    ]


def _section(marker: str, text: str, below: tuple[Block, ...]) -> Block:
    return Block(BlockKind.ROMAN, text, NOWHERE, marker, below)


def _results(paper: Paper) -> list[Block]:
    bringing = sum(line.record is not None for line in paper.lines)
    counts = Counter(line.action for line in paper.lines)
    rows = [[Cell("STT"), Cell("Hình thức"), Cell("Số thủ tục")]]
    shown = [(action, words) for action, words in ACTION_WORDS.items() if counts[action]]
    for number, (action, words) in enumerate(shown, start=1):
        name = f"Thủ tục hành chính nội bộ {words}"
        rows.append([Cell(str(number)), Cell(name), Cell(figure_words(counts[action]))])
    rows.append([Cell(""), Cell("Tổng số"), Cell(figure_words(len(paper.lines)))])
    checked = (
        f"{figure_words(bringing)} thủ tục được công bố đã được thủ trưởng cơ quan xác nhận và "
        f"Văn phòng {committee_of(paper.issuer)} kiểm soát chất lượng; nội dung có đủ các bộ phận "
        "tạo thành thủ tục hành chính theo quy định."
    )
    return [*([paragraph(checked)] if bringing else []), table_block(rows)]


def _asked(paper: Paper) -> list[Block]:
    number = figure_words(len(paper.lines))
    asked = [
        f"Công bố {number} thủ tục hành chính nội bộ, gồm: {counted(paper.lines)}",
        f"Quyết định có hiệu lực thi hành {paper.effect_words}",
    ]
    if paper.endings:
        asked.append("; ".join(paper.endings))
    return [
        Block(BlockKind.CLAUSE, f"{text}.", NOWHERE, f"{place}.")
        for place, text in enumerate(asked, start=1)
    ]
