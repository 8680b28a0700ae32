"""Tờ trình by which a draft decision is laid before whoever signs it."""

from __future__ import annotations

from collections import Counter

from tinhgon.domain.officialdoc import Block, BlockKind, Cell, OfficialDoc, Signature
from tinhgon.domain.procedures import figure_words

from ._content import NOWHERE, dashes, paragraph, table_block
from ._paper import ACTION_WORDS, Paper, counted, keep, signature_of, with_lead

_UNIT_HEAD = "THỦ TRƯỞNG ĐƠN VỊ"


def submission_document(paper: Paper) -> OfficialDoc:
    """
    Return the tờ trình by which the drafter lays the decision before whoever signs it.

    Within one agency a unit lays it before the head: the paper leaves the name of that unit and the
    title of who signs for it to be filled in, and no office outside gets it.
    """
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
        signature=Signature((), _UNIT_HEAD, "")
        if paper.is_own
        else signature_of(drafter, deputy=False),
        recipients=_recipients(paper),
    )


def _recipients(paper: Paper) -> tuple[str, ...]:
    if paper.is_own:
        return ("Như trên", keep())
    office = [paper.office_words] if paper.office_words and not paper.drafter.is_office else []
    return ("Như trên", *office, keep())


def _submission_body(paper: Paper) -> list[Block]:
    chairman = paper.head_words
    name = "đơn vị chủ trì soạn thảo" if paper.is_own else paper.drafter.name
    return [
        paragraph(
            f"Thực hiện quy định về thống kê, công bố thủ tục hành chính nội bộ, {name} kính trình "
            f"{chairman} xem xét, ban hành Quyết định {paper.subject}, cụ thể như sau:"
        ),
        _section("I.", "CĂN CỨ BAN HÀNH", dashes([with_lead(text) for text in paper.bases])),
        _section("II.", "KẾT QUẢ THỐNG KÊ, KIỂM SOÁT CHẤT LƯỢNG", tuple(_results(paper))),
        _section("III.", "NỘI DUNG TRÌNH", tuple(_asked(paper))),
        paragraph(
            f"{name[:1].upper()}{name[1:]} kính trình {chairman} xem xét, quyết định. (Gửi kèm "
            "theo dự thảo Quyết định và Phụ lục danh mục, nội dung cụ thể của từng thủ tục "
            "hành chính nội bộ)./."
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
    checker = f"{paper.office_words} kiểm soát" if paper.office_words else "kiểm soát"
    checked = (
        f"{figure_words(bringing)} thủ tục được công bố đã được thủ trưởng cơ quan xác nhận và "
        f"{checker} chất lượng; nội dung có đủ các bộ phận tạo thành thủ tục hành chính theo quy "
        "định."
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
