"""Where a review does not agree with the registry or with itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from tinhgon.domain.procedures import Record, figure_words

from ._answers import Answer, Asked, asked
from ._lifecycle import Outcome
from ._questionnaire import QuestionKind, Questionnaire, Section
from ._registry import Facts, registry_entry

SAID = {"yes": "Có", "no": "Không"}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not agree, at which question, and what to do."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How a review ends: `into` is the procedure it is merged into, in words or as a key."""

    outcome: Outcome | None = None
    reason: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a review cannot end with its outcome; `key` is the question to look at, or ""."""

    text: str
    key: str = ""


def contradictions(
    questionnaire: Questionnaire, record: Record, facts: Facts, answers: Mapping[str, Answer]
) -> tuple[Contradiction, ...]:
    """Return what does not agree, in the order of the questions; only what was answered counts."""
    every = asked(questionnaire, record, answers)
    found = [
        *(hit for each in every if (hit := _against_registry(each, record, facts, answers))),
        *_clashes(questionnaire, {each.key for each in every}, answers),
        *(hit for s in questionnaire.sections if (hit := _proposal(s, every, answers))),
    ]
    order = {each.key: place for place, each in enumerate(every)}
    return tuple(sorted(found, key=lambda each: order[each.key]))


def _against_registry(
    each: Asked, record: Record, facts: Facts, answers: Mapping[str, Answer]
) -> Contradiction | None:
    name, answer = each.question.registry, answers.get(each.key)
    if not name or answer is None or not answer.value:
        return None
    entry = registry_entry(name, record, facts)
    if entry is None or entry.value == answer.value:
        return None
    said = SAID.get(answer.value) or figure_words(int(answer.value))
    return Contradiction(
        each.key,
        f"Phiếu trả lời “{said}”, sổ thủ tục ghi: {entry.words}. "
        "Sửa câu trả lời, hoặc sửa sổ thủ tục nếu sổ ghi sai.",
    )


def _clashes(
    questionnaire: Questionnaire, keys: Set[str], answers: Mapping[str, Answer]
) -> Iterator[Contradiction]:
    """What was answered before its question fell away agrees and disagrees with nothing."""
    said = {key: answers.get(key, Answer()).value for key in sorted(keys)}
    for clash in questionnaire.clashes:
        # Of a question that is asked for several rows, one such answer is enough.
        hits = [
            next((k for k, v in said.items() if k.partition("@")[0] == ident and v == value), "")
            for ident, value in clash.answers.items()
        ]
        if all(hits):
            yield Contradiction(hits[-1], clash.text)


def _proposal(
    section: Section, every: tuple[Asked, ...], answers: Mapping[str, Answer]
) -> Contradiction | None:
    proposed = answers.get(section.proposal, Answer()).value
    of_section = [each for each in every if each.section is section]
    judged = [
        (each, answers.get(each.key, Answer()).value)
        for each in of_section
        if each.question.sound and each.question.kind is not QuestionKind.PROPOSAL
    ]
    unsound = [each.question.id for each, value in judged if value not in {"", each.question.sound}]
    if proposed == Outcome.KEEP and unsound:
        names = ", ".join(dict.fromkeys(unsound))
        return Contradiction(
            section.proposal,
            f"Trả lời câu {names} cho thấy có điều phải sửa, nhưng đề xuất giữ nguyên. "
            "Xem lại câu trả lời hoặc đề xuất.",
        )
    all_sound = bool(judged) and not unsound and all(value for _, value in judged)
    if proposed not in {"", Outcome.KEEP} and all_sound:
        return Contradiction(
            section.proposal,
            "Không câu trả lời nào cho thấy có điều phải sửa, nhưng đề xuất không giữ nguyên. "
            "Xem lại câu trả lời hoặc đề xuất.",
        )
    return None


def outcome_faults(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], conclusion: Conclusion
) -> tuple[Fault, ...]:
    """Return why the outcome cannot stand beside what was proposed part by part; none: it can."""
    return (*_unsaid(conclusion), *_against_proposals(questionnaire, answers, conclusion.outcome))


def _unsaid(conclusion: Conclusion) -> Iterator[Fault]:
    if conclusion.outcome is None:
        yield Fault("Chưa chọn kết quả rà soát.")
        return
    if not conclusion.reason.strip():
        yield Fault("Chưa ghi lý do của kết quả rà soát.")
    if conclusion.outcome is Outcome.MERGE and not conclusion.into:
        yield Fault("Chưa chọn thủ tục sẽ gộp vào.")


_CHANGING = {Outcome.AMEND: "sửa đổi, bổ sung", Outcome.REPLACE: "thay thế"}


def _against_proposals(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], outcome: Outcome | None
) -> Iterator[Fault]:
    proposed = {s: answers.get(s.proposal, Answer()).value for s in questionnaire.sections}
    changed = [s for s, value in proposed.items() if value not in {"", Outcome.KEEP}]
    need = next(s for s in questionnaire.sections if s.id == questionnaire.necessity)
    if outcome is Outcome.KEEP and changed:
        names = ", ".join(section.title.lower() for section in changed)
        yield Fault(
            f"Kết quả là giữ nguyên nhưng có phần đề xuất thay đổi: {names}.", changed[0].proposal
        )
    if outcome in _CHANGING and not changed:
        yield Fault(f"Kết quả là {_CHANGING[outcome]} nhưng mọi phần đều đề xuất giữ nguyên.")
    if outcome is Outcome.AMEND and proposed[need] == Outcome.ABOLISH:
        yield Fault("Phần sự cần thiết đề xuất bãi bỏ nhưng kết quả là sửa đổi.", need.proposal)
    if outcome is Outcome.ABOLISH and proposed[need] in {Outcome.KEEP, Outcome.AMEND}:
        yield Fault(
            "Kết quả là bãi bỏ nhưng phần sự cần thiết không đề xuất bãi bỏ.", need.proposal
        )
