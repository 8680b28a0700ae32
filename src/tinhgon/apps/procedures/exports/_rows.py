from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhgon.apps.agencies.queries import ambiguous_names
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries.lines import Line, lines
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import from_json

from ._columns import ExportColumn, Row


@dataclass(frozen=True, slots=True)
class Export:
    """
    What goes into a file: the keys of the versions in their order, and the columns.

    `then` is the day on which agencies held them, where it is not today.
    """

    keys: Sequence[int]
    columns: Sequence[ExportColumn]
    day: date
    then: date | None
    is_whole: bool
    address: str  # of the list that shows the same

    def rows(self) -> Iterator[Row]:
        """Yield the rows, batch by batch, so that no file is ever held as a whole."""
        ambiguous = ambiguous_names()
        for batch in batches(self.keys):
            contents = _contents(batch) if self.is_whole else {}
            for line in lines(batch, then=self.then):
                content = contents.get(line.pk)
                yield Row(
                    line=line,
                    day=self.day,
                    agency=_written(line, ambiguous),
                    record=from_json(content) if content else None,
                    content=content,
                )


def _written(line: Line, ambiguous: frozenset[str]) -> str:
    return f"{line.agency} (mã {line.holder})" if line.agency in ambiguous else line.agency


def _contents(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    found = ProcedureVersion.objects.filter(pk__in=pks).order_by()
    return dict(found.values_list("pk", "content"))
