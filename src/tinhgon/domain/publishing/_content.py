"""Phần II of the annex: the full content of one procedure, its parts in the order of the decree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tinhgon.domain.officialdoc import Block, BlockKind, Cell, Source, Table
from tinhgon.domain.procedures import (
    COPY_WORDS,
    MANNER_WORDS,
    PART_WORDS,
    Basis,
    Paper,
    Part,
    Record,
    Step,
    after_words,
    basis_words,
    duration_words,
    figure_words,
)

NOWHERE = Source(1, 1)
NOT_SET = "Không quy định"
NONE = "Không"
_STEPS = ("Bước", "Nội dung công việc", "Người, đơn vị thực hiện", "Thời gian", "Sản phẩm")
_PAPERS = ("STT", "Thành phần hồ sơ", "Hình thức", "Số lượng", "Mẫu, ghi chú")
_BODIES = (Part.DECIDING, Part.DELEGATED, Part.EXECUTING, Part.COOPERATING)


def content_block(record: Record, marker: str) -> Block:
    """
    Return the full content of a procedure as one item of the annex.

    The parts are those of NĐ 63/2010 điều 8 khoản 2 with the legal basis, in the order in which
    decisions print them; one that the record leaves open is printed as such, never left out.
    """
    parts = tuple(
        _part(letter, label, write(record))
        for letter, (label, write) in zip("abcdđeghikl", _PARTS, strict=True)
    )
    return Block(BlockKind.CLAUSE, record.name.rstrip(". "), NOWHERE, marker, parts)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, NOWHERE)


def table_block(rows: Sequence[Sequence[Cell]]) -> Block:
    return Block(BlockKind.TABLE, "", NOWHERE, table=Table(tuple(tuple(row) for row in rows)))


def dashes(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return lines as a list: "- …;", the last with a full stop."""
    return tuple(
        Block(
            BlockKind.DASH, f"{line.rstrip(' ;.')}{'.' if n == len(lines) else ';'}", NOWHERE, "-"
        )
        for n, line in enumerate(lines, start=1)
    )


def _part(letter: str, label: str, value: str | tuple[Block, ...]) -> Block:
    """A short value follows its label in the line, a long one stands below it."""
    if isinstance(value, str):
        text = value.rstrip(" ;.")
        return Block(BlockKind.POINT, f"{label}: {text}.", NOWHERE, f"{letter})")
    return Block(BlockKind.POINT, f"{label}:", NOWHERE, f"{letter})", value)


def _steps(record: Record) -> str | tuple[Block, ...]:
    if not record.steps:
        return NOT_SET
    waits = any(after_words(step) for step in record.steps)
    head = (*_STEPS, "Thứ tự") if waits else _STEPS
    rows = [[Cell(text) for text in head]]
    rows += [[Cell(text) for text in _step(step, waits=waits)] for step in record.steps]
    return (table_block(rows),)


def _step(step: Step, *, waits: bool) -> tuple[str, ...]:
    cells = (
        str(step.number),
        step.what.rstrip(" ;."),
        step.actor,
        duration_words(step.duration),
        step.product,
    )
    return (*cells, after_words(step)) if waits else cells


def _manner(record: Record) -> str | tuple[Block, ...]:
    named = [MANNER_WORDS[manner] for manner in record.manners]
    words = "; ".join(part for part in (*named, record.manner_text.strip()) if part)
    return words or NOT_SET


def _dossier(record: Record) -> str | tuple[Block, ...]:
    sets = f"Số lượng hồ sơ: {_sets(record)}"
    text = [record.dossier_text] if record.dossier_text else []
    if not record.papers:
        listed = [f"Thành phần hồ sơ: {record.dossier_text or NOT_SET}", sets]
        return dashes(listed)
    rows = [[Cell(words) for words in _PAPERS]]
    rows += [
        [Cell(words) for words in _paper(number, paper)]
        for number, paper in enumerate(record.papers, start=1)
    ]
    return (_lead("Thành phần hồ sơ:"), table_block(rows), *dashes([*text, sets]))


def _lead(text: str) -> Block:
    return Block(BlockKind.DASH, text, NOWHERE, "-")


def _paper(number: int, paper: Paper) -> tuple[str, ...]:
    notes = [paper.form, "" if paper.compulsory else "nếu có"]
    return (
        str(number),
        paper.name.rstrip(" ;."),
        COPY_WORDS[paper.copy],
        figure_words(paper.quantity),
        "; ".join(note for note in notes if note),
    )


def _sets(record: Record) -> str:
    return NOT_SET if record.dossier_sets is None else f"{figure_words(record.dossier_sets)} bộ"


def _time_limit(record: Record) -> str | tuple[Block, ...]:
    words = duration_words(record.time_limit)
    return "; ".join(part for part in (words, record.time_limit_text.strip()) if part) or NOT_SET


def _subjects(record: Record) -> str | tuple[Block, ...]:
    return _short_or_listed(record.subjects, NOT_SET)


def _bodies(record: Record) -> str | tuple[Block, ...]:
    listed = []
    for part in _BODIES:
        names = [body.name.rstrip(" ;.") for body in record.bodies if body.part is part]
        if names:
            listed.append(f"{PART_WORDS[part]}: {'; '.join(names)}")
    return dashes(listed) if listed else NOT_SET


def _conditions(record: Record) -> str | tuple[Block, ...]:
    return _short_or_listed(record.conditions, NONE)


def _forms(record: Record) -> str | tuple[Block, ...]:
    return _short_or_listed([form.name for form in record.forms], NONE)


def _bases(record: Record) -> str | tuple[Block, ...]:
    return dashes([basis_line(basis) for basis in record.bases]) if record.bases else NOT_SET


def basis_line(basis: Basis) -> str:
    """Return a legal basis as decisions list it, with a capital letter at its head."""
    words = basis_words(basis)
    return words[:1].upper() + words[1:]


def _short_or_listed(lines: Sequence[str], nothing: str) -> str | tuple[Block, ...]:
    if len(lines) > 1:
        return dashes(lines)
    return lines[0] if lines else nothing


_PARTS: tuple[tuple[str, Callable[[Record], str | tuple[Block, ...]]], ...] = (
    ("Trình tự thực hiện", _steps),
    ("Cách thức thực hiện", _manner),
    ("Thành phần, số lượng hồ sơ", _dossier),
    ("Thời hạn giải quyết", _time_limit),
    ("Đối tượng thực hiện thủ tục hành chính", _subjects),
    ("Cơ quan giải quyết thủ tục hành chính", _bodies),
    ("Kết quả thực hiện thủ tục hành chính", lambda record: record.result or NOT_SET),
    ("Phí, lệ phí", lambda record: record.fee or NONE),
    ("Tên mẫu đơn, mẫu tờ khai", _forms),
    ("Yêu cầu, điều kiện thực hiện thủ tục hành chính", _conditions),
    ("Căn cứ pháp lý của thủ tục hành chính", _bases),
)
