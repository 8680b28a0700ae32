"""What the pages of indicators are asked for, as it stands in their address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.urls import reverse

from tinhgon.common.http import whole_number
from tinhgon.domain.simplification import Stage
from tinhgon.domain.vntext import DateError, is_plausible, parse_date

PROGRAMME = "ct-"
"""Before the key of a programme: all of its rounds together."""
STAGES = {
    "phuong-an": Stage.PLANNED,
    "phe-duyet": Stage.APPROVED,
    "thuc-thi": Stage.CARRIED_OUT,
}
WORD_OF = {stage: word for word, stage in STAGES.items()}
UNASSESSED = "chua-tinh"


@dataclass(frozen=True, slots=True)
class Asked:
    """What it says wrongly counts as not said. `own`: without the agencies below."""

    round: int | None = None
    programme: int | None = None
    agency: int | None = None
    own: bool = False
    field: int | None = None
    day: date | None = None
    stage: Stage = Stage.APPROVED
    group: str = ""
    page: str = "1"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        wanted = query.get("dot", "")
        return cls(
            round=whole_number(wanted),
            programme=whole_number(wanted.removeprefix(PROGRAMME))
            if wanted.startswith(PROGRAMME)
            else None,
            agency=whole_number(query.get("co-quan", "")),
            own=query.get("rieng") == "1",
            field=whole_number(query.get("linh-vuc", "")),
            day=_day(query.get("tai-ngay", "")),
            stage=STAGES.get(query.get("tinh-theo", ""), Stage.APPROVED),
            group=group if (group := query.get("nhom", "")) in {*STAGES, UNASSESSED} else "",
            page=query.get("page", "1"),
        )

    def on(self, today: date) -> date:
        """Return the day asked for; never one to come."""
        return min(self.day or today, today)

    @property
    def scope(self) -> str:
        """The round or programme as the address says it."""
        if self.programme:
            return f"{PROGRAMME}{self.programme}"
        return str(self.round or "")

    def _query(self) -> dict[str, str]:
        found = {
            "dot": self.scope,
            "co-quan": str(self.agency or ""),
            "rieng": "1" if self.own else "",
            "linh-vuc": str(self.field or ""),
            "tai-ngay": self.day.isoformat() if self.day else "",
            "tinh-theo": "" if self.stage is Stage.APPROVED else WORD_OF[self.stage],
            "nhom": self.group,
        }
        return {name: value for name, value in found.items() if value}

    def _address(self, page: str) -> str:
        query = urlencode(self._query())
        return f"{reverse(page)}?{query}" if query else reverse(page)

    @property
    def table_url(self) -> str:
        return replace(self, own=False, group="")._address("plans:indicators")

    @property
    def file_url(self) -> str:
        return replace(self, own=False, group="")._address("plans:indicators_file")

    def rows_url(self, group: str = "") -> str:
        """Return where the procedures behind a figure stand; "": all in scope."""
        return replace(self, group=group)._address("plans:indicator_rows")

    def of(self, agency: int, *, own: bool = False) -> Asked:
        return replace(self, agency=agency, own=own)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if "-" in text else parse_date(text)
    except (ValueError, DateError):
        return None
    return day if is_plausible(day) else None
