"""What two names, or two ways to cite a document, share when they mean the same."""

from __future__ import annotations

import hashlib

from tinhgon.domain.vntext import fold

from ._record import Basis


def name_key(name: str) -> str:
    """Return what two names share when they differ in nothing but spelling."""
    return hashlib.sha256(fold(name).encode()).hexdigest()


def legal_key(basis: Basis) -> str:
    """Return what identifies the legal document of a basis: its code, else its title."""
    return fold(basis.code or basis.document)[:200]
