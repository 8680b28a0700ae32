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
_GROUP_ID = re.compile(r"[a-z]")
_MOST_OF_A_GROUP = 20
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
class Group:
    """
    Rows that whoever reviews names himself, such as the goals of a procedure: `title` says what one
    is, the answers to the question `names` are their names, and there are `most` at the most.
    """

    id: str
    title: str
    names: str
    most: int


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question. `sound` is the answer after which nothing has to change; `registry` names what the
    registry knows of it (`_registry.REGISTRY`), to fill it in and to compare with. It is asked for
    each row of the record (`each`), or for each row of its `groups`, or once.
    """

    id: str
    text: str
    kind: QuestionKind
    help: str = ""
    sound: str = ""
    each: Each | None = None
    groups: tuple[str, ...] = ()
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
    groups: tuple[Group, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """As it was read: plain values that go into JSON and come back by `make_questionnaire`."""

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {each.id: each for section in self.sections for each in section.questions}

    def groups_of(self, question: Question) -> tuple[Group, ...]:
        """Return the groups for each row of which a question is asked."""
        return tuple(group for group in self.groups if group.id in question.groups)


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
            groups=tuple(
                Group(g["id"], g["title"], g["names"], g["most"]) for g in content.get("group", [])
            ),
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
            groups=tuple(entry.get("groups", ())),
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
    yield from _group_faults(made)
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


def _group_faults(made: Questionnaire) -> Iterator[str]:
    known = {group.id: group for group in made.groups}
    for group in made.groups:
        naming = made.questions.get(group.names)
        if naming is None or naming.kind is not QuestionKind.TEXT or naming.groups != (group.id,):
            yield f"Nhóm {group.id}: câu {group.names} phải là câu chữ chỉ hỏi cho nhóm này."
        if not _GROUP_ID.fullmatch(group.id) or not 1 <= group.most <= _MOST_OF_A_GROUP:
            yield f"Nhóm {group.id}: mã hoặc số dòng không đúng."
    if len(known) < len(made.groups):
        yield "Có hai nhóm cùng mã."
    yield from _grouped_faults(made, known)


def _grouped_faults(made: Questionnaire, known: Mapping[str, Group]) -> Iterator[str]:
    """Yield what is wrong with questions of groups: rows are named before they are asked about."""
    named: set[str] = set()
    for question in made.questions.values():
        for group_id in question.groups:
            if group_id not in known:
                yield f"Câu {question.id}: không có nhóm {group_id}."
            elif question.id == known[group_id].names:
                named.add(group_id)
            elif group_id not in named:
                yield f"Câu {question.id}: câu {known[group_id].names} phải đứng trước."
        if question.groups and question.each:
            yield f"Câu {question.id}: hỏi cho từng dòng của hồ sơ, hoặc của nhóm, không cả hai."


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
