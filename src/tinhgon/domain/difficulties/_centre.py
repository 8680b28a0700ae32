from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Centre:
    """Who at the centre is asked about the control of procedures, from a day on, by which text."""

    name: str
    since: date
    source: str


def centre_on(day: date) -> Centre:
    """
    Return to whom the province writes on `day`.

    :raises ValueError: if the list does not reach back so far.
    """
    found = [centre for centre in _centres() if centre.since <= day]
    if not found:
        raise ValueError(f"nobody at the centre is known for {day}")
    return found[-1]


@cache
def _centres() -> tuple[Centre, ...]:
    return read_centres(resources.files(__package__).joinpath("centre.toml").read_bytes())


def read_centres(data: bytes) -> tuple[Centre, ...]:
    """
    Read who is asked since when from TOML (UTF-8), as `centre.toml` beside this module.

    :raises ValueError: if a field is missing or of another type, or the days do not rise.
    """
    found: list[Centre] = []
    for row in tomllib.loads(data.decode()).get("centre", []):
        match row:
            case {"name": str() as name, "since": date() as since, "source": str() as source} if (
                type(since) is date and name and (not found or found[-1].since < since)
            ):
                found.append(Centre(name, since, source))
            case _:
                raise ValueError(f"no recipient at the centre, or out of order: {row}")
    return tuple(found)
