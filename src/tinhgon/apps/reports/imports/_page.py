"""The page on which a workbook that came back is looked at before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports.enums import (
    VERDICT_KINDS,
    VERDICT_LABELS,
    Keep,
    Part,
    Verdict,
)
from tinhgon.apps.reports.models import ReturnedWorkbook
from tinhgon.domain.reportbook import LAYOUTS, Item, Place, is_nil

from ._preview import Preview, preview_of

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as the page shows it: what the workbook says beside what is stored."""

    item: Item
    said: str
    stored: str
    choices: list[tuple[str, str, bool]]

    @property
    def sheet(self) -> str:
        return LAYOUTS[self.item.part].sheet

    @property
    def words(self) -> str:
        return VERDICT_LABELS[self.item.verdict]

    @property
    def kind(self) -> str:
        return VERDICT_KINDS[self.item.verdict]


class PreviewPage(TypedDict):
    """Of `faults` and `notes` the first ones; the counts are of all."""

    workbook: ReturnedWorkbook
    items: list[Shown]
    faults: list[Place]
    fault_count: int
    notes: list[Place]
    note_count: int
    to_write: int
    to_choose: int
    says_nil: bool
    sends_nil: bool
    digest: str


def preview_page(
    *, workbook: ReturnedWorkbook, user: User, chosen: Mapping[str, Keep], today: date
) -> PreviewPage:
    """Return what the page of a workbook shows `user`; of a decided one nothing is compared."""
    found = Preview((), (), ())
    if workbook.is_undecided:
        found = preview_of(workbook, user=user, today=today)
    return {
        "workbook": workbook,
        "items": [_shown(item, chosen.get(item.name)) for item in found.items],
        "faults": list(found.faults[:_SHOWN]),
        "fault_count": len(found.faults),
        "notes": list(found.notes[:_SHOWN]),
        "note_count": len(found.notes),
        "to_write": len(found.to_write),
        "to_choose": len(found.stale),
        "says_nil": found.nil is not None,
        "sends_nil": found.sends_nil,
        "digest": found.digest,
    }


def _shown(item: Item, chosen: Keep | None) -> Shown:
    offered = [each for each in Keep if each is not Keep.BOTH or item.part is Part.WORDS]
    choices = [(each.value, each.label, each is chosen) for each in offered]
    is_stale = item.verdict is Verdict.STALE
    return Shown(item, _words(item, item.said), _stored(item), choices if is_stale else [])


def _stored(item: Item) -> str:
    if item.part is Part.DIFFICULTIES:
        return f"Đã nêu: {item.stored['code']}" if item.stored else ""
    if item.part is Part.NIL and not is_nil(item.stored.get("nil", "")):
        return ""  # nothing was said yet
    return _words(item, item.stored) if item.stored else ""


def _words(item: Item, values: Mapping[str, str]) -> str:
    match item.part:
        case Part.TASKS:
            return f"Tiến độ {values['percent']}%\n{values['note']}".strip()
        case Part.WORDS:
            return values["text"]
        case Part.FIGURES:
            return values["opinion"]
        case Part.NIL:
            return "Báo cáo không phát sinh" if is_nil(values["nil"]) else "Có nội dung báo cáo"
        case Part.DIFFICULTIES:
            more = (("Đã thực hiện", "own_part"), ("Kiến nghị", "proposal"))
            told = [f"{name}: {values[part]}" for name, part in more if values[part]]
            return "\n".join([values["description"], *told])
