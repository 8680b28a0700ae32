"""Numbers to be reached or delivered: "ít nhất 20% TTHC", "59 TTHC", "20 - 30% thời gian"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ._model import Target
from ._words import (
    Span,
    Token,
    alternatives,
    clauses,
    depths,
    fold,
    lexicon,
    tokens,
    trimmed,
    words,
)

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_AT_LEAST = r"ít nhất|tối thiểu|không dưới|không ít hơn|từ|trên|đạt trên|hơn|≥|>"
_AT_MOST = r"tối đa|không quá|dưới|không vượt quá|nhiều nhất|≤|<"
# "trên 03 số báo", "từ 5 xã" tell where, not how many at least.
_COUNTED = r"ít nhất|tối thiểu|không dưới|không ít hơn|tối đa|không quá|nhiều nhất"
_PERCENT = re.compile(
    rf"(?P<op>{_AT_LEAST}|{_AT_MOST})?\s*(?P<low>{_NUMBER})\s*%?\s*(?:(?:-|–"
    rf"|đến)\s*(?P<high>{_NUMBER})\s*)?(?P<unit>%)(?P<more>\s+trở\s+lên)?"
)
# "05 xã" mostly describes; "ít nhất 05 xã" is a target.
_ONLY_BOUND = words("countable_when_bound")
_UNITS = "|".join((alternatives("countable"), alternatives("countable_when_bound")))
_COUNT = re.compile(
    rf"(?:(?P<op>{_COUNTED})\s+)?(?<![\w/.,\-–])(?P<low>{_NUMBER})(?:\s*(?:-"
    rf"|–|đến)\s*(?P<high>{_NUMBER}))?(?:\s*\([^()]*\))?\s*(?P<unit>{_UNITS})(?!\w)"
)
# What stands before a number that only describes or cites.
_NOT_BEFORE = re.compile(
    r"(?<!\w)(?:số|điều|khoản|(?<!dứt )điểm|mục|ngày|tháng|năm|phụ lục|lần thứ|cấp độ|nhóm|quá|mức"
    r"|trong|về|giai đoạn|hỗ trợ)\s*$"
)
_OF_LAWS = re.compile(r"của\s*$")  # "một số điều của 37 văn bản"
_CUT_BEFORE = re.compile(r"[,;:](?!\d|/)\s*|\bbảo đảm\s+|\bđảm bảo\s+")
_VERBS, _ADVERBS = lexicon()["verbs"], lexicon()["adverbs"]
_PAST = re.compile(r"(?:^|\W)(?:đã|hiện có|hiện nay|chiếm|mới đạt|chỉ có|tính đến)(?:\W|$)")


def targets(text: str) -> tuple[Target, ...]:
    """Return the targets in the words of one task."""
    folded, depth = fold(text), depths(text)
    found: list[tuple[int, Target]] = []
    for clause in clauses(text):
        found += _percents(text, folded, clause)
        found += _counts(text, folded, depth, clause)
    return tuple(target for _, target in sorted(found, key=lambda item: item[0]))


def _counts(text: str, folded: str, depth: Sequence[int], clause: Span) -> list[tuple[int, Target]]:
    found: list[tuple[int, Target]] = []
    bound, end = None, 0
    for m in _COUNT.finditer(folded, clause.start, clause.end):
        # "ít nhất 03 phòng, 05 xã": what binds the first number binds the next one too.
        goes_on = re.fullmatch(r"(?:\s\w+){0,5}(?:,| và)\s*", folded[end : m.start()])
        bound = m["op"] or (bound if goes_on else None)
        end = m.end()
        if depth[m.start("low")] == 0 and not _describes(folded, m, clause.start, bound):
            found.append((m.start(), _target(text, m, clause, _op(bound, None))))
    return found


def _percents(text: str, folded: str, clause: Span) -> list[tuple[int, Target]]:
    found: list[tuple[int, Target]] = []
    op: str | None = None
    for m in _PERCENT.finditer(folded, clause.start, clause.end):
        if _PAST.search(folded[_phrase_start(text, m.start(), clause.start) : m.start()]):
            continue
        # "ít nhất 20% TTHC, 20% chi phí": what binds the first number binds the next one too.
        op = _op(m["op"], m["more"]) or op
        found.append((m.start(), _target(text, m, clause, op)))
    return found


def _describes(folded: str, m: re.Match[str], start: int, bound: str | None) -> bool:
    """Say whether the count is background or belongs to a citation."""
    before = folded[start : m.start("low")]
    if m["unit"] in _ONLY_BOUND and not bound:
        return True
    if m["unit"] in ("giờ", "người", "km", "triệu đồng", "tỷ đồng", "ha") and not bound:
        return True
    number_of_issues = m["unit"] == "số" and "liên tiếp" not in folded[m.end() : m.end() + 12]
    if m["unit"] in ("văn bản", "nghị quyết") and _OF_LAWS.search(before):
        return True
    return bool(_NOT_BEFORE.search(before) or _PAST.search(before[-40:]) or number_of_issues)


def _op(word: str | None, more: str | None) -> str | None:
    if more or (word and re.fullmatch(_AT_LEAST, word)):
        return ">="
    return "<=" if word else None


def _number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def _target(text: str, m: re.Match[str], clause: Span, op: str | None) -> Target:
    span = _metric(text, m, clause)
    high = _number(m["high"]) if m["high"] else None
    unit = "%" if m["unit"] == "%" else text[m.start("unit") : m.end("unit")]
    return Target(span.of(text), _number(m["low"]), unit, op, high)


def _phrase_start(text: str, at: int, start: int) -> int:
    """Return where the phrase around a number begins: behind the last comma."""
    cuts = [i.end() for i in _CUT_BEFORE.finditer(text, start, at)]
    return cuts[-1] if cuts else start


def _metric(text: str, m: re.Match[str], clause: Span) -> Span:
    """
    Return the words that say what is counted: from the last verb before the number up to the next
    verb or the end of the clause.
    """
    begin = _phrase_start(text, m.start(), clause.start)
    toks = [t for t in tokens(text) if begin <= t.start < clause.end]
    start, k = begin, 0
    while k < len(toks) and toks[k].end <= m.start():
        size = _VERBS.match(toks, k)
        if size > 1:  # "trình" alone is more often half of "quy trình"
            start = toks[k].start
        k += max(size, 1)
    ends = (t.start for k, t in enumerate(toks) if t.start >= m.end() and _ends(toks, k))
    span = trimmed(text, start, next(ends, clause.end), " \t\n,;.:(")
    words = span.of(text)
    return Span(span.start, span.start + len(words.removesuffix(" và")))


def _ends(toks: Sequence[Token], k: int) -> bool:
    """Say whether what is counted ends before token `k`."""
    token = toks[k]
    if token.text in (";", "(", "."):
        return True
    behind_joint = k > 0 and toks[k - 1].text in (",", "và")
    if behind_joint and token.text[0].isdigit():
        return True
    verb = _VERBS.match(toks, k) or _ADVERBS.match(toks, k)
    return (bool(verb) and behind_joint) or token.text in (
        "đảm",
        "bảo",
        "hoàn",
        "trước",
        "theo",
        "đã",
    )
