"""What concerns the letter as a whole: its heading, its programme, its end as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives import policies
from tinhgon.apps.directives.entries import DIRECTIVE
from tinhgon.apps.directives.enums import DirectiveStatus
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.apps.search import actions as search

from ._taking import take


@transaction.atomic
def correct_document(
    *,
    directive: Directive,
    values: Mapping[str, str | date | None],
    by: User,
    at: datetime,
    version: int,
) -> None:
    """
    Correct the heading of a draft's letter (number, symbol, date, subject, signer …).

    :raises PermissionDenied: if `by` may not correct the letter.
    :raises NotADraft: if it is no draft any more.
    :raises StaleObject: if the document changed since the user saw `version` of it.
    """
    take(directive, by=by)
    documents.correct_document(
        document=directive.document, values=values, by=by, at=at, version=version
    )
    search.index(DIRECTIVE, [directive.pk])


@transaction.atomic
def attach_programme(
    *,
    directive: Directive,
    programme: Programme | None,
    programme_round: Round | None,
    by: User,
    at: datetime,
    version: int,
) -> Directive:
    """
    Say which programme, and which round of it, the letter carries out.

    :raises PermissionDenied: if `by` may not correct the letter.
    :raises NotADraft: if it is no draft any more.
    :raises StaleObject: if the letter changed since the user saw `version` of it.
    """
    policies.check_edit(by, directive)
    change = audit.Change("Chương trình", str(directive.programme or ""), str(programme or ""))
    if programme is None or (programme_round and programme_round.programme_id != programme.pk):
        programme_round = None
    directive.change(seen_version=version, programme=programme, round=programme_round)
    audit.record("directives.programme_attached", directive, by=by, at=at, changes=[change])
    return directive


@transaction.atomic
def discard_directive(*, directive: Directive, by: User, at: datetime, version: int) -> Directive:
    """
    Put a draft aside; it stays in the register of documents.

    :raises PermissionDenied, NotADraft, StaleObject: as for `attach_programme`.
    """
    policies.check_edit(by, directive)
    directive.change(seen_version=version, status=DirectiveStatus.DISCARDED.value)
    search.index(DIRECTIVE, [directive.pk])
    audit.record(
        "directives.discarded",
        directive,
        by=by,
        at=at,
        changes=[audit.Change("Trạng thái", "Dự thảo", "Đã bỏ")],
    )
    return directive
