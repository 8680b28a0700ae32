"""What waits for one person in every part of the work; the page of the day and the mail ask it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.queries import mine
from tinhgon.apps.difficulties import queries as difficulties
from tinhgon.apps.difficulties.enums import Group
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.listing import Asked as DifficultiesAsked
from tinhgon.apps.difficulties.queries.standing import standing_words
from tinhgon.apps.directives import queries as directives
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.plans.queries import recommendations, texts
from tinhgon.apps.plans.queries import waiting as plans
from tinhgon.apps.procedures import queries as procedures
from tinhgon.apps.procedures.enums import Mode, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.apps.publications import queries as publications
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries import waiting as reports
from tinhgon.apps.reports.queries.standing import timely
from tinhgon.apps.reviews import queries as reviews
from tinhgon.apps.reviews.models import Review
from tinhgon.common import shortlist
from tinhgon.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Row:
    """A paper that waits: what it is, from whom, how it stands since when, what comes next."""

    name: str
    url: str
    agency: Agency
    state: tuple[str, str]  # kind, words
    since: date
    step: str
    step_url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One short list: its first rows, how many there are in all, and where the rest is."""

    key: str
    title: str
    rows: list[Row]
    count: int
    list_url: str


@dataclass(frozen=True, slots=True)
class Day:
    """All that waits for the person on a day."""

    assignments: mine.MinePage
    waiting: list[Part]

    @property
    def sums(self) -> list[tuple[str, int]]:
        """Return the titles of the lists of the page that hold anything, with their numbers."""
        page = self.assignments
        found = [(part["title"], part["count"]) for part in page["parts"]]
        found.append((page["to_check"]["title"], page["to_check"]["count"]))
        found.append((page["asked_title"], page["asked_count"]))
        found += [(part.title, part.count) for part in self.waiting]
        return [(title, count) for title, count in found if count]


def my_day(*, user: User, today: date, calendar: WorkCalendar) -> Day:
    """Return what waits for the person in every part of the work; nine queries."""
    return Day(
        mine.my_work(user=user, today=today, calendar=calendar),
        [
            *_plans(user, today),
            *_procedures(user, today),
            *_reviews(user),
            *_papers(user, today, calendar),
        ],
    )


# List of procedures → the next step of its rows, and their status.
_STEPS = {
    "returned": ("Sửa", Status.RETURNED),
    "drafts": ("Soạn tiếp", Status.DRAFT),
    "to_confirm": ("Xem, xác nhận", Status.PROPOSED),
    "to_check": ("Kiểm soát", Status.CONFIRMED),
}
_WRITTEN = {"returned", "drafts"}


def _procedures(user: User, today: date) -> list[Part]:
    return [
        Part(
            part["key"],
            part["title"],
            [_version_row(version, part["key"]) for version in part["rows"]],
            part["count"],
            reverse("procedures:list")
            + Asked(mode=Mode.PIPELINE, status=_STEPS[part["key"]][1]).address(),
        )
        for part in procedures.waiting(user, today=today)
        if part["count"]
    ]


def _version_row(version: ProcedureVersion, key: str) -> Row:
    url = version.get_absolute_url()
    write = reverse("procedures:edit", args=[version.procedure_id])
    return Row(
        version.name,
        url,
        version.procedure.agency,
        (version.state_kind, version.get_status_display()),
        _day(version.changed_at),
        _STEPS[key][0],
        write if key in _WRITTEN else url,
    )


class _Look(NamedTuple):
    """How a short list of papers reads: the page of a row, the next step and its page."""

    title: str
    page: str
    step: str
    step_page: str
    address: str
    state: Callable[[shortlist.Entry, date, WorkCalendar], tuple[str, str]]


def _papers(user: User, today: date, calendar: WorkCalendar) -> list[Part]:
    """Return letters, decisions, reports and difficulties that wait; one query for all of them."""
    found = shortlist.read(
        [
            *directives.short_lists(user),
            *publications.short_lists(user),
            *reports.short_lists(user, today=today),
            *difficulties.short_lists(user),
        ]
    )
    return [
        Part(
            key,
            look.title,
            [_paper_row(entry, look, today, calendar) for entry in found[key].entries],
            found[key].count,
            look.address,
        )
        for key, look in _looks().items()
        if key in found
    ]


def _paper_row(entry: shortlist.Entry, look: _Look, today: date, calendar: WorkCalendar) -> Row:
    return Row(
        entry.name,
        reverse(look.page, args=[entry.key]),
        Agency(name=entry.agency, short_name=entry.agency_short),
        look.state(entry, today, calendar),
        _day(entry.since),
        look.step,
        reverse(look.step_page, args=[entry.key]),
    )


def _letter_state(entry: shortlist.Entry, *_: object) -> tuple[str, str]:
    letter = Directive(status=entry.status)
    return letter.state_kind, letter.get_status_display()


def _decision_state(entry: shortlist.Entry, *_: object) -> tuple[str, str]:
    decision = Decision(status=entry.status)
    return decision.state_kind, decision.get_status_display()


def _report_state(entry: shortlist.Entry, today: date, calendar: WorkCalendar) -> tuple[str, str]:
    """Return what was sent back or came in as such, and how the rest stands against its day."""
    report = Report(status=entry.status, due_on=entry.until or today)
    if report.status != ReportStatus.DRAFT.value:
        return report.state_kind, report.get_status_display()
    standing = timely(report, today=today, calendar=calendar)
    return standing.kind, standing.words


def _difficulty_state(entry: shortlist.Entry, today: date, _: object) -> tuple[str, str]:
    words = standing_words(Difficulty(status=entry.status, due_on=entry.until or today), today)
    return words.kind, words.words


def _looks() -> dict[str, _Look]:
    """Return the lists of papers in the order of the page."""
    decisions, own_reports = reverse("publications:list"), reverse("reports:mine")
    detail, report, difficulty = "publications:detail", "reports:report", "difficulties:detail"
    return {
        directives.TO_ISSUE: _Look(
            "Văn bản chờ giao nhiệm vụ",
            "directives:detail",
            "Xem, giao",
            "directives:detail",
            f"{reverse('directives:list')}?trang-thai=draft",
            _letter_state,
        ),
        publications.TO_RECORD: _Look(
            "Quyết định trình ký, chờ ghi số và ngày",
            detail,
            "Ghi bản đã ký",
            "publications:record",
            f"{decisions}?nhom=trinh-ky",
            _decision_state,
        ),
        publications.DRAFTS: _Look(
            "Dự thảo quyết định đang soạn",
            detail,
            "Soạn tiếp",
            detail,
            f"{decisions}?nhom=du-thao",
            _decision_state,
        ),
        reports.TO_SEND: _Look(
            "Báo cáo phải lập, gửi",
            report,
            "Lập, gửi",
            report,
            f"{own_reports}?viec=phai-gui",
            _report_state,
        ),
        reports.TO_RECEIVE: _Look(
            "Báo cáo chờ nhận",
            report,
            "Xem, nhận",
            report,
            f"{own_reports}?viec=cho-nhan",
            _report_state,
        ),
        difficulties.TO_HANDLE: _Look(
            "Vướng mắc chờ xử lý",
            difficulty,
            "Xem, xử lý",
            difficulty,
            DifficultiesAsked(group=Group.MINE).address(),
            _difficulty_state,
        ),
    }


_REVIEW_STEPS = {
    "reviews_to_write": "Rà soát",
    "reviews_to_confirm": "Xem, xác nhận",
    "reviews_to_check": "Kiểm tra",
}


def _reviews(user: User) -> list[Part]:
    found = reviews.waiting(user)
    lists = Counter(part["key"] for part in found)
    return [_review_part(part, alone=lists[part["key"]] == 1) for part in found]


def _review_part(part: reviews.Waiting, *, alone: bool) -> Part:
    """Return the list of one round, which it names where there are several."""
    review_round, key = part["rows"][0].round, part["key"]
    address = reverse("reviews:reviews", args=[review_round.pk])
    return Part(
        key if alone else f"{key}-{review_round.pk}",
        part["title"] if alone else f"{part['title']} ({review_round})",
        [_review_row(review, key) for review in part["rows"]],
        part["count"],
        f"{address}?{urlencode({'trang-thai': reviews.WAITING_STATUSES[key]})}",
    )


def _review_row(review: Review, key: str) -> Row:
    url = review.get_absolute_url()
    return Row(
        review.procedure_version.name,
        url,
        review.agency,
        (review.state_kind, review.status_words),
        _day(review.changed_at),
        _REVIEW_STEPS[key],
        url,
    )


def _plans(user: User, today: date) -> list[Part]:
    found = plans.waiting(user, today=today)
    parts = [
        Part(
            "late_texts",
            "Văn bản quá hạn sửa đổi theo phương án",
            [_text_row(each, today) for each in found.texts],
            found.texts_count,
            texts.LATE_OWN.list_url,
        ),
        Part(
            "recommendations",
            "Kiến nghị cấp trên chờ gửi, quá hạn trả lời",
            [_up_row(each, today) for each in found.upwards],
            found.upwards_count,
            recommendations.TO_DO_OWN.list_url,
        ),
    ]
    return [part for part in parts if part.count]


def _text_row(row: plans.WaitingText, today: date) -> Row:
    change = row.change
    url, standing = change.get_absolute_url(), texts.text_standing(change, today)
    state = (standing.kind, standing.words)
    return Row(str(change), url, row.agency, state, change.due_on or today, "Cập nhật", url)


def _up_row(row: plans.WaitingUp, today: date) -> Row:
    url = row.recommendation.get_absolute_url()
    standing = recommendations.standing(row.recommendation, today)
    state, is_late = (standing.kind, standing.words), standing.kind == "late"
    step = "Đôn đốc" if is_late else "Soạn, gửi"
    return Row(row.procedure, url, row.agency, state, row.since or today, step, url)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
