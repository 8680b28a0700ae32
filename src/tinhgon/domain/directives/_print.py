"""A reading in words, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tinhgon.domain.officialdoc import OfficialDoc
from tinhgon.domain.vntext import format_date

from ._model import How, LeftOut, Origin, ProposedTask, Reading

_HOW = {
    How.OWN: "",
    How.INHERITED: " (theo đề mục bên trên)",
    How.LEADING: " (theo câu giao nhiệm vụ)",
    How.ADDRESSEES: " (theo Kính gửi)",
    How.FIELD: "",
    How.CELL: "",
}
_RECURS = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "semiannual": "6 tháng",
    "annual": "hằng năm",
    "ad_hoc": "đột xuất",
    "periodic": "định kỳ",
    "continuous": "thường xuyên",
}


def in_words(doc: OfficialDoc, reading: Reading) -> str:
    """Return the head of the document and its tasks as lines to read."""
    lines = [*_head(doc), ""]
    lines.append(f"{len(reading.tasks)} nhiệm vụ:" if reading.tasks else "Không giao nhiệm vụ nào.")
    for number, task in enumerate(reading.tasks, 1):
        lines += ["", *_task(number, task)]
    if reading.annex_tasks:
        lines += ["", f"{len(reading.annex_tasks)} nhiệm vụ trong bảng của phụ lục:"]
        for number, task in enumerate(reading.annex_tasks, 1):
            lines += ["", *_task(number, task)]
    if reading.not_understood:
        lines += ["", "Chưa hiểu:"]
        lines += [f"  - {_short(piece)}" for piece in reading.not_understood]
    return "\n".join(lines) + "\n"


def _head(doc: OfficialDoc) -> Iterator[str]:
    if doc.agency:
        yield f"Cơ quan ban hành: {doc.agency}"
    code = "/".join(part for part in (doc.number or "…", doc.symbol) if part)
    day = f"ngày {format_date(doc.date)}" if doc.date else doc.date_text or "không rõ ngày"
    yield f"{doc.doc_type.capitalize()} số {code}, {day}"
    if doc.subject:
        yield f"Trích yếu: {doc.subject}"
    if doc.addressees:
        yield "Kính gửi: " + "; ".join(doc.addressees)


def _task(number: int, task: ProposedTask) -> Iterator[str]:
    weak = " (có thể bỏ qua)" if task.optional else ""
    yield f"{number}. [{task.item}]{weak} {task.text}"
    yield f"   Chủ trì: {_names(task.assignees) or 'chưa rõ'}{_how(task.origins.assignees)}"
    if task.coordinating:
        yield f"   Phối hợp: {_names(task.coordinating)}{_how(task.origins.coordinating)}"
    if task.deadline:
        day = f" → {format_date(task.deadline.day)}" if task.deadline.day else ""
        yield f"   Thời hạn: {task.deadline.text}{day}{_how(task.origins.due)}"
    if task.recurrence:
        words = ", ".join(_RECURS.get(part, part) for part in task.recurrence.split("+"))
        yield f"   Lặp lại: {words}"
    if task.report:
        when = f", {task.report.deadline.text}" if task.report.deadline else ""
        yield f"   Báo cáo: {task.report.to}{when}"
    for target in task.targets:
        yield f"   Chỉ tiêu: {target.metric_text}"


def _names(names: tuple[str, ...]) -> str:
    return "; ".join(name for name, _ in groupby(names))


def _how(origin: Origin | None) -> str:
    return _HOW[origin.how] if origin else ""


def _short(piece: LeftOut) -> str:
    words = piece.text.split()
    return " ".join(words[:25]) + (" …" if len(words) > 25 else "")
