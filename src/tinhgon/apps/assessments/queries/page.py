"""The page of one sheet: both sides beside each other, with where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.enums import CELL_TERMS, SHORT_WORDS
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit.models import Event, ref
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.costing import (
    GROUP_WORDS,
    SIDE_WORDS,
    Doubt,
    Row,
    RowGroup,
    Sheet,
    Side,
    Sides,
    Term,
    cost,
    doubts,
    explain_saving,
    figure,
    money,
    note_words,
    typed_figure,
)

from .results import Doubtful, Totals, cell_name, common_source, doubtful, totals, waterfall_steps
from .splitting import SplitView, split_of

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
    is_after_alone: bool = False
    """Only the after side has it: its words and its source are those of that side."""

    @property
    def is_deciding(self) -> bool:
        return self.row.side is Side.DECIDING


@dataclass(frozen=True, slots=True)
class GroupView:
    words: str
    rows: list[RowView]


class SheetPage(TypedDict):
    review: Review
    sheet: CostSheet
    groups: list[GroupView]
    defaults: list[list[CellView]]
    source: CellView
    totals: Totals
    doubtful: Doubtful
    doubts: tuple[Doubt, ...]
    split: SplitView | None
    steps: list[tuple[str, str, str]]
    norm_words: str
    norm_note: str
    can_write: bool
    locked: str
    terms: list[tuple[str, str]]
    includes_deciding: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed and could not be taken: name of the cell → text, and what is wrong."""

    cells: Mapping[str, str]
    faults: Mapping[str, str]
    is_stale: bool = False


NOTHING_TYPED = Typed({}, {})


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
        "source": _view(
            cell_name("now", "", "source"),
            "Số chung: nguồn của số lần, số đối tượng",
            common_source(sides),
            typed,
        ),
        "totals": totals(sides),
        "doubtful": doubtful(sides),
        "doubts": found_doubts,
        "split": split_of(sheet),
        "steps": waterfall_steps(sides),
        "norm_words": f"{figure(norm.value)} đồng/giờ · {norm.name}",
        "norm_note": "; ".join(filter(None, flags)),
        "can_write": can_write,
        "locked": "" if can_write else _locked(user, review),
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


def explained_page(*, review: Review, sheet: CostSheet) -> dict[str, object]:
    """Return every figure with its formula and origin, and who changed which, the newest first."""
    events = Event.objects.filter(subject_ref=ref(sheet)).order_by("-number")[:_EVENTS]
    return {
        "review": review,
        "sheet": sheet,
        "node": explain_saving(sheet.sides),
        "events": list(events),
    }


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
                        list(_cells("now", sides.now, row, typed)) if row.key in now else [],
                        list(_cells("after", sides.after, later.row, typed)) if later else [],
                        money(now[row.key].year) if row.key in now else "",
                        money(later.year) if later else "0",
                        later.row.gone if later else "Không còn",
                        _text_cell(row, typed, "now" if row.key in now else "after"),
                        row.key not in now,
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


def _text_cell(row: Row, typed: Typed, side: str) -> CellView:
    name = cell_name(side, row.key, "source")
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
