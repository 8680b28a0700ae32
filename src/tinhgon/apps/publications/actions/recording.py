"""A decision comes back signed: only now is anything published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.files import actions as files
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.entries import DECISION
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.apps.publications.queries import people
from tinhgon.apps.publications.queries.checking import load_lines, number_taken, problems_of
from tinhgon.apps.search import actions as search
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.procedures import Move
from tinhgon.domain.publishing import Days
from tinhgon.domain.vntext import fold, format_date

from ._shared import check_fresh, make_move, refuse_blocking, tell
from ._standing import recompute, take_turns
from .submitting import Submission


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands on the signed paper. `effective_on` None: from the day of signing."""

    number: str
    issued_on: date
    signer_name: str
    signer_title: str = ""
    signer_authority: str = ""
    symbol: str = ""  # empty: as drafted
    effective_on: date | None = None

    @property
    def first_day(self) -> date:
        return self.effective_on or self.issued_on


@transaction.atomic
def record_signed(
    *,
    decision: Decision,
    signed: Signed,
    submission: Submission | None = None,
    upload: Upload | None,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Record that the decision was signed: its versions are published, and in force from its day.

    :raises IllegalMove, PermissionDenied: as `make_move`.
    :raises StaleObject: if the decision or one of its versions changed meanwhile.
    :raises Blocked: if it does not fit to what other decisions did.
    :raises Refused: if number or file cannot be taken, or another bears the same number and day.
    """
    policies.check(by, DecisionMove.RECORD, decision)
    take_turns(decision.issuer)
    check_fresh(decision, seen)
    if not signed.number.strip():
        raise Refused("Ghi số của quyết định đã ký.", "number")
    symbol = signed.symbol.strip() or decision.document.symbol
    key = free_code_key(decision.issuer_id, signed.number, symbol, signed.issued_on, but=decision)
    lines = load_lines(decision)
    letters = _letters(decision, submission)
    days = Days(
        today=at.date(),
        issued_on=signed.issued_on,
        effective_on=signed.first_day,
        submitted_on=letters.issued_on,
    )
    refuse_blocking(problems_of(decision, lines, days=days, needed=Status.SUBMITTED))
    file = files.store_optional(upload, at=at)
    moved = _sign(decision, signed, key, by=by, at=at, seen=seen)
    entries = [
        documents.register_outgoing(
            document=decision.document,
            values={**document_values(signed), "symbol": symbol[:60]},
            file=file,
            by=by,
            at=at,
        ),
        *_register_submission(decision, letters, by=by, at=at),
        *_publish(lines, at=at),
    ]
    recompute(touched_by(lines))
    _tell(decision, lines, by=by, at=at)
    search.index(DECISION, [decision.pk])
    change = audit.Change("Ngày có hiệu lực", "", format_date(signed.first_day))
    first = audit.Entry("publications.recorded", decision, (*moved, change))
    audit.record_all([first, *entries], by=by, at=at)


def free_code_key(
    issuer: int, number: str, symbol: str, issued_on: date, *, but: Decision | None = None
) -> str:
    """
    Return what no two signed decisions share.

    :raises Refused: if another one has it already.
    """
    plain = number.strip().lstrip("0") or number.strip()
    key = f"{issuer}:{fold(plain)}/{fold(symbol)}:{issued_on.isoformat()}"[:200]
    if other := number_taken(key, but=but):
        raise Refused(f"Đã ghi {other.document.title} của cơ quan này.", "number")
    return key


def document_values(signed: Signed) -> dict[str, str | date | None]:
    """Return what the register keeps of a signed decision."""
    return {
        "number": signed.number.strip()[:20],
        "issued_on": signed.issued_on,
        "signer_name": signed.signer_name.strip()[:150],
        "signer_title": signed.signer_title.strip()[:150],
        "signer_authority": signed.signer_authority.strip()[:200],
    }


def touched_by(lines: Sequence[DecisionLine]) -> set[int]:
    """Return the procedures on which the lines act."""
    own = {line.procedure_id for line in lines}
    return own | {ending.procedure_id for line in lines for ending in line.endings.all()}


def _letters(decision: Decision, submission: Submission | None) -> Submission:
    """Return number and day of the tờ trình: as given now, else as known before."""
    known = decision.submission
    if submission is not None or known is None:
        return submission or Submission()
    return Submission(known.number, known.issued_on)


def _register_submission(
    decision: Decision, letters: Submission, *, by: User, at: datetime
) -> list[audit.Entry]:
    document = decision.submission
    if document is None or (document.number, document.issued_on) == (
        letters.number,
        letters.issued_on,
    ):
        return []
    values = {"number": letters.number.strip()[:20], "issued_on": letters.issued_on}
    return [documents.register_outgoing(document=document, values=values, file=None, by=by, at=at)]


def _sign(
    decision: Decision, signed: Signed, key: str, *, by: User, at: datetime, seen: int
) -> tuple[audit.Change, ...]:
    try:
        with transaction.atomic():
            return make_move(
                decision,
                DecisionMove.RECORD,
                by=by,
                seen=seen,
                issued_on=signed.issued_on,
                effective_on=signed.first_day,
                code_key=key,
                recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError:
        raise StaleObject from None  # another decision took the number at this very moment


def _publish(lines: Sequence[DecisionLine], *, at: datetime) -> list[audit.Entry]:
    by_action: dict[Action, list[ProcedureVersion]] = defaultdict(list)
    for line in lines:
        if line.version is not None:
            by_action[Action(line.action)].append(line.version)
    procedures.set_action(by_action)
    versions = [version for rows in by_action.values() for version in rows]
    return procedures.move_with_decision(versions, Move.PUBLISH, at=at)


def _tell(decision: Decision, lines: Sequence[DecisionLine], *, by: User, at: datetime) -> None:
    ended = sum(line.version_id is None for line in lines)
    counts = [(len(lines) - ended, "công bố"), (ended, "bãi bỏ")]
    what = ", ".join(f"{verb} {n:02} thủ tục" for n, verb in counts if n)
    agencies = {line.procedure.agency_id for line in lines} | {decision.drafter_id}
    tell(
        people.keeping_procedures_of(agencies, on=at.date()),
        kind="publications.recorded",
        text=f"{decision.document.title}: {what}.",
        decision=decision,
        by=by,
        at=at,
    )
