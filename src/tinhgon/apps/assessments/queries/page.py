"""The page of one sheet: both sides beside each other, with where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.enums import CELL_TERMS, SHORT_WORDS
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit.models import Event, ref
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.costing import (
    CONFIDENCE_WORDS,
    GROUP_WORDS,
    REACH_WORDS,
    SIDE_WORDS,
    Comparison,
    Cost,
    Doubt,
    Row,
    RowGroup,
    Sheet,
    Side,
    Sides,
    Term,
    compare,
    cost,
    doubts,
    explain_saving,
    figure,
    money,
    note_words,
    saving_band,
    typed_figure,
)
from tinhgon.domain.vntext import UNDEFINED, format_share

TARGET = Decimal("0.2")
_EVENTS = 30


@dataclass(frozen=True, slots=True)
class CellView:
    """A figure of the table: `text` is what stands in it, `stored` what somebody else saved."""

    name: str
    label: str
    text: str
    short: str = ""
    size: int = 5
    origin: str = ""
    placeholder: str = ""
    fault: str = ""
    stored: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    row: Row
    number: int
    now: list[CellView]
    after: list[CellView]
    year_now: str
    year_after: str
    gone: str
    source: CellView

    @property
    def is_deciding(self) -> bool:
        return self.row.side is Side.DECIDING


@dataclass(frozen=True, slots=True)
class GroupView:
    words: str
    rows: list[RowView]


class Totals(TypedDict):
    now: str
    after: str
    saved: str
    ratio: str
    hours: str
    once_now: str
    once_after: str


class Doubtful(TypedDict):
    ratio: str
    saved: str
    reach: str
    kind: str
    confidence: str


class SheetPage(TypedDict):
    review: Review
    sheet: CostSheet
    groups: list[GroupView]
    defaults: list[list[CellView]]
    totals: Totals
    doubtful: Doubtful
    doubts: tuple[Doubt, ...]
    steps: list[tuple[str, str, str]]
    norm_words: str
    norm_note: str
    can_write: bool
    locked: str
    choices: list[tuple[str, str]]
    terms: list[tuple[str, str]]
    includes_deciding: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed and could not be taken: name of the cell → text, and what is wrong."""

    cells: Mapping[str, str]
    faults: Mapping[str, str]
    is_stale: bool = False


NOTHING_TYPED = Typed({}, {})


def cell_name(side: str, key: str, name: str) -> str:
    """Return the name of a cell: "now.paper-1.hours"; "now..subjects" holds for all rows."""
    return f"{side}.{key}.{name}"


def sheet_page(
    *, user: User, review: Review, sheet: CostSheet, typed: Typed = NOTHING_TYPED
) -> SheetPage:
    sides = sheet.sides
    found_doubts = doubts(sides)
    norm = sides.now.hourly
    can_write = policies.can_write(user, review)
    flags = ["" if norm.is_standard else "không theo phương pháp chuẩn"]
    flags.append("" if norm.is_verified else "chưa đối chiếu với văn bản gốc")
    return {
        "review": review,
        "sheet": sheet,
        "groups": list(_groups(sides, typed)),
        "defaults": list(_defaults(sides, typed)),
        "totals": totals(sides),
        "doubtful": doubtful(sides),
        "doubts": found_doubts,
        "steps": waterfall_steps(sides),
        "norm_words": f"{figure(norm.value)} đồng/giờ · {norm.name}",
        "norm_note": "; ".join(filter(None, flags)),
        "can_write": can_write,
        "locked": "" if can_write else _locked(user, review),
        "choices": [(group.value, GROUP_WORDS[group]) for group in RowGroup],
        "terms": [(SHORT_WORDS[term], term.value) for term in CELL_TERMS],
        "includes_deciding": sides.now.include_deciding,
    }


def empty_page(*, user: User, review: Review) -> dict[str, object]:
    """Return what a page shows of a review that has no sheet yet."""
    can_write = policies.can_write(user, review)
    return {"review": review, "can_write": can_write, "waits_for": _waits_for(user, review)}


def find_row(sides: Sides, side: str, key: str) -> Row | None:
    sheet = sides.after if side == "after" else sides.now
    return next((row for row in sheet.rows if row.key == key), None)


def cell_texts(sides: Sides, *, touched: Mapping[str, str] | None) -> dict[str, str]:
    """
    Return what stands in the cells of the rows that were touched (of all rows for None), and in
    those of the whole sheet: a figure of now moves the after side along.
    """
    keys = None if touched is None else {name.split(".")[1] for name in touched}
    found = {}
    for side, sheet in (("now", sides.now), ("after", sides.after)):
        for row in sheet.rows:
            if keys is None or row.key in keys:
                for term in CELL_TERMS:
                    value = row.value(term)
                    name = cell_name(side, row.key, term)
                    found[name] = "" if value is None else typed_figure(term, value)
                found[cell_name(side, row.key, "source")] = row.source
        for term in (Term.TIMES, Term.SUBJECTS):
            found[cell_name(side, "", term)] = typed_figure(term, sheet.default(term))
    return found


def fragments(sides: Sides) -> dict[str, str]:
    """Return what changes on the page as somebody types: id of the element → its words."""
    now, after = cost(sides.now), cost(sides.after)
    found = {f"year-now-{each.row.key}": money(each.year) for each in now.rows}
    found |= {f"year-after-{each.row.key}": money(each.year) for each in after.rows}
    said = totals(sides)
    found |= {
        "total-now": said["now"],
        "total-after": said["after"],
        "total-saved": said["saved"],
        "total-ratio": said["ratio"],
        "total-hours": said["hours"],
        "total-once-now": said["once_now"],
        "total-once-after": said["once_after"],
    }
    doubt = doubtful(sides)
    return found | {"doubt-ratio": doubt["ratio"], "doubt-reach": doubt["reach"]}


def explained_page(*, review: Review, sheet: CostSheet) -> dict[str, object]:
    """Return every figure with its formula and origin, and who changed which, the newest first."""
    events = Event.objects.filter(subject_ref=ref(sheet)).order_by("-number")[:_EVENTS]
    return {
        "review": review,
        "sheet": sheet,
        "node": explain_saving(sheet.sides),
        "events": list(events),
    }


def totals(sides: Sides) -> Totals:
    now, after = cost(sides.now), cost(sides.after)
    both = Comparison(now.year, after.year)
    return {
        "now": money(both.now),
        "after": money(both.after),
        "saved": money(both.saved),
        "ratio": format_share(both.ratio),
        "hours": figure(round(now.hours_a_year - after.hours_a_year, 2)),
        "once_now": money(now.once),
        "once_after": money(after.once),
    }


def doubtful(sides: Sides) -> Doubtful:
    """Return in words between which ends the saving lies and what that does to the 20%."""
    found = saving_band(sides)
    reach = found.reach(TARGET)
    kinds = {"certain": "done", "possible": "soon", "missed": "none", "undefined": "none"}
    ratio = UNDEFINED
    if found.ratio is not None:
        ratio = f"{format_share(found.ratio.low)} – {format_share(found.ratio.high)}"
    sure = found.confidence
    return {
        "ratio": ratio,
        "saved": f"{money(found.saved.low)} – {money(found.saved.high)}",
        "reach": f"mức 20%: {REACH_WORDS[reach]}",
        "kind": kinds[reach],
        "confidence": CONFIDENCE_WORDS[sure] if sure else "chưa ghi",
    }


def waterfall(sides: Sides) -> list[tuple[str, Decimal]]:
    """Return the steps from the cost now to the cost after: what each group of jobs saves."""
    now, after = _by_group(cost(sides.now)), _by_group(cost(sides.after))
    both = compare(sides.now, sides.after)
    cuts = [
        (GROUP_WORDS[group].split(",")[0].split(" (")[0], after[group] - now[group])
        for group in RowGroup
        if after[group] != now[group]
    ]
    return [("Hiện tại", both.now), *cuts, ("Sau đơn giản hóa", both.after)]


def waterfall_steps(sides: Sides) -> list[tuple[str, str, str]]:
    """Return the same as words, change and running total, for the table beside the chart."""
    steps = waterfall(sides)
    running = steps[0][1]
    found = [(steps[0][0], "", money(running))]
    for words, change in steps[1:-1]:
        running += change
        found.append((words, money(change), money(running)))
    return [*found, (steps[-1][0], "", money(steps[-1][1]))]


def _by_group(found: Cost) -> dict[RowGroup, Decimal]:
    sums = dict.fromkeys(RowGroup, Decimal(0))
    for each in found.rows:
        sums[each.row.group] += each.year
    return sums


def _groups(sides: Sides, typed: Typed) -> Iterator[GroupView]:
    now = {each.row.key: each for each in cost(sides.now).rows}
    after = {each.row.key: each for each in cost(sides.after).rows}
    rows = [*sides.now.rows, *(row for row in sides.after.rows if row.key not in now)]
    number = 0
    for performer in Side:
        for group in RowGroup:
            found = []
            for row in rows:
                if row.group is not group or row.side is not performer:
                    continue
                number += 1
                later = after.get(row.key)
                found.append(
                    RowView(
                        row,
                        number,
                        list(_cells("now", sides.now, row, typed)),
                        list(_cells("after", sides.after, later.row, typed)) if later else [],
                        money(now[row.key].year) if row.key in now else "",
                        money(later.year) if later else "0",
                        later.row.gone if later else "Không còn",
                        _text_cell(row, typed),
                    )
                )
            if found:
                words = GROUP_WORDS[group]
                if performer is Side.DECIDING:
                    words = f"{SIDE_WORDS[performer]}: {words.lower()}"
                yield GroupView(words, found)


def _cells(side: str, sheet: Sheet, row: Row, typed: Typed) -> Iterator[CellView]:
    for term in CELL_TERMS:
        value = row.value(term)
        default = "" if value is not None else typed_figure(term, sheet.default(term))
        where = "hiện tại" if side == "now" else "sau"
        yield _view(
            cell_name(side, row.key, term),
            f"{row.what}: {SHORT_WORDS[term]} ({where})",
            "" if value is None else typed_figure(term, value),
            typed,
            origin=note_words(row.note(term)),
            placeholder=default,
            short=f"{SHORT_WORDS[term]} ({where})",
            size=6 if term in (Term.SERVICES, Term.FEES) else 3,
            is_locked=bool(row.gone),
        )


def _text_cell(row: Row, typed: Typed) -> CellView:
    name = cell_name("now", row.key, "source")
    return _view(name, f"{row.what}: nguồn", row.source, typed)


def _defaults(sides: Sides, typed: Typed) -> Iterator[list[CellView]]:
    for side, sheet, where in (("now", sides.now, "hiện tại"), ("after", sides.after, "sau")):
        yield [
            _view(
                cell_name(side, "", term),
                f"Số chung: {SHORT_WORDS[term]} ({where})",
                typed_figure(term, sheet.default(term)),
                typed,
                origin=note_words(sheet.note(None, term)),
                short=f"{SHORT_WORDS[term]} ({where})",
                size=3,
            )
            for term in (Term.TIMES, Term.SUBJECTS)
        ]


def _view(
    name: str,
    label: str,
    stored: str,
    typed: Typed,
    *,
    origin: str = "",
    placeholder: str = "",
    short: str = "",
    size: int = 6,
    is_locked: bool = False,
) -> CellView:
    text = typed.cells.get(name, stored)
    return CellView(
        name,
        label,
        text,
        short,
        size,
        origin,
        placeholder,
        typed.faults.get(name, ""),
        stored if typed.is_stale and text != stored else "",
        is_locked,
    )


def _locked(user: User, review: Review) -> str:
    """Return why a person who reviews at the agency cannot write now; "" for anybody else."""
    if not user.access.allows(policies.WRITE, review.agency.path or "/"):
        return ""
    if review.round.closed_on is not None:
        return "Đợt rà soát đã kết thúc: số liệu không sửa được nữa."
    if review.status == Status.LAPSED:
        return "Thủ tục không còn hiệu lực, phiếu đã kết thúc: số liệu không sửa được nữa."
    return "Thủ trưởng đã xác nhận phiếu: lấy lại hoặc trả lại phiếu để sửa số liệu."


def _waits_for(user: User, review: Review) -> str:
    """Return who makes the sheet that is not there yet, and when."""
    if locked := _locked(user, review):
        return locked
    if review.round.closed_on is not None:
        return "Đợt rà soát đã kết thúc mà cơ quan chưa lập bảng tính cho thủ tục này."
    if Status(review.status) in policies.OPEN:
        return (
            f"Chuyên viên rà soát của {review.agency.label} lập bảng tính trong lúc rà soát "
            "thủ tục này. Lập xong, số liệu hiện ở đây."
        )
    return (
        f"Phiếu rà soát đã qua bước xác nhận mà chưa có bảng tính. Muốn có thì trả lại phiếu để "
        f"chuyên viên rà soát của {review.agency.label} lập."
    )
