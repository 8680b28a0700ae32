"""Official documents made of assignments: the letter that urges late agencies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from tinhgon.apps.agencies.documents import (
    COMMITTEE,
    heading_lines,
    parent_above,
    place_of,
    short,
    titles,
    unit_of,
)
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.domain.officialdoc import (
    Annex,
    Block,
    BlockKind,
    Cell,
    OfficialDoc,
    Signature,
    Source,
    Table,
)
from tinhgon.domain.vntext import format_date, format_number

from .models import UrgedLine, Urging
from .queries.late import UrgedAgency

# More than fits on the first pages goes to an annex; more than one reads, to a list.
LINES_IN_BODY = 12
ADDRESSEES_BY_NAME = 15
_NOWHERE = Source(1, 1)
_EXPLAIN = (
    "Báo cáo rõ nguyên nhân chậm thực hiện, trách nhiệm của tập thể, cá nhân có liên quan; "
    "trường hợp có khó khăn, vướng mắc vượt thẩm quyền, nêu cụ thể và đề xuất hướng giải quyết."
)


def urging_letter(urging: Urging, agencies: Sequence[UrgedAgency]) -> OfficialDoc:
    """Return the letter: number and day stay blank for whoever signs and registers it."""
    parent = parent_above(urging.issuer)
    lines = list(chain.from_iterable(each.lines for each in agencies))
    documents = _documents(lines)
    in_annex = len(lines) > LINES_IN_BODY
    table = _table(agencies)
    body = [
        _para(_opening(urging, documents, agencies, lines, in_annex=in_annex)),
        *([] if in_annex else [table]),
        *_requests(urging),
    ]
    return OfficialDoc(
        agency=urging.issuer.name,
        agency_lines=heading_lines(urging.issuer),
        parent_agency=parent.name if parent else None,
        parent_lines=(short(parent).upper(),) if parent else (),
        symbol=_symbol(urging),
        place=place_of(urging.issuer),
        date_text=f"ngày tháng {urging.at.month} năm {urging.at.year}",
        subject=_subject(documents),
        addressees=_addressees(agencies, in_annex=in_annex),
        body=tuple(body),
        signature=_signature(urging),
        recipients=_recipients(urging),
        annexes=(_annex(urging, table),) if in_annex else (),
    )


def file_name(urging: Urging) -> str:
    return f"cong-van-don-doc-{urging.at:%Y-%m-%d}-{urging.pk}"


def _symbol(urging: Urging) -> str:
    parts = [urging.issuer.symbol, urging.drafter.symbol]
    if urging.drafter.pk == urging.issuer.pk:
        parts.pop()
    return "-".join(part for part in parts if part)


def _documents(lines: Sequence[UrgedLine]) -> list[Document]:
    found = {}
    for line in lines:
        document = line.assignment.duty.directive.document
        found[document.pk] = document
    return sorted(found.values(), key=lambda d: (str(d.issued_on or ""), d.pk))


def _cited(document: Document) -> str:
    day = f" ngày {format_date(document.issued_on)}" if document.issued_on else ""
    kind = document.doc_type[:1].upper() + document.doc_type[1:]
    return f"{kind} số {document.code}{day}"


def _subject(documents: Sequence[Document]) -> str:
    if len(documents) == 1:
        return f"đôn đốc thực hiện {_cited(documents[0])}"
    return "đôn đốc thực hiện các nhiệm vụ đã quá thời hạn"


def _addressees(agencies: Sequence[UrgedAgency], *, in_annex: bool) -> tuple[str, ...]:
    if in_annex and len(agencies) > ADDRESSEES_BY_NAME:
        return ("Các cơ quan, đơn vị có tên tại Phụ lục kèm theo",)
    return tuple(short(each.agency) for each in agencies)


def _opening(
    urging: Urging,
    documents: Sequence[Document],
    agencies: Sequence[UrgedAgency],
    lines: Sequence[UrgedLine],
    *,
    in_annex: bool,
) -> str:
    where = "tại Phụ lục kèm theo" if in_annex else "như sau:"
    cited = "; ".join(_given_by(document) for document in documents)
    return (
        f"Thực hiện nhiệm vụ được giao tại {cited}; qua theo dõi, đến hết ngày "
        f"{format_date(urging.at.date())} còn {_counted(len(agencies))} cơ quan, đơn vị chưa báo "
        f"cáo kết quả {_counted(len(lines))} nhiệm vụ đã quá thời hạn, cụ thể {where}"
    ) + ("." if in_annex else "")


def _given_by(document: Document) -> str:
    issuer = f" của {document.agency_name}" if document.agency_name else ""
    subject = document.subject.strip()
    if subject and not subject.lower().startswith("về việc"):
        subject = f"về việc {subject}"
    return f"{_cited(document)}{issuer}{f' {subject[:1].lower()}{subject[1:]}' if subject else ''}"


def _counted(number: int) -> str:
    """Numbers below ten take a leading zero in letters."""
    return f"{number:02}" if number < 10 else format_number(number)


def _table(agencies: Sequence[UrgedAgency]) -> Block:
    head = ("STT", "Cơ quan, đơn vị", "Nhiệm vụ", "Thời hạn", "Quá hạn (ngày)")
    rows = [tuple(Cell(text) for text in head)]
    number = 0
    for each in agencies:
        for line in each.lines:
            number += 1
            cells = (
                str(number),
                short(each.agency),
                _duty(line),
                format_date(line.due_on),
                format_number(line.days_late),
            )
            rows.append(tuple(Cell(text) for text in cells))
    return Block(BlockKind.TABLE, "", _NOWHERE, table=Table(tuple(rows)))


def _duty(line: UrgedLine) -> str:
    duty = line.assignment.duty
    return f"{duty.summary} ({duty.directive.document.code})"


def _requests(urging: Urging) -> list[Block]:
    asks = _asks(urging.issuer)
    name = _self(urging.issuer)
    extra = [urging.text] if urging.text else []
    finish = (
        "Khẩn trương hoàn thành các nhiệm vụ nêu trên, gửi văn bản báo cáo kết quả về "
        f"{_reports_to(urging)} chậm nhất ngày {format_date(urging.finish_on)}."
    )
    requests = [finish, _EXPLAIN, *extra]
    closing = "Yêu cầu" if asks == "yêu cầu" else "Đề nghị"
    return [
        _para(f"Để bảo đảm tiến độ chung, {name} {asks} thủ trưởng các cơ quan, đơn vị:"),
        *(
            Block(BlockKind.CLAUSE, text, _NOWHERE, f"{number}.")
            for number, text in enumerate(requests, start=1)
        ),
        _para(f"{closing} các cơ quan, đơn vị nghiêm túc thực hiện./."),
    ]


def _asks(issuer: Agency) -> str:
    """A committee demands (yêu cầu); an office or department requests (đề nghị)."""
    return "yêu cầu" if issuer.kind == Kind.COMMITTEE else "đề nghị"


def _self(issuer: Agency) -> str:
    """Return how the issuer calls itself in the body: "UBND tỉnh", "Sở Nội vụ"."""
    unit = unit_of(issuer) if issuer.name.startswith(f"{COMMITTEE} ") else ""
    return f"UBND {unit}" if unit else short(issuer)


def _reports_to(urging: Urging) -> str:
    if urging.drafter.pk == urging.issuer.pk:
        return _self(urging.issuer)
    return f"{_self(urging.issuer)} (qua {short(urging.drafter)})"


def _signature(urging: Urging) -> Signature:
    head, deputy = (title.upper() for title in titles(urging.issuer))
    if urging.deputy_signs:
        return Signature((f"KT. {head}",), deputy, "")
    return Signature((), head, "")


def _recipients(urging: Urging) -> tuple[str, ...]:
    drafter = urging.drafter.symbol
    keep = "Lưu: VT" + (f", {drafter}" if drafter else "")
    if urging.issuer.kind == Kind.COMMITTEE:
        return ("Như trên", f"CT, các PCT {_self(urging.issuer)} (b/c)", keep)
    return ("Như trên", "Lãnh đạo cơ quan (b/c)", keep)


def _annex(urging: Urging, table: Block) -> Annex:
    return Annex(
        label="Phụ lục",
        title="DANH SÁCH NHIỆM VỤ ĐÃ QUÁ THỜI HẠN",
        reference=(
            f"(Kèm theo Công văn số        /{_symbol(urging)} ngày     tháng "
            f"{urging.at.month} năm {urging.at.year} của {short(urging.issuer)})"
        ),
        body=(table,),
        source=_NOWHERE,
    )


def _para(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, _NOWHERE)
