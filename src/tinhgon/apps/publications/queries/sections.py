"""Where the lines of a decision stand in its annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tinhgon.apps.procedures.enums import Action, Kind, Tier
from tinhgon.apps.publications.enums import Grouping
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.domain.publishing import Heading, Item, Place, arrange


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under the same headings, with the position of each."""

    headings: tuple[Heading, ...]
    lines: list[tuple[str, DecisionLine]]


def places_of(decision: Decision, lines: Sequence[DecisionLine]) -> tuple[Place[int], ...]:
    """Return the places of the lines of a draft, as its grouping lays them out."""
    return arrange([_item(line) for line in lines], Grouping(decision.grouping))


def sections_of(decision: Decision, lines: Sequence[DecisionLine]) -> list[Section]:
    """Return the lines of a draft by section, in the order of the annex."""
    by_pk = {line.pk: line for line in lines}
    sections: list[Section] = []
    for place in places_of(decision, lines):
        if not sections or sections[-1].headings != place.headings:
            sections.append(Section(place.headings, []))
        sections[-1].lines.append((place.position, by_pk[place.key]))
    return sections


def printed_sections(lines: Sequence[DecisionLine]) -> list[Section]:
    """Return the lines of a decision whose positions are fixed, as its annex has them."""
    sections: list[Section] = []
    for line in lines:
        texts = [text for text in line.section.split(" > ") if text]
        headings = tuple(Heading("", text) for text in texts)
        if not sections or sections[-1].headings != headings:
            sections.append(Section(headings, []))
        sections[-1].lines.append((line.position, line))
    return sections


def _item(line: DecisionLine) -> Item[int]:
    version = line.version
    if version is None:
        return Item(line.pk, Action(line.action))
    return Item(
        line.pk,
        Action(line.action),
        Kind(version.kind),
        Tier(version.tier),
        version.field.name if version.field else "",
    )
