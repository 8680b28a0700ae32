"""Answers of a review: what is asked of this record, what was said, what is still missing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum, auto
from typing import Any, Self

from tinhgon.domain.procedures import Record, paper_words

from ._lifecycle import Outcome
from ._questionnaire import Each, Group, Question, QuestionKind, Questionnaire, Section

MOST_LETTERS = 4000
"""Of an answer or a reason."""
_MOST_DIGITS = 9

PROPOSALS = (Outcome.KEEP, Outcome.AMEND, Outcome.REPLACE, Outcome.ABOLISH)
"""What may be proposed for one part."""


class Source(StrEnum):
    """Where an answer comes from."""

    TYPED = auto()
    REGISTRY = auto()
    FORMER = auto()
    """From the review of the same procedure in an earlier round."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    Câu trả lời. `value`: "yes"/"no", a text, digits or an `Outcome`, as the kind of question wants.

    `again`: it was carried over, but what it speaks of has changed, so it has to be looked at.
    `by` (a name) and `at` (ISO) say who wrote it when.
    """

    value: str = ""
    reason: str = ""
    source: Source = Source.TYPED
    again: bool = False
    by: str = ""
    at: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.value and not self.reason


@dataclass(frozen=True, slots=True)
class Aside:
    """An answer of somebody who did not know that another had just answered."""

    value: str
    reason: str
    by: str
    at: str

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls(answer.value, answer.reason, answer.by, answer.at)


class NotAnAnswer(ValueError):
    """The question does not take this; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question as asked of one record: `key` is unique in the review ("R4a@paper:2"), `about` the
    words of the row it is about, `target` the key of that row (`paper:2`), both "" for none. A row
    of a group has its number there, from 1: `a:2` of the group a.
    """

    key: str
    section: Section
    question: Question
    target: str = ""
    about: str = ""
    group: Group | None = None
    number: int = 0

    @property
    def is_name(self) -> bool:
        """Whether the answer names a row of its group."""
        return self.group is not None and self.group.names == self.question.id

    @property
    def ident(self) -> str:
        """The key as part of an id in a page."""
        return self.key.replace("@", "-").replace(":", "-")


_NO_ANSWERS: Mapping[str, Answer] = {}


class Lack(StrEnum):
    ANSWER = auto()
    REASON = auto()
    LOOK = auto()
    """It was carried over, and what it speaks of has changed since."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What one question still lacks."""

    asked: Asked
    lack: Lack


def rows_of(record: Record, each: Each) -> tuple[tuple[str, str], ...]:
    """Return key and words of each row of the record that a question is asked for."""
    if each is Each.PAPER:
        return tuple((f"paper:{n}", paper_words(paper)) for n, paper in enumerate(record.papers, 1))
    return tuple((f"condition:{n}", words) for n, words in enumerate(record.conditions, 1))


def asked(
    questionnaire: Questionnaire, record: Record, answers: Mapping[str, Answer]
) -> tuple[Asked, ...]:
    """Return what has to be asked of a record, given what was answered so far, in the order."""
    every = every_question(questionnaire, record, answers)
    return tuple(each for each in every if _applies(each, answers))


def every_question(
    questionnaire: Questionnaire, record: Record, answers: Mapping[str, Answer] = _NO_ANSWERS
) -> Iterator[Asked]:
    """
    Yield every question that could be asked of a record, whatever is answered; `answers` give the
    rows of groups their names.
    """
    for section in questionnaire.sections:
        for question in section.questions:
            if question.groups:
                for group in questionnaire.groups_of(question):
                    yield from _of_group(section, question, group, answers)
            elif question.each is None:
                yield Asked(question.id, section, question)
            else:
                for target, words in rows_of(record, question.each):
                    yield Asked(f"{question.id}@{target}", section, question, target, words)


def _of_group(
    section: Section, question: Question, group: Group, answers: Mapping[str, Answer]
) -> Iterator[Asked]:
    for number in range(1, group.most + 1):
        target = f"{group.id}:{number}"
        about = f"{group.title}.{number}"
        if question.id != group.names and (name := _name(group, number, answers)):
            about = f"{about}: {name}"
        yield Asked(f"{question.id}@{target}", section, question, target, about, group, number)


def _name(group: Group, number: int, answers: Mapping[str, Answer]) -> str:
    """Return what a row of a group is called, "" while nobody named it."""
    return answers.get(f"{group.names}@{group.id}:{number}", Answer()).value.strip()


def is_spare(each: Asked, answers: Mapping[str, Answer]) -> bool:
    """Return whether it is asked for one more row of its group, and need not be answered."""
    return each.is_name and each.number > 1 and answers.get(each.key, Answer()).is_empty


def _is_there(each: Asked, answers: Mapping[str, Answer]) -> bool:
    """Rows of a group that were named are asked about, and one more may always be named."""
    if each.group is None:
        return True
    if _name(each.group, each.number, answers):
        return True
    return each.is_name and (each.number == 1 or bool(_name(each.group, each.number - 1, answers)))


def _applies(each: Asked, answers: Mapping[str, Answer]) -> bool:
    if not _is_there(each, answers):
        return False
    when = each.question.when
    if when is None:
        return True
    of_row = answers.get(f"{when.question}@{each.target}")
    answer = of_row or answers.get(when.question)
    return answer is not None and when.holds(answer.value)


def missing(
    questionnaire: Questionnaire, record: Record, answers: Mapping[str, Answer]
) -> tuple[Missing, ...]:
    """Return what still has to be answered before the review can be finished."""
    return tuple(
        Missing(each, lack)
        for each in asked(questionnaire, record, answers)
        if not is_spare(each, answers)
        and (lack := _lack(each.question, answers.get(each.key, Answer())))
    )


def _lack(question: Question, answer: Answer) -> Lack | None:
    if answer.again:
        return Lack.LOOK
    if not answer.value.strip():
        return Lack.ANSWER
    if wants_reason(question, answer.value) and not answer.reason.strip():
        return Lack.REASON
    return None


def wants_reason(question: Question, value: str) -> bool:
    """Return whether an answer needs its reason: each yes/no, each proposal to change."""
    if question.kind is QuestionKind.PROPOSAL:
        return value not in {"", Outcome.KEEP}
    return question.kind is QuestionKind.YES_NO


_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+")


def clean(question: Question, value: str, reason: str = "") -> tuple[str, str]:
    """
    Return value and reason as they are kept; "" for nothing is always taken.

    :raises NotAnAnswer: if the question takes no such value.
    """
    value, reason = (text.replace("\r\n", "\n").strip() for text in (value, reason))
    if max(len(value), len(reason)) > MOST_LETTERS:
        raise NotAnAnswer(f"Viết không quá {MOST_LETTERS} chữ cái.")
    if not value:
        return value, reason
    match question.kind:
        case QuestionKind.YES_NO if value not in {"yes", "no"}:
            raise NotAnAnswer("Chọn Có hoặc Không.")
        case QuestionKind.PROPOSAL if value not in PROPOSALS:
            raise NotAnAnswer("Chọn một trong các phương án.")
        case QuestionKind.NUMBER:
            plain = value.replace(".", "")
            if not _WHOLE.fullmatch(value) or len(plain) > _MOST_DIGITS:
                raise NotAnAnswer("Ghi một số nguyên, ví dụ 0 hoặc 12.")
            return str(int(plain)), reason
    return value, reason


def answers_from_json(content: Mapping[str, Any]) -> dict[str, Answer]:
    """
    Return answers as they were stored by `answers_to_json`, by key.

    :raises ValueError, TypeError: if somebody wrote to the database by hand.
    """
    return {
        key: Answer(
            value=entry.get("value", ""),
            reason=entry.get("reason", ""),
            source=Source(entry.get("source", Source.TYPED)),
            again=entry.get("again", False),
            by=entry.get("by", ""),
            at=entry.get("at", ""),
        )
        for key, entry in content.items()
    }


def answers_to_json(answers: Mapping[str, Answer]) -> dict[str, dict[str, Any]]:
    """Return answers as plain values that go into JSON; what is empty is left out."""
    return {
        key: {name: _plain(value) for name, value in asdict(answer).items() if value}
        for key, answer in answers.items()
    }


def asides_from_json(content: Mapping[str, Any]) -> dict[str, list[Aside]]:
    """
    Return the answers beside those that stand, by question.

    :raises TypeError: if somebody wrote to the database by hand.
    """
    return {key: [Aside(**each) for each in rows] for key, rows in content.items()}


def asides_to_json(asides: Mapping[str, Sequence[Aside]]) -> dict[str, list[dict[str, str]]]:
    """Return them as plain values that go into JSON."""
    return {key: [asdict(each) for each in rows] for key, rows in asides.items() if rows}


def stamp(value: str, reason: str) -> str:
    """Return what tells one answer from another, short enough for a hidden field."""
    return hashlib.sha256(f"{value}\n{reason}".encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
