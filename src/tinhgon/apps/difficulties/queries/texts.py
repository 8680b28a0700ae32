"""The legal texts that a difficulty names, and which of them the register of cited law knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tinhgon.apps.procedures.models import LegalDocument
from tinhgon.domain.legalref import find_documents, to_text
from tinhgon.domain.vntext import fold, nfc


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text as it is named; `key` is what the register of cited law would know it by."""

    text: str
    key: str


def read_texts(typed: str) -> list[NamedText]:
    """
    Return the legal texts that lines name, in order and once each; a line in which no reference is
    read counts as it was typed.
    """
    found: dict[str, NamedText] = {}
    for line in nfc(typed).splitlines():
        words = " ".join(line.split()).strip(" -;,")
        if not words:
            continue
        refs = [
            (to_text(ref), ref.code or f"{ref.kind} {ref.title}") for ref in find_documents(words)
        ]
        for text, key in refs or [(words, words)]:
            found.setdefault(text, NamedText(text, fold(key)[:200]))
    return list(found.values())


def known_law(texts: Iterable[NamedText]) -> Mapping[str, LegalDocument]:
    """Return by key the texts that the register of cited law knows."""
    keys = [each.key for each in texts if each.key]
    return {row.key: row for row in LegalDocument.objects.filter(key__in=keys)}
