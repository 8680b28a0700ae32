"""Which lists are taken, and which of the headings above them tell one from another."""

from __future__ import annotations

from collections.abc import Sequence

from tinhgon.domain.vntext import fold

from ._columns import Column
from ._lists import ListTable
from ._marks import Heading, Record


def without_repeats(lists: Sequence[ListTable]) -> list[ListTable]:
    """A second list of the same procedures, made to announce workflows, is not taken again."""
    seen: set[str] = set()
    out: list[ListTable] = []
    for listed in lists:
        names = {fold(name) for name in _names(listed)}
        heads = fold(" ".join(heading.text for heading in listed.outer))
        if names and "quy trinh" in heads and len(names & seen) >= 0.8 * len(names):
            continue
        seen |= names
        out.append(listed)
    return out


def _names(listed: ListTable) -> list[str]:
    at = listed.columns.at(Column.NAME) or 0
    return [item.cells[at] for item in listed.items if isinstance(item, Record)]


def shown_outer(lists: Sequence[ListTable]) -> list[list[tuple[str, str]]]:
    """
    Return for each list the headings that tell it from the others, as (marker, text).

    A heading that all lists share tells nothing. One without a marker counts by its place.
    """
    depth = max((len(listed.outer) for listed in lists), default=0)
    out: list[list[tuple[str, str]]] = [[] for _ in lists]
    for level in range(depth):
        groups: dict[tuple[str, ...], list[str]] = {}
        for listed in lists:
            before = tuple(_key(heading) for heading in listed.outer[:level])
            own = _key(listed.outer[level]) if level < len(listed.outer) else ""
            group = groups.setdefault(before, [])
            if own not in group:
                group.append(own)
        for shown, listed in zip(out, lists, strict=True):
            if level >= len(listed.outer):
                continue
            group = groups[tuple(_key(heading) for heading in listed.outer[:level])]
            if len(group) > 1:
                heading = listed.outer[level]
                marker = heading.marker or str(group.index(_key(heading)) + 1)
                shown.append((marker, heading.text))
    return out


def _key(heading: Heading) -> str:
    return f"{heading.style}|{heading.marker}|{heading.text}|{heading.source.line}"
