"""Open data: what is in force on a day, in files whose fields keep their names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries.lines import Line, lines
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import guard

SCHEMA = Path(__file__).parent / "data" / "luoc-do.json"
VERSION = 1
"""Of the schema: another one only where a field gets another name or meaning."""

_HEADINGS = (
    "code",
    "national_code",
    "number",
    "name",
    "kind",
    "tier",
    "field",
    "agency",
    "is_interconnected",
    "rule_owner",
    "action",
    "valid_from",
    "valid_to",
    "decision",
    "url",
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The versions to be written, and the day on which they are in force."""

    found: QuerySet[ProcedureVersion]
    day: date
    is_today: bool

    def lines(self) -> Iterator[Line]:
        """Yield them by name, batch by batch, so that no file is ever held as a whole."""
        keys = list(self.found.order_by("sort_name", "pk").values_list("pk", flat=True))
        for batch in batches(keys):
            yield from lines(batch, then=None if self.is_today else self.day)


def json_file(catalogue: Catalogue) -> Iterator[str]:
    """Yield the catalogue as JSON that `SCHEMA` describes."""
    keys = catalogue.found.count()
    head = {
        "version": VERSION,
        "date": catalogue.day.isoformat(),
        "source": _address("portal:catalogue"),
        "licence": settings.PUBLIC_LICENCE,
        "count": keys,
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "procedures": ['
    for number, line in enumerate(catalogue.lines()):
        yield f"{',' if number else ''}\n{json.dumps(_row(line), ensure_ascii=False)}"
    yield "\n]}\n"


def csv_file(catalogue: Catalogue) -> Iterator[str]:
    """Yield the catalogue as CSV with the same fields, and no text that would be a formula."""
    yield f"\ufeff{_csv_line(_HEADINGS)}"
    for line in catalogue.lines():
        row = _row(line)
        decision = row["decision"]
        row["decision"] = decision["code"] if decision else None
        yield _csv_line([_cell(row[name]) for name in _HEADINGS])


def _row(line: Line) -> dict[str, Any]:
    return {
        "code": line.local_code,
        "national_code": line.national_code,
        "number": line.number,
        "name": line.name,
        "kind": line.kind,
        "tier": line.tier,
        "field": line.field,
        "agency": line.agency,
        "is_interconnected": line.is_interconnected,
        "rule_owner": line.rule_owner or None,
        "action": line.action,
        "valid_from": _day(line.valid_from),
        "valid_to": _day(line.valid_to),
        "decision": {
            "code": line.decision_code,
            "url": _address("portal:decision", line.decision),
        }
        if line.decision_code
        else None,
        "url": _address("portal:procedure", line.procedure),
    }


def _address(name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else guard(str(value))


def _csv_line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
