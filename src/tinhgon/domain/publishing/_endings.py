"""Lines of earlier decisions that no longer hold, as a later one names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EndedPlace:
    """
    A line of an earlier decision: its position there ("A.1", "" where not known), the name of its
    procedure, and the decision in words. `replaced`: another procedure takes its place.
    """

    position: str
    name: str
    decision: str
    replaced: bool = False


def ended_words(places: Iterable[EndedPlace]) -> tuple[str, ...]:
    """
    Return what is done to the places, those of one section of one decision together.

    "Bãi bỏ thủ tục hành chính nội bộ số thứ tự 1, 2 mục A Danh mục ban hành kèm theo Quyết định số
    12/QĐ-UBND ngày 05/01/2024". What is written here `read_positions` reads again.
    """
    groups: dict[tuple[str, str, str], list[str]] = {}
    named: list[str] = []
    for place in places:
        verb = "Thay thế" if place.replaced else "Bãi bỏ"
        if not place.position:
            named.append(f"{verb} thủ tục “{place.name}” công bố tại {place.decision}")
            continue
        section, _, number = place.position.rpartition(".")
        if section.isalpha():
            groups.setdefault((verb, place.decision, f" mục {section}"), []).append(number)
        else:
            groups.setdefault((verb, place.decision, ""), []).append(place.position)
    listed = [
        f"{verb} thủ tục hành chính nội bộ số thứ tự {', '.join(numbers)}{section} Danh mục ban "
        f"hành kèm theo {decision}"
        for (verb, decision, section), numbers in groups.items()
    ]
    return (*listed, *named)
