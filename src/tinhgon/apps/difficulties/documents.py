"""Công văn kiến nghị: the letter by which a difficulty is laid before the next level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.documents import short
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import root_of
from tinhgon.apps.publications.documents import office_of
from tinhgon.domain.difficulties import OWN, Move, centre_on
from tinhgon.domain.officialdoc import Block, BlockKind, OfficialDoc, Signature, Source
from tinhgon.domain.publishing import Office
from tinhgon.domain.vntext import format_date

from .enums import Status
from .models import Difficulty, DifficultyStep
from .queries.names import concerned, seen_by
from .queries.routing import way_from

_NOWHERE = Source(1, 1)
_SUBJECT = "kiến nghị giải quyết khó khăn, vướng mắc trong thực hiện thủ tục hành chính nội bộ"
_OPINIONS = (Move.PASS_UP.value, Move.REFER.value)


@dataclass(frozen=True, slots=True)
class Petition:
    """What the letter says beside the difficulty itself."""

    issuer: Office
    drafter: Office
    to: str
    own: bool  # the issuer has the difficulty itself
    procedures: Sequence[str]
    texts: Sequence[str]
    opinions: Sequence[tuple[str, str]]  # who, what


def petition(
    difficulty: Difficulty,
    steps: Sequence[DifficultyStep],
    *,
    user: User,
    opinion: str,
    today: date,
) -> OfficialDoc | None:
    """
    Draft the letter of who has the difficulty now to the next level, with what was said on its way
    (`steps`) and `opinion` as its own; None where its state leads nowhere up. Number and day stay
    blank; procedures are named as far as `user`, who drafts it, may see them.
    """
    status = Status(difficulty.status)
    if status in {Status.ANSWERED, Status.CLOSED, Status.AT_CENTRE}:
        return None
    own = status in OWN
    holder = difficulty.agency if own else difficulty.holder
    above = way_from(holder, on=today).above
    # A ministry is written to by the committee, not by its Office.
    issuer = holder if above else root_of(holder)
    opinions = [(short(s.station), s.words) for s in steps if s.move in _OPINIONS and s.words]
    if opinion.strip():
        opinions.append((office_of(issuer).self_name, opinion.strip()))
    said = Petition(
        issuer=office_of(issuer),
        drafter=office_of(holder),
        to=short(above) if above else centre_on(today).name,
        own=own,
        procedures=concerned(difficulty.pk, among=seen_by(user)).names,
        texts=[text.text for text in difficulty.texts.all()],
        opinions=opinions,
    )
    return _letter(difficulty, said, issuer, today)


def _letter(difficulty: Difficulty, said: Petition, issuer: Agency, today: date) -> OfficialDoc:
    office, drafter = said.issuer, said.drafter
    own_symbol = "" if drafter.name == office.name else drafter.symbol
    return OfficialDoc(
        agency=office.name,
        agency_lines=office.lines,
        parent_agency=office.parent_name or None,
        parent_lines=office.parent_lines,
        symbol="-".join(part for part in (office.symbol, own_symbol) if part),
        place=office.place,
        date_text=f"ngày tháng {today.month} năm {today.year}",
        subject=_SUBJECT,
        addressees=(said.to,),
        body=tuple(_body(difficulty, said)),
        signature=_signature(issuer, office),
        recipients=("Như trên", f"Lưu: VT{f', {own_symbol}' if own_symbol else ''}"),
    )


def _signature(issuer: Agency, office: Office) -> Signature:
    head = office.head.upper()
    if issuer.kind == Kind.COMMITTEE:
        return Signature(("TM. ỦY BAN NHÂN DÂN",), head, "")
    return Signature((), head, "")


def _body(difficulty: Difficulty, said: Petition) -> Iterator[Block]:
    yield _para(_opening(difficulty, said))
    sections = [
        ("Nội dung khó khăn, vướng mắc", _described(difficulty, said)),
        ("Những việc đã thực hiện trong thẩm quyền", _lines(difficulty.own_part)),
        ("Ý kiến của các cơ quan", [f"{who}: {what}" for who, what in said.opinions]),
        ("Kiến nghị, đề xuất", _asked(difficulty)),
    ]
    filled = [(title, lines) for title, lines in sections if lines]
    for number, (title, lines) in enumerate(filled, start=1):
        children = tuple(_para(line) for line in lines)
        yield Block(BlockKind.CLAUSE, title, _NOWHERE, f"{number}.", children)
    yield _para(f"{said.issuer.self_name} kính đề nghị {said.to} xem xét, giải quyết./.")


def _opening(difficulty: Difficulty, said: Petition) -> str:
    name = said.issuer.self_name
    if said.own:
        whose = f"{name} gặp khó khăn, vướng mắc vượt thẩm quyền giải quyết"
    else:
        whose = (
            f"{name} nhận được kiến nghị của {short(difficulty.agency)} về khó khăn, vướng mắc "
            "vượt thẩm quyền giải quyết"
        )
    return (
        "Trong quá trình rà soát, đơn giản hóa và thực hiện thủ tục hành chính nội bộ, "
        f"{whose}, cụ thể như sau:"
    )


def _described(difficulty: Difficulty, said: Petition) -> list[str]:
    lines = [_sentence(difficulty.title), *_lines(difficulty.description)]
    if said.procedures:
        lines.append(f"Thủ tục hành chính nội bộ có liên quan: {'; '.join(said.procedures)}.")
    if said.texts:
        lines.append(f"Văn bản có liên quan: {'; '.join(said.texts)}.")
    return lines


def _asked(difficulty: Difficulty) -> list[str]:
    due = f"Đề nghị trả lời chậm nhất ngày {format_date(difficulty.due_on)}."
    return [*_lines(difficulty.proposal), due]


def _lines(text: str) -> list[str]:
    return [_sentence(line.strip()) for line in text.splitlines() if line.strip()]


def _sentence(text: str) -> str:
    return text if text.endswith((".", ";", ":", "!", "?")) else f"{text}."


def _para(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, _NOWHERE)
