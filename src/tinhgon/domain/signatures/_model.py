from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto


class Integrity(StrEnum):
    """Whether what was signed is still what the file says."""

    INTACT = auto()
    """As signed; at most other signatures were added."""
    CHANGED = auto()
    """The signed part is as it was, but the file says something else or more since."""
    BROKEN = auto()
    """The signed part is not what was signed."""
    UNKNOWN = auto()
    """It could not be checked: an algorithm or a structure that we do not know."""


class Trust(StrEnum):
    """Whether the certificate is one that the administrator vouches for."""

    TRUSTED = auto()
    """Its chain leads to a certificate that was given, and held on the day of the check."""
    EXPIRED = auto()
    """Its chain leads there, but a certificate on it no longer or not yet holds."""
    UNVERIFIED = auto()
    """Its chain leads to none that was given: without the network nothing can be said."""


@dataclass(frozen=True, slots=True)
class Seal:
    """
    One digital signature of a document.

    Names are those of the certificate, "" where it has none. `claimed_at` is what the signer's own
    computer said. `covers_all`: nothing of the file lies outside of what it signs. `problem` says
    in a sentence why it could not be checked.
    """

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    holds_from: datetime
    holds_until: datetime
    claimed_at: datetime | None
    integrity: Integrity
    trust: Trust
    covers_all: bool
    problem: str = ""
