from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ._permissions import Permission

_PATH = re.compile(r"/(?:[^/]+/)*")


def _checked(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise ValueError(f"not a path of the tree of agencies: {path!r}")
    return path


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions on an agency and everything below it.

    `path` starts and ends with a slash, as in `/1/7/42/`; `/` is the whole tree.

    :raises ValueError: if the path has another shape.
    """

    path: str
    permissions: frozenset[Permission]

    def __post_init__(self) -> None:
        _checked(self.path)


class Access:
    """What a person may do and where: the sum of the person's grants."""

    __slots__ = ("_paths",)

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        by_permission: dict[Permission, set[str]] = {}
        for grant in grants:
            for permission in grant.permissions:
                by_permission.setdefault(permission, set()).add(grant.path)
        self._paths: Mapping[Permission, tuple[str, ...]] = {
            permission: _minimal(paths) for permission, paths in by_permission.items()
        }

    def allows(self, permission: Permission, path: str) -> bool:
        """
        Return whether `permission` is held on the agency at `path`.

        :raises ValueError: if `path` does not have the shape `/1/7/`.
        """
        return _checked(path).startswith(self.paths(permission))

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """Return the fewest path prefixes that cover every place where `permission` is held.

        Sorted; no path lies under another. Empty when the permission is held nowhere.
        """
        return self._paths.get(permission, ())


def _minimal(paths: set[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths):  # a path sorts before everything below it
        if not path.startswith(tuple(kept)):
            kept.append(path)
    return tuple(kept)
