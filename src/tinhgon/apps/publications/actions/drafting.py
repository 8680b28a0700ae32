"""The heading of a decision that is being drafted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.documents import symbol_of
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.entries import DECISION
from tinhgon.apps.publications.enums import GROUPING_LABELS, DecisionMove, Grouping
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused
from tinhgon.domain.vntext import format_date

from ._shared import make_move

LONGEST_SUBJECT = 1_000


@dataclass(frozen=True, slots=True)
class Heading:
    """What the drafter says of the decision apart from its lines."""

    subject: str
    effective_on: date | None = None  # None: from the day of signing
    grouping: Grouping = Grouping.KIND
    bases: Sequence[str] = ()
    deputy_signs: bool = False


@transaction.atomic
def draft_decision(
    *, drafter: Agency, issuer: Agency, heading: Heading, by: User, at: datetime
) -> Decision:
    """
    Start a decision that `drafter` lays before `issuer` for signing.

    :raises PermissionDenied: if `by` may not draft for the agency.
    :raises Refused: if it has no subject, or the issuer does not stand above the drafter.
    """
    policies.check_draft(by, drafter)
    if not (drafter.path or "").startswith(issuer.path or "-"):
        raise Refused("Cơ quan ban hành phải là cơ quan soạn thảo hoặc cấp trên của nó.", "issuer")
    subject = _subject(heading)
    document = documents.draft_outgoing(
        owner=issuer,
        doc_type="quyết định",
        symbol=f"QĐ-{symbol}" if (symbol := symbol_of(issuer)) else "",
        subject=subject,
        by=by,
        at=at,
    )
    decision = Decision.objects.create(
        document=document,
        issuer=issuer,
        drafter=drafter,
        effective_on=heading.effective_on,
        grouping=heading.grouping.value,
        bases=_bases(heading),
        deputy_signs=heading.deputy_signs,
        created_at=at,
        created_by=by,
    )
    search.index(DECISION, [decision.pk])
    audit.record("publications.drafted", decision, by=by, at=at)
    return decision


@transaction.atomic
def edit_decision(
    *, decision: Decision, heading: Heading, by: User, at: datetime, seen: int
) -> None:
    """
    Change the heading of a draft.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if it has no subject.
    """
    policies.check(by, DecisionMove.EDIT, decision)
    subject, bases = _subject(heading), _bases(heading)
    changes = _changes(decision, subject, bases, heading)
    if not changes:
        return
    make_move(
        decision,
        DecisionMove.EDIT,
        by=by,
        seen=seen,
        effective_on=heading.effective_on,
        grouping=heading.grouping.value,
        bases=bases,
        deputy_signs=heading.deputy_signs,
    )
    if subject != decision.document.subject:
        documents.redraft_outgoing(
            document=decision.document, symbol=decision.document.symbol, subject=subject
        )
    search.index(DECISION, [decision.pk])
    audit.record("publications.edited", decision, by=by, at=at, changes=changes)


@transaction.atomic
def discard_decision(*, decision: Decision, reason: str, by: User, at: datetime, seen: int) -> None:
    """
    Give a draft up; its procedures may go into another decision.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    moved = make_move(decision, DecisionMove.DISCARD, by=by, seen=seen)
    names = list(decision.lines.values_list("printed_name", flat=True))
    decision.lines.all().delete()
    changes = (*moved, audit.Change("Số thủ tục trong danh mục", str(len(names)), "0"))
    search.index(DECISION, [decision.pk])
    audit.record(
        "publications.discarded", decision, by=by, at=at, changes=changes, reason=reason.strip()
    )


def _subject(heading: Heading) -> str:
    subject = " ".join(heading.subject.split()).rstrip(".; ")
    if not subject:
        raise Refused("Ghi trích yếu của quyết định.", "subject")
    if len(subject) > LONGEST_SUBJECT:
        raise Refused(f"Trích yếu dài hơn {LONGEST_SUBJECT} ký tự.", "subject")
    return subject


def _bases(heading: Heading) -> list[str]:
    found = (" ".join(line.split()).rstrip(".; ") for line in heading.bases)
    return [line for line in found if line]


def _changes(
    decision: Decision, subject: str, bases: list[str], heading: Heading
) -> list[audit.Change]:
    old_grouping = GROUPING_LABELS[Grouping(decision.grouping)]
    rows = [
        ("Trích yếu", decision.document.subject, subject),
        ("Ngày có hiệu lực", _day(decision.effective_on), _day(heading.effective_on)),
        ("Chia mục của phụ lục", old_grouping, GROUPING_LABELS[heading.grouping]),
        ("Căn cứ", "; ".join(decision.bases), "; ".join(bases)),
        ("Người ký", _signer(decision.deputy_signs), _signer(heading.deputy_signs)),
    ]
    return [audit.Change(*row) for row in rows if row[1] != row[2]]


def _day(value: date | None) -> str:
    return format_date(value) if value else "kể từ ngày ký"


def _signer(deputy_signs: bool) -> str:  # noqa: FBT001 -- a value to be put into words
    return "cấp phó ký thay" if deputy_signs else "người đứng đầu"
