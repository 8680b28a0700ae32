from __future__ import annotations

import re
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.documents.models import Citation
from tinhgon.apps.programmes.models import Programme
from tinhgon.common.http import whole_number
from tinhgon.common.shortlist import Columns, first
from tinhgon.domain.access import Permission
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.vntext import fold, format_date, is_plausible
from tinhgon.domain.workdays import WorkCalendar

from . import policies
from .enums import DIRECTIVE_STATUS_CHOICES, DirectiveStatus, Part
from .models import Directive, Proposal, ProposalAgency

PAGE_SIZE = 50
TO_ISSUE = "letters_to_issue"
_A_DAY = re.compile(r"\d\s*[/.-]\s*\d|tháng\s+\d", re.IGNORECASE)


class ListPage(TypedDict):
    page: Page[Directive]
    words: str
    status: str
    programme: str
    statuses: list[tuple[str, str]]
    programmes: list[Programme]
    can_receive: bool


class AgencyLine(TypedDict):
    """One name of the letter with the agencies that it stands for."""

    named_as: str
    agencies: list[Agency]


class Cut(TypedDict):
    """A place where a proposal's text can be cut in two: before the character `at`."""

    at: int
    words: str


class ProposalCard(TypedDict):
    proposal: Proposal
    number: int
    lead: list[AgencyLine]
    cooperating: list[AgencyLine]
    lead_count: int
    unknown: list[str]
    needs: list[str]  # what a person should look at before issuing
    standing: bool
    due_words: str
    report_words: str
    origins: dict[str, str]
    cuts: list[Cut]


class DirectivePage(TypedDict):
    directive: Directive
    doubts: list[str]  # what is odd about the letter as a whole
    citations: list[Citation]
    cards: list[ProposalCard]
    included_count: int
    included_words: str
    needs_count: int
    needs_words: str
    agency_count: int
    can_edit: bool
    can_issue: bool
    can_number: bool


def get_visible_directive(*, user: User, pk: int) -> Directive:
    """
    Return the letter, if the person may see it.

    :raises Directive.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Directive.objects.visible_to(user)
        .select_related(
            "document", "document__file", "issuer", "programme", "round", "amends__document"
        )
        .get(pk=pk)
    )


def short_lists(user: User) -> list[Any]:
    """Return the drafts that wait for the person to give their work out, the oldest first."""
    branches = [Q(issuer__path__startswith=path) for path in user.access.paths(Permission.ISSUE)]
    if not branches:
        return []
    drafts = Directive.objects.filter(reduce(or_, branches), status=DirectiveStatus.DRAFT.value)
    columns = Columns("document__subject", "issuer", "created_at")
    return [first(drafts, TO_ISSUE, columns, order=["created_at"])]


def get_visible_proposal(*, user: User, pk: int) -> Proposal:
    """
    Return the proposal of a letter that the person may see.

    :raises Proposal.DoesNotExist: also when it exists but is hidden from the person.
    """
    visible = Directive.objects.visible_to(user).values("pk")
    return (
        Proposal.objects.filter(directive__in=visible)
        .select_related("directive", "directive__issuer", "directive__document")
        .get(pk=pk)
    )


def directive_list(*, user: User, words: str, status: str, programme: str, number: str) -> ListPage:
    """Return one page of the letters that the person may see, newest first."""
    found = Directive.objects.visible_to(user).select_related("document", "issuer", "programme")
    if words:
        for word in fold(words).split():
            found = found.filter(document__folded__contains=word)
    if status in DirectiveStatus.__members__.values():
        found = found.filter(status=status)
    else:
        found = found.exclude(status=DirectiveStatus.DISCARDED)
    if (key := whole_number(programme)) is not None:
        found = found.filter(programme=key)
    found = found.annotate(
        proposal_count=Count("proposals", filter=Q(proposals__included=True), distinct=True)
    ).order_by("-created_at", "-pk")
    return {
        "page": Paginator(found, PAGE_SIZE).get_page(number),
        "words": words,
        "status": status,
        "programme": programme,
        "statuses": DIRECTIVE_STATUS_CHOICES,
        "programmes": list(Programme.objects.visible_to(user)),
        "can_receive": bool(user.access.paths(Permission.UPLOAD_DIRECTIVE)),
    }


def directive_page(*, user: User, directive: Directive) -> DirectivePage:
    """Return everything the page of one letter shows; templates query nothing."""
    cards = proposal_cards(directive)
    included = sum(card["proposal"].included for card in cards)
    needs = sum(bool(card["needs"]) for card in cards if card["proposal"].included)
    agencies = {a["pk"] for a in _agency_keys(cards)}
    return {
        "directive": directive,
        "doubts": _doubts(directive) if directive.status == DirectiveStatus.DRAFT else [],
        "citations": list(directive.document.citations.select_related("target__directive")),
        "cards": cards,
        "included_count": included,
        "included_words": _included_words(directive, included, len(agencies)),
        "needs_count": needs,
        "needs_words": f"{needs} nhiệm vụ cần xem",
        "agency_count": len(agencies),
        "can_edit": policies.can_edit(user, directive),
        "can_issue": policies.can_issue(user, directive),
        "can_number": policies.may_number(user, directive),
    }


def _included_words(directive: Directive, duties: int, agencies: int) -> str:
    verb = "đã giao" if directive.issued_at else "sẽ giao"
    return f"{duties} nhiệm vụ {verb} tới {agencies} cơ quan"


def proposal_cards(directive: Directive) -> list[ProposalCard]:
    """Return the proposals of a letter as their page shows them, in order."""
    rows = ProposalAgency.objects.select_related("agency").order_by(
        "-agency__level", "agency__order", "agency_id"
    )
    proposals = directive.proposals.prefetch_related(Prefetch("agencies", queryset=rows))
    calendar, letter_on = calendars.calendar(), directive.document.issued_on
    return [
        _card(each, number, calendar, letter_on) for number, each in enumerate(proposals, start=1)
    ]


def _card(
    proposal: Proposal, number: int, calendar: WorkCalendar, letter_on: date | None
) -> ProposalCard:
    rows = list(proposal.agencies.all())
    lead = _lines(rows, Part.LEAD)
    cooperating = _lines(rows, Part.COOPERATING)
    known = {line["named_as"] for line in (*lead, *cooperating)}
    unknown = [name for name in (*proposal.assignees, *proposal.coordinating) if name not in known]
    return {
        "proposal": proposal,
        "number": number,
        "lead": lead,
        "cooperating": cooperating,
        "lead_count": sum(len(line["agencies"]) for line in lead),
        "unknown": unknown,
        "needs": [*_needs(proposal, lead, unknown), *_day_needs(proposal, letter_on)],
        "standing": not (proposal.due_text or proposal.report_due_text),
        "due_words": last_day_words(proposal.due_on, calendar),
        "report_words": last_day_words(proposal.report_due_on, calendar),
        "origins": {"agencies": "", "due": "", "report": ""} | proposal.origins,
        "cuts": _cuts(proposal.text),
    }


def _cuts(text: str) -> list[Cut]:
    """Return the ends of the clauses of `text`, where it may be cut in two."""
    places = [match.end() for match in re.finditer(r"[;.]\s+(?=\w)", text)]
    return [{"at": place, "words": " ".join(text[place:].split()[:6])} for place in places]


def _lines(rows: list[ProposalAgency], part: Part) -> list[AgencyLine]:
    lines: dict[str, AgencyLine] = {}
    for row in rows:
        if row.part == part:
            name = row.named_as or row.agency.name
            lines.setdefault(name, {"named_as": name, "agencies": []})["agencies"].append(
                row.agency
            )
    return list(lines.values())


def _needs(proposal: Proposal, lead: list[AgencyLine], unknown: list[str]) -> list[str]:
    needs = [f"Chưa tìm thấy cơ quan “{name}” trong danh sách cơ quan." for name in unknown]
    if not lead:
        needs.append("Chưa có cơ quan chủ trì.")
    if proposal.due_text and not proposal.due_on and proposal.within_count:
        needs.append("Hạn tính từ một sự kiện: nhập ngày của sự kiện để tính được hạn cuối.")
    return needs


def _day_needs(proposal: Proposal, letter_on: date | None) -> list[str]:
    """Return what is odd about the days: those of no real calendar, those before the letter."""
    odd = [day for day in (proposal.named_on, proposal.report_named_on) if day]
    needs = [
        f"Ngày {format_date(day)} không thể là thời hạn: sửa lại ngày."
        for day in odd
        if not is_plausible(day)
    ]
    for text, day in (
        (proposal.due_text, proposal.due_on),
        (proposal.report_due_text, proposal.report_due_on),
    ):
        if day is None and not proposal.recurrence and not needs and _A_DAY.search(text):
            needs.append(f"Không tính được ngày từ “{text}”: kiểm tra lại ngày, tháng.")
    for words, day in (("Hạn cuối", proposal.due_on), ("Hạn báo cáo", proposal.report_due_on)):
        if day and letter_on and day < letter_on:
            needs.append(
                f"{words} {format_date(day)} trước ngày của văn bản ({format_date(letter_on)}): "
                "kiểm tra lại."
            )
    return needs


def _doubts(directive: Directive) -> list[str]:
    """Return what is odd about the day of the letter itself."""
    letter_on = directive.document.issued_on
    received_on = timezone.localtime(directive.created_at).date()
    if letter_on is None or (is_plausible(letter_on) and letter_on <= received_on):
        return []
    return [
        f"Ngày ban hành {format_date(letter_on)} sau ngày nhận văn bản "
        f"({format_date(received_on)}): kiểm tra lại ở phần đầu văn bản."
        if letter_on > received_on
        else f"Ngày ban hành {format_date(letter_on)} không thể đúng: sửa lại ở phần đầu văn bản."
    ]


def _agency_keys(cards: list[ProposalCard]) -> list[dict[str, int]]:
    return [
        {"pk": agency.pk}
        for card in cards
        if card["proposal"].included
        for line in (*card["lead"], *card["cooperating"])
        for agency in line["agencies"]
    ]


def issuers_for(user: User) -> list[Agency]:
    """
    Return the agencies in whose name the person may receive letters: the tops of his scope first.
    """
    paths = user.access.paths(Permission.UPLOAD_DIRECTIVE)
    return list(Agency.objects.filter(path__in=paths).order_by("path"))


def proposal_initial(proposal: Proposal) -> dict[str, Any]:
    """Return what the form of a proposal starts with."""
    names = ("version", "text", "summary", "due_kind", "named_on", "within_count", "due_text")
    report = ("wants_report", "report_to", "report_named_on", "report_due_text")
    rows = list(proposal.agencies.select_related("agency"))
    return {name: getattr(proposal, name) for name in (*names, *report)} | {
        "lead": "\n".join(_typed_names(rows, Part.LEAD, proposal.assignees)),
        "cooperating": "\n".join(_typed_names(rows, Part.COOPERATING, proposal.coordinating)),
    }


def _typed_names(rows: list[ProposalAgency], part: Part, read: list[str]) -> list[str]:
    """Return the names that stand for the agencies, and the names read that stand for none."""
    names = [line["named_as"] for line in _lines(rows, part)]
    return names + [name for name in read if name not in names]
