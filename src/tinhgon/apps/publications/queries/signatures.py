"""The digital signatures on a signed file, checked when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from django.conf import settings

from tinhgon.apps.files.queries import content_of
from tinhgon.apps.publications.enums import INTEGRITY_STATES, TRUST_STATES
from tinhgon.apps.publications.models import Decision
from tinhgon.domain.signatures import (
    NotACertificate,
    Seal,
    Unreadable,
    read_certificates,
    read_signatures,
)
from tinhgon.domain.vntext import fold

_SUFFIXES = {".pem", ".crt", ".cer", ".der"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A signature with the states that the page shows: kind, words."""

    seal: Seal
    integrity: tuple[str, str]
    trust: tuple[str, str]


class SignaturesPage(TypedDict):
    decision: Decision
    shown: list[Shown]
    problem: str
    signer_missing: bool
    trusted_count: int
    bad_files: list[str]


def signatures_page(*, decision: Decision, at: datetime) -> SignaturesPage:
    """Return what the signed file proves; nothing is asked of the network."""
    trusted, bad = trusted_certificates(Path(settings.TRUSTED_CERTIFICATES))
    seals: tuple[Seal, ...] = ()
    problem = ""
    file = decision.document.file
    if file is None or not file.name.lower().endswith(".pdf"):
        problem = "Tệp kèm theo quyết định không phải PDF nên không có chữ ký số để kiểm tra."
    else:
        data = content_of(file)
        try:
            seals = read_signatures(data, trusted=trusted, at=at)
        except Unreadable as e:
            problem = str(e)
    return {
        "decision": decision,
        "shown": [_shown(seal) for seal in seals],
        "problem": problem,
        "signer_missing": bool(seals) and not _bears(decision.document.signer_name, seals),
        "trusted_count": len(trusted),
        "bad_files": bad,
    }


def trusted_certificates(folder: Path) -> tuple[list[bytes], list[str]]:
    """Return the certificates in the folder, and the names of files that hold none."""
    trusted: list[bytes] = []
    bad: list[str] = []
    if not folder.is_dir():
        return trusted, bad
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _SUFFIXES or not path.is_file():
            continue
        try:
            trusted += read_certificates(path.read_bytes())
        except (NotACertificate, OSError):
            bad.append(path.name)
    return trusted, bad


def _shown(seal: Seal) -> Shown:
    return Shown(seal, INTEGRITY_STATES[seal.integrity], TRUST_STATES[seal.trust])


def _bears(name: str, seals: tuple[Seal, ...]) -> bool:
    """Return whether one signature bears the name of the recorded signer."""
    wanted = fold(name)
    return not wanted or any(wanted in fold(seal.signer) for seal in seals)
