"""The costs of compliance which the part on the benefit prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tinhgon.domain.vntext import amounts_in, level_fold

from ._amounts import percent_in, product_in, yearly_amount
from ._model import PrintedCosts

_COST = r"(?:tong (?:so |muc )?)?(?:chi phi|cptt|kinh phi)"
_TAIL = r"[^:;=.\d\n]{0,80}"
_KEYS = re.compile(
    rf"\b(?:(?P<ratio>t[yi] (?:le|trong)\b[^:;=\d%\n]{{0,90}})"
    rf"|(?P<before>{_COST}(?:(?!tiet kiem|cat giam duoc|\bsau\b)[^:;=.\d\n]){{0,70}}?"
    rf"\b(?:truoc|hien tai|hien hanh|hien nay|dang thuc hien)\b{_TAIL})"
    rf"|(?P<after>{_COST}(?:(?!tiet kiem|cat giam duoc|\btruoc\b)[^:;=.\d\n]){{0,70}}?"
    rf"\b(?:sau|moi|du kien)\b{_TAIL})"
    rf"|(?P<saved>(?:(?:tong )?(?:chi phi|so tien|kinh phi|muc)\b"
    rf"(?:(?!\btruoc\b|\bsau\b)[^:;=.\d\n]){{0,50}}?\b)?"
    rf"(?:tiet kiem|cat giam|tiet giam)\b{_TAIL})"
    rf"|(?P<before2>truoc (?:khi )?(?:don gian hoa|ra soat|cat giam)\b{_TAIL})"
    rf"|(?P<after2>sau (?:khi )?(?:don gian hoa|ra soat|cat giam|thuc hien)\b{_TAIL}))"
)
_FROM_TO = re.compile(r"\btu\s+(?P<from>\d[^;\n]*?)\s+(?:xuong|con)\b(?P<to>[^;\n]*)")
_OF_TIME = re.compile(r"\bthoi (?:gian|han)\b")
_NOTHING = re.compile(r"^\W*(?:khong(?: co| phat sinh)?(?: chi phi)?)\W*$")


def costs_of(text: str) -> PrintedCosts:
    """
    Return the yearly costs which a text prints; what is described in words only stays None.

    Each figure stands behind its words ("Chi phí tiết kiệm: 3.200.000 đồng/năm"), on a line of its
    own or within a sentence; the first figure of each kind counts.
    """
    folded = "\n".join(level_fold(line) for line in text.split("\n"))
    costs = PrintedCosts()
    for kind, key, value in _segments(folded):
        costs = _with(costs, kind, key, value)
    if costs.before is None and costs.after is None:
        costs = _from_to(costs, folded)
    return costs


def _segments(folded: str) -> Iterator[tuple[str, str, str]]:
    """Yield each figure's kind, its words, and what stands between them and the next words."""
    keys = list(_KEYS.finditer(folded))
    for at, found in enumerate(keys):
        end = keys[at + 1].start() if at + 1 < len(keys) else len(folded)
        kind = (found.lastgroup or "").rstrip("2")
        value = folded[found.end() : end].partition("\n")[0]
        yield kind, found[0], value


def _with(costs: PrintedCosts, kind: str, key: str, value: str) -> PrintedCosts:
    labelled = value.lstrip().startswith((":", "=", "-", "–")) or key.rstrip().endswith(" la")
    value = value.lstrip(" :")
    if kind == "ratio":
        if costs.ratio is not None or (_OF_TIME.search(key) and "chi phi" not in key):
            return costs
        return replace(costs, ratio=percent_in(value, bare=labelled))
    amount = _amount(value, labelled=labelled)
    if kind == "before" and costs.before is None:
        return replace(costs, before=amount, product_before=product_in(value))
    if kind == "after" and costs.after is None:
        return replace(costs, after=amount, product_after=product_in(value))
    if kind == "saved" and costs.saved is None:
        costs = replace(costs, saved=amount)
        if costs.ratio is None and amount is not None:
            costs = replace(costs, ratio=percent_in(value))
    return costs


def _amount(value: str, *, labelled: bool) -> Decimal | None:
    if labelled and _NOTHING.match(value):
        return Decimal(0)
    return yearly_amount(value, bare=labelled)


def _from_to(costs: PrintedCosts, folded: str) -> PrintedCosts:
    """ "Giảm từ 32.000.000 đồng/năm xuống còn 28.800.000 đồng/năm"."""
    for found in _FROM_TO.finditer(folded):
        first = [each for each in amounts_in(found["from"]) if each.unit]
        second = [each for each in amounts_in(found["to"]) if each.unit]
        if len(first) == 1 and second and "nam" in (first[0].per, second[0].per):
            return replace(costs, before=first[0].value, after=second[0].value)
    return costs
