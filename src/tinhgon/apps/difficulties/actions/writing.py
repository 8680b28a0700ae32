"""A difficulty is written down, and put right while it is its agency's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.entries import DIFFICULTY as ENTRY
from tinhgon.apps.difficulties.enums import RAISED, Decider, Move, Status
from tinhgon.apps.difficulties.models import Difficulty, DifficultyFile, DifficultyText
from tinhgon.apps.difficulties.queries.texts import known_law, read_texts
from tinhgon.apps.files import actions as files
from tinhgon.apps.plans.models import LegalChange, PlanItem
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.difficulties import kinds
from tinhgon.domain.vntext import fold, format_date

from ._shared import LONGEST, Step, add_step


@dataclass(frozen=True, slots=True)
class Content:
    """
    What a difficulty says. `texts` are lines as typed, each naming legal texts; `due_on` is the day
    by which the answer is needed.
    """

    kind: str
    title: str
    description: str
    decider: Decider
    due_on: date
    own_part: str = ""
    proposal: str = ""
    texts: str = ""
    procedures: Sequence[Procedure] = ()
    assignment: Assignment | None = None
    plan_item: PlanItem | None = None
    legal_change: LegalChange | None = None


@transaction.atomic
def raise_difficulty(
    *, agency: Agency, content: Content, uploads: Sequence[Upload] = (), by: User, at: datetime
) -> Difficulty:
    """
    Write down a difficulty of an agency; nobody above is asked yet.

    :raises PermissionDenied: if `by` may not raise difficulties of the agency.
    :raises Refused: if kind, title or description is missing, or the day lies in the past.
    :raises FileRefused: if a file may not be kept.
    """
    policies.check_raise(by, agency)
    values = _checked(content, at.date())
    difficulty = Difficulty.objects.create(
        agency=agency, holder=agency, raised_at=at, raised_by=by, changed_at=at, **values
    )
    _keep(difficulty, content, uploads, at)
    add_step(difficulty, RAISED, Step(agency, agency), by=by, at=at)
    search.index(ENTRY, [difficulty.pk])
    change = audit.Change("Loại", "", difficulty.kind_words)
    audit.record("difficulties.raised", difficulty, by=by, at=at, changes=[change])
    return difficulty


@transaction.atomic
def edit_difficulty(
    *,
    difficulty: Difficulty,
    content: Content,
    uploads: Sequence[Upload] = (),
    dropped: Collection[int] = (),
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Put right what it says, add files and take away those of its files in `dropped`. Procedures
    that `by` may not see were not shown to be chosen: they stay.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused, FileRefused: as `raise_difficulty`; also if what was sent up before would no
        longer say what was done within its own authority.
    """
    policies.check(by, Move.EDIT, difficulty)
    values = _checked(content, at.date())
    if difficulty.status == Status.RETURNED.value and not values["own_part"]:
        raise Refused(
            "Vướng mắc đã gửi cấp trên: không bỏ trống những việc đã làm trong thẩm quyền.",
            "own_part",
        )
    old = _words(difficulty)
    difficulty.change(seen_version=seen, changed_at=at, **values)
    difficulty.files.filter(pk__in=list(dropped)).delete()
    difficulty.texts.all().delete()
    unseen = difficulty.procedures.exclude(pk__in=Procedure.objects.visible_to(by).values("pk"))
    _keep(difficulty, replace(content, procedures=[*content.procedures, *unseen]), uploads, at)
    add_step(difficulty, Move.EDIT.value, Step(difficulty.agency, difficulty.holder), by=by, at=at)
    search.index(ENTRY, [difficulty.pk])
    rows = [audit.Change(name, old[name], new) for name, new in _words(difficulty).items()]
    changes = [row for row in rows if row.old != row.new]
    audit.record("difficulties.edited", difficulty, by=by, at=at, changes=changes)


def _checked(content: Content, today: date) -> dict[str, Any]:
    if content.kind not in kinds():
        raise Refused("Chọn loại vướng mắc.", "kind")
    title = " ".join(content.title.split())
    if not title:
        raise Refused("Ghi tóm tắt vướng mắc.", "title")
    if not content.description.strip():
        raise Refused("Mô tả cụ thể vướng mắc.", "description")
    if content.due_on < today:
        raise Refused("Ngày cần trả lời không thể trước hôm nay.", "due_on")
    texts = [content.description, content.own_part, content.proposal]
    if any(len(text) > LONGEST for text in texts):
        raise Refused(f"Mỗi phần không dài quá {LONGEST} ký tự.", "description")
    return {
        "kind": content.kind,
        "title": title[:300],
        "description": content.description.strip(),
        "own_part": content.own_part.strip(),
        "proposal": content.proposal.strip(),
        "decider": content.decider.value,
        "due_on": content.due_on,
        "assignment": content.assignment,
        "plan_item": content.plan_item,
        "legal_change": content.legal_change,
        "folded": fold(f"{title} {' '.join(texts)} {content.texts}"),
    }


def _keep(
    difficulty: Difficulty, content: Content, uploads: Sequence[Upload], at: datetime
) -> None:
    difficulty.procedures.set(content.procedures)
    refs = read_texts(content.texts)
    laws = known_law(refs)
    DifficultyText.objects.bulk_create(
        DifficultyText(
            difficulty=difficulty, order=order, text=ref.text[:500], law=laws.get(ref.key)
        )
        for order, ref in enumerate(refs)
    )
    for upload in uploads:
        DifficultyFile.objects.create(difficulty=difficulty, file=files.store_upload(upload, at=at))


def _words(difficulty: Difficulty) -> dict[str, str]:
    return {
        "Loại": difficulty.kind_words,
        "Tóm tắt": difficulty.title,
        "Nội dung": difficulty.description,
        "Đã làm trong thẩm quyền": difficulty.own_part,
        "Kiến nghị": difficulty.proposal,
        "Cấp có thẩm quyền giải quyết": Decider(difficulty.decider).label,
        "Cần trả lời trước": format_date(difficulty.due_on),
    }
