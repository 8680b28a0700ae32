"""
Reads the file in which a province's agencies ship: data/langson.toml shows its form.

Only the list of agencies must be there; deploy/tinh.toml is the least that a province starts with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Any

from tinhgon.apps.agencies.enums import Kind, Level

_ROOT = "tinh"
_TERRITORIES = 1000  # in the order of siblings, committees come after departments
# Where a province says nothing of the changes of December 2024 and July 2025.
_NO_MERGING: Mapping[str, Any] = {"on": None, "basis": "", "merged": (), "ended": ()}
_NO_CLOSING: Mapping[str, Any] = {
    "on": None,
    "basis": "",
    "districts_basis": "",
    "province_note": "",
    "commune": (),
}


class TerritoryUnreadable(Exception):
    """The file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Body:
    """One agency from its first to its last day, under a key that only the file knows."""

    key: str
    name: str
    short_name: str
    symbol: str
    level: Level
    kind: Kind
    parent: str
    order: int
    started_on: date
    basis: str
    ended_on: date | None = None
    ending: str = ""
    territory_code: int | None = None
    national_id: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One succession between keys."""

    predecessor: str
    successor: str
    on: date
    is_part: bool
    basis: str
    is_sure: bool = True


@dataclass(slots=True)
class Territory:
    """All agencies of a province through time; parents stand before their children."""

    bodies: dict[str, Body] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def add(self, body: Body) -> None:
        if body.key in self.bodies:
            raise TerritoryUnreadable(f"cơ quan “{body.key}” được ghi hai lần.")
        if body.parent and body.parent not in self.bodies:
            raise TerritoryUnreadable(
                f"cơ quan “{body.key}” trực thuộc “{body.parent}”, nhưng “{body.parent}” không "
                "được ghi ở phía trên."
            )
        self.bodies[body.key] = body


def shipped_territory() -> bytes:
    """Return the file of Lạng Sơn, March 2024 to July 2025, as it ships."""
    data = resources.files("tinhgon.apps.agencies").joinpath("data", "langson.toml")
    return data.read_bytes()


def read_territory(data: bytes) -> Territory:
    """
    Read a province's agencies from TOML (UTF-8).

    :raises TerritoryUnreadable: if it is no such file, or names an agency that it does not have.
    """
    try:
        file = tomllib.loads(data.decode())
        return _Reader(file).read()
    except KeyError as e:
        raise TerritoryUnreadable(f"thiếu mục hoặc trường “{e.args[0]}”.") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise TerritoryUnreadable(f"không phải tệp TOML, mã UTF-8 ({e}).") from e
    except (TypeError, ValueError, AttributeError) as e:
        raise TerritoryUnreadable(f"một giá trị không đúng dạng ({e}).") from e


class _Reader:
    def __init__(self, file: Mapping[str, Any]) -> None:
        self._file = file
        self._found = Territory()
        merging: Mapping[str, Any] = file.get("december_2024", _NO_MERGING)
        self._merging = merging
        self._closing: Mapping[str, Any] = file.get("july_2025", _NO_CLOSING)
        # Old communes by code: when and why each is no more.
        self._ends: dict[int, tuple[date, str]] = {}
        for entry in merging["ended"]:
            self._ends[entry["code"]] = (merging["on"], f"{merging['basis']}. {entry['note']}")
        for entry in merging["merged"]:
            self._ends |= dict.fromkeys(entry["from"], (merging["on"], merging["basis"]))

    def read(self) -> Territory:
        for number, entry in enumerate(self._file["agency"]):
            self._agency(entry, number)
        for entry in self._file.get("succession", ()):
            self._link(
                entry["from"],
                entry["to"],
                on=entry["on"],
                is_part=entry.get("part", False),
                basis=entry["basis"],
            )
        for number, entry in enumerate(self._file.get("district", ())):
            self._district(entry, number)
        self._merged_communes()
        self._new_communes()
        return self._found

    def _agency(self, entry: Mapping[str, Any], number: int) -> None:
        self._found.add(
            Body(
                key=entry["key"],
                name=entry["name"],
                short_name=entry.get("short", ""),
                symbol=entry.get("symbol", ""),
                level=Level.PROVINCE,
                kind=_kind(entry["kind"]),
                parent=entry.get("parent", ""),
                order=number,
                started_on=entry.get("start", self._file["start"]),
                basis=entry.get("basis", self._file["start_basis"]),
                ended_on=entry.get("end"),
                ending=entry.get("ending", ""),
                national_id=entry.get("national_id"),
            )
        )

    def _district(self, entry: Mapping[str, Any], number: int) -> None:
        key = str(entry["code"])
        self._found.add(
            self._committee(
                key,
                entry["name"],
                code=entry["code"],
                level=Level.DISTRICT,
                parent=_ROOT,
                order=_TERRITORIES + number,
                started=(self._file["start"], self._file["start_basis"]),
                ended=(self._closing["on"], self._closing["districts_basis"]),
            )
        )
        for place, commune in enumerate(entry["communes"]):
            self._found.add(
                self._committee(
                    _old(commune["code"]),
                    commune["name"],
                    code=commune["code"],
                    level=Level.COMMUNE,
                    parent=key,
                    order=place,
                    started=(self._file["start"], self._file["start_basis"]),
                    ended=self._ends.get(commune["code"], self._closing_of_communes),
                )
            )

    @property
    def _closing_of_communes(self) -> tuple[date, str]:
        return self._closing["on"], self._closing["basis"]

    def _merged_communes(self) -> None:
        """Enter the communes of December 2024: their codes are those of a predecessor."""
        on, basis = self._merging["on"], self._merging["basis"]
        for entry in self._merging["merged"]:
            first = self._found.bodies[_old(entry["from"][0])]
            key = f"{on.year}:{entry['code']}"
            self._found.add(
                self._committee(
                    key,
                    entry["name"],
                    code=entry["code"],
                    level=Level.COMMUNE,
                    parent=first.parent,
                    order=first.order,
                    started=(on, basis),
                    ended=self._closing_of_communes,
                )
            )
            for code in entry["from"]:
                self._link(_old(code), key, on=on, is_part=False, basis=basis)

    def _new_communes(self) -> None:
        on, basis = self._closing["on"], self._closing["basis"]
        heirs: dict[str, dict[str, None]] = {}
        for number, entry in enumerate(self._closing["commune"]):
            key = f"{on.year}:{entry['code']}"
            self._found.add(
                self._committee(
                    key,
                    entry["name"],
                    code=entry["code"],
                    level=Level.COMMUNE,
                    parent=_ROOT,
                    order=_TERRITORIES + number,
                    started=(on, basis),
                )
            )
            for code, is_part in _taken(entry):
                old = self._living(code)
                self._link(old, key, on=on, is_part=is_part, basis=basis)
                heirs.setdefault(self._found.bodies[old].parent, {})[key] = None
        for district, communes in heirs.items():
            for key in communes:
                self._link(
                    district, key, on=on, is_part=True, basis=self._closing["districts_basis"]
                )
            note = self._closing["province_note"]
            self._link(district, _ROOT, on=on, is_part=True, basis=note, is_sure=False)

    def _living(self, code: int) -> str:
        """Return the key of the commune that bore this code on the eve of July 2025."""
        merged = f"{self._merging['on'].year}:{code}" if self._merging["merged"] else ""
        return merged if merged in self._found.bodies else _old(code)

    def _link(
        self,
        predecessor: str,
        successor: str,
        *,
        on: date,
        is_part: bool,
        basis: str,
        is_sure: bool = True,
    ) -> None:
        for key in (predecessor, successor):
            if key not in self._found.bodies:
                raise TerritoryUnreadable(f"quan hệ kế thừa nêu “{key}”, nhưng tệp không có.")
        self._found.links.append(Link(predecessor, successor, on, is_part, basis, is_sure))

    def _committee(
        self,
        key: str,
        place: str,
        *,
        code: int,
        level: Level,
        parent: str,
        order: int,
        started: tuple[date, str],
        ended: tuple[date | None, str] = (None, ""),
    ) -> Body:
        own = place[0].lower() + place[1:]
        return Body(
            key=key,
            name=f"Ủy ban nhân dân {own}",
            short_name=f"UBND {own}",
            symbol="UBND",
            level=level,
            kind=Kind.COMMITTEE,
            parent=parent,
            order=order,
            started_on=started[0],
            basis=started[1],
            ended_on=ended[0],
            ending=ended[1],
            territory_code=code,
        )


def _kind(word: str) -> Kind:
    if word not in Kind.values:
        raise TerritoryUnreadable(
            f"không có loại cơ quan “{word}”; ghi một trong: {', '.join(Kind.values)}."
        )
    return Kind(word)


def _old(code: int) -> str:
    return f"old:{code}"


def _taken(entry: Mapping[str, Any]) -> Iterator[tuple[int, bool]]:
    yield from ((code, False) for code in entry["from"])
    yield from ((code, True) for code in entry.get("part_of", []))
