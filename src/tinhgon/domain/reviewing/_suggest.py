"""Suggestions: rules as data over a record and what is known of it, each with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from tinhgon.domain.procedures import (
    COPY_WORDS,
    CopyKind,
    Manner,
    Part,
    Record,
    Step,
    basis_words,
    duration_words,
    figure_words,
)
from tinhgon.domain.vntext import fold, format_date

from ._benchmark import Measured, amount, as_duration
from ._registry import Facts

_DECIDES = (Part.DECIDING, Part.DELEGATED, Part.EXECUTING)
_SHORTEST_NAME = 6  # letters: a shorter name of an agency is found in too many others


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of `rules.toml`. `measure`: the value of a MeasureKind of domain.simplification."""

    id: str
    check: str
    measure: str
    text: str
    data: Mapping[str, Any]

    def words(self, folded: str) -> bool:
        """Return whether a folded text has one of the rule's words."""
        return any(each in folded for each in self.data["words"])


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    Gợi ý: which rule found what (`reason`), and the measure that it proposes.

    `measure`, `target` and `value` are those of domain.simplification.Measure.
    """

    rule: str
    reason: str
    measure: str
    target: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Hit:
    """What a check found: the words of the text, and what the measure acts on."""

    words: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules that the software ships with, in the order in which they are shown."""
    return read_rules(resources.files(__package__).joinpath("rules.toml").read_bytes())


def read_rules(data: bytes) -> tuple[Rule, ...]:
    """
    Read rules in TOML (UTF-8), as `rules.toml` beside this module.

    :raises ValueError: if a rule lacks a field or checks something unknown.
    """
    rules = []
    for entry in tomllib.loads(data.decode())["rule"]:
        try:
            rule = Rule(entry["id"], entry["check"], entry["measure"], entry["text"], entry)
        except KeyError as e:
            raise ValueError(f"rule without {e.args[0]}: {entry}") from e
        if rule.check not in _CHECKS:
            raise ValueError(f"rule {rule.id} checks something unknown: {rule.check}")
        rules.append(rule)
    return tuple(rules)


def suggestions(
    record: Record, facts: Facts, rules: Sequence[Rule] | None = None
) -> tuple[Suggestion, ...]:
    """
    Return what the rules find in a record, each with its reason, in the order of the rules.

    What is found twice of one part with one measure is said once, by the first rule.
    """
    found: dict[tuple[str, str], Suggestion] = {}
    for rule in shipped_rules() if rules is None else rules:
        for hit in _CHECKS[rule.check](rule, record, facts):
            reason = rule.text.format_map(hit.words)
            made = Suggestion(rule.id, reason, rule.measure, hit.target, hit.value)
            key = (rule.measure, hit.target or f"{rule.id} {reason}")
            found.setdefault(key, made)
    return tuple(found.values())


def _no_case(_rule: Rule, _record: Record, facts: Facts) -> Iterator[_Hit]:
    if facts.cases == 0:
        yield _Hit()


def _duplicate(_rule: Rule, _record: Record, facts: Facts) -> Iterator[_Hit]:
    for twin in facts.twins[:1]:
        agency = f" của {twin.agency}" if twin.agency else ""
        yield _Hit({"name": twin.name, "agency": agency}, value={"into": twin.name})


def _expired_basis(_rule: Rule, record: Record, facts: Facts) -> Iterator[_Hit]:
    for basis in record.bases:
        if basis.ended_on and not basis.holds_on(facts.on):
            yield _Hit({"basis": basis_words(basis), "day": format_date(basis.ended_on)})


def _own_paper(_rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    bodies = [body.name for body in record.bodies if body.part in _DECIDES]
    named = [name for name in bodies if len(fold(name)) >= _SHORTEST_NAME]
    for number, paper in enumerate(record.papers, 1):
        folded = fold(paper.name)
        body = next((name for name in named if _issued_by(fold(name), folded)), "")
        if not body:
            body = next((s.actor for s in record.steps if _makes(s, folded, bodies)), "")
        if body:
            yield _Hit({"paper": paper.name, "body": body}, f"paper:{number}")


_ADDRESSED = re.compile(
    r"\b(?:gui|de nghi|xin|(?<!to )(?<!chuong )(?<!cong )(?<!quy )(?<!qua )trinh)\b"
)


def _issued_by(body: str, paper: str) -> bool:
    """
    Return whether a paper is one of the body itself: "văn bản thẩm định của Sở Nội vụ".

    Not where it is sent to the body: whose name stands behind "gửi" or "đề nghị" receives it.
    """
    found = re.search(rf"\b(?:cua|do) {re.escape(body)}(?!\w)", paper)
    return found is not None and not _ADDRESSED.search(paper, 0, found.start())


def _makes(step: Step, paper: str, bodies: Sequence[str]) -> bool:
    """Return whether a body that decides makes the paper itself in this step."""
    product = fold(step.product)
    return bool(product) and product == paper and fold(step.actor) in {fold(b) for b in bodies}


def _known_paper(rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    for number, paper in enumerate(record.papers, 1):
        for known in rule.data["known"]:
            if any(words in fold(paper.name) for words in known["words"]):
                yield _Hit({"paper": paper.name, "source": known["source"]}, f"paper:{number}")
                break


def _sets(_rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    if (record.dossier_sets or 0) > 1:
        words = {"sets": figure_words(record.dossier_sets or 0)}
        yield _Hit(words, "dossier_sets", {"sets": 1})


def _paper_form(_rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    if Manner.E_OFFICE not in record.manners:
        return
    for number, paper in enumerate(record.papers, 1):
        if paper.copy is not CopyKind.ELECTRONIC:
            words = {"paper": paper.name, "copy": COPY_WORDS[paper.copy].lower()}
            yield _Hit(words, f"paper:{number}")


def _no_e_office(_rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    if record.manners and Manner.E_OFFICE not in record.manners:
        yield _Hit(target="manners")


def _no_product(_rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    """Only where other steps say theirs: else the record is just not filled in."""
    if any(step.product.strip() for step in record.steps):
        for step in record.steps:
            if not step.product.strip():
                yield _Hit({"step": str(step.number)}, f"step:{step.number}")


def _same_actor(_rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    for one, two in pairwise(record.steps):
        if one.actor.strip() and fold(one.actor) == fold(two.actor):
            yield _Hit(
                {"first": str(one.number), "second": str(two.number), "actor": two.actor},
                f"step:{one.number}",
                {"with": [f"step:{two.number}"]},
            )


def _opinion_twice(rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    asking = [step for step in record.steps if rule.words(fold(step.what))]
    for step in asking[1:]:
        words = {"first": str(asking[0].number), "second": str(step.number)}
        yield _Hit(words, f"step:{step.number}")


def _long_limit(rule: Rule, record: Record, facts: Facts) -> Iterator[_Hit]:
    limit = record.time_limit
    if limit is None:
        return
    amounts = [amount(each, Measured.TIME, like=limit) for each in facts.elsewhere]
    known = sorted(value for value in amounts if value is not None)
    if len(known) < rule.data["fewest"]:
        return
    middle = as_duration(known[(len(known) - 1) // 2], limit)
    if limit.amount > middle.amount * Decimal(rule.data["times"]):
        words = {
            "ours": duration_words(limit),
            "others": figure_words(len(known)),
            "middle": duration_words(middle),
        }
        plain = {"amount": format(middle.amount.normalize(), "f"), "unit": middle.unit.value}
        yield _Hit(words, "time_limit", plain)


def _vague_condition(rule: Rule, record: Record, _facts: Facts) -> Iterator[_Hit]:
    for number, condition in enumerate(record.conditions, 1):
        if rule.words(fold(condition)):
            yield _Hit({"condition": condition}, f"condition:{number}")


_CHECKS: Mapping[str, Callable[[Rule, Record, Facts], Iterator[_Hit]]] = {
    "no_case": _no_case,
    "duplicate": _duplicate,
    "expired_basis": _expired_basis,
    "own_paper": _own_paper,
    "known_paper": _known_paper,
    "sets": _sets,
    "paper_form": _paper_form,
    "no_e_office": _no_e_office,
    "no_product": _no_product,
    "same_actor": _same_actor,
    "opinion_twice": _opinion_twice,
    "long_limit": _long_limit,
    "vague_condition": _vague_condition,
}
