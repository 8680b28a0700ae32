"""A reading as plain data, with the fields of the labels of the corpus and more."""

from __future__ import annotations

from datetime import date
from typing import Any

from tinhgon.domain.legalref import DocumentRef

from ._model import LeftOut, Origin, ProposedTask, Reading, Target


def tasks_json(reading: Reading) -> dict[str, Any]:
    """Return tasks, rows of annexes and left-out pieces, ready for JSON."""
    return {
        "tasks": [task_json(task) for task in reading.tasks],
        "annex_tasks": [task_json(task) for task in reading.annex_tasks],
        "left_out": [_left_json(piece) for piece in reading.left_out],
    }


def task_json(task: ProposedTask) -> dict[str, Any]:
    deadline, report = task.deadline, task.report
    own = deadline is not None and not (
        task.recurrence and deadline.day is None and _only_reported(task)
    )
    return {
        "item": task.item,
        "text": task.text,
        "lines": list(task.lines),
        "assignees": list(task.assignees),
        "coordinating": list(task.coordinating),
        "due": _iso(deadline.day if deadline else None),
        "due_text": deadline.text if deadline and own else None,
        "due_kind": deadline.kind.value if deadline else "none",
        "recurrence": task.recurrence,
        "report": {
            "to": report.to,
            "due": _iso(report.deadline.day if report.deadline else None),
            "due_text": report.deadline.text if report.deadline else None,
            "vehicle": report.vehicle,
        }
        if report
        else None,
        "targets": [_target_json(target) for target in task.targets],
        "cited": [_cited_json(doc) for doc in task.cited],
        "standing": task.standing,
        "optional": task.optional,
        "from": {
            name: _origin_json(getattr(task.origins, name))
            for name in ("assignees", "coordinating", "due", "report")
        },
    }


def _only_reported(task: ProposedTask) -> bool:
    return bool(task.report and task.report.deadline and task.deadline == task.report.deadline)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _target_json(target: Target) -> dict[str, Any]:
    value = int(target.value) if target.value == int(target.value) else target.value
    out: dict[str, Any] = {"metric_text": target.metric_text, "value": value, "unit": target.unit}
    if target.op:
        out["op"] = target.op
    if target.value_max is not None:
        out["value_max"] = target.value_max
    return out


def _cited_json(doc: DocumentRef) -> dict[str, Any]:
    return {
        "kind": doc.kind,
        "number": doc.number,
        "symbol": doc.symbol,
        "date": _iso(doc.on),
        "issuer": doc.issuer,
        "title": doc.title,
    }


def _origin_json(origin: Origin | None) -> dict[str, Any] | None:
    return {"how": origin.how.value, "text": origin.text} if origin else None


def _left_json(piece: LeftOut) -> dict[str, str]:
    return {"text": piece.text, "reason": piece.reason.value}
