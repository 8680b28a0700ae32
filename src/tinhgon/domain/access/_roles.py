from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ._permissions import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """A role (vai trò): a named set of permissions, given to a person at one agency."""

    code: str
    name: str
    description: str
    permissions: frozenset[Permission]


@cache
def seed_roles() -> Mapping[str, Role]:
    """Return the roles that ship with the software, by code, in the order of the file."""
    return read_roles(resources.files(__package__).joinpath("roles.toml").read_bytes())


def role_for(code: str) -> Role:
    """
    Return the shipped role with this code.

    :raises KeyError: if there is none.
    """
    return seed_roles()[code]


def read_roles(data: bytes) -> dict[str, Role]:
    """
    Read a file of roles in TOML (UTF-8), as `roles.toml` beside this module.

    :raises ValueError: if a code comes twice, a field is missing or a permission is unknown.
    """
    roles: dict[str, Role] = {}
    for entry in tomllib.loads(data.decode()).get("role", []):
        try:
            role = Role(
                code=entry["code"],
                name=entry["name"],
                description=entry["description"],
                permissions=frozenset(Permission(p) for p in entry["permissions"]),
            )
        except KeyError as e:
            raise ValueError(f"role without {e.args[0]}: {entry}") from e
        if role.code in roles:
            raise ValueError(f"role {role.code} comes twice")
        roles[role.code] = role
    return roles
