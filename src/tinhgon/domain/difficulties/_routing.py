from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """
    An agency as a stop on the way up, as it stands in the tree on the day.

    `is_top`: the People's Committee of the province.
    """

    key: int
    is_top: bool = False


def next_station(
    holder: Station, *, parent: Station | None, office: Station | None
) -> Station | None:
    """
    Return who is asked after `holder`, one level up; None where only the centre is left.

    `parent` stands above the holder on the day, `office` is the Office of the province, where
    there is one: it takes what is laid before the committee. So a commune asks its district, and
    where the district tier is no more, the Office.
    """
    if holder.is_top or parent is None:
        return None
    if not parent.is_top:
        return parent
    if office is None:
        return parent
    return None if holder.key == office.key else office
