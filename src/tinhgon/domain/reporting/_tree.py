from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """
    Whose report it is and to whom it goes, by their keys; `receiver` is None at the top.

    `successor` writes it where the agency has ended.
    """

    report: int
    agency: int
    successor: int | None = None
    receiver: int | None = None


def parents(places: Iterable[Place]) -> dict[int, int]:
    """
    Return by report the one that it goes to, nothing for the report at the top.

    It is that of the receiver; where the receiver has none of its own, the first that it writes
    for an agency that ended; else the one at the top. So every report is below the top, once.
    """
    rows = list(places)
    top = next((each.report for each in rows if each.receiver is None), None)
    own = {each.agency: each.report for each in rows}
    found = {}
    for each in rows:
        if each.receiver is None:
            continue
        inherited = (other.report for other in rows if other.successor == each.receiver)
        above = own.get(each.receiver) or next((r for r in inherited if r != each.report), top)
        if above is not None:
            found[each.report] = above
    for report in list(found):
        if top is not None and _goes_round(report, found):
            found[report] = top
    return found


def _goes_round(report: int, above: Mapping[int, int]) -> bool:
    seen = set()
    while report in above and report not in seen:
        seen.add(report)
        report = above[report]
    return report in above
