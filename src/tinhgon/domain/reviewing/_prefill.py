"""What need not be asked: the registry knows it, or the last round said it of the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tinhgon.domain.procedures import Record
from tinhgon.domain.vntext import fold

from ._answers import Answer, Asked, NotAnAnswer, Source, clean, every_question, rows_of
from ._questionnaire import QuestionKind, Questionnaire
from ._registry import Facts, registry_entry

_RECORD_SAYS = "Sổ thủ tục ghi: {words}."


@dataclass(frozen=True, slots=True)
class Former:
    """The review of the same procedure in an earlier round: the record then, and its answers."""

    record: Record
    answers: Mapping[str, Answer]


def prefill(
    questionnaire: Questionnaire, record: Record, facts: Facts, former: Former | None = None
) -> dict[str, Answer]:
    """
    Return the answers that are known before anybody was asked.

    What an earlier round said stands, unless the part of the record it speaks of has changed: then
    it comes along to be looked at again. The registry goes before an earlier answer that it
    contradicts.
    """
    found: dict[str, Answer] = {}
    said = former.answers if former else {}
    for each in every_question(questionnaire, record, said):
        carried = _carried(each, record, former) if former else None
        known = _known(each, record, facts)
        if known and not (carried and carried.value == known.value and not carried.again):
            found[each.key] = known
        elif carried:
            found[each.key] = carried
    return found


def renew(
    questionnaire: Questionnaire,
    record: Record,
    facts: Facts,
    *,
    old: Record,
    answers: Mapping[str, Answer],
) -> dict[str, Answer]:
    """
    Return the answers of a review that goes on with another version of the procedure.

    All are kept. What speaks of a part that has changed is to be looked at again; what only came
    from the registry follows it.
    """
    found = prefill(questionnaire, record, facts, Former(old, answers))
    for key, answer in found.items():
        before = answers.get(key)
        if before and answer.source is Source.FORMER:
            found[key] = replace(answer, source=before.source, by=before.by, at=before.at)
    return found


def _known(each: Asked, record: Record, facts: Facts) -> Answer | None:
    name = each.question.registry
    entry = registry_entry(name, record, facts) if name else None
    if entry is None:
        return None
    has_reason = each.question.kind is QuestionKind.YES_NO
    reason = _RECORD_SAYS.format(words=entry.words.rstrip(". ")) if has_reason else ""
    return Answer(entry.value, reason, Source.REGISTRY)


def _carried(each: Asked, record: Record, former: Former) -> Answer | None:
    answer = former.answers.get(_former_key(each, record, former.record))
    if answer is None and each.is_name:
        return _named(each, former)
    if answer is None or answer.is_empty:
        return None
    try:
        clean(each.question, answer.value, answer.reason)
    except NotAnAnswer:
        return None  # the question is of another kind now
    part = each.section.part
    changed = each.question.each is None and getattr(record, part) != getattr(former.record, part)
    return replace(answer, source=Source.FORMER, again=changed or answer.again)


def _named(each: Asked, former: Former) -> Answer | None:
    """
    Return a row of a group from the time when all of them were one answer, a line each: to be
    looked at, since where one ends was guessed.
    """
    whole = former.answers.get(each.question.id, Answer())
    lines = [_MARK.sub("", line.strip()) for line in whole.value.splitlines()]
    named = [line for line in lines if line]
    if each.group and len(named) > each.group.most:
        named = [*named[: each.group.most - 1], "; ".join(named[each.group.most - 1 :])]
    if each.number > len(named):
        return None
    return replace(whole, value=named[each.number - 1], source=Source.FORMER, again=True)


_MARK = re.compile(r"^(?:[-–+•*]|[a-zđ]\.?\d+[.):]?|\d+[.)]|[a-zđ]\))\s+")
"""What stands before the items of a list: "a.1", "2)", "-"."""


def _former_key(each: Asked, record: Record, old: Record) -> str:
    """Return the key of the answer about the same row: rows are the same that say the same."""
    if each.question.each is None:
        return each.key
    for target, words in rows_of(old, each.question.each):
        if fold(words) == fold(each.about):
            return f"{each.question.id}@{target}"
    return ""
