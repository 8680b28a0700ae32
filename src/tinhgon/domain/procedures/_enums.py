from __future__ import annotations

from enum import StrEnum, auto


class Kind(StrEnum):
    """Loại thủ tục hành chính nội bộ (QĐ 1085/QĐ-TTg)."""

    BETWEEN = auto()
    """Type A: between state agencies."""
    INSIDE = auto()
    """Type B: inside one agency."""


class Tier(StrEnum):
    """Cấp thực hiện: at which level of the State the procedure is performed."""

    CENTRAL = auto()
    PROVINCE = auto()
    DISTRICT = auto()
    COMMUNE = auto()


class RuleOwner(StrEnum):
    """Who set the rule: decides whether the province may change it by itself."""

    CENTRE = auto()
    PROVINCE = auto()
    AGENCY = auto()


class Unit(StrEnum):
    """Unit of a time limit."""

    HOUR = auto()
    WORKING_DAY = auto()
    DAY = auto()
    MONTH = auto()


class Manner(StrEnum):
    """Cách thức thực hiện: how papers are sent and results come back."""

    IN_PERSON = auto()
    E_OFFICE = auto()
    POST = auto()
    OTHER = auto()


class CopyKind(StrEnum):
    """In which form a paper of the dossier is handed in."""

    ORIGINAL = auto()
    COPY = auto()
    CERTIFIED = auto()
    ELECTRONIC = auto()


class Part(StrEnum):
    """What an agency does in the procedure (cơ quan giải quyết TTHC, NĐ 63/2010 điều 8)."""

    DECIDING = auto()
    DELEGATED = auto()
    EXECUTING = auto()
    COOPERATING = auto()


class Action(StrEnum):
    """What a line of a decision does to a procedure (NĐ 63/2010 điều 14)."""

    NEW = auto()
    AMENDED = auto()
    REPLACED = auto()
    STANDARDISED = auto()
    ABOLISHED = auto()

    @property
    def brings_version(self) -> bool:
        """Whether the line brings a version into force."""
        return self is not Action.ABOLISHED
