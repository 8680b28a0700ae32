from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from .models import Event

_COLUMNS = [
    "Số",
    "Lúc",
    "Ai",
    "Việc",
    "Đối tượng",
    "Nội dung thay đổi",
    "Lý do",
    "Mã yêu cầu",
    "Mã băm",
]


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield the events as lines that Excel opens, one event a line."""
    writer: Any = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(_COLUMNS)
    for event in events:
        yield writer.writerow([_safe(cell) for cell in _cells(event)])


def _cells(event: Event) -> list[str]:
    changes = "; ".join(
        f"{c['field']}: {c['from']} → {c['to']}" if c["from"] else f"{c['field']}: {c['to']}"
        for c in event.changes
    )
    return [
        str(event.number),
        timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        event.actor,
        event.kind_name,
        event.subject_name,
        changes,
        event.reason,
        event.request_id,
        event.digest,
    ]


def _safe(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
