"""How the content of a version is laid into its row and its index of legal documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.models import (
    Field,
    FormFile,
    LegalCitation,
    LegalDocument,
    Procedure,
    ProcedureVersion,
)
from tinhgon.common.batches import batches
from tinhgon.common.bulk import insert
from tinhgon.domain.procedures import Basis, Record, Severity, check, legal_key, name_key, to_json
from tinhgon.domain.vntext import fold, sort_key

_SORTED = 200  # letters of a name by which lists are ordered


def columns(
    record: Record, *, procedure: Procedure, agency: Agency, at: datetime, field: Field | None
) -> dict[str, Any]:
    """Return the columns of a version that has this content."""
    return {
        "content": to_json(record),
        "name": record.name,
        "sort_name": sort_key(record.name)[:_SORTED],
        "folded": search_words(record, procedure=procedure, agency=agency),
        "name_key": name_key(record.name),
        "agency": agency,
        "holder_id": procedure.agency_id,
        "field": field,
        "kind": record.kind.value,
        "tier": record.tier.value,
        "is_interconnected": record.is_interconnected,
        "rule_owner": record.rule_owner.value if record.rule_owner else "",
        "fault_count": fault_count(record, on=at.date()),
        "changed_at": at,
    }


def search_words(record: Record, *, procedure: Procedure, agency: Agency) -> str:
    """Return what lists search in: name, codes and agency, folded."""
    codes = f"{record.national_code} {procedure.national_code or ''} {procedure.local_code}"
    return fold(f"{record.name} {codes} {agency.name}")


def fault_count(record: Record, *, on: date) -> int:
    """
    Return how many faults of the record itself stand in the way of publication.

    What changes without the record (other names, documents that end) is not counted.
    """
    found = check(replace(record, bases=()), on=on)
    return sum(finding.severity is Severity.BLOCKS for finding in found)


def field_named(name: str) -> Field | None:
    """Return the field of that name, made anew where there is none; None for an empty name."""
    if not (folded := fold(name)):
        return None
    return Field.objects.get_or_create(
        folded_name=folded[:300], defaults={"name": name.strip()[:150]}
    )[0]


def cite(version: ProcedureVersion, record: Record) -> None:
    """Index the legal documents and form files that a version names, in place of what was there."""
    version.citations.all().delete()
    version.form_files.all().delete()
    cite_all([(version, record)])


def cite_all(pairs: Iterable[tuple[ProcedureVersion, Record]]) -> None:
    """Index what versions name that are new, and so have nothing in the index yet."""
    versions = list(pairs)
    known = _documents(basis for _, record in versions for basis in record.bases)
    insert(
        LegalCitation(
            version_id=version.pk,
            document_id=known[legal_key(basis)].pk,
            order=order,
            article=basis.article[:20],
            clause=basis.clause[:20],
            point=basis.point[:20],
        )
        for version, record in versions
        for order, basis in enumerate(record.bases)
    )
    insert(
        FormFile(version_id=version.pk, file_id=form.file, name=form.name[:300])
        for version, record in versions
        for form in record.forms
        if form.file is not None
    )


def _documents(bases: Iterable[Basis]) -> dict[str, LegalDocument]:
    wanted = {legal_key(basis): basis for basis in bases}
    keys = list(wanted)
    known: dict[str, LegalDocument] = {}
    for batch in batches(keys):
        known |= LegalDocument.objects.in_bulk(batch, field_name="key")
    for key, basis in wanted.items():
        if key not in known:
            known[key] = LegalDocument.objects.get_or_create(
                key=key,
                defaults={
                    "code": basis.code[:60],
                    "title": basis.document[:500],
                    "folded": fold(f"{basis.code} {basis.document}"),
                    "issued_on": basis.issued_on,
                },
            )[0]
    return known
