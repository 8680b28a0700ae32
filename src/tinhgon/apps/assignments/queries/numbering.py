"""Which number an issued letter bears, and whether another one bears it."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.directives.enums import NUMBERED
from tinhgon.apps.directives.models import Directive


def code_key(directive: Directive, *, number: str, symbol: str, issued_on: date | None) -> str:
    """
    Return what no two letters that give work share: issuer, number, symbol and year.

    Empty for a letter that lacks its number or its day.
    """
    plain = number.strip().lstrip("0").casefold()
    if not plain or issued_on is None:
        return ""
    return f"{directive.issuer_id}:{plain}/{''.join(symbol.casefold().split())}:{issued_on.year}"


def taken_by(key: str, *, but: Directive) -> Directive | None:
    """Return another issued letter with the same key."""
    if not key:
        return None
    others = Directive.objects.filter(code_key=key, status__in=[each.value for each in NUMBERED])
    return others.exclude(pk=but.pk).select_related("document").first()


def taken_words(other: Directive) -> str:
    """Return what to tell who would give work under the number of `other`."""
    return f"{other.document.title} của cơ quan này đã giao nhiệm vụ"


def key_of(directive: Directive) -> str:
    """Return the key of a letter by what its document says."""
    document = directive.document
    return code_key(
        directive, number=document.number, symbol=document.symbol, issued_on=document.issued_on
    )


def number_problems(directive: Directive) -> list[str]:
    """Return why a draft cannot give work under its number: it would be given twice."""
    other = taken_by(key_of(directive), but=directive)
    if other is None:
        return []
    what_to_do = (
        "Muốn thay đổi thì điều chỉnh, thu hồi nhiệm vụ đã giao; nếu đây là văn bản khác thì sửa "
        "số, ký hiệu, ngày tại “Sửa phần đầu”."
    )
    return [f"{taken_words(other)}. {what_to_do}"]
