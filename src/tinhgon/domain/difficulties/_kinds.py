from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of difficulty it is (loại vướng mắc), as people choose it."""

    code: str
    label: str
    hint: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds that ship with the software, by code, in the order of the file."""
    return read_kinds(resources.files(__package__).joinpath("kinds.toml").read_bytes())


def read_kinds(data: bytes) -> dict[str, Kind]:
    """
    Read kinds from TOML (UTF-8), as `kinds.toml` beside this module.

    :raises ValueError: if a field is missing, unknown or empty, or a code comes twice.
    """
    found: dict[str, Kind] = {}
    for row in tomllib.loads(data.decode()).get("kind", []):
        match row:
            case {"code": str() as code, "label": str() as label, "hint": str() as hint} if (
                len(row) == 3 and code and label and code not in found
            ):
                found[code] = Kind(code, label, hint)
            case _:
                raise ValueError(f"not a kind, or one that comes twice: {row}")
    return found
