"""The way of a plan: confirmed by the head, assessed by the Office, submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files import actions as files
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.models import Plan, PlanAssessment, PlanItem
from tinhgon.apps.plans.queries.faults import faults_of, items_to_judge
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.reviews.models import Review
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.access import Permission

from ._costs import follow_costs, forget_costs, keep_costs, to_be_of
from ._shared import make_move, tell

LONGEST_OPINION = 10_000


@dataclass(frozen=True, slots=True)
class Letter:
    """Number and day of a letter that goes with a move, and the signed file, where known."""

    number: str = ""
    issued_on: date | None = None
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the Office found: the text, whose opinion it asked, the paper it was sent with."""

    agency: Agency
    """The Office in whose name it is said."""
    text: str
    consulted: str = ""
    letter: Letter = Letter()


@transaction.atomic
def confirm_plan(*, plan: Plan, by: User, at: datetime, seen: int) -> None:
    """
    The head of the agency stands behind the plan; from now on nothing in it changes, and the
    reviews on which it rests stand still.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if a procedure has no measure, measures stand in each other's way, or the
        review of one does not bear the plan: not confirmed, of another version, without any.
    """
    policies.check(by, PlanMove.CONFIRM, plan)
    items = items_to_judge(plan)
    if faults := faults_of(items, on=at.date()):
        raise Refused(" ".join(faults))
    # A cost sheet may be younger than the measures.
    followed = follow_costs(
        [(item, to_be_of(item, item.measures.all())) for item in items], by=by, at=at
    )
    keep_costs(items)
    moved = make_move(
        plan, PlanMove.CONFIRM, by=by, at=at, seen=seen, confirmed_at=at, confirmed_by=by, reason=""
    )
    held = reviews.hold_reviews([item.review for item in items], at=at)
    assessing = people.holding(plan.agency, Permission.ASSESS_PLAN, on=at.date())
    text = f"{plan}: chờ đánh giá."
    tell(assessing, kind="plans.confirmed", text=text, plan=plan, by=by, at=at)
    audit.record_all([audit.Entry("plans.confirmed", plan, moved), *held, *followed], by=by, at=at)


@transaction.atomic
def reopen_plan(*, plan: Plan, by: User, at: datetime, seen: int) -> None:
    """
    The head takes his confirmation back, before the Office has assessed the plan.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    moved = make_move(
        plan, PlanMove.REOPEN, by=by, at=at, seen=seen, confirmed_at=None, confirmed_by=None
    )
    entries = [audit.Entry("plans.reopened", plan, moved), *_release(plan, at)]
    audit.record_all(entries, by=by, at=at)


@transaction.atomic
def assess_plan(
    *, plan: Plan, opinion: Opinion, by: User, at: datetime, seen: int
) -> PlanAssessment:
    """
    The Office assesses the plan and finds that it may be submitted.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if nothing is said.
    """
    text = _said(opinion, "Ghi rõ ý kiến đánh giá.")
    moved = make_move(plan, PlanMove.ASSESS, by=by, at=at, seen=seen)
    assessment, letters = _assess(plan, opinion, passes=True, by=by, at=at, seen=seen)
    _tell_agency(plan, f"{plan}: Văn phòng đã đánh giá, có thể trình.", by=by, at=at)
    first = audit.Entry("plans.assessed", plan, moved, text)
    audit.record_all([first, *letters], by=by, at=at)
    return assessment


@transaction.atomic
def return_plan(
    *, plan: Plan, opinion: Opinion, by: User, at: datetime, seen: int
) -> PlanAssessment:
    """
    Send the plan back to its agency with reasons; it may then be changed and confirmed anew.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no reason is given.
    """
    text = _said(opinion, "Ghi rõ lý do trả lại.")
    moved = make_move(
        plan,
        PlanMove.RETURN,
        by=by,
        at=at,
        seen=seen,
        reason=text,
        confirmed_at=None,
        confirmed_by=None,
        submitted_at=None,
    )
    assessment, letters = _assess(plan, opinion, passes=False, by=by, at=at, seen=seen)
    _tell_agency(plan, f"{plan}: trả lại để hoàn thiện.", by=by, at=at)
    first = audit.Entry("plans.returned", plan, moved, text)
    audit.record_all([first, *letters, *_release(plan, at)], by=by, at=at)
    return assessment


@transaction.atomic
def submit_plan(*, plan: Plan, letter: Letter, by: User, at: datetime, seen: int) -> None:
    """
    Lay the plan before the competent authority with a tờ trình.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    policies.check(by, PlanMove.SUBMIT, plan)
    symbol = f"TTr-{plan.agency.symbol}" if plan.agency.symbol else "TTr"
    document, entry = _register(
        plan.agency, "tờ trình", symbol, f"phê duyệt {_inside(plan)}", letter, by=by, at=at
    )
    moved = make_move(
        plan, PlanMove.SUBMIT, by=by, at=at, seen=seen, submission=document, submitted_at=at
    )
    recording = people.holding(plan.agency, Permission.RECORD_PLAN_DECISION, on=at.date())
    text = f"{plan}: đang trình phê duyệt."
    tell(recording, kind="plans.submitted", text=text, plan=plan, by=by, at=at)
    audit.record_all([audit.Entry("plans.submitted", plan, moved), entry], by=by, at=at)


@transaction.atomic
def withdraw_plan(*, plan: Plan, reason: str, by: User, at: datetime, seen: int) -> None:
    """
    Give the plan up for now; nothing in it is lost, and its procedures may go into another plan.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no reason is given.
    """
    if not reason.strip():
        raise Refused("Ghi rõ lý do rút phương án.", "reason")
    moved = make_move(
        plan,
        PlanMove.WITHDRAW,
        by=by,
        at=at,
        seen=seen,
        reason=reason.strip(),
        confirmed_at=None,
        confirmed_by=None,
    )
    first = audit.Entry("plans.withdrawn", plan, moved, reason.strip())
    released = _release(plan, at)
    keep_costs(list(plan.items.all()))
    plan.items.update(is_live=False)
    audit.record_all([first, *released], by=by, at=at)


@transaction.atomic
def resume_plan(*, plan: Plan, by: User, at: datetime, seen: int) -> list[str]:
    """
    Take up a plan that was withdrawn; return the procedures that went into another one meanwhile:
    they leave this one, with their measures in the trail.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    moved = make_move(plan, PlanMove.RESUME, by=by, at=at, seen=seen, reason="")
    elsewhere = PlanItem.objects.live().filter(review=OuterRef("review"))
    gone = set(plan.items.filter(Exists(elsewhere)).values_list("pk", flat=True))
    items = items_to_judge(plan)
    kept = [item for item in items if item.pk not in gone]
    lost = [item for item in items if item.pk in gone]
    names, trail = [str(item) for item in lost], [c for item in lost for c in _lost(item)]
    PlanItem.objects.filter(pk__in=gone).delete()
    try:
        with transaction.atomic():
            plan.items.update(is_live=True)
    except IntegrityError:
        raise StaleObject from None  # one went into another plan at this very moment
    forget_costs(plan)
    followed = follow_costs(
        [(item, to_be_of(item, item.measures.all())) for item in kept], by=by, at=at
    )
    first = audit.Entry("plans.resumed", plan, (*moved, *trail))
    audit.record_all([first, *followed], by=by, at=at)
    return names


def _lost(item: PlanItem) -> Iterator[audit.Change]:
    yield audit.Change("Thủ tục", str(item), "")
    for measure in item.measures.all():
        yield audit.Change("Nội dung đơn giản hóa", measure.content, "")


def _release(plan: Plan, at: datetime) -> list[audit.Entry]:
    """Let the sheets count and the reviews move again that the head's confirmation held."""
    forget_costs(plan)
    held = Review.objects.filter(plan_items__plan=plan, is_held=True)
    rows = held.select_related("procedure_version", "round__round")
    return reviews.release_reviews(list(rows), at=at)


def _said(opinion: Opinion, otherwise: str) -> str:
    text = opinion.text.strip()
    if not text:
        raise Refused(otherwise, "text")
    if len(text) > LONGEST_OPINION:
        raise Refused(f"Ý kiến không dài quá {LONGEST_OPINION} ký tự.", "text")
    return text


def _assess(
    plan: Plan, opinion: Opinion, *, passes: bool, by: User, at: datetime, seen: int
) -> tuple[PlanAssessment, list[audit.Entry]]:
    document, entries = None, []
    letter = opinion.letter
    if letter.number or letter.upload:
        document, entry = _register(
            opinion.agency, "công văn", "", f"đánh giá {_inside(plan)}", letter, by=by, at=at
        )
        entries.append(entry)
    assessment = PlanAssessment.objects.create(
        plan=plan,
        agency=opinion.agency,
        seen=seen,
        passes=passes,
        opinion=opinion.text.strip(),
        consulted=opinion.consulted.strip(),
        document=document,
        made_at=at,
        made_by=by,
    )
    return assessment, entries


def _register(
    owner: Agency,
    doc_type: str,
    symbol: str,
    subject: str,
    letter: Letter,
    *,
    by: User,
    at: datetime,
) -> tuple[Document, audit.Entry]:
    document = documents.draft_outgoing(
        owner=owner, doc_type=doc_type, symbol=symbol, subject=subject, by=by, at=at
    )
    values = {"number": letter.number.strip()[:20], "issued_on": letter.issued_on}
    file = files.store_optional(letter.upload, at=at)
    entry = documents.register_outgoing(document=document, values=values, file=file, by=by, at=at)
    return document, entry


def _inside(plan: Plan) -> str:
    """Return the name of the plan as it stands inside a sentence."""
    name = str(plan)
    return name[0].lower() + name[1:]


def _tell_agency(plan: Plan, text: str, *, by: User, at: datetime) -> None:
    users = people.holding_nearest(plan.agency, Permission.REVIEW_PROCEDURES, on=at.date())
    tell(users, kind="plans.judged", text=text, plan=plan, by=by, at=at)
