"""Correcting what was read, until it is issued."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives.enums import DueKind, Part
from tinhgon.apps.directives.models import Directive, Proposal, ProposalAgency
from tinhgon.domain.directives import summary
from tinhgon.domain.vntext import format_date

from ._taking import take

TYPED = "typed"

# What a person may change, with the words under which the trail shows it.
_FIELDS = {
    "text": "Nội dung",
    "summary": "Tóm tắt",
    "due_kind": "Cách nêu hạn",
    "named_on": "Ngày nêu trong văn bản",
    "due_text": "Hạn theo văn bản",
    "due_on": "Hạn cuối",
    "wants_report": "Phải báo cáo",
    "report_to": "Nơi nhận báo cáo",
    "report_due_text": "Hạn báo cáo theo văn bản",
    "report_due_on": "Hạn báo cáo",
    "report_named_on": "Ngày báo cáo nêu trong văn bản",
    "within_count": "Số ngày",
    "assignees": "Chủ trì, theo tên nêu",
    "coordinating": "Phối hợp, theo tên nêu",
}
# Groups of fields whose origin is shown as one.
_GROUPS = {
    "due": {"due_kind", "named_on", "due_text", "due_on", "within_count"},
    "report": {"wants_report", "report_to", "report_due_text", "report_due_on", "report_named_on"},
    "text": {"text", "summary"},
}


class NothingLeft(Exception):
    """A piece would be empty; the message is for the user."""


@dataclass(frozen=True, slots=True)
class ProposalValues:
    """What a person typed for one proposal; a day is the last that is still in time."""

    text: str
    summary: str
    due_kind: str
    named_on: date | None
    due_text: str
    due_on: date | None
    wants_report: bool
    report_to: str
    report_due_text: str
    report_due_on: date | None
    report_named_on: date | None
    within_count: int | None
    assignees: list[str]
    coordinating: list[str]
    lead: tuple[tuple[Agency, str], ...]  # with the name or group under which each was typed
    cooperating: tuple[tuple[Agency, str], ...]


@transaction.atomic
def change_proposal(
    *, proposal: Proposal, values: ProposalValues, by: User, at: datetime, version: int
) -> None:
    """
    Write what a person typed; each changed field is marked as typed.

    :raises PermissionDenied: if `by` may not correct the letter.
    :raises NotADraft: if it is no draft any more.
    :raises StaleObject: if the proposal changed since the user saw `version` of it.
    """
    take(proposal.directive, by=by)
    new = {name: getattr(values, name) for name in _FIELDS}
    changed = [name for name in _FIELDS if getattr(proposal, name) != new[name]]
    before = _agency_words(proposal)
    rows = _agency_rows(proposal, values)
    moved = {(a.agency_id, a.part) for a in proposal.agencies.all()} != {
        (row.agency_id, row.part) for row in rows
    }
    changes = [
        audit.Change(_FIELDS[name], _words(getattr(proposal, name)), _words(new[name]))
        for name in changed
    ]
    typed = [group for group, names in _GROUPS.items() if names & set(changed)]
    origins = dict(proposal.origins) | dict.fromkeys(typed, TYPED)
    if moved:
        origins["agencies"] = TYPED
    proposal.change(seen_version=version, origins=origins, **{n: new[n] for n in changed})
    if moved:
        proposal.agencies.all().delete()
        ProposalAgency.objects.bulk_create(rows)
        changes.append(audit.Change("Cơ quan", before, _agency_words(proposal)))
    if changes:
        audit.record("directives.proposal_changed", proposal, by=by, at=at, changes=changes)


@transaction.atomic
def include_proposal(
    *, proposal: Proposal, included: bool, by: User, at: datetime, version: int
) -> Proposal:
    """
    Take a proposal into what will be issued, or leave it out; nothing of it is lost.

    :raises PermissionDenied, NotADraft, StaleObject: as for `change_proposal`.
    """
    take(proposal.directive, by=by)
    proposal.change(seen_version=version, included=included)
    kind = "directives.proposal_included" if included else "directives.proposal_left_out"
    audit.record(kind, proposal, by=by, at=at)
    return proposal


@transaction.atomic
def add_proposal(*, directive: Directive, text: str, by: User, at: datetime) -> Proposal:
    """
    Add a piece of work that was not read, with the text a person chose or typed.

    :raises PermissionDenied, NotADraft: as for `change_proposal`.
    :raises NothingLeft: if the text is empty.
    """
    take(directive, by=by)
    text = " ".join(text.split())
    if not text:
        raise NothingLeft("Nhập nội dung nhiệm vụ.")
    last = directive.proposals.order_by("-order").values_list("order", flat=True).first() or 0
    proposal = Proposal.objects.create(
        directive=directive,
        order=last + 1,
        text=text,
        summary=summary(text),
        origins={"text": TYPED},
        due_kind=DueKind.NONE.value,
    )
    audit.record("directives.proposal_added", proposal, by=by, at=at)
    return proposal


@transaction.atomic
def split_proposal(
    *, proposal: Proposal, at_character: int, by: User, at: datetime, version: int
) -> Proposal:
    """
    Cut a proposal in two at a character of its text; the second inherits agencies and deadline.

    :raises PermissionDenied, NotADraft, StaleObject: as for `change_proposal`.
    :raises NothingLeft: if either piece would be empty.
    """
    take(proposal.directive, by=by)
    first = proposal.text[:at_character].strip(" ;,.")
    second = proposal.text[at_character:].strip(" ;,.")
    if not first or not second:
        raise NothingLeft("Đặt con trỏ vào giữa nội dung để tách thành hai nhiệm vụ.")
    agencies = list(proposal.agencies.all())
    middle = None if proposal.start is None else proposal.start + at_character
    following = proposal.directive.proposals.filter(order__gt=proposal.order)
    following.update(order=F("order") + 1)
    piece = Proposal.objects.get(pk=proposal.pk)
    piece.pk = None
    piece._state.adding = True
    piece.order, piece.version = proposal.order + 1, 1
    piece.text, piece.summary = second, summary(second)
    piece.start = middle
    piece.origins = dict(proposal.origins) | {"text": TYPED}
    piece.save()
    proposal.change(
        seen_version=version,
        text=first,
        summary=summary(first),
        end=middle,
        origins=dict(proposal.origins) | {"text": TYPED},
    )
    ProposalAgency.objects.bulk_create(
        ProposalAgency(proposal=piece, agency_id=a.agency_id, part=a.part, named_as=a.named_as)
        for a in agencies
    )
    audit.record(
        "directives.proposal_split",
        proposal,
        by=by,
        at=at,
        changes=[audit.Change("Tách thành", f"{first} {second}", f"{first} | {second}")],
    )
    return piece


@transaction.atomic
def merge_proposal(*, proposal: Proposal, by: User, at: datetime, version: int) -> Proposal:
    """
    Join a proposal to the one before it, which takes over its text and agencies.

    :raises PermissionDenied, NotADraft, StaleObject: as for `change_proposal`.
    :raises NothingLeft: if there is none before it.
    """
    take(proposal.directive, by=by)
    earlier = proposal.directive.proposals.filter(order__lt=proposal.order)
    target = earlier.order_by("-order").first()
    if target is None:
        raise NothingLeft("Đây là nhiệm vụ đầu tiên, không có nhiệm vụ phía trên để gộp vào.")
    joined = f"{target.text.rstrip(' ;.')}; {proposal.text}"
    same_block = target.block == proposal.block
    changes = [audit.Change("Nội dung", target.text, joined)]
    held = set(target.agencies.values_list("agency_id", flat=True))
    ProposalAgency.objects.bulk_create(
        ProposalAgency(proposal=target, agency_id=a.agency_id, part=a.part, named_as=a.named_as)
        for a in proposal.agencies.all()
        if a.agency_id not in held
    )
    target.change(
        seen_version=target.version,
        text=joined,
        end=proposal.end if same_block else target.end,
        origins=dict(target.origins) | {"text": TYPED},
    )
    proposal.change(seen_version=version, included=False)
    audit.record("directives.proposal_merged", target, by=by, at=at, changes=changes)
    proposal.delete()
    return target


def _agency_rows(proposal: Proposal, values: ProposalValues) -> list[ProposalAgency]:
    parts = [(Part.LEAD, values.lead), (Part.COOPERATING, values.cooperating)]
    rows: dict[int, ProposalAgency] = {}
    for part, agencies in parts:
        for agency, named_as in agencies:
            row = ProposalAgency(
                proposal=proposal, agency=agency, part=part.value, named_as=named_as[:255]
            )
            rows.setdefault(agency.pk, row)
    return list(rows.values())


def _agency_words(proposal: Proposal) -> str:
    rows = proposal.agencies.select_related("agency").order_by("part", "agency__order", "agency_id")
    return _joined(f"{row.agency.label} ({row.get_part_display().lower()})" for row in rows)


def _joined(words: Iterable[str], most: int = 30) -> str:
    found: Sequence[str] = list(words)
    rest = len(found) - most
    return ", ".join(found[:most]) + (f" và {rest} cơ quan khác" if rest > 0 else "")


def _words(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return str(value or "")
