"""What the address of the list of procedures asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from tinhgon.apps.procedures.enums import (
    ACTION_LABELS,
    STATUS_LABELS,
    Action,
    Fault,
    Kind,
    Mode,
    RuleOwner,
    Status,
    Tier,
)
from tinhgon.common.http import whole_number
from tinhgon.domain.procedures import KIND_WORDS, RULE_OWNER_WORDS, TIER_WORDS
from tinhgon.domain.vntext import NotADate, fold, format_date, nfc, parse_date

E = TypeVar("E", bound=StrEnum)

DEFAULT_SORT = "ten"
SORTS = frozenset({"ten", "co-quan", "linh-vuc", "cap", "hieu-luc", "cap-nhat"})
SIZES = (50, 100, 200)
_LONGEST = 200


def slugs(labels: Mapping[E, str]) -> dict[str, E]:
    """Return the members by their labels as an address says them: "cap-tinh"."""
    return {"-".join(fold(words.replace(",", "")).split()): each for each, words in labels.items()}


TIERS = slugs(TIER_WORDS)
KINDS = slugs(KIND_WORDS)
STATUSES = slugs(STATUS_LABELS)
ACTIONS = slugs(ACTION_LABELS)
RULE_OWNERS = slugs(RULE_OWNER_WORDS)
FAULTS = {each.value: each for each in Fault}
YES_NO = {"co": True, "khong": False}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter at work: its words, and the address without it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it says wrongly counts as not said."""

    mode: Mode = Mode.IN_FORCE
    day: date | None = None  # in force on this day; None: today
    words: str = ""
    agency: str = ""  # its key, or its name as typed; with all below it
    field: str = ""  # words of the name of the field
    tier: Tier | None = None
    kind: Kind | None = None
    status: Status | None = None
    action: Action | None = None
    rule_owner: RuleOwner | None = None
    interconnected: bool | None = None
    decision: str = ""
    changed_since: date | None = None
    fault: Fault | None = None
    sort: str = DEFAULT_SORT
    size: int = SIZES[0]
    columns: tuple[str, ...] = ()  # none: those that the person usually sees

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        sort = query.get("sort", "")
        size = whole_number(query.get("so-dong", ""))
        mode = query.get("che-do", "")
        return cls(
            mode=Mode(mode) if mode in Mode.values else Mode.IN_FORCE,
            day=_day(query.get("ngay", "")),
            words=_text(query.get("q", "")),
            agency=_text(query.get("co-quan", "")),
            field=_text(query.get("linh-vuc", "")),
            tier=TIERS.get(query.get("cap", "")),
            kind=KINDS.get(query.get("loai", "")),
            status=STATUSES.get(query.get("trang-thai", "")),
            action=ACTIONS.get(query.get("hinh-thuc", "")),
            rule_owner=RULE_OWNERS.get(query.get("tham-quyen", "")),
            interconnected=YES_NO.get(query.get("lien-thong", "")),
            decision=_text(query.get("quyet-dinh", "")),
            changed_since=_day(query.get("doi-tu", "")),
            fault=FAULTS.get(query.get("chat-luong", "")),
            sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
            size=size if size in SIZES else SIZES[0],
            columns=tuple(filter(None, _text(query.get("cot", "")).split(","))),
        )

    @classmethod
    def read_query(cls, query: str) -> Asked:
        """Read what stands in an address after "?", as a form sends it along."""
        return cls.read(dict(parse_qsl(query.lstrip("?"))))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What an address must say to ask for this: what is usual is left out."""
        usual = Asked()
        return [
            (PARAMS[each.name], _written(each.name, getattr(self, each.name)))
            for each in fields(self)
            if getattr(self, each.name) != getattr(usual, each.name)
        ]

    def address(self, **changed: Any) -> str:
        """
        Return the query of the address that asks for this, with some of it changed.

        It is never empty: the address alone may open another saved view.
        """
        pairs = replace(self, **changed).pairs
        return f"?{urlencode(pairs or [(PARAMS['mode'], Mode.IN_FORCE.value)])}"

    @property
    def narrows(self) -> bool:
        """Whether some filter is at work beside the mode and its day."""
        return self.without_filters() != self

    def without_filters(self) -> Asked:
        return Asked(
            mode=self.mode, day=self.day, sort=self.sort, size=self.size, columns=self.columns
        )

    def in_mode(self, mode: Mode) -> Asked:
        """Return the same in another mode, without what makes sense in this mode only."""
        if mode is self.mode:
            return self
        return replace(self, mode=mode, day=None, status=None)

    def chips(self, *, agency: str) -> list[Chip]:
        """Return each filter at work in words; `agency` is the name of the one asked for."""
        words = {
            "words": f"“{self.words}”",
            "agency": agency,
            "field": f"Lĩnh vực: {self.field}",
            "tier": self.tier and TIER_WORDS[self.tier],
            "kind": self.kind and KIND_WORDS[self.kind],
            "status": self.status and STATUS_LABELS[self.status],
            "action": self.action and ACTION_LABELS[self.action],
            "rule_owner": self.rule_owner and f"Quy định của: {RULE_OWNER_WORDS[self.rule_owner]}",
            "interconnected": "Liên thông" if self.interconnected else "Không liên thông",
            "decision": f"Quyết định: {self.decision}",
            "changed_since": self.changed_since and f"Đổi từ {format_date(self.changed_since)}",
            "fault": self.fault and self.fault.label,
        }
        usual = Asked()
        return [
            Chip(text or "", self.address(**{name: getattr(usual, name)}))
            for name, text in words.items()
            if getattr(self, name) != getattr(usual, name)
        ]


PARAMS = {
    "mode": "che-do",
    "day": "ngay",
    "words": "q",
    "agency": "co-quan",
    "field": "linh-vuc",
    "tier": "cap",
    "kind": "loai",
    "status": "trang-thai",
    "action": "hinh-thuc",
    "rule_owner": "tham-quyen",
    "interconnected": "lien-thong",
    "decision": "quyet-dinh",
    "changed_since": "doi-tu",
    "fault": "chat-luong",
    "sort": "sort",
    "size": "so-dong",
    "columns": "cot",
}
"""What is asked for → its name in addresses."""

_READ: Mapping[str, Mapping[str, Any]] = {
    "tier": TIERS,
    "kind": KINDS,
    "status": STATUSES,
    "action": ACTIONS,
    "rule_owner": RULE_OWNERS,
    "interconnected": YES_NO,
}
_SLUGS = {name: {value: slug for slug, value in read.items()} for name, read in _READ.items()}


def _written(name: str, value: Any) -> str:
    if name in _SLUGS:
        return _SLUGS[name][value] if value is not None else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)


def _text(text: str) -> str:
    return " ".join(nfc(text).replace("\0", " ").split())[:_LONGEST]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if "-" in text[4:5] else parse_date(text)
    except (ValueError, NotADate):
        return None
