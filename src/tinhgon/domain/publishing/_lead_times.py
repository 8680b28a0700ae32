from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class LeadTime:
    """From when on a decision must precede its effect, by how many working days, and says who."""

    since: date
    working_days: int
    citation: str


@cache
def lead_times() -> tuple[LeadTime, ...]:
    """Return the lead times that the software ships with, oldest first."""
    text = resources.files(__package__).joinpath("lead_times.toml").read_text("utf-8")
    rows = tomllib.loads(text)["lead_time"]
    return tuple(LeadTime(row["from"], row["working_days"], row["citation"]) for row in rows)


def lead_time_on(day: date) -> LeadTime | None:
    """Return the rule in force for a decision issued on `day`."""
    return next((rule for rule in reversed(lead_times()) if rule.since <= day), None)
