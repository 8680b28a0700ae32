from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


def default_bases(day: date) -> tuple[str, ...]:
    """Return the legal bases, in force on `day`, that a decision opens with at first."""
    return tuple(
        row["text"] for row in _rows() if row["from"] <= day and day < row.get("until", date.max)
    )


@cache
def _rows() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("bases.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["basis"]
    return rows
