"""What the filters of the list offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tinhgon.apps.procedures.enums import ACTION_LABELS, STATUS_LABELS, Fault, Mode, Status
from tinhgon.apps.procedures.models import Field
from tinhgon.domain.procedures import (
    KIND_WORDS,
    PUBLISHED,
    RULE_OWNER_WORDS,
    TIER_WORDS,
    UNPUBLISHED,
)
from tinhgon.domain.vntext import fold

from .asked import (
    ACTIONS,
    KINDS,
    PARAMS,
    RULE_OWNERS,
    SIZES,
    STATUSES,
    TIERS,
    Asked,
)

E = TypeVar("E", bound=StrEnum)

_MOST = 30


@dataclass(frozen=True, slots=True)
class Select:
    """A drop-down among the filters: options are value, words, whether chosen."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


def selects(asked: Asked) -> tuple[list[Select], list[Select]]:
    """Return the drop-downs that always stand there, and those that are asked for more rarely."""
    first = [
        _select("tier", "Cấp thực hiện", TIERS, TIER_WORDS, asked.tier),
        _select("kind", "Loại", KINDS, KIND_WORDS, asked.kind),
    ]
    more = [
        _select("status", "Trạng thái", _statuses(asked.mode), STATUS_LABELS, asked.status),
        _select("action", "Hình thức", ACTIONS, ACTION_LABELS, asked.action),
        _select("rule_owner", "Quy định của", RULE_OWNERS, RULE_OWNER_WORDS, asked.rule_owner),
        Select(
            PARAMS["interconnected"],
            "Liên thông",
            [
                ("co", "Có", asked.interconnected is True),
                ("khong", "Không", asked.interconnected is False),
            ],
        ),
        Select(
            PARAMS["fault"],
            "Chất lượng",
            [(each.value, str(each.label), each is asked.fault) for each in Fault],
        ),
    ]
    return first, [each for each in more if each.options]


def sizes(asked: Asked) -> list[tuple[str, str, bool]]:
    return [
        ("" if size == SIZES[0] else str(size), f"{size} dòng", size == asked.size)
        for size in SIZES
    ]


def fields(words: str) -> list[str]:
    """Return the names of fields that have all the words."""
    found = Field.objects.all()
    for word in fold(words).split():
        found = found.filter(folded_name__contains=word)
    return list(found.values_list("name", flat=True)[:_MOST])


def _select(
    part: str, label: str, slugs: Mapping[str, E], words: Mapping[E, str], chosen: E | None
) -> Select:
    options = [(slug, words[each], each is chosen) for slug, each in slugs.items()]
    return Select(PARAMS[part], label, options)


def _statuses(mode: Mode) -> dict[str, Status]:
    wanted = {
        Mode.PIPELINE: UNPUBLISHED,
        Mode.ASIDE: frozenset(Status) - UNPUBLISHED - PUBLISHED,
        Mode.ALL: frozenset(Status),
    }.get(mode, PUBLISHED)
    return {slug: each for slug, each in STATUSES.items() if each in wanted}
