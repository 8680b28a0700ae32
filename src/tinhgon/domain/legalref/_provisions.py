from __future__ import annotations

import re

from ._model import Provision

_POINT = r"[a-zđ](?![^\W\d_])(?:\.?\d+)?\)?"
_NUMBER = r"\d+[a-zđ]?(?![^\W\d_])"
_AND = r"\s*(?:,|và|;)\s*"


def _run(name: str, value: str) -> str:
    return rf"(?:các\s+)?{name}\s+{value}(?:{_AND}{value})*"


_PIECE = rf"(?:{_run('điểm', _POINT)}|{_run('(?:khoản|điều)', _NUMBER)})"
_IN_FRONT = re.compile(
    rf"(?<!\w){_PIECE}(?:(?:{_AND}|\s+){_PIECE})*\s*,?\s*(?:của\s+)?$", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(điểm|khoản|điều)\s+((?:{_POINT}|{_NUMBER})(?:{_AND}(?:{_POINT}|{_NUMBER}))*)"
)
_VALUE = re.compile(rf"{_NUMBER}|{_POINT}")
_REACH = 160
"""How many characters in front of a document are looked at."""


def provisions_before(text: str, start: int) -> tuple[Provision, ...]:
    """Return the provisions right in front of `start`: "điểm a, b khoản 2 Điều 5" gives two."""
    found = _IN_FRONT.search(text, max(0, start - _REACH), start)
    if found is None:
        return ()
    points: list[str] = []
    clauses: list[tuple[str, str]] = []
    provisions: list[Provision] = []
    for name, values in _NAMED.findall(found[0].lower()):
        named = [v.rstrip(")") for v in _VALUE.findall(values)]
        if name == "điểm":
            points += named
        elif name == "khoản":
            clauses += [(point, clause) for clause in named for point in points or [""]]
            points = []
        else:
            inside = clauses or [(point, "") for point in points] or [("", "")]
            provisions += [Provision(p, c, article) for article in named for p, c in inside]
            points, clauses = [], []
    provisions += [Provision(point, clause) for point, clause in clauses]
    provisions += [Provision(point) for point in points]
    return tuple(provisions)
