from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.domain.vntext import format_number

from ._fact import Fact
from ._figures import COUNTS, Line, line_of, round_counts

Numbers = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not fit, in words; `procedure` where one row is meant, 0 for the table."""

    words: str
    procedure: int = 0


@dataclass(frozen=True, slots=True)
class _Sum:
    """The parts must add up to the whole."""

    parts: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class _AtMost:
    """The first must not exceed the second."""

    less: str
    more: str


_SUMS = (
    _Sum(("loai-a", "loai-b"), "cong-bo"),
    _Sum(("bai-bo", "gop"), "cat-giam"),
    _Sum(("cat-giam", "don-gian-hoa"), "cat-giam-don-gian-hoa"),
    _Sum(("thuc-thi", "chua-thuc-thi"), "cat-giam-don-gian-hoa"),
    _Sum(("tiet-kiem", "chi-phi-sau"), "chi-phi-truoc"),
)
_AT_MOST = (
    _AtMost("con-hieu-luc", "cong-bo"),
    _AtMost("bo-sung", "cong-bo"),
    _AtMost("pham-vi", "cong-bo"),
    _AtMost("ra-soat", "cong-bo"),
    _AtMost("phe-duyet", "ra-soat"),
    _AtMost("phe-duyet", "co-phuong-an"),
    _AtMost("thuc-thi", "phe-duyet"),
    _AtMost("tiet-kiem", "chi-phi-truoc"),
)


def check_line(line: Line) -> list[Finding]:
    """Return where the figures of one line of Biểu 1 contradict one another."""
    numbers = line.numbers
    found = [
        Finding(f"{_sum_words(each, numbers)} không bằng {_words(each.whole, numbers)}.")
        for each in _SUMS
        if sum(numbers[part] for part in each.parts) != numbers[each.whole]
    ]
    return found + [
        Finding(f"{_words(each.less, numbers)} lớn hơn {_words(each.more, numbers)}.")
        for each in _AT_MOST
        if numbers[each.less] > numbers[each.more]
    ]


def _words(key: str, numbers: Numbers) -> str:
    return f"{COUNTS[key].words} ({format_number(numbers[key])})"


def _sum_words(each: _Sum, numbers: Numbers) -> str:
    return "Tổng " + " + ".join(_words(part, numbers) for part in each.parts)


def check_rows(line: Line, facts: Sequence[Fact]) -> list[Finding]:
    """Return the figures of a line of Biểu 1 that the rows of Biểu 2 do not add up to."""
    rounds = {each.key: each for each in round_counts(facts)}
    added = line_of(facts, rounds.values()).numbers
    names = {**COUNTS, **rounds}
    return [
        Finding(
            f"Biểu 1 ghi {names[key].words if key in names else key} {format_number(number)}, cộng "
            f"các dòng của Biểu 2 được {format_number(added.get(key, Decimal(0)))}."
        )
        for key, number in line.numbers.items()
        if added.get(key, Decimal(0)) != number
    ]


def _unproved(fact: Fact) -> bool:
    return fact.published is not None and not fact.published.words


def _approved_unreviewed(fact: Fact) -> bool:
    return fact.counts is not None and not fact.is_reviewed


def _saves_too_much(fact: Fact) -> bool:
    return fact.before is not None and fact.saved > fact.before


def _costs_more(fact: Fact) -> bool:
    return fact.saved < 0


def _done_without_proof(fact: Fact) -> bool:
    # What a publication decision alone carried out has no text of its own.
    return fact.is_carried_out and not fact.carried_out and fact.published is None


_ROWS: tuple[tuple[Callable[[Fact], bool], str], ...] = (
    (_unproved, "chưa có quyết định công bố trong hệ thống"),
    (_approved_unreviewed, "đã phê duyệt phương án nhưng chưa có kết quả rà soát được xác nhận"),
    (_saves_too_much, "chi phí tiết kiệm lớn hơn chi phí trước đơn giản hóa"),
    (_costs_more, "chi phí sau đơn giản hóa cao hơn trước"),
    (_done_without_proof, "đã thực thi nhưng không có văn bản chứng minh"),
)


def check_facts(facts: Iterable[Fact]) -> Iterator[Finding]:
    """Yield what does not fit in single rows of Biểu 2, and procedures that stand there twice."""
    seen: Counter[int] = Counter()
    for fact in facts:
        seen[fact.procedure] += 1
        if seen[fact.procedure] == 2:
            yield Finding(f"“{fact.name}” có ở hai cơ quan báo cáo.", fact.procedure)
        for fails, words in _ROWS:
            if fails(fact):
                yield Finding(f"“{fact.name}”: {words}.", fact.procedure)
