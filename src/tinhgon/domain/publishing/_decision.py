"""Quyết định công bố as an official document, in the words of officials."""

from __future__ import annotations

from collections import Counter

from tinhgon.domain.officialdoc import Block, BlockKind, OfficialDoc
from tinhgon.domain.procedures import TIER_WORDS, Tier, figure_words
from tinhgon.domain.vntext import format_date

from ._annex import annex
from ._content import NOWHERE, dashes, paragraph
from ._paper import BLANK, Paper, counted, keep, signature_of, titled, with_lead
from ._sections import TIER_HEADINGS
from ._wording import control_agency, disclosure_days, executors


def decision_document(paper: Paper) -> OfficialDoc:
    """Return the decision with its annex; number, day and signer stay blank until it is signed."""
    issuer, letter = paper.issuer, paper.decision
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
        body=tuple(_articles(paper)),
        signature=paper.signature or signature_of(issuer, deputy=paper.deputy_signs),
        recipients=tuple(_recipients(paper)),
        annexes=(annex(paper.lines, title=_annex_title(paper), reference=_reference(paper)),),
    )


def _bases(paper: Paper) -> list[str]:
    who = "thủ trưởng đơn vị chủ trì soạn thảo" if paper.is_own else paper.drafter.head_words
    proposal = f"Theo đề nghị của {who} tại Tờ trình {paper.submission.words}"
    return [*(with_lead(text) for text in paper.bases), proposal]


def _articles(paper: Paper) -> list[Block]:
    return [
        _article(1, _what(paper)),
        _article(2, _effect(paper), _ended(paper)),
        _article(3, _duties(paper)),
        _article(4, _carried_out(paper)),
    ]


def _article(number: int, text: str, below: tuple[Block, ...] = ()) -> Block:
    return Block(BlockKind.ARTICLE, text, NOWHERE, f"Điều {number}.", below)


def _what(paper: Paper) -> str:
    number = figure_words(len(paper.lines))
    named = f"{number} thủ tục hành chính nội bộ {paper.scope}".strip()
    return (
        f"Công bố kèm theo Quyết định này {named}, gồm: {counted(paper.lines)}{_tiers(paper)} "
        "(có Phụ lục kèm theo)."
    )


def _tiers(paper: Paper) -> str:
    """Count the tiers where the one list of the annex has a section for each, as officials do."""
    tiers = Counter(line.record.tier for line in paper.lines if line.record is not None)
    shown = {heading.text for line in paper.lines for heading in line.headings}
    if len(tiers) < 2 or not all(TIER_HEADINGS[tier] in shown for tier in tiers):
        return ""
    if len({line.action for line in paper.lines}) > 1:
        return ""
    parts = [
        f"{figure_words(tiers[tier])} thủ tục {TIER_WORDS[tier].lower()}"
        for tier in Tier
        if tiers[tier]
    ]
    return f". Trong đó: {', '.join(parts)}"


def _effect(paper: Paper) -> str:
    text = f"Quyết định này có hiệu lực thi hành {paper.effect_words}."
    if not paper.endings:
        return text
    return f"{text} Kể từ ngày Quyết định này có hiệu lực thi hành:"


def _ended(paper: Paper) -> tuple[Block, ...]:
    return dashes(paper.endings)


def _duties(paper: Paper) -> str:
    days = disclosure_days(paper.written_on)
    who = "đơn vị chủ trì soạn thảo" if paper.is_own else paper.drafter.name
    return (
        f"Giao {who} chủ trì, phối hợp với các cơ quan, đơn vị có liên quan công khai các thủ tục "
        "hành chính nội bộ nêu tại Điều 1 Quyết định này trên Cổng Thông tin điện tử trong thời "
        f"hạn {days} ngày làm việc kể từ ngày Quyết định được ký ban hành; hướng dẫn, theo dõi, "
        "kiểm tra việc thực hiện theo quy định."
    )


def _carried_out(paper: Paper) -> str:
    office = titled("Chánh Văn phòng", paper.office_words) if paper.office_words else ""
    served = paper.is_own or (bool(office) and paper.drafter.is_office)
    drafter = "" if served else paper.drafter.head_words
    others = executors(paper.written_on, paper.issuer.level).format(unit=paper.issuer.unit)
    named = [part for part in (office, drafter, others) if part]
    text = (
        f"{'; '.join(named)} và các tổ chức, cá nhân có liên quan"
        if named
        else ("Các đơn vị trực thuộc và các tổ chức, cá nhân có liên quan")
    )
    return f"{text} chịu trách nhiệm thi hành Quyết định này./."


def _recipients(paper: Paper) -> list[str]:
    issuer = paper.issuer
    central = [control_agency(paper.written_on)] if issuer.level == "province" else []
    leaders = [f"CT, các PCT {issuer.self_name}"] if issuer.level else ["Lãnh đạo cơ quan"]
    office = [paper.office_words] if paper.office_words else []
    return [
        "Như Điều 4",
        *issuer.reported_to,
        *central,
        *leaders,
        *office,
        "Cổng Thông tin điện tử",
        keep("" if paper.is_own else paper.drafter.symbol),
    ]


def _annex_title(paper: Paper) -> str:
    return f"THỦ TỤC HÀNH CHÍNH NỘI BỘ {paper.scope.upper()}".strip()


def _reference(paper: Paper) -> str:
    letter = paper.decision
    when = f"ngày {BLANK} tháng {BLANK} năm {paper.written_on.year}"
    if letter.issued_on:
        when = f"ngày {format_date(letter.issued_on)}"
    return (
        f"(Kèm theo Quyết định số {letter.number or BLANK}/{letter.symbol} {when} của "
        f"{paper.issuer.head_words})"
    )
