"""The procedures of the demo, read from its data into records of the domain."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Kind,
    Manner,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    read_duration,
)

FILES = ("thu-tuc-mau-1.toml", "thu-tuc-mau-2.toml")
_DATA = "tinhgon.apps.home"
_PARTS = {
    "decides": Part.DECIDING,
    "executes": Part.EXECUTING,
    "cooperates": Part.COOPERATING,
}
_NATURE = "Qua hệ thống quản lý văn bản và điều hành của tỉnh; gửi bản giấy khi có yêu cầu."


@dataclass(frozen=True, slots=True)
class Sample:
    """A procedure of the demo: its record, who leads it, and the decision that publishes it."""

    record: Record
    lead: str
    decision: str


@dataclass(frozen=True, slots=True)
class Law:
    """A document that the procedures cite; `ended_on` is its first day without force."""

    basis: Basis
    note: str = ""


def samples(decision: str) -> list[Sample]:
    """Return the procedures of the decision with this name, in the order of the file."""
    return [sample for sample in _samples() if sample.decision == decision]


def ended_laws() -> list[Law]:
    """Return the cited documents whose last day is known."""
    return [law for law in _laws().values() if law.basis.ended_on]


@cache
def _files() -> list[dict[str, Any]]:
    folder = resources.files(_DATA).joinpath("data")
    return [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in FILES]


@cache
def _laws() -> dict[str, Law]:
    found: dict[str, Law] = {}
    for data in _files():
        for key, law in data.get("law", {}).items():
            issued, ended = law["issued_on"], law.get("ended_on")
            assert isinstance(issued, date)  # noqa: S101 — a TOML date
            basis = Basis(law["title"], law["code"], issued, ended_on=ended)
            found[key] = Law(basis, law.get("note", ""))
    return found


@cache
def _samples() -> list[Sample]:
    return [
        Sample(_record(row), row["lead"], row["decision"])
        for data in _files()
        for row in data["procedure"]
    ]


def _record(row: dict[str, Any]) -> Record:
    return Record(
        name=row["name"],
        kind=Kind(row.get("kind", Kind.BETWEEN)),
        tier=Tier(row["tier"]),
        field=row["field"],
        lead=row["lead"],
        rule_owner=_RULES[row["rule"]],
        steps=tuple(_step(number, text) for number, text in enumerate(row["steps"], start=1)),
        manners=(Manner.E_OFFICE, Manner.IN_PERSON),
        manner_text=_NATURE,
        papers=tuple(_paper(text) for text in row["papers"]),
        dossier_sets=row["sets"],
        time_limit=read_duration(row["limit"]),
        time_limit_text=row.get("limit_text", ""),
        subjects=tuple(row["subjects"]),
        bodies=tuple(
            Body(part, name.strip())
            for key, part in _PARTS.items()
            if key in row
            for name in row[key].split(";")
        ),
        result=row["result"],
        fee="Không",
        bases=tuple(_basis(text) for text in row["bases"]),
    )


_RULES = {"centre": RuleOwner.CENTRE, "province": RuleOwner.PROVINCE, "agency": RuleOwner.AGENCY}


def _step(number: int, text: str) -> Step:
    actor, what, time, product = (part.strip() for part in text.split("|"))
    return Step(number, what, actor, read_duration(_worked(time)), product)


def _worked(time: str) -> str:
    return f"{time} làm việc" if time.endswith("giờ") else time


def _paper(text: str) -> Paper:
    name, copy, quantity = (part.strip() for part in text.split("|"))
    return Paper(name, CopyKind(copy), int(quantity))


def _basis(text: str) -> Basis:
    key, article, clause, point = ([*text.split(":"), "", "", ""])[:4]
    law = _laws()[key].basis
    return Basis(law.document, law.code, law.issued_on, article=article, clause=clause, point=point)
