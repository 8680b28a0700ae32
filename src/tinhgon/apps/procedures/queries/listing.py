"""The list of procedures: versions by what the address asks for, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page
from django.db.models import F, OrderBy, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Mode
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import format_date

from . import choices, many
from .asked import Asked, Chip
from .choices import Select
from .counting import BoundedPaginator, bounded_counts, count_words
from .filters import Scope, matching, parts, scope
from .lines import Line, ListColumn, lines, shown

_ORDERS = {
    "ten": ["sort_name"],
    "co-quan": ["holder__order", "holder__name", "sort_name"],
    "linh-vuc": ["field__folded_name", "sort_name"],
    "cap": ["tier", "sort_name"],
    "hieu-luc": ["valid_from", "sort_name"],
    "cap-nhat": ["changed_at"],
}


_MAY_BE_EMPTY = {"field__folded_name", "valid_from"}


@dataclass(frozen=True, slots=True)
class ModeTab:
    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class Empty:
    """What to say where a mode has no rows at all, and where to go on."""

    title: str
    text: str
    url: str = ""
    action: str = ""


_EXPLAINED = {
    Mode.IN_FORCE: "Thủ tục đã công bố, có hiệu lực tại ngày {day}.",
    Mode.PIPELINE: "Thủ tục của cơ quan anh/chị từ khi đề xuất đến khi có quyết định công bố.",
    Mode.ENDED: "Thủ tục đã bị bãi bỏ, thay thế; đến ngày {day} không còn hiệu lực.",
    Mode.ASIDE: "Đề xuất trùng lặp, không phải thủ tục nội bộ, hoặc đã gộp vào thủ tục khác.",
    Mode.ALL: "Mọi phiên bản, mọi trạng thái, của cơ quan anh/chị và đơn vị cấp dưới.",
}
_PIPELINE_URL = Asked(mode=Mode.PIPELINE).address()
_EMPTY = {
    Mode.IN_FORCE: Empty(
        "Chưa có thủ tục nào có hiệu lực vào ngày này",
        "Thủ tục có hiệu lực khi quyết định công bố đã ký được ghi vào hệ thống. Chọn ngày khác, "
        "hoặc xem những thủ tục đang thống kê.",
        _PIPELINE_URL,
        "Xem thủ tục đang thống kê",
    ),
    Mode.PIPELINE: Empty(
        "Không có thủ tục nào đang thống kê",
        "Thêm từng thủ tục, hoặc nhập cả danh mục từ tệp. Bản sửa đổi của thủ tục đã công bố cũng "
        "nằm ở đây cho đến khi có quyết định.",
    ),
    Mode.ENDED: Empty(
        "Chưa có thủ tục nào hết hiệu lực",
        "Thủ tục chuyển sang đây khi một quyết định bãi bỏ hoặc thay thế nó.",
    ),
    Mode.ASIDE: Empty(
        "Không có đề xuất nào để riêng",
        "Khi kiểm soát, Văn phòng đánh dấu ở đây những đề xuất trùng lặp hoặc không thuộc phạm vi.",
    ),
    Mode.ALL: Empty(
        "Cơ quan chưa có thủ tục nào",
        "Bắt đầu bằng việc thống kê những thủ tục mà cơ quan đang thực hiện.",
        _PIPELINE_URL,
        "Sang nhóm đang thống kê",
    ),
}


class ListPage(TypedDict):
    asked: Asked
    day: date
    today: date
    agency_text: str
    page: Page[Any]
    lines: list[Line]
    columns: list[ListColumn]
    tabs: list[ModeTab]
    selects: list[Select]
    more_selects: list[Select]
    more_open: bool
    sizes: list[tuple[str, str, bool]]
    chips: list[Chip]
    here: str  # the query of the address that asks for this
    cleared: str
    explained: str
    empty: Empty
    may_propose: bool
    may_change: bool
    selectable: int  # how many may be taken with "all that match"; 0 where there are too many


def list_page(
    *, user: User, asked: Asked, number: str, today: date, columns: Sequence[str] = ()
) -> ListPage:
    """
    Return one page of the versions that the person may see and asks for; 4 to 7 queries.

    `columns` are those that the person usually sees.
    """
    within = scope(user=user, asked=asked, today=today)
    found = matching(within=within, asked=asked, today=today)
    counts = _counts(within, asked, today)
    keys = in_order(found, asked.sort).values_list("pk", flat=True)
    paginator = BoundedPaginator(keys, asked.size, counted=counts[asked.mode.value])
    page = paginator.get_page(number)
    selects, more = choices.selects(asked)
    return {
        "asked": asked,
        "day": asked.day or today,
        "today": today,
        "agency_text": within.agency_text,
        "page": page,
        "lines": lines(list(page.object_list), then=within.on),
        "columns": shown(asked.mode, asked.columns, columns),
        "tabs": [_tab(asked, mode, counts[mode.value]) for mode in Mode],
        "selects": selects,
        "more_selects": more,
        "more_open": any(chosen for each in more for *_, chosen in each.options)
        or bool(asked.decision or asked.changed_since),
        "sizes": choices.sizes(asked),
        "here": asked.address(),
        "cleared": asked.without_filters().address(),
        "explained": _EXPLAINED[asked.mode].format(day=format_date(asked.day or today)),
        "empty": _EMPTY[asked.mode],
        "chips": asked.chips(agency=within.agency.label if within.agency else asked.agency),
        "may_change": bool(many.tasks_for(user)) and asked.mode is not Mode.ENDED,
        "selectable": counts[asked.mode.value]
        if counts[asked.mode.value] <= many.MOST_AT_ONCE
        else 0,
        "may_propose": bool(user.access.paths(Permission.PROPOSE_PROCEDURE)),
    }


def _counts(within: Scope, asked: Asked, today: date) -> dict[str, int]:
    """Return how many the address gives in each mode, in one query."""
    wanted = {}
    for mode in Mode:
        there = asked.in_mode(mode)
        found = matching(within=within, asked=there, today=today)
        wanted[mode.value] = parts(found, within=within, asked=there, today=today)
    return bounded_counts(wanted)


class Matched(TypedDict):
    keys: list[int]
    day: date
    then: date | None


def all_matching(*, user: User, asked: Asked, today: date) -> Matched:
    """Return the keys of all that the list shows on all its pages, in its order; three queries."""
    within = scope(user=user, asked=asked, today=today)
    found = in_order(matching(within=within, asked=asked, today=today), asked.sort)
    return {
        "keys": list(found.values_list("pk", flat=True)),
        "day": asked.day or today,
        "then": within.on,
    }


def in_order(found: QuerySet[ProcedureVersion], sort: str) -> QuerySet[ProcedureVersion]:
    return found.order_by(*_order(_ORDERS[sort.removeprefix("-")], down=sort.startswith("-")))


def _order(names: Sequence[str], *, down: bool) -> list[OrderBy]:
    """Rows without a value come last in either direction; what is never empty is left plain."""
    found = []
    for name in (*names, "pk"):
        nulls = True if name in _MAY_BE_EMPTY else None
        field = F(name)
        found.append(field.desc(nulls_last=nulls) if down else field.asc(nulls_last=nulls))
    return found


def _tab(asked: Asked, mode: Mode, count: int) -> ModeTab:
    return ModeTab(
        label=mode.label,
        url=asked.in_mode(mode).address(),
        count=count_words(count),
        current=mode is asked.mode,
    )
