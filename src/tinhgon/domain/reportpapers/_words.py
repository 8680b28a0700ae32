"""How documents, standings and amounts are printed in the tables of a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import overload

from tinhgon.domain.reporting import Fact, Proof
from tinhgon.domain.vntext import format_date


def documents_of(proofs: Iterable[Proof | None]) -> str:
    """Return each document once, by its day: "12/QĐ-UBND ngày 28/3/2023; …"."""
    known = {proof for proof in proofs if proof is not None and proof.words}
    ordered = sorted(known, key=lambda proof: (proof.on or date.min, proof.words))
    return "; ".join(dict.fromkeys(proof_words(proof) for proof in ordered))


def proof_words(proof: Proof | None) -> str:
    if proof is None:
        return ""
    day = f"ngày {format_date(proof.on)}" if proof.on else ""
    return " ".join(part for part in (proof.words, day) if part)


def standing_words(fact: Fact) -> str:
    """Return how far a procedure is: approved is not carried out."""
    if fact.is_carried_out:
        return "Đã thực thi"
    if fact.counts is not None:
        return f"Chưa thực thi. {fact.open_reason}".strip()
    return "Có phương án, chưa phê duyệt" if fact.is_planned else ""


@overload
def whole_dong(value: Decimal) -> Decimal: ...
@overload
def whole_dong(value: Decimal | None) -> Decimal | None: ...
def whole_dong(value: Decimal | None) -> Decimal | None:
    """Return an amount in whole đồng, as papers print it; None: not assessed."""
    return None if value is None else value.quantize(Decimal(1), ROUND_HALF_UP)
