"""The labelled pairs, and the real procedures that they refer to, as fingerprints."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from tinhgon.domain.legalref import find_documents  # noqa: E402
from tinhgon.domain.likeness import Basis, Fingerprint  # noqa: E402

SHARED = Path(os.environ.get("TINHGON_SHARED", ROOT.parent / "shared"))
HERE = Path(__file__).parent
TEST, TUNING = "test", "tuning"


@dataclass(frozen=True)
class Labelled:
    one: str
    other: str
    label: str
    half: str
    own: bool


def pairs() -> list[Labelled]:
    data = tomllib.loads((HERE / "likeness_pairs.toml").read_text(encoding="utf-8"))
    return [
        Labelled(one, other, label, half, own=kind == "own")
        for half in (TUNING, TEST)
        for kind in ("corpus", "own")
        for one, other, label, _ in data[half][kind]
    ]


@cache
def rows_of(document: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a list ("002") or plan ("P001") by reference, in their order."""
    folder = "simplification-plans" if document.startswith("P") else "procedure-lists"
    path = next((SHARED / "corpus" / folder).glob(f"{document.removeprefix('P')}-*.json"))
    data = json.loads(path.read_text(encoding="utf-8"))
    return {f"{document}#{row['position']}": row for row in data.get("procedures", ())}


def fingerprint(ref: str) -> Fingerprint:
    """Return what a reference stands for; a name of our own stands for itself."""
    document, sign, rest = ref.partition("#")
    if sign and document.removeprefix("P").isdigit():
        position, _, variant = rest.partition("/")
        row = rows_of(document).get(ref)  # "1.008" may hold no slash of ours
        return _of_row(ref, row or rows_of(document)[f"{document}#{position}"], variant)
    document, sign, line = ref.partition(":")
    if sign and document.isdigit() and line.isdigit():
        return Fingerprint(ref, _heading(document, int(line)))
    return Fingerprint(ref, ref)


def _of_row(ref: str, row: dict[str, Any], variant: str) -> Fingerprint:
    key = {"": "name", "new": "replaced_by", "list": "list_name"}[variant]
    bases = tuple(
        Basis(found.code or found.title, article)
        for found in find_documents(row.get("legal_basis") or "")
        for article in [p.article for p in found.provisions] or [""]
    )
    return Fingerprint(
        key=ref,
        name=row[key],
        field=row.get("field") or "",
        level=row.get("level") or "",
        agency="; ".join(row.get("agencies") or ()),
        bases=bases,
        source=None if variant else (ref.partition("#")[0], row.get("action")),
    )


def _heading(document: str, line: int) -> str:
    path = next((SHARED / "corpus" / "procedure-lists").glob(f"{document}-*.txt"))
    text = path.read_text(encoding="utf-8").split("\n")[line - 1]
    return text.partition(". ")[2].strip()


@cache
def all_rows() -> list[Fingerprint]:
    lists = sorted((SHARED / "corpus" / "procedure-lists").glob("*.json"))
    plans = sorted((SHARED / "corpus" / "simplification-plans").glob("*.json"))
    documents = [p.name[:3] for p in lists] + [f"P{p.name[:3]}" for p in plans]
    return [fingerprint(ref) for document in documents for ref in rows_of(document)]
