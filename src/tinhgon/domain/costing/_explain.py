"""Số này từ đâu: any figure unfolds to its formula, the figures used, and who gave them why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tinhgon.domain.vntext import format_date, format_share

from ._cost import Cost, RowCost, compare, cost
from ._enums import Term
from ._model import Note, Row, Sheet, Sides
from ._norms import method_citation
from ._words import (
    CONFIDENCE_WORDS,
    GROUP_WORDS,
    SIDE_WORDS,
    TERM_WORDS,
    figure,
    money,
    term_words,
)

NOW = "Chi phí tuân thủ hiện tại"
AFTER = "Chi phí tuân thủ sau đơn giản hóa"
_MONEY = (Term.SERVICES, Term.FEES)


@dataclass(frozen=True, slots=True)
class Node:
    """
    One figure with its origin, all in words as pages and reports print them.

    `formula` says what it is computed from with the figures put in, `source` who gave it and why;
    `parts` are the figures that it is made of.
    """

    label: str
    value: str
    formula: str = ""
    source: str = ""
    parts: tuple[Node, ...] = ()


def explain_saving(sides: Sides) -> Node:
    """Return the saving with both sides below it."""
    both = compare(sides.now, sides.after)
    ratio = Node(
        "Tỷ lệ cắt giảm chi phí",
        format_share(both.ratio),
        f"{money(both.saved)} : {money(both.now)}" if both.ratio is not None else "",
        "" if both.ratio is not None else "Chi phí hiện tại bằng 0 nên không có tỷ lệ.",
    )
    return Node(
        "Chi phí tiết kiệm",
        f"{money(both.saved)} đồng/năm",
        f"{money(both.now)} − {money(both.after)}",
        method_citation(),
        (ratio, explain(sides.now, NOW), explain(sides.after, AFTER)),
    )


def explain(sheet: Sheet, label: str = NOW) -> Node:
    """Return the yearly cost of one side with its rows below it."""
    found = cost(sheet)
    parts = [explain_row(sheet, each, number) for number, each in enumerate(found.rows, start=1)]
    return Node(
        label,
        f"{money(found.year)} đồng/năm",
        _sum_words(found),
        _scope_words(sheet, found),
        (*parts, _hourly(sheet), *_defaults(sheet)),
    )


def explain_row(sheet: Sheet, found: RowCost, number: int) -> Node:
    """Return the yearly cost of one row with its figures below it."""
    row = found.row
    group = GROUP_WORDS[row.group]
    label = f"{number}. {group}" if row.what in ("", group) else f"{number}. {group}: {row.what}"
    if not found.counted:
        why = row.gone or f"{SIDE_WORDS[row.side]} không tính vào chi phí tuân thủ"
        return Node(label, "0 đồng/năm", source=why)
    used = [term for term in Term if term not in _ALWAYS and sheet.value(row, term)]
    once = Node(
        "Chi phí thực hiện TTHC (01 lần)",
        f"{money(found.once)} đồng",
        _once_words(sheet, row),
        parts=tuple(_term(sheet, row, term) for term in used),
    )
    many = [_term(sheet, row, term) for term in _ALWAYS]
    return Node(
        label,
        f"{money(found.year)} đồng/năm",
        f"{figure(found.once)} đồng × {' × '.join(term.value for term in many)}",
        row.source,
        (once, *many),
    )


_ALWAYS = (Term.TIMES, Term.SUBJECTS)


def text_lines(node: Node, depth: int = 0) -> Iterator[str]:
    """Yield the explanation as lines of text, parts indented below what they make up."""
    formula = f" = {node.formula}" if node.formula else ""
    source = f" ({node.source})" if node.source else ""
    yield f"{'  ' * depth}{node.label}: {node.value}{formula}{source}"
    for part in node.parts:
        yield from text_lines(part, depth + 1)


def note_words(note: Note) -> str:
    """Return "Nguồn: …; người nhập: …, ngày …; lý do: …; …" of one figure, "" of none."""
    by = ", ".join(filter(None, (note.by, f"ngày {format_date(note.on)}" if note.on else "")))
    said = [
        (note.source, f"nguồn: {note.source}"),
        (by, f"người nhập: {by}"),
        (note.reason, f"lý do: {note.reason}"),
        (note.confidence, f"mức tin cậy: {_confidence(note)}"),
        (_ends_words(note), _ends_words(note)),
    ]
    return "; ".join(words for is_said, words in said if is_said)


def _confidence(note: Note) -> str:
    return CONFIDENCE_WORDS[note.confidence].lower() if note.confidence else ""


def _ends_words(note: Note) -> str:
    low = f"thấp nhất {term_words(note.term, note.low)}" if note.low is not None else ""
    high = f"cao nhất {term_words(note.term, note.high)}" if note.high is not None else ""
    return ", ".join(filter(None, (low, high)))


def _term(sheet: Sheet, row: Row, term: Term) -> Node:
    value = sheet.value(row, term)
    if row.value(term) is None:
        return Node(TERM_WORDS[term], term_words(term, value), source="theo số chung của bảng")
    return Node(TERM_WORDS[term], term_words(term, value), source=note_words(row.note(term)))


def _once_words(sheet: Sheet, row: Row) -> str:
    terms = []
    if row.hours:
        hourly = sheet.value(row, Term.HOURLY)
        terms.append(f"{figure(row.hours)} giờ × {figure(hourly)} đồng/giờ")
    terms += [f"{figure(v)} đồng" for i in _MONEY if (v := row.value(i))]
    return " + ".join(terms)


def _sum_words(found: Cost) -> str:
    counted = [each for each in found.rows if each.counted]
    if not counted:
        return ""
    terms = " + ".join(money(each.year) for each in counted)
    gap = found.rounding_gap
    note = f" (cộng các số đã làm tròn lệch {money(abs(gap))} đồng)" if gap else ""
    return f"{terms}{note}"


def _scope_words(sheet: Sheet, found: Cost) -> str:
    sides = "bên thực hiện và bên giải quyết" if sheet.include_deciding else "bên thực hiện"
    hours = figure(round(found.hours_a_year, 2))
    return f"tính cho {sides}; {hours} giờ làm việc một năm"


def _hourly(sheet: Sheet) -> Node:
    norm = sheet.hourly
    said = [
        f"{norm.name}, áp dụng từ ngày {format_date(norm.since)}",
        norm.source,
        "" if norm.is_standard else "không theo phương pháp chuẩn",
        "" if norm.is_verified else "chưa đối chiếu với văn bản gốc",
    ]
    source = "; ".join(filter(None, said))
    return Node(TERM_WORDS[Term.HOURLY], term_words(Term.HOURLY, norm.value), norm.formula, source)


def _defaults(sheet: Sheet) -> Iterator[Node]:
    for term in _ALWAYS:
        source = note_words(sheet.note(None, term))
        yield Node(TERM_WORDS[term], term_words(term, sheet.default(term)), source=source)
