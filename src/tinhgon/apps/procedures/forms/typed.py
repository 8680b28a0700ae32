"""
What stands in the inputs of the long form, as text: out of a record, out of a request, changed by
the buttons of rows, kept as JSON while somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.http import QueryDict

from tinhgon.domain.procedures import (
    START,
    Record,
    Step,
    basis_words,
    duration_words,
    read_steps,
)
from tinhgon.domain.vntext import format_date

Typed = dict[str, Any]
Row = dict[str, Any]

TEXTS = (
    "name",
    "kind",
    "tier",
    "field",
    "lead",
    "rule_owner",
    "manner_text",
    "dossier_sets",
    "dossier_text",
    "time_limit",
    "time_limit_text",
    "subjects",
    "result",
    "fee",
    "conditions",
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "steps": ("what", "actor", "time", "product", "after"),
    "papers": ("name", "copy", "quantity", "form", "compulsory"),
    "bodies": ("part", "name"),
    "forms": ("name", "file"),
    "bases": ("line", "ended_on"),
}
"""List of rows → the inputs of one row."""
BLANKS: Mapping[str, Row] = {
    "steps": {},
    "papers": {"copy": "original", "quantity": "1", "compulsory": True},
    "bodies": {"part": "executing"},
    "forms": {},
    "bases": {},
}
"""What a new row holds before anybody types."""
MOST_ROWS = 200
_NAME = re.compile(rf"({'|'.join(COLUMNS)})-(\d{{1,4}})-(\w+)")


def _signer() -> signing.Signer:
    """Made when it is used: a server that lacks its secret key must say so, not fail to import."""
    return signing.Signer(salt="procedures.form-file")


def from_record(record: Record, *, procedure: int) -> Typed:
    """Return the inputs that say what the record says."""
    typed: Typed = {name: _text(getattr(record, name)) for name in TEXTS}
    typed["is_interconnected"] = record.is_interconnected
    typed["manners"] = [manner.value for manner in record.manners]
    typed["time_limit"] = duration_words(record.time_limit)
    typed["subjects"] = "\n".join(record.subjects)
    typed["conditions"] = "\n".join(record.conditions)
    typed["steps"] = [_step(step) for step in record.steps]
    typed["papers"] = [
        {
            "name": paper.name,
            "copy": paper.copy.value,
            "quantity": str(paper.quantity),
            "form": paper.form,
            "compulsory": paper.compulsory,
        }
        for paper in record.papers
    ]
    typed["bodies"] = [{"part": body.part.value, "name": body.name} for body in record.bodies]
    typed["forms"] = [
        {"name": form.name, "file": sign_file(form.file, procedure) if form.file else ""}
        for form in record.forms
    ]
    typed["pasted"] = ""
    typed["bases"] = [
        {
            "line": basis_words(basis),
            "ended_on": format_date(basis.ended_on) if basis.ended_on else "",
        }
        for basis in record.bases
    ]
    return typed


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _step(step: Step) -> Row:
    return {
        "what": step.what,
        "actor": step.actor,
        "time": duration_words(step.duration),
        "product": step.product,
        "after": ", ".join(str(number) for number in step.after),
    }


def from_post(data: QueryDict) -> Typed:
    """Return what was posted, whatever it is; rows in the order of their numbers."""
    typed: Typed = {name: _clean(data.get(name, "")) for name in TEXTS}
    typed["is_interconnected"] = "is_interconnected" in data
    typed["pasted"] = _clean(data.get("pasted", ""))
    typed["manners"] = [_clean(value) for value in data.getlist("manners")][:MOST_ROWS]
    found: dict[str, dict[int, Row]] = {part: {} for part in COLUMNS}
    for name in data:
        if (match := _NAME.fullmatch(name)) and match[3] in COLUMNS[match[1]]:
            found[match[1]].setdefault(int(match[2]), {})[match[3]] = _clean(data.get(name, ""))
    for part, rows in found.items():
        typed[part] = [_whole(part, rows[number]) for number in sorted(rows)][:MOST_ROWS]
    return typed


def _clean(value: str) -> str:
    return value.replace("\0", "").replace("\r\n", "\n")


def _whole(part: str, row: Row) -> Row:
    whole = {column: row.get(column, "") for column in COLUMNS[part]}
    if part == "papers":
        whole["compulsory"] = "compulsory" in row  # an empty tick box is not posted at all
    return whole


def is_blank(part: str, row: Row) -> bool:
    """Return whether nobody typed anything into the row."""
    given = BLANKS[part]
    typed = {name for name, value in row.items() if value and name not in given}
    return not {name for name in typed if str(row[name]).strip()}


def change_rows(typed: Typed, deed: str) -> str | None:
    """
    Do what a button of a row says ("add:steps", "up:steps:2"), in place; return the list of rows
    that it changed, None if there is no such button.
    """
    verb, _, rest = deed.partition(":")
    part, _, number = rest.partition(":")
    if part not in COLUMNS:
        return None
    rows = typed[part]
    at = int(number) if number.isascii() and number.isdecimal() else len(rows)
    order = _new_order(verb, at, len(rows))
    if verb == "paste":
        rows[:] = [*(row for row in rows if not is_blank(part, row)), *_pasted(typed)][:MOST_ROWS]
        typed["pasted"] = ""
    elif order is None:
        return None
    else:
        typed[part] = [rows[n] if n is not None else dict(BLANKS[part]) for n in order][:MOST_ROWS]
        if part == "steps":
            _renumber(typed[part], order)
    return part


def _new_order(verb: str, at: int, count: int) -> list[int | None] | None:
    """Return the old places of the rows in their new order, None standing for a new one."""
    order: list[int | None] = list(range(count))
    match verb:
        case "add":
            order.insert(min(at, count), None)
        case "remove" if at < count:
            del order[at]
        case "up" if 0 < at < count:
            order[at - 1], order[at] = order[at], order[at - 1]
        case "down" if at < count - 1:
            order[at], order[at + 1] = order[at + 1], order[at]
        case "remove" | "up" | "down":
            pass
        case _:
            return None
    return order


def _renumber(steps: list[Row], order: Sequence[int | None]) -> None:
    """Let each step wait for the same steps as before, under their new numbers."""
    new = {old + 1: number for number, old in enumerate(order, 1) if old is not None}
    for step in steps:
        step["after"] = re.sub(
            r"\d+",
            lambda found: found[0] if int(found[0]) == START else str(new.get(int(found[0]), "")),
            str(step.get("after", "")),
        ).strip(" ,;")


def _pasted(typed: Typed) -> list[Row]:
    return [
        {"what": r.what, "actor": r.actor, "time": r.time, "product": r.product, "after": ""}
        for r in read_steps(typed.get("pasted", ""))
    ]


def sign_file(file: int, procedure: int) -> str:
    """Return the key of a file so that nobody puts another one in its place."""
    return _signer().sign_object([file, procedure])


def signed_file(text: str, procedure: int) -> int | None:
    """Return the key that was signed for this procedure, None for anything else."""
    try:
        file, owner = _signer().unsign_object(text)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(file) if owner == procedure else None


def merge(mine: Typed, base: Typed | None, theirs: Typed) -> list[str]:
    """
    Take into what one person typed, in place, what another saved meanwhile; return the inputs that
    both changed: there, what was typed stays. Without the common `base` that is all that differs.
    """
    both = []
    for name, value in theirs.items():
        if base is not None and mine.get(name) == base.get(name):
            mine[name] = value
        elif mine.get(name) != value and (base is None or value != base.get(name)):
            both.append(name)
    return both
