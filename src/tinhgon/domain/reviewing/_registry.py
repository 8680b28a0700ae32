"""What the registry knows of a procedure that a review asks too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tinhgon.domain.procedures import (
    Manner,
    Part,
    Record,
    Unit,
    basis_words,
    duration_words,
    figure_words,
    has_fee,
)
from tinhgon.domain.vntext import fold, format_date, format_number

from ._benchmark import Profile

_OPINION = ("lay y kien", "xin y kien", "cho y kien", "gop y", "tham tra", "tham dinh", "kiem tra")


@dataclass(frozen=True, slots=True)
class Twin:
    """Another procedure that says the same: its key in the registry, its name and agency."""

    key: str
    name: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What is known of a procedure beside its record.

    `cases` is how many there were in the last two years, None where nobody knows. `elsewhere` are
    the same procedure of other agencies, `twins` other procedures that say the same.
    """

    on: date
    cases: int | None = None
    elsewhere: tuple[Profile, ...] = ()
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the registry says: the answer that follows, and its own words."""

    value: str
    words: str


def registry_entry(name: str, record: Record, facts: Facts) -> Entry | None:
    """
    Return what the registry says in answer to a question; None where it says nothing.

    :raises KeyError: if there is no such name in `REGISTRY`.
    """
    return REGISTRY[name](record, facts)


def says_opinion(text: str) -> bool:
    """Return whether a step, by its words, asks somebody else to look at the matter."""
    return any(words in fold(text) for words in _OPINION)


def _yes(*, holds: bool, words: str) -> Entry:
    return Entry("yes" if holds else "no", words)


def _sets(record: Record, _: Facts) -> Entry | None:
    sets = record.dossier_sets
    return Entry(str(sets), f"{figure_words(sets)} bộ") if sets else None


def _fee(record: Record, _: Facts) -> Entry | None:
    return _yes(holds=has_fee(record), words=record.fee) if record.fee.strip() else None


def _form(record: Record, _: Facts) -> Entry:
    names = [form.name for form in record.forms]
    names += [paper.form for paper in record.papers if paper.form]
    return _yes(holds=bool(names), words="; ".join(dict.fromkeys(names)) or "không có mẫu nào")


def _conditions(record: Record, _: Facts) -> Entry:
    number = len(record.conditions)
    words = f"{figure_words(number)} yêu cầu, điều kiện" if number else "không có"
    return _yes(holds=bool(number), words=words)


def _actors(record: Record, _: Facts) -> Entry | None:
    return _steps(record, [s.number for s in record.steps if not s.actor.strip()], "ai thực hiện")


def _times(record: Record, _: Facts) -> Entry | None:
    return _steps(record, [s.number for s in record.steps if not s.duration], "thời gian")


def _steps(record: Record, without: list[int], what: str) -> Entry | None:
    if not record.steps:
        return None
    names = ", ".join(str(number) for number in without)
    words = f"bước {names} chưa ghi {what}" if without else f"bước nào cũng ghi {what}"
    return _yes(holds=not without, words=words)


def _opinion(record: Record, _: Facts) -> Entry | None:
    if not record.steps:
        return None
    names = ", ".join(str(step.number) for step in record.steps if says_opinion(step.what))
    words = f"bước {names} có kiểm tra, lấy ý kiến" if names else "không có bước nào như vậy"
    return _yes(holds=bool(names), words=words)


def _e_office(record: Record, _: Facts) -> Entry | None:
    if not record.manners:
        return None
    by_net = Manner.E_OFFICE in record.manners
    words = "có gửi, nhận qua hệ thống" if by_net else "không có cách gửi, nhận qua hệ thống"
    return _yes(holds=by_net, words=words)


def _limit(record: Record, _: Facts) -> Entry:
    limit = record.time_limit
    words = duration_words(limit) or record.time_limit_text or "chưa ghi thời hạn"
    return _yes(holds=limit is not None, words=words)


def _working_time(record: Record, _: Facts) -> Entry | None:
    limit = record.time_limit
    if limit is None:
        return None
    return _yes(holds=limit.unit in (Unit.WORKING_DAY, Unit.HOUR), words=duration_words(limit))


def _decides(record: Record, _: Facts) -> Entry:
    names = [body.name for body in record.bodies if body.part is Part.DECIDING]
    return _yes(holds=bool(names), words="; ".join(names) or "chưa ghi cơ quan quyết định")


def _cooperates(record: Record, _: Facts) -> Entry:
    names = [body.name for body in record.bodies if body.part is Part.COOPERATING]
    return _yes(holds=bool(names), words="; ".join(names) or "không có cơ quan phối hợp")


def _bases(record: Record, facts: Facts) -> Entry | None:
    """Only what has ended is known: of the others nobody said that they still hold."""
    ended = [
        f"{basis_words(basis)} hết hiệu lực từ ngày {format_date(basis.ended_on)}"
        for basis in record.bases
        if basis.ended_on and not basis.holds_on(facts.on)
    ]
    return _yes(holds=False, words="; ".join(ended)) if ended else None


def _duplicate(_: Record, facts: Facts) -> Entry | None:
    names = [f"{twin.name} ({twin.agency})" if twin.agency else twin.name for twin in facts.twins]
    return _yes(holds=True, words="; ".join(names)) if names else None


def _cases(_: Record, facts: Facts) -> Entry | None:
    if facts.cases is None:
        return None
    return Entry(str(facts.cases), f"{format_number(facts.cases)} hồ sơ")


REGISTRY: Mapping[str, Callable[[Record, Facts], Entry | None]] = {
    "dossier_sets": _sets,
    "has_fee": _fee,
    "has_form": _form,
    "has_conditions": _conditions,
    "every_step_has_actor": _actors,
    "every_step_has_time": _times,
    "asks_opinion": _opinion,
    "goes_by_e_office": _e_office,
    "has_time_limit": _limit,
    "counts_working_time": _working_time,
    "says_who_decides": _decides,
    "others_cooperate": _cooperates,
    "bases_in_force": _bases,
    "has_duplicate": _duplicate,
    "cases": _cases,
}
"""Name that a question may give → what the registry says of it."""
