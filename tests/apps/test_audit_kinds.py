from __future__ import annotations

import ast
from pathlib import Path

from tinhgon.apps.audit.enums import kind_names

APPS = Path(__file__).parents[2] / "src/tinhgon/apps"


def kinds_in_the_code() -> set[str]:
    """Every literal kind that an action gives to the trail."""
    found = set()
    for path in APPS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0] if node.args else None
                first = next((k.value for k in node.keywords if k.arg == "kind"), first)
                if name in {"record", "Entry"} and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_kind_of_event_has_a_name_in_vietnamese() -> None:
    kinds = kinds_in_the_code()

    assert "accounts.signed_in" in kinds
    assert kinds - set(kind_names()) == set()
