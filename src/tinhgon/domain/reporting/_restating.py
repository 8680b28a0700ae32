from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.domain.vntext import format_date, format_number

from ._fact import Fact, Proof
from ._figures import COUNTS, Line


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a row says otherwise now: its label, what was told, what is known now."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A procedure of which the records say otherwise than the edition did."""

    procedure: int
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that changed from one edition to the next."""

    key: str
    words: str
    was: Decimal
    now: Decimal


def _proof(proof: Proof | None) -> str:
    if proof is None:
        return ""
    day = f" ngày {format_date(proof.on)}" if proof.on else ""
    return f"{proof.words}{day}".strip()


def _money(value: Decimal | None) -> str:
    return "" if value is None else f"{format_number(value, 0)} đồng"


def _yes(value: object) -> str:
    return "có" if value else "không"


def _reviews(fact: Fact) -> str:
    return "; ".join(f"{each.name}: {each.outcome}" for each in fact.reviews if each.outcome)


_PARTS: tuple[tuple[str, Callable[[Fact], str]], ...] = (
    ("Tên thủ tục", lambda fact: fact.name),
    ("Cơ quan", lambda fact: fact.agency_name),
    ("Lĩnh vực", lambda fact: fact.field),
    ("Quyết định công bố", lambda fact: _proof(fact.published)),
    ("Còn hiệu lực", lambda fact: _yes(fact.is_in_force)),
    ("Công bố bổ sung", lambda fact: _yes(fact.is_supplementary)),
    ("Thuộc phạm vi rà soát", lambda fact: _yes(fact.is_listed)),
    ("Kết quả rà soát", _reviews),
    ("Có phương án", lambda fact: _yes(fact.is_planned)),
    ("Quyết định phê duyệt", lambda fact: _proof(fact.approved)),
    ("Nội dung đơn giản hóa", lambda fact: fact.measures),
    ("Chi phí trước", lambda fact: _money(fact.before)),
    ("Chi phí tiết kiệm", lambda fact: _money(fact.saved)),
    ("Đã thực thi", lambda fact: _yes(fact.is_carried_out)),
    ("Văn bản thực thi", lambda fact: "; ".join(map(_proof, fact.carried_out))),
    ("Chưa thực thi, lý do", lambda fact: fact.open_reason),
)


def changed_facts(was: Iterable[Fact], now: Iterable[Fact]) -> list[Changed]:
    """Return the procedures of which two sets of facts say something else, in their order."""
    old = {fact.procedure: fact for fact in was}
    new = {fact.procedure: fact for fact in now}
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        before, after = old.get(key), new.get(key)
        if before != after and (known := after or before):
            found.append(Changed(key, known.name, _parts(before, after)))
    return found


def _parts(before: Fact | None, after: Fact | None) -> tuple[Part, ...]:
    if before is None:
        return (Part("Thủ tục", "chưa có trong báo cáo", "có"),)
    if after is None:
        return (Part("Thủ tục", "có trong báo cáo", "không còn"),)
    pairs = ((label, words(before), words(after)) for label, words in _PARTS)
    return tuple(Part(label, was, now) for label, was, now in pairs if was != now)


def moved_figures(was: Line, now: Line, words: Mapping[str, str]) -> list[Moved]:
    """
    Return the figures that differ, in the order of the table.

    `words` names the figures of rounds, which the table does not know.
    """
    names = {key: each.words for key, each in COUNTS.items()} | dict(words)
    keys = [*was.numbers, *(key for key in now.numbers if key not in was.numbers)]
    nothing = Decimal(0)
    pairs = ((key, was.numbers.get(key, nothing), now.numbers.get(key, nothing)) for key in keys)
    return [Moved(key, names.get(key, key), old, new) for key, old, new in pairs if old != new]
