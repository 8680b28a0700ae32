"""Official documents made of a decision: the draft to be signed, and the tờ trình with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tinhgon.apps.agencies.documents import (
    heading_lines,
    parent_above,
    place_of,
    short,
    symbol_of,
    titles,
    unit_of,
)
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.documents.models import Document
from tinhgon.apps.procedures.enums import Action
from tinhgon.domain.officialdoc import OfficialDoc, Signature
from tinhgon.domain.publishing import (
    AnnexLine,
    EndedPlace,
    Letter,
    Office,
    Paper,
    decision_document,
    ended_words,
    submission_document,
    titled,
)

from .enums import DecisionStatus
from .models import Decision, DecisionLine
from .queries.before import before
from .queries.checking import load_lines
from .queries.sections import places_of


def draft_decision(decision: Decision, *, today: date) -> OfficialDoc:
    """Return the decision with its annex: as drafted, or with what stood on the signed paper."""
    return decision_document(_paper(decision, today))


def submission(decision: Decision, *, today: date) -> OfficialDoc:
    """Return the tờ trình of the drafter to whoever signs."""
    return submission_document(_paper(decision, today))


def submission_symbol(decision: Decision) -> str:
    """Return the symbol of the tờ trình; which unit writes within one agency is not known."""
    is_own = decision.drafter_id == decision.issuer_id
    symbol = "" if is_own else symbol_of(decision.drafter)
    return f"TTr-{symbol}" if symbol else "TTr"


def file_name(decision: Decision, what: str) -> str:
    return f"{what}-{decision.pk}"


def _paper(decision: Decision, today: date) -> Paper:
    lines = load_lines(decision)
    earlier = before(decision, lines, on=decision.effective_on or today)
    document = decision.document
    return Paper(
        issuer=office_of(decision.issuer),
        drafter=office_of(decision.drafter),
        subject=document.subject,
        lines=tuple(_annex_lines(decision, lines, earlier)),
        written_on=document.issued_on or today,
        decision=letter_of(document),
        submission=_submission_letter(decision),
        effective_on=decision.effective_on,
        bases=tuple(decision.bases),
        endings=ended_words(_ended(lines, earlier)),
        deputy_signs=decision.deputy_signs,
        signature=signature_of(document) if decision.status == DecisionStatus.SIGNED else None,
    )


def office_of(agency: Agency) -> Office:
    """Return an agency as the papers name it: its head, its lines, its place, its symbol."""
    parent = parent_above(agency)
    head, deputy = titles(agency)
    is_committee = agency.kind == Kind.COMMITTEE
    return Office(
        name=agency.name,
        lines=heading_lines(agency),
        parent_name=parent.name if parent else "",
        parent_lines=(short(parent).upper(),) if parent else (),
        place=place_of(agency),
        head=head,
        deputy=deputy,
        self_name=_body(agency) or short(agency),
        superior=_body(agency.parent) if is_committee and agency.parent else "",
        symbol=symbol_of(agency),
        level=agency.level if is_committee else "",
        is_office=agency.kind == Kind.OFFICE,
    )


def _body(agency: Agency) -> str:
    """Return "UBND tỉnh": a committee without the name of its unit; "" for another agency."""
    unit = unit_of(agency) if agency.kind == Kind.COMMITTEE else ""
    return f"UBND {unit}" if unit else ""


def letter_of(document: Document) -> Letter:
    """Return the number, symbol and day of a document; blank where it has none yet."""
    return Letter(document.number, document.symbol, document.issued_on)


def _submission_letter(decision: Decision) -> Letter:
    if decision.submission is not None:
        return letter_of(decision.submission)
    return Letter("", submission_symbol(decision))


def signature_of(document: Document) -> Signature:
    """Return who signed a document, as it stands on it."""
    authority = tuple(part for part in document.signer_authority.split("; ") if part)
    return Signature(authority, document.signer_title, document.signer_name)


def _annex_lines(
    decision: Decision, lines: Sequence[DecisionLine], earlier: dict[int, DecisionLine]
) -> list[AnnexLine]:
    by_pk = {line.pk: line for line in lines}
    found = []
    for place in places_of(decision, lines):
        line = by_pk[place.key]
        version, old = line.version, earlier.get(line.procedure_id)
        was = version or (old.version if old else None)
        found.append(
            AnnexLine(
                headings=place.headings,
                number=place.number,
                action=Action(line.action),
                name=line.printed_name,
                record=version.record if version else None,
                field=was.field.name if was and was.field else "",
                agency=line.procedure.agency.name,
                code=line.procedure.national_code or "",
                from_decision=_source(old) if old else "",
                replaces=tuple(ending.printed_name for ending in line.endings.all()),
                note=line.note,
            )
        )
    return found


def _source(line: DecisionLine) -> str:
    return f"{line.decision}, số thứ tự {line.position}" if line.position else str(line.decision)


def _ended(lines: Sequence[DecisionLine], earlier: dict[int, DecisionLine]) -> list[EndedPlace]:
    replaced = {ending.procedure_id for line in lines for ending in line.endings.all()}
    abolished = {line.procedure_id for line in lines if line.version_id is None}
    return [
        EndedPlace(
            old.position,
            old.printed_name,
            _cited(old.decision),
            replaced=pk in replaced and pk not in abolished,
        )
        for pk, old in earlier.items()
        if pk in replaced | abolished
    ]


def _cited(decision: Decision) -> str:
    """Return "Quyết định số 12/QĐ-UBND ngày 05/01/2024 của Chủ tịch Ủy ban nhân dân tỉnh"."""
    office = office_of(decision.issuer)
    return f"{decision} của {titled(office.head, office.committee_words)}"
