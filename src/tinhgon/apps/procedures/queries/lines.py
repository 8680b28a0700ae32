"""One version as a list shows it: loaded with what its columns say, and no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from tinhgon.apps.agencies.models import AgencyState
from tinhgon.apps.procedures.enums import ACTION_LABELS, STATE_KINDS, STATUS_LABELS, Mode
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.procedures import (
    KIND_WORDS,
    PUBLISHED,
    RULE_OWNER_WORDS,
    TIER_WORDS,
    Kind,
)

from .filters import held_on

_SIGNED = "signed"


@dataclass(slots=True)
class Line:
    """What a row of the list is made of, in the order of `_SOURCES`."""

    pk: int
    procedure: int
    number: int
    name: str
    status: str
    action: str
    kind: str
    tier: str
    is_interconnected: bool
    rule_owner: str
    valid_from: date | None
    valid_to: date | None
    is_superseded: bool
    fault_count: int
    changed_at: datetime
    field: str | None
    national_code: str | None
    holder: int
    agency: str
    agency_short: str
    decision: int | None
    decision_status: str | None
    decision_number: str | None
    decision_symbol: str | None

    @property
    def local_code(self) -> str:
        return f"NB-{self.procedure:05}"

    @property
    def agency_label(self) -> str:
        return self.agency_short or self.agency

    @property
    def decision_code(self) -> str:
        """The number of the signed decision that brought it; a draft has none to show."""
        if self.decision_status != _SIGNED:
            return ""
        number, symbol = self.decision_number or "", self.decision_symbol
        return f"{number}/{symbol}" if symbol else number


_DECISION = "decision_line__decision"
_SOURCES = (
    "pk",
    "procedure",
    "number",
    "name",
    "status",
    "action",
    "kind",
    "tier",
    "is_interconnected",
    "rule_owner",
    "valid_from",
    "valid_to",
    "is_superseded",
    "fault_count",
    "changed_at",
    "field__name",
    "procedure__national_code",
    "holder",
    "holder__name",
    "holder__short_name",
    _DECISION,
    f"{_DECISION}__status",
    f"{_DECISION}__document__number",
    f"{_DECISION}__document__symbol",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version stands on a day: kind of state, its sign ("" for the usual one), words."""

    kind: str
    words: str
    sign: str = ""


_IN_FORCE = Standing("ontime", "Đang hiệu lực")
_NEWER = Standing("none", "Đã có bản mới", "↷")
_ENDED = Standing("none", "Hết hiệu lực", "✕")
_COMING = Standing("waiting", "Chưa đến ngày hiệu lực")
_STATUSES = {
    status.value: Standing(STATE_KINDS[status], words) for status, words in STATUS_LABELS.items()
}


def standing(line: Line, day: date) -> Standing:
    if line.valid_from is None or line.status not in PUBLISHED:
        return _STATUSES[line.status]
    if line.valid_to is not None and line.valid_to <= day:
        return _NEWER if line.is_superseded else _ENDED
    return _IN_FORCE if line.valid_from <= day else _COMING


Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of the list: its name in addresses, its heading, how to sort by it, its value."""

    key: str
    heading: str
    value: Callable[[Line, date], Value]
    sort: str = ""


_TIERS = {t.value: words.removeprefix("Cấp ").capitalize() for t, words in TIER_WORDS.items()}
_SHORT_KINDS = {Kind.BETWEEN.value: "Giữa các cơ quan", Kind.INSIDE.value: "Nội bộ cơ quan"}
assert _SHORT_KINDS.keys() == {kind.value for kind in KIND_WORDS}  # noqa: S101
_OWNERS = {owner.value: words for owner, words in RULE_OWNER_WORDS.items()}
_ACTIONS = {action.value: words for action, words in ACTION_LABELS.items()}

COLUMNS: Mapping[str, ListColumn] = {
    column.key: column
    for column in (
        ListColumn("ten", "Thủ tục", lambda line, _: line.name, "ten"),
        ListColumn("co-quan", "Cơ quan", lambda line, _: line.agency_label, "co-quan"),
        ListColumn("linh-vuc", "Lĩnh vực", lambda line, _: line.field, "linh-vuc"),
        ListColumn("cap", "Cấp", lambda line, _: _TIERS[line.tier], "cap"),
        ListColumn("tinh-trang", "Tình trạng", lambda line, day: standing(line, day).words),
        ListColumn("quyet-dinh", "Quyết định", lambda line, _: line.decision_code),
        ListColumn("hieu-luc", "Hiệu lực từ", lambda line, _: line.valid_from, "hieu-luc"),
        ListColumn("het-hieu-luc", "Hết hiệu lực từ", lambda line, _: line.valid_to),
        ListColumn("loai", "Loại", lambda line, _: _SHORT_KINDS[line.kind]),
        ListColumn(
            "lien-thong",
            "Liên thông",
            lambda line, _: "Có" if line.is_interconnected else "Không",
        ),
        ListColumn("tham-quyen", "Quy định của", lambda line, _: _OWNERS.get(line.rule_owner)),
        ListColumn("hinh-thuc", "Hình thức", lambda line, _: _ACTIONS[line.action]),
        ListColumn("ma", "Mã nội bộ", lambda line, _: line.local_code),
        ListColumn("ma-quoc-gia", "Mã quốc gia", lambda line, _: line.national_code),
        ListColumn("phien-ban", "Phiên bản", lambda line, _: line.number),
        ListColumn(
            "cap-nhat",
            "Cập nhật",
            lambda line, _: timezone.localtime(line.changed_at).date(),
            "cap-nhat",
        ),
        ListColumn("loi", "Lỗi nội dung", lambda line, _: line.fault_count),
    )
}
USUAL_COLUMNS: Mapping[Mode, Sequence[str]] = {
    Mode.IN_FORCE: ("co-quan", "linh-vuc", "cap", "quyet-dinh", "hieu-luc"),
    Mode.PIPELINE: ("co-quan", "linh-vuc", "cap", "tinh-trang", "cap-nhat"),
    Mode.ENDED: ("co-quan", "linh-vuc", "cap", "quyet-dinh", "het-hieu-luc"),
    Mode.ASIDE: ("co-quan", "linh-vuc", "tinh-trang", "cap-nhat"),
    Mode.ALL: ("co-quan", "cap", "phien-ban", "tinh-trang", "quyet-dinh", "hieu-luc"),
}
"""What a list shows unless somebody chose: what is the same in every row is left out."""


def shown(mode: Mode, *choices: Sequence[str]) -> list[ListColumn]:
    """Return the columns of the first choice that names any; the name of a row always leads."""
    known: list[ListColumn] = []
    for keys in (*choices, USUAL_COLUMNS[mode]):
        known = known or [COLUMNS[key] for key in dict.fromkeys(keys) if key in _CHOOSABLE]
    return [COLUMNS["ten"], *known]


_CHOOSABLE = COLUMNS.keys() - {"ten"}


def lines(pks: Sequence[int], *, then: date | None) -> list[Line]:
    """
    Return the versions with these keys as lines, in their order.

    `then`: name the agency that held each on that day, by the name it bore.
    """
    rows = ProcedureVersion.objects.filter(pk__in=pks).order_by().values_list(*_SOURCES)
    found = {row[0]: Line(*row) for row in rows}
    if then is not None:
        _name_holders(list(found.values()), then)
    return [found[pk] for pk in pks if pk in found]


def _name_holders(found: list[Line], then: date) -> None:
    states = AgencyState.objects.filter(agency=OuterRef("agency"), started_on__lte=then).order_by(
        "-started_on"
    )
    held = held_on(then).filter(procedure__in=[line.procedure for line in found])
    holders = {
        procedure: (agency, name, short)
        for procedure, agency, name, short in held.values_list(
            "procedure",
            "agency",
            Subquery(states.values("name")[:1]),
            Subquery(states.values("short_name")[:1]),
        )
        if name
    }
    for line in found:
        if line.procedure in holders:
            line.holder, line.agency, line.agency_short = holders[line.procedure]
