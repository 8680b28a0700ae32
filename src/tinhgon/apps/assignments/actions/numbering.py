"""An issued letter gets its number and day afterwards, or has them put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.entries import DUTY
from tinhgon.apps.assignments.queries.numbering import code_key, taken_by, taken_words
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.apps.directives.entries import DIRECTIVE as LETTER
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.directives.policies import may_number
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused

from .issuing import found_by

_ON_THE_PAPER = ("number", "symbol", "issued_on")


def number_letter(
    *,
    directive: Directive,
    values: Mapping[str, str | date | None],
    reason: str,
    by: User,
    at: datetime,
    version: int,
) -> None:
    """
    Say which number, symbol and day an issued letter bears; all that cites it follows.

    What stood there before is put right only with a reason. `version` is that of the document;
    `values` are fields of `documents.FIELDS`.

    :raises PermissionDenied: if `by` may not issue letters of the agency, or this is a draft.
    :raises Refused: without number and day, without a reason to correct them, or if another letter
        bears them.
    :raises StaleObject: if somebody else changed the document or the letter meanwhile.
    """
    if not may_number(by, directive):
        raise PermissionDenied
    document = directive.document
    document.check_seen(version)
    is_correction = _is_correction(document, values)
    _check(values, reason, is_correction=is_correction, today=at.date())
    kind = "directives.number_corrected" if is_correction else "directives.numbered"
    try:
        with transaction.atomic():
            if changes := write_number(directive=directive, values=values, version=version):
                audit.record(kind, directive, by=by, at=at, changes=changes, reason=reason)
    except IntegrityError as e:
        # Somebody gave the number to another letter between our look and our write.
        key = _key(directive, values)
        if (other := taken_by(key, but=directive)) is None:
            raise
        raise _taken(other) from e


def write_number(
    *, directive: Directive, values: Mapping[str, str | date | None], version: int
) -> list[Change]:
    """
    Write what the paper of an issued letter says, and all that is found by it; return what changed.

    The caller asked the policy and records it, in one transaction with this.

    :raises Refused: if another letter bears the number.
    :raises StaleObject: as `number_letter`.
    """
    key = _key(directive, values)
    if other := taken_by(key, but=directive):
        raise _taken(other)
    changes = documents.restate(document=directive.document, values=values, version=version)
    if changes:
        directive.change(seen_version=directive.version, code_key=key)
        _find_by_number(directive)
    return changes


def _find_by_number(directive: Directive) -> None:
    duties = list(directive.duties.all())
    for duty in duties:
        duty.folded = found_by(duty.item, duty.text, directive.document)
    directive.duties.model.objects.bulk_update(duties, ["folded"], batch_size=500)
    search.index(LETTER, [directive.pk])
    search.index(DUTY, [duty.pk for duty in duties])


def _key(directive: Directive, values: Mapping[str, str | date | None]) -> str:
    number, symbol, day = (
        values.get(name, getattr(directive.document, name)) for name in _ON_THE_PAPER
    )
    on = day if isinstance(day, date) else None
    return code_key(directive, number=str(number or ""), symbol=str(symbol or ""), issued_on=on)


def _is_correction(document: Document, values: Mapping[str, str | date | None]) -> bool:
    """Return whether something that stood there changes; a symbol stands with its number."""
    stood = [name for name in _ON_THE_PAPER if getattr(document, name)]
    if not document.number:
        stood = [name for name in stood if name != "symbol"]
    return any(values.get(name) != getattr(document, name) for name in stood)


def _check(
    values: Mapping[str, str | date | None], reason: str, *, is_correction: bool, today: date
) -> None:
    if not values.get("number"):
        raise Refused("Ghi số của văn bản.", "number")
    day = values.get("issued_on")
    if not isinstance(day, date):
        raise Refused("Ghi ngày ban hành của văn bản.", "issued_on")
    if day > today:
        raise Refused("Ngày ban hành không thể sau hôm nay.", "issued_on")
    if is_correction and not reason.strip():
        raise Refused("Số, ký hiệu, ngày đã ghi thì chỉ sửa khi có lý do: ghi lý do sửa.", "reason")


def _taken(other: Directive) -> Refused:
    return Refused(f"{taken_words(other)}: kiểm tra lại số, ký hiệu, ngày.", "number")
