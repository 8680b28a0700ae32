"""What every move of a difficulty does: ask the policy, write guarded, add a step, tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.entries import DIFFICULTY as ENTRY
from tinhgon.apps.difficulties.enums import STATUS_LABELS, Move, Status
from tinhgon.apps.difficulties.models import Difficulty, DifficultyStep
from tinhgon.apps.difficulties.queries.people import sitting_in
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files import actions as files
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.access import Permission
from tinhgon.domain.difficulties import DIFFICULTY
from tinhgon.domain.officialdoc import OfficialDoc, Signature

LONGEST = 10_000
"""Letters of an answer, an opinion or a reason."""


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A signed paper that goes with a move: number and day both, or neither.

    `issuer_name` is who issued it where that is none of our agencies: a ministry.
    """

    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    signer_name: str = ""
    signer_title: str = ""
    issuer_name: str = ""
    upload: Upload | None = None

    @property
    def is_given(self) -> bool:
        return bool(self.number.strip() or self.issued_on or self.upload)


NO_PAPER = Paper()


@dataclass(frozen=True, slots=True)
class Step:
    """What a move says of itself: who acted, for whom it is now, in what words, by which paper."""

    station: Agency
    holder: Agency
    words: str = ""
    document: Document | None = None
    addressee: str = ""


def make_move(
    difficulty: Difficulty,
    move: Move,
    step: Step,
    *,
    by: User,
    at: datetime,
    seen: int,
    **values: Any,
) -> tuple[audit.Change, ...]:
    """
    Move the difficulty along the table of states and add the step to its trail; return the changes
    in words.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check(by, move, difficulty)
    old, was = Status(difficulty.status), difficulty.holder
    new = DIFFICULTY.transition_for(old, move).to
    # First the guard, so that of two at once the second stops here and adds no step.
    difficulty.change(seen_version=seen, changed_at=at)
    row = add_step(difficulty, move.value, step, status=new, by=by, at=at)
    if new is Status.ANSWERED:
        values["answer"] = row
    difficulty.change(
        seen_version=difficulty.version, status=new.value, holder=step.holder, **values
    )
    search.index(ENTRY, [difficulty.pk])
    changes = audit.state_changes(STATUS_LABELS, old, new)
    if was.pk != step.holder.pk:
        changes += (audit.Change("Cơ quan xử lý", was.name, step.holder.name),)
    return changes


def add_step(
    difficulty: Difficulty,
    move: str,
    step: Step,
    *,
    status: Status | None = None,
    by: User | None,
    at: datetime,
) -> DifficultyStep:
    """
    Add a step to the trail of a difficulty, and return it; `status` is that after it, where it
    changes. The caller has guarded the row.
    """
    return DifficultyStep.objects.create(
        difficulty=difficulty,
        number=difficulty.steps.count() + 1,
        move=move,
        status=status.value if status else difficulty.status,
        on=at.date(),
        at=at,
        by=by,
        station=step.station,
        agency=difficulty.agency,
        holder=step.holder,
        due_on=difficulty.due_on,
        words=step.words,
        addressee=step.addressee,
        document=step.document,
    )


def said(text: str, otherwise: str, field: str = "words") -> str:
    """
    Return what was said, without space around it.

    :raises Refused: with the words `otherwise` if nothing was, or too much.
    """
    words = text.strip()
    if not words:
        raise Refused(otherwise, field)
    if len(words) > LONGEST:
        raise Refused(f"Nội dung không dài quá {LONGEST} ký tự.", field)
    return words


def register(
    paper: Paper, *, owner: Agency, subject: str, by: User, at: datetime
) -> tuple[Document | None, list[audit.Entry]]:
    """
    Enter a signed paper into the register of `owner`, among what came in where it names another
    issuer; None where none is given.

    :raises Refused: if its number or its day is missing, or the day lies ahead.
    :raises FileRefused: if the file may not be kept.
    """
    if not paper.is_given:
        return None, []
    _check_marks(paper, at)
    file = files.store_optional(paper.upload, at=at)
    if paper.issuer_name.strip():
        doc = _came_in(paper, subject)
        document, entry = documents.enter_incoming(doc=doc, owner=owner, file=file, by=by, at=at)
        return document, [entry]
    document = documents.draft_outgoing(
        owner=owner, doc_type="công văn", symbol=paper.symbol.strip(), subject=subject, by=by, at=at
    )
    values: dict[str, str | date | None] = {
        "number": paper.number.strip()[:20],
        "issued_on": paper.issued_on,
        "signer_name": paper.signer_name.strip()[:150],
        "signer_title": paper.signer_title.strip()[:150],
    }
    entry = documents.register_outgoing(document=document, values=values, file=file, by=by, at=at)
    return document, [entry]


def _check_marks(paper: Paper, at: datetime) -> None:
    if not paper.number.strip():
        raise Refused("Ghi số văn bản, hoặc bỏ trống cả ngày và tệp.", "number")
    if paper.issued_on is None:
        raise Refused("Ghi ngày văn bản.", "issued_on")
    if paper.issued_on > at.date():
        raise Refused("Ngày văn bản không thể sau hôm nay.", "issued_on")


def _came_in(paper: Paper, subject: str) -> OfficialDoc:
    return OfficialDoc(
        doc_type="công văn",
        agency=paper.issuer_name.strip(),
        number=paper.number.strip(),
        symbol=paper.symbol.strip(),
        date=paper.issued_on,
        subject=subject,
        signature=Signature((), paper.signer_title.strip(), paper.signer_name.strip()),
    )


def tell(
    agency: Agency,
    right: Permission,
    difficulty: Difficulty,
    text: str,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Tell the people of an agency who may go on with a difficulty, except the one who acted."""
    users: Iterable[User] = sitting_in(agency, right, on=at.date())
    notices.notify(
        users=[user for user in users if by is None or user.pk != by.pk],
        kind="difficulties.moved",
        text=f"{difficulty}: {text}",
        url=difficulty.get_absolute_url(),
        at=at,
    )
