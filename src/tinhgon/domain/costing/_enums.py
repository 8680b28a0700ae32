from __future__ import annotations

from enum import StrEnum, auto


class RowGroup(StrEnum):
    """The six fixed jobs of form 03/SCM-KSTT, in its order."""

    PREPARE = auto()
    SUBMIT = auto()
    PAY = auto()
    INSPECTION = auto()
    OTHER = auto()
    RECEIVE = auto()


class Side(StrEnum):
    """Who does the job: the one who complies, or the agency that decides."""

    PERFORMING = auto()
    DECIDING = auto()


class Term(StrEnum):
    """A figure that somebody gives: columns 3 to 8 of form 03/SCM-KSTT."""

    HOURS = auto()
    HOURLY = auto()
    SERVICES = auto()
    FEES = auto()
    TIMES = auto()
    SUBJECTS = auto()


class Confidence(StrEnum):
    """How sure a figure is."""

    HIGH = auto()
    """Counted or measured, or set by a document."""
    MEDIUM = auto()
    """Estimated by those who do the work."""
    LOW = auto()
    """Assumed, or a starting value that nobody looked at."""


class Complexity(StrEnum):
    SIMPLE = auto()
    MEDIUM = auto()
    COMPLEX = auto()
