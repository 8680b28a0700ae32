"""What the page of one review shows: questions with answers, contradictions, suggestions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import (
    MEASURE_LABELS,
    OUTCOME_LABELS,
    Move,
    Status,
)
from tinhgon.apps.reviews.models import Evidence, Review, SuggestionVerdict
from tinhgon.domain.procedures import LABELS, part_words
from tinhgon.domain.reviewing import (
    CLOSED,
    PROPOSALS,
    Answer,
    Aside,
    Asked,
    Compared,
    Contradiction,
    Fault,
    Group,
    Missing,
    Outcome,
    QuestionKind,
    Section,
    Source,
    Suggestion,
    asides_from_json,
    benchmark,
    contradictions,
    every_question,
    is_spare,
    missing,
    outcome_faults,
    profile_of,
    stamp,
    wants_reason,
)
from tinhgon.domain.reviewing import Conclusion as DomainConclusion
from tinhgon.domain.reviewing import asked as asked_of

from .facts import Known, answers_of, conclusion_stamp, known_of, suggestions_for
from .standing import current_version

YES_NO = (("yes", "Có"), ("no", "Không"))
PROPOSED = tuple((each.value, OUTCOME_LABELS[each]) for each in PROPOSALS)
SOURCES = {
    Source.TYPED: "",
    Source.REGISTRY: "theo sổ thủ tục",
    Source.FORMER: "theo đợt trước",
}


@dataclass(frozen=True, slots=True)
class Row:
    """
    A question as the page shows it. `typed`: what somebody wrote that could not be taken, with the
    `refusal`; `applies`: whether it is asked at all, given the other answers; `is_spare`: it is
    room for one more row of its group, of no use to whoever only reads.
    """

    asked: Asked
    answer: Answer
    applies: bool
    lacks: str
    contradiction: str
    asides: list[tuple[Aside, str]]
    refusal: str = ""
    is_spare: bool = False

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        kind = self.asked.question.kind
        if kind is QuestionKind.YES_NO:
            return YES_NO
        return PROPOSED if kind is QuestionKind.PROPOSAL else ()

    @property
    def words(self) -> str:
        """The value in words."""
        return dict(self.options).get(self.answer.value, self.answer.value)

    @property
    def has_reason(self) -> bool:
        return self.asked.question.kind in (QuestionKind.YES_NO, QuestionKind.PROPOSAL)

    @property
    def stamp(self) -> str:
        return stamp(self.answer.value, self.answer.reason)

    @property
    def source(self) -> str:
        return SOURCES[self.answer.source]

    @property
    def is_known(self) -> bool:
        """Whether it need not be asked: carried over, nothing lacks, nothing contradicts."""
        quiet = not (self.lacks or self.contradiction or self.asides or self.refusal)
        return quiet and self.answer.source is not Source.TYPED

    @property
    def wants_reason(self) -> bool:
        return wants_reason(self.asked.question, self.answer.value)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its rows; `words` is what the registry says of the part it is about."""

    section: Section
    rows: list[Row]
    label: str
    words: list[str]
    evidence: list[Evidence]

    @property
    def lacking(self) -> int:
        return sum(1 for row in self.rows if row.applies and row.lacks)

    @property
    def warnings(self) -> int:
        return sum(1 for row in self.rows if row.applies and (row.contradiction or row.asides))

    @property
    def lacking_words(self) -> str:
        return f"{self.lacking} câu còn thiếu"

    @property
    def warning_words(self) -> str:
        return f"{self.warnings} câu cần xem lại"

    @property
    def open_rows(self) -> list[Row]:
        """Rows that somebody has to answer or to look at, or has answered."""
        return [row for row in self.rows if not (row.applies and row.is_known)]

    @property
    def known_rows(self) -> list[Row]:
        """Rows that need not be asked: the registry or the last round knows them."""
        return [row for row in self.rows if row.applies and row.is_known]


@dataclass(frozen=True, slots=True)
class Judged:
    """A suggestion with the measure it proposes, and what was decided on it."""

    suggestion: Suggestion
    verdict: SuggestionVerdict | None

    @property
    def measure_words(self) -> str:
        return MEASURE_LABELS[self.suggestion.measure]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the version under review holds today; `newer` is the one that took its place."""

    holds: bool
    newer: ProcedureVersion | None = None


@dataclass(slots=True)
class Sheet:
    """The questions of a review with their answers, and what follows from them."""

    parts: list[Part]
    lacking: int
    asked: int
    contradictions: tuple[Contradiction, ...]
    faults: tuple[Fault, ...]
    suggestions: list[Judged] = field(default_factory=list)
    others: list[SuggestionVerdict] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.asked - self.lacking

    @property
    def percent(self) -> int:
        return 100 * self.done // self.asked if self.asked else 0

    @property
    def waiting(self) -> int:
        """How many suggestions nobody decided on yet."""
        return sum(1 for each in self.suggestions if each.verdict is None)


class ReviewPage(TypedDict):
    review: Review
    standing: Standing
    sheet: Sheet
    compared: tuple[Compared, ...]
    tab: str
    history: list[Event]
    conclusion_stamp: str
    outcomes: list[tuple[str, str, bool]]
    merge_options: list[tuple[str, str]]
    loose_evidence: list[Evidence]
    can_write: bool
    can_manage: bool
    is_late: bool


def review_page(
    *,
    user: User,
    review: Review,
    tab: str,
    today: date,
    typed: Mapping[str, tuple[Answer, str]] | None = None,
) -> ReviewPage:
    """
    Return the review with all that its page shows.

    `typed`: question → what somebody wrote that was refused, with the reason.
    """
    known = known_of(review, today=today)
    answers = answers_of(review, known)
    evidence = list(review.evidence.select_related("file", "added_by"))
    sheet = sheet_of(review, known, answers, evidence=evidence, typed=typed or {})
    form = review.round.questionnaire.form
    verdicts = list(review.verdicts.select_related("decided_by"))
    sheet.suggestions, sheet.others = _judged(suggestions_for(form, known, answers), verdicts)
    ours = profile_of(known.record, agency=review.agency.label)
    return {
        "review": review,
        "standing": standing_of(review, today),
        "sheet": sheet,
        "compared": benchmark(ours, known.facts.elsewhere),
        "tab": tab,
        "history": audit.history_of(review) if tab == "lich-su" else [],
        "conclusion_stamp": conclusion_stamp(review),
        "outcomes": [(o.value, OUTCOME_LABELS[o], o.value == review.outcome) for o in Outcome],
        "merge_options": _merge_options(known),
        "loose_evidence": [each for each in evidence if not each.question],
        "can_write": policies.can(user, Move.WRITE, review),
        "can_manage": policies.can_manage(user, review.round.agency),
        "is_late": review.is_late_on(today),
    }


def sheet_of(
    review: Review,
    known: Known,
    answers: Mapping[str, Answer],
    *,
    evidence: Sequence[Evidence] = (),
    typed: Mapping[str, tuple[Answer, str]],
) -> Sheet:
    """Return every question with its answer, what lacks and what contradicts; no query."""
    form = review.round.questionnaire.form
    asked_now = asked_of(form, known.record, answers)
    applying = {each.key for each in asked_now}
    lacks = {each.asked.key: each for each in missing(form, known.record, answers)}
    against = contradictions(form, known.record, known.facts, answers)
    texts: dict[str, str] = {}
    for each in against:
        texts[each.key] = f"{texts[each.key]} {each.text}" if each.key in texts else each.text
    asides = asides_from_json(review.asides)
    rows: dict[str, list[Row]] = {section.id: [] for section in form.sections}
    for asked in every_question(form, known.record, answers):
        answer, refusal = typed.get(asked.key, (answers.get(asked.key, Answer()), ""))
        rows[asked.section.id].append(
            Row(
                asked=asked,
                answer=answer,
                applies=asked.key in applying,
                lacks=_lack_words(lacks.get(asked.key)),
                contradiction=texts.get(asked.key, ""),
                asides=_shown(asked, asides.get(asked.key, [])),
                refusal=refusal,
                is_spare=is_spare(asked, answers),
            )
        )
    conclusion = DomainConclusion(
        Outcome(review.outcome) if review.outcome else None,
        review.outcome_reason,
        str(review.merge_into_id or ""),
    )
    return Sheet(
        parts=[_part(section, rows[section.id], known, evidence) for section in form.sections],
        lacking=len(lacks),
        asked=sum(not is_spare(each, answers) for each in asked_now),
        contradictions=against,
        faults=outcome_faults(form, answers, conclusion) if review.outcome else (),
    )


def _part(section: Section, rows: list[Row], known: Known, evidence: Sequence[Evidence]) -> Part:
    own = {question.id for question in section.questions}
    return Part(
        section,
        rows,
        LABELS[section.part],
        part_words(known.record, section.part),
        [each for each in evidence if each.question in own],
    )


_LACKS = {
    "answer": "chưa trả lời",
    "reason": "chưa ghi lý do",
    "look": "nội dung đã đổi, xem lại",
}


def _lack_words(lacking: Missing | None) -> str:
    return _LACKS[lacking.lack.value] if lacking else ""


def _shown(asked: Asked, rows: Sequence[Aside]) -> list[tuple[Aside, str]]:
    words = dict(PROPOSED if asked.question.kind is QuestionKind.PROPOSAL else YES_NO)
    return [(each, words.get(each.value, each.value)) for each in rows]


def _judged(
    found: Sequence[Suggestion], verdicts: Sequence[SuggestionVerdict]
) -> tuple[list[Judged], list[SuggestionVerdict]]:
    """Return the suggestions with their verdicts, and the verdicts on what is suggested no more."""
    by = {(verdict.rule, verdict.target): verdict for verdict in verdicts}
    judged = [Judged(each, by.pop((each.rule, each.target), None)) for each in found]
    return judged, list(by.values())


def _merge_options(known: Known) -> list[tuple[str, str]]:
    twins = [(twin.key, f"{twin.name} ({twin.agency})") for twin in known.facts.twins]
    return list(dict(twins).items())


def standing_of(review: Review, today: date) -> Standing:
    """Return whether the version under review holds; at most one query."""
    if review.procedure_version.holds_on(today) or Status(review.status) in CLOSED:
        return Standing(holds=True)
    newer = current_version(review, on=today)
    return Standing(holds=False, newer=newer)


def saved_rows(sheet: Sheet, keys: Collection[str], refused: Mapping[str, str]) -> list[Row]:
    """Return the rows that were just saved, or refused with the words why."""
    return [
        replace(row, refusal=refused.get(row.asked.key, ""))
        for part in sheet.parts
        for row in part.rows
        if row.asked.key in keys
    ]


def dependent_rows(sheet: Sheet, keys: Collection[str]) -> list[Row]:
    """Return the rows that are asked or not depending on what was just saved."""
    ids = {key.partition("@")[0] for key in keys}
    rows = [row for part in sheet.parts for row in part.rows]
    named = {
        (row.asked.group, row.asked.number)
        for row in rows
        if row.asked.is_name and row.asked.key in keys
    }
    return [
        row
        for row in rows
        if row.asked.key not in keys
        and (
            (row.asked.question.when and row.asked.question.when.question in ids)
            or _hangs_on(row.asked, named)
        )
    ]


def _hangs_on(asked: Asked, named: Collection[tuple[Group | None, int]]) -> bool:
    """Return whether a question is about a row that was just named, or names the next one."""
    if asked.group is None:
        return False
    place = asked.number - 1 if asked.is_name else asked.number
    return (asked.group, place) in named


def rows_around(sheet: Sheet, keys: Collection[str]) -> list[Row]:
    """Return the other rows of the sections in which something was just saved."""
    elsewhere = {row.asked.key for row in dependent_rows(sheet, keys)} | set(keys)
    return [
        row
        for part in sheet.parts
        if any(row.asked.key in keys for row in part.rows)
        for row in part.rows
        if row.asked.key not in elsewhere
    ]
