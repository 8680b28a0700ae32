"""A list of codes out of a sheet: which agency has which code from which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.agencies.models import Agency, AgencyState
from tinhgon.common.refusal import Refused
from tinhgon.domain.exchange import ORGAN_ID
from tinhgon.domain.sheets import Cell, SheetUnreadable, kind_of, read_sheets
from tinhgon.domain.vntext import DateError, fold, nfc, parse_date

MOST_ROWS = 2_000
_SHOWN = 10
_CODE, _NAME, _FROM, _BASIS = "ma dinh danh", "ten co quan", "tu ngay", "can cu"


@dataclass(frozen=True, slots=True)
class OrganValues:
    """A code to be given to an agency from a day on."""

    agency: Agency
    code: str
    started_on: date
    basis: str = ""


def read_organs(data: bytes, *, today: date) -> list[OrganValues]:
    """
    Return the codes that a sheet lists under "Mã định danh", "Tên cơ quan", "Từ ngày", "Căn cứ".

    Without a day of its own a code counts from `today`.

    :raises Refused: naming every line that cannot be taken, up to ten.
    """
    lines = _lines(data)
    columns, first = _columns(lines)
    names = _Names()
    rows: list[OrganValues] = []
    faults: list[str] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        cells = {key: _cell(line, place) for key, place in columns.items()}
        if not any(cells.values()):
            continue
        try:
            rows.append(_values(cells, names, today))
        except Refused as fault:
            faults.append(f"Dòng {number}: {fault}")
    if not rows and not faults:
        faults = ["Không có dòng nào dưới tiêu đề."]
    if faults:
        more = f" Còn {len(faults) - _SHOWN} dòng khác." if len(faults) > _SHOWN else ""
        raise Refused(" ".join(faults[:_SHOWN]) + more, "file")
    return rows


def _lines(data: bytes) -> Sequence[Sequence[Cell]]:
    try:
        sheets = read_sheets(data, kind_of(data), most_rows=MOST_ROWS)
    except SheetUnreadable as e:
        raise Refused(str(e), "file") from e
    return next(sheet.lines for sheet in sheets if sheet.lines)


def _columns(lines: Sequence[Sequence[Cell]]) -> tuple[dict[str, int], int]:
    for number, line in enumerate(lines[:10], start=1):
        found = {fold(str(cell or "")).strip(): place for place, cell in enumerate(line)}
        if _CODE in found and _NAME in found:
            return {
                key: found[key] for key in (_CODE, _NAME, _FROM, _BASIS) if key in found
            }, number
    raise Refused("Không thấy dòng tiêu đề có “Mã định danh” và “Tên cơ quan”.", "file")


def _values(cells: dict[str, str], names: _Names, today: date) -> OrganValues:
    code = cells[_CODE]
    if not ORGAN_ID.fullmatch(code):
        raise Refused(f"“{code}” không đúng dạng mã định danh.")
    try:
        day = parse_date(cells[_FROM]) if cells.get(_FROM) else today
    except DateError as e:
        raise Refused(f"Không đọc được ngày “{cells[_FROM]}”.") from e
    return OrganValues(names.agency(cells[_NAME], day), code, day, cells.get(_BASIS, "")[:300])


def _cell(line: Sequence[Cell], place: int) -> str:
    value = line[place] if place < len(line) else None
    return " ".join(nfc(str(value)).split()) if value is not None else ""


class _Names:
    """Agencies by the names that they bore, each in its time."""

    def __init__(self) -> None:
        self._states: dict[str, list[AgencyState]] = defaultdict(list)
        for state in AgencyState.objects.select_related("agency"):
            for name in {fold(state.name), fold(state.short_name)} - {""}:
                self._states[name].append(state)

    def agency(self, name: str, day: date) -> Agency:
        found = {each.pk: each for each in self._on(name, day)}
        if len(found) != 1:
            why = "trùng tên với cơ quan khác" if found else "không có trong danh sách cơ quan"
            raise Refused(f"“{name[:100]}” {why}.")
        return next(iter(found.values()))

    def _on(self, name: str, day: date) -> Iterator[Agency]:
        for state in self._states[fold(name)]:
            ends = state.ended_on or state.agency.ended_on
            if state.started_on <= day and (ends is None or day < ends):
                yield state.agency
