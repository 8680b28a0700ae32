"""A draft goes for signing, and comes back unsigned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.documents import submission_symbol
from tinhgon.apps.publications.entries import DECISION
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.apps.publications.queries import people
from tinhgon.apps.publications.queries.checking import load_lines, problems_of
from tinhgon.apps.publications.queries.sections import places_of
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import BATCH
from tinhgon.domain.procedures import Move
from tinhgon.domain.publishing import Days

from ._shared import check_fresh, make_move, refuse_blocking, tell


@dataclass(frozen=True, slots=True)
class Submission:
    """Số, ngày của tờ trình: blank as long as it is not registered."""

    number: str = ""
    issued_on: date | None = None


@transaction.atomic
def submit_decision(
    *, decision: Decision, submission: Submission, by: User, at: datetime, seen: int
) -> None:
    """
    Send the draft for signing: its lines and the content of its versions are fixed from now on.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Blocked: if anything stands in the way, the quality check of each version included.
    """
    policies.check(by, DecisionMove.SUBMIT, decision)
    check_fresh(decision, seen)
    lines = load_lines(decision)
    days = Days(
        today=at.date(),
        effective_on=decision.effective_on,
        submitted_on=submission.issued_on,
    )
    refuse_blocking(
        problems_of(decision, lines, days=days, needed=Status.CHECKED, with_quality=True)
    )
    letter = decision.submission or _submission_document(decision, by=by, at=at)
    entry = documents.register_outgoing(
        document=letter,
        values={"number": submission.number.strip()[:20], "issued_on": submission.issued_on},
        file=None,
        by=by,
        at=at,
    )
    moved = make_move(
        decision, DecisionMove.SUBMIT, by=by, seen=seen, submission=letter, submitted_at=at
    )
    entries = procedures.move_with_decision(_versions(lines), Move.SUBMIT, at=at)
    fix_positions(decision, lines)
    tell(
        people.recording_for(decision.drafter, on=at.date()),
        kind="publications.submitted",
        text=f"Trình ký: quyết định {decision.document.subject} ({len(lines)} thủ tục).",
        decision=decision,
        by=by,
        at=at,
    )
    search.index(DECISION, [decision.pk])
    first = audit.Entry("publications.submitted", decision, moved)
    audit.record_all([first, entry, *entries], by=by, at=at)


@transaction.atomic
def recall_decision(*, decision: Decision, reason: str, by: User, at: datetime, seen: int) -> None:
    """
    Take a draft back from signing, to change it or give it up.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    moved = make_move(decision, DecisionMove.RECALL, by=by, seen=seen, submitted_at=None)
    versions = _versions(load_lines(decision))
    entries = procedures.move_with_decision(versions, Move.RECALL, at=at)
    decision.lines.update(position="", section="")
    tell(
        people.recording_for(decision.drafter, on=at.date()),
        kind="publications.recalled",
        text=f"Rút về, chưa ký: quyết định {decision.document.subject}.",
        decision=decision,
        by=by,
        at=at,
    )
    search.index(DECISION, [decision.pk])
    first = audit.Entry("publications.recalled", decision, moved, reason.strip())
    audit.record_all([first, *entries], by=by, at=at)


def fix_positions(decision: Decision, lines: Sequence[DecisionLine]) -> None:
    """Write where each line stands in the annex, as the documents print it."""
    by_pk = {line.pk: line for line in lines}
    places = places_of(decision, lines)
    for order, place in enumerate(places, start=1):
        line = by_pk[place.key]
        line.order, line.position, line.section = order, place.position, place.section[:500]
    DecisionLine.objects.bulk_update(
        by_pk.values(), ["order", "position", "section"], batch_size=BATCH
    )


def _versions(lines: Sequence[DecisionLine]) -> list[ProcedureVersion]:
    return [line.version for line in lines if line.version is not None]


def _submission_document(decision: Decision, *, by: User, at: datetime) -> Document:
    drafter = decision.drafter
    return documents.draft_outgoing(
        owner=drafter,
        doc_type="tờ trình",
        symbol=submission_symbol(decision),
        subject=f"ban hành Quyết định {decision.document.subject}",
        by=by,
        at=at,
    )
