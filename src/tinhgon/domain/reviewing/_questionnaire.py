"""The questions of a review as data: sections of questions, each ending with a proposal."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache, cached_property
from importlib import resources
from typing import Any

from tinhgon.domain.procedures import LABELS

from ._registry import REGISTRY

_ID = re.compile(r"[A-Z][0-9]{0,2}[a-z]?")
_SECTION_ID = re.compile(r"[A-Z][0-9]{0,2}")


class QuestionKind(StrEnum):
    YES_NO = auto()
    """Có/Không: never without its reason."""
    TEXT = auto()
    NUMBER = auto()
    """A whole number, 0 included."""
    PROPOSAL = auto()
    """Giữ nguyên, sửa đổi, bổ sung, thay thế, bãi bỏ: the last question of every section."""


class Each(StrEnum):
    """Rows of the record for each of which a question is asked."""

    PAPER = auto()
    CONDITION = auto()


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is asked only where another was answered with `value`, or above `above`."""

    question: str
    value: str = ""
    above: int | None = None

    def holds(self, answer: str) -> bool:
        if self.above is not None:
            return answer.isdecimal() and int(answer) > self.above
        return answer == self.value


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question. `sound` is the answer after which nothing has to change; `registry` names what the
    registry knows of it (`_registry.REGISTRY`), to fill it in and to compare with.
    """

    id: str
    text: str
    kind: QuestionKind
    help: str = ""
    sound: str = ""
    each: Each | None = None
    registry: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions about one part of the record, with a proposal for it at the end."""

    id: str
    title: str
    part: str
    questions: tuple[Question, ...]

    @property
    def proposal(self) -> str:
        """The id of the question that asks what is proposed."""
        return self.questions[-1].id


@dataclass(frozen=True, slots=True)
class Clash:
    """Answers that cannot all be right."""

    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Questionnaire:
    """
    Mẫu phiếu rà soát. `necessity` is the section that says whether the procedure is needed at all.
    """

    code: str
    version: int
    title: str
    source: str
    necessity: str
    sections: tuple[Section, ...]
    clashes: tuple[Clash, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """As it was read: plain values that go into JSON and come back by `make_questionnaire`."""

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {each.id: each for section in self.sections for each in section.questions}


class NotAQuestionnaire(ValueError):
    """The file is not one, and the message says where."""


@cache
def shipped_questionnaires() -> tuple[Questionnaire, ...]:
    """Return the questionnaires that the software ships with."""
    folder = resources.files(__package__).joinpath("questionnaires")
    files = sorted(folder.iterdir(), key=lambda each: each.name)
    return tuple(read_questionnaire(each.read_bytes()) for each in files)


def read_questionnaire(data: bytes) -> Questionnaire:
    """
    Read a questionnaire in TOML (UTF-8), as those in `questionnaires`.

    :raises NotAQuestionnaire: if it cannot be read, or does not hold together.
    """
    try:
        content = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise NotAQuestionnaire(f"Tệp không phải TOML: {e}") from e
    return make_questionnaire(content)


def make_questionnaire(content: Mapping[str, Any]) -> Questionnaire:
    """
    Return the questionnaire of plain values.

    :raises NotAQuestionnaire: if something is missing, unknown or refers to nothing.
    """
    try:
        made = Questionnaire(
            code=content["code"],
            version=content["version"],
            title=content["title"],
            source=content["source"],
            necessity=content["necessity"],
            sections=tuple(_section(each) for each in content["section"]),
            clashes=tuple(Clash(c["text"], c["answers"]) for c in content.get("clash", [])),
            content=content,
        )
    except KeyError as e:
        raise NotAQuestionnaire(f"Thiếu “{e.args[0]}”.") from e
    for fault in _faults(made):
        raise NotAQuestionnaire(fault)
    return made


def _section(entry: Mapping[str, Any]) -> Section:
    proposal = Question(
        id=f"{entry['id']}p", text="Phương án đề xuất", kind=QuestionKind.PROPOSAL, sound="keep"
    )
    questions = (*(_question(each) for each in entry["question"]), proposal)
    return Section(entry["id"], entry["title"], entry["part"], questions)


def _question(entry: Mapping[str, Any]) -> Question:
    when = entry.get("when")
    try:
        return Question(
            id=entry["id"],
            text=entry["text"],
            kind=QuestionKind(entry["kind"]),
            help=entry.get("help", ""),
            sound=entry.get("sound", ""),
            each=Each(entry["each"]) if "each" in entry else None,
            registry=entry.get("registry", ""),
            when=Condition(when["question"], when.get("is", ""), when.get("above"))
            if when
            else None,
        )
    except ValueError as e:
        raise NotAQuestionnaire(f"Câu {entry['id']}: {e}") from e


def _faults(made: Questionnaire) -> Iterator[str]:
    if made.necessity not in {section.id for section in made.sections}:
        yield f"Không có phần {made.necessity}."
    seen: set[str] = set()
    for section in made.sections:
        if not _SECTION_ID.fullmatch(section.id) or section.part not in LABELS:
            yield f"Phần {section.id}: mã hoặc bộ phận “{section.part}” không đúng."
        for question in section.questions:
            yield from _question_faults(question, seen)
            seen.add(question.id)
    for clash in made.clashes:
        if unknown := set(clash.answers) - seen:
            yield f"Không có câu {', '.join(sorted(unknown))}."


def _question_faults(question: Question, seen: set[str]) -> Iterator[str]:
    where = f"Câu {question.id}"
    if question.id in seen or not _ID.fullmatch(question.id):
        yield f"{where}: mã trùng hoặc không đúng."
    if question.kind is QuestionKind.YES_NO and question.sound not in {"", "yes", "no"}:
        yield f"{where}: “sound” là yes hoặc no."
    if question.registry and question.registry not in REGISTRY:
        yield f"{where}: sổ thủ tục không có “{question.registry}”."
    if question.when and question.when.question not in seen:
        yield f"{where}: câu {question.when.question} phải đứng trước."
