"""A catalogue as plain data, with the fields of the labels of the corpus and more."""

from __future__ import annotations

from typing import Any

from ._model import Catalogue, Decision, Row


def catalogue_json(catalogue: Catalogue) -> dict[str, Any]:
    """Return everything that was read, ready for JSON."""
    return {
        "decision": _decision_json(catalogue.decision),
        "stated_counts": [
            {"text": count.text, "count": count.count, "scope": count.scope}
            for count in catalogue.stated_counts
        ],
        "procedures": [row_json(row) for row in catalogue.rows],
    }


def _decision_json(decision: Decision) -> dict[str, Any]:
    return {
        "agency": decision.agency,
        "parent_agency": decision.parent_agency,
        "number": decision.number,
        "symbol": decision.symbol,
        "place": decision.place,
        "date": decision.date.isoformat() if decision.date else None,
        "date_text": decision.date_text,
        "doc_type": decision.doc_type,
        "subject": decision.subject,
        "recipients": list(decision.recipients),
        "signer_authority": decision.signer_authority,
        "signer_title": decision.signer_title,
        "signer_name": decision.signer_name,
    }


def row_json(row: Row) -> dict[str, Any]:
    return {
        "position": row.position,
        "section": row.section,
        "action": row.action.value if row.action else None,
        "name": row.name,
        "level": row.level,
        "field": row.field,
        "agencies": list(row.agencies),
        "legal_basis": row.legal_basis,
        "code": row.code,
        "note": row.note,
        "replaced_by": row.replaced_by,
        "publication": row.publication,
        "extra": [{"heading": heading, "text": text} for heading, text in row.extra],
        "inherited": list(row.inherited),
        "inferred": list(row.inferred),
        "displaced": row.displaced,
        "lines": [row.source.line, row.source.end_line],
        "page": row.source.page,
    }
