"""What the pages are asked for, as it stands in their address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.urls import reverse

from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.assignments.queries import filters
from tinhgon.apps.assignments.queries.filters import LEVELS
from tinhgon.apps.monitoring.enums import Group
from tinhgon.common.http import whole_number
from tinhgon.domain.monitoring import Area

_AREAS = {
    "cong-bo": Area.PUBLISHED,
    "nhiem-vu": Area.ASSIGNMENTS,
    "bao-cao": Area.REPORTS,
    "thong-ke": Area.INVENTORIES,
    "ra-soat": Area.REVIEWS,
    "phuong-an": Area.PLANS,
    "thuc-thi": Area.CARRYING,
}
WORD_OF = {area: word for word, area in _AREAS.items()}
_LEVEL_WORDS = {level: word for word, level in LEVELS.items()}
_OF_BOARD = {"chuong-trinh", "cap", "nhanh", "ngay"}
SORTS = {"co-quan": "Cơ quan", "hang": "Hạng", "qua-han": "Quá hạn"}


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What it says wrongly counts as not said.

    `branch` opens an agency with those below it; `agency`, `area` and `group` name one figure, of
    an agency or of a level.
    """

    programme: int | None = None
    level: Level | None = None
    branch: int | None = None
    day: date | None = None
    sort: str = ""
    agency: int | None = None
    area: Area = Area.ASSIGNMENTS
    group: Group = Group.ASKED
    page: str = "1"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        group, sort = query.get("nhom", ""), query.get("sap-xep", "")
        return cls(
            programme=whole_number(query.get("chuong-trinh", "")),
            level=LEVELS.get(query.get("cap", "")),
            branch=whole_number(query.get("nhanh", "")),
            day=filters.day(query.get("ngay", "")),
            sort=sort if sort in SORTS else "",
            agency=whole_number(query.get("co-quan", "")),
            area=_AREAS.get(query.get("phan", ""), Area.ASSIGNMENTS),
            group=Group(group) if group in Group.values else Group.ASKED,
            page=query.get("page", "1"),
        )

    def on(self, today: date) -> date:
        """Return the day asked for; never one to come."""
        return min(self.day or today, today)

    @property
    def level_word(self) -> str:
        return _LEVEL_WORDS.get(self.level, "") if self.level else ""

    def table(self, page: str = "monitoring:page", **changed: Any) -> str:
        """Return the address of the table, with some filters changed."""
        return _address(page, replace(self, **changed)._filters())

    @property
    def file_url(self) -> str:
        return self.table("monitoring:file")

    @property
    def board_url(self) -> str:
        """Return where each piece of work stands, on the same day."""
        there = {name: value for name, value in self._filters().items() if name in _OF_BOARD}
        return _address("assignments:board", there)

    def rows(self, area: Area, group: Group, **changed: Any) -> str:
        """Return where the rows of one figure stand."""
        there = replace(self, **changed)
        one = {"co-quan": there.agency, "phan": WORD_OF[area], "nhom": group.value}
        return _address("monitoring:rows", {**there._filters(), **one})

    def _filters(self) -> dict[str, object]:
        return {
            "chuong-trinh": self.programme,
            "cap": self.level_word,
            "nhanh": self.branch,
            "ngay": self.day.isoformat() if self.day else "",
            "sap-xep": self.sort,
        }


def _address(page: str, query: Mapping[str, object]) -> str:
    said = {name: value for name, value in query.items() if value}
    return f"{reverse(page)}?{urlencode(said)}" if said else reverse(page)
