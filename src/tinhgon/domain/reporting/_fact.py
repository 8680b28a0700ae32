from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

_NOTHING = Decimal(0)


class Counts(StrEnum):
    """What an approved plan makes of a procedure, as the 20% are counted."""

    ABOLISHED = auto()
    MERGED = auto()
    SIMPLIFIED = auto()


@dataclass(frozen=True, slots=True)
class Proof:
    """
    The signed document behind a figure: its number and day, and the page that shows it.

    Without a number the day alone is known.
    """

    words: str = ""
    on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a round says of a procedure: `order` sorts rounds; `outcome` is empty until reviewed."""

    round: int
    name: str
    order: int
    outcome: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """
    All that a report says of one procedure as at its cut-off.

    `procedure` and `agency` are keys that stay when names change. `level` is the tier that performs
    it (province, district, commune); `is_between`: between agencies (loại A), else inside one.
    `is_listed`: in the whole of which the shares of the programme are counted. `before` is its
    yearly cost before any plan, in đồng, None where not assessed; `saved` what the approved plans
    save. `counts` is None without an approved plan. `open_reason` says why an approved plan is not
    carried out.
    """

    procedure: int
    name: str
    agency: int
    agency_name: str
    level: str
    is_between: bool
    field: str = ""
    published: Proof | None = None
    is_in_force: bool = True
    is_supplementary: bool = False
    is_listed: bool = False
    reviews: tuple[Reviewed, ...] = ()
    is_planned: bool = False
    approved: Proof | None = None
    counts: Counts | None = None
    measures: str = ""
    before: Decimal | None = None
    saved: Decimal = _NOTHING
    carried_out: tuple[Proof, ...] = ()
    is_carried_out: bool = False
    open_reason: str = ""

    @property
    def is_reviewed(self) -> bool:
        return any(each.outcome for each in self.reviews)

    @property
    def after(self) -> Decimal | None:
        """Return what it costs a year once the plan is carried out."""
        return None if self.before is None else self.before - self.saved

    def to_json(self) -> dict[str, Any]:
        """Return plain values: amounts as text, days as ISO, empty parts left out."""
        found: dict[str, Any] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if value not in _LEFT_OUT and value != ():
                found[name] = _plain(value)
        return found


_LEFT_OUT = (None, "")


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case Proof() | Reviewed():
            pairs = ((name, getattr(value, name)) for name in value.__slots__)
            return {name: _plain(each) for name, each in pairs if each not in _LEFT_OUT}
        case tuple():
            return [_plain(each) for each in value]
    return value


def read_fact(data: Mapping[str, Any]) -> Fact:
    """
    Return the fact that `Fact.to_json` wrote.

    :raises KeyError, TypeError, ValueError: if it is something else.
    """
    values = dict(data)
    for name in ("published", "approved"):
        if name in values:
            values[name] = _proof(values[name])
    values["carried_out"] = tuple(_proof(each) for each in values.get("carried_out", ()))
    values["reviews"] = tuple(_reviewed(each) for each in values.get("reviews", ()))
    if "counts" in values:
        values["counts"] = Counts(values["counts"])
    for name in ("before", "saved"):
        if name in values:
            values[name] = Decimal(values[name])
    return Fact(**values)


def _proof(data: Mapping[str, Any]) -> Proof:
    return Proof(**{**data, **_day(data)})


def _reviewed(data: Mapping[str, Any]) -> Reviewed:
    return Reviewed(**{**data, **_day(data)})


def _day(data: Mapping[str, Any]) -> dict[str, date]:
    return {"on": date.fromisoformat(data["on"])} if "on" in data else {}
