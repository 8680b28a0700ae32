"""What waits for one person in every part of the work; the page of the day and the mail ask it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.queries import mine
from tinhgon.apps.plans.queries import recommendations, texts
from tinhgon.apps.plans.queries import waiting as plans
from tinhgon.apps.procedures import queries as procedures
from tinhgon.apps.procedures.enums import Mode, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.apps.publications import queries as publications
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.reviews import queries as reviews
from tinhgon.apps.reviews.models import Review
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
    """Return what waits for the person in every part of the work; ten queries."""
    return Day(
        mine.my_work(user=user, today=today, calendar=calendar),
        [
            *_plans(user, today),
            *_procedures(user, today),
            *_decisions(user),
            *_reviews(user),
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


_DECISION_STEPS = {
    "to_record": ("Ghi bản đã ký", "publications:record", "trinh-ky"),
    "decision_drafts": ("Soạn tiếp", "publications:detail", "du-thao"),
}


def _decisions(user: User) -> list[Part]:
    return [
        Part(
            part["key"],
            part["title"],
            [_decision_row(decision, part["key"]) for decision in part["rows"]],
            part["count"],
            f"{reverse('publications:list')}?nhom={_DECISION_STEPS[part['key']][2]}",
        )
        for part in publications.waiting(user)
        if part["count"]
    ]


def _decision_row(decision: Decision, key: str) -> Row:
    step, page, _ = _DECISION_STEPS[key]
    return Row(
        decision.document.subject,
        decision.get_absolute_url(),
        decision.drafter,
        (decision.state_kind, decision.get_status_display()),
        _day(decision.submitted_at or decision.created_at),
        step,
        reverse(page, args=[decision.pk]),
    )


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
            texts.Asked(own=True).address("qua-han"),
        ),
        Part(
            "recommendations",
            "Kiến nghị cấp trên chờ gửi, quá hạn trả lời",
            [_up_row(each, today) for each in found.upwards],
            found.upwards_count,
            recommendations.Asked(own=True).address(""),
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
